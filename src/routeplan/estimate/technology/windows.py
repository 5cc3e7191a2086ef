"""Maintenance stops: the periods in which a process may start something new."""

import zlib

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from routeplan.estimate.citations import figures
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import derived, key_of, listed
from routeplan.estimate.formulas import Figure
from routeplan.instance.horizon import IntArray

_STOPS = (
    "a period that holds first_stop, or a year a multiple of stop_interval after it; first_stop is drawn from the "
    "process's id by checksum"
)


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


def window_traces(windows: pd.DataFrame, processes: pd.DataFrame, first: int, tables: DefaultTables) -> pd.DataFrame:
    """Rows for the maintenance stops, `first` being the first year of the first period."""
    kinds = tables["kinds"].set_index("kind", drop=False)
    kind = windows["process"].map(processes.set_index("process")["kind"])
    interval = figures(tables, "kinds", kinds, "stop_interval")["stop_interval"].at(kind)
    stops = pd.Series(first_stops(windows["process"], interval.numbers(windows.index), first), windows.index)
    known = {"first_stop": Figure(stops, "checksum of the id"), "stop_interval": interval}
    years = windows["period"].astype(float)
    used = listed(list(known), known, windows.index)
    return derived("windows", key_of(windows, "process", "period"), "period", years, _STOPS, used)


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
