"""From tidy tables to arrays with a row for each thing and a column for each period."""

import numpy as np
import pandas as pd

from routeplan.checker.violation import BoolArray
from routeplan.horizon import FloatArray, Horizon, IntArray


def index_of(table: pd.DataFrame, columns: list[str]) -> pd.Index:
    """List the keys of a table, each once, in order."""
    return _keys(table, columns).unique()


def positions(table: pd.DataFrame, columns: list[str], index: pd.Index) -> IntArray:
    """Where each row's key is in an index; -1 where it is not."""
    if table.empty or index.empty:
        return np.full(len(table), -1, dtype=np.int64)
    return np.asarray(index.get_indexer(_keys(table, columns)), dtype=np.int64)


def _keys(table: pd.DataFrame, columns: list[str]) -> pd.Index:
    return pd.Index(table[columns[0]]) if len(columns) == 1 else pd.MultiIndex.from_frame(table[columns])


def placed(
    table: pd.DataFrame,
    columns: list[str],
    index: pd.Index,
    horizon: Horizon,
    values: str,
    missing: float = 0.0,
) -> FloatArray:
    """Spread one column over things and periods, shape (N, T).

    Parameters
    ----------
    table : DataFrame
        With the key columns, ``period`` and the column of values; things not in the index count nothing.
    columns : list of str
        Key columns.
    index : Index
        The N things.
    horizon : Horizon
        The T periods.
    values : str
        The column to spread.
    missing : float
        What an absent row means.
    """
    array = np.full((len(index), len(horizon)), missing)
    row = positions(table, columns, index)
    known = row >= 0
    array[row[known], horizon.position(table["period"].to_numpy(int)[known])] = table[values].to_numpy(float)[known]
    return array


def marked(table: pd.DataFrame, columns: list[str], index: pd.Index, horizon: Horizon) -> BoolArray:
    """Which things have a row in which periods, shape (N, T)."""
    return placed(table.assign(marked=1.0), columns, index, horizon, "marked") > 0.0


def lasting(table: pd.DataFrame, columns: list[str], index: pd.Index, horizon: Horizon) -> BoolArray:
    """Which things are in place in which periods, when each row gives the first one, shape (N, T)."""
    return np.logical_or.accumulate(marked(table, columns, index, horizon), axis=1)


def before(year: pd.Series, horizon: Horizon) -> BoolArray:
    """Which periods begin before each first year (NaN for none), shape (N, T)."""
    return np.asarray(horizon.first[np.newaxis, :] < year.to_numpy(float)[:, np.newaxis])


def after(year: pd.Series, horizon: Horizon) -> BoolArray:
    """Which periods begin after each last year (NaN for none), shape (N, T)."""
    return np.asarray(horizon.first[np.newaxis, :] > year.to_numpy(float)[:, np.newaxis])


def previous(states: BoolArray, first: BoolArray | bool = False) -> BoolArray:
    """Give the states of one period earlier; `first` is what held before the first period."""
    earlier = np.empty_like(states)
    earlier[:, 0] = first
    earlier[:, 1:] = states[:, :-1]
    return earlier


def summed(amounts: FloatArray, groups: IntArray, count: int) -> FloatArray:
    """Add up rows of equal group, shape (count, T); rows of group -1 count nothing."""
    totals = np.zeros((count, amounts.shape[1]))
    known = groups >= 0
    np.add.at(totals, groups[known], amounts[known])
    return totals
