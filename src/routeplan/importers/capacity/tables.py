"""Content of the capacity map as rows of the tables ``areas``, ``headroom`` and ``works``, each with its place.

Where files of several years tell the same of an area, and it is no matter of the year, the file issued last counts;
of files issued on one day that of the earliest year.
"""

import numpy as np
import pandas as pd

from routeplan.importers.capacity.forecasts import Forecasts
from routeplan.importers.capacity.naming import id_of
from routeplan.schema.column import Table
from routeplan.schema.frames import typed


def newest(rows: pd.DataFrame, key: str, fact: str) -> pd.DataFrame:
    """Rows, one for each key, that give the newest known value of a fact.

    Parameters
    ----------
    rows : DataFrame
        With ``issued`` and ``year``.
    key : str
        Column of the ids.
    fact : str
        Column that is empty where nothing is told.
    """
    told = rows[rows[fact].notna()].sort_values("year", kind="stable")
    return told.sort_values("issued", ascending=False, kind="stable").drop_duplicates(key)


def headroom_of(areas: pd.DataFrame, periods: "pd.Series[int]", flexible: pd.DataFrame | None = None) -> pd.DataFrame:
    """Headroom of each area in each period; firm is the forecast of the latest year not after the period's first year.

    A period before the first forecast has no row. What an operator would make available to whoever asks
    (``demand_available_capacity``) is firm; of flexible headroom the map knows nothing, so it is 0, or what
    is to be kept.

    Parameters
    ----------
    areas : DataFrame
        Rows of `Forecasts.areas`, with their ``area``.
    periods : Series of int
        First years.
    flexible : DataFrame, optional
        Flexible headroom to keep: ``area``, ``period`` and ``flexible`` [MW].

    Returns
    -------
    DataFrame
        ``area``, ``period``, ``firm``, ``flexible`` [MW], ``year``, ``file`` and ``place`` of the forecast, and
        ``kept``: whether flexible headroom is.
    """
    given = areas[areas["available"].notna()].rename(columns={"available": "firm"})
    wanted = given[["area"]].drop_duplicates().merge(periods.rename("period"), how="cross")
    # Sorted by time, as merge_asof wants them.
    found = pd.merge_asof(
        wanted.sort_values("period", kind="stable"),
        given.sort_values("year", kind="stable")[["area", "year", "firm", "file", "place"]],
        left_on="period",
        right_on="year",
        by="area",
    )
    found = found[found["firm"].notna()].sort_values(["area", "period"], ignore_index=True)
    if flexible is None:
        return found.assign(flexible=0.0, kept=False)
    stays = found.merge(flexible[["area", "period", "flexible"]], how="left")["flexible"]
    return found.assign(flexible=stays.fillna(0.0), kept=stays.notna())


def works_of(forecasts: Forecasts, areas: pd.DataFrame, area_of_work: "pd.Series[str]") -> pd.DataFrame:
    """Dates of works, and the year from which congestion is alleviated, as the work ``release-AREA``.

    Parameters
    ----------
    forecasts : Forecasts
        What the files say.
    areas : DataFrame
        Rows of `Forecasts.areas`, with their ``area``.
    area_of_work : Series of str
        Area of each row of `Forecasts.works`; "" where it is left out.

    Returns
    -------
    DataFrame
        A row for each date: ``work``, ``area``, ``column``, ``date``, and ``file`` and ``place`` where it stands.
    """
    dates = forecasts.works.assign(area=area_of_work)
    dates = dates[dates["area"] != ""]
    dates = dates.assign(work=dates["area"] + ":" + dates["project"].map(id_of).astype("str"))
    # All dates of a work are of one file; a work that has several of a kind is done when the last is.
    counts = newest(dates, "work", "date")[["work", "year", "file"]]
    last = dates.merge(counts).sort_values("date", kind="stable").drop_duplicates(["work", "column"], keep="last")
    release = newest(areas, "area", "alleviation")
    released = release.assign(work="release-" + release["area"], column="estimate", date=release["alleviation"])
    return pd.concat([last, released], ignore_index=True)[["work", "area", "column", "date", "file", "place"]]


def as_works(dates: pd.DataFrame) -> pd.DataFrame:
    """Rows of the table ``works``, one for each work, its dates in columns."""
    wide = dates.pivot(index=["work", "area"], columns="column", values="date").reset_index()
    return wide.assign(**{name: np.nan for name in ("earliest", "estimate", "latest") if name not in wide})


def merged(table: Table, before: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Put rows in the place of those with the same key, and new ones behind.

    Parameters
    ----------
    table : Table
        Declaration of the table.
    before : DataFrame
        Its rows in the instance.
    rows : DataFrame
        Its new rows, in the same columns.
    """
    both = pd.concat([before[table.names], rows[table.names]], ignore_index=True)
    place = both.groupby(list(table.key), sort=False).ngroup()
    last = both.assign(_place=place).drop_duplicates(list(table.key), keep="last")
    return typed(table, last.sort_values("_place", ignore_index=True))
