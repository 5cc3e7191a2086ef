"""Conversion of tidy tables to arrays with a row for each thing and a column for each period."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from routeplan.checker.keys import Key, Keys, keys_of
from routeplan.instance.horizon import BoolArray, FloatArray, Horizon, IntArray


def index_of(table: "pd.DataFrame | Keys", columns: Sequence[str]) -> Keys:
    """List the keys of a table, each once, in order."""
    return Keys(tuple(columns), list(dict.fromkeys(keys_of(table, columns))))


def positions(table: "pd.DataFrame | Keys", columns: Sequence[str], index: Keys) -> IntArray:
    """Position of each row's key in an index; -1 where it is not there."""
    return index.find(keys_of(table, columns))


def repeated(keys: list[Key]) -> BoolArray:
    """Whether each key occurs earlier in the list, shape (len(keys),)."""
    first: dict[Key, int] = {}
    return np.array([first.setdefault(key, position) != position for position, key in enumerate(keys)], dtype=np.bool_)


def placed(
    table: pd.DataFrame,
    columns: Sequence[str],
    index: Keys,
    horizon: Horizon,
    values: str,
    missing: float = 0.0,
) -> FloatArray:
    """Spread one column over things and periods, shape (N, T).

    Parameters
    ----------
    table : DataFrame
        With the key columns, ``period`` and the column of values; things not in the index count nothing.
    columns : sequence of str
        Key columns.
    index : Keys
        The N things.
    horizon : Horizon
        The T periods.
    values : str
        The column to spread.
    missing : float
        What an absent row means.
    """
    array = np.full((len(index), len(horizon)), missing)
    if len(table):
        _fill(array, table, positions(table, columns, index), horizon, table[values].to_numpy(float))
    return array


def marked(table: pd.DataFrame, columns: Sequence[str], index: Keys, horizon: Horizon) -> BoolArray:
    """Whether each thing has a row in each period, shape (N, T)."""
    array = np.zeros((len(index), len(horizon)), dtype=np.bool_)
    if len(table):
        _fill(array, table, positions(table, columns, index), horizon, np.ones(len(table), dtype=np.bool_))
    return array


def _fill(
    array: "FloatArray | BoolArray",
    table: pd.DataFrame,
    row: IntArray,
    horizon: Horizon,
    amounts: "FloatArray | BoolArray",
) -> None:
    """Write each amount at its row and period of the array; row -1 is skipped."""
    known = row >= 0
    array[row[known], horizon.position(table["period"].to_numpy(int)[known])] = amounts[known]


def lasting(table: pd.DataFrame, columns: Sequence[str], index: Keys, horizon: Horizon) -> BoolArray:
    """Whether each thing is in place in each period, from the first period in its row on, shape (N, T)."""
    return np.logical_or.accumulate(marked(table, columns, index, horizon), axis=1)


def before(year: pd.Series, horizon: Horizon) -> BoolArray:
    """Whether each period begins before each first year (NaN for none), shape (N, T)."""
    return np.asarray(horizon.first[np.newaxis, :] < year.to_numpy(float)[:, np.newaxis])


def after(year: pd.Series, horizon: Horizon) -> BoolArray:
    """Whether each period begins after each last year (NaN for none), shape (N, T)."""
    return np.asarray(horizon.first[np.newaxis, :] > year.to_numpy(float)[:, np.newaxis])


def previous(states: BoolArray, first: BoolArray | bool = False) -> BoolArray:
    """States of one period earlier; `first` is the state before the first period."""
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
