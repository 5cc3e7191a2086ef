"""Coordinates in RD New (EPSG:28992), the grid of Dutch maps: recognised, and converted to degrees."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routeplan.instance.horizon import FloatArray

EAST = (7_000.0, 300_000.0)
NORTH = (300_000.0, 640_000.0)
"""Metres between which the Netherlands lie."""

_AMERSFOORT = (155_000.0, 463_000.0, 52.15517440, 5.38720621)
"""East, north [m], latitude and longitude [degrees] of the tower that both coordinates count from."""

_LATITUDE: Mapping[tuple[int, int], float] = {
    (0, 1): 3235.65389,
    (2, 0): -32.58297,
    (0, 2): -0.24750,
    (2, 1): -0.84978,
    (0, 3): -0.06550,
    (2, 2): -0.01709,
    (1, 0): -0.00738,
    (4, 0): 0.00530,
    (2, 3): -0.00039,
    (4, 1): 0.00033,
    (1, 1): -0.00012,
}
_LONGITUDE: Mapping[tuple[int, int], float] = {
    (1, 0): 5260.52916,
    (1, 1): 105.94684,
    (1, 2): 2.45656,
    (3, 0): -0.81885,
    (1, 3): 0.05594,
    (3, 1): -0.05607,
    (0, 1): 0.01199,
    (3, 2): -0.00256,
    (1, 4): 0.00128,
    (0, 2): 0.00022,
    (2, 0): -0.00022,
    (5, 0): 0.00026,
}
"""Seconds of arc for each power of the distances east and north of Amersfoort [100 km].

Source: F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
WGS84-kaartcoördinaten", Geodesia 2001; within a metre of the official transformation.
"""


def is_rd_new(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.bool_]:
    """Whether pairs that should be degrees lie where the Netherlands lie in RD New, north and east or the other way.

    Parameters
    ----------
    lat, lon : array_like, shape (N,)
        What stands for latitude and longitude.
    """
    one, other = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    return (_within(one, NORTH) & _within(other, EAST)) | (_within(one, EAST) & _within(other, NORTH))


def _within(metres: FloatArray, ends: tuple[float, float]) -> NDArray[np.bool_]:
    return np.asarray((metres > ends[0]) & (metres < ends[1]))


def to_degrees(one: ArrayLike, other: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Convert coordinates in RD New to latitude and longitude (WGS 84).

    Parameters
    ----------
    one, other : array_like, shape (N,)
        Metres north and east, or east and north: in the Netherlands north is always more.

    Returns
    -------
    lat, lon : FloatArray
        Degrees.
    """
    east, north = np.minimum(one, other), np.maximum(one, other)
    x, y, lat, lon = _AMERSFOORT
    dx, dy = (east - x) * 1e-5, (north - y) * 1e-5
    return lat + _sum(_LATITUDE, dx, dy) / 3600.0, lon + _sum(_LONGITUDE, dx, dy) / 3600.0


def _sum(terms: Mapping[tuple[int, int], float], dx: FloatArray, dy: FloatArray) -> FloatArray:
    return np.asarray(sum(term * dx**p * dy**q for (p, q), term in terms.items()))
