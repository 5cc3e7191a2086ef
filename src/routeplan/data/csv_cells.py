"""The cells of a CSV file, with the line on which each row begins."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from routeplan.errors import Message, Problem, system_reason

SEPARATORS = {
    ";": Message(
        "has semicolons between the cells; allowed: commas, and decimal points (save it again as 'CSV UTF-8' with "
        "English number settings, or replace every comma by a point and then every semicolon by a comma)"
    ),
    "\t": Message(
        "has tabs between the cells; allowed: commas, and decimal points (save it again as 'CSV UTF-8' with "
        "English number settings, or replace every comma by a point and then every tab by a comma)"
    ),
}
"""Messages on files that have another separator than commas."""


EMPTY_TABLE = Message("is empty; allowed: a table with a header, if need be without rows")


class Unreadable(Exception):
    """A file that cannot be read at all.

    Parameters
    ----------
    problem : Problem
        Why.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class Cells:
    """A table as text: a CSV file, or a sheet of a workbook as if it were one.

    Parameters
    ----------
    file : str
        Name of the file.
    header : list of str
        Cells of the first line.
    header_line : int
        Line of the header: 1, unless empty lines come before it.
    rows : list of list of str
        Cells of the other lines; empty lines left out.
    lines : IntArray
        Line on which each row begins.
    odd : mapping of int to list of int
        For columns of a workbook, by position, the rows whose cell is neither text nor a number; its text says what
        it is instead.
    places : tuple of int
        Of a sheet of a workbook, where each column stands on it, counted from 1; columns without name and values are
        left out. Empty for a file: every column in its order.
    """

    file: str
    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: NDArray[np.int64]
    odd: Mapping[int, list[int]] = field(default_factory=dict)
    places: tuple[int, ...] = ()

    def place(self, column: int) -> int:
        """Position in the file or on the sheet, counted from 1, of a column of the header, counted from 0."""
        return self.places[column] if self.places else column + 1


def read_text(path: Path) -> str:
    """Read a file as UTF-8 text, a byte-order mark as if absent.

    Raises
    ------
    Unreadable
        When it cannot be opened or is no such text.
    """
    file = path.name or str(path)  # "." has no name
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise Unreadable(Problem(file, 0, Message("is a folder; allowed: a file"))) from None
    except OSError as error:
        raise Unreadable(Problem(file, 0, Message("cannot be read: {why}", why=system_reason(error)))) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        why = Message(
            "is not UTF-8 text (first on line {line}); allowed: UTF-8, in spreadsheets 'CSV UTF-8'", line=line
        )
        raise Unreadable(Problem(file, 0, why)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        why = Message("holds NUL bytes (first on line {line}); allowed: UTF-8 text", line=line)
        raise Unreadable(Problem(file, 0, why))
    return text


def read_cells(path: Path) -> Cells:
    """Read the cells of a CSV file with commas between them.

    Raises
    ------
    Unreadable
        When it is no such file.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    begin = 1
    try:
        for row in reader:
            # Spreadsheets keep rows that were emptied as lines of commas.
            if any(cell and not cell.isspace() for cell in row):
                rows.append(row)
                lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(Problem(path.name, begin, Message("cannot be read as CSV: {why}", why=str(error)))) from None
    if not rows:
        raise Unreadable(Problem(path.name, 0, EMPTY_TABLE))
    _refuse_other_separators(path.name, lines[0], rows[0])
    return Cells(path.name, rows[0], lines[0], rows[1:], np.array(lines[1:], dtype=np.int64))


def _refuse_other_separators(file: str, line: int, header: list[str]) -> None:
    """Refuse a header of one cell that contains another separator, since no table has one column only."""
    for separator, text in SEPARATORS.items():
        if len(header) == 1 and separator in header[0]:
            raise Unreadable(Problem(file, line, text))
