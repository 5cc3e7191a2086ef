"""Differences between plans, in their readers' words: a comparison as a table of a page."""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.charts.limit_names import limit_items
from routeplan.report.page.headline import figures
from routeplan.report.page.nothing import nothing
from routeplan.report.page.table import PageTable
from routeplan.result.comparison import (
    BINDS,
    CAPACITY,
    EXCEEDED,
    FIRM,
    GAP,
    GRANTS,
    RATES,
    compare,
    not_told_apart,
    of_other_rates,
)
from routeplan.result.result import Result
from routeplan.result.summary_limits import limit_ids
from routeplan.schema.units import MONEY

MATTERS = 0.01
"""A difference between items matters from this share of the largest value on."""

Names = dict[tuple[str, str], str]
"""What the items of a measure are called, by measure and item."""


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and the number by which it is sorted, if any."""

    text: str
    order: float | None = None


@dataclass(frozen=True)
class Differences:
    """A table of differences.

    Parameters
    ----------
    note : str
        How to read it, and which plans cannot be told apart.
    short : PageTable
        Main figures of the plans, and the difference of each from the first.
    columns : list of str
        Headings.
    rows : list of list of Cell
        Its rows.
    """

    note: str
    short: PageTable
    columns: list[str]
    rows: list[list[Cell]]


def differences(results: Mapping[str, Result], words: Words) -> Differences:
    """Compare plans with the first of them, and keep the rows that differ by as much as a reader can see.

    Of an item, such as a pot or an area, what differs by less than `MATTERS` is left out too.

    Parameters
    ----------
    results : mapping of str to Result
        Two results or more, by name.
    words : Words
        The readers' language.

    Raises
    ------
    UsageError
        When their numbers cannot be set side by side (see `compare`).
    """
    found = compare(results)
    first, *others = results
    differs = found[[*results]].nunique(axis=1, dropna=False) > 1
    names = _names(results.values(), words)
    large = (found["item"] == "") | (_span(found[[*results]]) >= MATTERS)
    rows = [_row(row, first, others, names, words) for row in found[differs & large].to_dict("records")]
    heads_before = 4
    rows = [row for row in rows if len({cell.text for cell in row[heads_before : heads_before + len(results)]}) > 1]
    heads = [words("Measure"), words("Of"), words("Period"), words("Unit"), *results]
    heads += [words("{plan} minus {first}", plan=other, first=first) for other in others]
    return Differences(_note(results, words), _short(results, words), heads, rows)


def _against_nothing(result: Result, words: Words) -> str:
    """What a plan costs more than doing nothing; a dash where that is not known."""
    cost = nothing(result).cost
    return "–" if cost is None or result.cost is None else words.signed(result.cost - cost)


def _span(values: pd.DataFrame) -> "pd.Series[float]":
    """How far the values of each row lie apart, as a share of the largest; 1 where one is missing."""
    numbers = values.astype("float64")
    largest = numbers.abs().max(axis=1)
    span = (numbers.max(axis=1) - numbers.min(axis=1)) / largest.where(largest > 0.0, 1.0)
    return span.where(numbers.notna().all(axis=1), 1.0)


def _short(results: Mapping[str, Result], words: Words) -> PageTable:
    """Main figures of the plans, with the difference from the first beside those of the others."""
    told = {name: figures(result, words) for name, result in results.items()}
    first, *others = told.values()
    rows = []
    for place, figure in enumerate(first):
        changes = (each[place] for each in others)
        cells = [f"{each.value} ({words.signed(each.amount - figure.amount)})" for each in changes]
        rows.append([f"{figure.label} [{figure.unit}]", figure.value, *cells])
    against = [_against_nothing(result, words) for result in results.values()]
    rows.append([words("Against doing nothing [{unit}]", unit=words.unit(MONEY)), *against])
    return PageTable([words("Main figures"), *results], rows)


def _note(results: Mapping[str, Result], words: Words) -> str:
    note = words(
        "Only what differs is shown; of single items only what differs by {share} or more.",
        share=words.percent(MATTERS),
    )
    if other := of_other_rates(results):
        note += " " + words(
            "Other discount rates than those of {first} hold for {others}: costs and grants differ by that, too.",
            first=next(iter(results)),
            others=", ".join(other),
        )
    unclear = not_told_apart(results)
    if unclear:
        note += " " + words(
            "The best plans of {first} and of {others} may be equally good: what is proven of them overlaps.",
            first=next(iter(results)),
            others=", ".join(unclear),
        )
    return note


def _row(row: dict[Hashable, Any], first: str, others: list[str], names: Names, words: Words) -> list[Cell]:
    measure, item = str(row["measure"]), str(row["item"])
    period = "" if pd.isna(row["period"]) else str(row["period"])
    of = names.get((measure, item)) or (words.name(item) if item else "")
    values = {name: _value(row[name]) for name in (first, *others)}
    changes = [values[name] - values[first] for name in others]
    tell = partial(words.percent, digits=3) if measure in (GAP, *RATES) else words.number
    told = [words.name(measure), of, period, words.unit(str(row["unit"]))]
    return [*map(Cell, told), *(Cell(tell(v), _order(v)) for v in (*values.values(), *changes))]


def _names(results: Iterable[Result], words: Words) -> Names:
    """Names of the items of the tables, each by its own table: a pot may have the id of a family of routes."""
    found: Names = {}
    for result in results:
        areas, pots = (names_in(result.instance, table, words) for table in ("areas", "pots"))
        found |= {(measure, area): name for measure in (FIRM, CAPACITY) for area, name in areas.items()}
        found |= {(GRANTS, pot): name for pot, name in pots.items()}
        limits = result["limits"]
        items = limit_items(limits, result.instance, words) + ": " + limits["limit"].map(words.name)
        ids = limits["limit"] + " " + limit_ids(limits)
        found |= {(measure, key): name for measure in (BINDS, EXCEEDED) for key, name in zip(ids, items, strict=True)}
    return found


def _value(cell: Any) -> float:
    return math.nan if pd.isna(cell) else float(cell)


def _order(value: float) -> float | None:
    return None if math.isnan(value) else value
