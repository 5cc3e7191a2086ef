"""Doing nothing: every process stays on its current option, nothing is built, and what that costs."""

import numpy as np
import pandas as pd

from routeplan.checker.costs import all_terms
from routeplan.checker.form import PLAN_TABLES
from routeplan.checker.lookup import positions
from routeplan.checker.plan import OPTION, Plan
from routeplan.checker.supply import limited_commodities
from routeplan.result.result import Result, Status


def doing_nothing(plan: Plan) -> Plan:
    """Make the plan in which every process runs its current option and nothing is built or bought."""
    nothing = {name: plan.result[name][:0] for name in PLAN_TABLES}
    current, periods = np.flatnonzero(plan.is_current), plan.horizon.first
    runs = plan.options[OPTION].iloc[np.repeat(current, len(periods))].assign(period=np.tile(periods, len(current)))
    runs = runs.reset_index(drop=True)[nothing["runs"].columns]
    result = Result(plan.instance, Status.FEASIBLE, plan.result.record, tables=nothing | {"runs": runs})
    return Plan(plan.instance, result)


def may_stay(plan: Plan) -> bool:
    """Whether every process may run its current option throughout, and none is decided otherwise."""
    years = (plan.too_early | plan.too_late)[plan.is_current]
    decided = plan.instance["decided"]
    decided = decided[decided["decision"] == "runs"]
    option = positions(decided, ["item", "choice"], plan.option_index)
    return not years.any() and bool((decided["value"] == plan.is_current[option]).all())


def leaves_choices(nothing: Plan) -> bool:
    """Whether doing nothing leaves a choice, of where to buy or what to build, on which its cost depends."""
    columns = ["hydrogen", "captured", *limited_commodities(nothing)]
    decided = nothing.instance["decided"]
    built = decided[(decided["decision"] != "runs") & (decided["value"] == 1)]
    return bool(nothing.running[columns].to_numpy(float).any()) or len(built) > 0


def costs_of(plan: Plan) -> pd.DataFrame:
    """Compute a plan's terms of the cost anew, in the form of the table ``costs``."""
    terms, periods = all_terms(plan), plan.horizon.first
    rows = [
        pd.DataFrame(
            {"term": term, "period": periods, "cost": booked.mean.sum(axis=0), "discounted": booked.discounted[0]}
        )
        for term, booked in terms.items()
    ]
    return pd.concat(rows, ignore_index=True)
