"""Tables of a comparison of hub designs."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from routeplan.hubs.allowed import allows_all
from routeplan.hubs.apply import Presence
from routeplan.hubs.compare import Case, Comparison, why_none
from routeplan.hubs.design import Design
from routeplan.hubs.idle import public_part, stranded_cost
from routeplan.hubs.missing import Missing, missing_told
from routeplan.hubs.payers import Payers
from routeplan.hubs.saving import Coalition, Saving
from routeplan.hubs.users import users_of
from routeplan.language.language import Language, Words
from routeplan.result.result import Result, Status
from routeplan.result.shared_costs import open_hubs
from routeplan.result.summary import emitted_in_all
from routeplan.schema.column import Table
from routeplan.schema.frames import typed
from routeplan.schema.hubs import COSTS, HUB_TABLES, KEYS, NO_PLAN, SAVES, SHAPLEY, UNPROVEN
from routeplan.tolerances import FEASIBILITY

Row = dict[str, Any]

ASKED = ["area", "period", "firm", "total"]

Coalitions = Mapping[str, Mapping[Coalition, Saving]]
"""What coalitions save, by the name of the design."""


def hub_tables(
    found: Comparison,
    coalitions: Coalitions | None = None,
    missing: Missing | None = None,
    paid: Sequence[Payers] = (),
) -> dict[str, pd.DataFrame]:
    """Make the tables of `routeplan.schema.hubs`.

    Parameters
    ----------
    found : Comparison
        The plans.
    coalitions : mapping, optional
        What coalitions of users save with each design.
    missing : mapping, optional
        What `missing_in` finds; without it the tables tell why a solve has found no plan.
    paid : sequence of Payers, optional
        Who pays what of designs.

    Returns
    -------
    dict of str to DataFrame
        By name: ``designs``, ``by_term``, ``by_period``, ``by_area``, ``users``, ``late_users``, ``coalitions``,
        ``payers``, ``in_core``.
    """
    late_users = _users_of_late(found)
    rows = {
        "designs": [
            _compared(found, case, missing or {}) | _borne(found, case, late_users) for case in _in_order(found)
        ],
        "by_term": [row for name, plan in found.forced.items() for row in _by_term(name, found.without, plan)],
        "by_period": [row for each in found.designs for row in _by_period(each, found)],
        "by_area": [row for name, plan in found.forced.items() for row in _by_area(name, found.without, plan)],
        "users": [row for name, users in found.users.items() for row in _users(name, users)],
        "late_users": [row for case, users in late_users.items() for row in _late_users(case, users)],
        "coalitions": list(_coalitions(coalitions or {}, found.users)),
        "payers": [row for each in paid for row in _paid(each)],
        "in_core": [row for each in paid for row in _in_core(each)],
    }
    return {name: _typed(table, rows[name]) for name, table in HUB_TABLES.items()}


def _typed(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as a table."""
    return typed(table, pd.DataFrame(rows, columns=table.names))


def saving_of(found: Comparison, case: Case) -> tuple[float, float] | None:
    """Least and most that a design saves against the plan without any in the same world, proven; None without plans."""
    plan, without = found.plans.get(case), found.plans.get(case.without)
    if plan is None or without is None or not (plan.status.has_plan and without.status.has_plan):
        return None
    below, above = _bound(without), _bound(plan)
    if case.presence is Presence.FORCED and not case.late:
        # What is forced is allowed where it is optional: no plan with it is below the bound of that.
        above = max(above, _bound(found.plans.get(replace(case, presence=Presence.OPTIONAL))))
    low, high = below - float(plan.objective or 0.0), float(without.objective or 0.0) - above
    if allows_all(found.instance, found.named[case.design], case.presence):
        low = max(low, min(high, 0.0))  # a bound that says otherwise by more than tolerances is not hidden
    return low, high


def _bound(plan: Result | None) -> float:
    return -math.inf if plan is None or plan.bound is None else plan.bound


def _in_order(found: Comparison) -> Iterator[Case]:
    order = [design.name for design in found.designs]
    cases = [case for case in found.plans if case.design]
    yield from sorted(cases, key=lambda case: (order.index(case.design), case.late or "", case.years, case.presence))


