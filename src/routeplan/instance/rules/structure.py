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
    for column in table.columns:
        if column.name in frame:
            problems += _type(table, column, frame[column.name])
        elif complete:
            problems.append(Problem(table.file, 0, f"column '{column.name}' is missing", column.name))
    return problems


def _type(table: Table, column: Column, cells: pd.Series) -> list[Problem]:
    if column.kind.is_text:
        right = isinstance(cells.dtype, pd.StringDtype) and not cells.hasnans
        allowed = "type str, with '' for an empty cell"
    else:
        right = isinstance(cells.dtype, np.dtype) and cells.dtype.kind in "iuf"
        allowed = "a numpy type of numbers, with NaN for an empty cell"
    if right:
        return []
    text = f"column '{column.name}' has type {cells.dtype}; allowed: {allowed}"
    return [Problem(table.file, 0, text, column.name)]
