"""A program that stays in the solver: solved, changed and solved again from where it was."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace
from types import TracebackType
from typing import Any, TypeVar

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from routeplan.errors import FaultError, UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.matrices import Matrices
from routeplan.solver.options import apply, demand
from routeplan.solver.silence import new_solver
from routeplan.solver.solution import ROOT_NODES, Ending, Limits, OnBounds, Solution, Stop, dual_bound
from routeplan.solver.user_scale import UserScale
from routeplan.solver.worker import Worker
from routeplan.tolerances import FEASIBILITY

T = TypeVar("T")

GRACE = 1.5
"""Seconds that a run may take to end once its time is up or it is asked to stop; then it is left to itself.

HiGHS hears neither in presolve, nor in that of its heuristics, which can take longer than the whole limit.
"""

ENDINGS = {
    highspy.HighsModelStatus.kOptimal: Ending.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Ending.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Ending.INFEASIBLE,
    highspy.HighsModelStatus.kTimeLimit: Ending.TIME_LIMIT,
    highspy.HighsModelStatus.kInterrupt: Ending.INTERRUPTED,
    highspy.HighsModelStatus.kMemoryLimit: Ending.MEMORY_LIMIT,
    highspy.HighsModelStatus.kIterationLimit: Ending.ITERATION_LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: Ending.NODE_LIMIT,
}
BROKEN = (
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
    highspy.HighsModelStatus.kModelError,
    highspy.HighsModelStatus.kSolveError,
)
"""Endings that no programme of a plan should have."""


Offers = Callable[[], FloatArray | None]
"""Asked for a point that is news, shape (C,); None where there is none."""


OnPoint = Callable[[FloatArray], None]
"""Told of a better point, shape (C,)."""


def nothing_offered() -> None:
    """Offer no point."""
    return


class Session:
    """One solver object with a program in it; use it as a context manager.

    A run goes on from the basis of the run before, so that small changes are solved fast. The solver has a thread of
    its own: a Ctrl-C is heard at once, and sessions in several threads have nothing in common. A run that does not end
    within `GRACE` of its deadline, or of a request to stop, is abandoned: the best point and bound that it has reported
    are its solution, and the session takes no other run.

    Parameters
    ----------
    matrices : Matrices
        The programme. Without integer columns a solution has duals and reduced costs.
    limits : Limits
        Gap, threads, seed, log, options, and what ends a run early; ``options={"solver": "ipm"}`` chooses another
        method for linear programmes (``simplex``, ``ipm``, ``pdlp``).
    on_bounds : callable, optional
        Told of each new objective or bound.
    presolve : bool
        Whether the solver may simplify the programme first.
    offers : callable, optional
        Asked, from the solver's thread, for a feasible point that others have found meanwhile.
    on_point : callable, optional
        Told, from the solver's thread, of each better point.

    Attributes
    ----------
    ended : Event
        Set once the solver's thread has ended.

    Raises
    ------
    FaultError
        When the solver does not take the programme, or an option.
    """

    def __init__(
        self,
        matrices: Matrices,
        limits: Limits,
        *,
        on_bounds: OnBounds | None = None,
        presolve: bool = True,
        offers: Offers = nothing_offered,
        on_point: OnPoint | None = None,
    ) -> None:
        self._limits = limits
        self._offers = offers
        self._on_point = on_point
        self._asked_to_stop = limits.stop
        self._on_bounds = on_bounds
        self._given_up = threading.Event()
        self._closed = False
        self._broken_off: BaseException | None = None
        self._known = NOTHING_KNOWN
        self.ended = threading.Event()
        self._matrices = matrices
        self._numbers = _Numbers(matrices)
        self._worker = Worker()
        try:
            self._highs: Any = self._in_thread(lambda: self._begin(matrices, presolve))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session; a run that was interrupted is asked to stop, and not waited for."""
        if self._closed:
            return
        self._closed = True
        self._worker.submit(self._end)
        self._worker.end()
        if not self._given_up.is_set():
            self.ended.wait()

    def _end(self) -> None:
        # The solver's threads belong to the thread that has made them.
        highspy.Highs.resetGlobalScheduler(True)
        self.ended.set()

    # Changes

    def change_costs(self, columns: IntArray, cost: FloatArray) -> None:
        """Change the cost of columns."""
        self._change("changeColsCost", columns, cost)
        self._numbers.cost[columns] = cost

    def change_bounds(self, columns: IntArray, lower: FloatArray, upper: FloatArray) -> None:
        """Change the bounds of columns."""
        self._change("changeColsBounds", columns, lower, upper)
        self._numbers.lower[columns], self._numbers.upper[columns] = lower, upper

    def change_row_bounds(self, rows: IntArray, lower: FloatArray, upper: FloatArray) -> None:
        """Change the bounds of rows."""
        self._change("changeRowsBounds", rows, lower, upper)
        self._numbers.row_lower[rows], self._numbers.row_upper[rows] = lower, upper

    def add_rows(self, entries: Any, lower: FloatArray, upper: FloatArray) -> None:
        """Add rows, shape (K, C): lower <= entries x <= upper."""
        rows = sparse.csr_array(entries)
        self._add("addRows", len(upper), (lower, upper), rows)
        changed = self.matrices.with_rows(rows, np.asarray(upper, dtype=float), np.asarray(lower, dtype=float))
        self._matrices, self._numbers = changed, _Numbers(changed)

    def add_columns(self, entries: Any, cost: FloatArray, lower: FloatArray, upper: FloatArray) -> None:
        """Add continuous columns, shape (R, K)."""
        columns = sparse.csc_array(entries)
        self._add("addCols", len(cost), (cost, lower, upper), columns)
        changed = self.matrices.with_columns(columns, lower, upper, cost, np.zeros(len(cost), dtype=bool))
        self._matrices, self._numbers = changed, _Numbers(changed)

    @property
    def matrices(self) -> Matrices:
        """The program as it is now."""
        return self._numbers.applied_to(self._matrices)

    def _change(self, name: str, places: IntArray, *numbers: FloatArray) -> None:
        at = np.ascontiguousarray(places, dtype=np.int32)
        given = [np.ascontiguousarray(number, dtype=float) for number in numbers]
        if any(number.shape != at.shape or np.isnan(number).any() for number in given):
            raise UsageError(f"{name} takes a number, not NaN, for each of {len(at)} places")
        self._in_thread(lambda: demand(getattr(self._highs, name)(len(at), at, *given), name))

    def _add(self, name: str, count: int, numbers: tuple[FloatArray, ...], entries: Any) -> None:
        given = [np.ascontiguousarray(number, dtype=float) for number in numbers]
        begin, index = (part.astype(np.int32) for part in (entries.indptr[:-1], entries.indices))
        self._in_thread(
            lambda: demand(getattr(self._highs, name)(count, *given, entries.nnz, begin, index, entries.data), name)
        )

    # Runs

    def solve(self, *, deadline: float | None = None, start: FloatArray | None = None) -> Solution:
        """Solve the program as it is now.

        Parameters
        ----------
        deadline : float, optional
            `time.monotonic` at which to stop; that of the limits when None.
        start : FloatArray, shape (C,), optional
            A feasible point to begin from.

        Raises
        ------
        FaultError
            When the solver breaks down.
        """
        until = self._limits.deadline if deadline is None else deadline
        # The best point and bound that the run has reported so far, for when it does not end.
        self._known = known_from(self.matrices, start)
        if self._asked_to_stop() or time.monotonic() >= until:
            return replace(self._known, status=self._why_stopped())
        try:
            return self._in_thread(lambda: self._run(until, start), self._overdue(until))
        except Abandoned:
            return replace(self._known, status=self._why_stopped())

    def _why_stopped(self) -> Ending:
        return Ending.INTERRUPTED if self._asked_to_stop() else Ending.TIME_LIMIT

    def _overdue(self, deadline: float, grace: float = GRACE) -> Stop:
        """Whether a run has had its time, or was asked to stop, and some seconds besides."""
        told: list[float] = []

        def overdue() -> bool:
            now = time.monotonic()
            if not told and (now >= deadline or self._asked_to_stop()):
                told.append(now)
            return bool(told) and now >= told[0] + grace

        return overdue

    def _in_thread(self, work: Callable[[], T], overdue: Stop | None = None) -> T:
        """Run a task in the solver's thread; an interrupt is raised here, and ends a run there."""
        self._refuse_unless_free()
        doing = self._worker.submit(work)
        try:
            while True:
                try:
                    return doing.result(0.1)
                except NotYet:
                    if doing.done():
                        raise
                    if overdue is not None and overdue():
                        raise Abandoned from None
        except BaseException:
            if not doing.done():
                self._given_up.set()
                self._worker.abandon()
            raise

    def _refuse_unless_free(self) -> None:
        if self._closed:
            raise FaultError("the session is closed")
        if self._given_up.is_set():
            raise FaultError("the solver is still at work on a run that was given up")

    def _begin(self, matrices: Matrices, presolve: bool) -> Any:
        highs = new_solver()
        apply(highs, self._limits, presolve=presolve)
        pass_matrices(highs, matrices)
        self._listen(highs)
        return highs

    def _run(self, deadline: float, start: FloatArray | None) -> Solution:
        highs = self._highs
        if deadline < float("inf"):
            # The clock of a solver object adds up over its runs.
            until = highs.getRunTime() + max(0.0, deadline - time.monotonic())
            demand(highs.setOptionValue("time_limit", until), "option time_limit")
        if start is not None:
            columns = np.arange(len(start), dtype=np.int32)
            demand(highs.setSolution(len(start), columns, np.asarray(start, dtype=float)), "a starting plan")
        ended = highs.run()
        if self._broken_off is not None:
            raise self._broken_off
        if ended == highspy.HighsStatus.kError:
            raise FaultError(f"the solver broke down: {highs.getModelStatus()}")
        found = self._best_of(_solution(highs, self.matrices))
        return found if found.root_bound is not None else replace(found, root_bound=self._known.root_bound)

    def _best_of(self, solution: Solution) -> Solution:
        """The solution, with the best point reported on the way: HiGHS 1.16 may hand over its start instead."""
        found, told = self._known.x, solution.x
        if found is None or solution.status is Ending.INFEASIBLE:
            return solution
        matrices = self.matrices
        value = matrices.value(found)
        worse = told is None or matrices.value(told) > value + FEASIBILITY * max(1.0, abs(value))
        if not worse or matrices.excess(found) > FEASIBILITY:
            return solution
        return replace(solution, x=found, objective=value)

    def _heard(self, call: Callable[[], T]) -> T | None:
        """Call a function of the caller's from inside the solver, which would lose what it raises."""
        try:
            return call()
        except BaseException as error:
            self._broken_off = error
            return None

    def _take(self, event: Any) -> None:
        """Give the solver the point that is offered, if any."""
        point = self._heard(self._offers)
        if point is not None:
            event.data_in.setSolution(np.ascontiguousarray(point, dtype=float))

    def _tell_of(self, point: FloatArray) -> None:
        if (tell := self._on_point) is not None and not self._given_up.is_set():
            self._heard(lambda: tell(point))

    def _listen(self, highs: Any) -> None:
        scale = UserScale.of(self._limits.options)

        def interrupt(event: Any) -> None:
            if self._given_up.is_set() or self._broken_off is not None or self._heard(self._asked_to_stop):
                event.interrupt()

        def learn(event: Any) -> None:
            out = event.data_out
            bounds = _finite(scale.value(out.mip_primal_bound)), _finite(scale.value(out.mip_dual_bound))
            self._known = replace(self._known, bound=-np.inf if bounds[1] is None else bounds[1])
            if out.mip_node_count <= ROOT_NODES:
                self._known = replace(self._known, root_bound=bounds[1])
            if (tell := self._on_bounds) is not None and not self._given_up.is_set():
                self._heard(lambda: tell(*bounds))
            interrupt(event)

        def keep(event: Any) -> None:
            out = event.data_out
            point = scale.point(np.array(out.mip_solution, dtype=float), self.matrices.integer)
            self._known = replace(self._known, x=point, objective=scale.value(out.objective_function_value))
            self._tell_of(point)

        highs.cbMipInterrupt += learn
        highs.cbMipImprovingSolution += keep
        if self._offers is not nothing_offered:
            highs.cbMipUserSolution += self._take
        highs.cbSimplexInterrupt += interrupt
        highs.cbIpmInterrupt += interrupt


