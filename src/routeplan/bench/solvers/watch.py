"""Runs of a solver in a thread of their own, watched from outside."""

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Protocol

import psutil

from routeplan.bench.solvers.contract import Answer, Budget
from routeplan.bench.solvers.outcome import Claim, Outcome, answer_of
from routeplan.bench.solvers.trajectory import Trajectory
from routeplan.errors import UsageError
from routeplan.runs.outcome import MB
from routeplan.solver.solution import Stop
from routeplan.solver.worker import Worker

PAUSE = 0.05
"""Seconds between two looks at a run."""

SLACK = 0.6
"""Seconds after its time for which a solver may end by itself before it is interrupted."""

GRACE = 1.2
"""Seconds that a run may take to end after it is interrupted; then it is left to itself."""


class Cut(Enum):
    """Why a run is cut short from outside."""

    STOPPED = "asked to stop"
    TIME = "time limit"
    MEMORY = "memory limit"


class Run(Protocol):
    """A run of a solver on one file."""

    def solve(self) -> Outcome:
        """Read the file and solve it; called in the run's own thread."""

    def interrupt(self) -> None:
        """Ask the solver to end; called again and again, from another thread, until it does."""

    def memory(self) -> float | None:
        """Memory of the process that solves [MB of 1e6 bytes]; none where that cannot be told."""


def memory_of(process: int) -> float | None:
    """Resident memory of a process [MB of 1e6 bytes]; none where it cannot be told, or there is no such process."""
    try:
        return int(psutil.Process(process).memory_info().rss) / MB
    except psutil.Error:
        return None


def refuse_missing(mps: Path) -> None:
    """Refuse a file that is not there.

    Raises
    ------
    UsageError
        When it is not.
    """
    if not mps.is_file():
        raise UsageError(f"{mps} is not there; allowed: an MPS file")


def watched(run: Run, trajectory: Trajectory, budget: Budget, stop: Stop) -> Answer:
    """Answer of a run, which is interrupted when a limit is reached or `stop` says so.

    A run that does not end within `GRACE` of its interrupt is abandoned: what it has told so far is its answer, and its
    thread works on until the process ends.

    Parameters
    ----------
    run : Run
        What to do.
    trajectory : Trajectory
        Where the run tells what it finds.
    budget : Budget
        Limits.
    stop : callable
        Asked often whether to end; what it raises is raised here, after an interrupt.
    """
    worker = Worker()
    doing = worker.submit(run.solve)
    try:
        cut = _wait(doing, run, _why_cut(run, trajectory, budget, stop))
    except BaseException:
        _end(doing, run)
        raise
    finally:
        if not doing.done():
            worker.abandon()
        worker.end()
    outcome = _ended(doing) if doing.done() else _abandoned(trajectory)
    told = outcome if cut is None else replace(outcome, raw=f"{outcome.raw} ({cut.value})")
    return answer_of(told, trajectory, budget.gap)


def _why_cut(run: Run, trajectory: Trajectory, budget: Budget, stop: Stop) -> Callable[[], Cut | None]:
    def why() -> Cut | None:
        if stop():
            return Cut.STOPPED
        if trajectory.elapsed >= budget.seconds + SLACK:
            return Cut.TIME
        return Cut.MEMORY if (run.memory() or 0.0) > budget.memory else None

    return why


def _wait(doing: "Future[Outcome]", run: Run, why: Callable[[], Cut | None]) -> Cut | None:
    """Wait until a run has ended or is overdue; why it was interrupted, if it was."""
    while not wait([doing], PAUSE).done:
        if (cut := why()) is not None:
            _end(doing, run)
            return cut
    return None


def _end(doing: "Future[Outcome]", run: Run) -> None:
    """Interrupt a run until it has ended or is overdue."""
    overdue = time.monotonic() + GRACE
    run.interrupt()
    while not wait([doing], PAUSE).done and time.monotonic() < overdue:
        run.interrupt()


def _ended(doing: "Future[Outcome]") -> Outcome:
    """Outcome of a run that has ended; one that raised has failed, whatever it was."""
    error = doing.exception()
    if isinstance(error, UsageError):
        raise error
    return doing.result() if error is None else Outcome(Claim.FAILED, f"{type(error).__name__}: {error}")


def _abandoned(trajectory: Trajectory) -> Outcome:
    return Outcome(Claim.LIMIT, "does not end", trajectory.x, trajectory.objective, trajectory.bound)
