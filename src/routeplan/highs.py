"""The only file that knows the solver: matrices and options in; status, bound and values out.

Rules kept here, each learnt from a wrong answer: every option's return status is checked; each run has a fresh
solver object in a fresh thread; presolve's rules Enumeration and Fourier-Motzkin are off; ``infeasible`` is believed
only after a second run without presolve; values that are not as good as the objective reported are not believed either.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import highspy
import numpy as np

from routeplan.errors import FaultError
from routeplan.horizon import FloatArray
from routeplan.matrices import Matrices

PRESOLVE_ENUMERATION = 1 << 16
"""Presolve rule that calls feasible models of this kind infeasible in HiGHS 1.16."""

PRESOLVE_FOURIER_MOTZKIN = 1 << 22
"""Presolve rule that takes most of a solve of the country, and does not return on 1,000 sites, in HiGHS 1.16.

Neither a time limit nor an interrupt is heard in it.
"""


class Answer(Enum):
    """What the solver says of a programme."""

    OPTIMAL = "solved to the gap asked"
    STOPPED = "stopped at a limit or by the user"
    INFEASIBLE = "no point obeys every row"


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Parameters
    ----------
    answer : Answer
        What the solver says.
    x : FloatArray, optional
        Best point found.
    objective : float, optional
        Its objective.
    bound : float
        Best proven bound; minus infinity when there is none.
    """

    answer: Answer
    x: FloatArray | None
    objective: float | None
    bound: float


@dataclass(frozen=True)
class Effort:
    """What a run may take.

    Parameters
    ----------
    gap : float
        Gap at which to stop, relative to max(1, abs(objective)).
    deadline : float
        `time.monotonic` at which to stop.
    threads : int, optional
        Threads; the solver's choice when None.
    seed : int
        Random seed.
    log : Path, optional
        File to which the solver's log is added.
    """

    gap: float = 0.0
    deadline: float = float("inf")
    threads: int | None = None
    seed: int = 0
    log: Path | None = None


Known = Callable[[float | None, float | None], None]
"""Called with objective and bound whenever either is news."""


def run(
    problem: Matrices,
    effort: Effort,
    *,
    stop: threading.Event | None = None,
    known: Known | None = None,
    start: FloatArray | None = None,
) -> Outcome:
    """Solve a programme.

    Parameters
    ----------
    problem : Matrices
        The programme.
    effort : Effort
        Gap, deadline, threads, seed and log.
    stop : Event, optional
        When set, the run ends with what it has.
    known : callable, optional
        Told of each new objective or bound.
    start : FloatArray, optional
        A feasible point to begin from.

    Raises
    ------
    FaultError
        When the solver refuses an option or breaks down.
    """
    attempt = _Run(problem, effort, stop or threading.Event(), known or _tell_nobody)
    outcome = attempt.solve(start)
    if outcome.answer is Answer.INFEASIBLE or not _believable(problem, outcome):
        return replace(attempt, presolve=False).solve(None)
    return outcome


def write_model(problem: Matrices, file: Path) -> None:
    """Write a programme as an MPS file with readable names.

    Raises
    ------
    FaultError
        When the solver cannot write it.
    """
    highs = _fresh()
    _demand(highs.setOptionValue("output_flag", False), "output_flag")
    _pass(highs, problem, names=True)
    _demand(highs.writeModel(str(file)), f"writing {file}")


def version() -> str:
    """Version of the solver."""
    return str(_fresh().version())


def _tell_nobody(objective: float | None, bound: float | None) -> None:
    return


def _believable(problem: Matrices, outcome: Outcome) -> bool:
    """Whether the values are as good as the objective that the solver reports with them."""
    if outcome.x is None or outcome.objective is None:
        return True
    return abs(problem.value(outcome.x) - outcome.objective) <= 1e-6 * max(1.0, abs(outcome.objective))


