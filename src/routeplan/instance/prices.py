"""Prices and values, found for any price group and period."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from routeplan.instance.horizon import FloatArray, Horizon
from routeplan.schema.inputs import ALL, ITEMS, VALUE, VALUED_ITEMS


class Prices:
    """The prices that firms pay and the values that society counts, for any group and period.

    Parameters
    ----------
    prices : DataFrame
        Table ``prices`` of an instance.
    horizon : Horizon
        The periods.
    groups : iterable of str
        Every price group that a site has.
    """

    def __init__(self, prices: pd.DataFrame, horizon: Horizon, groups: "pd.Series[str]") -> None:
        names = sorted({ALL, *groups, *prices["group"]})
        self._group = {name: position for position, name in enumerate(names)}
        self._horizon = horizon
        given = {item: self._given(rows) for item, rows in prices.groupby("item")}
        nothing = np.full((len(names), len(horizon)), np.nan)
        self._price = {item: np.nan_to_num(given.get(item, nothing)) for item in ITEMS}
        self._value = {
            item: np.where(np.isnan(worth := given.get(item + VALUE, nothing)), self._price[item], worth)
            if item in VALUED_ITEMS
            else self._price[item]
            for item in ITEMS
        }

    def _given(self, rows: pd.DataFrame) -> FloatArray:
        """Prices of one item in the table, by group and period: a group's own row wins over ``all``."""
        given = np.full((len(self._group), len(self._horizon)), np.nan)
        group = rows["group"].map(self._group).to_numpy()
        given[group, self._horizon.position(rows["period"])] = rows["price"]
        return np.where(np.isnan(given), given[self._group[ALL]], given)

    def price(self, item: str, groups: "ArrayLike | pd.Series[str]", positions: ArrayLike) -> FloatArray:
        """Price that firms of each group pay in each period (given by its position)."""
        return self._look_up(self._price[item], groups, positions)

    def value(self, item: str, groups: "ArrayLike | pd.Series[str]", positions: ArrayLike) -> FloatArray:
        """Value to society: the value, or the price where no value is given."""
        return self._look_up(self._value[item], groups, positions)

    def _look_up(self, table: FloatArray, groups: "ArrayLike | pd.Series[str]", positions: ArrayLike) -> FloatArray:
        group = [self._group[name] for name in np.asarray(groups).tolist()]
        return np.asarray(table[np.array(group, dtype=np.int64), np.asarray(positions, dtype=np.int64)])