def _compared(found: Comparison, case: Case, missing: Missing) -> Row:
    plan, without = found.plans[case], found.plans.get(case.without)
    row: Row = {
        "design": case.design,
        "presence": str(case.presence),
        "late": str(case.late or ""),
        "years": case.years,
        "status": str(plan.status),
        "without": str(without.status) if without is not None else "",
        "told": _told(found, case, missing),
        "told_nl": _missing_told(found, case, missing, Language.DUTCH),
    }
    saving = saving_of(found, case)
    if saving is None or without is None:
        none = Status.INFEASIBLE in (plan.status, without and without.status)
        return row | {"finding": NO_PLAN if none else UNPROVEN}
    return row | {
        "finding": _finding(*saving),
        **_proven(*saving),
        "saves_found": float(without.objective or 0.0) - float(plan.objective or 0.0),
        "cost": plan.cost,
        "avoided": emitted_in_all(without) - emitted_in_all(plan),
        "public_money": float(plan["grants"]["amount"].sum() - without["grants"]["amount"].sum()),
    }


def _users_of_late(found: Comparison) -> dict[Case, pd.DataFrame]:
    """Who uses each design in the plans in which something is late."""
    late = [case for case in _in_order(found) if case.late and found.plans[case].status.has_plan]
    return {case: users_of(found.plans[case], found.named[case.design]) for case in late}


def _borne(found: Comparison, case: Case, late_users: Mapping[Case, pd.DataFrame]) -> Row:
    """What of the cost of a design the public bears, what is paid while nobody uses it, and how many use it late."""
    plan = found.plans[case]
    if not plan.status.has_plan:
        return {}
    design, users = found.named[case.design], late_users.get(case)
    return {
        "public_part": public_part(plan, design),
        "stranded": stranded_cost(plan, design),
        "late_users": np.nan if users is None else users["site"].nunique(),
    }


def _told(found: Comparison, case: Case, missing: Missing) -> str:
    """What is missing with the design, or else without it; of what is not known, why not."""
    lacking = _without_plan(found, case)
    return _missing_told(found, case, missing, Language.ENGLISH) or ("" if lacking is None else why_none(lacking[1]))


def _missing_told(found: Comparison, case: Case, missing: Missing, language: Language) -> str:
    """What is missing with the design, or else without it; empty where that is not known."""
    lacking = _without_plan(found, case)
    known = None if lacking is None else missing.get(lacking[0])
    return "" if known is None else " ".join(missing_told(known, Words(language)))


def _without_plan(found: Comparison, case: Case) -> tuple[Case, Result] | None:
    """The case itself where it has no plan, or else that without the design."""
    both = [(each, found.plans[each]) for each in (case, case.without) if each in found.plans]
    return next(((each, plan) for each, plan in both if not plan.status.has_plan), None)


def _finding(low: float, high: float) -> str:
    return SAVES if low > 0.0 else COSTS if high < 0.0 else UNPROVEN


def _proven(low: float, high: float) -> Row:
    """Both ends, where they are."""
    return {
        "saves_low": low if math.isfinite(low) else np.nan,
        "saves_high": high if math.isfinite(high) else np.nan,
    }


def _by_term(design: str, without: Result, plan: Result) -> Iterator[Row]:
    one, two = (each["costs"].groupby("term", sort=False)["discounted"].sum() for each in (without, plan))
    for term in dict.fromkeys([*one.index, *two.index]):
        yield {"design": design, "term": term, "without": one.get(term, 0.0), "with": two.get(term, 0.0)}


def _by_period(design: Design, found: Comparison) -> Iterator[Row]:
    plan = found.forced.get(design.name)
    if plan is None:
        return
    amounts: dict[str, pd.Series[float]] = {}
    for name, each, of_hubs in (("without", found.without, "_without"), ("with", plan, "")):
        amounts[f"co2_{name}"] = each["emissions"].groupby("period")["emissions"].sum()
        asked = each["requests"].groupby("period")[["request", "connection"]].sum()
        amounts[f"firm_{name}"], amounts[f"total_{name}"] = asked["request"], asked["connection"]
        # Of all hubs: one that the design displaces frees its capacity.
        by_hubs = _asked_by_hubs(each).groupby("period")[["firm", "total"]].sum()
        amounts[f"hub_firm{of_hubs}"], amounts[f"hub_total{of_hubs}"] = by_hubs["firm"], by_hubs["total"]
    for first in map(int, plan.instance.horizon.first):
        yield {"design": design.name, "period": first} | {name: each.get(first, 0.0) for name, each in amounts.items()}


