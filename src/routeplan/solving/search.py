"""The search of the whole program by HiGHS, with proof, from what is known before."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from scipy import sparse

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.result.result import gap
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Solution
from routeplan.solving.baseline import BASELINE, baseline
from routeplan.solving.cutting import Tightened, with_cutting_planes
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.start import START
from routeplan.tolerances import FEASIBILITY


@dataclass(frozen=True, eq=False)
class Known:
    """A point that is known before the whole program is searched.

    Parameters
    ----------
    x : FloatArray, shape (C,)
        The point.
    value : float
        Its objective.
    stage : str
        The stage that found it.
    """

    x: FloatArray
    value: float
    stage: str


Offer = Callable[[FloatArray, float], None]
"""Told of a better point and its objective."""


class Beginner(Protocol):
    """Looks for a good point before the whole program is searched."""

    def __call__(
        self, program: Program, tight: Tightened, task: Task, known: Known | None, offer: Offer
    ) -> Known | None:
        """The best point that is found, of which `offer` is told, or the one that is known."""
        ...


def searched(program: Program, task: Task, begin: Beginner | None = None) -> Incumbent:
    """Search the whole program; with the objective ``emissions`` in two stages, the second for the least cost.

    Parameters
    ----------
    program : Program
        The program.
    task : Task
        What may be taken, and what is known.
    begin : Beginner, optional
        What looks for a point besides, under the objective ``cost``.
    """
    if program.broken:
        return Incumbent(None, np.inf, Ending.INFEASIBLE, infeasible=True)
    if program.objective == "cost":
        return _stage("cost", program, program.matrices, task, begin)
    first = _stage("emissions", program, program.asked, task, None)
    return first if first.x is None else _least_cost(program, task, first)


def _stage(name: str, program: Program, matrices: Matrices, task: Task, begin: Beginner | None) -> Incumbent:
    """Solve for one objective; staying on the current options is the plan to beat."""
    task.progress.enter(name)
    stay = baseline(program, matrices, task)
    # Only its least cost says what doing nothing costs.
    nothing = matrices.value(stay.x) if stay.x is not None and stay.status is Ending.OPTIMAL else None
    known, course = _known(matrices, stay.x, task.start.x), _Course(task, task.start.bound)
    if known is not None and _within(known.value, course.proven, task):
        return Incumbent(
            known.x, course.proven, Ending.OPTIMAL, nothing, proven=True, found_by=known.stage, proved_by=START
        )
    tight = with_cutting_planes(program, matrices, replace(task.limits, log=None), on_bounds=course.learn)
    found, known = _side_by_side(program, tight, course, known, begin)
    return replace(_handed_over(name, matrices, task, found, known), baseline=nothing)


def _handed_over(name: str, matrices: Matrices, task: Task, found: Solution, known: Known | None) -> Incumbent:
    """The better of what the search has found and what was known besides, with what is proven."""
    trivial = matrices.trivial_bound
    sure = (task.start.bound, START) if task.start.bound > trivial else (trivial, None)
    bound, proved_by = (found.bound, name) if found.bound > sure[0] else sure
    if known is None or (found.x is not None and matrices.value(found.x) < known.value):
        return Incumbent(
            found.x,
            bound,
            found.status,
            proven=found.status is Ending.OPTIMAL,
            infeasible=found.status is Ending.INFEASIBLE,
            found_by=name,
            proved_by=proved_by,
            root_bound=found.root_bound,
        )
    # A plan is known: an answer "infeasible" proves nothing, and neither does a bound above that plan.
    right = found.bound <= known.value + FEASIBILITY * max(1.0, abs(known.value))
    bound, proved_by = (bound, proved_by) if right else sure
    done = right and (found.status is Ending.OPTIMAL or _within(known.value, bound, task))
    ended = Ending.OPTIMAL if done else found.status
    root = found.root_bound if right else None
    return Incumbent(known.x, bound, ended, proven=done, found_by=known.stage, proved_by=proved_by, root_bound=root)


def _known(matrices: Matrices, stay: FloatArray | None, start: FloatArray | None) -> Known | None:
    """The best point that is known before the search."""
    points = [(x, stage) for x, stage in ((stay, BASELINE), (start, START)) if x is not None]
    known = [Known(x, matrices.value(x), stage) for x, stage in points]
    return min(known, key=lambda each: each.value, default=None)


def _start(known: Known | None) -> FloatArray | None:
    """The point that a search begins from; HiGHS looks for one of its own rather than to do nothing."""
    return None if known is None or known.stage == BASELINE else known.x


def _within(value: float, bound: float, task: Task) -> bool:
    """Whether a value is as near to a bound as was asked."""
    return gap(value, bound) <= task.limits.gap


def _least_cost(program: Program, task: Task, first: Incumbent) -> Incumbent:
    """The least cost among the points that reach the least emissions."""
    assert first.x is not None
    least = float(program.emissions @ first.x)
    slack = FEASIBILITY * max(1.0, abs(least))
    cap = sparse.csr_array(program.emissions.reshape(1, -1))
    task.progress.enter("cost of least emissions")
    course, capped = _Course(task), program.matrices.with_rows(cap, np.array([least + slack]))
    tight = with_cutting_planes(program, capped, replace(task.limits, log=None), on_bounds=course.learn)
    found = course.search(tight.matrices, first.x)
    proven = first.proven and found.status is Ending.OPTIMAL
    if found.x is None:
        return replace(first, ended=found.status, proven=proven, baseline=None)
    return replace(first, x=found.x, ended=found.status, proven=proven, baseline=None, found_by=task.progress.stage)


def _side_by_side(
    program: Program, tight: Tightened, course: "_Course", known: Known | None, begin: Beginner | None
) -> tuple[Solution, Known | None]:
    """Search the whole program while others look for a good point, which the search is offered.

    With one thread, or nothing that looks, one comes after the other.
    """
    task, stage = course.task, course.task.progress.stage
    if begin is None:
        return course.search(tight.matrices, _start(known)), known
    if task.limits.threads == 1:
        best = begin(program, tight, task, known, course.offer)
        task.progress.enter(stage)
        return course.search(tight.matrices, _start(best)), best
    with ThreadPoolExecutor(1) as pool:
        search = pool.submit(course.search, tight.matrices, _start(known))
        limits = replace(task.limits, threads=1, stop=lambda: search.done() or course.enough or task.stop())
        try:
            best = begin(program, tight, replace(task, limits=limits), known, course.offer)
            task.progress.enter(stage)
            return search.result(), best
        except BaseException:
            course.enough = True  # ends the search, which the pool waits for
            raise


@dataclass(eq=False)
class _Course:
    """A search, what is known in its course, and what others offer it.

    Parameters
    ----------
    task : Task
        What may be taken.
    proven : float
        The best bound so far.
    least : float
        The best objective so far.
    enough : bool
        Whether that is as near to the bound as was asked.
    """

    task: Task
    proven: float = -np.inf
    least: float = np.inf
    enough: bool = False
    _offered: FloatArray | None = None

    def learn(self, objective: float | None, bound: float | None) -> None:
        """Record the best objective and bound so far: what is known from others holds where the search has none."""
        self.least = self.least if objective is None else min(objective, self.least)
        self.proven = self.proven if bound is None else max(bound, self.proven)
        known = np.isfinite(self.least)
        self.enough = bool(known and _within(self.least, self.proven, self.task))
        self.task.progress.record(self.least if known else None, self.proven if np.isfinite(self.proven) else None)

    def offer(self, point: FloatArray, value: float) -> None:
        """Offer a point to the search."""
        self._offered = point
        self.learn(value, None)

    def _taken(self) -> FloatArray | None:
        """The point that is offered, once."""
        point, self._offered = self._offered, None
        return point

    def search(self, matrices: Matrices, start: FloatArray | None) -> Solution:
        """Search a program; it ends once a point is near enough to what is proven."""
        limits = replace(self.task.limits, stop=lambda: self.enough or self.task.stop())
        found = run(matrices, limits, on_bounds=self.learn, start=start, offers=self._taken)
        if found.status is Ending.INFEASIBLE or not np.isfinite(self.proven):
            return found
        near = found.x is not None and _within(matrices.value(found.x), self.proven, self.task)
        return replace(found, bound=max(found.bound, self.proven), status=Ending.OPTIMAL if near else found.status)
