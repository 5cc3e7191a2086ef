"""Who pays what of a hub design: what each member gains by it, and what it pays by several keys."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from routeplan.errors import UsageError
from routeplan.hubs.coalitions import Coalition, Saving
from routeplan.hubs.core import InCore, in_core, needed_from_outside
from routeplan.hubs.design import Design
from routeplan.hubs.game import MOST_PLAYERS, Game, Value
from routeplan.hubs.nucleolus import nucleolus
from routeplan.hubs.shapley import Shapley, shapley
from routeplan.hubs.shares import by_capacity, by_capacity_and_distance
from routeplan.hubs.users import users_of
from routeplan.instance.instance import Instance
from routeplan.network.sphere import distance, on_sphere
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result
from routeplan.result.shared_costs import shared_costs
from routeplan.result.shared_uses import shared_uses
from routeplan.schema.hubs import CAPACITY, CAPACITY_KM, NUCLEOLUS, SHAPLEY

FIXED = ("hubs", "hub_upkeep", "links", "link_upkeep")
"""Terms of the cost of hubs and links that do not depend on who uses them: of these the public bears its share."""


@dataclass(frozen=True, eq=False)
class Payers:
    """What the members of a design gain by it, and what they pay.

    Parameters
    ----------
    design : Design
        The design.
    cost : float
        Discounted cost of its own hubs and links that does not depend on use [M EUR].
    public : float
        What the public bears of that [M EUR].
    saving : Value
        What all members save together, public money included [M EUR].
    gains : mapping of str to float
        What each member's own costs fall, whatever it pays for the hub [M EUR].
    pays : mapping of str to mapping of str to float
        By key: what each member pays, all together the gains less the saving [M EUR]. A negative sum is received.
    shapley : Shapley
        Savings by the Shapley value, with their intervals.
    in_core : mapping of str to InCore
        By key: whether no coalition is better off with the hub for itself.
    needed : Value
        Public money besides, with which some division is in the core [M EUR].
    others : float
        What all others save besides, by costs that they share (reinforcements, targets); nobody pays for it [M EUR].
    """

    design: Design
    cost: float
    public: float
    saving: Value
    gains: Mapping[str, float]
    pays: Mapping[str, Mapping[str, float]]
    shapley: Shapley
    in_core: Mapping[str, InCore]
    needed: Value
    others: float

    @property
    def needed_share(self) -> tuple[float, float] | None:
        """Share of the cost that the public must bear for a core, least and most; None where there is no cost."""
        if self.cost <= 0.0:
            return None
        return (self.public + self.needed.low) / self.cost, (self.public + self.needed.high) / self.cost


def payers(design: Design, without: Result, together: Result, savings: Mapping[Coalition, Saving]) -> Payers:
    """Tell what the members of a design gain and pay.

    Whoever is no member keeps the plan without the design, and neither pays nor is paid: a coalition saves what the
    costs of its own members fall, by `attributed_costs`. What those of others change (reinforcements, targets) is told
    apart. A coalition that the hub costs more than it brings does without, so that no coalition saves less than 0. The
    public bears its share of what hub and links cost whoever uses them. All that is paid sums to the cost of the
    design's hubs and links, less what the public bears.

    Parameters
    ----------
    design : Design
        The design.
    without : Result
        The plan without any design.
    together : Result
        The plan in which all members have it, and all others keep the plan without.
    savings : mapping of frozenset to Saving
        What every coalition of the members saves, as `savings` of `routeplan.hubs.coalitions` tells.

    Raises
    ------
    UsageError
        When there is no member, or of a coalition nothing is proven.
    """
    members = sorted({site for coalition in savings for site in coalition})
    own = _costs_of_design(together, design)
    cost = float(own.loc[own["term"].isin(FIXED), "discounted"].sum())
    public = design.public_share * cost
    before, after = _cost_by_site(without), _cost_by_site(together)
    game = Game(members, lambda coalition: _worth(savings, coalition, before, public))
    gains = _gains(before, after, shared_uses(together).apportioned(own, "discounted"), members)
    others = savings[frozenset(members)].low - _own_saving(before, after, members)
    by_shapley = shapley(game)
    total = math.fsum(gains.values()) - game.total.middle
    pays = {
        **_by_use(design, together, members, total),
        SHAPLEY: {name: gains[name] - by_shapley.share[name] for name in members},
        NUCLEOLUS: {name: gains[name] - share for name, share in nucleolus(game).shares.items()},
    }
    in_cores = {key: in_core(game, _saved(gains, paid, game)) for key, paid in pays.items()}
    needed = needed_from_outside(game)
    return Payers(design, cost, public, game.total, gains, pays, by_shapley, in_cores, needed, others)


def _cost_by_site(plan: Result) -> "pd.Series[float]":
    """Discounted cost of each site in a plan [M EUR]."""
    return attributed_costs(plan).groupby("site")["discounted"].sum()


def _own_saving(before: "pd.Series[float]", after: "pd.Series[float]", members: Collection[str]) -> float:
    """What the costs of members fall [M EUR]."""
    return math.fsum(before.get(name, 0.0) - after.get(name, 0.0) for name in members)


def _worth(
    savings: Mapping[Coalition, Saving], coalition: Coalition, before: "pd.Series[float]", public: float
) -> Value:
    """What the members of a coalition save with public money, or by doing without the hub."""
    if not coalition:
        return Value(0.0, 0.0)
    if coalition not in savings or savings[coalition].high == np.inf:
        told = ", ".join(sorted(coalition))
        raise UsageError(f"of the coalition {told} nothing is proven; allowed: every coalition with a proof")
    saving = savings[coalition]
    others = 0.0 if saving.plan is None else saving.low - _own_saving(before, _cost_by_site(saving.plan), coalition)
    low, high = (max(0.0, bound - others + public) for bound in (saving.low, saving.high))
    return Value(low, max(low, high))


def _saved(gains: Mapping[str, float], paid: Mapping[str, float], game: Game) -> dict[str, float]:
    """What each member saves when it pays so much; together no more than what is saved in all."""
    saved = {name: gains[name] - amount for name, amount in paid.items()}
    beyond = math.fsum(saved.values()) - game.total.high
    return {name: amount - max(0.0, beyond) / len(saved) for name, amount in saved.items()}


def _costs_of_design(plan: Result, design: Design) -> pd.DataFrame:
    """Cost of the hubs and links of a design by term and period, with ``discounted`` [M EUR]."""
    items = {("hub", each.hub) for each in design.hubs} | {("link", each.link) for each in design.links}
    costs = shared_costs(plan)
    ours = [key in items for key in zip(costs["kind"], costs["item"], strict=True)]
    own = costs[np.array(ours, dtype=bool)]
    horizon = plan.instance.horizon
    return own.assign(discounted=own["cost"] * horizon.weight[horizon.position(own["period"])])


def _gains(
    before: "pd.Series[float]", after: "pd.Series[float]", own: pd.DataFrame, members: list[str]
) -> dict[str, float]:
    """What the costs of each member fall, without its part of the design's own hubs and links."""
    of_design = own.groupby("site")["discounted"].sum()
    return {name: float(before.get(name, 0.0) - after.get(name, 0.0) + of_design.get(name, 0.0)) for name in members}


