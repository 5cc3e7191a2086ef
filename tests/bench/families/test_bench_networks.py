"""Fixed-charge networks, against trying every set of arcs."""

from dataclasses import replace

import numpy as np
import pytest
from programs import least_cost, solved

from routeplan.bench.families.family import number_of
from routeplan.bench.families.formulations import aggregated, by_commodity, by_path, loose, tightened
from routeplan.bench.families.network import Network, tree_optimum
from routeplan.bench.families.networks import (
    NET_FORMS,
    NET_MESH,
    NET_PATH,
    NET_TREE,
    NETWORKS,
    Formulation,
    NetworkFamily,
)
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray

WIDE = next(family for family in NET_FORMS if family.drawn_as == "net-form-mesh")
SHAPES = [NET_TREE, NET_MESH, NET_PATH, WIDE]


def numbers(*values: float) -> FloatArray:
    return np.array(values, dtype=float)


CHAIN = Network(
    tail=np.array([0, 1]),
    head=np.array([1, 2]),
    fixed=numbers(10, 4),
    variable=numbers(1, 2),
    capacity=numbers(5, 5),
    demand=numbers(0, 2, 3),
    own=numbers(0, 2, 3),
    own_cost=numbers(0, 4, 6),
)
"""Node 1 asks 2 and node 2 asks 3. All own: 8 + 18 = 26. Arc 1 alone: 10 + 2 x 1 + 18 = 30. Both: 14 + 2 + 3 x 3 = 25.

Arc 2 is of no use without arc 1. So both it is, 25.
"""


@pytest.mark.parametrize("write", [aggregated, tightened, by_commodity, by_path])
def test_a_chain_by_hand(write: Formulation) -> None:
    """Two customers who share an arc, in each formulation."""
    assert solved(write(CHAIN)).objective == pytest.approx(25.0)
    assert tree_optimum(CHAIN) == 25.0


def test_a_chain_that_is_not_worth_it() -> None:
    """With a first arc of 12, all own supply (26) is cheaper than both arcs (27)."""
    dear = replace(CHAIN, fixed=numbers(12, 4))
    assert tree_optimum(dear) == 26.0
    assert solved(aggregated(dear)).objective == pytest.approx(26.0)


def test_only_ways_cheaper_than_own_supply_are_of_use() -> None:
    """Node 2 is 3 away: at an own cost of 3 no arc is of use to it, nor ever the arc behind node 1 to node 1."""
    assert CHAIN.useful().tolist() == [[False, True, True], [False, False, True]]
    own = replace(CHAIN, own_cost=numbers(0, 4, 3))
    assert own.useful().tolist() == [[False, True, False], [False, False, False]]
    assert replace(own, own=numbers(0, 2, 2)).useful()[:, 2].all()


@pytest.mark.parametrize(("family", "seed"), [(family, seed) for seed in range(4) for family in SHAPES])
@pytest.mark.some(4)
def test_the_smallest_networks_against_every_set_of_arcs(family: NetworkFamily, seed: int) -> None:
    """Each formulation that suits a network finds the least cost over all sets of open arcs."""
    network = family.network("XS", seed)
    least = least_cost(network)
    for write in (aggregated, tightened, by_commodity):
        assert solved(write(network)).objective == pytest.approx(least, rel=1e-6)
    if family in (NET_TREE, NET_PATH):
        assert tree_optimum(network) == pytest.approx(least, rel=1e-9)


def test_a_loose_big_m_changes_no_capacity() -> None:
    """The flow is bounded by its capacity besides."""
    network = NET_MESH.network("XS", 2)
    assert solved(loose(network, 10.0)).objective == pytest.approx(least_cost(network), rel=1e-6)


@pytest.mark.parametrize("family", NETWORKS)
def test_every_node_is_within_reach_and_numbers_are_quarters(family: NetworkFamily) -> None:
    """Sums of quarters are exact, so that optima known by construction are."""
    network = family.network("S", 1)
    assert np.isfinite(network.distances()[0]).all()
    for given in (network.fixed, network.variable, network.capacity, network.demand, network.own_cost):
        assert (4.0 * given == np.round(4.0 * given)).all()
    assert (network.demand[1:] > 0).all() and network.demand[0] == 0.0
    side = number_of(family, "S", 1)
    assert network.nodes in (side, side * side)


def test_the_ratio_of_fixed_to_variable_cost_is_kept() -> None:
    """An arc of length L costs 100 L, a quarter more or less, and L for each unit."""
    network = replace(NET_MESH, ratio=100.0).network("M", 0)
    ratio = network.fixed / network.variable
    assert set(ratio.tolist()) == {75.0, 100.0, 125.0}


def test_a_mesh_has_no_path_form() -> None:
    """Where several ways lead to a customer, none is known beforehand."""
    with pytest.raises(UsageError, match=r"^the network is no tree; allowed: one arc into each node but the source"):
        by_path(NET_MESH.network("XS", 0))
    with pytest.raises(UsageError, match=r"^the network is no tree"):
        tree_optimum(NET_MESH.network("XS", 0))
