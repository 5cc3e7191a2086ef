"""The method for countries: a good plan from the linear relaxation first, then the whole program, from that plan."""

import time
from dataclasses import replace
from functools import partial

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.instance.options import options_of
from routeplan.model.program import Program
from routeplan.solver.session import OnPoint
from routeplan.solver.solution import Limits, Relaxation
from routeplan.solving.course import Course
from routeplan.solving.improve import improve, improve_once
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.neighbourhood import Neighbourhood, PartSolver, decided_anew
from routeplan.solving.parts import MOST, bound_of_parts
from routeplan.solving.search import Others, searched
from routeplan.solving.start import START

LARGE, LARGE_ALONE = 1000, 8000
"""Integer columns from which on this method is chosen, and with one thread; below, HiGHS alone is as fast or faster."""

PART_SIZES = ((MOST, 10_000), (4 * MOST, 60_000))
"""Columns of a part at most, one after the other, and integer columns of the program from which on they come first.

The bound of larger parts is better, and takes longer; of smaller programs HiGHS sooner proves as much by itself.
"""

HEURISTICS = range(10_000, 60_000)
"""Integer columns of a program of which HiGHS' own heuristics at the root find the best plan of the first minutes.

Of smaller ones parts that are decided anew soon find as much; larger ones it does not come to in these minutes.
"""

PARTS = "parts"
"""Stage in which that bound is proven."""

ROUND = "round"
"""Stage in which what the relaxation leaves open is decided."""

WIDER = 3
"""Times that more is decided, where what the relaxation leaves open does not do."""

SHARE = 0.4
"""That stage takes no more than this share of the time that is left, ..."""

LONGEST = 40.0
"""... and no more than this [s], or than all that came before, which grows with the program."""

ROUGH = 2e-3
"""Gap of its own program at which the rounding ends, ..."""

FINE = 2.5e-4
"""... and what joins two points."""

APART = 0.1
"""Columns that differ by more than this are decided anew."""


def large(program: Program, task: Task) -> Incumbent:
    """Find a plan from the linear relaxation, and search the whole program from there.

    What the relaxation decides as a whole stays; processes, links, hubs and reinforcements of which it leaves some part
    open are decided by a search of their own (relaxation enforced neighbourhood search: Berthold, 2014, by things
    instead of columns). Then parts of the best point are decided anew (`improve`), with more than one thread for as
    long as the search of the whole lasts. None of that proves anything: bounds are those of the relaxation, of parts
    (`by_parts`) where the program is large or an executor solves them, and of the search. The objective ``emissions``
    is searched as by `exact`.
    """
    count = int(program.matrices.integer.sum())
    sizes = [most for most, least in PART_SIZES if count >= least or task.executor is not None]
    bounders = tuple(partial(by_parts, most=most) for most in sizes)
    others = Others((begin, improve_once), (begin, improve), bounders, heuristics=count in HEURISTICS)
    return searched(program, task, others)


def pays(program: Program, threads: int | None) -> bool:
    """Whether this method is faster than HiGHS alone on a program, with so many threads; None: HiGHS' own choice."""
    return int(program.matrices.integer.sum()) >= (LARGE_ALONE if threads == 1 else LARGE)


def expected(instance: Instance, threads: int | None) -> bool:
    """Whether this method is likely to be chosen and to take a process, as far as that is seen without a program."""
    return threads != 1 and instance.settings.objective == "cost" and len(options_of(instance).may_run) >= LARGE


def by_parts(relaxation: Relaxation, task: Task, course: Course, most: int = MOST) -> None:
    """Prove a bound by parts, each of so many columns at most."""
    task.progress.enter(PARTS)
    limits = replace(task.limits, log=None, threads=1, stop=course.ends)
    known = np.inf if course.best is None else course.best.value
    bound_of_parts(relaxation, known, limits, partial(course.learn, stage=PARTS), most, task.executor)


def begin(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """Keep what the relaxation decides as a whole, and then what a plan to begin from has in common with it."""
    if relaxed is None:
        return
    task.progress.enter(ROUND)
    known, tell = course.offered, course.teller(program.matrices, ROUND)
    near = Neighbourhood(program)
    found = _rounded(near, relaxed, solver, task, tell)
    if found is not None and known is not None and known.stage == START and not course.ends():
        _joined(near, relaxed, (known.x, found), solver, task, tell)


def _rounded(
    near: Neighbourhood, relaxed: FloatArray, solver: PartSolver, task: Task, tell: OnPoint
) -> FloatArray | None:
    """A point with what the relaxation decides as a whole; where there is none, more is decided around the rest."""
    matrices = near.program.matrices
    free = near.whole(matrices.split_at(relaxed))
    for _ in range(WIDER):
        found = decided_anew(matrices, free, relaxed, _limits(task, ROUGH), solver=solver, on_point=tell)
        if found is not None or task.stop() or time.monotonic() >= task.limits.deadline:
            return found
        free = near.around(free, int(2 * (free & matrices.integer).sum()))
    return None


def _joined(
    near: Neighbourhood,
    relaxed: FloatArray,
    points: tuple[FloatArray, FloatArray],
    solver: PartSolver,
    task: Task,
    tell: OnPoint,
) -> None:
    """Decide anew in what two points differ, or the better one from the relaxation."""
    matrices = near.program.matrices
    best, other = sorted(points, key=matrices.value)
    apart = matrices.integer & (np.maximum(abs(best - other), abs(best - relaxed)) > APART)
    decided_anew(matrices, near.whole(apart), best, _limits(task, FINE), best, solver=solver, on_point=tell)


def _limits(task: Task, gap: float) -> Limits:
    """Limits of the first plan's own programs."""
    longest, left = max(LONGEST, task.progress.seconds), task.limits.deadline - time.monotonic()
    return replace(task.limits.within(min(longest, SHARE * left)), log=None, gap=gap)
