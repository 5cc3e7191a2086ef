"""The cells of a sheet of sites, be it in a workbook or a CSV file as spreadsheets write it."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from routeplan.data.csv_cells import Unreadable, read_text
from routeplan.data.paths import is_workbook
from routeplan.data.workbook.file import Odd, Value, read_sheets
from routeplan.errors import DataError, Message, Problem
from routeplan.importers.sites.fields import SHEETS

EMPTY_SHEET = Message("is empty; allowed: a header, and a row for each site")
SEPARATORS = (";", "\t", ",")


@dataclass(frozen=True)
class SheetOfSites:
    """The sheet as it stands.

    Parameters
    ----------
    place : str
        What messages call it: file, and sheet of a workbook.
    header : list of str
        Its first row.
    rows : list of list of Value
        Its other rows, empty ones left out.
    lines : list of int
        Number of each row.
    comma : bool
        Whether numbers that are text have a decimal comma.
    lettered : bool
        Whether cells are told as in a workbook: D4.
    """

    place: str
    header: list[str]
    rows: list[list[Value]]
    lines: list[int]
    comma: bool
    lettered: bool

    def problem(self, line: int, column: int, text: str) -> Problem:
        """Problem of a cell; column counted from 0, -1 for none."""
        cell = f"{get_column_letter(column + 1)}{line}" if self.lettered and column >= 0 else ""
        return Problem(self.place, line, text, self.header[column] if column >= 0 else "", cell)


def read_sheet(path: Path) -> SheetOfSites:
    """Read the sheet of sites of a workbook, or a CSV file with semicolons, tabs or commas.

    Raises
    ------
    DataError
        When it cannot be read, or holds no such sheet.
    """
    try:
        return _of_workbook(path) if is_workbook(path) else _of_csv(path)
    except Unreadable as refused:
        raise DataError([refused.problem]) from None


def _of_workbook(path: Path) -> SheetOfSites:
    titles, _ = read_sheets(path, set())
    named = [title for title in titles if title.strip().casefold() in SHEETS]
    title = named[0] if named else titles[0]
    _, sheets = read_sheets(path, {title})
    sheet = sheets[title]
    if not sheet.rows:
        raise Unreadable(Problem(f"{path.name}: {title}", 0, EMPTY_SHEET))
    header = ["" if cell is None or isinstance(cell, Odd) else str(cell) for cell in sheet.rows[0]]
    return SheetOfSites(f"{path.name}: {title}", header, sheet.rows[1:], sheet.lines[1:], comma=True, lettered=True)


def _of_csv(path: Path) -> SheetOfSites:
    text = read_text(path)
    separator = next((each for each in SEPARATORS if each in text.partition("\n")[0]), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[Value]] = []
    lines: list[int] = []
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append([cell.strip() or None for cell in row])
            lines.append(reader.line_num)
    if not rows:
        raise Unreadable(Problem(path.name, 0, EMPTY_SHEET))
    header = ["" if cell is None else str(cell) for cell in rows[0]]
    return SheetOfSites(path.name, header, rows[1:], lines[1:], comma=separator != ",", lettered=False)
