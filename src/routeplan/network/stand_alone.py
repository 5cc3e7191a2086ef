"""The cheapest connection of each site for itself alone: all of its need over one path."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.network.graph import CarrierGraph
from routeplan.network.tree import Tree
from routeplan.tolerances import FITS, ROUNDING


@dataclass(frozen=True)
class Connection:
    """A path from a site to the source or hub that serves it.

    Parameters
    ----------
    cost : float
        Cost of the need over this path [M EUR/yr].
    arcs : list of int
        Arcs of the `CarrierGraph`, from the site on; the last one is the source or hub.
    """

    cost: float
    arcs: list[int]


def stand_alone_connections(graph: CarrierGraph, vertex: IntArray, need: FloatArray) -> list[Connection | None]:
    """Find the cheapest connection of each site that carries all of its need.

    Between two steps of capacity, a path costs a fixed sum and so much for each unit. The cheapest cost is then
    concave in the need: a path that is cheapest at two needs is so at all between. So the cheapest paths are found for
    the least and the largest need, and for needs between them only as long as sites are left whose path changes.

    Parameters
    ----------
    graph : CarrierGraph
        The graph of the carrier in the period.
    vertex : IntArray, shape (N,)
        Vertex of each site.
    need : FloatArray, shape (N,)
        What each needs, more than 0 [GWh/yr or kt/yr].

    Returns
    -------
    list of Connection or None
        For each site; None where no path carries all that it needs.
    """
    found: list[Connection | None] = [None] * len(need)
    step = np.searchsorted(graph.steps(), need * FITS)
    for one in np.unique(step):
        rows = np.flatnonzero(step == one)
        rows = rows[np.argsort(need[rows], kind="stable")]
        between = _Between(graph.fixed_for(need[rows[-1]]), graph, vertex, need)
        for row, connection in between.connections(rows):
            found[row] = connection
    return found


@dataclass(frozen=True)
class _Priced:
    """Cheapest paths at one need, and the cost per unit along them."""

    need: float
    tree: Tree
    unit: FloatArray

    def cost_at(self, need: FloatArray | float, vertex: IntArray) -> FloatArray:
        """Cost of another need over the same paths."""
        return np.asarray(self.tree.cost[vertex] + (need - self.need) * self.unit[vertex])


@dataclass(frozen=True)
class _Between:
    """Sites whose needs lie between two steps of capacity: each arc has a fixed cost and a cost per unit."""

    fixed: FloatArray
    graph: CarrierGraph
    vertex: IntArray
    need: FloatArray

    def connections(self, rows: IntArray) -> list[tuple[int, Connection]]:
        """Find the cheapest connection of each row, which are ordered by need."""
        found: list[tuple[int, Connection]] = []
        low, high = (self._priced(self.need[rows[end]]) for end in (0, -1))
        rows = rows[np.isfinite(low.tree.cost[self.vertex[rows]])]
        open_ranges = [(rows, low, high)]
        while open_ranges:
            rows, low, high = open_ranges.pop()
            by_low = self._stays_cheapest(rows, low, high)
            by_high = ~by_low & (self.need[rows] == high.need)
            found += self._connections_of(rows[by_low], low) + self._connections_of(rows[by_high], high)
            rows = rows[~by_low & ~by_high]
            if len(rows):
                middle = self._priced(self.need[rows[len(rows) // 2]])
                below = self.need[rows] <= middle.need
                open_ranges += [(rows[below], low, middle), (rows[~below], middle, high)]
        return found

    def _stays_cheapest(self, rows: IntArray, low: _Priced, high: _Priced) -> NDArray[np.bool_]:
        """Whether the cheapest path at the low end of a range is cheapest at the row's need for certain."""
        vertex = self.vertex[rows]
        at_high = low.cost_at(high.need, vertex) <= high.tree.cost[vertex] * (1.0 + ROUNDING)
        return np.asarray(at_high | (self.need[rows] == low.need))

    def _priced(self, need: float) -> _Priced:
        unit = self.graph.arcs["unit"].to_numpy(float)
        tree = self.graph.cheapest(self.fixed + need * unit)
        return _Priced(need, tree, tree.along(unit))

    def _connections_of(self, rows: IntArray, priced: _Priced) -> list[tuple[int, Connection]]:
        costs = priced.cost_at(self.need[rows], self.vertex[rows])
        return [
            (row, Connection(cost, priced.tree.path_to(vertex)))
            for row, cost, vertex in zip(rows.tolist(), costs.tolist(), self.vertex[rows].tolist(), strict=True)
        ]
