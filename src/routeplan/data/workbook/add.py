"""Writing of tables to the sheets of a new workbook, each value in a form that Excel can hold."""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import ARC_CORE

from routeplan.data.csv_cells import Unreadable
from routeplan.data.file_swap import file_written_aside, refuse_existing
from routeplan.data.workbook.file import Value, read_sheets
from routeplan.data.workbook.style import (
    MOST_ROWS,
    choices_of,
    colour_tab,
    explanation,
    form_header,
    header_cells,
    meaning,
    offer_ranges,
    plain_header,
    shape,
)
from routeplan.data.workbook.text import encoded
from routeplan.errors import Message, UsageError
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.subjects import subject_of

MOST_CHARACTERS = 32_767
"""Length of the text that a cell of Excel can hold."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell."""

_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

Lists = dict[tuple[str, ...], int]


def refuse_to_replace(path: Path, sheet: str, overwrite: bool) -> None:
    """Refuse a path at which a file exists, unless it is a workbook that may be replaced.

    Parameters
    ----------
    path : Path
        Where a workbook is to be written.
    sheet : str
        What it holds, and so the name of a sheet that a workbook to replace must have.
    overwrite : bool
        Whether such a workbook may be replaced.

    Raises
    ------
    UsageError
        When something is there that stays.
    """
    if not overwrite:
        refuse_existing(path)
    if not path.exists():
        return
    try:
        titles, _ = read_sheets(path, set())
    except Unreadable:
        titles = []
    if sheet not in titles:
        raise UsageError(
            Message(
                "{place} holds no {what}, so it stays; allowed: a workbook with a sheet '{sheet}'",
                place=path,
                what=sheet,
                sheet=str(sheet),
            )
        )


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """Offer an empty workbook, which is saved and takes its place when the block ends well.

    The same sheets make the same bytes: the file tells no time at which it was made.

    Parameters
    ----------
    path : Path
        The file; one that is there is replaced.

    Yields
    ------
    Workbook
        To be filled by `add_form` and `add_view`.

    Raises
    ------
    UsageError
        When the file cannot be written.
    """
    book = openpyxl.Workbook(write_only=True)
    with file_written_aside(path) as aside:
        yield book
        timed = aside.with_suffix(".timed")
        try:
            book.save(timed)
            _without_times(timed, aside)
        finally:
            timed.unlink(missing_ok=True)


def _without_times(timed: Path, path: Path) -> None:
    """Copy a workbook with every timestamp set to the earliest."""
    year, month, day, *_ = EARLIEST
    moment = rb"\g<1>%04d-%02d-%02dT00:00:00Z" % (year, month, day)
    with zipfile.ZipFile(timed) as parts, zipfile.ZipFile(path, "w") as copied:
        for name in parts.namelist():
            part = parts.read(name)
            part = _MOMENTS.sub(moment, part) if name == ARC_CORE else part
            copied.writestr(zipfile.ZipInfo(name, EARLIEST), part, zipfile.ZIP_DEFLATED)


