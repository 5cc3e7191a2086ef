"""One run of HiGHS on a program that is solved once, with an answer that can be trusted.

Rules kept here, each learnt from a wrong answer: each run has a fresh solver object in a fresh thread; ``infeasible``
is believed only after a second run, without presolve and without options of the user's; values that are not as good as
the objective reported are not believed either.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.options import demand
from routeplan.solver.session import Offers, OnPoint, Session, known_from, nothing_offered, pass_matrices
from routeplan.solver.silence import new_solver
from routeplan.solver.solution import Ending, Limits, OnBounds, Solution
from routeplan.tolerances import FEASIBILITY


def run(
    matrices: Matrices,
    limits: Limits,
    *,
    on_bounds: OnBounds | None = None,
    start: FloatArray | None = None,
    offers: Offers = nothing_offered,
    on_point: OnPoint | None = None,
) -> Solution:
    """Solve a program.

    Parameters
    ----------
    matrices : Matrices
        The programme.
    limits : Limits
        Gap, deadline, threads, seed, log, options, and what ends the run early with what it has.
    on_bounds : callable, optional
        Told of each new objective or bound.
    start : FloatArray, optional
        A feasible point to begin from.
    offers : callable, optional
        Asked, from the solver's thread, for a feasible point that others have found meanwhile.
    on_point : callable, optional
        Told, from the solver's thread, of each better point.

    Raises
    ------
    FaultError
        When the solver breaks down.
    """
    if (reached := limits.reached) is not None:
        # A large program takes seconds to be passed on.
        return replace(known_from(matrices, start), status=reached)
    with Session(matrices, limits, on_bounds=on_bounds, offers=offers, on_point=on_point) as session:
        solution = session.solve(start=start)
    if solution.status is not Ending.INFEASIBLE and _believable(matrices, solution):
        return solution
    # Options of the user's may be at fault too: some cut points off.
    plain = replace(limits, options={})
    with Session(matrices, plain, on_bounds=on_bounds, presolve=False) as session:
        again = session.solve(start=start)
    if again.x is None and solution.x is not None:
        again = replace(solution, status=again.status)
    if again.x is not None and not _believable(matrices, again):
        # A point is one all the same, but only as good as its own value, and what was proven of it is in doubt.
        return replace(again, status=Ending.UNKNOWN, objective=matrices.value(again.x), bound=-np.inf)
    return again


def write_model(matrices: Matrices, file: Path) -> None:
    """Write a program as an MPS file with readable names.

    Raises
    ------
    FaultError
        When the solver cannot write it.
    """
    highs = new_solver()
    demand(highs.setOptionValue("output_flag", False), "output_flag")
    pass_matrices(highs, matrices, names=True)
    demand(highs.writeModel(str(file)), f"writing {file}")


def version() -> str:
    """Version of the solver."""
    return str(new_solver().version())


def _believable(matrices: Matrices, solution: Solution) -> bool:
    """Whether the values are as good as the objective that the solver reports with them."""
    if solution.x is None or solution.objective is None:
        return True
    return abs(matrices.value(solution.x) - solution.objective) <= FEASIBILITY * max(1.0, abs(solution.objective))
