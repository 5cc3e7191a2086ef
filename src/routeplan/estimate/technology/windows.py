"""Maintenance stops: the periods in which a process may start something new."""

import zlib

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from routeplan.estimate.defaults import DefaultTables
from routeplan.horizon import IntArray


def windows_of(processes: pd.DataFrame, periods: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Periods that hold a maintenance stop, for processes of kinds that have stops.

    Stops come every ``stop_interval`` years; the first lies as many years after the first period as a
    checksum of the process's id says, so that the same site always gets the same years.

    Parameters
    ----------
    processes : DataFrame
        With ``process`` and ``kind``.
    periods : DataFrame
        With ``period`` and ``years``.
    tables : DefaultTables
        The default tables: ``kinds``.

    Returns
    -------
    DataFrame
        Columns ``process`` and ``period``.
    """
    every = processes["kind"].map(tables["kinds"].set_index("kind")["stop_interval"])
    stopping = processes[every.notna()].reset_index(drop=True)
    interval = every.dropna().to_numpy(np.int64)
    first = periods["period"].to_numpy(np.int64)
    last = first + periods["years"].to_numpy(np.int64) - 1
    offset = first_stops(stopping["process"], interval, 0)
    # A period holds a stop when the number of stops up to its end differs from that up to its beginning.
    before = (first[np.newaxis, :] - 1 - first[0] - offset[:, np.newaxis]) // interval[:, np.newaxis]
    until = (last[np.newaxis, :] - first[0] - offset[:, np.newaxis]) // interval[:, np.newaxis]
    row, period = np.nonzero(until > before)
    return pd.DataFrame({"process": stopping["process"].to_numpy()[row], "period": first[period]})


def first_stops(processes: "pd.Series[str]", interval: ArrayLike, first: int) -> IntArray:
    """Year of the first stop of each process, counted from the first period.

    Parameters
    ----------
    processes : Series
        Ids.
    interval : array_like
        Years between the stops of each.
    first : int
        First year of the first period.
    """
    checksum = np.array([zlib.crc32(name.encode()) for name in processes], dtype=np.int64)
    return first + checksum % np.asarray(interval, dtype=np.int64)
