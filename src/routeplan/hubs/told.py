"""A comparison of hub designs in words."""

import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from routeplan.hubs.design import Design
from routeplan.hubs.game import Answer
from routeplan.hubs.members import break_even, critical_members, savings_of_table
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, told_apart
from routeplan.language.language import Language, Words
from routeplan.language.nouns import years_told
from routeplan.result.result import Status
from routeplan.schema import units
from routeplan.schema.hubs import COSTS, NO_PLAN, SAVES, Presence

Row = Mapping[Hashable, Any]

NOTHING = 0.01
"""What is proven to within this needs no estimate beside it [M EUR]."""


def design_title(design: Design, words: Words) -> str:
    """What a design is called for readers."""
    title = design.title_nl if words.language is Language.DUTCH and design.title_nl else design.title
    return title or design.name


def titles_of(designs: Sequence[Design], words: Words) -> dict[str, str]:
    """What designs are called for readers, by name; their name stands behind a title that several have."""
    return told_apart({design.name: design_title(design, words) for design in designs})


def finding_told(row: Row, words: Words) -> str:
    """What is proven of a plan with a design, a row of the table ``designs``."""
    status, without = Status(row["status"]), Status(row["without"] or Status.NO_PLAN)
    if not (status.has_plan and without.has_plan):
        return no_plan_told(status, without, words)
    low, high = number_in(row["saves_low"]), number_in(row["saves_high"])
    unit = words.unit(units.MONEY)
    if row["finding"] == SAVES:
        return words("saves {amount} {unit}", amount=from_to(low, high, words), unit=unit)
    if row["finding"] == COSTS:
        return words("costs {amount} {unit}", amount=from_to(-high, -low, words), unit=unit)
    found = number_in(row["saves_found"])
    told = words(
        "makes no difference that is proven: between {low} and {high} {unit} is saved",
        low=words.signed(low),
        high=words.signed(high),
        unit=unit,
    )
    if math.isnan(found) or high - low <= NOTHING:
        return told
    return told + words("; {found} by the plans that were found", found=words.signed(found))


def found_told(row: Row, words: Words) -> str:
    """What is proven of a plan with a design, and what is missing where there is no plan."""
    found = finding_told(row, words)
    if row["finding"] != NO_PLAN:
        return found
    missing = missing_of(row, words)
    return f"{found}. {missing}" if missing else found


def missing_of(row: Row, words: Words) -> str:
    """What is missing where there is no plan; empty where that is not known."""
    return str(row["told_nl" if words.language is Language.DUTCH else "told"])


def number_in(value: Any) -> float:
    """A number of a row, NaN where it is missing."""
    return math.nan if pd.isna(value) else float(value)


def from_to(least: float, most: float, words: Words) -> str:
    """An amount between two ends, of which the upper one need not be known."""
    low, high = words.number(least), words.number(most)
    if math.isnan(most):
        return words("at least {low}", low=low)
    return low if low == high else words("between {low} and {high}", low=low, high=high)


def no_plan_told(status: Status, without: Status, words: Words) -> str:
    """Which of the two plans there is not, or was not found; what is not known is not said to be so."""
    if status is Status.INFEASIBLE:
        if without is Status.INFEASIBLE:
            return words("there is no plan, with it or without it")
        return words("there is no plan with it")
    if not status.has_plan:
        return words("no plan was found with it in the time; whether there is one is not known")
    if without is Status.INFEASIBLE:
        return words("there is a plan with it, and none without it")
    return words("there is a plan with it; none without it was found in the time to compare it with")


def late_told(late: str, years: int, words: Words) -> str:
    """What is late, and by how much."""
    return lates_told([(late, years)], words)


def lates_told(lates: Iterable[tuple[str, int]], words: Words) -> str:
    """Several things that are late, each by some years."""
    years_of: dict[str, list[int]] = {}
    for late, years in lates:
        years_of.setdefault(late, []).append(int(years))
    return words(" or ").join(_late_by(late, years, words) for late, years in years_of.items())


def _late_by(late: str, years: Sequence[int], words: Words) -> str:
    """One thing that is late, by one of several numbers of years."""
    *first, last = sorted(years)
    time = words(" or ").join([*map(str, first), years_told(last, words)])
    if late == "grid":
        return words("the grid {time} late", time=time)
    return words("backbone and storage {time} late", time=time)


def world_told(row: Row, words: Words) -> str:
    """In which plan: forced or optional, and what is late."""
    presence = words("forced") if row["presence"] == "forced" else words("optional")
    return f"{presence}, {late_told(row['late'], int(row['years']), words)}" if row["late"] else presence


def members_told(design: str, tables: Mapping[str, pd.DataFrame], instance: Instance, words: Words) -> Iterator[str]:
    """Who uses a design, how many must, and who must not leave."""
    users, coalitions = (tables[name][tables[name]["design"] == design] for name in ("users", "coalitions"))
    names = names_in(instance, "sites", words)
    if users.empty:
        # What was not planned, or cannot be, may be used all the same.
        if is_planned(tables["designs"], design):
            yield words("Nobody uses it.")
        return
    told = []
    for row in users.to_dict("records"):
        amount = f"{words.number(row['amount'])} {words.unit(row['unit'])}"
        since = words("from {year}", year=int(row["period"])) if not pd.isna(row["period"]) else words("nothing new")
        told.append(f"{names[row['site']]} ({amount}, {since})")
    yield words("Members: {members}.", members="; ".join(told))
    if len(coalitions):
        yield from coalitions_told(coalitions, users["site"].drop_duplicates().tolist(), names, words)


def is_planned(plans: pd.DataFrame, design: str) -> bool:
    """Whether there is a plan in which a design is forced, nothing being late."""
    forced = (plans["design"] == design) & (plans["presence"] == Presence.FORCED) & (plans["late"] == "")
    return bool(plans.loc[forced, "status"].isin([each for each in Status if each.has_plan]).any())


def coalitions_told(
    coalitions: pd.DataFrame, members: Collection[str], names: Mapping[str, str], words: Words
) -> Iterator[str]:
    """For which of the groups that were tried it pays, and without whom it does not."""
    savings = savings_of_table(coalitions)
    found = break_even(savings)
    if found.coalition is None:
        if found.never:
            yield words("Without public money it pays for no group that was tried, while others keep their plan.")
        else:
            yield words(
                "Without public money it is proven to pay for no group that was tried, while others keep their plan."
            )
        return
    sites = ", ".join(names[site] for site in sorted(found.coalition))
    yield words("The smallest group tried for which it pays: {count} ({sites}).", count=found.members, sites=sites)
    if found.perhaps is not None:
        yield words("Whether it pays for {count} is not proven.", count=found.perhaps)
    critical = critical_members(savings, members)
    needed, doubtful = (
        words(" or ").join(names[site] for site in members if critical.get(site) is answer)
        for answer in (Answer.YES, Answer.PERHAPS)
    )
    if needed:
        yield words("Without {members} it does not pay.", members=needed)
    if doubtful:
        yield words("Whether it pays without {members} is not proven.", members=doubtful)
