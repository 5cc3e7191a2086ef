"""Supply of green gas and heat, and public money: what the sites can have of it."""

import numpy as np
import pandas as pd

from routeplan.importers.defaults import DefaultTables, interpolated
from routeplan.importers.derivation import derived, key_of
from routeplan.schema.inputs import ALL, BUDGETS, POTS, SUPPLY, SUPPORT


def supply_of(
    tables: DefaultTables, regions: list[str], share: float, periods: list[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``supply``: national steps times the share of the sites, steps of regions whole.

    Parameters
    ----------
    tables : DefaultTables
        The default tables: ``supply``.
    regions : list of str
        Regions of the sites.
    share : float
        Share of the sites in what cluster 6 emits.
    periods : list of int
        First years of the periods.

    Returns
    -------
    supply, derivation : DataFrame
    """
    rows = tables["supply"]
    rows = rows[rows["zone"].isin([ALL, *regions])].reset_index(drop=True)
    part = np.where((rows["zone"] == ALL) & (rows["parameter"] == "quantity"), share, 1.0)
    long = _long(rows, interpolated(rows, periods) * part[:, np.newaxis], periods, 2)
    key = ["commodity", "zone", "step", "period"]
    supply = long.pivot(index=key, columns="parameter", values="value").reset_index().rename_axis(columns=None)
    supply = supply.reindex(columns=SUPPLY.names)
    rule = "linear between the years; quantities of zone all x share of the sites in what cluster 6 emits"
    used = f"supply.csv ({'; '.join(sorted(set(rows['confidence'])))}); share {share:.4f}"
    return supply, derived("supply", key_of(long, *key), "value", long["value"], rule, used).assign(
        column=long["parameter"]
    )


def budgets_of(tables: DefaultTables, share: float, periods: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``budgets``: the sum over the years of each period, times the share of the sites.

    Parameters
    ----------
    tables : DefaultTables
        The default tables: ``budgets``.
    share : float
        Share of the sites in what cluster 6 emits.
    periods : DataFrame
        Columns ``period`` and ``years``.

    Returns
    -------
    budgets, derivation : DataFrame
    """
    rows = tables["budgets"]
    first = int(periods["period"].iloc[0])
    yearly = interpolated(rows, np.arange(first, first + int(periods["years"].sum())))
    amounts = np.add.reduceat(yearly, periods["period"].to_numpy() - first, axis=1) * share
    budgets = _long(rows, amounts, list(periods["period"]), 3).rename(columns={"value": "amount"})
    rule = "sum over the years of the period x share of the sites in what cluster 6 emits"
    used = "budgets.csv: " + budgets["pot"] + " (" + budgets["confidence"] + f"); share {share:.4f}"
    return budgets[BUDGETS.names], derived(
        "budgets", key_of(budgets, "pot", "period"), "amount", budgets["amount"], rule, used
    )


def pots_of(tables: DefaultTables, families: list[str], sectors: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the tables ``pots`` and ``support``, rows of families and sectors that occur."""
    support = tables["support"]
    kept = support["family"].isin(families) & support["sector"].isin([ALL, *sectors])
    pots = tables["pots"].astype({"carry_over": "int64"})
    return pots[POTS.names], support.loc[kept, SUPPORT.names].reset_index(drop=True)


def _long(rows: pd.DataFrame, values: np.ndarray, periods: list[int], digits: int) -> pd.DataFrame:
    """Rows by year as one row for each period."""
    long = rows.loc[rows.index.repeat(len(periods))].reset_index(drop=True)
    long["period"] = np.tile(np.asarray(periods, dtype=np.int64), len(rows))
    return long.assign(value=values.ravel().round(digits))
