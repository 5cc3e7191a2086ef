"""Scaling by HiGHS' own options changes neither the gap that is reached nor what is told on the way."""

from pathlib import Path

import numpy as np
import pytest
from test_highs import hard

from routeplan.bench.check import checked
from routeplan.bench.mps import write_mps
from routeplan.bench.solvers.contract import Budget, Status
from routeplan.bench.solvers.highs import Highs
from routeplan.model.matrices import Matrices
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits
from routeplan.solver.user_scale import UserScale

SCALED = {"user_objective_scale": -6, "user_bound_scale": -5}
GAP = 1e-6


@pytest.fixture(scope="module")
def problem() -> Matrices:
    return hard(14)


@pytest.fixture(scope="module")
def optimum(problem: Matrices) -> float:
    found = run(problem, Limits(gap=0.0))
    assert found.objective is not None
    return found.objective


def near(optimum: float) -> float:
    return 2 * GAP * max(1.0, abs(optimum))


def test_the_gap_is_that_of_the_program_as_it_is(problem: Matrices, optimum: float) -> None:
    """An absolute gap that is not scaled would be 2,048 times as wide."""
    found = run(problem, Limits(gap=GAP, options=SCALED))
    assert found.status is Ending.OPTIMAL and found.objective is not None
    assert abs(found.objective - optimum) <= near(optimum)
    assert optimum - near(optimum) <= found.bound <= optimum + near(optimum)


def test_what_is_told_on_the_way_is_in_the_units_of_the_program(problem: Matrices, optimum: float) -> None:
    told: list[tuple[float | None, float | None]] = []
    run(problem, Limits(gap=GAP, options=SCALED), on_bounds=lambda *pair: told.append(pair))
    objectives = [objective for objective, _ in told if objective is not None]
    bounds = [bound for _, bound in told if bound is not None]
    assert objectives and bounds
    assert min(objectives) >= optimum - near(optimum)
    assert max(bounds) <= optimum + near(optimum)


def test_the_adapter_of_benchmarks_tells_the_same(problem: Matrices, optimum: float, tmp_path: Path) -> None:
    file = write_mps(problem, tmp_path / "hard.mps")
    answer = Highs().solve(file, Budget(60.0, gap=GAP), SCALED, lambda: False)
    assert answer.status is Status.OPTIMAL and answer.objective is not None and answer.x is not None
    assert abs(answer.objective - optimum) <= near(optimum)
    assert checked(problem, answer.x).feasible
    for event in answer.events:
        assert event.incumbent is None or event.incumbent >= optimum - near(optimum)
        assert event.bound is None or event.bound <= optimum + near(optimum)


def test_a_point_is_scaled_back_but_for_whole_columns() -> None:
    scale = UserScale.of({"user_bound_scale": -2, "user_objective_scale": 1})
    assert scale.point(np.array([3.0, 3.0]), np.array([True, False])).tolist() == [3.0, 12.0]
    assert scale.value(3.0) == 6.0 and scale.absolute(0.5) == 0.25
    assert UserScale.of({}) == UserScale(0, 0) and UserScale().value(7.0) == 7.0
