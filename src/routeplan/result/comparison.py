"""Comparison of results: their summaries side by side, one column a result."""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
import pandas as pd

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.result.result import Result, refuse_unsolved
from routeplan.result.summary import (
    cost_by_term,
    emissions_by_period,
    energy_by_commodity,
    goal_unit,
    overview,
    public_money,
    routes_by_period,
)
from routeplan.result.summary_limits import exceeded_by, grid, limits_that_bind
from routeplan.schema import units

KEYS = ["measure", "item", "period", "unit"]
"""What names a row of a comparison."""

PLAN, OBJECTIVE, BOUND, GAP, COST = "plan", "objective", "bound", "gap", "cost"
DISCOUNT_RATE, FIRM_RATE = "discount rate", "firm rate"
RATES = (DISCOUNT_RATE, FIRM_RATE)
TERM, EMISSIONS, PROCESSES, ENERGY = "cost by term", "emissions", "processes", "energy"
FIRM, CAPACITY, GRANTS = "new firm capacity", "new capacity", "grants"
BINDS, EXCEEDED = "limit that binds", "limit exceeded"

MEASURES: Mapping[str, str] = {
    PLAN: "1: there is a plan, 0: there is none",
    OBJECTIVE: "what is minimised: cost, or emissions over all periods",
    BOUND: "no plan is better than this",
    GAP: "(objective - bound) / max(1, abs(objective))",
    COST: "discounted cost",
    DISCOUNT_RATE: "society's rate, at which cost is discounted, per year",
    FIRM_RATE: "firms' rate, of the business case, per year",
    TERM: "discounted cost over all periods, by term",
    EMISSIONS: "CO2 of all sites",
    PROCESSES: "processes that run a family of routes",
    ENERGY: "use of all processes",
    FIRM: "firm grid capacity that an area and those below it ask for",
    CAPACITY: "firm and flexible grid capacity that an area and those below it ask for",
    GRANTS: "what a pot pays in the period",
    BINDS: "what the limit allows, where 99.9 % of it is used or more",
    EXCEEDED: "what lies above a limit that may be exceeded at a price",
}
"""The measures, in the order in which they are told, and what each is."""

EMPTY_WHERE_ABSENT = (PLAN, OBJECTIVE, BOUND, GAP, COST, *RATES, BINDS)
"""Measures of which a plan without a row has no value; of all others it has 0."""


def compare(results: Sequence[Result] | Mapping[str, Result]) -> pd.DataFrame:
    """Set results side by side.

    Parameters
    ----------
    results : sequence of Result, or mapping of str to Result
        Two results or more over the same periods, by name; a sequence is named by `names_of`.

    Returns
    -------
    DataFrame
        ``measure`` (a key of `MEASURES`), ``item`` (such as a family of routes; "" where there is none), ``period``
        (missing where it is of all periods), ``unit``, and a column for each result. A result without a plan has
        the measure ``plan`` alone; a limit has a value in those results in which it binds.

    Raises
    ------
    UsageError
        When there are fewer than two, one is no result, or their numbers cannot be set side by side: other periods, or
        money of another year. Every reason is told.
    """
    named = by_name(results)
    _refuse(named)
    each = [_measures(result).rename(columns={"value": name}) for name, result in named.items()]
    found = reduce(lambda left, right: left.merge(right, on=KEYS, how="outer"), each)
    for name, result in named.items():
        if result.status.has_plan:
            zero = found[name].isna() & ~found["measure"].isin(EMPTY_WHERE_ABSENT)
            found[name] = found[name].mask(zero, 0.0)
    return _in_order(found, each)[[*KEYS, *named]]


def by_name(results: Result | Iterable[Result] | Mapping[str, Result]) -> Mapping[str, Result]:
    """Results by name: the names that are given, or those of `names_of`.

    Raises
    ------
    UsageError
        When one of them is no result, but an instance for example.
    """
    if isinstance(results, Mapping):
        several = list(results.values())
    else:
        alone = isinstance(results, Result | Instance) or not isinstance(results, Iterable)
        several = [results] if alone else list(results)
    for result in several:
        refuse_unsolved(result)
    return results if isinstance(results, Mapping) else dict(zip(names_of(several), several, strict=True))


def names_of(results: Sequence[Result], otherwise: Sequence[str] | None = None) -> list[str]:
    """Name results by their scenarios, those under none by something else; no two alike.

    Parameters
    ----------
    results : sequence of Result
        The results.
    otherwise : sequence of str, optional
        Names of those under no scenario; the instances' names when left out.
    """
    others = otherwise or [result.instance.name for result in results]
    names: list[str] = []
    for result, other in zip(results, others, strict=True):
        wanted = result.instance.scenario or other
        # A name that would hide a column of the keys is numbered like one that is taken.
        tried = [wanted, *(f"{wanted} {number}" for number in range(2, len(results) + len(KEYS) + 2))]
        names.append(next(name for name in tried if name not in names and name not in KEYS))
    return names


def of_other_instances(results: Mapping[str, Result]) -> list[str]:
    """Names of the results that were not made from the same tables as the first, scenarios aside."""
    first = next(iter(results.values()))
    return [name for name, result in results.items() if result.instance.sha256 != first.instance.sha256]


def of_other_rates(results: Mapping[str, Result]) -> list[str]:
    """Names of the results with another discount rate, of society or of firms, than the first."""
    first = _rates(next(iter(results.values())))
    return [name for name, result in results.items() if _rates(result) != first]


def _rates(result: Result) -> tuple[float, float]:
    return result.instance.settings.discount_rate, result.instance.settings.firm_rate


