"""Who pays what of a hub design: what each member gains by it, and what it pays by several keys."""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, takewhile

import numpy as np
import pandas as pd

from routeplan.errors import NotKnown, UsageError
from routeplan.hubs.coalitions import Coalition, PlannedCoalitions, Saving
from routeplan.hubs.core import InCore, in_core, needed_from_outside
from routeplan.hubs.design import Design
from routeplan.hubs.game import MOST_PLAYERS, Game, Value
from routeplan.hubs.nucleolus import nucleolus
from routeplan.hubs.shapley import LEAST_PAIRS, Shapley, joined, orders_drawn, shapley, shapley_of_sample
from routeplan.hubs.shares import by_capacity, by_capacity_and_distance
from routeplan.hubs.users import users_of
from routeplan.hubs.worst import WorstCoalition
from routeplan.hubs.worth import Worth, cost_by_site, costs_of_design, worth_of
from routeplan.instance.instance import Instance
from routeplan.network.sphere import distance, on_sphere
from routeplan.result.result import Result
from routeplan.result.shared_uses import shared_uses
from routeplan.schema.hubs import CAPACITY, CAPACITY_KM, NUCLEOLUS, SHAPLEY

MOST_PLANS = 2**MOST_PLAYERS
"""About how many plans a sample for the Shapley value may take: as many as the most members have coalitions of whom
all are asked."""


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
    needed : Value, optional
        Public money besides, with which some division is in the core [M EUR]; None where the search was stopped.
    others : float
        What all others save besides, by costs that they share (reinforcements, targets); nobody pays for it. Below 0:
        what the plan puts on them; members make it good, as a part of what they pay [M EUR].
    """

    design: Design
    cost: float
    public: float
    saving: Value
    gains: Mapping[str, float]
    pays: Mapping[str, Mapping[str, float]]
    shapley: Shapley
    in_core: Mapping[str, InCore]
    needed: Value | None
    others: float

    @property
    def needed_share(self) -> tuple[float, float] | None:
        """Share of the cost that the public must bear for a core, least and most; None where there is no cost."""
        if self.cost <= 0.0 or self.needed is None:
            return None
        return (self.public + self.needed.low) / self.cost, (self.public + self.needed.high) / self.cost


def payers(design: Design, without: Result, together: Result, savings: Mapping[Coalition, Saving]) -> Payers:
    """Tell what the members of a design gain and pay.

    Whoever is no member keeps the plan without the design, and neither pays nor is paid: a coalition saves what the
    costs of its own members fall, by `attributed_costs`, less what it puts on others (`Worth.value`). What others save
    (reinforcements, targets) is told apart; but nobody pays for the hub and links of others. A coalition that the hub
    costs more than it brings does without, so that no coalition saves less than 0. The public bears its share of what
    hub and links cost whoever uses them. All that is paid sums to the cost of the design's hubs and links and what is
    put on others, less what the public bears.

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
    worth = worth_of(design, without, together)
    game = Game(members, lambda coalition: worth.value(coalition, savings.get(coalition)))
    others = savings[game.everyone].low - worth.own_saving(together, members)
    return _told(worth, game, together, others, shapley(game), None)


def payers_of_many(
    design: Design,
    without: Result,
    together: Result,
    planned: PlannedCoalitions,
    worst: WorstCoalition,
    most_plans: int = MOST_PLANS,
) -> Payers:
    """Tell the same of more members than all coalitions can be planned of, from those that matter.

    Each member's part by the Shapley value is estimated from orders in which members join. The nucleolus is that of
    the coalitions planned: its largest excess is the least of all coalitions, as far as `worst` proves it. A key suits
    all when `worst` proves that no coalition is better off.

    Parameters
    ----------
    design, without, together
        As of `payers`.
    planned : PlannedCoalitions
        Plans coalitions when they are asked for, and knows all members together.
    worst : WorstCoalition
        Finds the worst coalition of a division.
    most_plans : int
        Plans that the estimate of the Shapley value may take, about; two pairs of orders are planned at least.

    Returns
    -------
    Payers
        What is known; where the search is stopped before its end, without what is not: the nucleolus, answers of keys
        and the public money needed.

    Raises
    ------
    NotKnown
        When it is stopped before there is an estimate, or of a coalition nothing is proven.
    """
    members = sorted(planned.everyone)
    worth = worth_of(design, without, together)
    game = Game(members, lambda coalition: worth.value(coalition, planned.saving(coalition)))
    others = planned.saving(game.everyone).low - worth.own_saving(together, members)
    by_shapley = shapley_of_sample(game, _pairs_planned(members, planned, most_plans))
    return _told(worth, game, together, others, by_shapley, worst)


