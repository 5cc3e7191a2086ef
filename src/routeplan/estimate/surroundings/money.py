"""Supply of green gas and heat, and public money, as available to the sites."""

import pandas as pd

from routeplan.estimate.citations import by_period, figure_in, shared_out, taken_over
from routeplan.estimate.defaults import DefaultTables, repeated
from routeplan.estimate.derivation import estimated, joined, key_of
from routeplan.estimate.formulas import Figure
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
    long, figure = by_period(tables, "supply", rows, periods)
    national = (long["zone"] == ALL) & (long["parameter"] == "quantity")
    return shared_out(SUPPLY, long, figure, national, share)


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
    budgets = repeated(tables["budgets"], list(periods["period"]))
    made = [
        _budget(budgets[budgets["period"] == period], range(period, period + years), share, tables)
        for period, years in zip(periods["period"], periods["years"], strict=True)
    ]
    amounts = pd.concat([part["value"] for part in made])
    return budgets.assign(amount=amounts)[BUDGETS.names], joined(made)


def _budget(rows: pd.DataFrame, years: range, share: float, tables: DefaultTables) -> pd.DataFrame:
    """Money of each pot in one period; every year of it is cited by itself."""
    known = {f"amount_{year}": figure_in(tables, "budgets", rows, year) for year in years}
    rule = f"({' + '.join(known)}) x share"
    known["share"] = Figure(share, "demand")
    return estimated("budgets", key_of(rows, "pot", "period"), "amount", rule, known, 3)


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
