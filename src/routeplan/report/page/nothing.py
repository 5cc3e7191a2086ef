"""The plan against doing nothing: what it would cost if every process stayed on its current option."""

from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from routeplan.checker.doing_nothing import costs_of, doing_nothing, leaves_choices, may_stay
from routeplan.checker.plan import Plan
from routeplan.checker.targets import above_hard_cap
from routeplan.language.language import Words
from routeplan.result.payers import who_pays
from routeplan.result.result import Result
from routeplan.schema import units

SURE = 1e-6
"""The cost of doing nothing is taken from a proof only where that is at least this far from the plan, as a share."""


@dataclass(frozen=True)
class Nothing:
    """Doing nothing: every process stays on its current option, and nothing is built.

    Parameters
    ----------
    cost : float or None
        Discounted cost [M EUR], at society's values; None where it is not known.
    costs : DataFrame or None
        Its terms, in the form of the table ``costs``; None where they depend on what is bought or built.
    payers : DataFrame or None
        Who pays them (see `who_pays`); None in the same case.
    may_stay : bool
        Whether every process may stay on its current option to the end, by its years and by decisions.
    within_caps : bool
        Whether no target without a price is missed.
    """

    cost: float | None
    costs: pd.DataFrame | None
    payers: pd.DataFrame | None
    may_stay: bool
    within_caps: bool


@lru_cache(maxsize=16)
def nothing(result: Result) -> Nothing:
    """Compute the cost of doing nothing beside a plan, by the rules by which the plan was checked.

    Where current options use what must be bought in steps or brought over links, the cost depends on choices: it is
    then taken from the gap of saving, where that was proven, or left unknown.

    Parameters
    ----------
    result : Result
        A result with a plan.
    """
    plan = Plan(result.instance, result)
    stays = doing_nothing(plan)
    allowed, within = may_stay(plan), not above_hard_cap(stays)
    if leaves_choices(stays):
        return Nothing(_of_proof(result), None, None, allowed, within)
    costs = costs_of(stays)
    with_costs = replace(stays.result, tables={**stays.result.tables, "costs": costs})
    return Nothing(float(costs["discounted"].sum()), costs, who_pays(with_costs), allowed, within)


def _of_proof(result: Result) -> float | None:
    """Cost of doing nothing by the definition of the gap of saving; None where that says nothing."""
    share, objective, bound = result.gap_of_saving, result.objective, result.bound
    if not share or objective is None or bound is None or objective - bound < SURE * abs(objective):
        return None
    return bound + (objective - bound) / share


def less_than_nothing(result: Result, words: Words) -> str:
    """How much less, or more, a plan costs than doing nothing; "" where that is not known."""
    cost = nothing(result).cost
    if cost is None or result.cost is None:
        return ""
    amount = {"amount": words.number(abs(cost - result.cost)), "unit": words.unit(units.MONEY)}
    if cost >= result.cost:
        return words("{amount} {unit} less than doing nothing", **amount)
    return words("{amount} {unit} more than doing nothing", **amount)


def told_of_nothing(result: Result, words: Words) -> list[str]:
    """Sentences on doing nothing: its cost, what CO2 makes of it, and whether it is allowed."""
    known = nothing(result)
    if known.cost is None or result.cost is None:
        return [
            words("What doing nothing would cost is not known: it depends on what is bought or built."),
            *_why(known, words),
        ]
    money = words.unit(units.MONEY)
    told = [
        words(
            "Doing nothing, with every process as it is today, would cost {cost} {unit} at the same values: {less} "
            "{unit} more than the plan.",
            cost=words.number(known.cost),
            less=words.number(known.cost - result.cost),
            unit=money,
        )
        if known.cost >= result.cost
        else words(
            "Doing nothing, with every process as it is today, would cost {cost} {unit} at the same values: {less} "
            "{unit} less than the plan.",
            cost=words.number(known.cost),
            less=words.number(result.cost - known.cost),
            unit=money,
        )
    ]
    return [*told, *_without_co2(result, known, words), *_why(known, words)]


VALUED = ("co2", "co2_removed", "overshoot")
"""Terms of the cost that are worth something to society, and that nobody need have paid."""


def _without_co2(result: Result, known: Nothing, words: Words) -> list[str]:
    """What CO2 counts for in doing nothing, and how the two compare without it."""
    if known.costs is None:
        return []
    of_nothing, of_plan = (
        float(costs.loc[costs["term"].isin(VALUED), "discounted"].sum()) for costs in (known.costs, result["costs"])
    )
    if of_nothing <= 0.0:
        return []
    rest = (float(result.cost or 0.0) - of_plan) - (float(known.cost or 0.0) - of_nothing)
    given = {"co2": words.number(of_nothing), "rest": words.number(abs(rest)), "unit": words.unit(units.MONEY)}
    if rest > 0.0:
        return [
            words(
                "Of that, {co2} {unit} is CO2 at its value to society and targets that are missed at their price; "
                "apart from these the plan costs {rest} {unit} more than doing nothing.",
                **given,
            )
        ]
    return [
        words(
            "Of that, {co2} {unit} is CO2 at its value to society and targets that are missed at their price; "
            "apart from these too the plan costs {rest} {unit} less than doing nothing.",
            **given,
        )
    ]


def _why(known: Nothing, words: Words) -> list[str]:
    """Why nothing cannot be done, where that is so."""
    told = []
    if not known.may_stay:
        told.append(
            words(
                "It is a measure only: by the tables not every process may stay as it is until the end, since routes "
                "of today have a last year, or a move is decided."
            )
        )
    if not known.within_caps:
        told.append(words("It would miss a target that must be met."))
    return told
