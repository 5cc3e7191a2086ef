"""Figures of the default tables: their values, and where they stand (file, line and confidence)."""

from collections.abc import Sequence

import pandas as pd

from routeplan.data.csv_file import LINE
from routeplan.estimate.defaults import DefaultTables, interpolated, repeated
from routeplan.estimate.derivation import derived, estimated, joined, key_of, listed
from routeplan.estimate.formulas import Figure, Figures
from routeplan.schema.column import Table

AS_GIVEN = "figure of the default table"
"""Rule of a number that is taken over."""


def place_of(
    tables: DefaultTables, table: str, rows: pd.DataFrame, year: "float | pd.Series[int] | None" = None
) -> "pd.Series[str]":
    """Place of rows of a default table: ``default areas.csv:6, H``.

    Parameters
    ----------
    tables : DefaultTables
        The default tables.
    table : str
        Which of them.
    rows : DataFrame
        Rows of it.
    year : float or Series, optional
        Year in which their values are taken.
    """
    when = ", in " + year.astype(str) if isinstance(year, pd.Series) else "" if year is None else f", in {year:g}"
    return tables.file(table) + ":" + rows[LINE].astype("int64").astype(str) + when + ", " + rows["confidence"]


def figures(tables: DefaultTables, table: str, rows: pd.DataFrame, *columns: str) -> dict[str, Figure]:
    """Columns of rows of a default table as figures, by the columns' names; other arguments as in `place_of`."""
    place = place_of(tables, table, rows)
    return {name: Figure(rows[name].astype(float), place) for name in columns}


def figure_in(tables: DefaultTables, table: str, rows: pd.DataFrame, year: float) -> Figure:
    """Figure of rows by year of a default table in one year, linear between the table's years."""
    return Figure(pd.Series(interpolated(rows, [year])[:, 0], rows.index), place_of(tables, table, rows, year))


def by_period(tables: DefaultTables, table: str, rows: pd.DataFrame, periods: list[int]) -> tuple[pd.DataFrame, Figure]:
    """Figure of rows by year of a default table in each period.

    Returns
    -------
    rows : DataFrame
        One for each row and ``period``.
    figure : Figure
        Their values.
    """
    long = repeated(rows, periods)
    values = pd.Series(interpolated(rows, periods).ravel(), long.index)
    return long, Figure(values, place_of(tables, table, long, long["period"]))


def general(tables: DefaultTables, *names: str) -> dict[str, Figure]:
    """Figures of the table ``general`` in its reference year, by their names."""
    year = tables.general("reference_year")
    rows = tables["general"].set_index("name").loc[list(names)]
    places = place_of(tables, "general", rows, year)
    values = interpolated(rows, [year])[:, 0].tolist()
    return {name: Figure(value, place) for name, value, place in zip(names, values, places, strict=True)}


def shared_out(
    into: Table, long: pd.DataFrame, figure: Figure, shared: "pd.Series[bool]", share: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make a table of a year's numbers, or of the share of the sites in them.

    Parameters
    ----------
    into : Table
        Declaration of the instance's table.
    long, figure
        As `by_period` returns them; ``parameter`` is the column of the instance's table.
    shared : Series
        Whether the sites only have their share.
    share : float
        Share of the sites in what cluster 6 emits.

    Returns
    -------
    table, derivation : DataFrame
    """
    names = long["parameter"]
    known = {name: figure for name in names.unique()} | {"share": Figure(share, "demand")}
    traces = estimated(into.name, key_of(long, *into.key), "", names.mask(shared, names + " x share"), known, 2)
    wide = long.assign(value=traces["value"]).pivot(index=list(into.key), columns="parameter", values="value")
    return wide.reset_index().reindex(columns=into.names).rename_axis(columns=None), traces.assign(column=names)


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
    known = figures(tables, table, rows, *columns)
    return joined([as_given(into.name, key, name, name, known) for name in columns])


def as_given(table: str, key: "pd.Series[str]", column: str, name: str, known: Figures) -> pd.DataFrame:
    """Derivation rows of one column whose numbers are a figure as it stands; an empty cell has none."""
    value = pd.Series(known[name].value, key.index)
    given = value.notna()
    return derived(table, key[given], column, value[given], AS_GIVEN, listed([name], known, key.index[given]))


def _with_whole_years(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Years in a key as whole numbers, "" where there is none."""
    years = {name: rows[name].map(_whole) for name in columns if pd.api.types.is_float_dtype(rows[name])}
    return rows.assign(**years)


def _whole(year: float) -> str:
    return "" if year != year else f"{year:.0f}"
