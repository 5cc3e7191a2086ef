"""Tables of a page: words and numbers as readers see them, and sections that hold one for each plan."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import pandas as pd

from routeplan.language.language import Words

NONE = "–"
"""Stands where there is no number."""


@dataclass(frozen=True)
class PageTable:
    """A table in words.

    Parameters
    ----------
    columns : list of str
        Headings.
    rows : list of list of str
        Its rows as texts.
    strong : collection of int, optional
        Positions of rows that are sums.
    texts : int, optional
        Columns at the left that hold texts; the others hold numbers.
    inset : bool, optional
        Whether rows that are no sums belong to the sum above them, and begin further in.
    """

    columns: list[str]
    rows: list[list[str]]
    strong: Collection[int] = field(default_factory=frozenset)
    texts: int = 1
    inset: bool = False


@dataclass(frozen=True)
class SectionTable:
    """The table of one plan in a section, or of several that have the same, under their names.

    Parameters
    ----------
    plans : list of str
        Their names, or else what the table tells; a table without any stands by itself.
    table : PageTable
        The table.
    open : bool, optional
        Whether it is shown at once; the first of a section always is.
    """

    plans: list[str]
    table: PageTable
    open: bool = False


@dataclass(frozen=True)
class Section:
    """A section of a page that holds a table for each plan.

    Parameters
    ----------
    key, short, heading : str
        Its address on the page, its name in a list, and its heading.
    notes : list of str
        What to know of it.
    tables : list of SectionTable
        Its tables.
    """

    key: str
    short: str
    heading: str
    notes: list[str]
    tables: list[SectionTable]


def as_texts(frame: pd.DataFrame, words: Words) -> PageTable:
    """Write a table as texts, its numbers with the digits that matter."""
    rows = [[_cell(cell, words) for cell in row] for row in frame.itertuples(index=False, name=None)]
    return PageTable(list(map(str, frame.columns)), rows)


def shared(names: Sequence[str], tables: Sequence[PageTable]) -> list[SectionTable]:
    """Put plans with the same table under one."""
    found: list[SectionTable] = []
    for name, table in zip(names, tables, strict=True):
        same = next((each for each in found if each.table == table), None)
        if same is None:
            found.append(SectionTable([name], table))
        else:
            same.plans.append(name)
    return found


def _cell(cell: object, words: Words) -> str:
    return words.number(float(cell)) if isinstance(cell, int | float) else str(cell)
