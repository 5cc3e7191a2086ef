"""Cutting planes found on the linear relaxation, which change no optimum and bring its bound nearer to it."""

from dataclasses import dataclass, replace

import numpy as np

from routeplan.model.cuts import ConnectionCuts
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.model.stack import SCENARIO
from routeplan.solver.session import OnPoint, Session
from routeplan.solver.solution import Limits, OnBounds, Relaxation

ROUNDS = 8
"""Most rounds of relaxation and search; the first few bring nearly everything."""

MIN_IMPROVEMENT = 1e-4
"""Rounds end when one lifts the relaxation by less than this, relatively."""


@dataclass(frozen=True, eq=False)
class Tightened:
    """A program with cutting planes.

    Parameters
    ----------
    matrices : Matrices
        Its matrices, with the rows that were added.
    first, last : Relaxation, optional
        The linear relaxation without them, whose optimum leaves less open than that with them, and the last that was
        solved, without the rows that were added after it.
    """

    matrices: Matrices
    first: Relaxation | None = None
    last: Relaxation | None = None


def with_cutting_planes(
    program: Program,
    matrices: Matrices,
    limits: Limits,
    rounds: int = ROUNDS,
    on_bounds: OnBounds | None = None,
    on_relaxed: OnPoint | None = None,
) -> Tightened:
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
    on_relaxed : callable, optional
        Told of the optimum of the relaxation without cutting planes, as soon as that is known.
    """
    tight = Tightened(matrices)
    if not program.strengthened or SCENARIO in program.columns["runs"].table or not rounds:
        return tight
    cuts, before = ConnectionCuts(program), -np.inf
    with Session(matrices.relaxed(), limits) as session:
        for _ in range(rounds):
            found = session.solve()
            if found.x is None or found.duals is None:
                break
            relaxation = Relaxation(tight.matrices, found.x, found.duals)
            # What prices prove, and not what the solver says, so that a wrong answer proves nothing.
            bound = relaxation.bound
            if bound - before <= MIN_IMPROVEMENT * max(1.0, abs(bound)):
                break
            before = bound
            tight = replace(tight, first=tight.first or relaxation, last=relaxation)
            if on_relaxed is not None and tight.last is tight.first:
                on_relaxed(relaxation.x)
            if on_bounds is not None:
                on_bounds(None, bound)
            rows = cuts.separate(relaxation.x)
            if not rows.shape[0] or limits.stop():
                break
            none, zero = np.full(rows.shape[0], -np.inf), np.zeros(rows.shape[0])
            session.add_rows(rows, none, zero)
            tight = replace(tight, matrices=tight.matrices.with_rows(rows, zero))
    return tight
