"""What is near to some columns of a program: the same process, link or hub, and what shares a row with it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy import sparse

from routeplan.instance.horizon import BoolArray, FloatArray, IntArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver.session import OnPoint, Session
from routeplan.solver.solution import Limits, Solution
from routeplan.tolerances import FEASIBILITY

CROWDED = 200
"""Rows with more columns than this tie the whole country together; nothing is a neighbour by them alone."""


class PartSolver(Protocol):
    """Solves a program of which no more than a point is asked."""

    def __call__(
        self,
        matrices: Matrices,
        limits: Limits,
        *,
        start: FloatArray | None = None,
        on_point: OnPoint | None = None,
    ) -> Solution:
        """Solve a program, from a feasible point where one is known; each better point is told."""
        ...


def solved_here(
    matrices: Matrices, limits: Limits, *, start: FloatArray | None = None, on_point: OnPoint | None = None
) -> Solution:
    """Solve a program in this process; a wrong answer costs no more than a point, so that it is not asked for twice."""
    with Session(matrices, limits, on_point=on_point) as session:
        return session.solve(start=start)


def decided_anew(
    matrices: Matrices,
    free: BoolArray,
    point: FloatArray,
    limits: Limits,
    start: FloatArray | None = None,
    *,
    solver: PartSolver = solved_here,
    on_point: OnPoint | None = None,
) -> FloatArray | None:
    """Find the cheapest point in which integer columns are as in another one, but for some that are free.

    Parameters
    ----------
    matrices : Matrices
        The program.
    free : array of bool, shape (C,)
        Columns that are decided anew; those that are not integer always are.
    point : FloatArray, shape (C,)
        The values of the others, rounded.
    limits : Limits
        What the search may take.
    start : FloatArray, shape (C,), optional
        A point with these values that is known.
    solver : callable
        What searches.
    on_point : callable, optional
        Told of each better point on the way and of the one that is found, seen to obey every row.

    Returns
    -------
    FloatArray, shape (C,), or None
        The point, seen to obey every row; None where none was found. That there is none is not proven by that.
    """
    if limits.reached is not None:
        return start
    held = matrices.with_fixed(matrices.integer & ~free, point)

    def tell(x: FloatArray) -> None:
        if on_point is not None and matrices.excess(x) <= FEASIBILITY:
            on_point(x)

    found = solver(held, limits, start=start, on_point=tell).x
    if found is None or matrices.excess(found) > FEASIBILITY:
        return None
    if on_point is not None:
        on_point(found)
    return found


def processes(program: Program) -> BoolArray:
    """Columns, shape (C,), that decide what processes do, and none about networks, hubs and the grid."""
    columns = np.zeros(program.matrices.rows.shape[1], dtype=bool)
    for block in program.columns.values():
        if block.variable.index[0] == "process":
            columns[block.position[block.position >= 0]] = True
    return columns


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """Finds which columns of a program are near to others.

    Parameters
    ----------
    program : Program
        The program.
    """

    program: Program

    def around(self, seeds: BoolArray, least: int) -> BoolArray:
        """Columns nearest to some in the rows of the program, with at least so many integer ones where there are.

        What shares a row of few columns is nearer than what shares one of many.

        Parameters
        ----------
        seeds : array of bool, shape (C,)
            The columns in the middle.
        least : int
            The number of integer columns.
        """
        free, integer = self.whole(seeds), self._matrices.integer
        while (free & integer).sum() < least:
            wider = self._ring(free, least)
            if (wider == free).all():
                break
            free = wider
        return free

    def _ring(self, inner: BoolArray, least: int) -> BoolArray:
        """Columns with what shares a row with them, rows with the fewest columns first, until there are enough."""
        free, sizes = inner, np.where(self._rows_of(inner), self._sizes, 0)
        for size in np.unique(sizes[sizes > 0]):
            free = self.whole(free | self.columns_in(sizes == size))
            if (free & self._matrices.integer).sum() >= least:
                break
        return free

    def all_but_some(self, share: float, draw: np.random.Generator) -> BoolArray:
        """Integer columns, but for those of a share of the processes, links, hubs and reinforcements, which is drawn.

        Parameters
        ----------
        share : float
            The share.
        draw : Generator
            Draws it.
        """
        kept = draw.random(self._thing.max(initial=-1) + 1) < share
        drawn: BoolArray = self._matrices.integer & ~np.append(kept, False)[self._thing]
        return drawn

    def _rows_of(self, columns: BoolArray) -> BoolArray:
        """Rows, but for crowded ones, that have one of some columns."""
        found: BoolArray = (self._pattern @ columns.astype(float) > 0.0) & (self._sizes <= CROWDED)
        return found

    def columns_in(self, rows: BoolArray) -> BoolArray:
        """Columns that some rows have."""
        found: BoolArray = self._pattern.T @ rows.astype(float) > 0.0
        return found

    def whole(self, columns: BoolArray) -> BoolArray:
        """Columns with all others of the same process, link, hub or reinforcement."""
        there = columns & (self._thing >= 0)
        chosen = np.zeros(self._thing.max(initial=-1) + 2, dtype=bool)
        chosen[self._thing[there]] = True
        return columns | chosen[self._thing]

    @property
    def _matrices(self) -> Matrices:
        return self.program.matrices

    @cached_property
    def _pattern(self) -> sparse.csr_array:
        """1 where a row has a column."""
        rows = self._matrices.by_row
        return sparse.csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)

    @cached_property
    def _sizes(self) -> IntArray:
        """Columns of each row."""
        return np.diff(self._pattern.indptr).astype(np.int64)

    @cached_property
    def _thing(self) -> IntArray:
        """Number of the process, link, hub or reinforcement that each integer column decides about; -1 for others."""
        thing, count = np.full(self._matrices.rows.shape[1], -1, dtype=np.int64), 0
        numbers: dict[str, dict[str, int]] = {}
        for block in self.program.columns.values():
            kind = block.variable.index[0]
            items = numbers.setdefault(kind, {})
            there = (block.position >= 0) & block.table["integer"].to_numpy(bool)
            for item in block.table.loc[there, kind].unique():
                if item not in items:
                    items[item], count = count, count + 1
            thing[block.position[there]] = block.table.loc[there, kind].map(items).to_numpy()
        return thing
