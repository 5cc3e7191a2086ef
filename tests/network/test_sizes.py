"""Sizes of candidate links: what each costs, and which sets of them may be the cheapest."""

from itertools import chain, combinations

import numpy as np
import pytest

from routeplan.network.sizes import sets_of_sizes, sized_links
from small import small


def test_capex_is_by_length_and_fixed() -> None:
    """10 km at 0.04 and 0.5 besides: 0.9 M EUR; planned links have no sizes."""
    links = """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        pipe,hydrogen,port,tiles,pipe,candidate,10,,,0,0
        old,hydrogen,port,bakery,pipe,planned,10,,5,0,0"""
    sizes = """
        carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
        hydrogen,pipe,thin,25,0.04,0.5,0,4
        co2,pipe,thin,25,0.4,0.5,0,4"""
    instance = small(links=links, sizes=sizes)
    sized = sized_links(instance["links"], instance["sizes"])
    assert sized[["link", "size", "size_capacity"]].to_numpy().tolist() == [["pipe", "thin", 25.0]]
    assert sized["capex"].tolist() == [pytest.approx(0.9)]


def test_a_set_that_costs_more_for_less_is_left_out() -> None:
    """Of 10 for 1, 20 for 3 and 15 for 1: no 10 alone, no 20 alone (10 + 15 carry more for 2), and all up to 45."""
    sets = sets_of_sizes(np.array([10.0, 20.0, 15.0]), np.array([[1.0], [3.0], [1.0]]), 100.0)
    found = {tuple(np.flatnonzero(one).tolist()) for one in sets}
    assert found == {(), (2,), (0, 2), (1, 2), (0, 1, 2)}


@pytest.mark.parametrize("seed", range(20))
def test_the_cheapest_set_for_any_amount_is_among_them(seed: int) -> None:
    """Whatever the amount and the length, no set of all that there are is cheaper than the best of those kept."""
    stream = np.random.default_rng(seed)
    capacity, fixed, per_km = stream.integers(1, 30, 5).astype(float), stream.random(5), stream.random(5)
    most = float(stream.uniform(5, capacity.sum()))
    ends = fixed[:, np.newaxis] + per_km[:, np.newaxis] * np.array([1.0, 40.0])
    sets = sets_of_sizes(capacity, ends, most)
    every = list(chain.from_iterable(combinations(range(5), count) for count in range(6)))
    for length in (1.0, 13.0, 40.0):
        rents = fixed + per_km * length
        for amount in stream.uniform(0, most, 10):
            least = min(rents[list(one)].sum() for one in every if capacity[list(one)].sum() >= amount)
            assert (sets @ rents)[sets @ capacity >= amount].min() == pytest.approx(least)
