"""Summaries of the sectors of a result: their routes and their CO2, the largest emitter of today first."""

from collections.abc import Iterable

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.options import options_of
from routeplan.result.result import Result
from routeplan.result.summary_places import emitted_today
from routeplan.schema.inputs import FAMILIES


def sectors_by_emissions(instance: Instance) -> list[str]:
    """Order the sectors by what the current options of their processes emit, the most first.

    Parameters
    ----------
    instance : Instance
        The instance.

    Returns
    -------
    list of str
        Every sector of a site; those that emit the same in the order of the sites' table.
    """
    sites = instance["sites"]
    by_site = emitted_today(instance).groupby("site")["emissions"].sum()
    by_sector = sites["site"].map(by_site).fillna(0.0).groupby(sites["sector"], sort=False).sum()
    return [str(sector) for sector in by_sector.sort_values(ascending=False, kind="stable").index]


def routes_by_sector(result: Result) -> pd.DataFrame:
    """Count the processes of each sector that run each family of routes in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``sector``, ``family``, ``period``, ``processes``; sectors as `sectors_by_emissions` has them, families in
        the schema's order.
    """
    instance = result.instance
    runs = result["runs"].merge(instance["processes"][["process", "site"]], on="process")
    runs = runs.merge(instance["sites"][["site", "sector"]], on="site")
    runs["family"] = runs["route"].map(instance["routes"].set_index("route")["family"])
    counted = runs.groupby(["sector", "family", "period"]).agg(processes=("process", "nunique")).reset_index()
    return _sorted(counted, sector=sectors_by_emissions(instance), family=FAMILIES)


def emissions_by_sector(result: Result) -> pd.DataFrame:
    """Add up the CO2 of each sector, beside what it would emit if nothing changed.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``sector``, ``period``, ``as_today`` (every process on its current option), ``emissions``, ``captured``,
        ``removed`` [kt/yr]; a row for each sector with a process and each period, sectors as
        `sectors_by_emissions` has them.
    """
    keys = ["sector", "period"]
    emitted = result["emissions"].merge(result.instance["sites"][["site", "sector"]], on="site")
    planned = emitted.groupby(keys)[["emissions", "captured", "removed"]].sum()
    current = options_of(result.instance).current
    today = current.groupby(keys)["emissions"].sum().rename("as_today")
    both = pd.concat([today, planned.reindex(today.index, fill_value=0.0)], axis=1).reset_index()
    return _sorted(both, sector=sectors_by_emissions(result.instance))


def _sorted(frame: pd.DataFrame, **orders: Iterable[str]) -> pd.DataFrame:
    """Sort by columns whose words have orders of their own, then by period."""
    keys = frame[[*orders, "period"]].copy()
    for name, order in orders.items():
        keys[name] = frame[name].map({word: place for place, word in enumerate(order)})
    return frame.loc[keys.sort_values(keys.columns.tolist()).index].reset_index(drop=True)
