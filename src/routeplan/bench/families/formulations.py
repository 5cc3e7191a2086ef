"""One fixed-charge network in different formulations: equal optima, and other bounds of the relaxation.

The bounds by big M, by tightened M and by commodities are compared in Magnanti and Wong, "Network design and
transportation planning: models and algorithms", Transportation Science 18 (1984), doi 10.1287/trsc.18.1.1.
"""

import numpy as np

from routeplan.bench.families.entries import coefficients
from routeplan.bench.families.family import canonical
from routeplan.bench.families.network import Network, refuse_unless_tree
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.matrices import Matrices


def aggregated(network: Network) -> Matrices:
    """All flow of an arc in one column, and its capacity as big M."""
    return _by_arc(network, network.capacity, network.capacity)


def loose(network: Network, factor: float) -> Matrices:
    """The same with a big M that is larger than the capacity by a factor; the capacity bounds the flow besides."""
    return _by_arc(network, network.capacity, factor * network.capacity)


def tightened(network: Network) -> Matrices:
    """The same with the most that is worth carrying over the arc as big M."""
    most = np.minimum(network.capacity, network.useful() @ network.demand)
    return _by_arc(network, most, most)


def _by_arc(network: Network, most: FloatArray, big: FloatArray) -> Matrices:
    """Columns: flow (A), open (A), own supply (N - 1). Rows: balance (N - 1), flow <= big open (A)."""
    arcs, customers = network.arcs, network.nodes - 1
    arc, inner = np.arange(arcs), np.arange(customers)
    into, out = network.head > 0, network.tail > 0
    rows = coefficients(
        [
            (network.head[into] - 1, arc[into], 1.0),
            (network.tail[out] - 1, arc[out], -1.0),
            (inner, 2 * arcs + inner, 1.0),
            (customers + arc, arc, 1.0),
            (customers + arc, arcs + arc, -big),
        ],
        (customers + arcs, 2 * arcs + customers),
    )
    demand, none = network.demand[1:], np.zeros(arcs)
    return canonical(
        Matrices(
            rows=rows,
            row_lower=np.concatenate([demand, np.full(arcs, -np.inf)]),
            row_upper=np.concatenate([demand, none]),
            lower=np.zeros(2 * arcs + customers),
            upper=np.concatenate([most, np.ones(arcs), network.own[1:]]),
            cost=np.concatenate([network.variable, network.fixed, network.own_cost[1:]]),
            offset=0.0,
            integer=np.repeat([False, True, False], [arcs, arcs, customers]),
        )
    )


def by_commodity(network: Network) -> Matrices:
    """The flow to each customer in columns of its own, no more than its demand where the arc is open.

    Columns: flow of a customer's demand over an arc, where that may be worth it (P), open (A), own supply (N - 1).
    Rows: balance of each customer's demand at each node on a way of it, flow <= demand open (P), and where arcs cannot
    carry everything their capacity (A).
    """
    arc, customer = np.nonzero(network.useful())
    pairs, arcs, customers = len(arc), network.arcs, network.nodes - 1
    pair, inner = np.arange(pairs), np.arange(customers)
    place, into, out, end = _balances(network, arc, customer)
    narrow = np.flatnonzero(network.capacity < network.demand.sum())
    at_narrow = np.isin(arc, narrow)
    balances, links = len(place), len(place) + pairs
    rows = coefficients(
        [
            (into, pair, 1.0),
            (out[out >= 0], pair[out >= 0], -1.0),
            (end, pairs + arcs + inner, 1.0),
            (balances + pair, pair, 1.0),
            (balances + pair, pairs + arc, -network.demand[customer]),
            (links + np.searchsorted(narrow, arc[at_narrow]), pair[at_narrow], 1.0),
            (links + np.arange(len(narrow)), pairs + narrow, -network.capacity[narrow]),
        ],
        (links + len(narrow), pairs + arcs + customers),
    )
    asked = np.zeros(balances)
    asked[end] = network.demand[1:]
    return canonical(
        Matrices(
            rows=rows,
            row_lower=np.concatenate([asked, np.full(pairs + len(narrow), -np.inf)]),
            row_upper=np.concatenate([asked, np.zeros(pairs + len(narrow))]),
            lower=np.zeros(pairs + arcs + customers),
            upper=np.concatenate([network.demand[customer], np.ones(arcs), network.own[1:]]),
            cost=np.concatenate([network.variable[arc], network.fixed, network.own_cost[1:]]),
            offset=0.0,
            integer=np.repeat([False, True, False], [pairs, arcs, customers]),
        )
    )


def _balances(network: Network, arc: IntArray, customer: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Rows of balance: their places, those that columns enter and leave (-1: the source), and each customer's own."""
    nodes = network.nodes
    into, out = customer * nodes + network.head[arc], customer * nodes + network.tail[arc]
    own = np.arange(1, nodes) * (nodes + 1)
    place = np.unique(np.concatenate([into, out[network.tail[arc] > 0], own]))
    left = np.where(network.tail[arc] > 0, np.searchsorted(place, out), -1)
    return place, np.searchsorted(place, into), left, np.searchsorted(place, own)


def by_path(network: Network) -> Matrices:
    """Only how much each customer of a tree is sent: the way there is known.

    Columns: sent (N - 1), open (A), own supply (N - 1). Rows: demand (N - 1), sent <= demand open, for each arc on the
    way (P).

    Raises
    ------
    UsageError
        When the network is no tree.
    """
    refuse_unless_tree(network)
    arc, customer = np.nonzero(network.useful())
    arcs, customers, demand = network.arcs, network.nodes - 1, network.demand[1:]
    inner, row = np.arange(customers), customers + np.arange(len(arc))
    rows = coefficients(
        [
            (inner, inner, 1.0),
            (inner, customers + arcs + inner, 1.0),
            (row, customer - 1, 1.0),
            (row, customers + arc, -network.demand[customer]),
        ],
        (customers + len(arc), 2 * customers + arcs),
    )
    reached = np.isin(1 + inner, customer)
    return canonical(
        Matrices(
            rows=rows,
            row_lower=np.concatenate([demand, np.full(len(arc), -np.inf)]),
            row_upper=np.concatenate([demand, np.zeros(len(arc))]),
            lower=np.zeros(2 * customers + arcs),
            upper=np.concatenate([np.where(reached, demand, 0.0), np.ones(arcs), network.own[1:]]),
            cost=np.concatenate([network.distances()[0][1:], network.fixed, network.own_cost[1:]]),
            offset=0.0,
            integer=np.repeat([False, True, False], [customers, arcs, customers]),
        )
    )


def all_own(network: Network, matrices: Matrices) -> FloatArray | None:
    """The point of a formulation at which no arc is open and each node makes its demand itself.

    Parameters
    ----------
    network : Network
        The network.
    matrices : Matrices
        It, in any formulation of this module, in all of which the last columns are own supply.

    Returns
    -------
    FloatArray, shape (C,), or None
        None where a node cannot make all of its demand.
    """
    if (network.own < network.demand).any():
        return None
    x = np.zeros(matrices.rows.shape[1])
    x[len(x) - (network.nodes - 1) :] = network.demand[1:]
    return x


def with_open(matrices: Matrices, opened: FloatArray) -> Matrices:
    """A formulation with its arcs open, shape (A,), or closed, in all of which no other column is whole; linear."""
    x = np.zeros(matrices.rows.shape[1])
    x[matrices.integer] = opened
    return matrices.with_fixed(matrices.integer, x)
