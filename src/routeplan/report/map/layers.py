"""The layers of the map, from the ground up: land and water, grid, links, nodes, hubs and sites."""

import math
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.figure import inline
from routeplan.report.fullness import COLOURS as COLOURS_OF_LIMITS
from routeplan.report.fullness import FULL, OVER, ROOM, SHORT, TIGHT, class_names
from routeplan.report.map.clipping import clipped
from routeplan.report.map.connections import NO_FLOW
from routeplan.report.map.outlines import ABROAD, HOME, WATER
from routeplan.report.map.parts import (
    CHOSEN,
    LARGEST_FACTOR,
    NOW,
    SHRUNK,
    Plane,
    at_period,
    in_units,
    legend,
    tooltips,
)
from routeplan.report.map.projection import Window
from routeplan.result.summary_places import BUILT, PLANNED
from routeplan.schema.inputs import CARRIERS, FAMILIES
from routeplan.schema.units import CO2, POWER

COLOURS = {
    f"hydrogen {PLANNED}": "#7fcdb6",
    f"hydrogen {BUILT}": palette.CARRIERS["hydrogen"],
    f"co2 {PLANNED}": "#8d939b",
    f"co2 {BUILT}": palette.CARRIERS["co2"],
}
"""Of each kind of link, by carrier and by how it comes to be there."""

DASHES = {
    "hydrogen": {"pipe": [1, 0], "barge": [12, 3], "truck": [2, 3]},
    "co2": {"pipe": [7, 3], "barge": [12, 3, 2, 3], "truck": [2, 5]},
}
"""Dashes of links by what carries them: CO2 has its own, so that it needs no colour to be told from hydrogen."""

PALE = 0.3
"""Opacity of a link through which nothing flows in the period shown."""

LAND = {HOME: "#f7f6f1", ABROAD: "#e4e3dc", WATER: "#dbe7f0"}
"""Colours of the ground."""

HUB_SHAPES = {
    "hydrogen": "M0,-1L0.87,-0.5L0.87,0.5L0,1L-0.87,0.5L-0.87,-0.5Z",
    "co2": "M-0.85,-0.85H0.85V0.2L0,1L-0.85,0.2Z",
}
"""Symbol of the hubs of each carrier: a hexagon, and a square with a point below."""

TINTS = {name: colour for name, colour in COLOURS_OF_LIMITS.items() if name != OVER}
"""Colour of an area by how full it is: no plan takes more than there is."""

LINE_COLOURS = {ROOM: "#9cc58d", TIGHT: "#e3a043", SHORT: "#8a70be", FULL: palette.FULL}
"""The same for lines, which need more colour to be seen."""

LARGEST_SITE, MANY_SITES = 420.0, 60
"""Size of the site that emits most today [px2], and from how many sites on it is smaller than that."""


