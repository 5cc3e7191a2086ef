"""Cheapest paths from one vertex to all others."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from routeplan.instance.horizon import FloatArray, IntArray


@dataclass(frozen=True)
class Tree:
    """The cheapest path from vertex 0 to each vertex.

    Parameters
    ----------
    cost : FloatArray, shape (V,)
        Cost of the path; infinite where there is none.
    before : IntArray, shape (V,)
        Vertex before each on its path; 0 where there is none.
    predecessor_arc : IntArray, shape (V,)
        Arc by which each vertex is entered; -1 where there is none.
    """

    cost: FloatArray
    before: IntArray
    predecessor_arc: IntArray

    def along(self, amounts: FloatArray) -> FloatArray:
        """Sum of amounts, given for each arc, along the path to each vertex, shape (V,)."""
        # Where there is no arc, -1 finds the 0 at the end.
        total = np.append(amounts, 0.0)[self.predecessor_arc]
        before = self.before
        # Each round doubles the length of the paths that are summed.
        while before.any():
            total, before = total + total[before], before[before]
        return total

    def path_to(self, vertex: int) -> list[int]:
        """Arcs on the path from vertex 0 to a vertex, the last one first."""
        path = []
        while (arc := int(self.predecessor_arc[vertex])) >= 0:
            path.append(arc)
            vertex = int(self.before[vertex])
        return path


def cheapest_paths(tail: IntArray, head: IntArray, cost: FloatArray, vertices: int) -> Tree:
    """Find the cheapest paths from vertex 0.

    Parameters
    ----------
    tail, head : IntArray, shape (A,)
        Ends of the arcs, vertices 0 .. vertices - 1; of arcs with the same ends the cheapest counts.
    cost : FloatArray, shape (A,)
        Cost of each arc, 0 or more; infinite where it leads nowhere.
    vertices : int
        Number of vertices.
    """
    ends = tail * vertices + head
    order = np.lexsort((cost, ends))
    order = order[np.isfinite(cost[order])]
    known, first = np.unique(ends[order], return_index=True)
    arcs = order[first]
    # Built from its parts, so that arcs that cost nothing stay arcs.
    begins = np.searchsorted(known, np.arange(vertices + 1) * vertices)
    parts = (cost[arcs], head[arcs], begins)
    graph: sparse.csr_array[np.float64] = sparse.csr_array(parts, shape=(vertices, vertices), dtype=np.float64)
    (distance,), (before,) = dijkstra(graph, indices=[0], return_predecessors=True)
    entered = before >= 0
    parent = np.where(entered, before, 0).astype(np.int64)
    predecessor_arc = np.full(vertices, -1, dtype=np.int64)
    predecessor_arc[entered] = arcs[np.searchsorted(known, parent[entered] * vertices + np.flatnonzero(entered))]
    return Tree(np.asarray(distance), parent, predecessor_arc)
