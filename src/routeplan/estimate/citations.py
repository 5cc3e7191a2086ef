"""How the derivation cites figures of the default tables: name, value, file, line and confidence."""

from collections.abc import Sequence

import pandas as pd

from routeplan.data.csv_file import LINE
from routeplan.estimate.defaults import DefaultTables, interpolated
from routeplan.estimate.derivation import cited, derived, joined, key_of
from routeplan.schema.column import Table

AS_GIVEN = "figure of the default table"
"""Rule of a number that is taken over."""


def place_of(tables: DefaultTables, table: str, rows: pd.DataFrame, year: float | None = None) -> "pd.Series[str]":
    """Say where rows of a default table stand: ``default areas.csv:6, H``.

    Parameters
    ----------
    tables : DefaultTables
        The default tables.
    table : str
        Which of them.
    rows : DataFrame
        Rows of it.
    year : float, optional
        Year in which their values are taken.
    """
    when = "" if year is None else f", in {year:g}"
    return tables.file(table) + ":" + rows[LINE].astype("int64").astype(str) + when + ", " + rows["confidence"]


def figures(tables: DefaultTables, table: str, rows: pd.DataFrame, *columns: str) -> "dict[str, pd.Series[str]]":
    """Cite columns of rows of a default table, by the columns' names.

    Parameters
    ----------
    tables, table, rows
        As in `place_of`.
    columns : str
        Columns of numbers.
    """
    place = place_of(tables, table, rows)
    return {name: cited(name, rows[name].astype(float), place) for name in columns}


def figure_in(
    tables: DefaultTables, table: str, rows: pd.DataFrame, name: "str | pd.Series[str]", year: float
) -> "pd.Series[str]":
    """Cite rows by year of a default table in one year, under a name.

    Parameters
    ----------
    tables, table, rows
        As in `place_of`.
    name : str or Series
        What the figures are called in the rule.
    year : float
        The year; between the table's years values are linear.
    """
    values = pd.Series(interpolated(rows, [year])[:, 0], rows.index)
    return cited(name, values, place_of(tables, table, rows, year))


def general(tables: DefaultTables, *names: str) -> dict[str, str]:
    """Cite figures of the table ``general`` in its reference year, by their names."""
    year = tables.general("reference_year")
    rows = tables["general"].set_index("name", drop=False).loc[list(names)]
    return dict(figure_in(tables, "general", rows, rows["name"], year))


def cited_share(share: float) -> str:
    """Cite the share of the sites in what cluster 6 emits."""
    return cited("share", share, "demand")


def shared_out(
    tables: DefaultTables, table: str, long: pd.DataFrame, shared: "pd.Series[bool]", share: float, into: Table
) -> pd.DataFrame:
    """Rows for numbers that are those of a year, or the share of the sites in them.

    Parameters
    ----------
    tables, table
        As in `place_of`.
    long : DataFrame
        Rows of the default table, each in its ``period``; ``parameter`` is the column of the instance's table in
        which ``value`` stands.
    shared : Series
        Whether only the sites' share was taken.
    share : float
        Share of the sites in what cluster 6 emits.
    into : Table
        Declaration of the instance's table; its key names the rows.
    """
    years = [figure_in(tables, table, some, some["parameter"], int(str(year))) for year, some in long.groupby("period")]
    cites = pd.concat([pd.Series(dtype="str"), *years]).reindex(long.index)
    rule = long["parameter"].mask(shared, long["parameter"] + " x share")
    used = cites.mask(shared, cites + "; " + cited_share(share))
    traces = derived(into.name, key_of(long, *into.key), "", long["value"], rule, used)
    return traces.assign(column=long["parameter"])


def taken_over(tables: DefaultTables, table: str, rows: pd.DataFrame, into: Table) -> pd.DataFrame:
    """Rows for the numbers that a table of the instance takes over from the default table of the same columns.

    Parameters
    ----------
    tables, table, rows
        As in `place_of`.
    into : Table
        Declaration of the instance's table; its key names the rows.
    """
    key = key_of(_with_whole_years(rows, into.key), *into.key)
    columns = [column.name for column in into.columns if not column.kind.is_text and column.name in rows]
    cites = figures(tables, table, rows, *columns)
    return joined([as_given(into.name, key, name, rows[name], cites[name]) for name in columns])


def as_given(
    table: str, key: "pd.Series[str]", column: str, values: "pd.Series[float]", cites: "pd.Series[str]"
) -> pd.DataFrame:
    """Rows for the numbers of one column that are taken over; an empty cell has none."""
    known = values.notna()
    return derived(table, key[known], column, values[known].astype(float), AS_GIVEN, cites[known])


def _with_whole_years(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Years in a key as whole numbers, "" where there is none."""
    years = {name: rows[name].map(_whole) for name in columns if pd.api.types.is_float_dtype(rows[name])}
    return rows.assign(**years)


def _whole(year: float) -> str:
    return "" if year != year else f"{year:.0f}"
