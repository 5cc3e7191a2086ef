"""The method for countries: a good plan from the linear relaxation first, then the whole program, from that plan."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from routeplan.instance.horizon import BoolArray, FloatArray
from routeplan.model.program import Program
from routeplan.network.needs import NEED
from routeplan.solver.session import OnPoint
from routeplan.solver.solution import Limits
from routeplan.solving.course import Course, Known
from routeplan.solving.improve import IMPROVE, improve
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.neighbourhood import Neighbourhood, PartSolver, decided_anew, processes
from routeplan.solving.search import searched
from routeplan.solving.start import START

LARGE = 1000
"""Integer columns from which on this method is chosen; below, HiGHS alone is as fast."""

ROUND = "round"
"""Stage in which what the relaxation leaves open is decided."""

WIDER = 3
"""Times that more is decided, where what the relaxation leaves open does not do."""

SHARE = 0.4
"""Each of these stages takes no more than this share of the time that is left, ..."""

LONGEST = 40.0
"""... and no more than this [s]."""

ROUGH = 2e-3
"""Gap of the first plan's own program at which that stage ends."""

FINER = 0.5
"""The same of the parts after it, as a share of the gap that is asked of the whole."""

WHOLE = 1e-6
"""What the relaxation decides to within this is decided."""


def large(program: Program, task: Task) -> Incumbent:
    """Find a plan from the linear relaxation, and search the whole program from there.

    What the relaxation decides as a whole stays; processes, links, hubs and reinforcements of which it leaves some part
    open are decided by a search of their own (relaxation enforced neighbourhood search: Berthold, 2014, by things
    instead of columns). Then everything that decides about one carrier's network is decided anew, and then parts that
    are drawn, for as long as the search of the whole lasts. None of that proves anything: the bound is that of the
    whole program. The objective ``emissions`` is searched as by `exact`.
    """
    return searched(program, task, begin, networks, beside=improve)


def begin(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """Keep what the relaxation decides as a whole; where there is no such point, more is decided around the rest."""
    known = course.offered
    if relaxed is None or (known is not None and known.stage == START):
        return
    task.progress.enter(ROUND)
    matrices, near = program.matrices, Neighbourhood(program)
    free = near.whole(matrices.integer & (np.abs(relaxed - np.round(relaxed)) > WHOLE))
    tell = _teller(program, ROUND, course)
    for _ in range(WIDER):
        found = decided_anew(matrices, free, relaxed, _limits(task, ROUGH), solver=solver, on_point=tell)
        if found is not None:
            tell(found)
        if found is not None or _over(task):
            break
        free = near.around(free, int(2 * (free & matrices.integer).sum()))


def networks(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """Decide anew, from the best point, all that decides about one carrier's network after the other.

    Then all that processes do, with the networks as they are: what they have of the grid and of supply, share by share.
    """
    task.progress.enter(IMPROVE)
    tell = _teller(program, IMPROVE, course)
    for free in (*_networks(Neighbourhood(program)), processes(program)):
        if (best := course.best) is None or _over(task):
            break
        limits = _limits(task, FINER * task.limits.gap)
        found = decided_anew(program.matrices, free, best.x, limits, start=best.x, solver=solver, on_point=tell)
        if found is not None:
            tell(found)


def _over(task: Task) -> bool:
    return task.stop() or time.monotonic() >= task.limits.deadline


def _teller(program: Program, stage: str, course: Course) -> OnPoint:
    """Offers the points of a stage."""
    return lambda point: course.offer(Known(point, program.matrices.value(point), stage))


def _limits(task: Task, gap: float) -> Limits:
    """Limits of a stage that ends at a gap."""
    now = time.monotonic()
    deadline = now + min(LONGEST, SHARE * (task.limits.deadline - now))
    return replace(task.limits, log=None, gap=gap, deadline=deadline)


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
