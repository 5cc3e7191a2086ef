"""The sheet of a table, as if it were the CSV file of that table."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

import numpy as np

from routeplan.data.csv_cells import EMPTY_TABLE, Cells, Unreadable
from routeplan.data.csv_text import number_text
from routeplan.data.typed import THOUSANDS
from routeplan.data.workbook.file import Odd, Sheet, Value
from routeplan.errors import Problem
from routeplan.schema.column import Kind, Table

MERGED_SHOWN = 5
"""Ranges of merged cells that a message names."""


def cells_of(file: str, table: Table, sheet: Sheet) -> Cells:
    """State a sheet as text: numbers as they would be written in the CSV file, flags as 0 and 1.

    Parameters
    ----------
    file : str
        Name of the file that it would be in a folder.
    table : Table
        Its declaration.
    sheet : Sheet
        Its values.

    Raises
    ------
    Unreadable
        When it is empty, or cells are merged.
    """
    _refuse_merged(file, sheet)
    if not sheet.rows:
        raise Unreadable(Problem(file, 0, EMPTY_TABLE))
    places, columns = _columns(sheet.rows)
    header = [text_of(column[0]) for column in columns]
    texts = []
    odd = {}
    for position, (name, column) in enumerate(zip(header, columns, strict=True)):
        kind = table.column(name).kind if table.has(name) else None
        texts.append(_texts(kind, column[1:]))
        unclear = [kind is not None and not kind.is_text and _is_unclear(value) for value in column[1:]]
        found = [row for row, value in enumerate(column[1:]) if isinstance(value, Odd) or unclear[row]]
        if found and kind is not None:
            odd[position] = found
    rows = [list(row) for row in zip(*texts, strict=True)]
    return Cells(file, header, sheet.lines[0], rows, np.array(sheet.lines[1:], dtype=np.int64), odd, places)


def _is_unclear(value: Value) -> bool:
    """Whether a cell holds text such as ``1.500``, which Dutch readers take for 1500; a number has no such doubt."""
    return isinstance(value, str) and THOUSANDS.fullmatch(value.strip()) is not None


def _refuse_merged(file: str, sheet: Sheet) -> None:
    if sheet.merged:
        more = f", and {len(sheet.merged) - MERGED_SHOWN} more," if len(sheet.merged) > MERGED_SHOWN else ""
        text = f"cells {', '.join(sheet.merged[:MERGED_SHOWN])}{more} are merged; allowed: a cell for each value"
        raise Unreadable(Problem(file, 0, text))


def _columns(rows: Sequence[Sequence[Value]]) -> tuple[tuple[int, ...], list[tuple[Value, ...]]]:
    """Columns with any value, and before them their positions on the sheet, counted from 1."""
    columns = dict(enumerate(zip_longest(*rows), start=1))
    kept = {place: column for place, column in columns.items() if not all(value is None for value in column)}
    return tuple(kept), list(kept.values())


def _texts(kind: Kind | None, values: Iterable[Value]) -> list[str]:
    if kind is None:
        return [value.text if isinstance(value, Odd) else text_of(value) for value in values]
    if kind is Kind.FLAG:
        return [str(int(value)) if isinstance(value, bool) else text_of(value) for value in values]
    return [text_of(value) for value in values]


def text_of(value: Value) -> str:
    """A value as text; what is neither text nor a number, in words."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    return value.words if isinstance(value, Odd) else number_text(value)
