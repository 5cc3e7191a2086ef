"""Check that tables made in memory have the form that the rules need."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from routeplan.errors import Problem
from routeplan.schema.column import Column, Table
from routeplan.schema.inputs import INPUT_TABLES


def check_structure(tables: Mapping[str, pd.DataFrame], unread: Collection[str]) -> list[Problem]:
    """Report tables that are lacking or unknown, and columns that are lacking or of another type.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables.
    unread : collection of str
        Tables that may lack columns, or lack altogether: whoever read them has said so already.
    """
    problems = [
        Problem(f"{name}.csv", 0, f"is no table of the format; allowed: {', '.join(INPUT_TABLES)}")
        for name in tables
        if name not in INPUT_TABLES
    ]
    for name, table in INPUT_TABLES.items():
        if name in tables:
            problems += _columns(table, tables[name], complete=name not in unread)
        elif name not in unread:
            problems.append(Problem(table.file, 0, "the table is missing; allowed: a table, if need be without rows"))
    return problems


def _columns(table: Table, frame: pd.DataFrame, complete: bool) -> list[Problem]:
    problems = []
    types = dict(zip(frame.columns, frame.dtypes, strict=True))
    for column in table.columns:
        if column.name not in types:
            if complete:
                problems.append(Problem(table.file, 0, f"column '{column.name}' is missing", column.name))
        elif not _is_right(column, types[column.name]) or (column.kind.is_text and _lacks_text(frame, column.name)):
            allowed = _TEXT if column.kind.is_text else _NUMBERS
            text = f"column '{column.name}' has type {types[column.name]}; allowed: {allowed}"
            problems.append(Problem(table.file, 0, text, column.name))
    return problems


_TEXT = "type str, with '' for an empty cell"
_NUMBERS = "a numpy type of numbers, with NaN for an empty cell"


def _is_right(column: Column, dtype: object) -> bool:
    if column.kind.is_text:
        return isinstance(dtype, pd.StringDtype)
    return isinstance(dtype, np.dtype) and dtype.kind in "iuf"


def _lacks_text(frame: pd.DataFrame, column: str) -> bool:
    """Whether a column of text has a cell without any, which '' stands for."""
    return len(frame) > 0 and bool(frame[column].hasnans)
