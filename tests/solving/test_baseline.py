"""Doing nothing: every process stays on its current option, at the least cost of that."""

import time

import pytest

from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.solving.baseline import baseline
from routeplan.solving.methods import Task
from routeplan.solving.progress import ProgressLog
from small import small


@pytest.fixture(autouse=True, params=[0, 20_000])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linear programs first, or one search."""
    monkeypatch.setattr("routeplan.solving.baseline.MANY", request.param)


def stayed(instance: Instance, limits: Limits) -> Solution:
    """Doing nothing in an instance."""
    program = compile_model(build(instance))
    return baseline(program, program.matrices, Task(limits, ProgressLog()))


def test_all_stay_on_gas() -> None:
    """The oven costs 0.5 a year and the kiln 1.0, for four years: 6."""
    found = stayed(small(), Limits())
    assert (found.status, found.objective) == (Ending.OPTIMAL, pytest.approx(6.0))


def test_what_needs_nothing_needs_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """However large an instance is, and however little time there is: nothing is bought, and nothing is built."""
    monkeypatch.setattr("routeplan.solving.baseline.run", None)
    found = stayed(small(), Limits())
    assert (found.status, found.bound) == (Ending.OPTIMAL, pytest.approx(6.0))


def test_what_is_decided_to_be_built_is_paid_for() -> None:
    """A pipe that nobody uses: 10 km at 0.04, which is 0.4 over its life of four years, on top of 6."""
    decided = "decision,item,choice,period,value\nbuilt,pipe,thin,2030,1\nbuilt,pipe,thin,2032,1"
    found = stayed(small(decided=decided), Limits())
    assert (found.status, found.objective) == (Ending.OPTIMAL, pytest.approx(6.4))


def test_what_must_move_cannot_stay() -> None:
    """It is decided that the oven is electric."""
    decided = "decision,item,choice,period,value\nruns,oven,electric,2030,1"
    assert stayed(small(decided=decided), Limits()).status is Ending.INFEASIBLE


def test_it_is_at_hand_where_there_is_no_time() -> None:
    """A deadline that is past, and a wish to stop: a moment is taken all the same."""
    found = stayed(small(), Limits(deadline=time.monotonic() - 1.0, stop=lambda: True))
    assert found.objective == pytest.approx(6.0)
