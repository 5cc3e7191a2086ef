"""A change to a table: set, multiply, add or delay a column of the rows that match."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import pandas as pd

from routeplan.instance.horizon import Horizon
from routeplan.instance.rules.words import did_you_mean
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.frames import typed_cells
from routeplan.schema.inputs import INPUT_TABLES

Action = Literal["set", "multiply", "add", "delay"]

MISSING_ROW = {"headroom": 0.0, "budgets": 0.0, "sources": 0.0, "supply": 0.0, "trends": 1.0, "activity": 1.0}
"""What a row counts as that a delay looks for in vain; in other tables it is an error."""


@dataclass(frozen=True)
class Change:
    """One change to a column of the rows that match.

    Parameters
    ----------
    table, column : str
        Where.
    action : {"set", "multiply", "add", "delay"}
        What is done.
    value : str, float or int
        With what; years for ``delay``, below 0: earlier.
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
    texts = refusals(change)
    if texts:
        raise ChangeRefused(*texts)
    table, frame = INPUT_TABLES[change.table], tables[change.table]
    rows = matching_rows(change, table, frame)
    column = table.column(change.column)
    cells = frame[change.column].copy()
    if change.action == "set":
        cells = _set(change, column, cells, rows)
    elif change.action == "delay":
        cells = _delayed(change, table, frame, rows, horizon)
    else:
        cells = _scaled(change, cells, rows)
    return frame.assign(**{change.column: typed_cells(column, cells, frame)})


def refusals(change: Change) -> tuple[str, ...]:
    """Reasons why a change cannot be made, whatever rows its table has.

    Parameters
    ----------
    change : Change
        The change.

    Returns
    -------
    tuple of str
        One sentence for each thing that is wrong; none when the change may be tried.
    """
    misplaced = place_refusals(change.table, change.column, change.where)
    if misplaced and change.table not in INPUT_TABLES:
        return misplaced
    table = INPUT_TABLES[change.table]
    checks: list[Callable[[], object]] = [
        partial(_condition, table, name, value) for name, value in change.where.items() if table.has(name)
    ]
    if table.has(change.column):
        checks.append(partial(_check_value, change, table))
    return misplaced + tuple(text for check in checks for text in _told_by(check))


def place_refusals(table: str, column: str, where: Iterable[str]) -> tuple[str, ...]:
    """Reasons why the place of a change is invalid: table or columns are unknown, or the column is of the key.

    Parameters
    ----------
    table, column : str
        Where it is made.
    where : names
        Columns by which rows are chosen.
    """
    if table not in INPUT_TABLES:
        hint = did_you_mean(table, INPUT_TABLES)
        return (f"table '{table}' is unknown{hint}; allowed: {', '.join(INPUT_TABLES)}",)
    declared = INPUT_TABLES[table]
    texts = [
        f"column '{name}' is unknown in {table}{did_you_mean(name, declared.names)}; "
        f"allowed: {', '.join(declared.names)}"
        for name in (column, *where)
        if not declared.has(name)
    ]
    if column in declared.key:
        can = ", ".join(name for name in declared.names if name not in declared.key) or "none"
        texts.append(f"column '{column}' is part of the key of {table}; allowed: {can}")
    return tuple(texts)


def _told_by(check: Callable[[], object]) -> tuple[str, ...]:
    try:
        check()
    except ChangeRefused as refused:
        return refused.texts
    return ()


def _condition(table: Table, name: str, value: object) -> str | float:
    """A value of `where` as a cell of its column."""
    return _cell(f"where: '{name}'", table.column(name), value)


def _check_value(change: Change, table: Table) -> None:
    """Refuse a value that does not fit the action or the column."""
    column = table.column(change.column)
    if change.action == "set":
        _set_value(change, column)
    elif change.action == "delay":
        _check_delay(change, table, column)
    else:
        _check_factor(change, column)


def matching_rows(change: Change, table: Table, frame: pd.DataFrame) -> pd.Series:
    """Rows that equal every value of `where`; an empty cell counts as its default.

    Parameters
    ----------
    change : Change
        The change.
    table : Table
        Declaration of its table.
    frame : DataFrame
        The table's rows.

    Returns
    -------
    Series of bool
        Which rows change.

    Raises
    ------
    ChangeRefused
        When no row does.
    """
    rows = pd.Series(True, frame.index)
    for name, value in change.where.items():
        rows &= _equals(table.column(name), frame, _condition(table, name, value))
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
            if column.words and value not in ("", *column.words):
                raise ChangeRefused(f"{what} is {_format_value(value)}; allowed: {column.allowed}")
            return value
        raise ChangeRefused(f"{what} is {_format_value(value)}; allowed: text in quotes, {column.allowed}")
    if value == "" and isinstance(value, str):
        return math.nan
    if _is_number(value) or (isinstance(value, bool) and column.kind is Kind.FLAG):
        return float(value)  # type: ignore[arg-type]  # known to be a number
    raise ChangeRefused(f"{what} is {_format_value(value)}; allowed: a number, {column.allowed}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _format_value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _set_value(change: Change, column: Column) -> str | float:
    if change.value == "" and column.required:
        raise ChangeRefused(f"set of '{column.name}' is empty; allowed: {column.allowed}")
    return _cell(f"set of '{column.name}'", column, change.value)


def _set(change: Change, column: Column, cells: pd.Series, rows: pd.Series) -> pd.Series:
    value = _set_value(change, column)
    return cells.where(~rows, value) if column.kind.is_text else cells.astype("float64").where(~rows, value)


def _check_factor(change: Change, column: Column) -> None:
    if column.kind.is_text:
        raise ChangeRefused(f"{change.action} does not fit column '{column.name}'; allowed: a column of numbers")
    if not _is_number(change.value):
        raise ChangeRefused(f"{change.action} is {_format_value(change.value)}; allowed: a number")


def _scaled(change: Change, cells: pd.Series, rows: pd.Series) -> pd.Series:
    """Multiply or add; a limit that is empty stays empty."""
    numbers = cells.astype("float64")
    new = numbers * change.value if change.action == "multiply" else numbers + change.value
    return numbers.where(~rows, new)


def _check_delay(change: Change, table: Table, column: Column) -> None:
    years = change.value
    if not _is_number(years) or not float(years).is_integer():
        raise ChangeRefused(f"delay is {_format_value(years)}; allowed: whole years, below 0 for earlier")
    if not column.is_calendar_year and ("period" not in table.key or column.kind.is_text):
        raise ChangeRefused(
            f"delay does not fit column '{column.name}' of {table.name}; "
            "allowed: a column of years, or a column of numbers in a table keyed by period"
        )


def _delayed(change: Change, table: Table, frame: pd.DataFrame, rows: pd.Series, horizon: Horizon) -> pd.Series:
    """Add years to a year; in a table keyed by period, take the value of that many years before (below 0: after)."""
    years, column = change.value, table.column(change.column)
    numbers = frame[column.name]
    if column.is_calendar_year:
        return numbers.where(~rows, numbers + years)
    return numbers.astype("float64").where(~rows, _values_before(table, frame, rows, column.name, years, horizon))


def _values_before(
    table: Table, frame: pd.DataFrame, rows: pd.Series, column: str, years: float, horizon: Horizon
) -> pd.Series:
    """Value of the key of each row `years` years before (NaN for rows that do not change)."""
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
