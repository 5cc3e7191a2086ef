"""Cutting of polygons at the edges of a window (Sutherland and Hodgman, 1974)."""

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.report.map.projection import Window


def clipped(x: FloatArray, y: FloatArray, window: Window) -> tuple[FloatArray, FloatArray]:
    """Cut a polygon at the edges of a window.

    Parameters
    ----------
    x, y : array, shape (N,)
        Its corners [km]; the last may repeat the first.
    window : Window
        What is kept.

    Returns
    -------
    x, y : array
        Corners of what is left, empty where nothing is. Parts that lie apart are joined along the edges.
    """
    corners = np.column_stack([x, y])
    for axis, (low, high) in enumerate((window.x, window.y)):
        corners = _cut(corners, corners[:, axis] - low)
        corners = _cut(corners, high - corners[:, axis])
    return corners[:, 0], corners[:, 1]


def _cut(corners: FloatArray, inside: FloatArray) -> FloatArray:
    """What is left of a polygon on the side of a line where the distance of its corners from it is not negative."""
    kept = inside >= 0.0
    if kept.all():
        return corners
    if not kept.any():
        return corners[:0]
    following, after = np.roll(corners, -1, axis=0), np.roll(inside, -1)
    crosses = kept != (after >= 0.0)
    share = np.divide(inside, inside - after, out=np.zeros_like(inside), where=crosses)
    crossings = corners + share[:, None] * (following - corners)
    both = np.stack([corners, crossings], axis=1).reshape(-1, 2)
    return np.asarray(both[np.column_stack([kept, crosses]).ravel()])
