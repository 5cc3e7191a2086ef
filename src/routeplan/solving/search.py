"""The search of the whole program by HiGHS, with proof, from what is known before."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Protocol

import numpy as np
from scipy import sparse

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Option, Relaxation, Solution, Stop, highest_bound
from routeplan.solving.baseline import BASELINE, baseline
from routeplan.solving.course import Course, Known
from routeplan.solving.cutting import with_cutting_planes
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.neighbourhood import PartSolver, solved_here
from routeplan.solving.relaxed import Relaxed, relaxed
from routeplan.solving.start import START
from routeplan.tolerances import FEASIBILITY

NO_OPTIONS: Mapping[str, Option] = MappingProxyType({})

FEWER_HEURISTICS: Mapping[str, Option] = MappingProxyType(
    {
        "mip_heuristic_run_rens": False,
        "mip_heuristic_run_root_reduced_cost": False,
        "mip_heuristic_run_feasibility_jump": False,
    }
)
"""Options of a search beside which others look for points: at the root HiGHS' own would take half of its time."""


class Finder(Protocol):
    """Looks for good points, and offers each that is better than what is known."""

    def __call__(
        self, program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course
    ) -> None:
        """Look for points, from those of the course and from the optimum of the linear relaxation, shape (C,)."""
        ...


class Bounder(Protocol):
    """Proves bounds of a program from its linear relaxation, and tells each that is better than what is known."""

    def __call__(self, relaxation: Relaxation, task: Task, course: Course) -> None:
        """Prove bounds."""
        ...


@dataclass(frozen=True)
class Others:
    """Those that look for points and prove bounds besides a search of the whole program.

    Parameters
    ----------
    before : tuple of Finder
        What looks for points before the search, with one thread; each ends by itself.
    beside : tuple of Finder
        What looks for points beside the search, with more; the last may go on until it is told to stop.
    bounders : tuple of Bounder
        What proves bounds before the search, one after the other.
    heuristics : bool
        Whether the search keeps all heuristics of HiGHS beside them, and not `FEWER_HEURISTICS`.
    """

    before: tuple[Finder, ...] = ()
    beside: tuple[Finder, ...] = ()
    bounders: tuple[Bounder, ...] = ()
    heuristics: bool = False


NOBODY = Others()
"""The search of the whole is alone."""


def searched(program: Program, task: Task, others: Others = NOBODY) -> Incumbent:
    """Search the whole program; with the objective ``emissions`` in two stages, the second for the least cost.

    Under the objective ``cost`` others look for points besides: with one thread before the search of the whole, with
    more beside it, in turn and in a process of their own. Beside others the search begins anew, from the best point,
    once the first of them has ended.

    Parameters
    ----------
    program : Program
        The program.
    task : Task
        What may be taken, and what is known.
    others : Others
        Who looks for points and proves bounds besides.
    """
    if program.broken:
        return Incumbent(None, np.inf, Ending.INFEASIBLE, infeasible=True)
    if program.objective == "cost":
        return _stage("cost", program, program.matrices, task, others)
    first = _stage("emissions", program, program.asked, task, NOBODY)
    return first if first.x is None else _least_cost(program, task, first)


def _stage(name: str, program: Program, matrices: Matrices, task: Task, others: Others) -> Incumbent:
    """Solve for one objective; staying on the current options is the plan to beat."""
    task.progress.enter(name)
    stay = baseline(program, matrices, task)
    # Only its least cost says what doing nothing costs.
    nothing = matrices.value(stay.x) if stay.x is not None and stay.status is Ending.OPTIMAL else None
    course = Course(task, _known(matrices, stay.x, task.start.x), proven=task.start.bound)
    beside = bool(others.beside) and task.limits.threads != 1
    if not beside:
        _mend(matrices, task, course, solved_here)
    if (known := course.offered) is not None and course.within(known.value):
        return Incumbent(
            known.x, course.proven, Ending.OPTIMAL, nothing, proven=True, found_by=known.stage, proved_by=START
        )
    if beside:
        found = _beside_others(name, program, matrices, course, others)
    else:
        found = _after_others(name, program, matrices, course, others)
    return replace(_handed_over(name, matrices, course, found), baseline=nothing)


def _handed_over(name: str, matrices: Matrices, course: Course, found: Solution) -> Incumbent:
    """The better of what the search has found and what was known besides, with what is proven."""
    task, known, trivial = course.task, course.offered, matrices.trivial_bound
    sure = (task.start.bound, START) if task.start.bound > trivial else (trivial, None)
    prover = course.prover if found.bound <= course.proven else name
    bound, proved_by = (found.bound, prover) if found.bound > sure[0] else sure
    if known is None or (found.x is not None and matrices.value(found.x) < known.value):
        if found.x is not None and bound > highest_bound(matrices.value(found.x)):
            bound, proved_by = sure
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
    right = found.bound <= highest_bound(known.value)
    bound, proved_by = (bound, proved_by) if right else sure
    done = right and (found.status is Ending.OPTIMAL or task.near_enough(known.value, bound))
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


