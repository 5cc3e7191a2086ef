"""The grid on the map: congestion areas with sites, and their fullness."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.spatial import ConvexHull

from routeplan.instance.areas import with_areas_above
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, told_apart
from routeplan.instance.outline import Ring, rings_of
from routeplan.language.language import Words
from routeplan.report.fullness import fullness, share_told
from routeplan.report.map.places import by_period
from routeplan.report.map.projection import Projection
from routeplan.report.waiting import waiting
from routeplan.result.result import Result
from routeplan.result.summary_limits import grid
from routeplan.result.wishes_without_room import ROOM as LIMITS

CORNERS = 16
"""Corners of the circle around a site."""

DECIMALS = 2
"""Of the km of a corner."""

USED = ("firm", "firm_headroom", "total", "total_headroom", "share", "fullness", "percent", "waits")


def areas(result: Result, words: Words, projection: Projection, radius: float) -> pd.DataFrame:
    """List the areas of one level of the grid that have sites and a headroom, with the share used of it.

    The level is the top one; where that is one area alone, the one below it, with that area around it as `outer`.
    An area is drawn by its outline; one without is drawn around its sites and those of the areas below it.

    Parameters
    ----------
    result : Result
        A result with a plan.
    words : Words
        The readers' language.
    projection : Projection
        The plane of the map.
    radius : float
        How far around its sites an area is drawn [km].

    Returns
    -------
    DataFrame
        A row for each ring of an area: ``area``, ``name``, ``outer``, ``ring`` (a number), ``x``, ``y`` (lists of
        corners [km]); and lists with a value for each period:
        ``firm``, ``firm_headroom``, ``total``, ``total_headroom`` [MW], ``share`` (used of the headroom, firm or
        total, whichever is fuller), ``fullness`` (its class), ``percent`` (the share in words) and ``waits`` (the
        projects that wait for more firm or total room than is left, in words).
    """
    instance = result.instance
    rows = _level(instance, words).set_index("area")
    used = _used(result, words)
    for column in USED:
        rows[column] = by_period(used, column, rows.index, instance, None)
    rows = rows[rows.index.isin(used["area"])].join(_outlines(instance, projection, radius), how="inner")
    return rows.rename_axis("area").reset_index().assign(ring=range(len(rows)))


def _level(instance: Instance, words: Words) -> pd.DataFrame:
    """Areas that are drawn: ``area``, ``name``, ``outer``."""
    table = instance["areas"]
    top = table[table["parent"] == ""]
    below = table[table["parent"].isin(top["area"])] if len(top) == 1 else table[:0]
    both = pd.concat([top.assign(outer=len(below) > 0), below.assign(outer=False)])
    names = told_apart(names_in(instance, "areas", words))
    return both.assign(name=both["area"].map(names))[["area", "name", "outer"]]


def _used(result: Result, words: Words) -> pd.DataFrame:
    """The grid of a plan, with the share that is used, its class and its words."""
    used = grid(result)
    # Where nothing may be asked for, nothing is left.
    firm, total = (
        (used[name] / used[f"{name}_headroom"]).where(used[f"{name}_headroom"] > 0, 1.0) for name in ("firm", "total")
    )
    used["share"] = np.maximum(firm, total)
    told = waiting(result, words)
    used["waits"] = [
        "; ".join(told[limit, area, period] for limit in LIMITS if (limit, area, period) in told)
        for area, period in zip(used["area"], used["period"], strict=True)
    ]
    used["fullness"] = fullness(used["share"], used["waits"] != "")
    used["percent"] = [share_told(share, words) for share in used["share"]]
    return used


def _outlines(instance: Instance, projection: Projection, radius: float) -> pd.DataFrame:
    """Rings of each area, by area: of its outline, or the convex hull around its sites and those of areas below it."""
    sites = instance["sites"].assign(x=lambda at: projection.x(at["lon"]), y=lambda at: projection.y(at["lat"]))
    members = with_areas_above(instance, sites[["area", "x", "y"]])
    given = instance["areas"].set_index("area")["outline"]
    rings = [
        (area, *_ring(ring, projection)) for area, outline in given[given != ""].items() for ring in rings_of(outline)
    ]
    without = members[members["area"].map(given) == ""].groupby("area")
    rings += [(area, *_hull(near["x"], near["y"], radius)) for area, near in without]
    return pd.DataFrame(rings, columns=["area", "x", "y"]).set_index("area")


def _ring(ring: Ring, projection: Projection) -> tuple[list[float], list[float]]:
    lon, lat = zip(*ring, strict=True)
    return projection.x(lon).tolist(), projection.y(lat).tolist()


def _hull(x: ArrayLike, y: ArrayLike, radius: float) -> tuple[list[float], list[float]]:
    """The convex hull of circles around places, which one place has too."""
    angle = np.linspace(0.0, 2.0 * np.pi, CORNERS, endpoint=False)
    circle = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    corners = (np.column_stack([x, y])[:, None] + circle).reshape(-1, 2)
    hull = corners[ConvexHull(corners).vertices].round(DECIMALS)
    return hull[:, 0].tolist(), hull[:, 1].tolist()
