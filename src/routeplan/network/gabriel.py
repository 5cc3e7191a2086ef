"""The Gabriel graph: two places are neighbours when no third lies in the circle that has their link as diameter."""

import numpy as np
from scipy.spatial import Delaunay, cKDTree

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.tolerances import ROUNDING

AROUND = np.array([[-10.0, -10.0], [10.0, -10.0], [0.0, 15.0]])
"""Helpers around places that lie within 1 of the origin: outside all circles, they leave no line without triangle."""


def gabriel_graph(points: FloatArray) -> tuple[IntArray, IntArray]:
    """Find the Gabriel graph of points on the sphere that lie within a few thousand km.

    It holds the minimum spanning tree, and a short way along it between any two points; it has fewer than three links
    for each point. A third point on the circle counts as in it. Of several points in one place, the first stands for
    the place, and the others are linked to it alone.

    Parameters
    ----------
    points : FloatArray, shape (N, 3)
        Points on the unit sphere.

    Returns
    -------
    one, other : IntArray
        Positions of the ends of the links, each pair once.
    """
    place, first, of_point = np.unique(points, axis=0, return_index=True, return_inverse=True)
    one, other = _between_places(place)
    stands_for = first[of_point.ravel()]
    others = np.flatnonzero(stands_for != np.arange(len(points)))
    return np.concatenate([first[one], stands_for[others]]), np.concatenate([first[other], others])


def _between_places(places: FloatArray) -> tuple[IntArray, IntArray]:
    """Of the links of the Delaunay triangulation, which hold all Gabriel's, those with an empty circle."""
    one, other = _delaunay(places)
    middle = (places[one] + places[other]) / 2.0
    radius = np.linalg.norm(places[one] - places[other], axis=1) / 2.0
    # The two ends are the nearest to the middle; the third shows whether the circle is empty. Two places have none.
    third = np.asarray(cKDTree(places).query(middle, k=[3])[0]).reshape(-1) if len(one) else radius
    empty = third > radius * (1.0 + ROUNDING)
    return one[empty], other[empty]


def _delaunay(places: FloatArray) -> tuple[IntArray, IntArray]:
    """Links of the triangulation in a plane onto which circles of the sphere fall as circles."""
    if len(places) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    flat = _stereographic(places)
    flat = flat - flat.mean(axis=0)
    triangles = Delaunay(np.vstack([flat / np.abs(flat).max(), AROUND])).simplices.astype(np.int64)
    sides = np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    sides = np.unique(np.sort(sides, axis=1), axis=0)
    sides = sides[sides[:, 1] < len(places)]
    return sides[:, 0], sides[:, 1]


def _stereographic(points: FloatArray) -> FloatArray:
    """Coordinates in the plane that touches the sphere amid the points, seen from the opposite point."""
    centre = _unit(points.mean(axis=0))
    east = _unit(np.cross(centre, np.eye(3)[np.argmin(np.abs(centre))]))
    axes = np.column_stack([east, np.cross(centre, east)])
    return np.asarray(points @ axes / (1.0 + points @ centre)[:, np.newaxis])


def _unit(vector: FloatArray) -> FloatArray:
    return np.asarray(vector / np.linalg.norm(vector))