def _by_use(design: Design, together: Result, members: list[str], total: float) -> dict[str, dict[str, float]]:
    """What members pay by what they use of the design, and by that times their distance from it."""
    used = users_of(together, design).groupby("site")["amount"].sum().clip(lower=0.0)
    capacity = {name: float(used.get(name, 0.0)) for name in members}
    if not any(capacity.values()):
        return {}
    found = {CAPACITY: by_capacity(total, capacity)}
    distances = _distances(together.instance, design, members)
    if any(capacity[name] * distances[name] for name in distances):
        found[CAPACITY_KM] = by_capacity_and_distance(total, capacity, distances)
    return found


def _distances(instance: Instance, design: Design, members: list[str]) -> dict[str, float]:
    """Distance of each member from the nearest hub or link of the design, as the crow flies [km]; {} without any."""
    links = instance["links"].set_index("link")
    hubs = instance["hubs"]
    nodes = set(hubs.loc[hubs["hub"].isin([each.hub for each in design.hubs]), "node"])
    nodes |= {str(links.at[each.link, "from"]) for each in design.links}
    known = instance["nodes"][instance["nodes"]["node"].isin(nodes)]
    if known.empty:
        return {}
    sites = instance["sites"].set_index("site").loc[members]
    there, places = on_sphere(sites["lat"], sites["lon"]), on_sphere(known["lat"], known["lon"])
    apart = np.stack([distance(there, place) for place in places]).min(axis=0)
    return dict(zip(members, apart.tolist(), strict=True))


def all_coalitions(members: Sequence[str]) -> list[Coalition]:
    """Every coalition of the members but the empty one, the smallest first.

    Raises
    ------
    UsageError
        When there are more than `MOST_PLAYERS` members.
    """
    if len(members) > MOST_PLAYERS:
        raise UsageError(
            f"there are {len(members)} members; allowed: at most {MOST_PLAYERS}, as every group is planned"
        )
    return [frozenset(each) for size in range(1, len(members) + 1) for each in combinations(members, size)]