def not_told_apart(results: Mapping[str, Result]) -> list[str]:
    """Name the results whose range from bound to objective overlaps that of the first: they may be as good.

    Parameters
    ----------
    results : mapping of str to Result
        By name; the first is the reference. Those without a plan are not named.
    """
    first, *others = results
    return [name for name in others if _overlap(results[first], results[name])]


def _overlap(one: Result, other: Result) -> bool:
    """Whether the optimum of both may be the same: each lies between bound and objective."""
    if one.objective is None or one.bound is None or other.objective is None or other.bound is None:
        return False
    return max(one.bound, other.bound) <= min(one.objective, other.objective)


def _refuse(results: Mapping[str, Result]) -> None:
    """Refuse results whose numbers do not mean the same, with every reason."""
    if len(results) < 2:
        raise UsageError(f"{len(results) or 'no'} result is given; allowed: two or more to compare")
    texts = [
        f"a result is called '{name}'; allowed: another name than {', '.join(KEYS)}" for name in KEYS if name in results
    ]
    (first, reference), *others = results.items()
    for name, result in others:
        for what, mine, theirs in zip(_MEANING, _meaning(reference), _meaning(result), strict=True):
            if mine != theirs:
                texts.append(f"{name} has {what} {theirs}, but {first} has {what} {mine}")
    if texts:
        raise UsageError("the results cannot be compared:\n" + "\n".join(f"  {text}" for text in texts))


_MEANING = ("the periods", "money of", "costs discounted to")


def _meaning(result: Result) -> tuple[str, str, str]:
    """Basis of the numbers of a result: periods with their years, and the years of money."""
    settings, periods = result.instance.settings, result.instance["periods"]
    told = zip(periods["period"].tolist(), periods["years"].tolist(), strict=True)
    shown = ", ".join(f"{period} ({years} yr)" for period, years in told)
    return shown, str(settings.currency_year), str(settings.base_year)


def _measures(result: Result) -> pd.DataFrame:
    """Every measure of one result: `KEYS` and ``value``."""
    rows = [_rows(pd.DataFrame({"value": [float(result.status.has_plan)]}), PLAN, units.ONE)]
    if result.status.has_plan:
        rows += [_proven(result), *_by_item(result), *_limits(result)]
    return pd.concat(rows, ignore_index=True)


def _proven(result: Result) -> pd.DataFrame:
    facts = overview(result)
    goal = goal_unit(result)
    told = [(OBJECTIVE, goal), (BOUND, goal), (GAP, units.ONE), (COST, units.MONEY)]
    values = [(name, unit, facts[name]) for name, unit in told]
    values += [(name, units.ONE, rate) for name, rate in zip(RATES, _rates(result), strict=True)]
    return pd.concat([_rows(pd.DataFrame({"value": [value]}), name, unit) for name, unit, value in values])


def _by_item(result: Result) -> list[pd.DataFrame]:
    """The measures that have items or periods, each from its own summary."""
    terms = cost_by_term(result).groupby("term", sort=False)[["discounted"]].sum().reset_index()
    areas = grid(result)
    return [
        _rows(terms, TERM, units.MONEY, "term", "discounted"),
        _rows(emissions_by_period(result), EMISSIONS, units.CO2, value="emissions"),
        _rows(routes_by_period(result), PROCESSES, units.ONE, "family", "processes"),
        _rows(energy_by_commodity(result), ENERGY, units.ENERGY, "commodity", "amount"),
        _rows(areas, FIRM, units.POWER, "area", "firm"),
        _rows(areas, CAPACITY, units.POWER, "area", "total"),
        _rows(public_money(result), GRANTS, units.MONEY, "pot", "granted"),
    ]


def _limits(result: Result) -> list[pd.DataFrame]:
    """The limits that bind, and those of them that are exceeded; each has a unit of its own."""
    found = limits_that_bind(result)
    named = found.assign(what=found["limit"] + " " + found["item"], above=exceeded_by(found))
    exceeded = named[named["above"] > 0]
    return [
        _rows(named, BINDS, units.ONE, "what", "bound").assign(unit=named["unit"]),
        _rows(exceeded, EXCEEDED, units.ONE, "what", "above").assign(unit=exceeded["unit"]),
    ]


def _rows(frame: pd.DataFrame, measure: str, unit: str, item: str = "", value: str = "value") -> pd.DataFrame:
    """A summary as rows of a comparison."""
    period = frame["period"] if "period" in frame else pd.Series(pd.NA, frame.index)
    return pd.DataFrame(
        {
            "measure": pd.Series(measure, frame.index, dtype="str"),
            "item": frame[item].astype("str") if item else pd.Series("", frame.index, dtype="str"),
            "period": period.astype("Int64"),
            "unit": pd.Series(unit, frame.index, dtype="str"),
            "value": frame[value].astype("float64"),
        }
    )


def _in_order(found: pd.DataFrame, each: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Sort by measure, then by item as the summaries have them, then by period."""
    pairs = pd.concat([rows[["measure", "item"]] for rows in each]).drop_duplicates(ignore_index=True)
    place = {
        "measure": found["measure"].map({name: number for number, name in enumerate(MEASURES)}),
        "item": pd.MultiIndex.from_frame(pairs).get_indexer(pd.MultiIndex.from_frame(found[["measure", "item"]])),
        "period": found["period"].astype("float64").fillna(-np.inf),
    }
    order = pd.DataFrame(place).sort_values(list(place), kind="stable").index
    return found.loc[order].reset_index(drop=True)
