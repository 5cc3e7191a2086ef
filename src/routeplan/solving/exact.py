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
    known = _known(matrices, stay.x, task.start)
    found = _solved(program, matrices, task, start=task.start)
    trivial = matrices.trivial_bound
    bound, proved_by = (found.bound, name) if found.bound > trivial else (trivial, None)
    # Only its least cost says what doing nothing costs.
    least = matrices.value(stay.x) if stay.x is not None and stay.status is Ending.OPTIMAL else None
    done = found.status is Ending.OPTIMAL
    if known is not None and (found.x is None or known.value <= matrices.value(found.x)):
        # A plan is known: an answer "infeasible" proves nothing, and neither does a bound above that plan.
        right = found.bound <= known.value + FEASIBILITY * max(1.0, abs(known.value))
        proof = (bound, proved_by) if right else (trivial, None)
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


def _solved(program: Program, matrices: Matrices, task: Task, start: FloatArray | None = None) -> Solution:
    quiet: Limits = replace(task.limits, log=None)
    proven: float | None = None

    def learn(objective: float | None, bound: float | None) -> None:
        """Record the best bound so far: that of the relaxation holds where the search has none yet."""
        nonlocal proven
        proven = max((known for known in (bound, proven) if known is not None), default=None)
        task.progress.record(objective, proven)

    tight = with_cutting_planes(program, matrices, quiet, on_bounds=learn)
    found = run(tight, task.limits, on_bounds=learn, start=start)
    if found.status is Ending.INFEASIBLE or proven is None:
        return found
    return replace(found, bound=max(found.bound, proven))
