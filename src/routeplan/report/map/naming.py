"""The names on the map: of areas, hubs, nodes, sites, towns, countries and waters, the most important placed first."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.report.map.candidates import FEWEST, Ring, deepest, holds, outside, within
from routeplan.report.map.labels import Box, Placed, beside, upon
from routeplan.report.map.outlines import WATER
from routeplan.report.map.projection import Projection, Window

FARTHEST_IN = 120.0
"""The largest scale at which a map is of use: names that are free at none below it are left out [px/km]."""

AT_ONCE = {"site": 15, "town": 12}
"""So many names are shown on the whole map, where they are free; the others as it is zoomed."""

FIRST_TOWNS = 5
"""So many towns are named before sites are: readers know where they are by them."""

MOST_TOWNS = 150
"""So many towns are named at most, within the window and around it."""

FARTHER = (0.0, 12.0, 24.0, 36.0)
"""So far beyond its symbol a name that matters most may stand [px]."""

TOWN_RADIUS, HUB_RADIUS, NODE_RADIUS = 2.5, 12.0, 4.0
"""Of their symbols [px]."""

NARROWEST = 0.6
"""On a telephone a map has so large a part of the width that it is made for."""

LONGEST_LINE = 20
"""Letters of a line of an area's name."""

WATERS = (
    ("North Sea", 52.75, 3.75),
    ("Wadden Sea", 53.27, 5.25),
    ("IJsselmeer", 52.82, 5.42),
    ("Markermeer", 52.55, 5.2),
)
"""Name, latitude and longitude of waters; English names, which catalogues translate."""

COLUMNS = ["kind", "said", "percent", "x", "y", "dx", "dy", "align", "since", "opens", "site"]


@dataclass(frozen=True)
class Style:
    """How the names of a kind are written.

    Parameters
    ----------
    colour : str
        Their colour.
    font : float, optional
        Size of the font [px].
    slant : str, optional
        ``normal`` or ``italic``.
    weight : int, optional
        From 400, plain, to 700, bold.
    """

    colour: str
    font: float = 11.0
    slant: str = "normal"
    weight: int = 400


STYLES = {
    "site": Style(palette.INK),
    "area": Style("#3f4a54", 11.0, "italic", 700),
    "hydrogen": Style("#00644a", 11.0, "normal", 600),
    "co2": Style("#3a3f45", 11.0, "normal", 600),
    "town": Style("#6b747d", 10.5),
    "country": Style("#8b8674", 13.0, "normal", 600),
    "water": Style("#4c7ba6", 12.0, "italic"),
}
"""Of each kind of name; nodes and hubs have that of their carrier."""


