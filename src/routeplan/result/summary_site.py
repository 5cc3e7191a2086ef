"""Tables of one site of a result."""

import pandas as pd

from routeplan.instance.sites import at_sites
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result
from routeplan.result.summary import emissions_by_site, routes_by_process, said_of_sites


def money_of_sites(result: Result) -> pd.DataFrame:
    """Add up what is invested at each site, and the grants that it gets.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``invested``, ``granted`` [M EUR, not discounted] by site, in the order of the sites' table.
    """
    sums = {
        name: at_sites(result.instance, result[table]).groupby("site")[amount].sum()
        for name, table, amount in (("invested", "starts", "capex"), ("granted", "grants", "amount"))
    }
    return pd.DataFrame(sums).reindex(result.instance["sites"]["site"]).fillna(0.0)


def tables_of_site(result: Result, site: str) -> dict[str, pd.DataFrame]:
    """Take what a result tells of one site out of its tables.

    Parameters
    ----------
    result : Result
        A result with a plan.
    site : str
        Id of the site.

    Returns
    -------
    dict of str to DataFrame
        ``said_of_sites``, ``routes_by_process`` and ``emissions_by_site`` as the summaries have them; all cost, in
        ``attributed_costs``; ``emissions``, ``energy``, ``starts``, ``grants`` and, of its contract, ``requests``, as
        the result has them;
        ``wishes`` as the instance has them.
    """
    instance = result.instance
    contract = instance["sites"].set_index("site")["contract"][site]
    processes = set(instance["processes"].query("site == @site")["process"])
    summaries = {
        "said_of_sites": said_of_sites(result),
        "routes_by_process": routes_by_process(result),
        "emissions_by_site": emissions_by_site(result),
        "attributed_costs": attributed_costs(result),
    }
    tables = {name: result[name] for name in ("emissions", "energy", "starts", "grants", "requests")}
    every = summaries | tables | {"wishes": instance["wishes"]}
    return {name: _rows_of(table, site, processes, contract) for name, table in every.items()}


def _rows_of(table: pd.DataFrame, site: str, processes: set[str], contract: str) -> pd.DataFrame:
    """Rows of a site, of its processes, or of its contract."""
    if "site" in table:
        return table[table["site"] == site]
    return table[table["process"].isin(processes)] if "process" in table else table[table["contract"] == contract]
