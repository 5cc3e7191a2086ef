"""Open an Excel workbook and take the values from its sheets."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from routeplan.data.csv_cells import Unreadable
from routeplan.data.workbook.text import decoded
from routeplan.errors import Message, Problem, system_reason

_OLE = b"\xd0\xcf\x11\xe0"
"""How a workbook of Excel 97 begins, and one that is locked by a password."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell ")

ALLOWED = Message("an Excel workbook (.xlsx) with a sheet for each table")


@dataclass(frozen=True)
class Odd:
    """A cell that holds neither text nor a number.

    Parameters
    ----------
    words : str
        What it is, for a message.
    text : str
        What stands in it, for a note.
    """

    words: str
    text: str


Value = str | int | float | bool | Odd | None


@dataclass(frozen=True)
class Sheet:
    """A sheet's values.

    Parameters
    ----------
    rows : list of list of Value
        Its rows, empty ones left out; they may differ in length.
    lines : list of int
        The number of each row on the sheet.
    merged : tuple of str
        Ranges of cells that are merged into one.
    """

    rows: list[list[Value]]
    lines: list[int]
    merged: tuple[str, ...] = ()


def read_sheets(path: Path, known: set[str]) -> tuple[list[str], dict[str, Sheet]]:
    """Read the sheets of a workbook.

    Parameters
    ----------
    path : Path
        The file.
    known : set of str
        Names of the sheets to read.

    Returns
    -------
    titles : list of str
        Names of all sheets.
    sheets : dict of str to Sheet
        Those that are known.

    Raises
    ------
    Unreadable
        When it is no such file.
    """
    refuse_other_files(path)
    with as_one_problem(path), opened(path, read_only=True, data_only=True) as book:
        titles = [sheet.title for sheet in book.worksheets]
        wanted = [title for title in titles if title in known]
        merged = _merged(path, wanted)
        with _formulas(path) as formulas:
            return titles, {title: _sheet(book, formulas, title, merged.get(title, ())) for title in wanted}


def refuse_other_files(path: Path) -> None:
    """Refuse what is no workbook of today, by its first bytes.

    Raises
    ------
    Unreadable
        When it is none.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(4)
    except FileNotFoundError:
        raise Unreadable(
            Problem(str(path), 0, Message("does not exist; allowed: {allowed}", allowed=ALLOWED))
        ) from None
    except OSError as error:
        raise Unreadable(Problem(str(path), 0, Message("cannot be read: {why}", why=system_reason(error)))) from None
    if begin == _OLE:
        what = Message(
            "is locked by a password, or of an old Excel; allowed: an Excel workbook (.xlsx) without password"
        )
        raise Unreadable(Problem(str(path), 0, what))
    if not zipfile.is_zipfile(path):
        what = Message("is no Excel workbook, or a damaged one; allowed: {allowed}", allowed=ALLOWED)
        raise Unreadable(Problem(str(path), 0, what))


@contextmanager
def as_one_problem(path: Path) -> Iterator[None]:
    """Turn any error of the library at a damaged file into one problem of the file."""
    try:
        yield
    except Exception as error:
        # The library raises errors of a dozen types, some of them of no words.
        why = f"{type(error).__name__}: {error}".splitlines()[0]
        text = Message("is no Excel workbook, or a damaged one ({why}); allowed: {allowed}", why=why, allowed=ALLOWED)
        raise Unreadable(Problem(str(path), 0, text)) from error


@contextmanager
def opened(path: Path, **how: bool) -> Iterator[Any]:
    """The workbook as the library reads it, closed at the end; keywords as of ``openpyxl.load_workbook``."""
    with warnings.catch_warnings():
        # It warns of charts and styles, which are no concern of ours.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, keep_links=False, **how)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _formulas(path: Path) -> Iterator[Any]:
    """The workbook with its formulas in place of their values; None when there are none."""
    if not holds_formulas(path):
        yield None
        return
    with opened(path, read_only=True) as book:
        yield book


def _merged(path: Path, titles: list[str]) -> dict[str, tuple[str, ...]]:
    """The ranges of merged cells, for which the whole workbook must be read once more."""
    if not _mentions(path, _MERGED):
        return {}
    with opened(path) as book:
        return {title: tuple(sorted(map(str, book[title].merged_cells.ranges))) for title in titles}


def holds_formulas(path: Path) -> bool:
    """Whether a workbook holds any formula; what it counts by is the value that Excel has stored."""
    return _mentions(path, _FORMULA)


def _mentions(path: Path, pattern: re.Pattern[bytes]) -> bool:
    with zipfile.ZipFile(path) as parts:
        return any(pattern.search(parts.read(name)) for name in parts.namelist() if name.startswith("xl/worksheets/"))


def _sheet(book: Any, formulas: Any, title: str, merged: tuple[str, ...]) -> Sheet:
    rows: list[list[Value]] = []
    lines: list[int] = []
    for line, row in enumerate(_rows(book[title], formulas and formulas[title]), start=1):
        if any(value is not None and not (isinstance(value, str) and not value.strip()) for value in row):
            rows.append(row)
            lines.append(line)
    return Sheet(rows, lines, merged)


def _rows(sheet: Any, formulas: Any) -> Iterator[list[Value]]:
    # What a file tells of its own size is often wrong.
    sheet.reset_dimensions()
    if formulas is None:
        for row in sheet.iter_rows():
            yield [_value(cell) for cell in row]
        return
    formulas.reset_dimensions()
    for row, written in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        yield [stored_value(*cells) for cells in zip(row, written, strict=True)]


def stored_value(cell: Any, formula: Any) -> Value:
    """Value of a cell, whose formula is that of the same cell in a workbook that was opened for its formulas."""
    # A stored value that is empty text has the type of text all the same.
    if formula.data_type == "f" and cell.value is None and cell.data_type != "str":
        return Odd(Message("a formula whose value is not stored (open and save the workbook in Excel)"), "")
    return _value(cell)


def _value(cell: Any) -> Value:
    value, kind = cell.value, cell.data_type
    if value is None or kind == "n" or kind == "b":
        return value  # type: ignore[no-any-return]  # as the library has it: int, float or bool
    if kind == "s":
        return decoded(value)
    if kind == "e":
        return Odd(Message("the error {value}", value=value), str(value))
    # What is left are dates, times and lengths of time.
    text = str(value).removesuffix(" 00:00:00")
    if ":" in text and "-" not in text:
        return Odd(Message("the time {value}", value=text), text)
    return Odd(Message("the date {value}", value=text), text)
