"""Better plans from a good one: a part of it is decided anew, and then another, while the whole is searched beside."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from routeplan.instance.horizon import BoolArray, FloatArray
from routeplan.model.program import Program
from routeplan.network.needs import NEED
from routeplan.solver.solution import Limits
from routeplan.solving.course import Course
from routeplan.solving.methods import Task
from routeplan.solving.neighbourhood import Neighbourhood, PartSolver, decided_anew, processes

IMPROVE = "improve"
"""The stage."""

WAIT = 0.1
"""Seconds between two looks for a first point."""

ROUND = 8.0
"""Seconds that a round takes at most."""

FINE = 1e-4
"""Gap at which a round ends, or the gap that is asked of the whole where that is finer."""

MANY = 6000
"""Integer columns that the first round of a kind decides anew at most; HiGHS needs seconds for them."""

MOST = 0.7
"""Share of everything that is decided anew at most: with more, a round is the search of the whole again."""

GROWTH = 1.2
"""Times as much is decided anew after a round that was solved; after one that was not, it is so much less."""


def improve(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """Decide anew a part of the best point, and then another, until told to stop.

    The parts are of four kinds: all that decides about one carrier's network, all that processes do while the networks
    stay, and everything. Of each a share keeps what it has, which is drawn: the mutation of Rothberg (INFORMS Journal
    on Computing 19, 2007), with processes, links, hubs and reinforcements instead of columns, so that a process can
    always go back to what it does now. Each kind has a round, and then the one that has lately brought most a second.
    The best point may be one that the search of the whole has found.

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
    rounds = _Rounds(program, solver, task, course)
    task.progress.enter(IMPROVE)
    while not rounds.over:
        if course.best is None:
            time.sleep(WAIT)
        else:
            rounds.run(min(rounds.kinds, key=lambda kind: (-kind.rate, kind.rounds)))


def improve_once(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """One round of each kind of `improve`, before the search of the whole."""
    rounds = _Rounds(program, solver, task, course)
    task.progress.enter(IMPROVE)
    for kind in rounds.kinds:
        if course.best is None or rounds.over:
            break
        rounds.run(kind)


@dataclass(eq=False)
class _Kind:
    """Columns of which some are decided anew.

    Parameters
    ----------
    columns : array of bool, shape (C,)
        The columns.
    most : float
        Share of their processes, links, hubs and reinforcements that is decided anew, at most.
    share : float
        That share now.
    rate : float
        What the last round has saved a second.
    rounds : int
        Rounds so far.
    """

    columns: BoolArray
    most: float
    share: float
    rate: float = np.inf
    rounds: int = 0

    def learn(self, saved: float, seconds: float) -> None:
        """Record a round: more is decided anew after one that was solved in time, less after one that was not."""
        self.rounds, self.rate = self.rounds + 1, saved / seconds
        self.share = min(self.most, self.share * GROWTH if seconds < ROUND else self.share / GROWTH)


class _Rounds:
    """Runs rounds of several kinds from the best point of a course."""

    def __init__(self, program: Program, solver: PartSolver, task: Task, course: Course) -> None:
        self._matrices, self._near = program.matrices, Neighbourhood(program)
        self._solver, self._task, self._course = solver, task, course
        self._tell = course.teller(program.matrices, IMPROVE)
        self.kinds = _kinds(self._near)
        self._draw = np.random.default_rng(task.limits.seed)

    @property
    def over(self) -> bool:
        """Whether there is to be no other round."""
        return self._task.stop() or time.monotonic() >= self._task.limits.deadline

    def run(self, kind: _Kind) -> None:
        """Decide columns of a kind anew; each better point is offered."""
        best, began = self._course.best, time.monotonic()
        assert best is not None
        free = kind.columns & self._near.all_but_some(1.0 - kind.share, self._draw)
        found = decided_anew(
            self._matrices, free, best.x, self._limits(), best.x, solver=self._solver, on_point=self._tell
        )
        saved = 0.0 if found is None else best.value - self._matrices.value(found)
        kind.learn(saved, time.monotonic() - began)

    def _limits(self) -> Limits:
        limits = self._task.limits
        return replace(limits.within(ROUND), log=None, gap=min(FINE, limits.gap))


def _kinds(near: Neighbourhood) -> list[_Kind]:
    """What rounds decide about; processes come first, but those of a country, which are too many for one round."""
    integer = near.program.matrices.integer
    networks = sorted(_networks(near), key=np.count_nonzero)
    parts = [(processes(near.program) & integer, 1.0), *((columns, 1.0) for columns in networks), (integer, MOST)]
    kinds = [_Kind(columns, most, min(most, MANY / columns.sum())) for columns, most in parts if columns.any()]
    return sorted(kinds, key=lambda kind: int(kind.columns.sum()) > MANY)


def _networks(near: Neighbourhood) -> Iterator[BoolArray]:
    """Integer columns that decide about the network of each carrier, and about the processes that may use it."""
    program, integer = near.program, near.program.matrices.integer
    for carrier, need in NEED.items():
        columns = np.zeros(len(integer), dtype=bool)
        for variable in ("built", "open", "runs"):
            block = program.columns[variable]
            of = block.table[need] > 0.0 if variable == "runs" else block.table["carrier"] == carrier
            columns[block.position[of.to_numpy(bool) & (block.position >= 0)]] = True
        yield near.whole(columns) & integer
