"""The method for countries: a good plan from the linear relaxation first, then the whole program, from that plan."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from routeplan.instance.horizon import BoolArray, FloatArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.network.needs import NEED
from routeplan.solver.solution import Limits
from routeplan.solving.cutting import Tightened
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.neighbourhood import Neighbourhood, decided_anew
from routeplan.solving.search import Known, Offer, searched
from routeplan.solving.start import START

LARGE = 8000
"""Integer columns from which on this method is chosen; below, HiGHS alone is as fast."""

ROUND, IMPROVE = "round", "improve"
"""Stages: what the relaxation leaves open is decided, and then what the networks of a carrier decide."""

WIDER = 3
"""Times that more is decided, where what the relaxation leaves open does not do."""

SHARE = 0.4
"""Each of these stages takes no more than this share of the time that is left, ..."""

LONGEST = 40.0
"""... and no more than this [s]."""

NEAR = 2e-3
"""Gap of a stage's own program at which it ends."""

WHOLE = 1e-6
"""What the relaxation decides to within this is decided."""


def large(program: Program, task: Task) -> Incumbent:
    """Find a plan from the linear relaxation, and search the whole program from there.

    What the relaxation decides as a whole stays; processes, links, hubs and reinforcements of which it leaves some part
    open are decided by a search of their own (relaxation enforced neighbourhood search: Berthold, 2014, by things
    instead of columns). Then everything that decides about one carrier's network is decided anew. Neither proves
    anything: the bound is that of the whole program. The objective ``emissions`` is searched as by `exact`.
    """
    return searched(program, task, begin)


def begin(program: Program, tight: Tightened, task: Task, known: Known | None, offer: Offer) -> Known | None:
    """The best point that the stages before the search of the whole find, or the one that is known."""
    matrices, near, best = program.matrices, Neighbourhood(program), known
    if tight.relaxed is not None and (known is None or known.stage != START):
        task.progress.enter(ROUND)
        best = _better(matrices, best, _rounded(near, tight.relaxed, task), ROUND, offer)
    for free in _networks(near):
        if best is None or task.stop() or time.monotonic() >= task.limits.deadline:
            break
        task.progress.enter(IMPROVE)
        found = decided_anew(matrices, free, best.x, _limits(task), start=best.x)
        best = _better(matrices, best, found, IMPROVE, offer)
    return best


def _limits(task: Task) -> Limits:
    """Limits of a stage."""
    now = time.monotonic()
    return replace(task.limits, log=None, gap=NEAR, deadline=now + min(LONGEST, SHARE * (task.limits.deadline - now)))


def _better(matrices: Matrices, best: Known | None, found: FloatArray | None, stage: str, offer: Offer) -> Known | None:
    """The better of two points; what was found is told when that is the one."""
    if found is None or (best is not None and best.value <= matrices.value(found)):
        return best
    offer(found, matrices.value(found))
    return Known(found, matrices.value(found), stage)


def _rounded(near: Neighbourhood, relaxed: FloatArray, task: Task) -> FloatArray | None:
    """A point in which what the relaxation decides stays; where there is none, more is decided around the rest."""
    matrices = near.program.matrices
    free = near.whole(matrices.integer & (np.abs(relaxed - np.round(relaxed)) > WHOLE))
    for _ in range(WIDER):
        found = decided_anew(matrices, free, relaxed, _limits(task))
        if found is not None or task.stop() or time.monotonic() >= task.limits.deadline:
            return found
        free = near.around(free, int(2 * (free & matrices.integer).sum()))
    return None


def _networks(near: Neighbourhood) -> Iterator[BoolArray]:
    """Columns that decide about the network of each carrier: the carrier with the fewest first."""
    program, found = near.program, []
    for carrier, need in NEED.items():
        columns = np.zeros(program.matrices.rows.shape[1], dtype=bool)
        for variable in ("built", "open", "runs"):
            block = program.columns[variable]
            of = block.table[need] > 0.0 if variable == "runs" else block.table["carrier"] == carrier
            columns[block.position[of.to_numpy(bool) & (block.position >= 0)]] = True
        found.append(near.whole(columns))
    integer = program.matrices.integer
    yield from sorted((free for free in found if (free & integer).any()), key=lambda free: int((free & integer).sum()))
