"""Prices that firms pay and values that society counts, added up from their parts."""

import pandas as pd

from routeplan.estimate.citations import by_period
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import derived, key_of
from routeplan.schema.inputs import ALL, PRICES, VALUE, VALUED_ITEMS

_KEY = ["item", "group"]


def prices_of(tables: DefaultTables, groups: list[str], periods: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``prices`` for the price groups that occur.

    The price of an item is the sum of its parts that firms pay, its value the sum of those that society
    counts. A group's own part takes the place of the part of ``all``; a group without any part of its own has
    no row of its own.

    Parameters
    ----------
    tables : DefaultTables
        The default tables: ``prices``.
    groups : list of str
        Price groups of the sites.
    periods : list of int
        First years of the periods.

    Returns
    -------
    prices, derivation : DataFrame
    """
    parts = _parts_by_group(tables["prices"], groups)
    paid = _added_up(tables, parts[parts["in_price"] == 1], periods)
    counted = _added_up(tables, parts[parts["in_value"] == 1], periods)
    counted = counted[counted["item"].isin(_valued_apart(parts))]
    counted["item"] = counted["item"] + VALUE
    prices = pd.concat([paid, counted], ignore_index=True)
    key = key_of(prices, *_KEY, "period")
    traces = derived("prices", key, "price", prices["price"], prices["rule"], prices["made_of"])
    return prices[PRICES.names], traces


def _parts_by_group(rows: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Parts of each item for ``all`` and for each group that has parts of its own."""
    general, own = rows[rows["group"] == ALL], rows[rows["group"].isin(set(groups) - {ALL})]
    pairs = own[_KEY].drop_duplicates().merge(general.drop(columns="group"), on="item")
    inherited = pd.concat([own, pairs], ignore_index=True).drop_duplicates([*_KEY, "part"], keep="first")
    return pd.concat([general, inherited], ignore_index=True)


def _valued_apart(parts: pd.DataFrame) -> list[str]:
    """Items whose value differs from their price."""
    differs = parts.loc[parts["in_price"] != parts["in_value"], "item"]
    return sorted(set(differs) & set(VALUED_ITEMS))


def _added_up(tables: DefaultTables, parts: pd.DataFrame, periods: list[int]) -> pd.DataFrame:
    """Add up the parts of each item and group in each period, with the derivation."""
    long, figure = by_period(tables, "prices", parts, periods)
    long = long.assign(price=figure.value, made_of=long["part"] + " " + figure.text)
    sums = long.groupby([*_KEY, "period"], sort=False, as_index=False)
    added = sums.agg(price=("price", "sum"), rule=("part", " + ".join), made_of=("made_of", "; ".join))
    return added.assign(price=added["price"].round(3))
