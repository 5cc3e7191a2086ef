"""Data frames in the types that the schema declares."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.schema.column import Column, Table

_TEXT = pd.StringDtype(na_value=np.nan)
"""The type ``str``; a column that has it already is not looked at again, which takes a while for many small tables."""

LARGEST_WHOLE = 2.0**53
"""Above this, float64 no longer tells whole numbers apart."""


class Frames(Mapping[str, pd.DataFrame]):
    """Tables by name that never change: each is handed out as a copy, which pandas makes only when it is written to.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The tables.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = {name: frame.copy(deep=False) for name, frame in frames.items()}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name].copy(deep=False)

    def __contains__(self, name: object) -> bool:
        return name in self._frames

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same tables, with the same rows and columns in the same order."""
        if not isinstance(other, Frames):
            return NotImplemented
        return self._frames.keys() == other._frames.keys() and all(
            frame.equals(other._frames[name]) for name, frame in self._frames.items()
        )

    def __hash__(self) -> int:
        return hash(tuple((name, len(frame)) for name, frame in self._frames.items()))

    def __repr__(self) -> str:
        return ", ".join(f"{name}: {len(frame)} rows" for name, frame in self._frames.items() if len(frame))


def empty(table: Table) -> pd.DataFrame:
    """Make a table without rows, in the declared columns and types."""
    return typed(table, pd.DataFrame(columns=table.names))


def without_unused(table: Table, frame: pd.DataFrame) -> Table:
    """Leave out the later columns of a table in which no cell says more than the default.

    Parameters
    ----------
    table : Table
        Its declaration.
    frame : DataFrame
        Its rows, typed.
    """
    kept = tuple(
        column for column in table.columns if not column.later or not (frame[column.name] == column.default).all()
    )
    return table if len(kept) == len(table.columns) else replace(table, columns=kept)


def with_later_columns(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Fill in the later columns that a table does not know yet, whole or in some rows, with their defaults.

    Parameters
    ----------
    table : Table
        Its declaration.
    frame : DataFrame
        Its rows, perhaps of a program that is older than the columns.
    """
    lacking = [column for column in table.columns if column.later]
    lacking = [column for column in lacking if column.name not in frame or frame[column.name].hasnans]
    empty = pd.Series(np.nan, frame.index, dtype=_TEXT)
    filled = {column.name: typed_cells(column, frame.get(column.name, empty), {}) for column in lacking}
    return frame.assign(**filled) if filled else frame


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
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
            columns[column.name] = typed_cells(column, frame[column.name], columns)
        elif not column.required:
            absent = pd.Series("" if column.kind.is_text else np.nan, frame.index)
            columns[column.name] = typed_cells(column, absent, columns)
    return pd.DataFrame(columns, index=frame.index)


def typed_cells(column: Column, cells: pd.Series, others: Mapping[str, pd.Series] | pd.DataFrame) -> pd.Series:
    """Fill in the defaults of one column, and settle its type.

    Parameters
    ----------
    column : Column
        Its declaration.
    cells : Series
        Its cells, text or numbers.
    others : mapping of str to Series
        The table's other columns, typed: a default may be what another column holds.
    """
    typed = _in_type(column, cells)
    return typed.where(typed != "", others[column.same_as]) if column.same_as in others else typed


def _in_type(column: Column, cells: pd.Series) -> pd.Series:
    """One column's cells, defaults of its own filled in, in the declared type."""
    if column.kind.is_text:
        words = cells if cells.dtype == _TEXT else cells.astype("str")
        words = words.fillna("") if words.hasnans else words
        return words.where(words != "", column.default) if isinstance(column.default, str) and column.default else words
    numbers = cells if cells.dtype == np.float64 else cells.astype("float64")
    if isinstance(column.default, float) and numbers.hasnans:
        numbers = numbers.fillna(column.default)
    if column.always_whole and bool(is_whole(numbers.to_numpy()).all()):
        return numbers.astype("int64")
    return numbers


def is_whole(numbers: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each number is whole (and small enough to be distinct from its neighbours)."""
    small = np.abs(numbers) < LARGEST_WHOLE
    return np.asarray(small & (np.where(small, numbers, 0.0) % 1 == 0))