class Abandoned(Exception):
    """Signal that a run has not ended in time."""


NOTHING_KNOWN = Solution(Ending.UNKNOWN, None, None, -np.inf)


def known_from(matrices: Matrices, start: FloatArray | None) -> Solution:
    """What is known before a run: the point that it begins from, shape (C,), where there is one."""
    return NOTHING_KNOWN if start is None else replace(NOTHING_KNOWN, x=start, objective=matrices.value(start))


class _Numbers:
    """Costs and bounds of a session as they are now."""

    def __init__(self, matrices: Matrices) -> None:
        self.cost, self.lower, self.upper = matrices.cost.copy(), matrices.lower.copy(), matrices.upper.copy()
        self.row_lower, self.row_upper = matrices.row_lower.copy(), matrices.row_upper.copy()

    def applied_to(self, matrices: Matrices) -> Matrices:
        """Matrices with these numbers."""
        return matrices.with_numbers(
            cost=self.cost.copy(),
            lower=self.lower.copy(),
            upper=self.upper.copy(),
            row_lower=self.row_lower.copy(),
            row_upper=self.row_upper.copy(),
        )


def _finite(value: float) -> float | None:
    return value if abs(value) < highspy.kHighsInf else None


def pass_matrices(highs: Any, matrices: Matrices, *, names: bool = False) -> None:
    """Pass a program to the solver in one call."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrices.rows.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = matrices.cost, matrices.lower, matrices.upper
    lp.row_lower_, lp.row_upper_ = matrices.row_lower, matrices.row_upper
    lp.offset_ = matrices.offset
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrices.rows.indptr
    lp.a_matrix_.index_ = matrices.rows.indices
    lp.a_matrix_.value_ = matrices.rows.data
    if matrices.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(flag)] for flag in matrices.integer]
    if names:
        lp.row_names_, lp.col_names_ = list(matrices.row_names), list(matrices.column_names)
    demand(highs.passModel(lp), "the model")


def _solution(highs: Any, matrices: Matrices) -> Solution:
    """Solution in the solver after a run."""
    ended, info = highs.getModelStatus(), highs.getInfo()
    if ended in BROKEN:
        raise FaultError(f"the solver ends with {highs.modelStatusToString(ended)}, which no plan should")
    status = ENDINGS.get(ended, Ending.UNKNOWN)
    if status is Ending.INFEASIBLE:
        return Solution(status, None, None, -np.inf)
    found = highs.getSolution()
    linear = not matrices.integer.any()
    duals = np.array(found.row_dual, dtype=float) if linear and found.dual_valid else None
    reduced = np.array(found.col_dual, dtype=float) if linear and found.dual_valid else None
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not feasible and status is not Ending.OPTIMAL:
        return Solution(status, None, None, _bound(highs, matrices, duals), duals, reduced)
    x = np.array(found.col_value, dtype=float)
    objective = float(info.objective_function_value)
    bound = objective if linear and status is Ending.OPTIMAL else _bound(highs, matrices, duals)
    at_root = not linear and info.mip_node_count <= ROOT_NODES
    return Solution(status, x, objective, bound, duals, reduced, _finite(bound) if at_root else None)


def _bound(highs: Any, matrices: Matrices, duals: NDArray[np.float64] | None) -> float:
    """Proven bound: of a mixed-integer program the solver's own, of a linear one that of its dual prices."""
    if matrices.integer.any():
        bound = float(highs.getInfo().mip_dual_bound)
        return bound if abs(bound) < highspy.kHighsInf else -np.inf
    return -np.inf if duals is None else dual_bound(matrices, duals)
