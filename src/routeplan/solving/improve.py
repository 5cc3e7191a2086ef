"""Better plans from a good one: parts that are drawn are decided anew, while the whole is searched beside that."""

import time
from dataclasses import dataclass, replace
from itertools import cycle

import numpy as np

from routeplan.instance.horizon import BoolArray, FloatArray
from routeplan.model.program import Program
from routeplan.solver.solution import Limits
from routeplan.solving.course import Course, Known
from routeplan.solving.methods import Task
from routeplan.solving.neighbourhood import Neighbourhood, PartSolver, decided_anew, processes

IMPROVE = "improve"
"""The stage."""

WAIT = 0.1
"""Seconds between two looks for a first point."""

KEPT = 0.4
"""Share of the processes, links, hubs and reinforcements that keep what they have, at first; ..."""

LEAST, MOST = 0.0, 0.95
"""... it stays within these, ..."""

STEP = 0.05
"""... is less after a round that was solved, and more after one that was not."""

ROUND = 10.0
"""Seconds that a round takes at most."""

FINER = 0.1
"""Gap of a round, as a share of the gap that is asked of the whole."""


def improve(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """Draw what keeps what it has in the best point, and decide all else anew, again and again until told to stop.

    That is the mutation of Rothberg (INFORMS Journal on Computing 19, 2007), with things instead of columns, so that a
    process can always go back to what it does now: in turn of processes alone, with the networks as they are, and of
    all. The best point may be one that the search of the whole has found.

    Parameters
    ----------
    program : Program
        The program.
    relaxed : FloatArray, shape (C,), optional
        Not used: these rounds begin from points.
    solver : callable
        What decides anew.
    task : Task
        What may be taken; the stop ends it.
    course : Course
        Where points come from and are offered.
    """
    near, draw = Neighbourhood(program), np.random.default_rng(task.limits.seed)
    task.progress.enter(IMPROVE)
    for kind in cycle([_Kind(processes(program)), _Kind(program.matrices.integer)]):
        if task.stop() or time.monotonic() >= task.limits.deadline:
            break
        if (best := course.best) is None:
            time.sleep(WAIT)
            continue
        limits, began = _limits(task.limits), time.monotonic()
        free = kind.columns & near.all_but_some(kind.kept, draw)
        found = decided_anew(program.matrices, free, best.x, limits, start=best.x, solver=solver)
        if found is not None:
            course.offer(Known(found, program.matrices.value(found), IMPROVE))
        kind.learn(solved=time.monotonic() - began < ROUND)


@dataclass
class _Kind:
    """Columns of which some are decided anew, and the share of them that is not.

    Parameters
    ----------
    columns : array of bool, shape (C,)
        The columns.
    kept : float
        The share.
    """

    columns: BoolArray
    kept: float = KEPT

    def learn(self, solved: bool) -> None:
        """Keep less after a round that was solved in time, and more after one that was not."""
        self.kept = min(MOST, max(LEAST, self.kept - STEP if solved else self.kept + STEP))


def _limits(limits: Limits) -> Limits:
    return replace(
        limits, log=None, gap=FINER * limits.gap, deadline=min(limits.deadline, time.monotonic() + ROUND), threads=1
    )
