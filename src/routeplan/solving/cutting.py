"""Cutting planes found on the linear relaxation, which change no optimum and bring its bound nearer to it."""

import numpy as np

from routeplan.model.cuts import ConnectionCuts
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.model.stack import SCENARIO
from routeplan.solver.session import Session
from routeplan.solver.solution import Limits, OnBounds, dual_bound

ROUNDS = 8
"""Most rounds of relaxation and search; the first few bring nearly everything."""

MIN_IMPROVEMENT = 1e-4
"""Rounds end when one lifts the relaxation by less than this, relatively."""


def with_cutting_planes(
    program: Program,
    matrices: Matrices,
    limits: Limits,
    rounds: int = ROUNDS,
    on_bounds: OnBounds | None = None,
) -> Matrices:
    """Add to a program's matrices the `ConnectionCuts` that their linear relaxation breaks.

    They hold for a program as it was built, and for one that allows less; to another none is added. Each round goes on
    from the basis of the one before.

    Parameters
    ----------
    program : Program
        The program.
    matrices : Matrices
        Its matrices, under any objective.
    limits : Limits
        Deadline, threads, seed, options, and what ends the search early.
    rounds : int
        Most rounds; with 0 nothing is added.
    on_bounds : callable, optional
        Told of each bound that a relaxation proves.
    """
    tight = matrices
    if (
        not program.strengthened
        or SCENARIO in program.columns["runs"].table
        or not rounds
        or limits.reached is not None
    ):
        return tight
    cuts, before = ConnectionCuts(program), -np.inf
    with Session(matrices.relaxed(), limits) as session:
        for _ in range(rounds):
            found = session.solve()
            if found.x is None or found.duals is None:
                break
            # What prices prove, and not what the solver says, so that a wrong answer proves nothing.
            bound = dual_bound(tight, found.duals)
            if bound - before <= MIN_IMPROVEMENT * max(1.0, abs(bound)):
                break
            before = bound
            if on_bounds is not None:
                on_bounds(None, bound)
            rows = cuts.separate(found.x)
            if not rows.shape[0] or limits.stop():
                break
            none, zero = np.full(rows.shape[0], -np.inf), np.zeros(rows.shape[0])
            session.add_rows(rows, none, zero)
            tight = tight.with_rows(rows, zero)
    return tight
