"""Cheapest paths from one vertex to all others."""

import networkx as nx
import numpy as np
import pytest

from routeplan.network.tree import cheapest_paths


def test_ways_are_as_cheap_as_networkx_finds_them() -> None:
    """Of 300 random arcs, some of them twins and some free, costs and sums along the paths agree."""
    stream = np.random.default_rng(1)
    tail, head = stream.integers(0, 60, 300), stream.integers(0, 60, 300)
    cost = stream.integers(0, 5, 300).astype(float)
    graph = nx.MultiDiGraph()
    graph.add_weighted_edges_from(zip(tail.tolist(), head.tolist(), cost.tolist(), strict=True))
    known = nx.single_source_dijkstra_path_length(graph, 0)
    tree = cheapest_paths(tail, head, cost, 60)
    assert {vertex: value for vertex, value in enumerate(tree.cost.tolist()) if np.isfinite(value)} == known
    assert tree.along(cost)[list(known)] == pytest.approx(list(known.values()))
    for vertex in known:
        arcs = tree.path_to(vertex)
        assert cost[arcs].sum() == known[vertex]
        assert [vertex, *tail[arcs].tolist()] == [*head[arcs].tolist(), 0]


def test_of_arcs_with_the_same_ends_the_cheapest_counts() -> None:
    tree = cheapest_paths(np.array([0, 0, 0]), np.array([1, 1, 1]), np.array([3.0, 2.0, np.inf]), 2)
    assert (tree.cost.tolist(), tree.path_to(1)) == ([0.0, 2.0], [1])


def test_where_no_arc_leads_there_is_no_way() -> None:
    """Neither over an arc of infinite cost, nor against an arc, nor without any."""
    tree = cheapest_paths(np.array([0, 2]), np.array([1, 0]), np.array([np.inf, 1.0]), 3)
    assert tree.cost.tolist() == [0.0, np.inf, np.inf]
    assert tree.path_to(1) == tree.path_to(2) == []
    nothing = cheapest_paths(np.empty(0, int), np.empty(0, int), np.empty(0), 2)
    assert nothing.along(np.empty(0)).tolist() == [0.0, 0.0]
