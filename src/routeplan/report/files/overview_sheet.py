"""The first sheet of a plan's workbook: what the plan comes to, what it rests on, and what the other sheets hold."""

from collections.abc import Iterator, Sequence

import pandas as pd

from routeplan.data.workbook.file import Value
from routeplan.instance.basis import said_of_all
from routeplan.instance.names import description_of, scenario_title
from routeplan.instance.titles import title_of
from routeplan.language.language import Words
from routeplan.report.files.sheet import Sheet, sheet_name
from routeplan.report.money import meaning_of_cost, public_money_told
from routeplan.report.years import spans
from routeplan.result.result import Result
from routeplan.result.summary import emissions_by_period, goal_unit
from routeplan.result.summary_power import new_capacity_by_period
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table

Row = tuple[str, Value, str, str]
"""What is told, its value and unit, and what it means."""

OVERVIEW = "overview"


def overview_sheet(result: Result, sheets: Sequence[tuple[str, str]], words: Words) -> Sheet:
    """Make the first sheet.

    Parameters
    ----------
    result : Result
        A result with a plan.
    sheets : sequence of tuple of str
        Name of each other sheet, and what it holds.
    words : Words
        The readers' language.
    """
    columns = (
        Column(words("What"), Kind.TEXT, words("What is told.")),
        Column(words("Value"), Kind.TEXT, words("Its value; empty: none.")),
        Column(words("Unit"), Kind.TEXT, words("Unit of the value.")),
        Column(words("Meaning"), Kind.TEXT, words("What it means.")),
    )
    table = Table(sheet_name(OVERVIEW, words), words("What the plan comes to."), columns, (words("What"),))
    contents: list[Row] = [(words("Sheet"), name, "", about) for name, about in sheets]
    rows = [*_about(result, words), *_amounts(result, words), *_proof(result, words), *contents]
    return Sheet(table, pd.DataFrame(rows, columns=table.names, dtype=object))


def _about(result: Result, words: Words) -> Iterator[Row]:
    instance = result.instance
    for text in said_of_all(instance["sites"], words):
        yield words("Sites"), text, "", words("What must be said of the site wherever its plan is shown.")
    yield words("Plan"), title_of(instance.settings, words), "", description_of(instance.settings, words)
    yield (
        words("Scenario"),
        scenario_title(instance, words) or words("none"),
        "",
        words("What was changed before the plan was made."),
    )
    yield words("Number of sites"), len(instance["sites"]), "", ""


def _amounts(result: Result, words: Words) -> Iterator[Row]:
    """CO2, grid capacity, public money and cost."""
    kt, money = words.unit(units.CO2), words.unit(units.MONEY)
    co2, years = emissions_by_period(result), spans(result.instance)
    for period, today, emitted in zip(co2["period"], co2["as_today"], co2["emissions"], strict=True):
        note = words("If nothing changes: {amount} {unit}.", amount=words.number(today), unit=kt)
        yield f"{words('CO2')} {years[period]}", round(emitted, 1), kt, note
    last = max(years)
    asked = new_capacity_by_period(result).sort_values("period").iloc[-1]
    firm = words("of which {firm} firm", firm=words.number(asked["firm"]))
    what = words("New grid capacity from {year} on", year=last)
    yield what, round(float(asked["total"]), 1), words.unit(units.POWER), firm
    granted, of_budget = public_money_told(result, words)
    yield words("Public money"), round(granted, 1), money, of_budget
    note = meaning_of_cost(result.instance.settings, words)
    yield words("Discounted cost"), round(float(result.cost or 0.0), 1), money, note


def _proof(result: Result, words: Words) -> Iterator[Row]:
    unit = words.unit(goal_unit(result))
    yield words("Status"), words.name(str(result.status)), "", result.record.reason
    if result.bound is not None:
        yield words("Bound"), round(result.bound, 1), unit, words("Proven: no plan is better than this.")
    if result.gap is not None:
        yield words("Gap"), words.percent(result.gap, 2), "", words("Distance of the plan from the best one, at most.")
