"""Draws depend on family, size and seed alone, and stay in their ranges."""

import numpy as np
import pytest

from routeplan.bench.families.draws import amounts, order, stream, uniform, whole


def test_uniform_numbers_are_those_of_the_generator() -> None:
    """Made of the bits as numpy does now, whatever it does later."""
    assert np.array_equal(uniform(stream("a", "S", 1), 50), stream("a", "S", 1).random(50))


@pytest.mark.parametrize("other", [("b", "S", 1), ("a", "M", 1), ("a", "S", 2)])
def test_each_family_size_and_seed_has_a_stream_of_its_own(other: tuple[str, str, int]) -> None:
    """Any of the three differs, and so do the numbers."""
    assert not np.array_equal(uniform(stream("a", "S", 1), 5), uniform(stream(*other), 5))


def test_whole_numbers_reach_both_ends_and_no_further() -> None:
    """Of 500 draws from -1 to 2 each occurs about 125 times: fewer than 80 or more than 170 would be 4.6 deviations."""
    drawn, times = np.unique(whole(stream("a", "S", 1), 500, -1, 2), return_counts=True)
    assert drawn.tolist() == [-1, 0, 1, 2] and (times > 80).all() and (times < 170).all()
    assert amounts(stream("a", "S", 1), 3, 7, 7).tolist() == [7.0, 7.0, 7.0]


def test_an_order_has_each_thing_once() -> None:
    """Nothing is lost, and nothing drawn of nothing."""
    assert sorted(order(stream("a", "S", 1), 9).tolist()) == list(range(9))
    assert order(stream("a", "S", 1), 0).tolist() == [] and whole(stream("a", "S", 1), 0, 1, 2).tolist() == []


def test_a_negative_count_is_refused() -> None:
    """As numpy refuses a shape."""
    with pytest.raises(ValueError, match=r"negative dimensions are not allowed"):
        uniform(stream("a", "S", 1), -1)