def _pairs_planned(members: Sequence[str], planned: PlannedCoalitions, most_plans: int) -> int:
    """Plan the coalitions of pairs of orders; how many pairs are planned in full.

    Raises
    ------
    NotKnown
        When they are too few for an estimate with its error.
    """
    most = max(LEAST_PAIRS, most_plans // (2 * (len(members) - 1)))
    by_pair = [[*joined(members, order), *joined(members, order[::-1])] for order in orders_drawn(len(members), most)]
    planned.plan([coalition for each in by_pair for coalition in each])
    whole = takewhile(lambda each: all(coalition in planned.known for coalition in each), by_pair)
    if (count := sum(1 for _ in whole)) < LEAST_PAIRS:
        raise NotKnown(f"of {count} pairs of orders every group is planned; allowed: {LEAST_PAIRS} or more")
    return count


def _told(
    worth: Worth, game: Game, together: Result, others: float, by_shapley: Shapley, worst: WorstCoalition | None
) -> Payers:
    """What members gain and pay, once the Shapley value is known; what is not known in the end is left out."""
    design, members = worth.design, game.players
    gains = _gains(worth.before, together, design, members)
    total = math.fsum(gains.values()) - game.total.middle
    pays = {
        **_by_use(design, together, members, total),
        SHAPLEY: {name: gains[name] - by_shapley.share[name] for name in members},
    }
    in_cores: dict[str, InCore] = {}
    needed: Value | None = None
    with suppress(NotKnown):
        for key, paid in pays.items():
            in_cores[key] = in_core(game, _saved(gains, paid, game), worst)
        by_nucleolus = nucleolus(game, worst).shares
        pays[NUCLEOLUS] = {name: gains[name] - share for name, share in by_nucleolus.items()}
        in_cores[NUCLEOLUS] = in_core(game, _saved(gains, pays[NUCLEOLUS], game), worst)
        needed = needed_from_outside(game, worst)
    return Payers(design, worth.cost, worth.public, game.total, gains, pays, by_shapley, in_cores, needed, others)


def _saved(gains: Mapping[str, float], paid: Mapping[str, float], game: Game) -> dict[str, float]:
    """What each member saves when it pays so much; together no more than what is saved in all."""
    saved = {name: gains[name] - amount for name, amount in paid.items()}
    beyond = math.fsum(saved.values()) - game.total.high
    return {name: amount - max(0.0, beyond) / len(saved) for name, amount in saved.items()}


def _gains(before: "pd.Series[float]", together: Result, design: Design, members: Sequence[str]) -> dict[str, float]:
    """What the costs of each member fall, without its part of the design's own hubs and links."""
    after = cost_by_site(together)
    own = shared_uses(together).apportioned(costs_of_design(together, design), "discounted")
    of_design = own.groupby("site")["discounted"].sum()
    return {name: float(before.get(name, 0.0) - after.get(name, 0.0) + of_design.get(name, 0.0)) for name in members}


def _by_use(design: Design, together: Result, members: Sequence[str], total: float) -> dict[str, dict[str, float]]:
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


def _distances(instance: Instance, design: Design, members: Sequence[str]) -> dict[str, float]:
    """Distance of each member from the nearest hub or link of the design, as the crow flies [km]; {} without any."""
    links = instance["links"].set_index("link")
    hubs = instance["hubs"]
    nodes = set(hubs.loc[hubs["hub"].isin([each.hub for each in design.hubs]), "node"])
    nodes |= {str(links.at[each.link, "from"]) for each in design.links}
    known = instance["nodes"][instance["nodes"]["node"].isin(nodes)]
    if known.empty:
        return {}
    sites = instance["sites"].set_index("site").loc[list(members)]
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
