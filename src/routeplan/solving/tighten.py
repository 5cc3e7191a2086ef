"""Rows found on the linear relaxation, which change no optimum and bring its bound nearer to it."""

import threading

import numpy as np

from routeplan import highs
from routeplan.highs import Effort
from routeplan.matrices import Matrices
from routeplan.model.compile import Compiled
from routeplan.model.cuts import ConnectionCuts

ROUNDS = 8
"""Most rounds of relaxation and search; the first few bring nearly everything."""

LEAST_GAIN = 1e-5
"""Rounds end when one lifts the relaxation by less than this, relatively."""


def tightened(
    compiled: Compiled, problem: Matrices, effort: Effort, stop: threading.Event, rounds: int = ROUNDS
) -> Matrices:
    """Add to a problem the `ConnectionCuts` that its linear relaxation breaks.

    Parameters
    ----------
    compiled : Compiled
        The model.
    problem : Matrices
        Its matrices, under any objective.
    effort : Effort
        Deadline, threads and seed.
    stop : Event
        When set, the search ends.
    rounds : int
        Most rounds; with 0 nothing is added.
    """
    cuts = ConnectionCuts(compiled)
    before = -np.inf
    for _ in range(rounds):
        if stop.is_set():
            break
        relaxation = highs.run(problem.relaxed(), effort, stop=stop)
        if relaxation.x is None or relaxation.bound - before <= LEAST_GAIN * max(1.0, abs(relaxation.bound)):
            break
        before = relaxation.bound
        rows = cuts.broken_by(relaxation.x)
        if not rows.shape[0]:
            break
        problem = problem.with_rows(rows, np.zeros(rows.shape[0]))
    return problem
