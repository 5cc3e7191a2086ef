"""HiGHS behind the contract."""

import threading
from collections.abc import Mapping
from typing import Any

import highspy
import numpy as np

from routeplan.bench.solvers.on_files import FileRun, Given, StartingSolver
from routeplan.bench.solvers.outcome import Claim, Outcome, decided
from routeplan.bench.solvers.trajectory import Trajectory, finite
from routeplan.instance.horizon import FloatArray
from routeplan.solver.options import checked_options, demand
from routeplan.solver.silence import new_solver
from routeplan.solver.solution import ROOT_NODES, Option
from routeplan.solver.user_scale import UserScale

CLAIMS = {
    highspy.HighsModelStatus.kOptimal: Claim.COMPLETE,
    highspy.HighsModelStatus.kModelEmpty: Claim.COMPLETE,
    highspy.HighsModelStatus.kInfeasible: Claim.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Claim.UNBOUNDED,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Claim.UNDECIDED,
    highspy.HighsModelStatus.kTimeLimit: Claim.LIMIT,
    highspy.HighsModelStatus.kInterrupt: Claim.LIMIT,
    highspy.HighsModelStatus.kMemoryLimit: Claim.LIMIT,
    highspy.HighsModelStatus.kIterationLimit: Claim.LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: Claim.LIMIT,
    highspy.HighsModelStatus.kObjectiveBound: Claim.LIMIT,
    highspy.HighsModelStatus.kObjectiveTarget: Claim.LIMIT,
    highspy.HighsModelStatus.kUnknown: Claim.LIMIT,
}
"""What the endings of HiGHS mean; any other is a failure."""


class Highs(StartingSolver):
    """HiGHS, as it comes: without what routeplan switches off for its own programmes."""

    name = "highs"
    publishable = True
    package = "highspy"

    def version(self) -> str:
        """Version of HiGHS."""
        return str(new_solver().version())

    def check_options(self, options: Mapping[str, Option]) -> dict[str, Option]:
        """Options by HiGHS' names, checked by HiGHS."""
        return checked_options(options)

    def run_of(self, given: Given) -> "_HighsRun":
        """A run of HiGHS."""
        return _HighsRun(given)


class _HighsRun(FileRun):
    """A run of HiGHS."""

    def __init__(self, given: Given) -> None:
        super().__init__(given)
        self._interrupted = threading.Event()

    def interrupt(self) -> None:
        """Ask HiGHS to end, which it hears in its callbacks."""
        self._interrupted.set()

    def solve(self) -> Outcome:
        """Solve the file, once more without costs when HiGHS cannot tell infeasible from unbounded."""
        try:
            highs = self._begin(self._trajectory)
            if self._start is not None:
                columns = np.arange(len(self._start), dtype=np.int32)
                demand(highs.setSolution(len(columns), columns, self._start), "the point to begin from")
            highs.run()
            outcome = _outcome(highs)
            return self._decided(outcome) if outcome.claim is Claim.UNDECIDED else outcome
        finally:
            # The solver's threads belong to the thread that has made them.
            highspy.Highs.resetGlobalScheduler(True)

    def _decided(self, undecided: Outcome) -> Outcome:
        highs = self._begin(Trajectory())
        columns = np.arange(highs.getNumCol(), dtype=np.int32)
        demand(highs.changeColsCost(len(columns), columns, np.zeros(len(columns))), "no costs")
        highs.run()
        return decided(_outcome(highs).claim, undecided.raw)

    def _begin(self, trajectory: Trajectory) -> Any:
        highs = new_solver()
        for name, value in self._chosen().items():
            demand(highs.setOptionValue(name, value), f"option {name} = {value}")
        demand(highs.readModel(str(self._mps)), f"the file {self._mps.name}")
        left = max(0.0, self._budget.seconds - self._trajectory.elapsed)
        demand(highs.setOptionValue("time_limit", left), "its time limit")
        self._listen(highs, trajectory)
        return highs

    def _chosen(self) -> dict[str, Option]:
        """Options of the run but its time; both gaps, so that they count relative to max(1, abs(objective))."""
        threads = self._budget.threads
        return {
            "output_flag": False,
            "mip_rel_gap": self._budget.gap,
            "mip_abs_gap": UserScale.of(self._options).absolute(self._budget.gap),
            "random_seed": self._budget.seed,
            "threads": threads,
            "parallel": "on" if threads > 1 else "off",
        } | dict(self._options)

    def _listen(self, highs: Any, trajectory: Trajectory) -> None:
        scale = UserScale.of(self._options)
        integer = np.array(
            [kind != highspy.HighsVarType.kContinuous for kind in highs.getLp().integrality_], dtype=bool
        )

        def interrupt(event: Any) -> None:
            if self._interrupted.is_set():
                event.interrupt()

        def learn(event: Any) -> None:
            told = event.data_out
            trajectory.proved(scale.value(told.mip_dual_bound), at_root=told.mip_node_count <= ROOT_NODES)
            interrupt(event)

        def keep(event: Any) -> None:
            point = scale.point(np.array(event.data_out.mip_solution, dtype=float), integer)
            trajectory.found(scale.value(event.data_out.objective_function_value), point)

        highs.cbMipInterrupt += learn
        highs.cbMipImprovingSolution += keep
        highs.cbSimplexInterrupt += interrupt
        highs.cbIpmInterrupt += interrupt


def _outcome(highs: Any) -> Outcome:
    ended, info = highs.getModelStatus(), highs.getInfo()
    claim = CLAIMS.get(ended, Claim.FAILED)
    x = _point(highs, info) if claim in (Claim.COMPLETE, Claim.LIMIT) else None
    objective = None if x is None else float(info.objective_function_value)
    mixed = bool(list(highs.getLp().integrality_))
    bound = finite(info.mip_dual_bound) if mixed else objective if claim is Claim.COMPLETE else None
    return Outcome(
        claim=claim,
        raw=str(highs.modelStatusToString(ended)),
        x=x,
        objective=objective,
        bound=bound,
        nodes=int(info.mip_node_count) if mixed else None,
        iterations=int(info.simplex_iteration_count),
        root_bound=bound if mixed and info.mip_node_count <= ROOT_NODES else None,
    )


def _point(highs: Any, info: Any) -> FloatArray | None:
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return np.array(highs.getSolution().col_value, dtype=float) if feasible else None
