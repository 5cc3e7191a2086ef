"""Distances over ground and nearest neighbours, held against the haversine formula and all pairs."""

import numpy as np
import pytest
from numpy.typing import NDArray

from routeplan.network.distance import nearest
from routeplan.network.sphere import EARTH_RADIUS, chord, distance, great_circle, on_sphere

ARNHEM, GRONINGEN = (51.98, 5.911), (53.219, 6.567)


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = np.radians(one), np.radians(other)
    part = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * EARTH_RADIUS * np.arcsin(np.sqrt(part)))


def some_points(count: int) -> NDArray[np.float64]:
    stream = np.random.RandomState(1)
    return on_sphere(51 + 2 * stream.rand(count), 4 + 3 * stream.rand(count))


def test_distance_is_that_of_the_haversine_formula() -> None:
    """Through the sphere or by haversine, Arnhem lies as far from Groningen; a degree of latitude is 111.2 km."""
    one, other = (on_sphere([lat], [lon]) for lat, lon in (ARNHEM, GRONINGEN))
    assert distance(one, other)[0] == pytest.approx(haversine(ARNHEM, GRONINGEN), rel=1e-9)
    # A degree is 2 pi 6371 / 360 km.
    assert distance(on_sphere([51.0], [5.0]), on_sphere([52.0], [5.0]))[0] == pytest.approx(111.1949, abs=1e-4)


def test_chord_and_arc_are_inverse() -> None:
    """A distance turned into a chord and back is the same."""
    assert great_circle(chord(40.0)) == pytest.approx(40.0)


def test_nearest_are_those_of_all_pairs_within_reach() -> None:
    """The tree finds what sorting all pairs finds, nearest first and none beyond the reach."""
    points, targets = some_points(40), some_points(25)[::-1]
    point, target = nearest(points, targets, 3, 30.0)
    for place in range(40):
        lengths = distance(points[place][np.newaxis, :], targets)
        wanted = [int(i) for i in np.argsort(lengths)[:3] if lengths[i] <= 30.0]
        assert target[point == place].tolist() == wanted


def test_without_points_or_targets_nothing_is_found() -> None:
    """Empty tables give no pairs."""
    points = some_points(3)
    for one, other in ((points[:0], points), (points, points[:0])):
        assert len(nearest(one, other, 2)[0]) == 0
