"""Values of settings and scenarios, which may be of any type, as values of cells."""

import json
import math
from typing import Any

from routeplan.data.csv_text import number_text
from routeplan.data.typed import NUMBER, YES_OR_NO
from routeplan.data.workbook.file import Odd, Value
from routeplan.schema.column import Column, Kind

JSON = "json: "
"""How the text of a cell begins that holds what a cell cannot: a list, or text that looks like a number."""


def value_of(cell: Value, column: Column | None) -> Any:
    """Convert a cell to a value.

    Parameters
    ----------
    cell : Value
        What the cell holds; empty is "".
    column : Column, optional
        The column that it is a value of, if known: where it holds numbers, text is read as a number, and where it
        holds text, a number is taken as text.

    Raises
    ------
    ValueError
        When it is no text, number or flag; with what it is instead.
    """
    if isinstance(cell, Odd):
        raise ValueError(cell.words)
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _from_text(cell, column)
    if column is not None and column.kind.is_text and not isinstance(cell, bool):
        return number_text(cell)
    return cell


def _from_text(text: str, column: Column | None) -> Any:
    if text.startswith(JSON):
        try:
            return json.loads(text.removeprefix(JSON))
        except json.JSONDecodeError as error:
            raise ValueError(f"{text}, which is no JSON ({error})") from None
    if column is None or column.kind.is_text:
        return text
    if column.kind is Kind.FLAG and text.strip().casefold() in YES_OR_NO:
        return bool(YES_OR_NO[text.strip().casefold()])
    return float(text) if NUMBER.fullmatch(text.strip()) else text


def cell_of(value: Any, column: Column | None) -> Value:
    """Convert a value to a cell from which `value_of` reads the same value; a date becomes text.

    Parameters
    ----------
    value : str, float, int, bool, list or dict
        The value.
    column : Column, optional
        The column that it is a value of, if known.
    """
    if value == "" and isinstance(value, str):
        return None
    fits = isinstance(value, str | int | float) and (isinstance(value, str) or math.isfinite(value))
    if fits and _same(value_of(value, column), value):
        return value  # type: ignore[no-any-return]  # text, number or flag
    return in_json(value)


def in_json(value: Any) -> str:
    """A value as text that `value_of` reads in any column."""
    return JSON + json.dumps(value, ensure_ascii=False, default=str)


def _same(one: Any, other: Any) -> bool:
    kinds = [(isinstance(each, str), isinstance(each, bool)) for each in (one, other)]
    return kinds[0] == kinds[1] and bool(one == other)