@dataclass(frozen=True)
class _Run:
    problem: Matrices
    effort: Effort
    stop: threading.Event
    known: Known
    presolve: bool = True

    def solve(self, start: FloatArray | None) -> Outcome:
        """One run in a thread of its own, so that Ctrl-C is heard and no thread pool is inherited."""
        caught: list[BaseException] = []
        found: list[Outcome] = []

        def work() -> None:
            try:
                found.append(self._solve(start))
            except BaseException as fault:  # handed to the caller below
                caught.append(fault)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(0.1)
        if caught:
            raise caught[0]
        return found[0]

    def _solve(self, start: FloatArray | None) -> Outcome:
        highs = _fresh()
        try:
            self._configure(highs)
            _pass(highs, self.problem)
            self._listen(highs)
            if start is not None:
                columns = np.arange(len(start), dtype=np.int32)
                _demand(highs.setSolution(len(start), columns, np.asarray(start, dtype=float)), "a starting plan")
            status = highs.run()
            if status == highspy.HighsStatus.kError:
                raise FaultError(f"the solver broke down: {highs.getModelStatus()}")
            return self._outcome(highs)
        finally:
            highspy.Highs.resetGlobalScheduler(True)

    def _configure(self, highs: Any) -> None:
        effort = self.effort
        options: dict[str, Any] = {
            "mip_rel_gap": effort.gap,
            "mip_abs_gap": effort.gap,
            "random_seed": effort.seed,
            "presolve_rule_off": PRESOLVE_ENUMERATION | PRESOLVE_FOURIER_MOTZKIN,
            "presolve": "choose" if self.presolve else "off",
            "output_flag": effort.log is not None,
        }
        if effort.log is not None:
            options |= {"log_to_console": False, "log_file": str(effort.log)}
        if effort.threads is not None:
            options |= {"threads": effort.threads, "parallel": "on" if effort.threads > 1 else "off"}
        if effort.deadline < float("inf"):
            options["time_limit"] = max(0.0, effort.deadline - time.monotonic())
        for name, value in options.items():
            _demand(highs.setOptionValue(name, value), f"option {name} = {value}")

    def _listen(self, highs: Any) -> None:
        def interrupt(event: Any) -> None:
            if self.stop.is_set():
                event.interrupt()

        def learn(event: Any) -> None:
            out = event.data_out
            self.known(_finite(out.mip_primal_bound), _finite(out.mip_dual_bound))
            interrupt(event)

        highs.cbMipInterrupt += learn
        highs.cbSimplexInterrupt += interrupt
        highs.cbIpmInterrupt += interrupt

    def _outcome(self, highs: Any) -> Outcome:
        status, info = highs.getModelStatus(), highs.getInfo()
        kind = highspy.HighsModelStatus
        if status == kind.kInfeasible:
            return Outcome(Answer.INFEASIBLE, None, None, -np.inf)
        if status in (kind.kUnbounded, kind.kUnboundedOrInfeasible, kind.kModelError, kind.kSolveError):
            raise FaultError(f"the solver ends with {highs.modelStatusToString(status)}, which no plan should")
        answer = Answer.OPTIMAL if status in (kind.kOptimal, kind.kModelEmpty) else Answer.STOPPED
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not feasible and answer is Answer.STOPPED:
            return Outcome(answer, None, None, self._bound(highs))
        x = np.array(highs.getSolution().col_value, dtype=float)
        objective = float(info.objective_function_value)
        linear = answer is Answer.OPTIMAL and not self.problem.whole.any()
        return Outcome(answer, x, objective, objective if linear else self._bound(highs))

    def _bound(self, highs: Any) -> float:
        if not self.problem.whole.any():
            return -np.inf
        bound = float(highs.getInfo().mip_dual_bound)
        return bound if abs(bound) < highspy.kHighsInf else -np.inf


def _finite(value: float) -> float | None:
    return value if abs(value) < highspy.kHighsInf else None


def _demand(status: Any, what: str) -> None:
    """Refuse to go on when the solver does not take something: it would go on with its old value."""
    if status == highspy.HighsStatus.kError:
        raise FaultError(f"the solver does not take {what}")


def _pass(highs: Any, problem: Matrices, *, names: bool = False) -> None:
    """Hand a programme over in one call."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = problem.rows.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = problem.cost, problem.lower, problem.upper
    lp.row_lower_, lp.row_upper_ = problem.row_lower, problem.row_upper
    lp.offset_ = problem.offset
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = problem.rows.indptr
    lp.a_matrix_.index_ = problem.rows.indices
    lp.a_matrix_.value_ = problem.rows.data
    if problem.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(flag)] for flag in problem.whole]
    if names:
        lp.row_names_, lp.col_names_ = list(problem.row_names), list(problem.column_names)
    _demand(highs.passModel(lp), "the model")


_SILENCED = threading.Lock()
_banner_shown = False


def _fresh() -> Any:
    """A new solver object, without the banner that the first one prints to standard output."""
    global _banner_shown
    with _SILENCED:
        if _banner_shown:
            return highspy.Highs()
        with _quiet_stdout():
            highs = highspy.Highs()
        _banner_shown = True
        return highs


@contextlib.contextmanager
def _quiet_stdout() -> Iterator[None]:
    """Send what C code prints to standard output nowhere, for a moment."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
