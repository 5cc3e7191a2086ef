"""Levers, ranked: what each brings, by solving the instance with it anew, and what one more unit is worth."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from routeplan.errors import FaultError, NoPlan
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.result.result import GAP
from routeplan.runs.outcome import Outcome
from routeplan.schema.column import Table
from routeplan.schema.frames import typed
from routeplan.schema.levers import (
    COSTS,
    EQUAL,
    FAILED,
    LEVERS,
    NOT_SOLVED,
    NOTHING_TO_CHANGE,
    SAVES,
    UNPROVEN,
    WORTH,
)
from routeplan.solver.parameters import (
    is_whole,
    refuse_unless,
    refuse_wrong_gap,
    refuse_wrong_seconds,
    refuse_wrong_workers,
)
from routeplan.why.lever import YEARS, Lever, only_allows_more, with_lever
from routeplan.why.lever_runs import (
    WITHOUT,
    WORTH_OF_LIMITS,
    LeverPlan,
    Search,
    plan_of,
    planned_job,
    run_jobs,
    worth_job,
    worth_of,
)

NO_DIFFERENCE = 1e-3
"""What is proven to differ by less makes no difference [M EUR, or kt]."""

DECIMALS = 6
"""Digits of sums of CO2 that are no rounding."""

MOST_YEARS = 50

OnSolved = Callable[[str, int, int], None]
"""Told of each solve that has ended: its name (a lever, ``without`` or ``worth``), how many have, and of how many."""


@dataclass(frozen=True, eq=False)
class Levers:
    """What each lever brings.

    Parameters
    ----------
    instance : Instance
        The instance without any lever.
    years : int
        Years by which grid and networks come earlier.
    without : LeverPlan
        The plan without any lever.
    levers : DataFrame
        The table `routeplan.schema.levers.LEVERS`: a row for each lever, the largest proven saving first.
    worth : DataFrame
        The table `routeplan.schema.levers.WORTH`; empty too where the relaxation was not solved.
    relaxed : bool
        Whether the linear relaxation was solved.
    stopped : bool
        Whether a Ctrl-C has ended the search before every lever was solved.
    """

    instance: Instance
    years: int
    without: LeverPlan
    levers: pd.DataFrame
    worth: pd.DataFrame
    relaxed: bool
    stopped: bool


def levers(
    instance: Instance,
    *,
    years: int = YEARS,
    gap: float = GAP,
    seconds: float | None = None,
    workers: int | None = None,
    on_solved: OnSolved | None = None,
) -> Levers:
    """Rank what policy can do by what it brings: the instance is planned anew with each lever.

    Each solve has a process and one thread of its own, and the same seed. A Ctrl-C ends them within seconds, and what
    is known by then is handed over; before the plan without any lever is known, it is raised.

    Parameters
    ----------
    instance : Instance
        The instance, under a scenario or not.
    years : int
        Years by which grid, hydrogen and CO2 networks come earlier.
    gap : float
        Gap at which a plan counts as optimal, relative to max(1, abs(objective)).
    seconds : float, optional
        Time of each solve, after which the best plan so far counts [s].
    workers : int, optional
        Solves at a time; as many as there are processor cores when None.
    on_solved : callable, optional
        Told of each solve that has ended.

    Returns
    -------
    Levers
        What each lever brings, and what one more unit of each limit is worth in the linear relaxation.

    Raises
    ------
    UsageError
        When a parameter makes no sense.
    NoPlan
        When there is no plan without any lever, so that nothing can be compared.
    FaultError
        When the solve without any lever breaks down.
    """
    refuse_unless_instance(instance)
    search = _search(years, gap, seconds, workers)
    pulled = {lever: with_lever(instance, lever, years) for lever in Lever}
    ended: dict[str, Outcome] = {}
    stopped = _solved(instance, pulled, search, on_solved, ended)
    without, worth = _plan_without(ended), worth_of(ended.get(WORTH_OF_LIMITS))
    plans = {lever: _plan_with(lever, changed, ended) for lever, changed in pulled.items()}
    looser = {lever for lever, changed in pulled.items() if changed is not None and only_allows_more(instance, changed)}
    return Levers(
        instance=instance,
        years=years,
        without=without,
        levers=_ranked(without, plans, looser),
        worth=typed(WORTH, pd.DataFrame(columns=WORTH.names) if worth is None else worth),
        relaxed=worth is not None,
        stopped=stopped,
    )


def _solved(
    instance: Instance,
    pulled: Mapping[Lever, Instance | None],
    search: Search,
    on_solved: OnSolved | None,
    ended: dict[str, Outcome],
) -> bool:
    """Solve without any lever and with each, put the outcomes into `ended`, and say whether a Ctrl-C has ended it."""
    jobs = [planned_job(lever, changed, search) for lever, changed in pulled.items() if changed is not None]

    def tell(name: str) -> None:
        if on_solved is not None:
            on_solved(name, len(ended), len(jobs) + 2)

    try:
        # First what everything is compared with: without it, nothing is known of any lever.
        first = [planned_job(WITHOUT, instance, search), worth_job(instance, search)]
        run_jobs(first, search.workers, tell, ended)
        _plan_without(ended)
        run_jobs(jobs, search.workers, tell, ended)
    except KeyboardInterrupt:
        if WITHOUT not in ended:
            raise
        return True
    return False


def _search(years: int, gap: float, seconds: float | None, workers: int | None) -> Search:
    """Refuse numbers that make no sense; those of the solves."""
    refuse_unless(is_whole(years) and 1 <= years <= MOST_YEARS, "years", years, f"1 to {MOST_YEARS}, whole")
    refuse_wrong_gap(gap)
    if seconds is not None:
        refuse_wrong_seconds(seconds)
    if workers is not None:
        refuse_wrong_workers(workers)
    return Search(gap, seconds, workers or os.cpu_count() or 1)


def _plan_without(ended: Mapping[str, Outcome]) -> LeverPlan:
    """The plan without any lever, with which all others are compared."""
    plan = plan_of(ended[WITHOUT])
    if plan is None:
        raise FaultError(f"the solve without any lever ended by an error: {ended[WITHOUT].told}")
    if not plan.has_plan:
        raise NoPlan(
            f"without any lever there is no plan to compare with ({plan.status}): {plan.told or 'no reason is known'}"
        )
    return plan


def _plan_with(lever: Lever, changed: Instance | None, ended: Mapping[str, Outcome]) -> LeverPlan:
    if changed is None:
        return LeverPlan(NOTHING_TO_CHANGE)
    if lever not in ended:
        return LeverPlan(NOT_SOLVED)
    return plan_of(ended[lever]) or LeverPlan(FAILED, told=ended[lever].told)


def _ranked(without: LeverPlan, plans: Mapping[Lever, LeverPlan], looser: Collection[Lever]) -> pd.DataFrame:
    """The table of levers, the largest proven saving first, those without a plan behind."""
    rows = [{"lever": str(lever), **_row(without, plan, lever in looser)} for lever, plan in plans.items()]
    table = _table(LEVERS, rows)
    proven = table["finding"].isin((SAVES, COSTS, EQUAL))
    table["rank_co2"] = table["co2"].where(proven).round(DECIMALS).rank(method="min")
    # What is proven orders them: plans that were found may differ by their gaps alone.
    return table.sort_values(["high", "cost"], kind="stable", ignore_index=True)


def _row(without: LeverPlan, plan: LeverPlan, looser: bool) -> dict[str, Any]:
    """What a lever brings: its plan against the one without."""
    known: dict[str, Any] = {"status": plan.status, "told": plan.told, "gap": plan.gap, "seconds": plan.seconds}
    known["finding"] = ""
    if plan.cost is None or without.cost is None:
        return known
    low, high = proven_difference(without, plan, looser)
    return known | {
        "cost": plan.cost - without.cost,
        "low": low,
        "high": high,
        "finding": finding(low, high),
        "co2": plan.co2 - without.co2,
        "co2_last": plan.co2_last - without.co2_last,
        "projects": len(set(_changed_processes(without, plan))),
        "public_money": plan.public_money - without.public_money,
    }


def proven_difference(without: LeverPlan, plan: LeverPlan, looser: bool) -> tuple[float | None, float | None]:
    r"""Least and most by which the optimum with a lever differs from that without; None where nothing is proven.

    .. math:: bound_{with} - objective_{without} \le optimum_{with} - optimum_{without}
              \le objective_{with} - bound_{without}

    What allows more never makes the optimum worse, whatever the plans that were found.

    Parameters
    ----------
    without, plan : LeverPlan
        The plans without and with the lever [M EUR, or kt].
    looser : bool
        Whether the lever only allows more.
    """
    low = None if plan.bound is None or without.objective is None else plan.bound - without.objective
    high = None if plan.objective is None or without.bound is None else plan.objective - without.bound
    if looser:
        high = 0.0 if high is None else min(high, 0.0)
    return low, high


def finding(low: float | None, high: float | None) -> str:
    """What is proven of a difference that lies between two numbers."""
    if low is None or high is None:
        return SAVES if high is not None and high < 0.0 else UNPROVEN
    if max(abs(low), abs(high)) < NO_DIFFERENCE:
        return EQUAL
    return SAVES if high < 0.0 else COSTS if low > 0.0 else UNPROVEN


def _changed_processes(without: LeverPlan, plan: LeverPlan) -> Iterator[str]:
    yield from (process for process, _, _ in without.starts ^ plan.starts)


def _table(declared: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table of the schema, empty cells where they say nothing."""
    return typed(declared, pd.DataFrame(rows, columns=declared.names))
