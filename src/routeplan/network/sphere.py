"""Points on the globe and great-circle distances between them, in NumPy alone."""

import numpy as np
from numpy.typing import ArrayLike

from routeplan.instance.horizon import FloatArray

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
