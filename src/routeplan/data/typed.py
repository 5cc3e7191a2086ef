"""Conversion of cells of text to a typed table; a cell that cannot be read is reported once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.data.csv_cells import Cells
from routeplan.data.header import header_problems
from routeplan.errors import Message, Problem, value_problem
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.frames import typed

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
AS_NUMBER = "written like -12, 0.5 or 1e3"
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+([.,][0-9]+)?")
"""Points or commas before groups of three digits: between thousands, or one before decimals."""
ENDS_IN_ZERO = re.compile(r"[+-]?[1-9][0-9]{0,2}[.][0-9]{2}0")
"""A number with three decimals of which the last says nothing."""
YES_OR_NO = {"ja": 1.0, "nee": 0.0, "waar": 1.0, "onwaar": 0.0, "yes": 1.0, "no": 0.0, "true": 1.0, "false": 0.0}
"""Words that are read in cells of 0 and 1, whatever their case."""
TWO_READINGS = "two-readings"
"""Name of the warning of such numbers."""
IN_TWO_CELLS = Message(" (a number with a decimal comma? write 0.15, not 0,15)")


@dataclass(frozen=True)
class TypedTable:
    """A table as read.

    Parameters
    ----------
    frame : DataFrame
        Its typed columns; NaN where a number could not be read.
    lines : IntArray
        Line in the file of each row.
    problems : tuple of Problem
        What could not be read.
    complete : bool
        Whether every column that the table must have was read.
    told : set of (int, str)
        Lines and columns about which nothing more is to be said; column "" stands for the whole line.
    free : DataFrame, optional
        Columns of the user's own, as text; None when there are none.
    doubtful : tuple of Problem
        Warnings of numbers that were read, and that another reader would read otherwise.
    """

    frame: pd.DataFrame
    lines: NDArray[np.int64]
    problems: tuple[Problem, ...] = ()
    complete: bool = True
    told: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    free: pd.DataFrame | None = None
    doubtful: tuple[Problem, ...] = ()

    def already_told(self, problem: Problem) -> bool:
        """Whether the place of a problem has been reported by the reader."""
        return not self.told.isdisjoint({(problem.line, problem.column), (problem.line, "")})


def typed_table(table: Table, cells: Cells) -> TypedTable:
    """Read text as the kinds of cell that the table declares, defaults filled in.

    Parameters
    ----------
    table : Table
        Its declaration.
    cells : Cells
        The file.
    """
    ragged = _ragged_rows(cells)
    problems = [*header_problems(table, cells), *ragged.values()]
    columns: dict[str, pd.Series] = {}
    unread: dict[str, list[int]] = {}
    doubtful: list[Problem] = []
    texts = _by_column(cells)
    for column in table.columns:
        if column.name in cells.header:
            position = cells.header.index(column.name)
            text = texts[position]
            columns[column.name], rows = _read_column(column, text, cells.odd.get(position, []))
            problems += [_unread(cells, column, row, text[row]) for row in rows if row not in ragged]
            if rows and not column.kind.is_text:
                unread[column.name] = rows
            if column.kind is Kind.NUMBER:
                doubtful += _doubtful(cells, column, text)
    frame = typed(table, pd.DataFrame(columns, index=range(len(cells.rows))))
    for name, rows in unread.items():
        # An unread cell is not an empty one: it takes no default.
        frame[name] = frame[name].astype("float64").where(~frame.index.isin(rows))
    complete = all(column.name in frame and cells.header.count(column.name) < 2 for column in table.columns)
    told = frozenset((problem.line, problem.column) for problem in problems)
    return TypedTable(
        frame, cells.lines, tuple(problems), complete, told, _free_columns(table, cells, texts), tuple(doubtful)
    )


def _doubtful(cells: Cells, column: Column, text: Sequence[str]) -> list[Problem]:
    """Warn of numbers such as ``1.500``: nobody needs the zero, unless the point stands between thousands."""
    return [
        Problem(
            cells.file,
            int(cells.lines[row]),
            f"column '{column.name}' is {cell.strip()}, which is read as {float(cell):g}; if the point stands between "
            f"thousands, write {cell.strip().replace('.', '')}",
            column.name,
            name=TWO_READINGS,
        )
        for row, cell in enumerate(text)
        if ENDS_IN_ZERO.fullmatch(cell.strip())
    ]


def _free_columns(table: Table, cells: Cells, texts: list[tuple[str, ...]]) -> pd.DataFrame | None:
    """The columns that are not the table's."""
    free = {name: text for name, text in zip(cells.header, texts, strict=True) if not table.has(name)}
    return pd.DataFrame(free, dtype="str") if free else None