@dataclass(frozen=True)
class Layers:
    """Draws the layers of one map.

    Parameters
    ----------
    plane : Plane
        The plane that they lie in.
    words : Words
        The readers' language.
    """

    plane: Plane
    words: Words

    def ground(self, ground: pd.DataFrame, borders: pd.DataFrame) -> list[alt.Chart]:
        """Draw land, told apart from that of other countries, lakes, and borders between provinces."""
        look = {"stroke": "#b9bdb8", "strokeWidth": 0.8, "tooltip": None, "aria": False}
        fill = alt.Fill("holds:N", scale=_scale(LAND), legend=None)
        land = self.plane.polygons(ground, "ring", **look).encode(fill=fill)
        if borders.empty:
            return [land]
        line = {"filled": False, "interpolate": "linear", "strokeDash": [4, 3], "color": "#c3c6bf", "strokeWidth": 0.8}
        return [land, self.plane.polygons(borders, "line", **line, tooltip=None, aria=False)]

    def areas(self, areas: pd.DataFrame) -> list[alt.Chart]:
        """Draw the areas of the grid, tinted by how full they are; one that holds all others is a line around them."""
        inner, outer = areas[~areas["outer"]], areas[areas["outer"]]
        charts = []
        if len(inner):
            key = self._fullness(symbolOpacity=0.55, symbolStrokeWidth=0)
            tint = alt.Fill("now_fullness:N", scale=_scale(TINTS), legend=key)
            charts.append(self._grid(inner, opacity=0.55, strokeWidth=0).encode(fill=tint))
        if len(outer):
            alone = None if len(inner) else self._fullness(symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300)
            line = alt.Stroke("now_fullness:N", scale=_scale(LINE_COLOURS), legend=alone)
            charts.append(self._grid(outer, filled=False, strokeWidth=2.5, opacity=0.8).encode(stroke=line))
        return charts

    def _grid(self, areas: pd.DataFrame, **look: Any) -> alt.Chart:
        titles = {
            "name": self.words("Grid area"),
            "now_firm": self.words("Firm, asked for [{unit}]", unit=POWER),
            "now_firm_headroom": self.words("Firm, room [{unit}]", unit=POWER),
            "now_total": self.words("With flexible, asked for [{unit}]", unit=POWER),
            "now_total_headroom": self.words("With flexible, room [{unit}]", unit=POWER),
        }
        numbers = list(titles)[1:]
        waits = {"now_waits": self.words("Waits")} if any(any(told) for told in areas["waits"]) else {}
        read_out = {"aria": True, "ariaRoleDescription": self.words("Grid area")}
        chart = at_period(
            self.plane.polygons(areas, "ring", **look, **read_out),
            "firm",
            "firm_headroom",
            "total",
            "total_headroom",
            "fullness",
            "waits",
        )
        return chart.encode(tooltip=tooltips(titles | waits, numbers), description="name:N")

    def _fullness(self, **look: Any) -> alt.Legend:
        names = class_names(self.words)
        return legend(self.words("Room on the grid"), {name: names[name] for name in TINTS}, **look)

    def links(self, links: pd.DataFrame) -> alt.Chart:
        """Draw the links that can be used, those that the plan builds wider the more they can carry.

        Legends tell of those alone of which a part lies in the map's window.
        """
        kinds = {kind: label for kind, label in self._kinds().items() if kind in set(links["kind"])}
        ways = {way: label for way, label in self._ways().items() if way in set(links["way"])}
        look = {"symbolType": "stroke", "symbolStrokeWidth": 2.5, "symbolSize": 300}
        seen = links[seen_links(links, self.plane.window)]
        key = self._of_seen(self.words("Links"), kinds, seen["kind"], **look)
        by = self._of_seen(None, ways, seen["way"], **look, symbolStrokeColor=palette.INK)
        colours = _scale({kind: COLOURS[kind] for kind in kinds})
        dashes = _scale({way: DASHES[way.split()[0]][way.split()[1]] for way in ways})
        titles = {
            "ends": self.words("Link"),
            "carries": self.words("Carrier"),
            "by": self.words("By"),
            "now_capacity": self.words("Capacity"),
            "now_flow": self.words("Flow"),
            "since": self.words("From"),
        }
        sides = {"xOffset": "dx", "x2Offset": "dx", "yOffset": "dy", "y2Offset": "dy"}
        aside: dict[str, Any] = {side: alt.ExprRef(f"datum.{column}") for side, column in sides.items()}
        chart: alt.Chart = (
            in_units(_open(links), "capacity", "flow")
            .transform_calculate(now_opacity=f"datum.flow[{NOW}] > {NO_FLOW} ? 1 : {PALE}")
            .mark_rule(**aside, clip=True, aria=True, ariaRoleDescription=self.words("Link"))
            .encode(
                **self.plane.at("x", "y"),
                x2="x2",
                y2="y2",
                stroke=alt.Stroke("kind:N", scale=colours, legend=key),
                strokeDash=alt.StrokeDash("way:N", scale=dashes, legend=by),
                opacity=alt.Opacity("now_opacity:Q", scale=None),
                strokeWidth=alt.StrokeWidth("width:Q", scale=None),
                tooltip=tooltips(titles),
                description="link:N",
            )
        )
        return chart

    @staticmethod
    def _of_seen(title: str | None, labels: dict[str, str], seen: pd.Series, **look: Any) -> alt.Legend | None:
        """A legend of the values that are seen; None where none is."""
        values = [value for value in labels if value in set(seen)]
        return legend(title, {value: labels[value] for value in values}, values=values, **look) if values else None

    def _kinds(self) -> dict[str, str]:
        said = {PLANNED: self.words("planned already"), BUILT: self.words("new in this plan")}
        return {
            f"{carrier} {status}": f"{self.words.name(carrier)}, {said[status]}"
            for carrier in CARRIERS
            for status in said
        }

    def _ways(self) -> dict[str, str]:
        return {
            f"{carrier} {mode}": f"{self.words.name(carrier)}: {self.words.name(mode)}"
            for carrier, modes in DASHES.items()
            for mode in modes
        }

    def nodes(self, nodes: pd.DataFrame) -> alt.Chart:
        """Draw the nodes that are in use."""
        look: dict[str, Any] = {"fill": palette.PAPER, "strokeWidth": 2, "size": 40, "opacity": 1, "clip": True}
        colours = _scale({carrier: palette.CARRIERS[carrier] for carrier in CARRIERS})
        chart: alt.Chart = (
            _open(nodes)
            .mark_point(**look, aria=True, ariaRoleDescription=self.words("Node"))
            .encode(
                **self.plane.at("x", "y"),
                stroke=alt.Stroke("carrier:N", scale=colours, legend=None),
                tooltip=tooltips({"name": self.words("Node")}),
                description="name:N",
            )
        )
        return chart

    def hubs(self, hubs: pd.DataFrame) -> alt.Chart:
        """Draw the hubs that are open, larger the more they can handle."""
        shown = [carrier for carrier in CARRIERS if carrier in set(hubs["carrier"])]
        labels = {carrier: self.words("{carrier} hub", carrier=self.words.name(carrier)) for carrier in shown}
        look = {"symbolFillColor": palette.PAPER, "symbolStrokeWidth": 2.5, "symbolSize": 150}
        key = legend(None, labels, **look, symbolType=alt.Undefined)
        titles = {
            "name": self.words("Hub"),
            "now_options": self.words("Kind"),
            "carries": self.words("Carrier"),
            "now_capacity": self.words("Capacity"),
            "now_output": self.words("Output"),
            "since": self.words("From"),
        }
        chart: alt.Chart = (
            in_units(at_period(_open(hubs), "options"), "capacity", "output")
            .transform_calculate(now_size=f"datum.size * {SHRUNK}")
            .mark_point(
                clip=True,
                fill=palette.PAPER,
                strokeWidth=2.5,
                opacity=1,
                aria=True,
                ariaRoleDescription=self.words("Hub"),
            )
            .encode(
                **self.plane.at("x", "y"),
                shape=alt.Shape("carrier:N", scale=_scale({name: HUB_SHAPES[name] for name in shown}), legend=key),
                stroke=alt.Stroke(
                    "carrier:N", scale=_scale({name: palette.CARRIERS[name] for name in shown}), legend=key
                ),
                size=alt.Size("now_size:Q", scale=None),
                tooltip=tooltips(titles),
                description="hub:N",
            )
        )
        return chart

    def sites(self, sites: pd.DataFrame) -> alt.Chart:
        """Draw the sites by the routes of their main processes, larger the more they emit today."""
        today = self.words("CO2 today [{unit}]", unit=self.words.unit(CO2))
        titles = {
            "name": self.words("Site"),
            **({"said": self.words("Note")} if (sites["said"] != "").any() else {}),
            "sector": self.words("Sector"),
            "now_routes": self.words("Routes"),
            "now_emissions": self.words("CO2 [{unit}]", unit=self.words.unit(CO2)),
            "today": today,
        }
        steps = _steps(float(sites["today"].max()))
        sizes = alt.Legend(title=today, values=steps, symbolFillColor=palette.FAINT, orient="bottom", columns=0)
        chart: alt.Chart = (
            at_period(alt.Chart(inline(sites)), "family", "routes", "emissions")
            .mark_point(
                clip=True,
                xOffset=alt.ExprRef("datum.dx"),
                yOffset=alt.ExprRef("datum.dy"),
                opacity=1,
                stroke=palette.INK,
                strokeWidth=0.6,
                cursor="pointer",
                aria=True,
                ariaRoleDescription=self.words("Site"),
            )
            .encode(
                **self.plane.at("x", "y"),
                **self._families(sites),
                size=alt.Size("today:Q", scale=_sizes(len(sites)), legend=sizes if steps else None),
                tooltip=tooltips(titles, ["now_emissions", "today"]),
                description="name:N",
            )
        )
        return chart

    def mark(self, sites: pd.DataFrame) -> alt.Chart:
        """Draw a ring around the site that is chosen."""
        rows = sites[["site", "x", "y", "dx", "dy"]].rename(columns={"site": "marked"})
        chosen = alt.Chart(inline(rows)).transform_filter(f"datum.marked == {CHOSEN}")
        return self._around(chosen, palette.VERMILION, size=900)

    def rings(self, sites: pd.DataFrame) -> alt.Chart:
        """Draw a ring around sites that readers look for."""
        rows = sites[["site", "x", "y", "dx", "dy"]].rename(columns={"site": "ringed"})
        return self._around(alt.Chart(inline(rows)), palette.INK, size=700)

    def _around(self, sites: alt.Chart, colour: str, size: float) -> alt.Chart:
        """Rings around the places of sites."""
        look: dict[str, Any] = {"filled": False, "size": size, "stroke": colour, "strokeWidth": 3}
        offset: dict[str, Any] = {"xOffset": alt.ExprRef("datum.dx"), "yOffset": alt.ExprRef("datum.dy")}
        chart: alt.Chart = sites.mark_point(**look, **offset, clip=True, tooltip=None, aria=False).encode(
            **self.plane.at("x", "y")
        )
        return chart

    def _families(self, sites: pd.DataFrame) -> dict[str, alt.Fill | alt.Shape]:
        """Colour and shape of the families that sites run, with a legend of those that occur at any time."""
        run = {family for families in sites["family"] for family in families}
        shown = [family for family in FAMILIES if family in run]
        labels = {family: self.words.name(family) for family in shown}
        look = {"symbolSize": 110, "symbolStrokeWidth": 0.6, "symbolType": alt.Undefined}
        key = legend(self.words("Route of the main process"), labels, orient="top", **look)
        colours, shapes = ({name: signs[name] for name in shown} for signs in (palette.FAMILIES, palette.SHAPES))
        return {
            "fill": alt.Fill("now_family:N", scale=_scale(colours), legend=key),
            "shape": alt.Shape("now_family:N", scale=_scale(shapes), legend=key),
        }


