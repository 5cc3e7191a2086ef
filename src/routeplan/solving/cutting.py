"""Cutting planes found on the linear relaxation, which change no optimum and bring its bound nearer to it."""

import numpy as np

from routeplan.model.cuts import ConnectionCuts
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.model.stack import SCENARIO
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits, OnBounds

ROUNDS = 8
"""Most rounds of relaxation and search; the first few bring nearly everything."""

MIN_IMPROVEMENT = 1e-5
"""Rounds end when one lifts the relaxation by less than this, relatively."""


def with_cutting_planes(
    program: Program,
    matrices: Matrices,
    limits: Limits,
    rounds: int = ROUNDS,
    on_bounds: OnBounds | None = None,
) -> Matrices:
    """Add to a program's matrices the `ConnectionCuts` that their linear relaxation breaks.

    They hold for a program as it was built, and for one that allows less; to another none is added.

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
    if not program.strengthened or SCENARIO in program.columns["runs"].table:
        return matrices
    cuts = ConnectionCuts(program)
    before = -np.inf
    for _ in range(rounds):
        if limits.stop():
            break
        relaxation = run(matrices.relaxed(), limits)
        if relaxation.x is None or relaxation.bound - before <= MIN_IMPROVEMENT * max(1.0, abs(relaxation.bound)):
            break
        before = relaxation.bound
        if on_bounds is not None:
            on_bounds(None, before)
        rows = cuts.separate(relaxation.x)
        if not rows.shape[0]:
            break
        matrices = matrices.with_rows(rows, np.zeros(rows.shape[0]))
    return matrices