def add_form(
    book: Any,
    table: Table,
    names: list[str],
    columns: Sequence[Sequence[Value]],
    lists: Lists,
    *,
    explain: Callable[[Column], str] = explanation,
    offers: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Add the sheet of a table that people fill in: it offers lists to choose from, and its rows can be filtered.

    Parameters
    ----------
    book : Workbook
        The workbook.
    table : Table
        Declaration of the columns.
    names : list of str
        Names of all columns; those that the table does not declare, come last.
    columns : sequence of sequence of Value
        Their cells.
    lists : dict
        Positions of the lists offered so far; new ones are added.
    explain : callable, optional
        The comment on a column's name; by default all that is allowed, in English.
    offers : mapping of str to str, optional
        Ranges of cells to choose from, by column; other values may be given too.

    Raises
    ------
    UsageError
        When Excel cannot hold it.
    """
    sheet, cells = _begun(book, table, names, columns)
    choices_of(sheet, table, lists)
    offer_ranges(sheet, names, offers)
    colour_tab(sheet, subject_of(table.name))
    # Below a header without rows there is one to fill in.
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{max(len(columns[0]), 1) + 1}"
    _fill(sheet, [form_header(sheet, table, names, explain), *cells])


def add_view(
    book: Any,
    table: Table,
    columns: Sequence[Sequence[Value]],
    *,
    formats: Mapping[str, str] = MappingProxyType({}),
    tab: str = "",
    explain: Callable[[Column], str] = meaning,
) -> None:
    """Add the sheet of a table that people read: its rows can be filtered.

    Parameters
    ----------
    book : Workbook
        The workbook.
    table : Table
        Declaration of the columns.
    columns : sequence of sequence of Value
        Their cells.
    formats : mapping of str to str, optional
        Number formats of Excel, by column.
    tab : str, optional
        Colour of the sheet's tab (RRGGBB).
    explain : callable, optional
        The comment on a column's name; by default its sentence and unit.

    Raises
    ------
    UsageError
        When Excel cannot hold it.
    """
    sheet, cells = _begun(book, table, table.names, columns, formats)
    sheet.sheet_properties.tabColor = tab or None
    sheet.auto_filter.ref = sheet.calculate_dimension()
    _fill(sheet, [header_cells(sheet, table, table.names, explain), *cells])


def add_rows(book: Any, title: str, names: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Add a sheet of notes: a table that nothing declares, to be read; its rows can be filtered.

    Parameters
    ----------
    book : Workbook
        The workbook.
    title : str
        Name of the sheet.
    names : sequence of str
        Its columns.
    rows : sequence of sequence of Value
        Its rows.

    Raises
    ------
    UsageError
        When Excel cannot hold it.
    """
    declared = Table(title, "", tuple(Column(name, Kind.TEXT, "") for name in names), key=())
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    sheet, cells = _begun(book, declared, list(names), columns)
    colour_tab(sheet, subject_of(title))
    sheet.auto_filter.ref = sheet.calculate_dimension()
    _fill(sheet, [plain_header(sheet, names), *cells])


def values_of(cells: pd.Series) -> list[Value]:
    """The cells of a column of a table, None where they are empty."""
    return [None if value != value or value == "" else value for value in cells.tolist()]


def _begun(
    book: Any,
    table: Table,
    names: list[str],
    columns: Sequence[Sequence[Value]],
    formats: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Any, list[tuple[Any, ...]]]:
    """Make the sheet of a table, and the rows to be written to it."""
    if len(columns[0]) >= MOST_ROWS:
        raise UsageError(f"{table.name} has {len(columns[0]):,} rows; allowed in Excel: {MOST_ROWS - 1:,}")
    sheet = book.create_sheet(table.name)
    # What Excel cannot hold is refused here, before the sheet's file is open.
    cells = [
        [_cell(sheet, value, formats.get(name, "")) for value in column]
        for name, column in zip(names, columns, strict=True)
    ]
    shape(sheet, table, names, columns)
    # Told at the head of the sheet, where readers would otherwise have to count its cells.
    sheet.calculate_dimension = lambda: f"A1:{get_column_letter(len(names))}{len(columns[0]) + 1}"
    return sheet, list(zip(*cells, strict=True))


def _fill(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        sheet.append(row)
    sheet.close()


def _cell(sheet: Any, value: Value, number_format: str) -> Any:
    """A value as the library takes it; in a cell of its own where it has a format, or the library would change it."""
    if isinstance(value, str):
        return _text_cell(sheet, value)
    if number_format and isinstance(value, int | float):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = number_format
        return cell
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        # The library writes 16 digits, and some numbers need 17.
        return _typed_cell(sheet, repr(value), "n")
    return value


def _text_cell(sheet: Any, text: str) -> Any:
    content = encoded(text)
    if len(content) > MOST_CHARACTERS:
        raise UsageError(
            f"{sheet.title} holds a text of {len(content):,} characters; allowed in Excel: {MOST_CHARACTERS:,}"
        )
    # The library would take these for a formula, and for errors.
    return _typed_cell(sheet, content, "s") if content.startswith("=") or content in ERROR_CODES else content


def _typed_cell(sheet: Any, content: str, kind: str) -> Any:
    cell = WriteOnlyCell(sheet, content)
    cell.data_type = kind
    return cell