def _scale(signs: dict[str, Any]) -> alt.Scale:
    """The scale that gives each word its sign."""
    return alt.Scale(domain=list(signs), range=list(signs.values()))


def seen_links(links: pd.DataFrame, window: Window) -> list[bool]:
    """Whether a part of each link lies in a window."""
    ends = links[["x", "x2", "y", "y2"]].to_numpy(float)
    return [len(clipped(line[:2], line[2:], window)[0]) > 0 for line in ends]


def _open(rows: pd.DataFrame) -> alt.Chart:
    """Rows that can be used in the period shown."""
    return alt.Chart(inline(rows)).transform_filter(f"datum.opens <= {NOW}")


def _sizes(count: int) -> alt.Scale:
    """Sizes of sites: the more of them, the smaller they are."""
    least, largest = _ends(count)
    ends = [alt.ExprRef(f"{size:.4g} * {SHRUNK}") for size in (least, largest)]
    return alt.Scale(type="sqrt", range=ends, zero=True)


def _ends(count: int) -> tuple[float, float]:
    """Least and largest size of a site [px2]."""
    largest = LARGEST_SITE * min(1.0, (MANY_SITES / count) ** 0.3)
    return largest / 16.0, largest


def radii(sites: pd.DataFrame) -> FloatArray:
    """How far the symbol of each site reaches at most [px]."""
    least, largest = _ends(len(sites))
    share = np.sqrt(sites["today"] / max(float(sites["today"].max()), 1e-9)).to_numpy(float)
    return np.asarray(LARGEST_FACTOR * np.sqrt(least + share * (largest - least)) / 2.0)


def _steps(most: float) -> list[float]:
    """Round sizes for a legend: 1, 2 or 5 times a power of ten, the largest below the most, its half and its tenth."""
    if most <= 0.0:
        return []
    power = 10.0 ** math.floor(math.log10(most))
    top = max(step * power for step in (1.0, 2.0, 5.0) if step * power <= most)
    return [top / 10.0, top / 2.0, top]
