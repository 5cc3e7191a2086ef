"""The method for countries: the same optimum as the exact one, a plan early, and an end when it is asked for."""

import threading
import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from junction import joined
from routeplan.errors import FaultError, UsageError
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.program import Program
from routeplan.result.result import Status
from routeplan.solver.solution import Limits
from routeplan.solving.course import Course
from routeplan.solving.improve import improve_once
from routeplan.solving.large import begin, large, pays
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.neighbourhood import solved_here
from routeplan.solving.progress import ProgressLog
from routeplan.solving.relaxed import relaxed
from routeplan.solving.search import Others, searched
from routeplan.solving.solve import solve
from routeplan.tolerances import FEASIBILITY
from small import crowd, small


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("threads", [1, None])
@pytest.mark.some(1)
def test_the_optimum_is_that_of_the_exact_method(seed: int, threads: int | None) -> None:
    """On random networks, with the stages before the search and beside it; the bound never crosses the optimum."""
    instance = joined(seed)
    exact, other = (solve(instance, method=name, gap=0.0, threads=threads) for name in ("exact", "large"))
    assert exact.status is other.status is Status.OPTIMAL
    assert other.objective == pytest.approx(exact.objective)
    assert other.bound <= exact.objective + 1e-6 * max(1.0, abs(exact.objective))
    assert (exact.record.method, other.record.method) == ("exact", "large")


def test_what_is_found_before_obeys_every_row() -> None:
    """On a random network: whole where it must be, and what it is said to cost."""
    program = compile_model(build(joined(3)))
    task = Task(Limits(threads=1), ProgressLog())
    relaxation = relaxed(program.matrices, task.limits)
    assert relaxation is not None
    course = Course(task)
    values: list[float] = []
    for find in (begin, improve_once):
        find(program, relaxation.x, solved_here, task, course)
        values.append(course.best.value)
    found = course.best
    assert program.matrices.excess(found.x) <= FEASIBILITY
    assert found.value == pytest.approx(program.matrices.value(found.x))
    assert values == sorted(values, reverse=True)
    whole = found.x[program.matrices.integer]
    assert abs(whole - whole.round()).max() <= FEASIBILITY


@pytest.mark.nightly
def test_least_emissions_are_those_of_the_exact_method() -> None:
    """Under the other objective too, in both stages."""
    instance = small()
    settings = instance.settings.__class__(**{**instance.settings.__dict__, "objective": "emissions"})
    asked = small(settings)
    exact, other = (solve(asked, method=name, gap=0.0) for name in ("exact", "large"))
    assert (other.objective, other.cost) == (pytest.approx(exact.objective), pytest.approx(exact.cost))


@pytest.mark.parametrize("stage", ["round", "improve"])
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.some(1)
def test_a_stop_ends_every_stage(stage: str, threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told half a second after its search has begun, it hands over a plan within seconds, with its bound."""
    monkeypatch.setattr("routeplan.solving.large.LONGEST", 3.0)
    stop = threading.Event()

    def soon(news: object) -> None:
        if getattr(news, "stage", "") == stage:
            threading.Timer(0.5, stop.set).start()

    began = time.monotonic()
    result = solve(crowd(60), method="large", gap=0.0, threads=threads, stop=stop, on_progress=soon)
    assert stop.is_set()
    assert result.status is Status.FEASIBLE
    assert result.bound < result.objective
    assert time.monotonic() - began < 60.0


def test_without_a_process_of_its_own_there_is_a_plan_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it dies at once, however often it is started, the search of the whole finds and proves."""
    monkeypatch.setattr("routeplan.solver.apart.sys", SimpleNamespace(executable="false"))
    result = solve(joined(3), method="large", gap=0.0, threads=2)
    assert result.status is Status.OPTIMAL
    assert result.objective == pytest.approx(solve(joined(3), method="exact", gap=0.0).objective)


def test_a_fault_beside_the_search_is_raised() -> None:
    """It ends the search too, and is not lost."""

    def broken(*_: object) -> None:
        raise FaultError("broken")

    def method(program: Program, task: Task) -> Incumbent:
        return searched(program, task, Others(beside=(broken,)))

    began = time.monotonic()
    with pytest.raises(FaultError, match="broken"):
        solve(crowd(60), method=method, gap=0.0, threads=2)
    assert time.monotonic() - began < 60.0


def test_a_method_that_there_is_not_is_refused() -> None:
    """By name, with what is allowed."""
    with pytest.raises(UsageError, match="method is 'quick'; allowed: exact, large, or a function"):
        solve(small(), method="quick")


def test_it_is_a_method_of_its_own() -> None:
    """As a function it is taken as well as by its name."""
    assert solve(small(), method=large, gap=0.0).objective == pytest.approx(4.8)


@pytest.mark.parametrize(("columns", "threads", "chosen"), [(999, None, False), (1000, None, True), (1000, 2, True)])
def test_it_is_chosen_where_it_pays(columns: int, threads: int | None, chosen: bool) -> None:
    """From 1,000 integer columns on; with one thread, where parts come before the search, from 8,000 on."""
    program = compile_model(build(small()))
    sized = replace(program, matrices=replace(program.matrices, integer=np.ones(columns, dtype=bool)))
    assert pays(sized, threads) is chosen
    assert not pays(sized, 1)
    assert pays(replace(program, matrices=replace(program.matrices, integer=np.ones(8000, dtype=bool))), 1)


@pytest.mark.parametrize("threads", [1, 2])
def test_without_a_relaxation_others_look_for_points_all_the_same(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none is solved in time."""
    asked: list[object] = []

    def find(program: Program, relaxed: object, *_: object) -> None:
        asked.append(relaxed)
        raise FaultError("enough")

    def method(program: Program, task: Task) -> Incumbent:
        return searched(program, task, Others((find,), (find,)))

    monkeypatch.setattr("routeplan.solving.search.relaxed", lambda *_: None)
    with pytest.raises(FaultError, match="enough"):
        solve(crowd(60), method=method, gap=0.0, seconds=20.0, threads=threads)
    assert asked == [None]