class Names:
    """Places names on one map.

    Parameters
    ----------
    window : Window
        What the map shows.
    pixels : float
        How wide it is shown, as far as is known [px].
    """

    def __init__(self, window: Window, pixels: float):
        self.window = window
        self.whole = pixels / (window.x[1] - window.x[0])
        self.placed = Placed()
        self.asked: dict[str, int] = {}
        self.rows: list[tuple[object, ...]] = []

    def symbols(self, sites: pd.DataFrame, radius: FloatArray) -> None:
        """Keep the room that the symbols of sites take free of names."""
        columns = sites[["x", "y", "dx", "dy"]].to_numpy(float)
        for (x, y, dx, dy), half in zip(columns, radius, strict=True):
            self.placed.add(Box(x, y, dx - half, dx + half, dy - half, dy + half))

    def areas(self, areas: pd.DataFrame, words: Words) -> None:
        """Name areas and how full they are: in the middle of what is drawn of them, or where it is free near that.

        None lies over the symbol of a site: where an area has no room at the scale of the whole map, its name stands
        just outside it, unless another area lies there; else it is shown as the map is zoomed.
        """
        called = _short(areas.drop_duplicates("area").set_index("area")["name"])
        drawn = {area: list(zip(rows["x"], rows["y"], strict=True)) for area, rows in areas.groupby("area", sort=False)}
        filled = set(areas.loc[~areas["outer"].astype(bool), "area"])
        for area, rows in areas.groupby("area", sort=False):
            first, said = rows.iloc[0], _in_lines(called[str(area)])
            longest = said + "\n" + words("grid {percent}", percent=words.percent(1.0))
            font = STYLES["area"].font
            places = within(drawn[area], bool(first["outer"]))
            # What is drawn may reach beyond the window, where nobody sees its name.
            seen_first = sorted(places, key=lambda place: not self._sees(*place))
            others = [ring for other in sorted(filled - {area}) for ring in drawn[other]]
            near = [box for box in outside(drawn[area], longest, font) if not self._within_one(box, others)]
            percent = [words("grid {percent}", percent=share) for share in first["percent"]]
            self._write("area", said, [*upon(seen_first, longest, font), *near], percent=percent)

    def _within_one(self, box: Box, rings: list[Ring]) -> bool:
        """Whether the middle of a box lies in one of some polygons, at the scale of the whole map."""
        right, down = box.middle
        return any(holds(ring, box.x + right / self.whole, box.y - down / self.whole) for ring in rings)

    def _sees(self, x: float, y: float) -> bool:
        """Whether a place lies in the window."""
        return self.window.sees(np.array([x]), np.array([y]))

    def networks(self, hubs: pd.DataFrame, nodes: pd.DataFrame, links: pd.DataFrame) -> None:
        """Name hubs and nodes; those beyond the window where a link leaves it."""
        for row in hubs.to_dict("records"):
            self._beside(row["carrier"], row["name"], row["x"], row["y"], HUB_RADIUS, opens=row["opens"])
        for row in nodes.to_dict("records"):
            if self._sees(row["x"], row["y"]):
                self._beside(row["carrier"], row["name"], row["x"], row["y"], NODE_RADIUS, opens=row["opens"])
            else:
                self._beyond(row, links)

    def _beyond(self, node: dict[Hashable, Any], links: pd.DataFrame) -> None:
        """Say where links lead to that leave the window."""
        for x, y in (("x", "y"), ("x2", "y2")):
            other_x, other_y = {"x": ("x2", "y2"), "x2": ("x", "y")}[x]
            there = links[(links[x] == node["x"]) & (links[y] == node["y"])]
            for row in there.to_dict("records"):
                leaves = self.window.leaves(row[other_x], row[other_y], node["x"], node["y"])
                if leaves is not None:
                    arrow = f"← {node['name']}" if node["x"] < row[other_x] else f"{node['name']} →"
                    style = STYLES[node["carrier"]].font
                    self._write(node["carrier"], arrow, beside(*leaves, arrow, style, NODE_RADIUS), opens=row["opens"])
                    return

    def towns(self, towns: pd.DataFrame) -> None:
        """Name towns that are not named yet, the largest first."""
        for name, x, y in towns[["name", "x", "y"]].itertuples(index=False, name=None):
            self._beside("town", name, x, y, TOWN_RADIUS)

    def sites(self, sites: pd.DataFrame, radius: FloatArray, farther: tuple[float, ...] = (0.0,)) -> None:
        """Name sites, the largest first; where a name is not free beside its symbol, so many pixels farther away."""
        for row, half in zip(sites.to_dict("records"), radius, strict=True):
            # Sites in a ring around one point are named beside the ring.
            reach = float(half) + float(np.hypot(row["dx"], row["dy"]))
            self._beside("site", row["name"], row["x"], row["y"], *(reach + more for more in farther), site=row["site"])

    def _beside(self, kind: str, name: str, x: float, y: float, *radii: float, opens: int = 0, site: str = "") -> None:
        """Name something that has a symbol, at one of its sides; as near as one of some radii lets it be free."""
        rank = self.asked[kind] = self.asked.get(kind, -1) + 1
        most = AT_ONCE.get(kind, 0)
        least = self.whole * np.sqrt((rank + 1) / most) if most and rank >= most else 0.0
        candidates = [box for radius in radii for box in beside(x, y, name, STYLES[kind].font, radius)]
        self._write(kind, name, candidates, least=float(least), opens=opens, site=site)

    def ground(self, ground: pd.DataFrame, projection: Projection, words: Words) -> None:
        """Name the neighbouring countries and the waters that are seen."""
        countries = {"BE": words("Belgium"), "DE": words("Germany")}
        for country, said in countries.items():
            land = ground[(ground["country"] == country) & (ground["holds"] != WATER)]
            places = deepest([*zip(land["x"], land["y"], strict=True)], self.window)
            if len(places) > FEWEST:
                self._write("country", said.upper(), upon(places, said, STYLES["country"].font))
        for name, lat, lon in WATERS:
            x, y = float(projection.x(lon)), float(projection.y(lat))
            if self._sees(x, y):
                self._write("water", words(name), upon([(x, y)], name, STYLES["water"].font))

    def table(self) -> pd.DataFrame:
        """List the names that are shown at any scale.

        Returns
        -------
        DataFrame
            ``kind`` (a key of `STYLES`), ``said``, ``percent`` (of areas: how full they are, a list for all periods;
            else None), ``x``, ``y`` [km], ``dx``, ``dy`` (from there to the name, px), ``align``, ``since`` (scale from
            which on it is shown, px/km), ``opens`` (position of the period from which on it is shown) and ``site`` (its
            id, "" for anything else).
        """
        return pd.DataFrame(self.rows, columns=COLUMNS)

    def _write(
        self,
        kind: str,
        said: str,
        candidates: Iterable[Box],
        percent: list[str] | None = None,
        least: float = 0.0,
        opens: int = 0,
        site: str = "",
    ) -> None:
        boxes = list(candidates)
        floors = [max(least, self._inside_from(box)) for box in boxes]
        enough = self.whole if kind == "area" else NARROWEST * self.whole
        box, since = self.placed.place(boxes, floors, enough)
        if since > FARTHEST_IN:
            return
        align = "left" if box.left > 0.0 else "right" if box.right < 0.0 else "center"
        dx = {"left": box.left, "right": box.right, "center": 0.0}[align]
        row = (kind, said, percent, box.x, box.y, dx, box.middle[1], align, since, opens, site)
        self.rows.append(tuple(round(cell, 3) if isinstance(cell, float) else cell for cell in row))

    def _inside_from(self, box: Box) -> float:
        """The scale from which on a name does not stick out of the map; what lies beyond the window may."""
        return box.inside_from(self.window) if self._sees(box.x, box.y) else 0.0


def _short(names: "pd.Series[str]") -> dict[str, str]:
    """Names by id without what stands before a dash, such as a province, unless two are then the same."""
    short = names.str.rsplit(" - ", n=1).str[-1]
    return {str(area): name for area, name in names.where(short.duplicated(keep=False), short).items()}


def _in_lines(name: str) -> str:
    """A name in lines, broken at blanks, hyphens and strokes."""
    lines = wrap(name.replace("/", "/ "), LONGEST_LINE, break_long_words=False)
    return "\n".join(line.replace("/ ", "/") for line in lines)
