"""What it is worth to lift limits for a project: the least that must be added, cost and CO2."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from routeplan.model.matrices import Matrices
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits, Solution
from routeplan.why.blockers import STRICT
from routeplan.why.judged import Added, Lifting
from routeplan.why.limit import Limit
from routeplan.why.project import Project

SMALLEST = 1e-6
"""Amounts below this are rounding of the solver."""

COST_GAP = 1e-4
"""Gap of the re-solve of one project, relative to the cost of what it decides."""


def liftings(free: Project, forced: Project, sets: Sequence[frozenset[Limit]], search: Limits) -> tuple[Lifting, ...]:
    """Reckon what lifting each of some blocker sets is worth.

    Parameters
    ----------
    free : Project
        The program in which the process does as it likes.
    forced : Project
        The program in which the project starts.
    sets : sequence of frozenset of Limit
        Sets with each of which the project is possible.
    search : Limits
        Limits of each search.
    """
    strict = replace(search, gap=COST_GAP, options={**search.options, **STRICT})
    if not sets:
        return ()
    without = free.cheapest((), strict)
    return tuple(_lifting(forced, limits, without, strict) for limits in sets)


def solves_of(found: Sequence[Lifting]) -> int:
    """How many programs are solved for these, at most."""
    return 1 + 2 * len(found) if found else 0


def _lifting(forced: Project, limits: frozenset[Limit], without: Solution, search: Limits) -> Lifting:
    lifted = [forced.limits.index(limit) for limit in limits]
    with_it = forced.cheapest(lifted, search)
    return Lifting(limits, _least(forced, lifted, search), saved(without, with_it), _avoided(forced, without, with_it))


def saved(without: Solution, with_it: Solution) -> tuple[float, float] | None:
    """Least and most that is saved between two plans [M EUR]; None where one of them is none."""
    if without.objective is None or with_it.objective is None:
        return None
    return without.bound - with_it.objective, without.objective - with_it.bound


def _avoided(project: Project, without: Solution, with_it: Solution) -> float | None:
    if without.x is None or with_it.x is None:
        return None
    return project.emitted(without.x) - project.emitted(with_it.x)


def _least(project: Project, lifted: Collection[int], search: Limits) -> tuple[Added, ...]:
    """The least that must be added to the rows of these limits."""
    additions = project.additions
    mine = np.flatnonzero(np.isin(additions.limit, list(lifted)))
    if not len(mine):
        return ()
    found = run(_least_added(project.with_lifted(lifted), additions.column[mine], additions.size[mine]), search)
    if found.x is None:
        return ()
    amounts = found.x[additions.column]
    return tuple(
        Added(project.limits[additions.limit[at]], int(additions.period[at]), float(amounts[at]))
        for at in mine
        if amounts[at] > SMALLEST * max(1.0, additions.size[at])
    )


def _least_added(matrices: Matrices, columns: np.ndarray, sizes: np.ndarray) -> Matrices:
    """The program of the least that is added, each limit weighed by its size, so that kt and MW compare."""
    cost = np.zeros(len(matrices.cost))
    cost[columns] = 1.0 / np.maximum(1.0, sizes)
    return matrices.with_objective(cost)
