"""Members of a hub design in a plan: who uses its hubs, links and contracts, from when, and for how much."""

import pandas as pd

from routeplan.hubs.design import Design
from routeplan.instance.sites import at_sites
from routeplan.result.result import Result
from routeplan.result.shared_uses import shared_uses
from routeplan.schema import units

LEAST = 1e-6
"""Use below this is none."""

COLUMNS = ["site", "kind", "item", "period", "amount", "unit"]


def users_of(result: Result, design: Design) -> pd.DataFrame:
    """List the members of a design in a plan.

    Whoever takes hydrogen from a hub, or hands CO2 to a hub or link of the design, in any period, is a member: what
    flows together is parted by use, as in `attributed_costs`. So is each site of a shared contract.

    Parameters
    ----------
    result : Result
        A plan with the design.
    design : Design
        The design.

    Returns
    -------
    DataFrame
        ``site``, ``kind`` (hub, link or contract), ``item``, ``period`` (first year of the first period of use; NaN of
        a contract of which the site uses nothing new), ``amount`` (most in any period) and its ``unit``; in the order
        of the sites.
    """
    uses = shared_uses(result).things
    items = {"hub": {each.hub for each in design.hubs}, "link": {each.link for each in design.links}}
    parts = [
        uses[(uses["kind"] == kind) & uses["item"].isin(ids) & (uses["amount"] > LEAST)] for kind, ids in items.items()
    ]
    # A hub with several options is one thing.
    by_period = pd.concat(parts).groupby(["site", "kind", "item", "pool", "period"])["amount"].sum().reset_index()
    by_site = by_period.groupby(["site", "kind", "item", "pool"], as_index=False).agg(
        {"period": "min", "amount": "max"}
    )
    by_site["unit"] = by_site["pool"].map({"co2": units.CO2}).fillna(units.ENERGY)
    found = pd.concat([by_site, _of_contracts(result, design)])[COLUMNS]
    order = {site: number for number, site in enumerate(result.instance["sites"]["site"])}
    return found.sort_values("site", key=lambda sites: sites.map(order), kind="stable").reset_index(drop=True)


def _of_contracts(result: Result, design: Design) -> pd.DataFrame:
    """Sites of the shared contracts, with the most that their options ask for beyond today."""
    options = result.instance["options"][["process", "route", "firm_capacity", "flexible_capacity"]]
    runs = at_sites(result.instance, result["runs"].merge(options, on=["process", "route"]))
    runs["amount"] = runs["firm_capacity"] + runs["flexible_capacity"]
    asked = runs.groupby(["site", "period"], as_index=False)["amount"].sum()
    asked = asked[asked["amount"].abs() > LEAST]
    by_site = asked.groupby("site").agg({"period": "min", "amount": "max"})
    rows = [
        (site, "contract", each.contract, *(by_site.loc[site] if site in by_site.index else (float("nan"), 0.0)))
        for each in design.contracts
        for site in each.sites
    ]
    return pd.DataFrame(rows, columns=COLUMNS[:5]).assign(unit=units.POWER)
