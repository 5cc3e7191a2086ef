"""Minimum cuts of a network: the links that separate a site from all sources and hubs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from routeplan.instance.horizon import FloatArray, IntArray

SCALE = 10**6
"""Capacities are rounded to whole multiples of 1 / `SCALE`: SciPy's maximum flow takes integers."""


@dataclass(frozen=True)
class FlowNetwork:
    """A directed network; both directions of a two-way link are arcs of their own.

    Parameters
    ----------
    tail, head : IntArray, shape (A,)
        Ends of the arcs, vertices 0 .. vertices - 1; arcs with the same ends add up.
    capacity : FloatArray, shape (A,)
        Capacity of the arcs, from 0 to some thousand.
    vertices : int
        Number of vertices.
    """

    tail: IntArray
    head: IntArray
    capacity: FloatArray
    vertices: int

    def minimum_cut(self, origin: int, destination: int) -> tuple[float, NDArray[np.bool_]]:
        """Find the maximum flow from origin to destination, and the vertices on the far side of a minimum cut.

        Parameters
        ----------
        origin, destination : int
            Two different vertices.

        Returns
        -------
        flow : float
            The maximum flow, which is the capacity of the arcs from a vertex on the origin's side to one that is not.
        sink_side : bool array, shape (vertices,)
            Whether a vertex lies on the destination's side.
        """
        found = maximum_flow(self._scaled, origin, destination)
        residual = sparse.csr_array(self._scaled - found.flow)
        residual.eliminate_zeros()
        near = self._reached(residual.T.tocsr(), destination)
        # What the origin reaches by way of the destination's side alone belongs to that side: fewer arcs cross.
        outside = ~near[self.tail] & ~near[self.head]
        sink_side = ~self._reached(self._matrix(outside.astype(np.int32)), origin)
        return found.flow_value / SCALE, sink_side

    def across(self, sink_side: NDArray[np.bool_]) -> IntArray:
        """Positions of the arcs that lead to vertices on the sink side."""
        return np.flatnonzero(~sink_side[self.tail] & sink_side[self.head])

    @cached_property
    def _scaled(self) -> sparse.csr_array:
        return self._matrix(np.round(self.capacity * SCALE).astype(np.int32))

    def _matrix(self, values: NDArray[np.int32]) -> sparse.csr_array:
        matrix = sparse.csr_array(sparse.coo_array((values, (self.tail, self.head)), (self.vertices, self.vertices)))
        matrix.eliminate_zeros()
        return matrix

    def _reached(self, graph: sparse.csr_array, begin: int) -> NDArray[np.bool_]:
        """Whether each vertex can be reached from one."""
        reached = np.zeros(self.vertices, dtype=bool)
        reached[breadth_first_order(graph, begin, return_predecessors=False)] = True
        return reached
