"""The layers of the map with names, and the dots of towns."""

import json
from typing import Any

import altair as alt
import pandas as pd

from routeplan.report import palette
from routeplan.report.figure import inline
from routeplan.report.map.labels import LINE
from routeplan.report.map.naming import STYLES, TOWN_RADIUS
from routeplan.report.map.parts import CHOSEN, NOW, SCALE, Plane

SHOWN = f"datum.since <= {SCALE} && datum.opens <= {NOW}"
"""Whether a name is shown at the present scale and period."""

OF_CHOSEN = f"datum.site && datum.site == {CHOSEN}"
"""Whether a name is that of the chosen site, which is written at any scale, above the others."""


def lettering(names: pd.DataFrame, plane: Plane) -> list[alt.Chart]:
    """Write names with a halo, each from its scale on; that of the site that is chosen at any.

    Parameters
    ----------
    names : DataFrame
        As `Names.table` lists them.
    plane : Plane
        The plane that they lie in.
    """
    if names.empty:
        return []
    data = inline(names)
    said = f"datum.percent ? datum.said + '\\n' + datum.percent[{NOW}] : datum.said"
    chart = alt.Chart(data).transform_filter(f"({SHOWN}) && !({OF_CHOSEN})").transform_calculate(text=said)
    chosen = alt.Chart(data).transform_filter(OF_CHOSEN).transform_calculate(text="datum.said")
    # A text of several lines hangs from its first; all of it is to stand around the middle.
    up = f"(length(split(datum.text, '\\n')) - 1) * {LINE / 2.0} * {_style('font')}"
    look: dict[str, Any] = {
        "align": alt.ExprRef("datum.align"),
        "baseline": "middle",
        "dx": alt.ExprRef("datum.dx"),
        "dy": alt.ExprRef(f"datum.dy - {up}"),
        "fontSize": alt.ExprRef(_style("font")),
        "fontStyle": alt.ExprRef(_style("slant")),
        "fontWeight": alt.ExprRef(_style("weight")),
        "lineBreak": "\n",
        "lineHeight": alt.ExprRef(f"{LINE} * {_style('font')}"),
        "clip": True,
        "tooltip": None,
        "aria": False,
    }
    halo: dict[str, Any] = {"stroke": palette.PAPER, "strokeWidth": 3.5, "strokeJoin": "round", "strokeOpacity": 0.85}
    text = {**plane.at("x", "y"), "text": "text:N"}
    above: dict[str, Any] = {"fontSize": 1.15 * STYLES["site"].font, "fontWeight": 700}
    return [
        *_dots(names, plane),
        chart.mark_text(**look, **halo).encode(**text),
        chart.mark_text(**look, fill=alt.ExprRef(_style("colour"))).encode(**text),
        chosen.mark_text(**{**look, **halo, **above, "strokeWidth": 8, "strokeOpacity": 1}).encode(**text),
        chosen.mark_text(**{**look, **above, "fill": palette.INK}).encode(**text),
    ]


def _dots(names: pd.DataFrame, plane: Plane) -> list[alt.Chart]:
    towns = names[names["kind"] == "town"]
    if towns.empty:
        return []
    look: dict[str, Any] = {"filled": True, "size": (2.0 * TOWN_RADIUS) ** 2, "opacity": 1, "color": "#6b747d"}
    dots = alt.Chart(inline(towns[["x", "y", "since", "opens"]])).transform_filter(SHOWN)
    return [dots.mark_point(**look, clip=True, tooltip=None, aria=False).encode(**plane.at("x", "y"))]


def _style(name: str) -> str:
    """The style of a name as an expression, by its kind."""
    known = {kind: getattr(style, name) for kind, style in STYLES.items()}
    return f"{json.dumps(known)}[datum.kind]"
