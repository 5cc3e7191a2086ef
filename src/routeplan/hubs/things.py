"""Hubs, links and contracts of a design: what each costs, and for what share of that each site uses them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from routeplan.hubs.design import Design
from routeplan.hubs.shares import Thing, by_things
from routeplan.result.result import Result
from routeplan.result.shared_costs import shared_costs

FIXED = ("hubs", "hub_upkeep", "links", "link_upkeep")
"""Terms of the cost of hubs and links that do not depend on who uses them: of these the public bears its share."""


def costs_of_design(plan: Result, design: Design) -> pd.DataFrame:
    """Cost of the hubs and links of a design by term and period, with ``discounted`` [M EUR]."""
    items = {("hub", each.hub) for each in design.hubs} | {("link", each.link) for each in design.links}
    costs = shared_costs(_of_options(plan, design))
    ours = [key in items for key in zip(costs["kind"], costs["item"], strict=True)]
    own = costs[np.array(ours, dtype=bool)]
    horizon = plan.instance.horizon
    return own.assign(discounted=own["cost"] * horizon.weight[horizon.position(own["period"])])


def _of_options(plan: Result, design: Design) -> Result:
    """The plan without the options of its hubs that are none of the design: they may be open at the same hub."""
    hubs, ours = plan["hubs"], {(each.hub, each.option) for each in design.hubs}
    own = [key in ours for key in zip(hubs["hub"], hubs["option"], strict=True)]
    return replace(plan, tables={**plan.tables, "hubs": hubs[np.array(own, dtype=bool)]})


def cost_by_thing(plan: Result, design: Design) -> dict[Thing, float]:
    """Discounted cost of each hub and link of a design, less what the public bears [M EUR]; a contract has none."""
    own = costs_of_design(plan, design)
    borne = np.where(own["term"].isin(FIXED), 1.0 - design.public_share, 1.0)
    costs = (
        own.assign(discounted=own["discounted"] * borne).groupby(["kind", "item"], as_index=False)["discounted"].sum()
    )
    things = zip(costs["kind"].astype(str), costs["item"].astype(str), strict=True)
    return dict(zip(things, costs["discounted"].astype(float), strict=True))


def use_by_thing(users: pd.DataFrame) -> dict[Thing, dict[str, float]]:
    """Use of each thing by site, of the table of `users_of`; each thing has a unit of its own."""
    uses: dict[Thing, dict[str, float]] = {}
    for site, kind, item, amount in users[["site", "kind", "item", "amount"]].itertuples(index=False, name=None):
        uses.setdefault((kind, item), {})[site] = max(0.0, float(amount))
    return uses


def shares_of_use(users: pd.DataFrame, costs: Mapping[Thing, float]) -> dict[str, float]:
    """Share of each site of the table of `users_of` in what all things cost, each being paid by use of it."""
    return by_things(use_by_thing(users), costs, list(dict.fromkeys(users["site"])))
