"""Great-circle distances and nearest neighbours, without any table of all pairs."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from routeplan.instance.horizon import FloatArray, IntArray

EARTH_RADIUS = 6371.0
"""Mean radius of the earth [km]."""


def on_sphere(lat: ArrayLike, lon: ArrayLike) -> FloatArray:
    """Points on the unit sphere, shape (N, 3): the nearest in space are the nearest on the ground.

    Parameters
    ----------
    lat, lon : array_like, shape (N,)
        Degrees (WGS 84).
    """
    phi, theta = np.radians(np.asarray(lat, dtype=float)), np.radians(np.asarray(lon, dtype=float))
    return np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])


def great_circle(chord: ArrayLike) -> FloatArray:
    """Distance over ground [km] of points whose chord through the unit sphere is given."""
    half = np.clip(np.asarray(chord, dtype=float) / 2.0, 0.0, 1.0)
    return np.asarray(2.0 * EARTH_RADIUS * np.arcsin(half))


def chord(distance: float) -> float:
    """Chord through the unit sphere of a distance over ground [km]."""
    return float(2.0 * np.sin(min(distance / (2.0 * EARTH_RADIUS), np.pi / 2.0)))


def distance(one: FloatArray, other: FloatArray) -> FloatArray:
    """Distance over ground [km] between points on the sphere, pair by pair."""
    return great_circle(np.linalg.norm(one - other, axis=-1))


def nearest(points: FloatArray, targets: FloatArray, count: int, reach: float = np.inf) -> tuple[IntArray, IntArray]:
    """Pair each point with its nearest targets.

    Parameters
    ----------
    points, targets : FloatArray, shape (N, 3) and (M, 3)
        Points on the sphere.
    count : int
        Most targets for a point.
    reach : float
        Targets beyond this are left out [km].

    Returns
    -------
    point, target : IntArray
        Positions of the pairs, by point and then by distance.
    """
    most = min(count, len(targets))
    if most < 1 or not len(points):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    limit = np.inf if np.isinf(reach) else chord(reach) * (1.0 + 1e-12)
    answer = cKDTree(targets).query(points, k=list(range(1, most + 1)), distance_upper_bound=limit)
    found = np.asarray(answer[1], dtype=np.int64)
    row, rank = np.nonzero(found < len(targets))
    return row.astype(np.int64), found[row, rank]
