"""Data frames in the types that the schema declares."""

import numpy as np
import pandas as pd

from routeplan.schema.column import Column, Table

LARGEST_WHOLE = 2.0**53
"""Above this, float64 no longer tells whole numbers apart."""


def empty(table: Table) -> pd.DataFrame:
    """Make a table without rows, in the declared columns and types."""
    return settled(table, pd.DataFrame(columns=table.names))


def settled(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Order the columns, fill in the defaults and settle the types.

    Parameters
    ----------
    table : Table
        Its declaration.
    frame : DataFrame
        Cells of the declared kinds: text, or numbers with NaN where a cell is empty. Columns that the table
        does not declare are dropped; declared ones that are lacking and have no default stay lacking.

    Returns
    -------
    DataFrame
        Text as ``str`` ("" where empty), numbers as float64 (NaN where empty), flags and whole numbers that
        may not be empty as int64 (as float64 where one of them is empty or not whole).
    """
    columns: dict[str, pd.Series] = {}
    for column in table.columns:
        if column.name in frame:
            columns[column.name] = _settled(column, frame[column.name])
        elif not column.required:
            columns[column.name] = _settled(column, pd.Series("" if column.kind.is_text else np.nan, frame.index))
        if column.same_as and column.same_as in columns:
            cells = columns[column.name]
            columns[column.name] = cells.where(cells != "", columns[column.same_as])
    return pd.DataFrame(columns, index=frame.index)


def _settled(column: Column, cells: pd.Series) -> pd.Series:
    """One column's cells, defaults filled in, in the declared type."""
    if column.kind.is_text:
        words = cells.astype("str").fillna("")
        return words.where(words != "", column.default) if isinstance(column.default, str) else words
    numbers = cells.astype("float64")
    if isinstance(column.default, float):
        numbers = numbers.fillna(column.default)
    if column.always_whole and bool(is_whole(numbers).all()):
        return numbers.astype("int64")
    return numbers


def is_whole(numbers: pd.Series) -> pd.Series:
    """Whether each number is whole (and small enough to be told from its neighbours)."""
    return (numbers.abs() < LARGEST_WHOLE) & (numbers % 1 == 0)
