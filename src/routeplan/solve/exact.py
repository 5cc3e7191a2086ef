"""The exact method: the whole model, handed to HiGHS once, with proof.

Up to about 60 sites nothing does better.
"""

import os
import platform
import threading
from dataclasses import dataclass, replace
from importlib.metadata import version as installed_version
from pathlib import Path

import numpy as np

from routeplan import highs
from routeplan.errors import PlanRejected, UsageError
from routeplan.highs import Answer, Effort, Outcome
from routeplan.horizon import FloatArray
from routeplan.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import Compiled, compile_model
from routeplan.model.family import TOLERANCE
from routeplan.plan import Plan, plan_tables, tidy_plan
from routeplan.result import Record, Result, Status, gap
from routeplan.solve.interrupt import stop_on_interrupt
from routeplan.solve.progress import Diary, OnProgress
from routeplan.verify.verify import verify
from routeplan.version import __version__

ROUNDING = 1e-9
"""An objective and a bound this close, relatively, are the same number."""


def solve(
    instance: Instance,
    *,
    gap: float = 1e-4,
    seconds: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    log: Path | str | None = None,
    mps: Path | str | None = None,
) -> Result:
    """Find the best plan of an instance, and prove how good it is.

    Parameters
    ----------
    instance : Instance
        The instance.
    gap : float
        Gap at which a plan counts as optimal, relative to max(1, abs(objective)).
    seconds : float, optional
        Time after which the best plan so far is handed over with its bound; Ctrl-C does the same.
    threads : int, optional
        Threads of the solver; its own choice when None.
    seed : int
        Random seed of the solver.
    on_progress : callable, optional
        Told of each new incumbent and bound.
    log : path, optional
        File for the solver's log.
    mps : path, optional
        File to which the model is exported, with readable names.

    Returns
    -------
    Result
        A plan with objective, bound and gap, checked against the instance's tables; or a status without plan.

    Raises
    ------
    UsageError
        When a parameter makes no sense.
    PlanRejected
        When the plan checker refuses the plan: a fault of ours.
    """
    _check_parameters(gap, seconds, threads, seed)
    diary = Diary(on_progress)
    deadline = diary.begun + seconds if seconds is not None else float("inf")
    effort = Effort(gap, deadline, threads, seed, Path(log) if log is not None else None)
    record = Record(
        "exact", gap_asked=gap, seconds_asked=seconds, threads=threads, seed=seed, versions=versions(), machine=machine()
    )
    diary.enter("build")
    model = build(instance)
    if model.broken:
        reason = "; ".join(model.broken[:5])
        return _without_plan(instance, Status.INFEASIBLE, replace(record, reason=reason), diary)
    compiled = compile_model(model)
    if mps is not None:
        highs.write_model(compiled.matrices, Path(mps))
    with stop_on_interrupt() as stop:
        search = _Search(compiled, effort, diary, stop)
        return _checked(search.result(record))


def _check_parameters(gap: float, seconds: float | None, threads: int | None, seed: int) -> None:
    """Refuse numbers that make no sense."""
    if not 0.0 <= gap < float("inf"):
        raise UsageError(f"gap is {gap}; allowed: 0 or more")
    if seconds is not None and not seconds > 0.0:
        raise UsageError(f"seconds is {seconds}; allowed: more than 0")
    if threads is not None and threads < 1:
        raise UsageError(f"threads is {threads}; allowed: 1 or more")
    if not 0 <= seed < 2**31:
        raise UsageError(f"seed is {seed}; allowed: 0 to {2**31 - 1}")


def versions() -> dict[str, str]:
    """Versions of what made a result."""
    return {
        "routeplan": __version__,
        "highspy": installed_version("highspy"),
        "pyomo": installed_version("pyomo"),
        "python": platform.python_version(),
    }


