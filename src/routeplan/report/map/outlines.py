"""The outlines of the Dutch provinces: the ground of the map."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pandas as pd

from routeplan.report.map.projection import Projection

ATTRIBUTION = "Province outlines: CBS and Kadaster (CC BY 4.0), simplified, by way of click_that_hood."
"""Whom the outlines are owed to: a page that shows the map says so."""


def provinces(projection: Projection) -> pd.DataFrame:
    """List the outlines of the provinces.

    Parameters
    ----------
    projection : Projection
        The plane of the map.

    Returns
    -------
    DataFrame
        ``province``, ``ring`` (a number for each mainland and island), ``x``, ``y`` (lists of corners [km]).
    """
    rows = []
    for ring, (province, corners) in enumerate(_rings()):
        lon, lat = zip(*corners, strict=True)
        rows.append((province, ring, projection.x(lon).tolist(), projection.y(lat).tolist()))
    return pd.DataFrame(rows, columns=["province", "ring", "x", "y"])


@cache
def _rings() -> list[tuple[str, list[tuple[float, float]]]]:
    text = (files(__package__) / "data" / "nl_provinces.geojson").read_text(encoding="utf-8")
    return list(_outer_rings(json.loads(text)["features"]))


def _outer_rings(
    features: list[dict[str, dict[str, list[list[list[tuple[float, float]]]]]]],
) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Name and outer ring of each polygon; there are no holes among them."""
    for feature in features:
        for polygon in feature["geometry"]["coordinates"]:
            yield str(feature["properties"]["name"]), polygon[0]
