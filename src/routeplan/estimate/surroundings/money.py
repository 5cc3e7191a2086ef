"""Supply of green gas and heat, and public money: what the sites can have of it."""

import numpy as np
import pandas as pd

from routeplan.estimate.citations import cited_share, figure_in, shared_out, taken_over
from routeplan.estimate.defaults import DefaultTables, interpolated, repeated
from routeplan.estimate.derivation import explained, joined, key_of
from routeplan.schema.inputs import ALL, BUDGETS, POTS, SUPPLY, SUPPORT


def money_of(
    tables: DefaultTables, sites: pd.DataFrame, families: list[str], share: float, periods: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Make the tables ``supply``, ``pots``, ``budgets`` and ``support``.

    Parameters
    ----------
    tables : DefaultTables
        The default tables of those names.
    sites : DataFrame
        With ``region`` and ``sector``.
    families : list of str
        Families of the routes on offer.
    share : float
        Share of the sites in what cluster 6 emits.
    periods : DataFrame
        Columns ``period`` and ``years``.

    Returns
    -------
    dict of str to DataFrame
        Those tables, and ``derivation``.
    """
    firsts = [int(period) for period in periods["period"]]
    supply, supplied = supply_of(tables, sorted(set(sites["region"])), share, firsts)
    budgets, budgeted = budgets_of(tables, share, periods)
    pots, support, paid = pots_of(tables, families, list(sites["sector"]))
    traces = joined([supplied, budgeted, paid])
    return {"supply": supply, "pots": pots, "budgets": budgets, "support": support, "derivation": traces}


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
    shared = (rows["zone"] == ALL) & (rows["parameter"] == "quantity")
    part = np.where(shared, share, 1.0)
    long = repeated(rows, periods).assign(value=(interpolated(rows, periods) * part[:, np.newaxis]).ravel().round(2))
    key = ["commodity", "zone", "step", "period"]
    supply = long.pivot(index=key, columns="parameter", values="value").reset_index().rename_axis(columns=None)
    only_part = (long["zone"] == ALL) & (long["parameter"] == "quantity")
    traces = shared_out(tables, "supply", long, only_part, share, SUPPLY)
    return supply.reindex(columns=SUPPLY.names), traces


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
    budgets = repeated(rows, list(periods["period"])).assign(amount=amounts.ravel().round(3))
    return budgets[BUDGETS.names], _budget_traces(budgets, periods, share, tables)


def _budget_traces(budgets: pd.DataFrame, periods: pd.DataFrame, share: float, tables: DefaultTables) -> pd.DataFrame:
    """Every year of a period is cited by itself."""
    parts = []
    for period, years in zip(periods["period"], periods["years"], strict=True):
        rows = budgets[budgets["period"] == period]
        names = {f"amount_{year}": year for year in range(period, period + years)}
        cites = {name: figure_in(tables, "budgets", rows, name, year) for name, year in names.items()}
        rule = f"({' + '.join(names)}) x share"
        key = key_of(rows, "pot", "period")
        parts.append(explained("budgets", key, "amount", rows["amount"], rule, cites | {"share": cited_share(share)}))
    return joined(parts)


def pots_of(
    tables: DefaultTables, families: list[str], sectors: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make the tables ``pots`` and ``support``, rows of families and sectors that occur.

    Returns
    -------
    pots, support, derivation : DataFrame
    """
    rows = tables["support"]
    rows = rows[rows["family"].isin(families) & rows["sector"].isin([ALL, *sectors])].reset_index(drop=True)
    pots, support = tables["pots"].astype({"carry_over": "int64"}), rows[SUPPORT.names]
    traces = [taken_over(tables, "pots", pots, POTS), taken_over(tables, "support", rows, SUPPORT)]
    return pots[POTS.names], support, joined(traces)
