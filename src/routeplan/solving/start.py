"""A point to start from: the plan of another instance, mended where it does not fit this one."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.instance.horizon import BoolArray, FloatArray
from routeplan.model.compile import program_of
from routeplan.model.difference import Difference
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.result.amounts import amounts_in
from routeplan.result.result import Result
from routeplan.solver.highs import run
from routeplan.solver.session import OnPoint
from routeplan.solver.solution import Limits
from routeplan.solving.neighbourhood import Neighbourhood, PartSolver, decided_anew
from routeplan.tolerances import FEASIBILITY

START = "start"
"""The stage in which a plan of another instance is made to fit."""

FEWEST = 100
"""So many integer columns around what does not fit or has changed are decided anew at first, in a moment."""

MANY = 1000
"""Once there is a point, no more than that: HiGHS needs seconds for them, and others improve on points as well."""

MOST = 6000
"""Where there is none, no more than that, ..."""

SHARE = 0.5
"""... and no larger share of all: a point that others find from the relaxation is as good then."""

MOST_CHANGED = 6000
"""Where more integer columns than this have changed, as by other prices, only what does not fit is decided anew."""

GROWTH = 2
"""Times as many the next time."""

MENDING = 10.0
"""Most seconds that each attempt to mend may take."""

NEAR = 1e-3
"""Gap at which the mended part is good enough to start from."""


@dataclass(frozen=True, eq=False)
class Start:
    """What is known of a program before its search.

    Parameters
    ----------
    x : FloatArray, shape (C,), optional
        A point that obeys every row.
    bound : float
        No point is below it, for the objective that the program asks for; minus infinity where nothing is known.
    mending : Mending, optional
        What makes a better point of it, or a first one; None where there is nothing to mend.
    """

    x: FloatArray | None = None
    bound: float = -np.inf
    mending: "Mending | None" = None


NOTHING = Start()
"""Nothing is known."""


def start_from(program: Program, plan: Result, limits: Limits) -> Start:
    """Find what a plan, which may be that of another instance, tells of a program.

    What the plan decides is kept. Where that cannot be, or where the instances differ, there is something to mend.

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
        The point of the plan where it fits, what there is to mend, and the bound of the plan where its instance allows
        all that this one does, for the same cost.
    """
    difference = Difference(plan.instance.made_once(program_of), program)
    holds = plan.instance.settings.objective == program.objective == "cost" and difference.only_tightens
    bound = plan.bound if plan.bound is not None and holds else -np.inf
    matrices, planned = program.matrices, _planned(program, plan.tables)
    wanted = np.clip(planned, matrices.lower, matrices.upper)
    nothing = np.zeros(len(wanted), dtype=bool)
    x = decided_anew(matrices, nothing, wanted, replace(limits.with_a_moment(), log=None, gap=NEAR))
    changed, astray = difference.columns, matrices.integer & (np.abs(wanted - planned) > 0.5)
    seeds = astray | changed if (changed & matrices.integer).sum() <= MOST_CHANGED else astray
    return Start(x, bound, Mending(Neighbourhood(program), wanted, seeds) if x is None or seeds.any() else None)


@dataclass(frozen=True, eq=False)
class Mending:
    """Decides anew what is near to what does not fit or has changed, for least cost, until there is a point.

    Parameters
    ----------
    near : Neighbourhood
        What is near in the program.
    wanted : FloatArray, shape (C,)
        Values within the bounds of the columns; those of other integer columns are kept to.
    seeds : array of bool, shape (C,)
        Columns that do not fit, or have changed.
    """

    near: Neighbourhood
    wanted: FloatArray
    seeds: BoolArray

    def __call__(
        self, x: FloatArray | None, limits: Limits, solver: PartSolver, on_point: OnPoint | None = None
    ) -> FloatArray | None:
        """The cheapest point that is found, from one that is known or not, as more and more is decided anew.

        Parameters
        ----------
        x : FloatArray, shape (C,), optional
            The point that is known.
        limits : Limits
            What may be taken.
        solver : callable
            What searches.
        on_point : callable, optional
            Told of each better point.
        """
        limits = replace(limits, log=None, gap=NEAR)
        seeds = self.seeds if x is not None else self.seeds | self._stuck(limits)
        most = max(FEWEST, min(MOST, SHARE * self._matrices.integer.sum()))
        tried, least = 0, FEWEST
        while not limits.stop() and time.monotonic() < limits.deadline and least <= (most if x is None else MANY):
            free = self.near.around(seeds, least)
            # What has no row in common with the seeds, or only rows of the whole country, is never near.
            if free.sum() == tried:
                break
            own = limits.within(MENDING)
            found = decided_anew(self._matrices, free, self.wanted, own, x, solver=solver, on_point=on_point)
            x = x if found is None else found
            tried, least = free.sum(), GROWTH * max(least, int((free & self._matrices.integer).sum()))
        return x

    @property
    def _matrices(self) -> Matrices:
        return self.near.program.matrices

    def _stuck(self, limits: Limits) -> BoolArray:
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
        found = run(eased, limits).x
        if found is None:
            return np.zeros(columns, dtype=bool)
        broken = found[columns : columns + rows] + found[columns + rows :] > FEASIBILITY
        return self.near.columns_in(broken)


def _planned(program: Program, tables: Mapping[str, pd.DataFrame]) -> FloatArray:
    """What a plan has of each column; whole numbers of those that must be whole."""
    planned = np.zeros(program.matrices.rows.shape[1])
    for variable, amounts in amounts_in(program, tables).items():
        block = program.columns[variable]
        there = block.position >= 0
        planned[block.position[there]] = amounts[there]
    return np.where(program.matrices.integer, np.round(planned), planned)
