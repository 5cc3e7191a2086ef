"""Write an instance to an Excel workbook, in the form that `read` reads."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import get_column_letter

from routeplan.data.csv_cells import Unreadable
from routeplan.data.csv_text import number_text
from routeplan.data.typed import NUMBER
from routeplan.data.workbook import INSTANCE
from routeplan.data.workbook_file import Value, read_sheets
from routeplan.data.workbook_scenarios import scenario_rows
from routeplan.data.workbook_settings import settings_rows
from routeplan.data.workbook_sheets import INSTANCE_SHEET
from routeplan.data.workbook_style import LISTS, MOST_ROWS, choices_of, header_cells, shape
from routeplan.data.workbook_text import encoded
from routeplan.errors import UsageError
from routeplan.instance import Instance
from routeplan.schema.column import Table
from routeplan.schema.inputs import INPUT_TABLES

MOST_CHARACTERS = 32_767
"""Length of the text that a cell of Excel can hold."""

Lists = dict[tuple[str, ...], int]


def write_workbook(
    instance: Instance, path: Path, overwrite: bool = False, free: Mapping[str, pd.DataFrame] | None = None
) -> Path:
    """Write an instance to a workbook: every table, those without rows too, ready to be filled in.

    Parameters
    ----------
    instance : Instance
        The instance.
    path : Path
        The file, whose name ends in .xlsx. It appears complete, or not at all.
    overwrite : bool
        Whether a workbook of an instance that is there may be replaced, its sheets of notes too.
    free : mapping of str to DataFrame, optional
        Columns of the user's own (notes and sources) to put behind those of a table, as text, row by row.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something already that may not be replaced, or a text or table is too long for Excel.
    """
    _refuse_to_replace(path, overwrite)
    book = openpyxl.Workbook(write_only=True)
    with _written_aside(path) as aside:
        _add_sheets(book, instance, free or {})
        book.save(aside)
    return path


def _refuse_to_replace(path: Path, overwrite: bool) -> None:
    if not path.exists():
        return
    if not overwrite:
        raise UsageError(f"{path} is there already; allowed: a new name")
    try:
        titles, _ = read_sheets(path, set())
    except Unreadable:
        titles = []
    if INSTANCE not in titles:
        raise UsageError(f"{path} holds no instance, so it stays; allowed: a workbook with a sheet '{INSTANCE}'")


@contextmanager
def _written_aside(path: Path) -> Iterator[Path]:
    """Offer a new file beside `path`, which takes its place when the block ends well."""
    path = path.resolve()
    aside = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:8]}-new{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        aside.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _add_sheets(book: Any, instance: Instance, free: Mapping[str, pd.DataFrame]) -> None:
    lists: Lists = {}
    settings = list(zip(*settings_rows(instance.settings), strict=True))
    _add(book, INSTANCE_SHEET, INSTANCE_SHEET.names, settings, lists)
    # Scenarios are changes to the tables as they were before any of them.
    table, rows = scenario_rows(() if instance.scenario else instance.scenarios)
    _add(book, table, table.names, list(zip(*rows, strict=True)) or [()] * len(table.columns), lists)
    for name, table in INPUT_TABLES.items():
        frame = instance[name]
        columns: list[Sequence[Value]] = [_values(frame[column]) for column in table.names]
        own = free.get(name)
        if own is not None:
            columns += [[_free_value(text) for text in own[column]] for column in own]
        names = [*table.names, *([] if own is None else own.columns)]
        _add(book, table, names, columns, lists)
    _add_lists(book, lists)


def _values(cells: pd.Series) -> list[Value]:
    return [None if value != value or value == "" else value for value in cells.tolist()]


def _free_value(text: str) -> Value:
    """A note that is a number, written as we write numbers, is one; any other is text."""
    if not NUMBER.fullmatch(text):
        return text or None
    return float(text) if number_text(float(text)) == text else text


def _add(book: Any, table: Table, names: list[str], columns: Sequence[Sequence[Value]], lists: Lists) -> None:
    """Add a sheet with its header and rows."""
    if len(columns[0]) >= MOST_ROWS:
        raise UsageError(f"{table.name} has {len(columns[0]):,} rows; allowed in Excel: {MOST_ROWS - 1:,}")
    sheet = book.create_sheet(table.name)
    # What Excel cannot hold is refused here, before the sheet's file is open.
    cells = [[_cell(sheet, value) for value in column] for column in columns]
    shape(sheet, table, names, columns)
    # Told at the head of the sheet, where readers would otherwise have to count its cells.
    sheet.calculate_dimension = lambda: f"A1:{get_column_letter(len(names))}{len(columns[0]) + 1}"
    choices_of(sheet, table, lists)
    sheet.append(header_cells(sheet, table, names))
    for row in zip(*cells, strict=True):
        sheet.append(row)
    sheet.close()


def _cell(sheet: Any, value: Value) -> Any:
    """A value as the library takes it; in a cell of its own where the library would change it."""
    if isinstance(value, str):
        return _text_cell(sheet, value)
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


def _add_lists(book: Any, lists: Lists) -> None:
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    sheet.append([f"list {position}" for position in lists.values()])
    for row in zip_longest(*lists):
        sheet.append([float(word) if word and NUMBER.fullmatch(word) else word for word in row])
    sheet.close()
