"""Minimum cuts: against a cut on paper, and against networkx."""

import networkx as nx
import numpy as np
import pytest

from routeplan.network.cut import FlowNetwork


def test_a_cut_on_paper() -> None:
    """Two ways from 0 to 3: by 1, of which the second arc is the narrow one, and by 2, of which the first is."""
    network = FlowNetwork(np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3]), np.array([1.0, 0.5, 0.25, 1.0]), 4)
    flow, sink_side = network.minimum_cut(0, 3)
    assert flow == pytest.approx(0.75)
    assert sink_side.tolist() == [False, False, True, True]
    assert network.across(sink_side).tolist() == [1, 2]


def test_no_way_at_all() -> None:
    """The destination alone is on its own side, and nothing crosses."""
    flow, sink_side = FlowNetwork(np.array([0]), np.array([1]), np.array([1.0]), 3).minimum_cut(0, 2)
    assert flow == 0.0
    assert sink_side.tolist() == [False, False, True]


def test_arcs_with_the_same_ends_add_up() -> None:
    """Two of a quarter are a half, and both are in the cut."""
    network = FlowNetwork(np.array([0, 0]), np.array([1, 1]), np.array([0.25, 0.25]), 2)
    flow, sink_side = network.minimum_cut(0, 1)
    assert flow == pytest.approx(0.5)
    assert network.across(sink_side).tolist() == [0, 1]


@pytest.mark.parametrize("seed", range(20))
def test_the_flow_is_that_of_networkx(seed: int) -> None:
    """And the arcs across add up to it."""
    random = np.random.RandomState(seed)
    ends = random.randint(0, 8, (24, 2))
    tail, head = ends[ends[:, 0] != ends[:, 1]].T
    capacity = random.randint(0, 4, len(tail)) / 4
    network = FlowNetwork(tail, head, capacity, 8)
    flow, sink_side = network.minimum_cut(0, 7)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(8))
    for one, other, most in zip(tail, head, capacity, strict=True):
        graph.add_edge(one, other, capacity=most + (graph[one][other]["capacity"] if graph.has_edge(one, other) else 0))
    assert flow == pytest.approx(nx.maximum_flow_value(graph, 0, 7))
    assert capacity[network.across(sink_side)].sum() == pytest.approx(flow)
    assert sink_side[7] and not sink_side[0]
