"""Polishing of the solver's point to a tidy plan: integers exact, and amounts no larger than needed.

Requests, grants, purchases and overshoots need not cost anything, so that a solver may leave them larger than needed.
With the integer columns fixed, one linear programme gives the least cost, and another, on the points of that cost, the
least amounts. Families added later need no line here.
"""

import logging
from dataclasses import replace

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.model.variables import Domain
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution, never
from routeplan.tolerances import DUST, FEASIBILITY, NO_PRICE

LOOSER = 10.0
"""Times the tolerance of rows with which a point at the edge is tidied; the plan checker keeps to its own."""

_LOG = logging.getLogger(__name__)


def polished(program: Program, x: FloatArray, limits: Limits) -> dict[str, FloatArray]:
    """Values of each variable in the tidy plan of a point, in the order of its table.

    Parameters
    ----------
    program : Program
        The program.
    x : FloatArray, shape (C,)
        A point that obeys every row, to the solver's tolerance.
    limits : Limits
        Limits of the solver; those on the search, its gap, deadline and stop, do not count here.
    """
    matrices, own = program.matrices, replace(limits, gap=0.0, deadline=float("inf"), log=None, stop=never)
    fixed = matrices.with_fixed(matrices.integer, x)
    cheapest = run(fixed, own)
    if cheapest.status is Ending.INFEASIBLE:
        # The search may have used up its tolerance, of which the fixed program has none left.
        own = replace(own, options={**own.options, "primal_feasibility_tolerance": LOOSER * FEASIBILITY})
        cheapest = run(fixed, own)
    least = run(_least_amounts(fixed, cheapest, matrices.integer), own) if _has_prices(cheapest) else cheapest
    if least is cheapest or least.status is not Ending.OPTIMAL:
        _LOG.warning(
            "the plan is not tidied, since HiGHS did not solve its linear program (%s): "
            "requests, grants, purchases and overshoots may be larger than they need be",
            least.status.value,
        )
    found = next((solution.x for solution in (least, cheapest) if solution.x is not None), x)
    return {name: _tidy(program, name, values) for name, values in program.values(found).items()}


def _has_prices(solution: Solution) -> bool:
    """Whether a linear program was solved, and what its rows and columns are worth is known."""
    known = solution.x is not None and solution.duals is not None and solution.reduced_costs is not None
    return known and solution.status is Ending.OPTIMAL


def _least_amounts(fixed: Matrices, cheapest: Solution, integer: np.ndarray) -> Matrices:
    """The program of the least sum of amounts among the points of least cost.

    Those are the points at which every column with a reduced cost stays at its bound, and every row with a price too
    (complementary slackness): no tolerance on the cost is needed, which would let amounts move.
    """
    assert cheapest.x is not None and cheapest.duals is not None and cheapest.reduced_costs is not None
    activity = np.where(cheapest.duals > 0.0, fixed.row_lower, fixed.row_upper)
    at_bound = np.where(cheapest.reduced_costs > 0.0, fixed.lower, fixed.upper)
    # A price that counts on a bound that is not there is rounding.
    priced = (np.abs(cheapest.duals) > NO_PRICE) & np.isfinite(activity)
    stays = (np.abs(cheapest.reduced_costs) > NO_PRICE) & np.isfinite(at_bound)
    return replace(
        fixed,
        cost=np.where(integer, 0.0, 1.0),
        offset=0.0,
        lower=np.where(stays, at_bound, fixed.lower),
        upper=np.where(stays, at_bound, np.where(integer, fixed.upper, np.maximum(cheapest.x, fixed.lower))),
        row_lower=np.where(priced, activity, fixed.row_lower),
        row_upper=np.where(priced, activity, fixed.row_upper),
    )


def _tidy(program: Program, name: str, values: FloatArray) -> FloatArray:
    """Values without the solver's rounding."""
    block = program.columns[name]
    if block.variable.domain is not Domain.AMOUNT:
        whole = np.round(values)
        return np.where(block.table["integer"] | (np.abs(values - whole) < DUST), whole, values)
    return np.where(values < DUST, 0.0, values)
