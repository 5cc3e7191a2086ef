"""Statuses follow from point and bound, and runs end whatever a solver does."""

import threading
import time
from dataclasses import dataclass, field

import numpy as np
import pytest

from routeplan.bench.solvers.contract import Answer, Budget, Status
from routeplan.bench.solvers.outcome import Claim, Outcome, answer_of, decided, status_of
from routeplan.bench.solvers.trajectory import Trajectory
from routeplan.bench.solvers.watch import watched
from routeplan.errors import UsageError

POINT = np.array([1.0])


@pytest.mark.parametrize(
    ("claim", "objective", "bound", "gap", "status"),
    [
        (Claim.COMPLETE, 10.0, 10.0, 0.0, Status.OPTIMAL),
        (Claim.COMPLETE, 10.0, 9.0, 0.1, Status.OPTIMAL),  # 1 is a tenth of 10
        (Claim.COMPLETE, 10.0, 8.9, 0.1, Status.FEASIBLE),  # 1.1 is more
        (Claim.COMPLETE, 0.5, 0.4, 0.1, Status.OPTIMAL),  # below 1 the gap is absolute
        (Claim.COMPLETE, -10.0, -11.0, 0.1, Status.OPTIMAL),
        (Claim.COMPLETE, 10.0, None, 0.5, Status.FEASIBLE),
        (Claim.COMPLETE, None, 10.0, 0.5, Status.FAILED),
        (Claim.LIMIT, 10.0, 10.0, 0.0, Status.OPTIMAL),
        (Claim.LIMIT, 10.0, 1.0, 0.0, Status.FEASIBLE),
        (Claim.LIMIT, None, 1.0, 0.0, Status.NO_PLAN),
        (Claim.UNDECIDED, None, None, 0.0, Status.NO_PLAN),
        (Claim.INFEASIBLE, None, None, 0.0, Status.INFEASIBLE),
        (Claim.INFEASIBLE, 10.0, None, 0.0, Status.FAILED),
        (Claim.UNBOUNDED, None, None, 0.0, Status.UNBOUNDED),
        (Claim.FAILED, 10.0, 10.0, 0.0, Status.FAILED),
    ],
)
def test_a_status_follows_from_what_is_at_hand(
    claim: Claim, objective: float | None, bound: float | None, gap: float, status: Status
) -> None:
    """Words that point and bound do not bear out count for nothing."""
    assert status_of(claim, objective, bound, gap) is status


def test_what_is_undecided_is_decided_by_whether_there_is_a_point() -> None:
    """With a point, the costs have no end; without an answer it stays open. Without costs nothing is unbounded."""
    said = {
        Claim.COMPLETE: Claim.UNBOUNDED,
        Claim.INFEASIBLE: Claim.INFEASIBLE,
        Claim.UNDECIDED: Claim.INFEASIBLE,
        Claim.LIMIT: Claim.LIMIT,
    }
    assert {feasible: decided(feasible, "both").claim for feasible in said} == said


def test_a_trajectory_keeps_what_is_better_alone() -> None:
    """Worse points, worse bounds and infinite ones are no events."""
    trajectory = Trajectory()
    for objective, bound in ((1e20, -1e20), (9.0, 1.0), (9.5, 0.5), (8.0, 2.0)):
        trajectory.found(objective)
        trajectory.proved(bound)
    told = [(event.incumbent, event.bound) for event in trajectory.events]
    assert told == [(9.0, None), (9.0, 1.0), (8.0, 1.0), (8.0, 2.0)]


def test_an_objective_without_a_point_is_no_answer() -> None:
    """A claim that nobody can check is left out."""
    answer = answer_of(Outcome(Claim.LIMIT, "words", None, 5.0, 1.0), Trajectory(), 0.0)
    assert (answer.status, answer.x, answer.objective, answer.bound) == (Status.NO_PLAN, None, None, 1.0)


@dataclass
class _Stubborn:
    """A run that tells a point, and ends once it has been asked to often enough."""

    trajectory: Trajectory
    patience: int
    asked: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def solve(self) -> Outcome:
        self.trajectory.found(7.0, POINT)
        self.trajectory.proved(3.0)
        self.ended.wait(20.0)
        return Outcome(Claim.LIMIT, "ended", POINT, 6.0, 4.0)

    def interrupt(self) -> None:
        self.asked += 1
        if self.asked >= self.patience:
            self.ended.set()

    def memory(self) -> float | None:
        return 50.0


def _ended(patience: int, budget: Budget) -> tuple[Answer, float]:
    trajectory = Trajectory()
    run = _Stubborn(trajectory, patience)
    began = time.monotonic()
    answer = watched(run, trajectory, budget, lambda: False)
    run.ended.set()
    return answer, time.monotonic() - began


@pytest.mark.nightly
def test_a_deaf_solver_is_left_to_itself() -> None:
    """Two seconds after its time at most, with the point that it had told."""
    answer, seconds = _ended(10**6, Budget(seconds=0.1))
    assert seconds < 2.1
    assert (answer.status, answer.objective, answer.bound) == (Status.FEASIBLE, 7.0, 3.0)
    assert answer.raw == "does not end (time limit)"


@pytest.mark.parametrize(
    ("budget", "why"), [(Budget(seconds=0.1), "time limit"), (Budget(seconds=9.0, memory=40.0), "memory limit")]
)
@pytest.mark.some(2)
def test_a_solver_that_hears_ends_with_its_own_answer(budget: Budget, why: str) -> None:
    """It is asked again until it does; 50 MB are more than 40."""
    answer, seconds = _ended(3, budget)
    assert seconds < 1.0
    assert (answer.objective, answer.bound, answer.raw) == (6.0, 4.0, f"ended ({why})")


class _Broken:
    """A run that raises."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def solve(self) -> Outcome:
        raise self._error

    def interrupt(self) -> None: ...

    def memory(self) -> float | None:
        return None


def test_a_solver_that_breaks_down_has_failed() -> None:
    """What it raises is told, not raised."""
    answer = watched(_Broken(ValueError("no basis")), Trajectory(), Budget(1.0), lambda: False)
    assert (answer.status, answer.raw) == (Status.FAILED, "ValueError: no basis")


def test_a_refusal_inside_a_run_stays_one() -> None:
    """It is the user's to mend, so it is no answer."""
    with pytest.raises(UsageError, match="no such thing"):
        watched(_Broken(UsageError("no such thing")), Trajectory(), Budget(1.0), lambda: False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seconds": 0.0}, r"seconds is 0\.0; allowed: a number above 0"),
        ({"seconds": float("nan")}, "seconds is nan; allowed"),
        ({"seconds": 1.0, "memory": -1.0}, r"memory is -1\.0; allowed"),
        ({"seconds": 1.0, "gap": 1.0}, "gap is 1.0; allowed: from 0 to below 1"),
        ({"seconds": 1.0, "threads": 0}, "threads is 0; allowed: 1 or more"),
        ({"seconds": 1.0, "seed": -1}, "seed is -1; allowed: 0 to 2147483646"),
    ],
)
def test_budgets_that_make_no_sense_are_refused(wrong: dict[str, float], said: str) -> None:
    """Each says what is allowed."""
    with pytest.raises(UsageError, match=said):
        Budget(**wrong)  # type: ignore[arg-type]
