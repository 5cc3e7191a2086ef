"""Doing nothing: the reference plan, in which every process stays on its current option."""

from dataclasses import replace

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.solving.methods import Task
from routeplan.tolerances import FEASIBILITY, ROUNDING

BASELINE = "stay"
"""The stage in which every process stays on its current option."""

MANY = 20_000
"""Columns from which on two linear programs are tried first; fewer are solved as fast at once."""


def baseline(program: Program, matrices: Matrices, task: Task) -> Solution:
    """Find the best point in which every process stays on its current option.

    Parameters
    ----------
    program : Program
        The program.
    matrices : Matrices
        Its matrices, under any objective.
    task : Task
        What may be taken.

    Returns
    -------
    Solution
        Infeasible where a process may not stay, or is decided to move.
    """
    runs = program.columns["runs"]
    current = runs.table["current"].to_numpy(float)
    there = runs.position >= 0
    at, stays = runs.position[there], current[there]
    if ((stays < matrices.lower[at]) | (stays > matrices.upper[at])).any():
        return Solution(Ending.INFEASIBLE, None, None, -np.inf)
    lower, upper = matrices.lower.copy(), matrices.upper.copy()
    lower[at] = upper[at] = stays
    fixed = replace(matrices, lower=lower, upper=upper)
    if (found := _at_bounds(fixed)) is not None:
        return found
    limits = replace(task.limits.with_a_moment(), log=None, gap=0.0)
    if matrices.rows.shape[1] < MANY:
        return run(fixed, limits)
    bare = run(fixed.with_fixed(fixed.integer, lower), limits)
    if bare.x is not None and _is_least(fixed, bare.x, limits):
        return replace(bare, status=Ending.OPTIMAL)
    return run(fixed, limits, start=bare.x)


def _at_bounds(matrices: Matrices) -> Solution | None:
    """The point in which each column is at its cheaper bound, where it obeys every row: none can be better."""
    x = np.where(matrices.cost < 0.0, matrices.upper, matrices.lower)
    if not np.isfinite(x).all() or matrices.excess(x) > FEASIBILITY:
        return None
    value = matrices.value(x)
    return Solution(Ending.OPTIMAL, x, value, value)


def _is_least(matrices: Matrices, x: FloatArray, limits: Limits) -> bool:
    """Whether no point of the linear relaxation is better: then nothing needs to be built for those that stay."""
    value = matrices.value(x)
    return run(matrices.relaxed(), limits).bound >= value - ROUNDING * max(1.0, abs(value))
