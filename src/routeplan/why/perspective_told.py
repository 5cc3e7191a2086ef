"""Perspective in words: what a firm is told of each of its routes, and by what rule."""

from collections.abc import Iterator

import pandas as pd

from routeplan.instance.names import names_in, process_name
from routeplan.language.language import Words
from routeplan.language.nouns import years_told
from routeplan.schema import units
from routeplan.schema.column import Column, Kind
from routeplan.schema.perspective import AS_PLANNED, NO_DIFFERENCE, NO_PLAN, PLANNED_ANEW
from routeplan.why.dates import Dates
from routeplan.why.outlook import Answer, Outlook, Perspective

NAMED = 5
"""Answers that are missing which are named."""


def columns_told(words: Words) -> dict[str, Column]:
    """What a firm is told, by the name of its column: header and sentence in the readers' language."""
    co2, money = words.unit(units.CO2), words.unit(units.MONEY_PER_YEAR)
    texts = {
        "site": (words("site"), words("The site.")),
        "process": (words("process"), words("The process.")),
        "route": (words("route"), words("A route that the process could take.")),
        "early": (
            words("possible, early dates"),
            words("First year of the first period in which it is possible when grid and networks come early."),
        ),
        "expected": (words("possible"), words("The same under the dates that are expected.")),
        "late": (words("possible, late dates"), words("The same when grid and networks come late.")),
        "planned": (words("in the plan"), words("First year of the first period in which the plan has it.")),
        "until_then": (words("until then"), words("What the plan has until it is in the plan, or else possible.")),
        "bridges": (words("bridge"), words("Routes among these that are to be left again.")),
    }
    amounts = {
        "emissions": (
            words("CO2 until then [{unit}]", unit=co2),
            words("CO2 of the process until then, as a mean over these years."),
        ),
        "cost": (
            words("cost until then [{unit}]", unit=money),
            words("What the firm pays to run it until then, as a mean: energy, fees, CO2 and upkeep."),
        ),
        "bridge_emissions": (words("CO2 of the bridge [{unit}]", unit=co2), words("CO2 in the years of the bridge.")),
        "bridge_cost": (words("cost of the bridge [{unit}]", unit=money), words("Cost in the years of the bridge.")),
        "invested": (
            words("invested until then [{unit}]", unit=words.unit(units.MONEY)),
            words("What the plan invests in the process until then."),
        ),
        "decide_by": (
            words("decide by"),
            words("Last year in which the firm must decide: the start, less the lead time of the route."),
        ),
    }
    told = {name: Column(*_told(text, Kind.TEXT)) for name, text in texts.items()}
    return told | {name: Column(*_told(text, Kind.NUMBER)) for name, text in amounts.items()}


def _told(text: tuple[str, str], kind: Kind) -> tuple[str, Kind, str]:
    return text[0], kind, text[1]


def perspective_told(found: Perspective, words: Words) -> pd.DataFrame:
    """What a firm is told, a row for each route and a column for each of `columns_told`.

    Amounts are numbers, NaN where there are none; years are whole numbers, or words where there is none.
    """
    sites = names_in(found.result.instance, "sites", words)
    rows = [_row(outlook, sites[outlook.site], words) for outlook in found.outlooks]
    return pd.DataFrame(rows, columns=list(columns_told(words)), dtype=object)


def _row(outlook: Outlook, site: str, words: Words) -> dict[str, object]:
    until = outlook.until
    amounts = ("emissions", "cost", "bridge_emissions", "bridge_cost", "invested")
    return {
        "site": site,
        "process": process_name(outlook.process, outlook.site, words),
        "route": words.name(outlook.route),
        **{str(dates): year_told(answer, words) for dates, answer in outlook.possible.items()},
        "planned": words("not in the plan") if outlook.planned is None else outlook.planned,
        "until_then": until.told(words.name),
        "bridges": ", ".join(map(words.name, until.bridges)),
        **{name: getattr(until, name) for name in amounts},
        "decide_by": outlook.decide_by,
    }


def year_told(answer: Answer, words: Words) -> str | int:
    """The year of an answer, or that there is none."""
    if not answer.known:
        return words("not known")
    return words("in no period") if answer.year is None else answer.year


def lack_told(found: Perspective, words: Words) -> Iterator[str]:
    """That this is not about all routes, where it is not."""
    count = len(found.outlooks)
    if found.asked is None or count >= found.asked:
        return
    if found.stopped:
        yield words(
            "When routes are possible is told of {count} of {asked}: the search was ended early, and of the others "
            "nothing is known.",
            count=count,
            asked=found.asked,
        )
    else:
        yield words(
            "When routes are possible is told of {count} of {asked}: the other sites were not asked about, or the "
            "search was ended early.",
            count=count,
            asked=found.asked,
        )


def rule_told(found: Perspective, words: Words) -> Iterator[str]:
    """By what rule a route is possible, what early and late dates are, and what is taken for a lead time.

    Where this is not about all routes, or nothing is known of some, that comes first.
    """
    yield from lack_told(found, words)
    yield from unknown_told(found, words)
    yield words(
        "A route is possible in a period when it can start then while all other processes do what the plan says; a "
        "period is told by its first year."
    )
    yield words(
        "Early and late dates: room on the grid as early or late as the dated works of the area, networks {time}.",
        time=years_told(found.years, words),
    )
    names = names_of_dates(words)
    for dates in (Dates.EARLY, Dates.LATE):
        yield _of_dates(found.plans[dates], names[dates], words)
    yield words(
        "Decide by: the start in the plan, or else the first that is possible, less the years from {year} to the first "
        "year of the route, as the tables have no lead times: more than its lead time if it came on the market later.",
        year=found.result.instance.settings.base_year,
    )


def _of_dates(plan: str, dates: str, words: Words) -> str:
    """What the other processes do under some dates, which a text calls."""
    told = {
        AS_PLANNED: words("Under {dates} the other processes do what the plan says.", dates=dates),
        PLANNED_ANEW: words(
            "Under {dates} the plan cannot hold; the others do what a plan made under them says.", dates=dates
        ),
        NO_PLAN: words("Under {dates} no plan was found, so that nothing is known of them.", dates=dates),
        NO_DIFFERENCE: words("Nothing differs under {dates} in any period.", dates=dates),
    }
    return told[plan]


def unknown_told(found: Perspective, words: Words) -> Iterator[str]:
    """Which answers are missing because a search ended without one, where there are any."""
    unknown = [
        (outlook, dates)
        for outlook in found.outlooks
        for dates, answer in outlook.possible.items()
        if not answer.known and found.plans.get(dates) != NO_PLAN
    ]
    if not unknown:
        return
    sites, names = names_in(found.result.instance, "sites", words), names_of_dates(words)
    told = [
        f"{sites[each.site]}, {process_name(each.process, each.site, words)}: {words.name(each.route)} ({names[dates]})"
        for each, dates in unknown[:NAMED]
    ]
    more = [words("and {count} more", count=len(unknown) - NAMED)] if len(unknown) > NAMED else []
    yield words(
        "Of {count} years nothing is known, as a search ended without an answer; more time may tell: {which}.",
        count=len(unknown),
        which="; ".join([*told, *more]),
    )


def names_of_dates(words: Words) -> dict[Dates, str]:
    """What each kind of dates is called."""
    return {
        Dates.EARLY: words("early dates"),
        Dates.EXPECTED: words("expected dates"),
        Dates.LATE: words("late dates"),
    }
