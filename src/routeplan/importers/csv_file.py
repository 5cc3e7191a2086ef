"""Read CSV files that are no table of an instance: the default tables, and others' exports."""

from pathlib import Path

import numpy as np
import pandas as pd

from routeplan.data.csv_cells import Cells, Unreadable, read_cells
from routeplan.data.typed import TypedTable, typed_table
from routeplan.errors import Problem, value_problem
from routeplan.rules.findings import shown
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.frames import is_whole

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
    problems = [*typed.problems, *(found for found in _cells(path.name, table, typed) if not typed.already_told(found))]
    problems += [] if problems else _twice(path.name, table, typed)
    return typed.frame.assign(**{LINE: typed.lines}), problems


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
        Problem(cells.file, cells.header_line, f"column '{name}' is there twice; allowed: each column once", name)
        for name in dict.fromkeys(twice)
    ] + [
        Problem(cells.file, int(line), f"has {len(row)} cells; allowed: {width}, as in the header")
        for line, row in zip(cells.lines, cells.rows, strict=True)
        if len(row) != width
    ]


def _cells(file: str, table: Table, typed: TypedTable) -> list[Problem]:
    """Cells outside what their column allows."""
    return [
        value_problem(file, int(typed.lines[row]), column.name, shown(column, cells.iloc[row]), column.allowed)
        for column in table.columns
        if column.name in typed.frame
        for cells in [typed.frame[column.name]]
        for row in np.flatnonzero(~_allowed(cells, column).to_numpy(bool))
    ]


def _allowed(cells: pd.Series, column: Column) -> pd.Series:
    """Whether each cell is what its column declares."""
    if column.kind.is_text:
        empty = cells == ""
        right = cells.isin(column.words) if column.words else pd.Series(True, cells.index)
        if column.kind is Kind.ID:
            right &= ~cells.str.contains(r"\s", regex=True)
    else:
        empty = cells.isna()
        right = np.isfinite(cells) & cells.between(column.low, column.high) & ~(cells >= column.below)
        if column.kind is Kind.FLAG:
            right &= cells.isin([0, 1])
        if column.kind is Kind.WHOLE:
            right &= is_whole(cells)
    return right.where(~empty, column.may_be_empty)


def _twice(file: str, table: Table, typed: TypedTable) -> list[Problem]:
    """Rows that share the key of an earlier one."""
    key = list(table.key)
    if not key:
        return []
    again = np.flatnonzero(typed.frame.duplicated(key))
    return [
        Problem(file, int(typed.lines[row]), f"has the same {', '.join(key)} as an earlier row", key[0])
        for row in again
    ]
