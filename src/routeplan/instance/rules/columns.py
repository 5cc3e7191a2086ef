"""The values that single cells may hold, derived from the schema."""

import numpy as np
import pandas as pd

from routeplan.instance.rules.findings import Findings
from routeplan.schema.column import Column, Kind
from routeplan.schema.frames import is_whole
from routeplan.schema.inputs import ALL, INPUT_TABLES


def check_columns(findings: Findings, table: str) -> None:
    """Hold every cell of a table against its column's declaration."""
    frame = findings[table]
    if frame.empty:
        return
    for column in INPUT_TABLES[table].columns:
        if column.name in frame:
            findings.refuse(table, ~_obeys(column, frame[column.name]), column.name, column.allowed)


def _obeys(column: Column, cells: pd.Series) -> pd.Series:
    """Whether each cell is what its column allows."""
    if not column.kind.is_text:
        right = _is_number_of(column, cells)
        return right | cells.isna() if column.may_be_empty else right
    if column.kind is Kind.TEXT:
        return pd.Series(True, cells.index)
    right = (cells.str.strip() != "") & _is_text_of(column, cells)
    return right | (cells == "") if column.may_be_empty else right


def _is_text_of(column: Column, cells: pd.Series) -> pd.Series:
    if column.words:
        return cells.isin(column.words)
    if column.kind is Kind.ID and not column.refers:
        # What refers to an id needs no check of its form: the id it refers to has it.
        return ~cells.str.contains(r"\s", regex=True) & (cells != ALL)
    return pd.Series(True, cells.index)


def _is_number_of(column: Column, cells: pd.Series) -> pd.Series:
    if column.kind is Kind.FLAG:
        return cells.isin([0, 1])
    right = (cells.abs() < np.inf) & cells.between(column.low, column.high) & (cells < column.below)
    return right & is_whole(cells) if column.kind is Kind.WHOLE else right
