"""Summaries of the grid capacity that a plan asks for: by contract, and by area with all below it."""

import pandas as pd

from routeplan.instance.areas import with_areas_above
from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from routeplan.result.shared_costs import open_hubs
from routeplan.result.summary_limits import grid
from routeplan.schema.inputs import WISHES

MATURITIES = WISHES.column("maturity").words
"""How far projects are, the surest first."""

KINDS = ["firm", "flexible"]
HUBS = [f"hubs_{kind}" for kind in KINDS]
PROJECTS = [f"projects_{maturity}" for maturity in MATURITIES]


def power_by_contract(result: Result) -> pd.DataFrame:
    """List the new grid capacity that each contract asks for in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``contract``, ``area`` (of its first site), ``period``, ``firm``, ``flexible`` [MW], what is asked for beyond
        today's contract; a row for each contract and period, in the order of the sites' table.
    """
    contracts = _contracts(result.instance)
    every = contracts.merge(result.instance["periods"][["period"]], how="cross")
    asked = every.merge(result["requests"], on=["contract", "period"], how="left")
    asked = asked.fillna({"request": 0.0, "connection": 0.0})
    asked["flexible"] = (asked["connection"] - asked["request"]).clip(lower=0.0)
    return asked.rename(columns={"request": "firm"})[["contract", "area", "period", *KINDS]]


def _contracts(instance: Instance) -> pd.DataFrame:
    return instance["sites"].drop_duplicates("contract")[["contract", "area"]]


def power_by_area(result: Result) -> pd.DataFrame:
    """Add up the new grid capacity that each area, with all below it, asks for in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``area``, ``period``; ``firm``, ``flexible``, what is asked for beyond today's contracts, and ``hubs_firm``,
        ``hubs_flexible``, the part of it that is of open hubs [MW]; ``sites`` and ``asking``, their number and that of
        those whose contract asks for any; ``projects_firm``, ``projects_planned``, ``projects_idea``, the number of
        projects that firms want there by then; ``firm_room`` and ``total_room``, the headroom with what
        reinforcements add [MW], missing where the area sets no limit. A row for each area with a site, a hub or
        headroom, and period, in the order of the areas' table.
    """
    instance = result.instance
    asked = power_by_contract(result)
    parts = [asked.drop(columns="contract"), _hubs(result), _sites(instance, asked), _wanted(instance)]
    below = with_areas_above(instance, pd.concat(parts, ignore_index=True).fillna(0.0))
    limits = grid(result).rename(columns={"firm_headroom": "firm_room", "total_headroom": "total_room"})
    known = [*below["area"].unique(), *limits["area"].unique()]
    areas = instance["areas"][["area"]]
    every = areas[areas["area"].isin(known)].merge(instance["periods"][["period"]], how="cross")
    keys = ["area", "period"]
    sums = every.merge(below.groupby(keys).sum(numeric_only=True).reset_index(), on=keys, how="left").fillna(0.0)
    whole = {name: "int64" for name in ("sites", "asking", *PROJECTS)}
    return sums.astype(whole).merge(limits[[*keys, "firm_room", "total_room"]], on=keys, how="left")


def new_capacity_by_period(result: Result) -> pd.DataFrame:
    """Add up the new grid capacity that contracts and open hubs ask for in each period.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``period``; ``firm``, ``flexible`` and ``total``, both together [MW]. A row for each period.
    """
    parts = pd.concat([power_by_contract(result), _hubs(result)], ignore_index=True)
    sums = parts.groupby("period")[KINDS].sum().reindex(result.instance["periods"]["period"], fill_value=0.0)
    return sums.assign(total=sums[KINDS].sum(axis="columns")).reset_index()


def _hubs(result: Result) -> pd.DataFrame:
    """Capacity of hubs that are open, which counts in that of their area."""
    at_work = open_hubs(result)
    firm, flexible = at_work["firm_capacity"], at_work["flexible_capacity"]
    told = at_work.assign(firm=firm, flexible=flexible, hubs_firm=firm, hubs_flexible=flexible)
    return told[["area", "period", *KINDS, *HUBS]]


def _sites(instance: Instance, asked: pd.DataFrame) -> pd.DataFrame:
    """A row for each site and period; one asks where its contract does."""
    asking = (asked[KINDS].sum(axis="columns") > 0.0).astype(int)
    sites = instance["sites"][["site", "area", "contract"]]
    each = sites.merge(asked.assign(asking=asking)[["contract", "period", "asking"]], on="contract")
    return each.assign(sites=1)[["area", "period", "sites", "asking"]]


def _wanted(instance: Instance) -> pd.DataFrame:
    """A row for each project and period by which it is wanted, with 1 at its maturity."""
    by_then = wishes_by_then(instance)
    counts = {
        name: (by_then["maturity"] == maturity).astype(int) for name, maturity in zip(PROJECTS, MATURITIES, strict=True)
    }
    return by_then.assign(**counts)[["area", "period", *PROJECTS]]


def wishes_by_then(instance: Instance) -> pd.DataFrame:
    """The projects that firms want, in each ``period`` from the ``wanted`` one on, with ``area`` and ``contract``."""
    processes = instance["processes"][["process", "site"]]
    places = processes.merge(instance["sites"][["site", "area", "contract"]], on="site")
    wishes = instance["wishes"].merge(places, on="process").rename(columns={"period": "wanted"})
    each = wishes.merge(instance["periods"][["period"]], how="cross")
    return each[each["wanted"] <= each["period"]]
