"""What a comparison of hub designs comes to, in a few sentences: whom each design helps, and which one is best."""

import math
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import pandas as pd

from routeplan.hubs.design import Design
from routeplan.hubs.told import (
    NOTHING,
    Row,
    coalitions_told,
    from_to,
    is_planned,
    late_told,
    lates_told,
    missing_of,
    no_plan_told,
    number_in,
    titles_of,
)
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.result.result import Status
from routeplan.schema import units
from routeplan.schema.hubs import COSTS, SAVES, SHAPLEY, Presence

Tables = Mapping[str, pd.DataFrame]

LEAST_STRANDED = 0.05
"""Cost in years without use that is worth a sentence [M EUR]."""


def conclusion(
    designs: Sequence[Design],
    tables: Tables,
    instance: Instance,
    words: Words,
    instead: Mapping[str, Sequence[str]] | None = None,
) -> tuple[dict[str, list[str]], str]:
    """Tell what a comparison comes to, from its tables alone.

    Parameters
    ----------
    designs : sequence of Design
        The designs.
    tables : mapping of str to DataFrame
        The tables of their comparison, as `hub_tables` makes them.
    instance : Instance
        The instance, for the names of sites.
    words : Words
        The readers' language.
    instead : mapping of str to sequence of str, optional
        By design, what the plan without it has in its place (`instead_of_each`).

    Returns
    -------
    dict of str to list of str
        Sentences by the title of each design: whether it helps and how much; then CO2, for whom, who decides, and what
        becomes of it when others are late.
    str
        Which design is best, or that this cannot be told; empty where there is one alone.
    """
    titles, names = titles_of(designs, words), names_in(instance, "sites", words)
    told = {
        title: list(_design_told(name, tables, names, words, (instead or {}).get(name, ())))
        for name, title in titles.items()
    }
    return told, _best_told(titles, tables["designs"], words) if len(designs) > 1 else ""


def _design_told(
    design: str, tables: Tables, names: Mapping[str, str], words: Words, instead: Sequence[str]
) -> Iterator[str]:
    own = {name: table[table["design"] == design] for name, table in tables.items()}
    forced = _on_time(own["designs"], Presence.FORCED)
    if forced is None:
        yield words("Whether it helps cannot be told: {why}.", why=words("not planned: it was stopped before"))
        return
    yield from _help_told(forced, words)
    optional = _on_time(own["designs"], Presence.OPTIONAL)
    if optional is not None and optional["finding"] == SAVES != forced["finding"]:
        amount, unit = _saved(optional, words), words.unit(units.MONEY)
        yield words("Optional, built only where and when it pays, it saves {amount} {unit}.", amount=amount, unit=unit)
    if instead:
        yield words("In its place the plan without it has: {things}.", things="; ".join(instead))
    yield from _co2_told(own["by_period"], number_in(forced["avoided"]), words)
    yield from _members_concluded(design, own, names, words)
    yield from _late_concluded(own["designs"], words)


def _on_time(plans: pd.DataFrame, presence: Presence) -> Row | None:
    """The row of a design in the plan in which nothing is late; None where that was not made."""
    rows = plans[(plans["presence"] == presence) & (plans["late"] == "")].to_dict("records")
    return rows[0] if rows else None


def _has_both(row: Row) -> bool:
    """Whether there is a plan with the design and one without, so that a saving is known."""
    return all(Status(row[name] or Status.NO_PLAN).has_plan for name in ("status", "without"))


class _Kind(StrEnum):
    """What is proven of a plan with a design beside that without it."""

    SAVES = SAVES
    COSTS = COSTS
    SAME = "same"
    FREE = "free"
    """It costs nothing; whether it saves anything is not known."""
    NONE_WITH_IT = "none with it"
    ONLY_WITH_IT = "only with it"
    NEITHER = "neither"
    UNKNOWN = "unknown"


def _kind(row: Row) -> _Kind:
    """Which of these it is of a row of the table of designs."""
    if row["finding"] in (SAVES, COSTS):
        return _Kind(row["finding"])
    if Status.INFEASIBLE in (row["status"], row["without"]):
        if row["status"] == row["without"]:
            return _Kind.NEITHER
        if row["status"] == Status.INFEASIBLE:
            return _Kind.NONE_WITH_IT
        return _Kind.ONLY_WITH_IT if Status(row["status"]).has_plan else _Kind.UNKNOWN
    same = all(abs(number_in(row[end])) <= NOTHING for end in ("saves_low", "saves_high"))
    if same:
        return _Kind.SAME
    return _Kind.FREE if number_in(row["saves_low"]) >= 0.0 else _Kind.UNKNOWN


