"""What single cells may hold, derived from the schema and tested by pandera."""

from functools import cache

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
    """The declaration of a table in pandera's words."""
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                checks=_text_checks(column) if column.kind.is_text else _number_checks(column),
                nullable=column.kind.is_text or column.may_be_empty,
                required=False,
            )
            for column in INPUT_TABLES[table].columns
        }
    )


def _text_checks(column: Column) -> list[pa.Check]:
    if column.kind is Kind.TEXT:
        return []
    checks = [] if column.may_be_empty else [pa.Check(lambda cells: cells.str.strip() != "")]
    if column.words:
        checks.append(pa.Check.isin([*column.words, ""]))
    elif column.kind is Kind.ID and not column.refers:
        # What refers to an id needs no check of its form: the id it refers to has it.
        checks.append(pa.Check(_is_id))
    return checks


def _is_id(cells: pd.Series) -> pd.Series:
    return ~cells.str.contains(r"\s", regex=True) & (cells != ALL)


def _number_checks(column: Column) -> list[pa.Check]:
    if column.kind is Kind.FLAG:
        return [pa.Check.isin([0, 1])]
    checks = [pa.Check(lambda cells: np.isfinite(cells))]
    if column.low > -np.inf:
        checks.append(pa.Check.ge(column.low))
    if column.high < np.inf:
        checks.append(pa.Check.le(column.high))
    if column.below < np.inf:
        checks.append(pa.Check.lt(column.below))
    if column.kind is Kind.WHOLE:
        checks.append(pa.Check(is_whole))
    return checks
