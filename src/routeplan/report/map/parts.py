"""Common parts of the layers of the map: the plane, the period, tooltips and legends."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from routeplan.report.figure import inline, legend_below
from routeplan.report.map.projection import Window

WIDTH = 600
"""Width of the map, unless a page gives it another [px]."""

NOW = "period_index"
"""Parameter with the position of the period shown among all."""

LARGEST_FACTOR = 1.3
"""Factor on the height and width of symbols on a wide map."""

SHRUNK = f"pow(clamp(width / {WIDTH}, 0.6, {LARGEST_FACTOR}), 2)"
"""Factor on the size of symbols: a narrow map has smaller ones."""

SCALE = "px_per_km"
"""Parameter with the scale of the map [px/km]."""

CHOSEN = "chosen"
"""Signal of a view with the id of the site that is marked: ``view.signal("chosen", "paper-1").run()``."""

NUMBER = ",.2~f"
"""How numbers are written in tooltips, in the words of d3-format."""


@dataclass(frozen=True)
class Plane:
    """The plane that all layers lie in.

    Parameters
    ----------
    window : Window
        The part of it that is shown, at least: a map of other proportions shows more, so that it stays true to scale.
    """

    window: Window

    def at(self, x: str, y: str) -> dict[str, alt.X | alt.Y]:
        """Encode places by two columns [km]."""
        (west, east), (south, north) = self.window.x, self.window.y
        width, height = east - west, north - south
        wide = _domain((west + east) / 2.0, f"max({width:.4f}, {height:.4f} * width / height)")
        high = _domain((south + north) / 2.0, f"max({height:.4f}, {width:.4f} * height / width)")
        return {
            "x": alt.X(f"{x}:Q", axis=None, scale=alt.Scale(domain=wide, nice=False, zero=False)),
            "y": alt.Y(f"{y}:Q", axis=None, scale=alt.Scale(domain=high, nice=False, zero=False)),
        }

    def scale(self, zoom_x: str) -> str:
        """The scale of the map as an expression, by the signal with what it shows from west to east [px/km]."""
        (west, east), (south, north) = self.window.x, self.window.y
        whole = f"max({east - west:.4f}, {north - south:.4f} * width / height)"
        return f"width / ({zoom_x} ? abs({zoom_x}[1] - {zoom_x}[0]) : {whole})"

    def polygons(self, frame: pd.DataFrame, key: str, **look: Any) -> alt.Chart:
        """Draw polygons, each a row with lists of corners ``x`` and ``y``, identified by a key."""
        chart: alt.Chart = (
            alt.Chart(inline(frame))
            .transform_flatten(["x", "y"])
            .mark_line(**{"interpolate": "linear-closed", "clip": True, "strokeJoin": "round", "order": False, **look})
            .encode(**self.at("x", "y"), detail=f"{key}:N")
        )
        return chart


def _domain(middle: float, side: str) -> alt.ExprRef:
    return alt.ExprRef(f"[{middle:.4f} - {side} / 2, {middle:.4f} + {side} / 2]")


def at_period(chart: alt.Chart, *names: str) -> alt.Chart:
    """Add the value of each list in the period shown, under its name with ``now_`` before it."""
    return chart.transform_calculate(**{f"now_{name}": f"datum.{name}[{NOW}]" for name in names})


def in_units(chart: alt.Chart, *names: str) -> alt.Chart:
    """Add the amount of each list in the period shown, as text with the ``unit`` of its row."""
    said = {f"now_{name}": f"format(datum.{name}[{NOW}], '{NUMBER}') + ' ' + datum.unit" for name in names}
    return chart.transform_calculate(**said)


def tooltips(titles: Mapping[str, str], numbers: Sequence[str] = ()) -> list[alt.Tooltip]:
    """Tooltip of a mark: fields by their titles, some of them numbers."""
    return [
        alt.Tooltip(f"{field}:Q", title=title, format=NUMBER)
        if field in numbers
        else alt.Tooltip(f"{field}:N", title=title)
        for field, title in titles.items()
    ]


def legend(title: str | None, labels: Mapping[str, str], **look: Any) -> alt.Legend:
    """A legend below the map, or elsewhere, of values that have labels in words."""
    made = legend_below(list(labels.values()))
    made["title"] = title
    made["labelExpr"] = f"{json.dumps(labels)}[datum.value]"
    made["titleLimit"] = 0
    made["offset"] = alt.Undefined
    for name, value in look.items():
        made[name] = value
    return made