def _help_told(row: Row, words: Words) -> Iterator[str]:
    """Whether a design helps, and how much."""
    kind = _kind(row)
    if not _has_both(row):
        yield from _no_plan_concluded(row, kind, words)
        return
    low, high, unit = number_in(row["saves_low"]), number_in(row["saves_high"]), words.unit(units.MONEY)
    if kind is _Kind.SAVES:
        amount = _saved(row, words)
        yield words("Yes, it helps: the region saves {amount} {unit} over all years.", amount=amount, unit=unit)
    elif kind is _Kind.COSTS:
        cost = from_to(-high, -low, words)
        yield words("No, it does not help: it costs the region {cost} {unit} over all years.", cost=cost, unit=unit)
    elif kind is _Kind.SAME:
        yield words("No, it makes no difference: it saves nothing and costs nothing.")
    elif math.isnan(low) or math.isnan(high):
        yield words("Whether it helps cannot be told: too little is proven of what it saves.")
    elif kind is _Kind.FREE:
        yield words(
            "It costs the region nothing; what it saves over all years is at most {most} {unit}, and may be nothing.",
            most=words.signed(high),
            unit=unit,
        )
    else:
        yield words(
            "Whether it helps cannot be told: over all years the region saves between {low} and {high} {unit}, and "
            "below 0 it costs.",
            low=words.signed(low),
            high=words.signed(high),
            unit=unit,
        )
    if kind in (_Kind.UNKNOWN, _Kind.FREE) and Status.FEASIBLE in (row["status"], row["without"]):
        yield words("With more time for each plan (--seconds) that is known better.")


def _no_plan_concluded(row: Row, kind: _Kind, words: Words) -> Iterator[str]:
    status, without = Status(row["status"]), Status(row["without"] or Status.NO_PLAN)
    why = no_plan_told(status, without, words)
    if kind is _Kind.NONE_WITH_IT:
        yield words("No: {why}.", why=why)
    elif kind is _Kind.ONLY_WITH_IT:
        yield words("Yes: {why}.", why=why)
    else:
        yield words("Whether it helps cannot be told: {why}.", why=why)
    if missing := missing_of(row, words):
        yield missing


def _saved(row: Row, words: Words) -> str:
    return from_to(number_in(row["saves_low"]), number_in(row["saves_high"]), words)


def _co2_told(periods: pd.DataFrame, avoided: float, words: Words) -> Iterator[str]:
    """CO2 of the last period, and over all years, by the plans that were found."""
    if periods.empty or math.isnan(avoided):
        return
    last = periods.sort_values("period").iloc[-1]
    given = {
        "year": int(last["period"]),
        "with_it": words.number(last["co2_with"]),
        "without": words.number(last["co2_without"]),
        "unit": words.unit(units.CO2),
        "amount": words.number(abs(avoided)),
        "in_all": words.unit(units.CO2_IN_ALL),
    }
    if words.number(abs(avoided)) == words.number(0.0):
        yield words(
            "By the plans that were found CO2 is {with_it} {unit} from {year} on, and {without} without it; over all "
            "years it is the same.",
            **given,
        )
    elif avoided > 0.0:
        yield words(
            "By the plans that were found CO2 is {with_it} {unit} from {year} on, and {without} without it; over all "
            "years it is {amount} {in_all} less.",
            **given,
        )
    else:
        yield words(
            "By the plans that were found CO2 is {with_it} {unit} from {year} on, and {without} without it; over all "
            "years it is {amount} {in_all} more.",
            **given,
        )


def _members_concluded(design: str, own: Tables, names: Mapping[str, str], words: Words) -> Iterator[str]:
    """Who gains by a design, and who decides."""
    users = own["users"]["site"].drop_duplicates().tolist()
    if not users:
        if is_planned(own["designs"], design):
            yield words("Nobody uses it.")
            yield from _idle_told(own["by_period"], words)
        return
    if own["payers"].empty:
        yield words("Members: {members}.", members="; ".join(names[site] for site in users))
    else:
        yield _gain_told(own["payers"], names, words)
    if len(own["coalitions"]):
        yield from coalitions_told(own["coalitions"], users, names, words)


def _idle_told(periods: pd.DataFrame, words: Words) -> Iterator[str]:
    """What a hub that nobody uses takes from others all the same."""
    takes = (periods["hub_total"] - periods["hub_total_without"]).set_axis(periods["period"])
    if (taken := takes[takes > NOTHING]).empty:
        return
    yield words(
        "Forced, its hub holds {amount} {unit} of the grid all the same, from {year} on, which others then lack.",
        amount=words.number(float(taken.max())),
        unit=words.unit(units.POWER),
        year=int(taken.index.min()),
    )


