"""Derivation of the numbers from the files of the capacity map, for ``derivation.csv``."""

import pandas as pd

from routeplan.estimate.derivation import cited, derived, joined, key_of

AVAILABLE, QUEUE = "demand_available_capacity", "demand_capacity_in_queue"
"""Names of the map for what becomes firm headroom and queue.

Both are in MW: the schema says so of the first only, but the information model behind it (LinkML) gives both the type
MegaW.
"""


NO_FLEXIBLE = "none: the capacity map tells firm room only"


def capacity_traces(headroom: pd.DataFrame, queues: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Rule and source of every number that the map gives.

    Parameters
    ----------
    headroom : DataFrame
        As `headroom_of` makes it.
    queues : DataFrame
        ``area``, ``queue`` [MW], ``file`` and ``place``.
    dates : DataFrame
        As `works_of` makes it.

    Returns
    -------
    DataFrame
        Rows of ``derivation.csv``.
    """
    return joined([*_headroom(headroom), _queues(queues), *_dates(dates)])


def _headroom(rows: pd.DataFrame) -> list[pd.DataFrame]:
    key = key_of(rows, "area", "period")
    forecast = rows["year"].map("forecast of {:.0f}".format).astype("str")
    room = cited(AVAILABLE, rows["firm"], _place(rows) + ", " + forecast)
    closed = ~rows["kept"]
    return [
        derived("headroom", key, "firm", rows["firm"], AVAILABLE, room),
        derived("headroom", key[closed], "flexible", rows["flexible"][closed], "0", NO_FLEXIBLE),
    ]


def _queues(rows: pd.DataFrame) -> pd.DataFrame:
    return derived("areas", rows["area"], "queue", rows["queue"], QUEUE, cited(QUEUE, rows["queue"], _place(rows)))


def _dates(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The year of a schedule, or of alleviation; both are a year of the calendar as it stands."""
    cite = cited("year", rows["date"], _place(rows))
    return [
        derived("works", rows["work"][here], str(column), rows["date"][here], "year", cite[here])
        for column in rows["column"].unique()
        for here in [rows["column"] == column]
    ]


def _place(rows: pd.DataFrame) -> "pd.Series[str]":
    return rows["file"] + ": " + rows["place"]
