"""One search for a plan: stages of HiGHS on the whole model, and what is made of their answers."""

import threading
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from routeplan import highs
from routeplan.highs import Answer, Effort, Outcome
from routeplan.horizon import FloatArray
from routeplan.instance import Instance
from routeplan.matrices import Matrices
from routeplan.model.compile import Compiled
from routeplan.plan import Plan, plan_tables, tidy_plan
from routeplan.result import Record, Result, Status, gap
from routeplan.schema.results import TOLERANCE
from routeplan.solving.progress import Diary
from routeplan.solving.tighten import tightened

ROUNDING = 1e-9
"""An objective and a bound this close, relatively, are the same number."""

STAY = "stay"
"""The stage in which every process stays on its current option."""


def without_plan(instance: Instance, status: Status, record: Record, diary: Diary) -> Result:
    """Make a result that is only a status."""
    return Result(instance, status, replace(record, seconds=diary.seconds), tables={"progress": diary.table()})


@dataclass(frozen=True)
class Found:
    """What a stage ends with.

    Parameters
    ----------
    x : FloatArray, optional
        Best point.
    bound : float
        What no point can be below.
    nothing : float, optional
        Objective of doing nothing; None where that cannot be.
    proven : bool
        Whether the point is within the gap asked.
    infeasible : bool
        Whether there is no point at all.
    by, bound_by : str, optional
        Stage that found the point, and stage that proved the bound.
    """

    x: FloatArray | None
    bound: float
    nothing: float | None = None
    proven: bool = False
    infeasible: bool = False
    by: str = ""
    bound_by: str | None = None


