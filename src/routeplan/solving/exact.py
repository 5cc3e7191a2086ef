"""The exact method: the whole program, solved by HiGHS, with proof."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.solving.baseline import BASELINE, baseline
from routeplan.solving.cutting import with_cutting_planes
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.start import START
from routeplan.tolerances import FEASIBILITY


def exact(program: Program, task: Task) -> Incumbent:
    """Solve the whole program; with the objective ``emissions`` in two stages, the second for the least cost."""
    if program.broken:
        return Incumbent(None, np.inf, Ending.INFEASIBLE, infeasible=True)
    if program.objective == "cost":
        return _stage("cost", program, program.matrices, task)
    first = _stage("emissions", program, program.asked, task)
    return first if first.x is None else _least_cost(program, task, first)


def _stage(name: str, program: Program, matrices: Matrices, task: Task) -> Incumbent:
    """Solve for one objective; staying on the current options is the plan to beat."""
    task.progress.enter(name)
    stay = baseline(program, matrices, task)
    # Only its least cost says what doing nothing costs.
    least = matrices.value(stay.x) if stay.x is not None and stay.status is Ending.OPTIMAL else None
    known, sure = _known(matrices, stay.x, task.start.x), max(matrices.trivial_bound, task.start.bound)
    if known is not None and _within(known.value, sure, task):
        return Incumbent(known.x, sure, Ending.OPTIMAL, least, proven=True, found_by=known.stage, proved_by=START)
    found = _solved(program, matrices, task, start=task.start.x, sure=task.start.bound)
    before = START if task.start.bound > matrices.trivial_bound else None
    bound, proved_by = (found.bound, name) if found.bound > sure else (sure, before)
    done = found.status is Ending.OPTIMAL
    if known is not None and (found.x is None or known.value <= matrices.value(found.x)):
        # A plan is known: an answer "infeasible" proves nothing, and neither does a bound above that plan.
        right = found.bound <= known.value + FEASIBILITY * max(1.0, abs(known.value))
        proof = (bound, proved_by) if right else (sure, before)
        return Incumbent(
            known.x,
            proof[0],
            found.status,
            least,
            proven=right and done,
            found_by=known.stage,
            proved_by=proof[1],
            root_bound=found.root_bound if right else None,
        )
    return Incumbent(
        found.x,
        bound,
        found.status,
        least,
        proven=done,
        infeasible=found.status is Ending.INFEASIBLE,
        found_by=name,
        proved_by=proved_by,
        root_bound=found.root_bound,
    )


@dataclass(frozen=True, eq=False)
class _Known:
    """A point that is known before the search: what it comes to, and the stage that found it."""

    x: FloatArray
    value: float
    stage: str


def _known(matrices: Matrices, stay: FloatArray | None, start: FloatArray | None) -> _Known | None:
    """The best point that is known before the search."""
    points = [(x, stage) for x, stage in ((stay, BASELINE), (start, START)) if x is not None]
    known = [_Known(x, matrices.value(x), stage) for x, stage in points]
    return min(known, key=lambda each: each.value, default=None)


def _within(value: float, bound: float, task: Task) -> bool:
    """Whether a value is as near to a bound as was asked."""
    return value - bound <= task.limits.gap * max(1.0, abs(value))


def _least_cost(program: Program, task: Task, first: Incumbent) -> Incumbent:
    """The least cost among the points that reach the least emissions."""
    assert first.x is not None
    least = float(program.emissions @ first.x)
    slack = FEASIBILITY * max(1.0, abs(least))
    cap = sparse.csr_array(program.emissions.reshape(1, -1))
    task.progress.enter("cost of least emissions")
    found = _solved(program, program.matrices.with_rows(cap, np.array([least + slack])), task, start=first.x)
    proven = first.proven and found.status is Ending.OPTIMAL
    if found.x is None:
        return replace(first, ended=found.status, proven=proven, baseline=None)
    return replace(first, x=found.x, ended=found.status, proven=proven, baseline=None, found_by=task.progress.stage)


def _solved(
    program: Program, matrices: Matrices, task: Task, start: FloatArray | None = None, sure: float = -np.inf
) -> Solution:
    """Solve a program, of which a bound may be sure before; the search ends once a point is near enough to that."""
    quiet: Limits = replace(task.limits, log=None)
    proven, enough = sure, False

    def learn(objective: float | None, bound: float | None) -> None:
        """Record the best bound so far: what was proven before holds where the search has none yet."""
        nonlocal proven, enough
        proven = proven if bound is None else max(bound, proven)
        enough = objective is not None and _within(objective, proven, task)
        task.progress.record(objective, proven if np.isfinite(proven) else None)

    tight = with_cutting_planes(program, matrices, quiet, on_bounds=learn)
    found = run(tight.matrices, replace(task.limits, stop=lambda: enough or task.stop()), on_bounds=learn, start=start)
    if found.status is Ending.INFEASIBLE or not np.isfinite(proven):
        return found
    near = found.x is not None and _within(matrices.value(found.x), proven, task)
    return replace(found, bound=max(found.bound, proven), status=Ending.OPTIMAL if near else found.status)
