"""What differs between plans, in their readers' words: a comparison as a table of a page."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from routeplan.comparison import compare, not_told_apart
from routeplan.report.charts.limit_names import scope_name
from routeplan.report.language import Words
from routeplan.result import Result

SCOPE = " scope "
"""Stands before what a target is for."""


@dataclass(frozen=True)
class Cell:
    """A cell: what it shows, and the number by which it is sorted, if it is one."""

    text: str
    order: float | None = None


@dataclass(frozen=True)
class Differences:
    """A table of what differs.

    Parameters
    ----------
    note : str
        How to read it, and which plans cannot be told apart.
    columns : list of str
        Headings.
    rows : list of list of Cell
        Its rows.
    """

    note: str
    columns: list[str]
    rows: list[list[Cell]]


def differences(results: Mapping[str, Result], words: Words) -> Differences:
    """Compare plans with the first of them, and keep what differs.

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
    rows = [_row(row, first, others, words) for row in found[differs].to_dict("records")]
    heads = [words("Measure"), words("Of"), words("Period"), words("Unit"), *results]
    heads += [words("{plan} minus {first}", plan=other, first=first) for other in others]
    return Differences(_note(results, words), heads, rows)


def _note(results: Mapping[str, Result], words: Words) -> str:
    note = words("Only what differs is shown.")
    unclear = not_told_apart(results)
    if unclear:
        note += " " + words(
            "The best plans of {first} and of {others} may cost the same: what is proven of them overlaps.",
            first=next(iter(results)),
            others=", ".join(unclear),
        )
    return note


def _row(row: dict[Hashable, Any], first: str, others: list[str], words: Words) -> list[Cell]:
    period = "" if pd.isna(row["period"]) else str(row["period"])
    named = [words.name(str(row["measure"])), _of(str(row["item"]), words), period, words.unit(str(row["unit"]))]
    values = {name: _value(row[name]) for name in (first, *others)}
    changes = [values[name] - values[first] for name in others]
    return [*map(Cell, named), *(Cell(words.number(v), _order(v)) for v in (*values.values(), *changes))]


def _of(item: str, words: Words) -> str:
    """An item in words: a word of the tables, or a limit with what it is of, such as ``area FGU``."""
    if not item:
        return ""
    known, found, scope = item.partition(SCOPE)
    named = " ".join(words.name(part) for part in known.split(" "))
    return f"{named} {scope_name(scope, words)}" if found else named


def _value(cell: Any) -> float:
    return math.nan if pd.isna(cell) else float(cell)


def _order(value: float) -> float | None:
    return None if math.isnan(value) else value
