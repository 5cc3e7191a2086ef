"""Nearest neighbours on the globe, without any table of all pairs."""

import numpy as np
from scipy.spatial import cKDTree

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.network.sphere import chord


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