def _ragged_rows(cells: Cells) -> dict[int, Problem]:
    """Report rows with more or fewer cells than the header, by position."""
    width = len(cells.header)
    return {
        row: Problem(cells.file, int(cells.lines[row]), wrong_width(found, width))
        for row, found in enumerate(cells.rows)
        if len(found) != width
    }


def wrong_width(row: Sequence[str], width: int) -> str:
    """Message that a row has more or fewer cells than the header, with a hint at decimal commas.

    Parameters
    ----------
    row : sequence of str
        Its cells.
    width : int
        Cells of the header.
    """
    halves = sum(bool(DECIMAL_COMMA.fullmatch(f"{left.strip()},{right.strip()}")) for left, right in pairwise(row))
    hint = IN_TWO_CELLS if len(row) > width and halves >= len(row) - width else ""
    return Message(
        "has {number} cells; allowed: {width}, as in the header{hint}", number=len(row), width=width, hint=hint
    )


def _by_column(cells: Cells) -> list[tuple[str, ...]]:
    """Turn rows into columns; rows that are too long or too short (and reported) are made to fit."""
    width = len(cells.header)
    rows = [row if len(row) == width else (row + [""] * width)[:width] for row in cells.rows]
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _read_column(column: Column, text: Sequence[str], odd: list[int]) -> tuple[pd.Series, list[int]]:
    """Read one column, and list the rows whose cell could not be read."""
    if column.kind.is_text:
        # A blank behind a word is seen by nobody, and would make another word of it.
        return pd.Series([cell.strip() for cell in text] if column.kind is Kind.WORD else text, dtype="str"), odd
    numbers = np.full(len(text), np.nan)
    unread = []
    for row, cell in enumerate(text):
        trimmed = cell.strip()
        if NUMBER.fullmatch(trimmed) and row not in odd:
            numbers[row] = float(trimmed)
        elif column.kind is Kind.FLAG and trimmed.casefold() in YES_OR_NO:
            numbers[row] = YES_OR_NO[trimmed.casefold()]
        elif trimmed:
            unread.append(row)
    unread += np.flatnonzero(np.isinf(numbers)).tolist()
    numbers[np.isinf(numbers)] = np.nan
    return pd.Series(numbers), unread


def _unread(cells: Cells, column: Column, row: int, text: str) -> Problem:
    allowed = column.allowed if column.words or column.kind.is_text else _allowed_number(column, text)
    return value_problem(cells.file, int(cells.lines[row]), column.name, text, allowed)


def _allowed_number(column: Column, text: str) -> str:
    hint = hint_at_notation(text.strip())
    return f"{column.allowed} ({AS_NUMBER}{'; ' if hint else ''}{hint})"


def hint_at_notation(number: str) -> str:
    """How a number in another notation is written; both readings where there are two, and nothing of what is none.

    Parameters
    ----------
    number : str
        As it was given, without blanks around it.
    """
    if THOUSANDS.fullmatch(number):
        whole = re.sub("[.,]", "", number)
        *left, right = re.split("[.,]", number)
        decimal = f"{''.join(left)}.{right}"
        if len({sign for sign in number if sign in ".,"}) == 2:
            return Message("write {number}", number=decimal)
        if len(left) > 1:
            return Message("write {number}", number=whole)
        return Message("it has two readings: write {whole} or {decimal}", whole=whole, decimal=decimal)
    if not DECIMAL_COMMA.fullmatch(number):
        return ""
    return Message("write a decimal point: {number}", number=number.replace(",", "."))
