"""Small changes to tables, by which a good plan is spoilt."""

import pandas as pd

from routeplan.checker.check import verify
from routeplan.result.result import Result


def matching(table: pd.DataFrame, where: dict[str, object]) -> "pd.Series[bool]":
    """Which rows have these values; at least one must."""
    rows = pd.Series(True, index=table.index)
    for column, value in where.items():
        rows &= table[column] == value
    assert rows.any(), f"no row has {where}"
    return rows


def with_value(table: pd.DataFrame, column: str, value: object, **where: object) -> pd.DataFrame:
    """The table with another value in one column of some rows."""
    return table.assign(**{column: table[column].mask(matching(table, where), value)})


def without(table: pd.DataFrame, **where: object) -> pd.DataFrame:
    """The table without some rows."""
    return table[~matching(table, where)]


def with_row(table: pd.DataFrame, **row: object) -> pd.DataFrame:
    """The table with one more row, which takes what it does not give from the first one."""
    return pd.concat([table, table.iloc[:1].assign(**row)], ignore_index=True)


def complaints(result: Result) -> list[str]:
    """What the checker says, line by line."""
    return [str(violation) for violation in verify(result.instance, result)]


def families(result: Result) -> set[str]:
    """The families that the checker names."""
    return {violation.family for violation in verify(result.instance, result)}
