"""The search of the whole program beside others: it begins anew from their first plan."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from junction import joined
from routeplan.instance.horizon import FloatArray
from routeplan.model.compile import program_of
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver import highs
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.solving import search
from routeplan.solving.course import Course, Known
from routeplan.solving.methods import Task
from routeplan.solving.neighbourhood import PartSolver
from routeplan.solving.progress import ProgressLog
from routeplan.solving.search import FEWER_HEURISTICS, Others, searched


@pytest.mark.parametrize("heuristics", [False, True])
def test_the_search_begins_anew_from_the_first_plan_of_others(
    monkeypatch: pytest.MonkeyPatch, heuristics: bool
) -> None:
    """The first search has none, and would go on for ever; it is told to end, and the second begins from the plan.

    Both keep all heuristics of HiGHS where that is asked for.
    """
    program, runs = program_of(joined(9)), list[tuple[FloatArray | None, dict[str, Any]]]()
    searching = threading.Event()
    optimum = highs.run(program.matrices, Limits(threads=1))
    assert optimum.x is not None

    def run(matrices: Matrices, limits: Limits, **given: Any) -> Solution:
        runs.append((given["start"], dict(limits.options)))
        if len(runs) > 1:
            return highs.run(matrices, limits, **given)
        searching.set()
        _wait_for(limits.stop)
        return Solution(Ending.INTERRUPTED, None, None, -np.inf)

    monkeypatch.setattr(search, "run", run)
    others = Others(beside=(_offers(optimum.x, searching),), heuristics=heuristics)
    found = searched(program, Task(Limits(threads=2), ProgressLog()), others)
    (first, options_of_first), (second, options) = runs
    assert first is None
    assert second is not None and second.tolist() == optimum.x.tolist()
    assert options_of_first == options == ({} if heuristics else dict(FEWER_HEURISTICS))
    assert found.bound == pytest.approx(optimum.objective)
    assert found.x is not None and program.matrices.value(found.x) == pytest.approx(optimum.objective)


def _offers(point: FloatArray, searching: threading.Event) -> search.Finder:
    """What finds a point that is known, once the search of the whole has begun."""

    def find(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
        _wait_for(searching.is_set)
        course.offer(Known(point, program.matrices.value(point), "given"))

    return find


def _wait_for(stop: Callable[[], bool]) -> None:
    end = time.monotonic() + 60.0
    while not stop():
        assert time.monotonic() < end, "it was never told to end"
        time.sleep(0.01)
