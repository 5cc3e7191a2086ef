"""Conversion of a method's incumbent to a result: a tidy, checked plan in tables, or a status and its reason."""

from dataclasses import replace

from routeplan.checker.check import verify
from routeplan.errors import FaultError, PlanRejected
from routeplan.instance.impossible import impossible
from routeplan.instance.instance import Instance
from routeplan.instance.options import options_of
from routeplan.model.program import Program
from routeplan.result.plan import PlannedValues, plan_tables
from routeplan.result.result import Record, Result, Status, gap
from routeplan.schema.result_file import FINISHING
from routeplan.solver.solution import Ending
from routeplan.solving.methods import Incumbent, Task
from routeplan.solving.polish import polished
from routeplan.solving.progress import ProgressLog
from routeplan.tolerances import CHECKUP, ROUNDING


def infeasible(instance: Instance, broken: tuple[str, ...], record: Record, progress: ProgressLog) -> Result:
    """Make the result of an instance in which some rows cannot hold whatever is decided."""
    reason = "; ".join([*_from_tables(instance), *broken[:5]])
    return _without_plan(instance, Status.INFEASIBLE, replace(record, reason=reason), progress)


def _from_tables(instance: Instance) -> list[str]:
    """Reasons why there is no plan that the tables alone tell."""
    return [str(problem) for problem in impossible(options_of(instance))[:5]]


def finish(instance: Instance, program: Program, incumbent: Incumbent, record: Record, task: Task) -> Result:
    """Make a result of the incumbent that a method hands over.

    Parameters
    ----------
    instance : Instance
        The instance.
    program : Program
        Its program.
    incumbent : Incumbent
        What the method hands over.
    record : Record
        How the result came about, as far as it is known before.
    task : Task
        What the method was asked.

    Raises
    ------
    PlanRejected
        When the plan checker refuses the plan.
    """
    if incumbent.x is None:
        outcome = Status.INFEASIBLE if incumbent.infeasible else Status.NO_PLAN
        known = _from_tables(instance) if incumbent.infeasible else []
        reason = "; ".join(known) or _why_none(incumbent, record.seconds_asked, task)
        return _without_plan(instance, outcome, replace(record, reason=reason), task.progress)
    task.progress.enter(FINISHING)
    plan = PlannedValues(instance, program, polished(program, incumbent.x, task.limits))
    return _checked(_with_plan(plan, incumbent, record, task))


def _without_plan(instance: Instance, outcome: Status, record: Record, progress: ProgressLog) -> Result:
    """Make a result that is only a status."""
    return Result(instance, outcome, replace(record, seconds=progress.seconds), tables={"progress": progress.table()})


def _with_plan(plan: PlannedValues, incumbent: Incumbent, record: Record, task: Task) -> Result:
    one_stage = plan.program.objective == "cost"
    objective = plan.cost if one_stage else plan.emission_years
    if incumbent.bound > objective + CHECKUP * max(1.0, abs(objective)):
        raise FaultError(
            f"the method {record.method} claims that no plan is below {incumbent.bound:.6g}, and hands over one of "
            f"{objective:.6g}"
        )
    close = incumbent.bound > objective - ROUNDING * max(1.0, abs(objective))
    bound = objective if close else incumbent.bound
    task.progress.record(objective, bound)
    within = gap(objective, bound) <= record.gap_asked
    # Of the least emissions, the second stage must be solved too; of the least cost, the gap says it all.
    outcome = Status.OPTIMAL if within and (incumbent.proven or one_stage) else Status.FEASIBLE
    return Result(
        plan.instance,
        outcome,
        replace(
            record,
            found_by=incumbent.found_by,
            proved_by=incumbent.proved_by,
            seconds=task.progress.seconds,
            reason=_why_wide(incumbent, record.seconds_asked, task) if outcome is Status.FEASIBLE else "",
        ),
        objective,
        bound,
        plan.cost,
        _gap_of_saving(objective, bound, incumbent.baseline),
        plan_tables(plan) | {"progress": task.progress.table()},
    )


def _checked(result: Result) -> Result:
    """The result, once the plan checker has accepted it."""
    violations = verify(result.instance, result)
    if violations:
        raise PlanRejected([str(violation) for violation in violations], result)
    return result


def _gap_of_saving(objective: float, bound: float, baseline: float | None) -> float | None:
    """Gap as a share of the most that a plan may save against doing nothing, where that is possible and dearer."""
    if baseline is None or baseline <= bound + ROUNDING * max(1.0, abs(bound)):
        return None
    return (objective - bound) / (baseline - bound)


LIMITS = {
    Ending.MEMORY_LIMIT: "the solver's limit on memory was reached",
    Ending.ITERATION_LIMIT: "the solver's limit on iterations was reached",
    Ending.NODE_LIMIT: "the solver's limit on nodes was reached",
}
"""Endings that a user has asked for by the solver's options."""


def _why_none(incumbent: Incumbent, seconds: float | None, task: Task) -> str:
    """Reason why there is no plan, in words."""
    if incumbent.infeasible:
        return "the solver proved that no plan obeys every row; `routeplan shortfall` tells what is missing"
    if task.stop():
        return "the search was stopped by the user before a plan was found"
    if incumbent.ended in LIMITS:
        return f"{LIMITS[incumbent.ended]} before a plan was found"
    if incumbent.ended is Ending.TIME_LIMIT and seconds is not None:
        return f"no plan was found within {seconds:g} seconds"
    return "the solver ended without a plan, and without a proof that there is none"


def _why_wide(incumbent: Incumbent, seconds: float | None, task: Task) -> str:
    """Reason why the gap of a plan is wider than was asked, in words."""
    if task.stop():
        return "the search was stopped by the user before it reached the gap that was asked"
    if incumbent.ended in LIMITS:
        return f"{LIMITS[incumbent.ended]} before the gap that was asked"
    if incumbent.ended is Ending.TIME_LIMIT and seconds is not None:
        return f"the gap that was asked was not reached within {seconds:g} seconds"
    return "the solver ended before it reached the gap that was asked"