def _least_cost(program: Program, task: Task, first: Incumbent) -> Incumbent:
    """The least cost among the points that reach the least emissions."""
    assert first.x is not None
    least = float(program.emissions @ first.x)
    slack = FEASIBILITY * max(1.0, abs(least))
    cap = sparse.csr_array(program.emissions.reshape(1, -1))
    task.progress.enter("cost of least emissions")
    course, capped = Course(task), program.matrices.with_rows(cap, np.array([least + slack]))
    tight = with_cutting_planes(program, capped, replace(task.limits, log=None), on_bounds=course.learn)
    found = _searched(tight, course, task.progress.stage, first.x)
    proven = first.proven and found.status is Ending.OPTIMAL
    if found.x is None:
        return replace(first, ended=found.status, proven=proven, baseline=None)
    return replace(first, x=found.x, ended=found.status, proven=proven, baseline=None, found_by=task.progress.stage)


def _mend(matrices: Matrices, task: Task, course: Course, solver: PartSolver) -> None:
    """Mend the plan to begin from, where it does not fit or something has changed."""
    if task.start.mending is None:
        return
    task.progress.enter(START)
    task.start.mending(task.start.x, task.limits, solver, course.teller(matrices, START))


def _after_others(stage: str, program: Program, matrices: Matrices, course: Course, others: Others) -> Solution:
    """Search the whole program after others have looked for good points and proven bounds, one after the other."""
    task = course.task
    found = _relaxed(matrices, task, course, stage) if others.before or others.bounders else None
    for find in others.before:
        find(program, None if found is None else found.x, solved_here, task, course)
    _prove(found, course, others.bounders)
    task.progress.enter(stage)
    limits, learn = replace(task.limits, log=None), partial(course.learn, stage=stage)
    return _searched(with_cutting_planes(program, matrices, limits, on_bounds=learn), course, stage)


def _relaxed(matrices: Matrices, task: Task, course: Course, stage: str) -> Relaxed | None:
    """The linear relaxation, whose bound is told as that of a stage."""
    found = relaxed(matrices, replace(task.limits, log=None))
    # What presolve says is not believed above a point that is known.
    best = course.best
    if found is None or (best is not None and found.relaxation.bound > highest_bound(best.value)):
        return None
    course.learn(None, found.relaxation.bound, stage)
    return found


def _prove(found: Relaxed | None, course: Course, bounders: tuple[Bounder, ...]) -> None:
    """Let others prove bounds, where they have a relaxation to begin from."""
    for prove in bounders:
        if found is not None and not course.ends():
            prove(found.relaxation, course.task, course)


def _beside_others(stage: str, program: Program, matrices: Matrices, course: Course, others: Others) -> Solution:
    """Search the whole program while others look for good points, in a thread and a process of their own."""
    of_others = Future[Relaxed | None]()
    limits = replace(course.task.limits, log=None, stop=course.ends)
    own = replace(course.task, limits=replace(limits, threads=1))
    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(_look, stage, program, matrices, own, course, of_others, others.beside)
        try:
            tight = with_cutting_planes(program, matrices, limits, on_bounds=partial(course.learn, stage=stage))
            if others.bounders:
                _prove(of_others.result(), course, others.bounders)
                course.task.progress.enter(stage)
            found = _proven(tight, course, stage, NO_OPTIONS if others.heuristics else FEWER_HEURISTICS)
        finally:
            course.over.set()
        looking.result()
    return found


def _proven(matrices: Matrices, course: Course, stage: str, options: Mapping[str, Option]) -> Solution:
    """Search a program beside others, and anew from the best plan once the first of them has ended."""
    search = partial(_searched, matrices, course, stage)
    if not course.begun.is_set():
        found = search(stop=lambda: course.ends() or course.begun.is_set(), options=options)
        # Whatever is said of a search that is told to end early is left to the next.
        answered = found.status in (Ending.OPTIMAL, Ending.INFEASIBLE)
        if answered or course.ends() or not course.begun.is_set():
            return found
    return search(options=NO_OPTIONS if _start(course.best) is None else options)


def _look(
    stage: str,
    program: Program,
    matrices: Matrices,
    task: Task,
    course: Course,
    tell: "Future[Relaxed | None]",
    finders: tuple[Finder, ...],
) -> None:
    """Look for good points in a process of its own, until it is told to end or the last finder does."""
    try:
        with task.apart as apart:
            apart.begin()
            # Those that prove wait for the relaxation: it comes before the mending, which can take long.
            found = _relaxed(matrices, task, course, stage)
            tell.set_result(found)
            _mend(matrices, task, course, apart)
            for find in finders:
                if not course.ends():
                    find(program, None if found is None else found.x, apart, task, course)
                course.begun.set()
    except BaseException:
        course.over.set()  # a fault is not to wait for the search
        raise
    finally:
        if not tell.done():
            tell.set_result(None)


def _searched(
    matrices: Matrices,
    course: Course,
    stage: str,
    start: FloatArray | None = None,
    *,
    stop: Stop | None = None,
    options: Mapping[str, Option] = NO_OPTIONS,
) -> Solution:
    """Search a program in a stage, until a point is near enough to what is proven; options of the user win."""
    limits = course.task.limits
    limits = replace(limits, stop=stop or course.ends, options={**options, **limits.options})

    def keep(point: FloatArray) -> None:
        course.own = Known(point, matrices.value(point), stage)

    found = run(
        matrices,
        limits,
        on_bounds=partial(course.learn, stage=stage),
        start=_start(course.best) if start is None else start,
        offers=course.taken,
        on_point=keep,
    )
    if found.status is Ending.INFEASIBLE or not np.isfinite(course.proven):
        return found
    near = found.x is not None and course.within(matrices.value(found.x))
    return replace(found, bound=max(found.bound, course.proven), status=Ending.OPTIMAL if near else found.status)
