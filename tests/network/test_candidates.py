"""Candidate links: sparse, the same every time, and nobody cut off."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from routeplan.network.candidates import LinkRule, candidate_pairs, spanning_tree
from routeplan.network.sphere import distance, on_sphere

RULE = LinkRule(neighbours=2, reach_node=40.0, reach_site=20.0, spanning=True)


def scattered(column: str, count: int, seed: int) -> pd.DataFrame:
    stream = np.random.RandomState(seed)
    names = [f"{column}{place}" for place in range(count)]
    return pd.DataFrame({column: names, "lat": 51 + 2 * stream.rand(count), "lon": 4 + 3 * stream.rand(count)})


def line(column: str, *lats: float) -> pd.DataFrame:
    """Places on one meridian, a degree being 111.19 km."""
    return pd.DataFrame({column: [f"{column}{place}" for place in range(len(lats))], "lat": lats, "lon": 5.0})


def ends(links: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(links["from"], links["to"], strict=True))


def test_links_of_a_line_of_places() -> None:
    """Two near sites and a node are linked by what is in reach; the far site hangs on the tree alone."""
    # At 0, 11.1 and 111.2 km; the node at 22.2 km. The far site is 89 km from the node, its nearest.
    sites, nodes = line("site", 51.0, 51.1, 52.0), line("node", 51.2)
    links = candidate_pairs(sites, nodes, RULE)
    assert ends(links) == {("site0", "site1"), ("site0", "node0"), ("site1", "node0"), ("site2", "node0")}
    near = links[links["from"] == "site0"].set_index("to")
    assert near.loc["site1", "distance"] == pytest.approx(0.1 * 111.1949, abs=0.01)


def test_without_the_tree_nothing_beyond_reach_is_linked() -> None:
    """As for trucks, which go to nodes within reach only."""
    to_nodes = replace(RULE, spanning=False, reach_site=0.0)
    links = candidate_pairs(line("site", 51.0, 51.1, 52.0), line("node", 51.2), to_nodes)
    assert ends(links) == {("site0", "node0"), ("site1", "node0")}


def test_the_tree_is_as_short_as_that_over_all_pairs() -> None:
    """Over nearest neighbours the tree weighs as much as networkx finds over the complete graph."""
    sites, nodes = scattered("site", 60, 1), scattered("node", 5, 2)
    points = on_sphere(*(np.concatenate([sites[name], nodes[name]]) for name in ("lat", "lon")))
    one, other = spanning_tree(points, len(sites))
    every = nx.Graph()
    for a in range(60):
        for b in range(a + 1, 65):
            length = float(distance(points[[a]], points[[b]])[0])
            vertex = min(b, 60)
            if not every.has_edge(a, vertex) or every[a][vertex]["weight"] > length:
                every.add_edge(a, vertex, weight=length)
    least = sum(edge["weight"] for _, _, edge in nx.minimum_spanning_edges(every, data=True))
    assert len(one) == 60
    assert float(distance(points[one], points[other]).sum()) == pytest.approx(least)


def test_two_far_groups_are_joined() -> None:
    """A group far from everything hangs on by its shortest way, whatever the number of neighbours looked at."""
    far = scattered("site", 30, 3)
    far.loc[:14, "lat"] += 10.0
    points = on_sphere(far["lat"], far["lon"])
    one, other = spanning_tree(points, 30, neighbours=2)
    assert len(one) == 29
    assert nx.is_connected(nx.Graph(list(zip(one.tolist(), other.tolist(), strict=True))))


def test_the_order_of_sites_does_not_matter() -> None:
    """The same ends are found in any order of the rows, and twice the same table."""
    sites, nodes = scattered("site", 50, 4), scattered("node", 6, 5)
    links = candidate_pairs(sites, nodes, RULE)
    pd.testing.assert_frame_equal(links, candidate_pairs(sites, nodes, RULE))
    turned = candidate_pairs(sites[::-1], nodes[::-1], RULE)
    assert {frozenset(pair) for pair in ends(turned)} == {frozenset(pair) for pair in ends(links)}


@pytest.mark.nightly
def test_ten_thousand_sites_stay_sparse_and_connected() -> None:
    """At most five links a site (two to nodes, two to sites, one of the tree), no pair twice, nobody cut off."""
    sites, nodes = scattered("site", 10_000, 6), scattered("node", 30, 7)
    links = candidate_pairs(sites, nodes, RULE)
    pairs = {frozenset(pair) for pair in ends(links)}
    assert len(pairs) == len(links) <= 5 * 10_000
    graph = nx.Graph([tuple(pair) for pair in pairs])
    graph.add_edges_from(("given", node) for node in nodes["node"])
    assert len(graph) == 10_000 + 30 + 1
    assert nx.is_connected(graph)


def test_gabriel_links_lead_to_all_sides_within_reach() -> None:
    """A site in the middle of a row, whose nearest lies west, gets the link to the east too, but none beyond reach."""
    # At 0, 6.8, 20.5 and 54.7 km (a degree of longitude is 68.4 km); the node is 34 km to the north, a bit east, of c.
    sites = pd.DataFrame({"site": ["a", "b", "c", "d"], "lat": 52.0, "lon": [5.0, 5.1, 5.3, 5.8]})
    nodes = pd.DataFrame({"node": ["n"], "lat": [52.306], "lon": [5.35]})
    nearest_only = replace(RULE, neighbours=1, reach_node=0.0, spanning=False)
    assert ends(candidate_pairs(sites, nodes, nearest_only)) == {("a", "b"), ("b", "c")}
    sides = replace(RULE, neighbours=0, gabriel=True, spanning=False)
    assert ends(candidate_pairs(sites, nodes, sides)) == {("a", "b"), ("b", "c"), ("c", "n")}
    far = replace(sides, reach_site=35.0)
    assert ends(candidate_pairs(sites, nodes, far)) == {("a", "b"), ("b", "c"), ("c", "d"), ("c", "n")}


def test_a_node_on_the_way_takes_the_link_between_two_sites() -> None:
    """Given nodes count as places: two sites with a node between them are linked to it and not with each other."""
    sites, nodes = line("site", 51.0, 51.1), line("node", 51.05, 51.06)
    sides = replace(RULE, neighbours=0, gabriel=True, spanning=False)
    assert ends(candidate_pairs(sites, nodes, sides)) == {("site0", "node0"), ("site1", "node1")}


@pytest.mark.nightly
def test_gabriel_keeps_ten_thousand_sites_sparse_and_within_reach() -> None:
    """Fewer than three links a place beyond the five others; longer than the reach are links of the tree alone."""
    sites, nodes = scattered("site", 10_000, 6), scattered("node", 30, 7)
    links = candidate_pairs(sites, nodes, replace(RULE, gabriel=True))
    assert len(links) < 8 * 10_030
    bare = ends(candidate_pairs(sites, nodes, RULE))
    more = links[~links.apply(lambda row: (row["from"], row["to"]) in bare, axis=1)]
    to_node = more["to"].str.startswith("node")
    assert (more["distance"] <= np.where(to_node, 40.0, 20.0) + 1e-9).all()
    assert bare <= ends(links)


def test_without_sites_there_are_no_links() -> None:
    """An empty table gives an empty table."""
    links = candidate_pairs(scattered("site", 0, 1), scattered("node", 3, 1), RULE)
    assert len(links) == 0
    assert list(links.columns) == ["from", "to", "distance"]
