"""A point to start from: the plan of another instance, mended where it does not fit this one."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.difference import Difference
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.result.amounts import amounts_in
from routeplan.result.result import Result
from routeplan.solver.highs import run
from routeplan.solver.session import Session
from routeplan.solver.solution import Limits, never
from routeplan.tolerances import FEASIBILITY

START = "start"
"""The stage in which a plan of another instance is made to fit."""

FEWEST = 1500
"""So many integer columns around what does not fit are decided anew at first; HiGHS needs seconds for them."""

MOST_CHANGED = 6000
"""Where more integer columns than this have changed, as by other prices, only what does not fit is decided anew."""

GROWTH = 4
"""Times as many the next time, when these do not do."""

CROWDED = 200
"""Rows with more columns than this tie the whole country together; nothing is a neighbour by them alone."""

MENDING = 10.0
"""Most seconds that each attempt to mend may take."""

MOMENT = 2.0
"""Seconds that a plan gets in any case to be fitted in as it is: what is known already is handed over."""

NEAR = 1e-3
"""Gap at which the mended part is good enough to start from."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Start:
    """What is known of a program before its search.

    Parameters
    ----------
    x : FloatArray, shape (C,), optional
        A point that obeys every row.
    bound : float
        No point is below it, for the objective that the program asks for; minus infinity where nothing is known.
    """

    x: FloatArray | None = None
    bound: float = -np.inf


NOTHING = Start()
"""Nothing is known."""


def start_from(program: Program, plan: Result, limits: Limits) -> Start:
    """Find a point of a program near to a plan, which may be that of another instance, and what its bound proves here.

    What the plan decides is kept. Where that cannot be, or where the instances differ, what is near to that in the rows
    of the program is decided anew, for least cost: more and more of it, until there is a point.

    Parameters
    ----------
    program : Program
        The program.
    plan : Result
        The plan, of which what the program does not know does not count.
    limits : Limits
        Deadline, threads, seed, options, and what ends the search early.

    Returns
    -------
    Start
        The point, and the bound of the plan where its instance allows all that this one does, for the same cost.
    """
    difference = Difference(compile_model(build(plan.instance)), program)
    holds = plan.instance.settings.objective == program.objective and difference.only_tightens
    bound = plan.bound if plan.bound is not None and holds else -np.inf
    return Start(_point(program, plan.tables, difference.columns, limits), bound)


def _point(program: Program, tables: Mapping[str, pd.DataFrame], changed: Mask, limits: Limits) -> FloatArray | None:
    """A point near to a plan, in which what has changed and what does not fit is decided anew."""
    matrices = program.matrices
    planned = _planned(program, tables)
    wanted = np.clip(planned, matrices.lower, matrices.upper)
    moment = replace(limits, log=None, stop=never, deadline=max(limits.deadline, time.monotonic() + MOMENT))
    point = _Mending(program, wanted, moment).solved(np.zeros(len(wanted), dtype=bool))
    search = _Mending(program, wanted, replace(limits, log=None, gap=NEAR))
    astray = matrices.integer & (np.abs(wanted - planned) > 0.5)
    seeds = astray | changed if (changed & matrices.integer).sum() <= MOST_CHANGED else astray
    if point is None:
        seeds = seeds | search.stuck
    if not seeds.any():
        return point
    least = FEWEST
    while not limits.stop() and time.monotonic() < limits.deadline:
        free = search.around(seeds, least)
        found = search.solved(free, start=point)
        if found is not None:
            return found
        if point is not None or free[matrices.integer].all():
            break
        least *= GROWTH
    return point


def _planned(program: Program, tables: Mapping[str, pd.DataFrame]) -> FloatArray:
    """What a plan has of each column; whole numbers of those that must be whole."""
    planned = np.zeros(program.matrices.rows.shape[1])
    for variable, amounts in amounts_in(program, tables).items():
        block = program.columns[variable]
        there = block.position >= 0
        planned[block.position[there]] = amounts[there]
    return np.where(program.matrices.integer, np.round(planned), planned)


@dataclass(frozen=True, eq=False)
class _Mending:
    """Looks for points of a program that keep to a wanted one but for some columns.

    Parameters
    ----------
    program : Program
        The program.
    wanted : FloatArray, shape (C,)
        Values within the bounds of the columns; those of integer columns are kept to.
    limits : Limits
        What a search may take.
    """

    program: Program
    wanted: FloatArray
    limits: Limits

    def solved(self, free: Mask, start: FloatArray | None = None) -> FloatArray | None:
        """The cheapest point that is found in which integer columns are as wanted, but for some that are free."""
        held = self._matrices.with_fixed(self._matrices.integer & ~free, self.wanted)
        deadline = min(self.limits.deadline, time.monotonic() + MENDING)
        # A wrong answer costs no more than the start: it is not asked for twice, as `run` does.
        with Session(held, replace(self.limits, deadline=deadline)) as session:
            found = session.solve(start=start).x
        return found if found is not None and held.excess(found) <= FEASIBILITY else None

    @property
    def _matrices(self) -> Matrices:
        return self.program.matrices

    @cached_property
    def stuck(self) -> Mask:
        """Columns of the rows that the wanted values break, when they are broken by as little as possible.

        Each row counts by its own size, so that a unit of one is not worth more than that of another.
        """
        held = self._matrices.with_fixed(self._matrices.integer, self.wanted)
        rows, columns = held.rows.shape
        size = np.maximum(abs(held.rows).max(axis=1).toarray().ravel(), 1.0)
        eye = sparse.diags_array(size, format="csc")
        count = 2 * rows
        eased = held.with_objective(np.zeros(columns)).with_columns(
            sparse.hstack([eye, -eye], format="csc"),
            np.zeros(count),
            np.full(count, np.inf),
            np.ones(count),
            np.zeros(count, dtype=bool),
        )
        found = run(eased, self.limits).x
        if found is None:
            return np.zeros(columns, dtype=bool)
        broken = found[columns : columns + rows] + found[columns + rows :] > FEASIBILITY
        return self._columns_in(broken)

    def around(self, seeds: Mask, least: int) -> Mask:
        """Columns nearest to some in the rows of the program, with at least so many integer ones where there are."""
        free, integer = self._whole(seeds), self._matrices.integer
        while (free & integer).sum() < least:
            wider = self._whole(free | self._columns_in(self._rows_of(free)))
            if (wider == free).all():
                break
            free = wider
        return free

    def _rows_of(self, columns: Mask) -> Mask:
        """Rows, but for crowded ones, that have one of some columns."""
        found: Mask = (self._pattern @ columns.astype(float) > 0.0) & ~self._crowded
        return found

    def _columns_in(self, rows: Mask) -> Mask:
        """Columns that some rows have."""
        found: Mask = self._pattern.T @ rows.astype(float) > 0.0
        return found

    def _whole(self, columns: Mask) -> Mask:
        """Columns with all others of the same process, link, hub or reinforcement."""
        there = columns & (self._thing >= 0)
        chosen = np.zeros(self._thing.max(initial=-1) + 2, dtype=bool)
        chosen[self._thing[there]] = True
        return columns | chosen[self._thing]

    @cached_property
    def _pattern(self) -> sparse.csr_array:
        """1 where a row has a column."""
        rows = self._matrices.by_row
        return sparse.csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)

    @cached_property
    def _crowded(self) -> Mask:
        crowded: Mask = np.diff(self._pattern.indptr) > CROWDED
        return crowded

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
