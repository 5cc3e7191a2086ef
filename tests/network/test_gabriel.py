"""The Gabriel graph: neighbours on all sides, sparse, and never without the spanning tree."""

import numpy as np
import pytest

from routeplan.network.candidates import spanning_tree
from routeplan.network.gabriel import gabriel_graph
from routeplan.network.sphere import on_sphere


def pairs(*found: np.ndarray) -> set[tuple[int, int]]:
    one, other = found
    return set(zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True))


def scattered(count: int, seed: int, decimals: int = 12) -> np.ndarray:
    stream = np.random.default_rng(seed)
    lat, lon = 51 + 2 * stream.random(count), 4 + 3 * stream.random(count)
    return on_sphere(lat.round(decimals), lon.round(decimals))


def by_definition(points: np.ndarray) -> set[tuple[int, int]]:
    """Every pair with no third point in or on the circle that has it as diameter."""
    found = set()
    for one in range(len(points)):
        for other in range(one + 1, len(points)):
            middle = (points[one] + points[other]) / 2
            away = np.linalg.norm(np.delete(points, [one, other], axis=0) - middle, axis=1)
            if (away > np.linalg.norm(points[one] - middle) * (1 + 1e-9)).all():
                found.add((one, other))
    return found


@pytest.mark.parametrize("count", [2, 3, 4, 10, 60])
def test_it_is_what_the_definition_says(count: int) -> None:
    """Whatever the number of points, the same links are found as by trying every pair and every third point."""
    points = scattered(count, count)
    assert pairs(*gabriel_graph(points)) == by_definition(points)


def test_a_third_point_between_two_takes_their_link() -> None:
    """Of three places on a line, the middle one is linked to both, and the outer ones not with each other."""
    points = on_sphere([51.0, 51.1, 51.2], [5.0, 5.0, 5.0])
    assert pairs(*gabriel_graph(points)) == {(0, 1), (1, 2)}


def test_a_third_point_aside_leaves_the_link() -> None:
    """A place beside the middle of a link, nearer to it than its ends, takes it; one farther off does not."""
    ends_lat, ends_lon = [52.0, 52.2], [5.0, 5.0]
    # Ends 22.2 km apart: a circle of 11.1 km. A degree of longitude is 68.3 km here: 0.1 is inside, 0.2 outside.
    near, far = (on_sphere([*ends_lat, 52.1], [*ends_lon, 5.0 + aside]) for aside in (0.1, 0.2))
    assert (0, 1) not in pairs(*gabriel_graph(near))
    assert (0, 1) in pairs(*gabriel_graph(far))


def test_places_in_one_town_hang_on_the_first() -> None:
    """Three sites on one point and one elsewhere: two links inside the town, one to it, all of the first site."""
    points = on_sphere([51.0, 51.0, 51.0, 51.3], [5.0, 5.0, 5.0, 5.0])
    assert pairs(*gabriel_graph(points)) == {(0, 1), (0, 2), (0, 3)}


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_is_linked_where_there_are_no_two_points(count: int) -> None:
    assert pairs(*gabriel_graph(scattered(count, 1))) == set()


@pytest.mark.nightly
def test_a_grid_of_towns_is_no_trouble() -> None:
    """Points on a coarse grid lie on common circles and on each other: corners of a square are not linked across."""
    points = scattered(300, 5, decimals=1)
    places, back = np.unique(points, axis=0, return_inverse=True)
    between = {(one, other) for one, other in pairs(*gabriel_graph(points)) if back[one] != back[other]}
    found = {tuple(sorted((int(back[one]), int(back[other])))) for one, other in between}
    assert found == by_definition(places)


@pytest.mark.nightly
def test_it_is_sparse_and_holds_the_spanning_tree() -> None:
    """Of 5,000 places: fewer than three links for each, as in any graph in a plane, and every link of the tree."""
    points = scattered(5_000, 2)
    found = pairs(*gabriel_graph(points))
    assert len(found) < 3 * 5_000
    assert pairs(*spanning_tree(points, 5_000)) <= found
