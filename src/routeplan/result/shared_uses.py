"""Use of what sites share: by whom each source, link, hub, zone of supply, reinforcement and target is used."""

from dataclasses import replace

import numpy as np
import pandas as pd

from routeplan.instance.areas import with_areas_above
from routeplan.instance.options import in_scope
from routeplan.instance.sites import asked_of_contracts, at_sites
from routeplan.result.apportion import POOL_KEY, THING_KEY, Uses
from routeplan.result.result import Result
from routeplan.result.shared_costs import open_hubs
from routeplan.result.tracing import users_of_nodes
from routeplan.schema.inputs import ALL, CARRIERS, SUPPLIED
from routeplan.tolerances import ROUNDING

THINGS = [*THING_KEY, "site", "amount"]
POOLS = [*POOL_KEY, "site", "amount"]
_USERS = {"pool": "str", "period": "int64", "node": "str", "site": "str", "share": "float64"}


def shared_uses(result: Result) -> Uses:
    """Make the use of every shared thing of a plan.

    Parameters
    ----------
    result : Result
        A result with a plan.
    """
    pools = _pools(result)
    things = pd.concat([_of_networks(result, pools), _of_supply(result, pools), _of_scopes(result)], ignore_index=True)
    uses = Uses(result.instance, things, pools)
    grid = pd.concat([_asked_by_sites(result), _asked_by_hubs(result, uses)], ignore_index=True)
    return replace(
        uses,
        things=pd.concat([things, _of_reinforcements(result, grid)], ignore_index=True),
        pools=pd.concat([pools, grid.assign(pool="grid")[POOLS]], ignore_index=True),
    )


def _pools(result: Result) -> pd.DataFrame:
    """Hydrogen, green gas and heat used [GWh/yr], CO2 captured and CO2 emitted [kt/yr] by sites."""
    energy = result["energy"][result["energy"]["commodity"].isin(["hydrogen", *SUPPLIED])]
    co2 = result["emissions"]
    parts = (
        at_sites(result.instance, energy).rename(columns={"commodity": "pool"}),
        co2.assign(pool="co2", amount=co2["captured"]),
        co2.assign(pool="emissions", amount=co2["emissions"]),
    )
    used = pd.concat([part[POOLS] for part in parts], ignore_index=True)
    return used[used["amount"] > 0.0].groupby([*POOL_KEY, "site"])["amount"].sum().reset_index()


def _of_networks(result: Result, pools: pd.DataFrame) -> pd.DataFrame:
    """What sources, links and hubs supply, carry and take, each for the users of the node that it leads to."""
    arcs = _arcs(result)
    hubs = open_hubs(result).rename(columns={"carrier": "pool", "hub": "item", "output": "amount"})
    drawn = result["drawn"].rename(columns={"carrier": "pool"})
    moved = pd.concat(
        [
            arcs.rename(columns={"head": "node", "link": "item"}).assign(kind="link"),
            drawn.assign(kind="source", item=drawn["node"]),
            hubs.assign(kind="hub"),
        ]
    )[[*THING_KEY, "node", "amount"]]
    users = moved.merge(_users(arcs, pools), on=[*POOL_KEY, "node"])
    return users.assign(amount=users["amount"] * users["share"])[THINGS]


def _arcs(result: Result) -> pd.DataFrame:
    """Netted flows as arcs from sources and hubs to sites, those of CO2 against its flow."""
    flows = result["flows"].merge(result.instance["links"][["link", "from", "to"]], on="link")
    turned = (flows["flow"] < 0.0) ^ (flows["carrier"] == "co2")
    arcs = flows.rename(columns={"carrier": "pool"}).assign(
        amount=flows["flow"].abs(),
        tail=flows["from"].mask(turned, flows["to"]),
        head=flows["to"].mask(turned, flows["from"]),
    )
    return arcs[arcs["amount"] > 0.0][["pool", "link", "period", "tail", "head", "amount"]]


def _users(arcs: pd.DataFrame, pools: pd.DataFrame) -> pd.DataFrame:
    """Users of each node of the networks in each period: `POOL_KEY`, ``node``, ``site`` and ``share``."""
    parts = [pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _USERS.items()})]
    used = pools[pools["pool"].isin(CARRIERS)]
    for pool, period in used[POOL_KEY].drop_duplicates().itertuples(index=False):
        flows, use = (rows[(rows["pool"] == pool) & (rows["period"] == period)] for rows in (arcs, used))
        parts.append(users_of_nodes(flows, use.set_index("site")["amount"]).assign(pool=pool, period=period))
    return pd.concat(parts, ignore_index=True)


