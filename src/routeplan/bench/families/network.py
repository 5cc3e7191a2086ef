"""Fixed-charge networks: one source, customers, and arcs that are paid for once and by the unit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from routeplan.bench.families.draws import amounts, uniform, whole
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray

RATIO = 25.0
"""Fixed cost of an arc in units of its variable cost, unless another is asked for."""

LONGEST = 3
MOST_DEMAND = 5
MARGIN = (2, 20)
CAPACITY_SHARE = 0.4
"""Share of all demand that an arc of a narrow mesh carries."""


@dataclass(frozen=True)
class Network:
    """A network of N nodes and A arcs; node 0 is the source, every other one a customer.

    Parameters
    ----------
    tail, head : IntArray, shape (A,)
        Nodes at which arcs begin and end.
    fixed, variable : FloatArray, shape (A,)
        Cost of an arc that is used, and of each unit that it carries.
    capacity : FloatArray, shape (A,)
        Most that an arc carries.
    demand : FloatArray, shape (N,)
        Demand of each node; 0 at the source.
    own : FloatArray, shape (N,)
        Most that a node makes itself.
    own_cost : FloatArray, shape (N,)
        Cost of each unit that a node makes itself.
    """

    tail: IntArray
    head: IntArray
    fixed: FloatArray
    variable: FloatArray
    capacity: FloatArray
    demand: FloatArray
    own: FloatArray
    own_cost: FloatArray

    @property
    def nodes(self) -> int:
        """Number of nodes, the source among them."""
        return len(self.demand)

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return len(self.tail)

    def distances(self) -> FloatArray:
        """Least cost of a unit on its way between nodes, fixed costs aside, shape (N, N); infinite without a way."""
        shape = (self.nodes, self.nodes)
        found = dijkstra(sparse.csr_array((self.variable, (self.tail, self.head)), shape=shape))
        return np.asarray(found, dtype=float)

    def useful(self) -> NDArray[np.bool_]:
        """Whether some best flow may carry demand of a node over an arc, shape (A, N).

        A way is of use only where a unit costs less on it than made by the node itself, and no way leads through its
        own end or back to the source. (A node that cannot make all itself may use every way.)
        """
        distance = self.distances()
        on_the_way = distance[0][self.tail][:, None] + self.variable[:, None] + distance[self.head]
        worth = np.where(self.own >= self.demand, self.own_cost, np.inf)
        found = (on_the_way < worth[None, :]) & (self.demand > 0.0)[None, :] & (self.head != 0)[:, None]
        found[np.arange(self.arcs), self.tail] = False
        return np.asarray(found, dtype=bool)


def priced(tail: IntArray, head: IntArray, nodes: int, ratio: float, random: np.random.Generator) -> Network:
    """Draw costs and demand of a network whose arcs can carry everything.

    A customer's own supply costs more a unit than the cheapest way from the source, by `MARGIN` times the share of the
    ratio in `RATIO`: at any ratio, demand has to come together to be worth the arcs.

    Parameters
    ----------
    tail, head : IntArray, shape (A,)
        Ends of the arcs; every node must be within reach of node 0.
    nodes : int
        Number of nodes.
    ratio : float
        Fixed cost of an arc for each unit of its length, in units of its variable cost; to the quarter.
    random : Generator
        The stream.
    """
    length = amounts(random, len(tail), 1, LONGEST)
    fixed = np.maximum(np.round(4.0 * ratio * length * (1.0 + whole(random, len(tail), -1, 1) / 4.0)), 1.0) / 4.0
    demand = amounts(random, nodes, 1, MOST_DEMAND)
    margin = np.maximum(np.round(amounts(random, nodes, *MARGIN) * ratio / RATIO), 1.0)
    demand[0] = 0.0
    everything = np.full(len(tail), demand.sum())
    bare = Network(tail, head, fixed, length, everything, demand, demand.copy(), np.zeros(nodes))
    return Network(tail, head, fixed, length, everything, demand, demand.copy(), bare.distances()[0] + margin)


def tree(nodes: int, ratio: float, random: np.random.Generator) -> Network:
    """Draw a tree: each node hangs below any of those before it."""
    head = np.arange(1, nodes, dtype=np.int64)
    tail = np.floor(uniform(random, nodes - 1) * head).astype(np.int64)
    return priced(tail, head, nodes, ratio, random)


def path(nodes: int, ratio: float, random: np.random.Generator) -> Network:
    """Draw a path: each node hangs below the one before it."""
    head = np.arange(1, nodes, dtype=np.int64)
    return priced(head - 1, head, nodes, ratio, random)


def mesh(side: int, ratio: float, random: np.random.Generator) -> Network:
    """Draw a square mesh with arcs both ways, but for those into the source in its corner."""
    tail, head = mesh_arcs(side)
    away = head != 0
    return priced(tail[away], head[away], side * side, ratio, random)


def narrow_mesh(side: int, ratio: float, random: np.random.Generator) -> Network:
    """Draw a mesh whose arcs carry less than all demand."""
    wide = mesh(side, ratio, random)
    most = np.ceil(wide.capacity * CAPACITY_SHARE)
    return Network(wide.tail, wide.head, wide.fixed, wide.variable, most, wide.demand, wide.own, wide.own_cost)


def mesh_arcs(side: int) -> tuple[IntArray, IntArray]:
    """Arcs between neighbours in a square of nodes, counted row by row: there, and back."""
    node = np.arange(side * side, dtype=np.int64).reshape(side, side)
    begin = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    end = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    return np.concatenate([begin, end]), np.concatenate([end, begin])


def tree_optimum(network: Network) -> float:
    r"""Least cost of a tree whose arcs can carry everything, by dynamic programming from the leaves.

    With a node connected, each child is connected too or makes everything below it by itself:

    .. math:: F(v) = d_v \min(own_v, dist_v) + \sum_{w \text{ below } v} \min(fixed_w + F(w), O(w))

    O(w): cost of all demand below w, each node's made by itself. Each node's number must be above its parent's.
    """
    refuse_unless_tree(network)
    distance = network.distances()[0]
    alone = network.demand * network.own_cost
    connected = network.demand * np.minimum(network.own_cost, distance)
    for arc in np.argsort(-network.head):
        parent, child = network.tail[arc], network.head[arc]
        connected[parent] += min(network.fixed[arc] + connected[child], alone[child])
        alone[parent] += alone[child]
    return float(connected[0])


def refuse_unless_tree(network: Network) -> None:
    """Refuse a network that is no tree from the source outwards, with larger numbers further out.

    Raises
    ------
    UsageError
        When it is none.
    """
    once = len(set(network.head.tolist())) == network.arcs == network.nodes - 1
    if not (once and (network.tail < network.head).all()):
        raise UsageError(
            "the network is no tree; allowed: one arc into each node but the source, from a node before it"
        )
