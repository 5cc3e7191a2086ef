"""Wishes for which the grid has no room left: what the next project needs, against what the plan leaves."""

import numpy as np
import pandas as pd

from routeplan.instance.areas import with_areas_above
from routeplan.instance.sites import asked_of_contracts, at_sites
from routeplan.result.result import Result
from routeplan.tolerances import FEASIBILITY

ROOM = {"firm_headroom": "firm", "total_headroom": "total"}
"""Limits on room of the grid, and what of a wish counts against each."""

KEY = ["process", "route"]


def wishes_without_room(result: Result) -> pd.DataFrame:
    """List the wishes of processes that still run as today, and that need more room than an area has left.

    What a wish needs is what its contract would have to ask for beyond what it asks for in the plan, were this process
    to take the wished route and all else to stay as planned. Every area above its own counts.

    Parameters
    ----------
    result : Result
        A result with a plan.

    Returns
    -------
    DataFrame
        ``limit`` (a key of `ROOM`), ``area``, ``period``, ``site``, ``process``, ``route``, ``need`` and ``left`` [MW];
        of each limit and period the smallest need first.
    """
    wishes = _not_taken(result)
    if wishes.empty:
        return pd.DataFrame(columns=["limit", "area", "period", "site", *KEY, "need", "left"])
    wishes = with_areas_above(result.instance, wishes.assign(order=range(len(wishes))))
    limits = result["limits"]
    parts = []
    for limit, kind in ROOM.items():
        room = limits.loc[limits["limit"] == limit, ["area", "period", "used", "bound"]]
        asked = wishes.rename(columns={kind: "need"}).merge(room, on=["area", "period"])
        asked["left"] = (asked["bound"] - asked["used"]).clip(lower=0.0)
        parts.append(asked[asked["need"] > asked["left"] + FEASIBILITY].assign(limit=limit))
    found = pd.concat(parts).sort_values(["limit", "area", "period", "need", "order"])
    return found[["limit", "area", "period", "site", *KEY, "need", "left"]].reset_index(drop=True)


def _not_taken(result: Result) -> pd.DataFrame:
    """Wishes by period from the one in which they are wanted, while the process is on its current route."""
    instance = result.instance
    table = instance["options"]
    options = table.join(asked_of_contracts(instance, table)).set_index(KEY)
    capacity = options[["firm", "total"]]
    wishes = instance["wishes"][["process", "route", "period"]].rename(columns={"period": "wanted"})
    runs = result["runs"].rename(columns={"route": "runs"}).join(capacity, on=["process", "runs"])
    waits = runs.join(options["current"], on=["process", "runs"])["current"] == 1
    merged = wishes.merge(runs[waits], on="process")
    open_ = merged[merged["period"] >= merged["wanted"]]
    open_ = open_.drop_duplicates([*KEY, "period"]).join(capacity.add_suffix("_wished"), on=KEY)
    sites = instance["sites"].set_index("site")
    open_ = at_sites(instance, open_)
    for name in ("contract", "area"):
        open_[name] = open_["site"].map(sites[name])
    with_use = open_.join(_use_by_contract(result, runs), on=["contract", "period"])
    for kind in ("firm", "total"):
        beyond = with_use[f"{kind}_used"] - with_use["spare"]
        more = beyond - with_use[kind] + with_use[f"{kind}_wished"]
        with_use[kind] = np.maximum(0.0, more) - np.maximum(0.0, beyond)
    return with_use[["site", *KEY, "period", "area", "firm", "total"]]


def _use_by_contract(result: Result, runs: pd.DataFrame) -> pd.DataFrame:
    """Capacity used by each contract in each period, ``firm_used`` and ``total_used``, and what is ``spare`` [MW]."""
    sites = result.instance["sites"]
    contract = result.instance["processes"].set_index("process")["site"].map(sites.set_index("site")["contract"])
    of = runs["process"].map(contract).rename("contract")
    use = runs.groupby([of, "period"])[["firm", "total"]].sum().add_suffix("_used")
    spare = sites.groupby("contract")["spare_capacity"].sum().rename("spare")
    return use.join(spare, on="contract")