def _of_supply(result: Result, pools: pd.DataFrame) -> pd.DataFrame:
    """What is used of each region's own zone, and of the zone of all by sites of regions that it is brought to.

    A region's sites are supplied from both in the same proportion, so that they pay one price.
    """
    regions = result.instance["sites"][["site", "region"]]
    use = pools[pools["pool"].isin(SUPPLIED)].merge(regions, on="site")
    own = result["supplied"].rename(columns={"commodity": "pool", "zone": "region"})
    own = own.groupby([*POOL_KEY, "region"])["amount"].sum().rename("own").reset_index()
    use = use.merge(own, on=[*POOL_KEY, "region"], how="left").fillna({"own": 0.0})
    total = use.groupby([*POOL_KEY, "region"])["amount"].transform("sum")
    # A region is brought what its own steps leave open.
    open_share = 1.0 - use["own"] / total
    brought = use.assign(item=ALL, amount=use["amount"] * open_share.where(open_share > ROUNDING, 0.0))
    return pd.concat([use.assign(item=use["region"]), brought], ignore_index=True).assign(kind="zone")[THINGS]


def _of_scopes(result: Result) -> pd.DataFrame:
    """What sites emit within the scope of each target."""
    emitted = result["emissions"].merge(result.instance["sites"][["site", "sector", "region"]], on="site")
    emitted = emitted.assign(pool="emissions", kind="scope", amount=emitted["emissions"], item="")
    scopes = result.instance["targets"]["scope"].unique()
    parts = [emitted[in_scope(emitted, scope)].assign(item=scope) for scope in scopes]
    return pd.concat([emitted.iloc[:0], *parts], ignore_index=True)[THINGS]


def _asked_by_sites(result: Result) -> pd.DataFrame:
    """New firm and flexible grid capacity of each site: of a shared contract, as options need it at the peak."""
    instance = result.instance
    sites = instance["sites"][["site", "area", "contract"]]
    asked = result["requests"].merge(sites, on="contract").merge(_needed(result), on=["site", "period"], how="left")
    needed = asked["needed"].fillna(0.0)
    shared = needed.groupby([asked["contract"], asked["period"]])
    # Where no option needs any, each site has an equal part.
    share = np.where(shared.transform("sum") > 0.0, needed / shared.transform("sum"), 1.0 / shared.transform("size"))
    return asked.assign(amount=asked["connection"] * share)[["area", "period", "site", "amount"]]


def _needed(result: Result) -> pd.DataFrame:
    """Firm and flexible capacity that the options running at a site ask of its contract; one that frees some: 0."""
    options = result.instance["options"]
    asked = options[["process", "route"]].join(asked_of_contracts(result.instance, options))
    runs = result["runs"].merge(asked, on=["process", "route"])
    needed = runs["total"].clip(lower=0.0)
    return (
        at_sites(result.instance, runs.assign(needed=needed)).groupby(["site", "period"])["needed"].sum().reset_index()
    )


def _asked_by_hubs(result: Result, uses: Uses) -> pd.DataFrame:
    """Grid capacity of open hubs, parted among the sites that use them."""
    hubs = open_hubs(result).rename(columns={"carrier": "pool", "hub": "item"})
    hubs = hubs.assign(kind="hub", amount=hubs["firm_capacity"] + hubs["flexible_capacity"])
    asked = hubs[hubs["amount"] > 0.0][[*THING_KEY, "area", "amount"]]
    return uses.apportioned(asked, "amount")[["area", "period", "site", "amount"]]


def _of_reinforcements(result: Result, grid: pd.DataFrame) -> pd.DataFrame:
    """New grid capacity asked for in the area that each reinforcement relieves, and below it."""
    works = result.instance["reinforcements"][["reinforcement", "area"]].rename(columns={"reinforcement": "item"})
    below = with_areas_above(result.instance, grid).merge(works, on="area")
    return below.assign(pool="grid", kind="reinforcement")[THINGS]