def _gain_told(paid: pd.DataFrame, names: Mapping[str, str], words: Words) -> str:
    """Which members are surely better off, the one that is most so first."""
    payers = paid.set_index("site")
    saved = payers["gains"] - payers[SHAPLEY]
    most = payers[f"{SHAPLEY}_high"].fillna(payers[SHAPLEY]) + payers[f"{SHAPLEY}_error"].fillna(0.0)
    gain = saved[payers["gains"] - most > NOTHING].sort_values(ascending=False, kind="stable")
    if gain.empty and (saved > NOTHING).any():
        return words("No member is surely better off, if they pay by the Shapley value.")
    if gain.empty:
        return words("No member is better off, if they pay by the Shapley value.")
    unit = words.unit(units.MONEY)
    told = "; ".join(f"{names[str(site)]} ({words.signed(amount)} {unit})" for site, amount in gain.items())
    return words("Better off, if they pay by the Shapley value: {members}.", members=told)


def _late_concluded(plans: pd.DataFrame, words: Words) -> Iterator[str]:
    """What becomes of a design when grid or networks are late: what is proven alike is told together.

    Besides, the most that is paid in years in which nobody uses it.
    """
    late = plans[plans["late"] != ""]
    if late.empty:
        return
    kind = [_kind(row) for row in late.to_dict("records")]
    told = [_kind_told(each, late[[one == each for one in kind]], words) for each in dict.fromkeys(kind)]
    yield words("If others are late: {told}.", told="; ".join(told))
    if {_Kind.SAVES, _Kind.COSTS} & set(kind):
        yield words("That is held against a plan without it in which the same is late.")
    stranded = late[late["stranded"] > LEAST_STRANDED]
    if len(stranded):
        row = stranded.sort_values("stranded").to_dict("records")[-1]
        yield words(
            "At worst {amount} {unit} is paid in years in which nobody uses it: with {late}.",
            amount=words.number(float(row["stranded"])),
            unit=words.unit(units.MONEY),
            late=late_told(str(row["late"]), int(row["years"]), words),
        )


def _kind_told(kind: _Kind, rows: pd.DataFrame, words: Words) -> str:
    """What is proven of plans of one kind, in which something is late."""
    if kind in (_Kind.SAVES, _Kind.COSTS):
        return "; ".join(_amount_told(kind, row, words) for row in rows.to_dict("records"))
    late = lates_told(rows[["late", "years"]].itertuples(index=False, name=None), words)
    if kind is _Kind.SAME:
        return words("it makes no difference with {late}", late=late)
    if kind is _Kind.FREE:
        return words("it costs nothing with {late}, and whether it saves anything cannot be told", late=late)
    if kind is _Kind.NONE_WITH_IT:
        return words("there is no plan with it and {late}", late=late)
    if kind is _Kind.ONLY_WITH_IT:
        return words("with {late} there is a plan with it, and none without it", late=late)
    if kind is _Kind.NEITHER:
        return words("there is no plan, with it or without it, with {late}", late=late)
    return words("whether it helps cannot be told with {late}", late=late)


def _amount_told(kind: _Kind, row: Row, words: Words) -> str:
    """What a design saves or costs while one thing is late."""
    low, high = number_in(row["saves_low"]), number_in(row["saves_high"])
    late, unit = late_told(row["late"], int(row["years"]), words), words.unit(units.MONEY)
    if kind is _Kind.SAVES:
        return words("it saves {amount} {unit} with {late}", amount=from_to(low, high, words), unit=unit, late=late)
    return words("it costs {amount} {unit} with {late}", amount=from_to(-high, -low, words), unit=unit, late=late)


def _best_told(titles: Mapping[str, str], plans: pd.DataFrame, words: Words) -> str:
    """Which design is best, if it is proven to save more than any other can."""
    rows = {name: _on_time(plans[plans["design"] == name], Presence.FORCED) for name in titles}
    helping = {name: row for name, row in rows.items() if row and _has_both(row) and row["finding"] == SAVES}
    if not helping:
        return words("Of none of the designs it is proven that it helps.")
    best = max(helping, key=lambda name: number_in(helping[name]["saves_low"]))
    least = number_in(helping[best]["saves_low"])
    rivals = [name for name, row in rows.items() if name != best and not _saves_less(row, least)]
    if not rivals:
        return words("The best of them is {design}: it is proven to save more than any other.", design=titles[best])
    designs = words(" or ").join(titles[name] for name in [best, *rivals])
    return words("Which of them is best cannot be told: it may be {designs}.", designs=designs)


def _saves_less(row: Row | None, least: float) -> bool:
    """Whether a design is proven to save less than an amount, or to have no plan."""
    if row is None:
        return False
    return number_in(row["saves_high"]) < least if _has_both(row) else row["status"] == Status.INFEASIBLE
