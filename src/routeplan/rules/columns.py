"""What single cells may hold, derived from the schema and tested by pandera."""

from functools import cache, partial

import numpy as np
import pandas as pd
import pandera.pandas as pa

from routeplan.rules.findings import Findings
from routeplan.schema.column import Column, Kind
from routeplan.schema.frames import is_whole
from routeplan.schema.inputs import ALL, INPUT_TABLES


def check_columns(findings: Findings, table: str) -> None:
    """Hold every cell of a table against its column's declaration."""
    frame = findings[table]
    if frame.empty:
        return
    try:
        _schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for name, rows in cases.groupby("column")["index"]:
            wrong = np.zeros(len(frame), dtype=bool)
            wrong[rows.to_numpy(dtype=np.int64)] = True
            findings.refuse(table, wrong, str(name), INPUT_TABLES[table].column(str(name)).allowed)


@cache
def _schema(table: str) -> pa.DataFrameSchema:
    """The declaration of a table in pandera's words: one check a column, since each has one message."""
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                checks=pa.Check(partial(_obeys, column)),
                nullable=column.kind.is_text or column.may_be_empty,
                required=False,
            )
            for column in INPUT_TABLES[table].columns
        }
    )


def _obeys(column: Column, cells: pd.Series) -> pd.Series:
    """Whether each cell is what its column allows; empty cells of numbers are left to `nullable`."""
    if not column.kind.is_text:
        return _is_number_of(column, cells)
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
