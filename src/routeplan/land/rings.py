"""Rings: closed lines around a part of a plane, or of a map in degrees."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def inside(x: ArrayLike, y: ArrayLike, corners_x: ArrayLike, corners_y: ArrayLike) -> NDArray[np.bool_]:
    """Whether places lie in a ring: a ray to the east crosses it an odd number of times.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        The places.
    corners_x, corners_y : array_like, shape (M,)
        Its corners; the last may repeat the first.
    """
    east, north, at_x, at_y = (np.atleast_1d(np.asarray(each, float)) for each in (x, y, corners_x, corners_y))
    next_x, next_y = np.roll(at_x, -1), np.roll(at_y, -1)
    spans = (at_y[:, None] > north) != (next_y[:, None] > north)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = at_x[:, None] + (north - at_y[:, None]) * ((next_x - at_x) / (next_y - at_y))[:, None]
    crossed = (spans & (east < at)).sum(axis=0)
    return np.asarray(crossed % 2 == 1)