def _asked_by_hubs(plan: Result) -> pd.DataFrame:
    """Grid capacity of each open hub: ``area``, ``period``, ``firm`` and ``total`` [MW]."""
    hubs = open_hubs(plan)
    return hubs.assign(firm=hubs["firm_capacity"], total=hubs["firm_capacity"] + hubs["flexible_capacity"])[ASKED]


def _asked_by_area(plan: Result) -> pd.DataFrame:
    """New grid capacity that contracts and hubs ask for, by ``area`` and ``period``: ``firm`` and ``total`` [MW]."""
    areas = plan.instance["sites"].groupby("contract")["area"].first()
    asked = plan["requests"].rename(columns={"request": "firm", "connection": "total"})
    both = pd.concat([asked.assign(area=asked["contract"].map(areas))[ASKED], _asked_by_hubs(plan)])
    return both.groupby(["area", "period"])[["firm", "total"]].sum()


def _by_area(design: str, without: Result, plan: Result) -> Iterator[Row]:
    """Areas and periods in which a design changes the grid capacity asked for."""
    both = _asked_by_area(without).add_suffix("_without").join(_asked_by_area(plan).add_suffix("_with"), how="outer")
    both = both.fillna(0.0)
    differ = [(both[f"{name}_with"] - both[f"{name}_without"]).abs() > FEASIBILITY for name in ("firm", "total")]
    for row in both[differ[0] | differ[1]].reset_index().to_dict("records"):
        yield {"design": design, **{str(name): value for name, value in row.items()}}


def _late_users(case: Case, users: pd.DataFrame) -> Iterator[Row]:
    for row in _users(case.design, users):
        yield row | {"late": str(case.late), "years": case.years}


def _users(design: str, users: pd.DataFrame) -> Iterator[Row]:
    for row in users.to_dict("records"):
        yield {"design": design, **{str(name): value for name, value in row.items()}}


def _coalitions(coalitions: Coalitions, users: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    for design, savings in coalitions.items():
        everyone = frozenset(users[design]["site"]) if design in users else frozenset()
        for coalition in sorted(filter(None, savings), key=lambda each: (len(each), sorted(each))):
            saving, left = savings[coalition], sorted(everyone - coalition)
            yield {
                "design": design,
                "sites": " ".join(sorted(coalition)),
                "count": len(coalition),
                "without": left[0] if len(left) == 1 else "",
                "finding": NO_PLAN if saving.high == -math.inf else _finding(saving.low, saving.high),
                **_proven(saving.low, saving.high),
            }


def _paid(found: Payers) -> Iterator[Row]:
    for site, gains in found.gains.items():
        yield {
            "design": found.design.name,
            "site": site,
            "gains": gains,
            **{key: found.pays[key][site] if key in found.pays else np.nan for key in KEYS},
            f"{SHAPLEY}_low": gains - found.shapley.high[site],
            f"{SHAPLEY}_high": gains - found.shapley.low[site],
            f"{SHAPLEY}_error": found.shapley.error[site],
        }


def _in_core(found: Payers) -> Iterator[Row]:
    for key, told in found.in_core.items():
        gain = told.gain
        yield {
            "design": found.design.name,
            "key": key,
            "answer": str(told.answer),
            "sites": " ".join(sorted(told.coalition or ())),
            "gains_low": np.nan if gain is None else gain.low,
            "gains_high": np.nan if gain is None else gain.high,
            "cost": found.cost,
            "public": found.public,
            "others": found.others,
            "needed_low": np.nan if found.needed is None else found.needed.low,
            "needed_high": np.nan if found.needed is None else found.needed.high,
        }
