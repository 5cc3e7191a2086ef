"""Warnings of a merge: short codes and years that do not fit, and periods with no forecast or too early a one."""

from collections.abc import Collection, Iterable

import pandas as pd

from routeplan.errors import Message, listed
from routeplan.importers.capacity.naming import Naming


def unmapped(areas: pd.DataFrame, naming: Naming, known: Collection[str]) -> list[str]:
    """Short codes that are no area of the instance, and that MAP.csv does not name.

    Parameters
    ----------
    areas : DataFrame
        Rows of `Forecasts.areas`, with their ``area``.
    naming : Naming
        Areas of short codes.
    known : collection of str
        Areas of the instance.
    """
    strange = areas[~areas["area"].isin(list(known)) & ~areas["code"].isin(naming.given)].drop_duplicates("code")
    return [_unmapped(str(file), rows) for file, rows in strange.groupby("file", sort=False)]


def _unmapped(file: str, rows: pd.DataFrame) -> str:
    """The short codes of one file that are no area, in one warning: the file may have a long name."""
    if len(rows) == 1:
        row = rows.iloc[0]
        return Message(
            "'{code}' ({file}: {place}) is unmapped: it is added as area {area}, without sites; "
            "MAP.csv can say which area of the instance it is",
            code=row["code"],
            file=file,
            place=row["place"],
            area=row["area"],
        )
    added = [Message("'{code}' as area {area}", code=row.code, area=row.area) for row in rows.itertuples(index=False)]
    return Message(
        "{number} short codes of {file} are unmapped, and added without sites: {added}; "
        "MAP.csv can say which areas of the instance they are",
        number=len(rows),
        file=file,
        added=listed(added),
    )


def years_without(areas: pd.DataFrame) -> list[str]:
    """Areas that are in the files of some years, and not in those of others.

    Parameters
    ----------
    areas : DataFrame
        Rows of `Forecasts.areas`, with their ``area``.
    """
    there = pd.crosstab(areas["area"], areas["year"]) == 0
    years = there.columns.to_numpy(dtype=float)
    lacking = pd.Series([_years(years[absent]) for absent in there.to_numpy()], there.index, dtype="str")
    return [
        Message(
            "in no file of {years}: {areas}; if an area has another short code there, MAP.csv can say so",
            years=some,
            areas=", ".join(group.index),
        )
        for some, group in lacking[lacking != ""].groupby(lacking)
    ]


def unused_years(areas: pd.DataFrame, headroom: pd.DataFrame) -> list[str]:
    """Forecast years that no period takes: a later one is in the same period, or none begins after it.

    Parameters
    ----------
    areas : DataFrame
        Rows of `Forecasts.areas`.
    headroom : DataFrame
        As `headroom_of` makes it.
    """
    unused = sorted(set(areas["year"]) - set(headroom["year"]))
    return [Message("the forecast of {years} is used in no period", years=_years(unused))] if unused else []


def without_forecast(areas: pd.DataFrame, headroom: pd.DataFrame) -> list[str]:
    """Areas without available capacity in the map, and periods before an area's first forecast.

    Parameters
    ----------
    areas : DataFrame
        Rows of `Forecasts.areas`, with their ``area``.
    headroom : DataFrame
        As `headroom_report` makes it.
    """
    given = areas.loc[areas["available"].notna(), "area"]
    silent = areas.loc[~areas["area"].isin(given), "area"].unique()
    early = headroom[headroom["area"].isin(given) & headroom["forecast"].isna()]
    kept, new = early[early["firm_before"].notna()], early[early["firm_before"].isna()]
    full, free = new[new["firm"].notna()], new[new["firm"].isna()]
    return [
        *(
            Message("area {area} has no demand_available_capacity: its headroom stays as it was", area=area)
            for area in silent
        ),
        *(
            Message("before the first forecast headroom stays as it was: {rows}", rows=rows)
            for rows in _areas_and_periods(kept)
        ),
        *(
            Message("before the first forecast there is no headroom (0 MW): {rows}", rows=rows)
            for rows in _areas_and_periods(full)
        ),
        *(
            Message("no forecast in any period, so no limit of its own: {rows}", rows=rows)
            for rows in _areas_and_periods(free)
        ),
    ]


def forecast_before_release(release: pd.DataFrame, headroom: pd.DataFrame) -> list[str]:
    """Periods in which congestion is to be over, but whose headroom is of a forecast for an earlier year.

    Parameters
    ----------
    release : DataFrame
        ``area`` and ``alleviation`` [year].
    headroom : DataFrame
        As `headroom_of` makes it.
    """
    both = headroom.merge(release[["area", "alleviation"]], on="area")
    old = both[(both["period"] >= both["alleviation"]) & (both["year"] < both["alleviation"])]
    return [
        Message(
            "congestion is to be over from {release}, but headroom is still a forecast of before, {year}; "
            "the file of a later year would tell it: {rows}",
            release=f"{release:.0f}",
            year=f"{year:.0f}",
            rows=rows,
        )
        for (release, year), some in old.groupby(["alleviation", "year"])
        for rows in _areas_and_periods(some)
    ]


def nothing_to_keep(headroom: pd.DataFrame) -> list[str]:
    """Areas and periods without a row of the instance whose flexible headroom could be kept.

    Parameters
    ----------
    headroom : DataFrame
        As `headroom_of` makes it.
    """
    without = _areas_and_periods(headroom[~headroom["kept"]])
    return [Message("there was no flexible headroom to keep, so it is 0 MW: {rows}", rows=rows) for rows in without]


def _areas_and_periods(rows: pd.DataFrame) -> list[str]:
    """Areas that share their periods in one line: ``north, south (2030, 2034)``."""
    periods = rows.groupby("area", sort=False)["period"].agg(_years)
    return [f"{', '.join(some.index)} ({shown})" for shown, some in periods.groupby(periods)]


def _years(years: Iterable[float]) -> str:
    return ", ".join(f"{year:.0f}" for year in years)
