"""Land of the Netherlands and its neighbours, simplified: its rings, and whether places lie on it."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routeplan.land.rings import inside

NETHERLANDS = "NL"
"""The country for which plans are made."""


class LandRing(NamedTuple):
    """A closed line around land, or around a lake within it.

    Parameters
    ----------
    country : str
        ``NL``, ``BE``, ``DE``, or "" for others.
    lake : bool
        Whether it holds water.
    corners : list of tuple
        Longitude and latitude of its corners [degrees]; the last repeats the first.
    """

    country: str
    lake: bool
    corners: list[tuple[float, float]]


@cache
def land_rings() -> tuple[LandRing, ...]:
    """List the rings of all land and lakes, each lake after the land that it lies in."""
    return tuple(_rings())


def _rings() -> Iterator[LandRing]:
    text = (files(__package__) / "countries.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        country = str(feature["properties"]["country"])
        for outer, *holes in feature["geometry"]["coordinates"]:
            yield LandRing(country, False, outer)
            yield from (LandRing(country, True, hole) for hole in holes)


def on_dutch_land(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.bool_]:
    """Whether places lie on land of the Netherlands, as far as its simplified outline tells.

    Parameters
    ----------
    lat, lon : array_like, shape (N,)
        Places [degrees].

    Returns
    -------
    array of bool, shape (N,)
        On such land, and not in a lake within it.
    """
    within = np.zeros(np.atleast_1d(lat).shape, bool)
    for ring in land_rings():
        if ring.country == NETHERLANDS:
            # A lake within land is a ring within a ring.
            within ^= inside(lon, lat, *np.array(ring.corners).T)
    return within
