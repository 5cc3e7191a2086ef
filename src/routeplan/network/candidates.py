"""Candidate links: a sparse network of sites, hubs and given nodes that leaves no site out."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.network.distance import nearest
from routeplan.network.gabriel import gabriel_graph
from routeplan.network.sphere import distance, on_sphere

Pairs = tuple[IntArray, IntArray]


@dataclass(frozen=True)
class LinkRule:
    """Rule by which places are joined by candidate links of a mode.

    Parameters
    ----------
    neighbours : int
        Nearest given nodes, and nearest sites, to which a site may be linked.
    reach_node, reach_site : float
        Longest link to a given node and between sites that is looked for [km over ground]; 0: none.
    spanning : bool
        Whether a minimum spanning tree is added, however long its links, so that nobody is cut off.
    gabriel : bool
        Whether the links of the Gabriel graph of sites and given nodes are added, as far as they are within reach:
        they lead to neighbours on all sides, where the nearest may all lie on one.
    """

    neighbours: int
    reach_node: float
    reach_site: float
    spanning: bool
    gabriel: bool = False


def candidate_pairs(sites: pd.DataFrame, nodes: pd.DataFrame, rule: LinkRule) -> pd.DataFrame:
    """Find the pairs of places that candidate links join.

    Each site is joined to its nearest given nodes and to its nearest sites within reach. If the rule asks it, links
    of the Gabriel graph within reach are added, and a minimum spanning tree over sites and given nodes, which count
    as connected with each other. No link is longer than the rule's reach but those of the spanning tree; there are
    fewer than 2 neighbours + 4 for each place, so time and memory are linear in their number.

    Parameters
    ----------
    sites : DataFrame
        Sites that may use the carrier: ``site``, ``lat``, ``lon``.
    nodes : DataFrame
        Given nodes and nodes with hubs: ``node``, ``lat``, ``lon``.
    rule : LinkRule
        The rule.

    Returns
    -------
    DataFrame
        ``from``, ``to`` and ``distance`` [km over ground], ordered by ends; no two pairs have the same ends.
    """
    names = np.concatenate([sites["site"].to_numpy(str), nodes["node"].to_numpy(str)])
    lat, lon = (np.concatenate([sites[name], nodes[name]]) for name in ("lat", "lon"))
    points, count = on_sphere(lat, lon), len(sites)
    found = [_to_nodes(points, count, rule), _to_sites(points[:count], rule)]
    if rule.gabriel:
        found.append(_on_all_sides(points, count, rule))
    if rule.spanning and count:
        found.append(spanning_tree(points, count))
    begin, end = _without_twins(found, len(names))
    pairs = {"from": names[begin], "to": names[end], "distance": distance(points[begin], points[end])}
    return pd.DataFrame(pairs).astype({"from": "str", "to": "str"})


def _to_nodes(points: FloatArray, sites: int, rule: LinkRule) -> Pairs:
    if rule.reach_node <= 0:
        return nearest(points[:0], points, 1)
    site, node = nearest(points[:sites], points[sites:], rule.neighbours, rule.reach_node)
    return site, node + sites


def _to_sites(points: FloatArray, rule: LinkRule) -> Pairs:
    """Nearest other sites; one more is asked for, since each site is the nearest to itself."""
    if rule.reach_site <= 0:
        return nearest(points[:0], points, 1)
    one, other = nearest(points, points, rule.neighbours + 1, rule.reach_site)
    apart = one != other
    return one[apart], other[apart]


def _on_all_sides(points: FloatArray, sites: int, rule: LinkRule) -> Pairs:
    """Gabriel's links of a site with a node or another site, within the reach of each kind."""
    pairs = gabriel_graph(points)
    one, other = np.minimum(*pairs), np.maximum(*pairs)
    reach = np.where(other < sites, rule.reach_site, np.where(one < sites, rule.reach_node, 0.0))
    near = (reach > 0) & (distance(points[one], points[other]) <= reach)
    return one[near], other[near]


def spanning_tree(points: FloatArray, sites: int, neighbours: int = 8) -> Pairs:
    """Minimum spanning tree of sites and given nodes; given nodes count as connected with each other.

    It is taken over the nearest neighbours of each point, to which the shortest links between parts that are
    still apart are added, so that no table of all pairs is needed; more neighbours never make it longer.

    Parameters
    ----------
    points : FloatArray, shape (N, 3)
        Points on the sphere, the sites first.
    sites : int
        How many of them are sites.
    neighbours : int
        Neighbours of each point that are looked at.

    Returns
    -------
    one, other : IntArray
        Positions of the ends of the tree's links, those between given nodes left out.
    """
    # All given nodes are one vertex of the graph, the one after the last site.
    vertex = np.minimum(np.arange(len(points)), sites)
    graph = nx.Graph()
    graph.add_nodes_from(range(sites + (len(points) > sites)))
    _add_shortest(graph, points, vertex, nearest(points, points, neighbours + 1))
    while len(parts := sorted(nx.connected_components(graph), key=lambda part: (len(part), min(part)))) > 1:
        for part in parts[:-1]:
            _add_shortest(graph, points, vertex, _shortest_exit(points, np.isin(vertex, list(part))))
    tree = nx.minimum_spanning_edges(graph, weight="length", data=True)
    ends = sorted(edge["ends"] for _, _, edge in tree)
    one, other = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    return one, other


def _add_shortest(graph: nx.Graph, points: FloatArray, vertex: IntArray, pairs: Pairs) -> None:
    """Add links to the graph, between two vertices the shortest."""
    one, other = np.minimum(*pairs), np.maximum(*pairs)
    apart = vertex[one] != vertex[other]
    one, other = one[apart], other[apart]
    lengths = distance(points[one], points[other])
    for place in np.lexsort((other, one, lengths))[::-1]:
        ends = (int(one[place]), int(other[place]))
        graph.add_edge(int(vertex[ends[0]]), int(vertex[ends[1]]), length=float(lengths[place]), ends=ends)


def _shortest_exit(points: FloatArray, inside: NDArray[np.bool_]) -> Pairs:
    """Find the shortest link from the points inside a part to those outside."""
    within, without = np.flatnonzero(inside), np.flatnonzero(~inside)
    one, other = nearest(points[within], points[without], 1)
    best = int(np.argmin(distance(points[within[one]], points[without[other]])))
    return within[one[best : best + 1]], without[other[best : best + 1]]


def _without_twins(found: list[Pairs], count: int) -> Pairs:
    """Every pair of ends once, whatever its direction."""
    one = np.concatenate([np.minimum(*pairs) for pairs in found])
    other = np.concatenate([np.maximum(*pairs) for pairs in found])
    code = np.unique(one * count + other)
    return code // count, code % count
