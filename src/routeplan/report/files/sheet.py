"""A sheet for people: a table in their words, and how it is added to a workbook."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from routeplan.data.workbook.add import add_view, values_of
from routeplan.data.workbook.style import meaning, sentence
from routeplan.language.language import Language, Words
from routeplan.report.files.rounding import OF_OTHERS, decimals_of, rounded
from routeplan.schema.column import Column, Table

_TABS = {False: "2E7D32", True: "9E9E9E"}
"""Colours of the tabs of sheets for people, and of technical ones."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    table : Table
        Declaration of the columns, with the units of the format.
    rows : DataFrame
        Those columns.
    technical : bool
        Whether it is for machines: its numbers have up to `OF_OTHERS` decimals, whatever their unit.
    """

    table: Table
    rows: pd.DataFrame
    technical: bool = False


def sheet_name(name: str, words: Words) -> str:
    """Name of a sheet: in English that of the table."""
    return name if words.language is Language.ENGLISH else words.name(name)


def add_sheet(book: Any, sheet: Sheet) -> None:
    """Add a sheet to a workbook, its numbers rounded.

    Raises
    ------
    UsageError
        When Excel cannot hold it.
    """
    table = sheet.table
    decimals = {column.name: places for column in table.columns if (places := _decimals(column, sheet)) is not None}
    rows = rounded(sheet.rows, decimals)
    # Excel shows the separators of the reader's own settings.
    formats = {name: f"#,##0.{'0' * places}" for name, places in decimals.items() if places < OF_OTHERS}
    cells = [values_of(rows[name]) for name in table.names]
    explain = meaning if sheet.technical else sentence
    add_view(book, table, cells, formats=formats, tab=_TABS[sheet.technical], explain=explain)


def _decimals(column: Column, sheet: Sheet) -> int | None:
    places = decimals_of(column)
    return places if places is None or not sheet.technical else OF_OTHERS
