"""A change to a table: set, multiply, add or delay a column of the rows that match."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from routeplan.horizon import Horizon
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.frames import settled
from routeplan.schema.inputs import INPUT_TABLES

Action = Literal["set", "multiply", "add", "delay"]

MISSING_ROW = {"headroom": 0.0, "budgets": 0.0, "sources": 0.0, "supply": 0.0, "trends": 1.0, "activity": 1.0}
"""What a row counts as that a delay looks for in vain; in other tables it is an error."""


@dataclass(frozen=True)
class Change:
    """One change: what is done to a column of the rows that match.

    Parameters
    ----------
    table, column : str
        Where.
    action : {"set", "multiply", "add", "delay"}
        What is done.
    value : str, float or int
        With what; years for ``delay``.
    where : mapping of str to value
        Rows that change: those that equal every value; all when empty.
    """

    table: str
    column: str
    action: Action
    value: Any
    where: Mapping[str, Any]


class ChangeRefused(Exception):
    """A change that cannot be made.

    Parameters
    ----------
    texts : str
        Why: one sentence for each thing that is wrong with it.
    """

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        super().__init__("; ".join(texts))


def changed(change: Change, tables: Mapping[str, pd.DataFrame], horizon: Horizon) -> pd.DataFrame:
    """Make a change to its table.

    Parameters
    ----------
    change : Change
        The change.
    tables : mapping of str to DataFrame
        All tables; they stay as they are.
    horizon : Horizon
        The periods.

    Returns
    -------
    DataFrame
        The changed table.

    Raises
    ------
    ChangeRefused
        When the change makes no sense for the table.
    """
    if change.table not in INPUT_TABLES:
        raise ChangeRefused(f"table '{change.table}' is unknown; allowed: {', '.join(INPUT_TABLES)}")
    table, frame = INPUT_TABLES[change.table], tables[change.table]
    _refuse_columns(change, table)
    rows = _matching(change, table, frame)
    column = table.column(change.column)
    cells = frame[change.column].copy()
    if change.action == "set":
        cells = _set(change, column, cells, rows)
    elif change.action == "delay":
        cells = _delayed(change, table, frame, rows, horizon)
    else:
        cells = _scaled(change, column, cells, rows)
    return settled(table, frame.assign(**{change.column: cells}))


def _refuse_columns(change: Change, table: Table) -> None:
    """Refuse columns that the table does not have, and a change of its key."""
    others = [name for name in table.names if name not in table.key]
    texts = [
        f"column '{name}' is unknown in {table.name}; allowed: {', '.join(table.names)}"
        for name in (change.column, *change.where)
        if not table.has(name)
    ]
    if change.column in table.key:
        can = ", ".join(others) or "none"
        texts.append(f"column '{change.column}' is part of the key of {table.name}; allowed: {can}")
    if texts:
        raise ChangeRefused(*texts)


def _matching(change: Change, table: Table, frame: pd.DataFrame) -> pd.Series:
    """Rows that equal every value of `where`; an empty cell counts as its default."""
    rows = pd.Series(True, frame.index)
    for name, value in change.where.items():
        rows &= _equals(table.column(name), frame, _cell(f"where: '{name}'", table.column(name), value))
    if not rows.any():
        pairs = ", ".join(f"{name} = {value}" for name, value in change.where.items())
        raise ChangeRefused(f"fits no row of {table.name}" + (f" (where {pairs})" if pairs else ""))
    return rows


def _equals(column: Column, frame: pd.DataFrame, value: str | float) -> pd.Series:
    cells = frame[column.name]
    if isinstance(value, float) and math.isnan(value):
        value = column.default if isinstance(column.default, float) else value
        return cells.isna() if math.isnan(value) else cells == value
    if value == "" and column.same_as:
        return cells == frame[column.same_as]
    if value == "" and isinstance(column.default, str):
        return cells == column.default
    return cells == value


def _cell(what: str, column: Column, value: object) -> str | float:
    """A value of a TOML file as a cell of a column; "" is an empty cell, of numbers too."""
    if column.kind.is_text:
        if isinstance(value, str):
            return value
        raise ChangeRefused(f"{what} is {_shown(value)}; allowed: text in quotes, {column.allowed}")
    if value == "" and isinstance(value, str):
        return math.nan
    if _is_number(value) or (isinstance(value, bool) and column.kind is Kind.FLAG):
        return float(value)  # type: ignore[arg-type]  # known to be a number
    raise ChangeRefused(f"{what} is {_shown(value)}; allowed: a number, {column.allowed}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _set(change: Change, column: Column, cells: pd.Series, rows: pd.Series) -> pd.Series:
    value = _cell(f"set of '{column.name}'", column, change.value)
    if change.value == "" and column.required:
        raise ChangeRefused(f"set of '{column.name}' is empty; allowed: {column.allowed}")
    return cells.where(~rows, value) if column.kind.is_text else cells.astype("float64").where(~rows, value)


def _scaled(change: Change, column: Column, cells: pd.Series, rows: pd.Series) -> pd.Series:
    """Multiply or add; a limit that is empty stays empty."""
    if column.kind.is_text:
        raise ChangeRefused(f"{change.action} does not fit column '{column.name}'; allowed: a column of numbers")
    if not _is_number(change.value):
        raise ChangeRefused(f"{change.action} is {_shown(change.value)}; allowed: a number")
    numbers = cells.astype("float64")
    new = numbers * change.value if change.action == "multiply" else numbers + change.value
    return numbers.where(~rows, new)


def _delayed(change: Change, table: Table, frame: pd.DataFrame, rows: pd.Series, horizon: Horizon) -> pd.Series:
    """Add years to a year; in a table keyed by period, take the value of that many years before."""
    years, column = change.value, table.column(change.column)
    if not _is_number(years) or years < 0 or not float(years).is_integer():
        raise ChangeRefused(f"delay is {_shown(years)}; allowed: 0 years or more, whole")
    numbers = frame[column.name]
    if column.is_calendar_year:
        return numbers.where(~rows, numbers + years)
    if "period" not in table.key or column.kind.is_text:
        raise ChangeRefused(
            f"delay does not fit column '{column.name}' of {table.name}; "
            "allowed: a column of years, or a column of numbers in a table keyed by period"
        )
    return numbers.astype("float64").where(~rows, _values_before(table, frame, rows, column.name, years, horizon))


def _values_before(
    table: Table, frame: pd.DataFrame, rows: pd.Series, column: str, years: float, horizon: Horizon
) -> pd.Series:
    """The value that the key of each row had so many years before (of rows that do not change: NaN)."""
    key = list(table.key)
    before = horizon.first[horizon.period_of(frame["period"].to_numpy(float) - years)]
    wanted = frame[key].assign(period=before)[rows]
    found = wanted.merge(frame[[*key, column]], on=key, how="left", indicator="found").set_index(wanted.index)
    missing = found["found"] == "left_only"
    if table.name in MISSING_ROW:
        found.loc[missing, column] = MISSING_ROW[table.name]
    elif missing.any():
        raise ChangeRefused(*(_no_row(table, row) for _, row in wanted[missing].drop_duplicates().iterrows()))
    return found[column].astype("float64").reindex(frame.index)


def _no_row(table: Table, row: pd.Series) -> str:
    key = ", ".join(f"{name} {row[name]}" for name in table.key)
    return f"delay needs the value of {key}, for which {table.name} has no row"
