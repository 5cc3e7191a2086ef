"""A table as CSV text."""

import csv
import io
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from routeplan.schema.column import Column, Table
from routeplan.schema.frames import without_unused


def csv_text(table: Table, frame: pd.DataFrame, free: pd.DataFrame | None = None) -> str:
    """State a table as CSV: the shortest numbers that read back the same, whole ones without a point.

    Later columns without any use are left out.

    Parameters
    ----------
    table : Table
        Its declaration.
    frame : DataFrame
        Its rows.
    free : DataFrame, optional
        Columns of the user's own (notes and sources) to put behind them, as text, row by row.
    """
    used = without_unused(table, frame)
    columns = [_texts(column, frame[column.name]) for column in used.columns]
    names = list(used.names)
    if free is not None:
        names += free.columns.tolist()
        columns += [free[name].tolist() for name in free]
    rows = [names, *zip(*columns, strict=True)]
    text = _joined(rows, csv.QUOTE_MINIMAL)
    # The csv module does not quote a lone carriage return of its own accord.
    return _joined(rows, csv.QUOTE_ALL) if "\r" in text else text


def _joined(rows: Iterable[Iterable[str]], quoting: Literal[0, 1]) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n", quoting=quoting).writerows(rows)
    return lines.getvalue()


def _texts(column: Column, cells: pd.Series) -> list[str]:
    return cells.tolist() if column.kind.is_text else [number_text(value) for value in cells.tolist()]


def number_text(value: float) -> str:
    """State a number; NaN is an empty cell."""
    if value != value:
        return ""
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)
