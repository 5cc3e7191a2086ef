"""Read CSV files that are no table of an instance: the default tables, and others' exports."""

from pathlib import Path

import numpy as np
import pandas as pd

from routeplan.data.csv_cells import Cells, Unreadable, read_cells
from routeplan.data.typed import typed_table, wrong_width
from routeplan.errors import DataError, Message, Problem, value_problem
from routeplan.instance.horizon import IntArray
from routeplan.instance.rules.findings import format_cell
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.frames import is_whole, typed

Read = tuple[pd.DataFrame, list[Problem]]
LINE = "line"
"""Column with the line of the file on which each row begins."""


def read_table(path: Path, table: Table) -> Read:
    """Read a CSV file into the typed columns that a table declares.

    Parameters
    ----------
    path : Path
        The file.
    table : Table
        Its declaration: columns, kinds, ranges, key.

    Returns
    -------
    frame : DataFrame
        The declared columns, defaults filled in, and `LINE`.
    problems : list of Problem
        Every rule that the file breaks.
    """
    try:
        typed = typed_table(table, read_cells(path))
    except Unreadable as error:
        return pd.DataFrame(columns=[*table.names, LINE]), [error.problem]
    found = _cells(path.name, table, typed.frame, typed.lines)
    problems = [*typed.problems, *(problem for problem in found if not typed.already_told(problem))]
    problems += [] if problems else _twice(path.name, table, typed.frame, typed.lines)
    return typed.frame.assign(**{LINE: typed.lines}), problems


def checked_frame(name: str, table: Table, frame: pd.DataFrame) -> Read:
    """Check a data frame as if it were a file of the table, each row on the line that a spreadsheet would give it.

    Parameters
    ----------
    name : str
        What it is called in messages.
    table : Table
        Its declaration.
    frame : DataFrame
        Its rows; columns that have a default may be left out.

    Returns
    -------
    frame : DataFrame
        The declared columns, defaults filled in.
    problems : list of Problem
        Every rule that it breaks.

    Raises
    ------
    DataError
        When columns are missing: nothing else can be checked then.
    """
    absent = [column.name for column in table.columns if column.required and column.name not in frame]
    if absent:
        raise DataError([Problem(name, 0, f"column '{column}' is missing", column) for column in absent])
    known = typed(table, frame.reset_index(drop=True))
    lines = np.arange(len(known), dtype=np.int64) + 2
    return known, [*_cells(name, table, known, lines), *_twice(name, table, known, lines)]


def read_texts(path: Path) -> Read:
    """Read a CSV file as text, whatever its columns; rows must have as many cells as the header.

    Returns
    -------
    frame : DataFrame
        One column for each header, of trimmed text, and `LINE`.
    problems : list of Problem
        What makes the file unreadable; the frame is then without rows.
    """
    try:
        cells = read_cells(path)
    except Unreadable as error:
        return pd.DataFrame(columns=[LINE]), [error.problem]
    problems = _shape(cells)
    if problems:
        return pd.DataFrame(columns=[*dict.fromkeys(cells.header), LINE]), problems
    rows = [[cell.strip() for cell in row] for row in cells.rows]
    return pd.DataFrame(rows, columns=cells.header, dtype="str").assign(**{LINE: cells.lines}), []


def _shape(cells: Cells) -> list[Problem]:
    width = len(cells.header)
    twice = [name for position, name in enumerate(cells.header) if name in cells.header[:position]]
    return [
        Problem(
            cells.file,
            cells.header_line,
            Message("column '{column}' is there twice; allowed: each column once", column=name),
            name,
        )
        for name in dict.fromkeys(twice)
    ] + [
        Problem(cells.file, int(line), wrong_width(row, width))
        for line, row in zip(cells.lines, cells.rows, strict=True)
        if len(row) != width
    ]


def _cells(file: str, table: Table, frame: pd.DataFrame, lines: IntArray) -> list[Problem]:
    """Problems of cells whose value their column does not allow."""
    return [
        value_problem(file, int(lines[row]), column.name, format_cell(column, cells.iloc[row]), column.allowed)
        for column in table.columns
        if column.name in frame
        for cells in [frame[column.name]]
        for row in np.flatnonzero(~_allowed(cells, column).to_numpy(bool))
    ]


def _allowed(cells: pd.Series, column: Column) -> pd.Series:
    """Whether each cell has a value that its column allows."""
    if column.kind.is_text:
        empty = cells == ""
        right = cells.isin(column.words) if column.words else pd.Series(True, cells.index)
        if column.kind is Kind.ID:
            right &= ~cells.str.contains(r"\s", regex=True)
    else:
        empty = cells.isna()
        right = np.isfinite(cells) & cells.between(column.low, column.high)
        right &= cells.between(column.above, column.below, inclusive="neither")
        if column.kind is Kind.FLAG:
            right &= cells.isin([0, 1])
        if column.kind is Kind.WHOLE:
            right &= is_whole(cells.to_numpy())
    return right.where(~empty, column.may_be_empty)


def _twice(file: str, table: Table, frame: pd.DataFrame, lines: IntArray) -> list[Problem]:
    """Rows that share the key of an earlier one."""
    key = list(table.key)
    if not key:
        return []
    again = np.flatnonzero(frame.duplicated(key))
    return [Problem(file, int(lines[row]), f"has the same {', '.join(key)} as an earlier row", key[0]) for row in again]
