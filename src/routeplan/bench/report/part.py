"""Parts of a report's page: sections, charts with their tables, and numbers in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

import pandas as pd

from routeplan.bench.report.look import WORDS
from routeplan.report.page.table import PageTable

Form = Callable[[Any], str]


@dataclass(frozen=True)
class Exhibit:
    """A chart and its table, or a table alone.

    Parameters
    ----------
    title : str
        What there is to see; "" where the heading of the section says it.
    table : PageTable, optional
        The numbers.
    chart : dict, optional
        The chart, as the browser draws it.
    note : str
        How to read it.
    open : bool
        Whether the table below the chart is open from the start.
    key : str
        What tells it from the others of its section; "" where it is alone.
    """

    title: str
    table: PageTable | None = None
    chart: dict[str, Any] | None = None
    note: str = ""
    open: bool = False
    key: str = ""


@dataclass(frozen=True)
class Part:
    """A section of the page.

    Parameters
    ----------
    key, short, heading : str
        Its address on the page, its name in the contents, and its heading.
    notes : sequence of str
        What to know of it.
    exhibits : sequence of Exhibit
        What it shows.
    alarm : bool
        Whether its first note is a warning.
    code : str
        Lines to be copied.
    beside : bool
        Whether its exhibits stand beside each other where there is room.
    """

    key: str
    short: str
    heading: str
    notes: Sequence[str] = ()
    exhibits: Sequence[Exhibit] = field(default_factory=tuple)
    alarm: bool = False
    code: str = ""
    beside: bool = False


def missing(value: Any) -> bool:
    """Whether there is no value."""
    return value is None or (isinstance(value, float) and isnan(value))


def number(value: Any) -> str:
    """A number with the digits that matter; a dash where there is none."""
    return "–" if missing(value) else WORDS.number(float(value))


def whole(value: Any) -> str:
    """A count; a dash where there is none."""
    return "–" if missing(value) else f"{int(value):,}"


def percent(value: Any) -> str:
    """A share of 1 in per cent."""
    return "–" if missing(value) else f"{WORDS.number(100.0 * float(value))} %"


def chance(value: Any) -> str:
    """A p-value."""
    return "–" if missing(value) else "below 0.001" if value < 0.001 else f"{value:.3f}"


def text(value: Any) -> str:
    """A text, or a dash."""
    return "–" if missing(value) or value == "" else str(value)


def table_of(frame: pd.DataFrame, columns: Mapping[str, tuple[str, Form]], texts: int = 1) -> PageTable:
    """Columns of a table in words: each under its heading, in its form; so many of them are texts, at the left."""
    rows = [
        [form(value) for (_, form), value in zip(columns.values(), row, strict=True)]
        for row in frame[list(columns)].itertuples(index=False, name=None)
    ]
    return PageTable([heading for heading, _ in columns.values()], rows, texts=texts)


def table_of_numbers(frame: pd.DataFrame, first: str) -> PageTable:
    """A table with a text in its first column, and numbers in the others."""
    headings = {str(name): (first, text) if place == 0 else (str(name), number) for place, name in enumerate(frame)}
    return table_of(frame, headings)


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence; of many, the first and how many more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "none"


def plural(count: int, noun: str) -> str:
    """A count of things."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
