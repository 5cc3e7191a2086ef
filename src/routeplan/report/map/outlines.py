"""The ground of the map: land of the Netherlands and of its neighbours, water, borders of provinces, and towns."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from routeplan.land.land import NETHERLANDS, land_rings
from routeplan.report.map.clipping import clipped
from routeplan.report.map.projection import Projection, Window

ATTRIBUTION = (
    "Ground of the map: coast, borders and provinces of the Netherlands CBS and Kadaster (CC BY 4.0), other countries "
    "Natural Earth (public domain); simplified, so that a border may lie a kilometre beside the true one. Towns: "
    "GeoNames (CC BY 4.0)."
)
"""Whom the ground is owed to: a page that shows the map says so."""

HOME, ABROAD, WATER = "home", "abroad", "water"
"""What a ring holds: the Netherlands, other countries, and lakes within either."""

OTHERS_COUNT = 0.2
"""A town of another country counts as one with this share of its people: the map is for Dutch readers."""


def ground(projection: Projection, window: Window) -> pd.DataFrame:
    """List the rings of land and lakes that lie in a window, cut at its edges.

    Parameters
    ----------
    projection : Projection
        The plane of the map.
    window : Window
        The part of the plane beyond which nothing is needed.

    Returns
    -------
    DataFrame
        ``country`` (``NL``, ``BE``, ``DE`` or ""), ``holds`` (`HOME`, `ABROAD` or `WATER`), ``ring`` (a number), ``x``,
        ``y`` (lists of corners [km]); lakes come last, to be drawn on top.
    """
    rows = []
    for ring in land_rings():
        lon, lat = zip(*ring.corners, strict=True)
        x, y = clipped(projection.x(lon), projection.y(lat), window)
        if len(x):
            holds = WATER if ring.lake else HOME if ring.country == NETHERLANDS else ABROAD
            rows.append((ring.country, holds, x.round(2).tolist(), y.round(2).tolist()))
    found = pd.DataFrame(rows, columns=["country", "holds", "x", "y"])
    return found.sort_values("holds", key=lambda holds: holds == WATER, kind="stable").assign(ring=range(len(found)))


def province_borders(projection: Projection, window: Window) -> pd.DataFrame:
    """List the borders between provinces of which a part lies in a window: ``line``, ``x``, ``y`` (lists [km])."""
    rows: list[tuple[int, list[float], list[float]]] = []
    for feature in _features("province_borders.geojson"):
        for corners in feature["geometry"]["coordinates"]:
            lon, lat = zip(*corners, strict=True)
            x, y = projection.x(lon), projection.y(lat)
            if window.sees(x, y):
                rows.append((len(rows), x.round(2).tolist(), y.round(2).tolist()))
    return pd.DataFrame(rows, columns=["line", "x", "y"])


def towns(projection: Projection, window: Window) -> pd.DataFrame:
    """List the towns that lie in a window, the largest first: ``name``, ``x``, ``y`` [km], ``people``."""
    known = _towns()
    known = known.assign(x=projection.x(known["lon"]), y=projection.y(known["lat"]))
    known = known[known["x"].between(*window.x) & known["y"].between(*window.y)]
    counted = known["people"].where(known["country"] == "NL", OTHERS_COUNT * known["people"])
    order = counted.sort_values(ascending=False, kind="stable").index
    return known.loc[order, ["name", "x", "y", "people"]].reset_index(drop=True)


@cache
def _towns() -> pd.DataFrame:
    with (files(__package__) / "data" / "towns.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file)


def _features(name: str) -> list[dict[str, Any]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return found