def machine() -> str:
    """What a result was made on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def _without_plan(instance: Instance, status: Status, record: Record, diary: Diary) -> Result:
    """A result that is only a status."""
    return Result(instance, status, replace(record, seconds=diary.seconds), tables={"progress": diary.table()})


def _checked(result: Result) -> Result:
    """The result, once the plan checker has found nothing against it."""
    violations = verify(result.instance, result)
    if violations:
        raise PlanRejected([str(violation) for violation in violations], result)
    return result


@dataclass(frozen=True)
class _Found:
    """Best point of a stage, the bound proven there, and who found it."""

    x: FloatArray | None
    bound: float
    proven: bool
    infeasible: bool = False
    found_by: str = "highs"


@dataclass(frozen=True)
class _Search:
    compiled: Compiled
    effort: Effort
    diary: Diary
    stop: threading.Event

    @property
    def instance(self) -> Instance:
        return self.compiled.model.instance

    def result(self, record: Record) -> Result:
        """Solve for the instance's objective, and tidy what comes out."""
        if self.instance.settings.objective == "emissions":
            return self._least_emissions(record)
        found = self._stage("cost")
        return self._finish(found, found.bound, found.proven, record)

    def _least_emissions(self, record: Record) -> Result:
        """First the least emissions, then the least cost among the plans that reach them."""
        matrices = self.compiled.matrices
        first = self._stage("emissions")
        if first.x is None:
            return self._finish(first, first.bound, first.proven, record)
        least = float(self.compiled.emissions @ first.x)
        row = matrices.with_row(self.compiled.emissions, least + TOLERANCE * max(1.0, abs(least)), "least_emissions")
        self.diary.enter("cost of least emissions")
        outcome = self._run(row, start=first.x)
        second = replace(first, x=first.x if outcome.x is None else outcome.x)
        proven = first.proven and outcome.answer is Answer.OPTIMAL
        return self._finish(second, first.bound, proven, record)

    def _stage(self, name: str) -> _Found:
        """Solve the whole model for one objective; staying on the current options is the plan to beat."""
        self.diary.enter(name)
        problem = self._problem(name)
        stay = self.stay(name)
        outcome = self._run(problem)
        bound = max(outcome.bound, _trivial_bound(problem))
        if outcome.answer is Answer.INFEASIBLE and stay is None:
            return _Found(None, bound, proven=False, infeasible=True)
        better = stay is not None and (outcome.x is None or problem.value(stay) < problem.value(outcome.x))
        if better:
            return _Found(stay, bound, proven=False, found_by="staying as it is")
        return _Found(outcome.x, bound, outcome.answer is Answer.OPTIMAL)

    def _problem(self, name: str) -> highs.Matrices:
        matrices = self.compiled.matrices
        return matrices if name == "cost" else matrices.with_objective(self.compiled.emissions)

    def _run(self, problem: highs.Matrices, start: FloatArray | None = None) -> Outcome:
        return highs.run(problem, self.effort, stop=self.stop, known=self.diary.known, start=start)

    def stay(self, name: str) -> FloatArray | None:
        """The best point in which every process stays on its current option; None where that cannot be."""
        decided = self.instance["decided"]
        runs = self.compiled.model.decisions["runs"]
        current = (runs["current"] == 1).to_numpy(float)
        kept = decided[decided["decision"] == "runs"].merge(
            runs[["process", "route", "current"]].drop_duplicates(), left_on=["item", "choice"], right_on=["process", "route"]
        )
        if (kept["value"] != kept["current"]).any():
            return None
        lower, upper = self.compiled.fixed_columns("runs", current)
        fixed = replace(self._problem(name), lower=lower, upper=upper)
        return highs.run(fixed, replace(self.effort, log=None), stop=self.stop).x

    def _finish(self, found: _Found, bound: float, proven: bool, record: Record) -> Result:
        if found.x is None:
            status = Status.INFEASIBLE if found.infeasible else Status.NO_PLAN
            return _without_plan(self.instance, status, record, self.diary)
        self.diary.enter("tidy")
        plan = self._tidied(found.x)
        objective = plan.cost if self.instance.settings.objective == "cost" else plan.emission_years
        if bound > objective - ROUNDING * max(1.0, abs(objective)):
            bound = objective
        status = Status.OPTIMAL if proven and gap(objective, bound) <= record.gap_asked else Status.FEASIBLE
        self.diary.known(objective, bound)
        return Result(
            self.instance,
            status,
            replace(record, found_by=found.found_by, proved_by="highs", seconds=self.diary.seconds),
            objective,
            bound,
            plan.cost,
            self._gap_of_saving(objective, bound),
            plan_tables(plan) | {"progress": self.diary.table()},
        )

    def _tidied(self, x: FloatArray) -> Plan:
        """Fix whole numbers, solve for the rest again, and drop the solver's dust."""
        matrices = self.compiled.matrices
        exact = highs.run(matrices.with_fixed(matrices.whole, x), Effort(seed=self.effort.seed))
        return tidy_plan(self.compiled.model, self.compiled.decided(x if exact.x is None else exact.x))

    def _gap_of_saving(self, objective: float, bound: float) -> float | None:
        """Gap as a share of what the plan saves against doing nothing, where that is possible and dearer."""
        if self.instance.settings.objective != "cost":
            return None
        stay = self.stay("cost")
        if stay is None:
            return None
        nothing = self.compiled.matrices.value(stay)
        return (objective - bound) / (nothing - bound) if nothing > bound + ROUNDING * max(1.0, abs(bound)) else None


def _trivial_bound(problem: highs.Matrices) -> float:
    """What no point within the columns' bounds can be below."""
    return float(np.minimum(problem.cost * problem.lower, problem.cost * problem.upper).sum() + problem.offset)