@dataclass(frozen=True)
class Search:
    """A search for the best plan of one compiled model.

    Parameters
    ----------
    compiled : Compiled
        The model and its matrices.
    effort : Effort
        What it may take.
    diary : Diary
        What is known when.
    stop : Event
        Set when the user wants to stop.
    """

    compiled: Compiled
    effort: Effort
    diary: Diary
    stop: threading.Event

    @property
    def instance(self) -> Instance:
        """The instance that is planned."""
        return self.compiled.model.instance

    def find(self) -> Found:
        """Search for the best point of the instance's objective."""
        return self._least_emissions() if self.instance.settings.objective == "emissions" else self._least_cost()

    def result(self, found: Found, record: Record) -> Result:
        """Make a result of what is found: a tidy plan, or a status and the reason for it."""
        if found.x is None:
            status = Status.INFEASIBLE if found.infeasible else Status.NO_PLAN
            reason = self._why_none(status, record.seconds_asked)
            return without_plan(self.instance, status, replace(record, reason=reason), self.diary)
        self.diary.enter("tidy")
        return self._result(found, self._tidied(found.x), record)

    def _why_none(self, status: Status, seconds: float | None) -> str:
        """Say in words why there is no plan."""
        if status is Status.INFEASIBLE:
            return "the solver proved that no plan obeys every row; which rows conflict is not known"
        if self.stop.is_set():
            return "the search was stopped by the user before a plan was found"
        if seconds is not None:
            return f"no plan was found within {seconds:g} seconds"
        return "the solver ended without a plan, and without a proof that there is none"

    def _why_wide(self, seconds: float | None) -> str:
        """Say in words why a plan is not proven to be as good as was asked."""
        if self.stop.is_set():
            return "the search was stopped by the user before it reached the gap that was asked"
        if seconds is not None:
            return f"the gap that was asked was not reached within {seconds:g} seconds"
        return "the solver ended before it reached the gap that was asked"

    def _least_cost(self) -> Found:
        return self._stage("cost", self.compiled.matrices)

    def _least_emissions(self) -> Found:
        """First the least emissions, then the least cost among the plans that reach them."""
        matrices, emissions = self.compiled.matrices, self.compiled.emissions
        first = self._stage("emissions", matrices.with_objective(emissions))
        if first.x is None:
            return first
        least = float(emissions @ first.x)
        slack = TOLERANCE * max(1.0, abs(least))
        capped = matrices.with_rows(sparse.csr_array(emissions.reshape(1, -1)), np.array([least + slack]))
        self.diary.enter("cost of least emissions")
        outcome = self._run(self._tightened(capped), start=first.x)
        proven = first.proven and outcome.answer is Answer.OPTIMAL
        if outcome.x is None:
            return replace(first, proven=proven, nothing=None)
        return replace(first, x=outcome.x, proven=proven, nothing=None, by=self.diary.stage)

    def _stage(self, name: str, problem: Matrices) -> Found:
        """Solve a whole problem; staying on the current options is the plan to beat."""
        self.diary.enter(name)
        stay = self._stay(problem)
        nothing = None if stay.x is None else problem.value(stay.x)
        outcome = self._run(self._tightened(problem))
        trivial = _trivial_bound(problem)
        bound, bound_by = (outcome.bound, name) if outcome.bound > trivial else (trivial, None)
        # Only its least cost says what doing nothing costs.
        least = nothing if stay.answer is Answer.OPTIMAL else None
        done = outcome.answer is Answer.OPTIMAL
        if nothing is not None and (outcome.x is None or nothing < problem.value(outcome.x)):
            # A plan is known: an answer "infeasible" proves nothing, and neither does a bound above that plan.
            right = outcome.bound <= nothing + TOLERANCE * max(1.0, abs(nothing))
            proof = (bound, bound_by) if right else (trivial, None)
            return Found(stay.x, proof[0], least, right and done, by=STAY, bound_by=proof[1])
        infeasible = outcome.answer is Answer.INFEASIBLE
        return Found(outcome.x, bound, least, done, infeasible, by=name, bound_by=bound_by)

    def _tightened(self, problem: Matrices) -> Matrices:
        return tightened(self.compiled, problem, replace(self.effort, log=None), self.stop)

    def _run(self, problem: Matrices, start: FloatArray | None = None) -> Outcome:
        return highs.run(problem, self.effort, stop=self.stop, known=self.diary.known, start=start)

    def _stay(self, problem: Matrices) -> Outcome:
        """Find the best point in which every process stays on its current option, where that can be."""
        if self._decided_to_move():
            return Outcome(Answer.INFEASIBLE, None, None, -np.inf)
        current = self.compiled.model.decisions["runs"]["current"].to_numpy(float)
        lower, upper = self.compiled.bounds_fixing("runs", current)
        fixed = replace(problem, lower=lower, upper=upper)
        return highs.run(fixed, replace(self.effort, log=None, gap=0.0), stop=self.stop)

    def _decided_to_move(self) -> bool:
        """Whether the table ``decided`` moves a process off its current option."""
        decided = self.instance["decided"].query("decision == 'runs'")
        options = self.instance["options"][["process", "route", "current"]]
        known = decided.merge(options, left_on=["item", "choice"], right_on=["process", "route"])
        return bool((known["value"] != known["current"]).any())

    def _tidied(self, x: FloatArray) -> Plan:
        """Fix whole numbers, solve for the rest again, and drop the solver's dust."""
        matrices = self.compiled.matrices
        exact = highs.run(matrices.with_fixed(matrices.whole, x), Effort(seed=self.effort.seed))
        return tidy_plan(self.compiled.model, self.compiled.decided(x if exact.x is None else exact.x))

    def _result(self, found: Found, plan: Plan, record: Record) -> Result:
        objective = plan.cost if self.instance.settings.objective == "cost" else plan.emission_years
        close = found.bound > objective - ROUNDING * max(1.0, abs(objective))
        bound = objective if close else found.bound
        self.diary.known(objective, bound)
        within = gap(objective, bound) <= record.gap_asked
        # Of the least emissions, the second stage must be solved too; of the least cost, the gap says it all.
        second = found.proven or self.instance.settings.objective == "cost"
        status = Status.OPTIMAL if within and second else Status.FEASIBLE
        reason = self._why_wide(record.seconds_asked) if status is Status.FEASIBLE else ""
        return Result(
            self.instance,
            status,
            replace(record, found_by=found.by, proved_by=found.bound_by, seconds=self.diary.seconds, reason=reason),
            objective,
            bound,
            plan.cost,
            _gap_of_saving(objective, bound, found.nothing),
            plan_tables(plan) | {"progress": self.diary.table()},
        )


def _gap_of_saving(objective: float, bound: float, nothing: float | None) -> float | None:
    """Gap as a share of what the best plan may save against doing nothing, where that is possible and dearer."""
    if nothing is None or nothing <= bound + ROUNDING * max(1.0, abs(bound)):
        return None
    return (objective - bound) / (nothing - bound)


def _trivial_bound(problem: Matrices) -> float:
    """What no point within the columns' bounds can be below."""
    return float(np.minimum(problem.cost * problem.lower, problem.cost * problem.upper).sum() + problem.offset)
