"""A bound from the parts of a program: rows that join parts are priced, and each part is solved by itself.

This is Lagrangian relaxation (Geoffrion, Mathematical Programming Study 2, 1974) at prices of the linear relaxation.
The bound is never below that of the relaxation, and the effort grows with the number of parts, not with a power of it.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from networkx.utils import UnionFind
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.matrices import Matrices
from routeplan.solver.session import Session
from routeplan.solver.solution import Ending, Limits, OnBounds, Relaxation, counting, dual_bound, highest_bound, never

MOST = 500
"""Columns of a part at most: with more the bound is better, and takes longer."""

LONGEST = 10.0
"""Most seconds for one part; what is proven of it by then counts."""

PATIENCE = 0.1
"""Seconds between two questions whether to stop, while a part is solved elsewhere."""

FINE = 0.05
"""All parts together may leave this share of the gap that is asked unproven."""


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a program.

    Parameters
    ----------
    columns : IntArray
        Its columns, in ascending order.
    rows : IntArray
        The rows that have columns of this part alone.
    """

    columns: IntArray
    rows: IntArray

    def program(self, whole: Matrices, cost: FloatArray) -> Matrices:
        """Its program, under costs of all columns of the whole, shape (C,)."""
        rows = whole.by_row[self.rows]
        place = np.searchsorted(self.columns, rows.indices)
        own = sparse.csr_array((rows.data, place, rows.indptr), shape=(len(self.rows), len(self.columns)))
        return Matrices(
            rows=sparse.csc_array(own),
            row_lower=whole.row_lower[self.rows],
            row_upper=whole.row_upper[self.rows],
            lower=whole.lower[self.columns],
            upper=whole.upper[self.columns],
            cost=cost[self.columns],
            offset=0.0,
            integer=whole.integer[self.columns],
        )


def bound_of_parts(
    relaxation: Relaxation,
    known: float,
    limits: Limits,
    on_bounds: OnBounds,
    most: int = MOST,
    executor: Executor | None = None,
) -> float:
    """Prove a bound of a program by its parts, one after the other.

    A part whose columns are whole in the relaxation has its least there: it is not solved. What would lift the bound
    above a known objective is wrong, and does not count.

    Parameters
    ----------
    relaxation : Relaxation
        The linear relaxation of the program.
    known : float
        Objective of a point that is known; infinity where there is none.
    limits : Limits
        Gap of the whole program, deadline, threads, seed, options, and what ends the search early.
    on_bounds : callable
        Told of the bound after each part.
    most : int
        Columns of a part at most.
    executor : Executor, optional
        What solves the parts, on other machines say; here, one after the other, when None. The bound is the same where
        no part takes `LONGEST`.

    Returns
    -------
    float
        The bound; it is that of the prices alone where no part lifts it.
    """
    matrices = relaxation.matrices
    duals, bound = counting(matrices, relaxation.duals), relaxation.bound
    parts = list(parts_of(matrices, most))
    inside = np.zeros(len(duals), dtype=bool)
    for part in parts:
        inside[part.rows] = True
    cost = matrices.cost - matrices.rows.T @ np.where(inside, 0.0, duals)
    split = matrices.split_at(relaxation.x)
    to_solve = [part for part in parts if split[part.columns].any()]
    loss = FINE * limits.gap * max(1.0, abs(bound)) / max(1, len(to_solve))
    own = replace(limits, log=None, gap=0.0, options={**limits.options, "mip_abs_gap": loss})
    programs = (part.program(matrices, cost) for part in to_solve)
    proven = _each_here(programs, own) if executor is None else _each_elsewhere(list(programs), own, executor)
    for part, (program, least) in zip(to_solve, proven, strict=False):
        lifted = bound + max(0.0, least - dual_bound(program, duals[part.rows]))
        if lifted <= highest_bound(known):
            bound = lifted
            on_bounds(None, bound)
    return bound


def parts_of(matrices: Matrices, most: int) -> Iterator[Part]:
    """Split a program into parts that few rows join.

    Rows join the parts of their columns, those with the fewest columns first, as long as no part has more columns than
    allowed. Columns that no row of a part has are in none.

    Parameters
    ----------
    matrices : Matrices
        The program.
    most : int
        Columns of a part at most.
    """
    rows = matrices.by_row
    part, filled = _joined(rows, most), np.flatnonzero(np.diff(rows.indptr))
    first, last = (extreme.reduceat(part[rows.indices], rows.indptr[filled]) for extreme in (np.minimum, np.maximum))
    inside = first == last
    columns, own_rows = _by_part(part, np.arange(len(part))), _by_part(first[inside], filled[inside])
    yield from (Part(columns[number], own_rows[number]) for number in own_rows)


def _by_part(parts: IntArray, items: IntArray) -> dict[int, IntArray]:
    """Items by the number of their part."""
    order = np.argsort(parts, kind="stable")
    numbers, starts = np.unique(parts[order], return_index=True)
    return {number: found for number, found in zip(numbers.tolist(), np.split(items[order], starts[1:]), strict=False)}


def _joined(rows: sparse.csr_array, most: int) -> IntArray:
    """Number of the part of each column."""
    parts = UnionFind(range(rows.shape[1]))
    starts, indices = rows.indptr.tolist(), rows.indices.tolist()
    for row in np.argsort(np.diff(rows.indptr), kind="stable").tolist():
        of_row = {parts[column] for column in indices[starts[row] : starts[row + 1]]}
        if sum(parts.weights[part] for part in of_row) <= most:
            parts.union(*of_row)
    return np.array([parts[column] for column in range(rows.shape[1])], dtype=np.int64)


Proven = tuple[Matrices, float]
"""A program of a part, and what is proven of it."""


def _each_here(programs: Iterable[Matrices], limits: Limits) -> Iterator[Proven]:
    """What is proven of each part in turn, until it is to end."""
    for program in programs:
        if limits.reached is not None:
            return
        yield program, _proven(program, limits.within(LONGEST))


def _each_elsewhere(programs: list[Matrices], limits: Limits, executor: Executor) -> Iterator[Proven]:
    """What an executor proves of each part, in their order, until it is to end; a part that it fails to is solved here.

    No wish to stop is heard there: what is solved then goes on for `LONGEST` at most, and nobody waits for it.
    """
    asked = partial(_proven_elsewhere, limits=replace(limits, deadline=np.inf, stop=never))
    futures = [executor.submit(asked, program) for program in programs]
    try:
        for future, program in zip(futures, programs, strict=True):
            if not _ended(future, limits):
                return
            yield program, _proven(program, limits.within(LONGEST)) if _failed(future) else future.result()
    finally:
        for future in futures:
            future.cancel()


def _ended(future: "Future[float]", limits: Limits) -> bool:
    """Wait for a part; whether it has ended before all is to end."""
    while limits.reached is None:
        # `wait` would not see one that was taken back.
        with suppress(TimeoutError):
            _failed(future, PATIENCE)
            return True
    return False


def _failed(future: "Future[float]", patience: float = 0.0) -> bool:
    """Whether a part was not solved (its worker was lost, say); raises TimeoutError where that is not known in time."""
    try:
        return future.exception(patience) is not None
    except CancelledError:
        return True


def _proven_elsewhere(program: Matrices, limits: Limits) -> float:
    """What is proven of a part, by the clock of the machine that it is solved on."""
    return _proven(program, limits.within(LONGEST))


def _proven(program: Matrices, limits: Limits) -> float:
    """What is proven of a part; that there is no point in it is not believed."""
    with Session(program, limits) as session:
        found = session.solve()
    return -np.inf if found.status is Ending.INFEASIBLE else found.bound
