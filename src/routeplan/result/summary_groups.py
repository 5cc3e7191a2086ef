"""Sums of a plan over groups of sites, period by period."""

import pandas as pd

from routeplan.instance.options import options_of
from routeplan.result.result import Result
from routeplan.schema.inputs import COMMODITIES

KEY = ["site", "period"]
CO2 = ["as_today", "emissions", "captured", "removed"]
CAPACITY = ["request", "connection"]
MONEY = ["capex", "granted"]
AMOUNTS = [*CO2, *COMMODITIES, *CAPACITY, *MONEY]
"""What is added up, in the order in which it is shown."""


def sums_by_group(amounts: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Add up what the sites of each group emit, use, ask of the grid, invest and are paid in each period.

    Parameters
    ----------
    amounts : DataFrame
        What `amounts_of_sites` makes.
    groups : Series
        Group of each site, by its id.

    Returns
    -------
    DataFrame
        ``group``, ``period``, ``sites`` (their number), and each of `AMOUNTS`. A row for each group and period, sorted
        by both.
    """
    labelled = amounts.assign(group=amounts["site"].map(groups))
    sums = labelled.groupby(["group", "period"])[AMOUNTS].sum().reset_index()
    sums.insert(2, "sites", sums["group"].map(groups.value_counts()))
    return sums


def amounts_of_sites(result: Result) -> pd.DataFrame:
    """List what each site emits, uses, asks of the grid, invests and is paid in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``site``, ``period``; ``as_today`` (every process on its current option), ``emissions``, ``captured``,
        ``removed`` [kt/yr]; a column for each commodity [GWh/yr]; ``request``, ``connection`` (new firm, and firm and
        flexible capacity) [MW], of a contract that sites share an equal part for each; ``capex`` of what starts, and
        what is ``granted``, in the whole period [M EUR]. 0 where the result has no row.
    """
    instance = result.instance
    rows = instance["sites"][["site"]].merge(instance["periods"][["period"]], how="cross")
    today = options_of(instance).current.groupby(KEY)["emissions"].sum().rename("as_today")
    energy = _at_sites(result, "energy").groupby([*KEY, "commodity"])["amount"].sum().unstack("commodity")
    parts = (
        today,
        result["emissions"].set_index(KEY),
        energy.reindex(columns=list(COMMODITIES)),
        _capacity(result),
        _at_sites(result, "starts").groupby(KEY)["capex"].sum(),
        _at_sites(result, "grants").groupby(KEY)["amount"].sum().rename("granted"),
    )
    for part in parts:
        rows = rows.merge(part, left_on=KEY, right_index=True, how="left")
    return rows.fillna(dict.fromkeys(AMOUNTS, 0.0))


def by_site(amounts: pd.DataFrame) -> pd.DataFrame:
    """Arrange what `amounts_of_sites` makes: a row for each site, a column for each amount and period."""
    columns = amounts.set_index(KEY)[AMOUNTS]
    return pd.concat({name: columns[name].unstack("period") for name in AMOUNTS}, axis="columns")


def _at_sites(result: Result, table: str) -> pd.DataFrame:
    """A table of processes, with the site of each."""
    return result[table].merge(result.instance["processes"][["process", "site"]], on="process")


def _capacity(result: Result) -> pd.DataFrame:
    """New grid capacity of each site: an equal part of that of its contract."""
    contracts = result.instance["sites"][["site", "contract"]]
    sharing = contracts.groupby("contract")["site"].transform("size")
    rows = contracts.assign(sharing=sharing).merge(result["requests"], on="contract").set_index(KEY)
    return rows[CAPACITY].div(rows["sharing"], axis=0)
