"""Who pays what of a hub design: what each member gains by it, and what it pays by several keys."""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, takewhile

import numpy as np
import pandas as pd

from routeplan.errors import Message, NotKnown, UsageError
from routeplan.hubs.coalitions import PlannedCoalitions
from routeplan.hubs.core import InCore, in_core, needed_from_outside
from routeplan.hubs.design import Design
from routeplan.hubs.game import MOST_PLAYERS, Answer, Game, Value
from routeplan.hubs.nucleolus import nucleolus
from routeplan.hubs.saving import Coalition, Saving
from routeplan.hubs.shapley import LEAST_PAIRS, Shapley, joined, orders_drawn, shapley, shapley_of_sample
from routeplan.hubs.shares import Thing, by_capacity, by_things
from routeplan.hubs.things import cost_by_thing, costs_of_design, use_by_thing
from routeplan.hubs.users import users_of
from routeplan.hubs.worst import WorstCoalition
from routeplan.hubs.worth import Worth, cost_by_site, worth_of
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
        What the public bears of that, where all members take part [M EUR].
    saving : Value
        What all members save together, public money included; below 0: what it costs them [M EUR].
    gains : mapping of str to float
        What each member's own costs fall, whatever it pays for the hub [M EUR].
    pays : mapping of str to mapping of str to float
        By key: what each member pays, all together the gains less the saving [M EUR]. A negative sum is received.
    shapley : Shapley
        Savings by the Shapley value, with their intervals.
    in_core : mapping of str to InCore
        By key: whether no coalition is better off with the hub for itself.
    needed : Value, optional
        The least public money with which some division is in the core, whatever the public bears by the design
        [M EUR]; None where the search was stopped.
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
        return self.needed.low / self.cost, self.needed.high / self.cost


def payers(design: Design, without: Result, together: Result, savings: Mapping[Coalition, Saving]) -> Payers:
    """Tell what the members of a design gain and pay.

    Whoever is no member keeps the plan without the design, and neither pays nor is paid: a coalition saves what the
    costs of its own members fall, by `attributed_costs`, less what it puts on others (`Worth.value`). What others save
    (reinforcements, targets) is told apart; but nobody pays for the hub and links of others. A coalition that the hub
    costs more than it brings does without, so that no coalition but that of all saves less than 0. The public bears
    its share of what hub and links cost whoever uses them, where all members take part. All that is paid sums to the
    cost of the design's hubs and links and what is put on others, less what the public bears.

    Parameters
    ----------
    design : Design
        The design.
    without : Result
        The plan without any design, against which the savings are held: that of `best_without`.
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
    worth = worth_of(design, without, together, members)
    game = Game(members, lambda coalition: worth.value(coalition, savings.get(coalition)))
    return _told(worth, game, together, shapley(game), None)


def payers_of_many(
    design: Design,
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
    design, together
        As of `payers`.
    planned : PlannedCoalitions
        Plans coalitions when they are asked for, and knows all members together and the plan without.
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
    worth = worth_of(design, planned.without_hub(), together, members)
    game = Game(members, lambda coalition: worth.value(coalition, planned.saving(coalition)))
    by_shapley = shapley_of_sample(game, _pairs_planned(members, planned, most_plans))
    return _told(worth, game, together, by_shapley, worst)


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
        raise NotKnown(
            Message(
                "of {count} pairs of orders every group is planned; allowed: {least} or more",
                count=count,
                least=LEAST_PAIRS,
            )
        )
    return count


def _told(worth: Worth, game: Game, together: Result, by_shapley: Shapley, worst: WorstCoalition | None) -> Payers:
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
            in_cores[key] = _suits(game, _saved(gains, paid, game), worst)
        by_nucleolus = nucleolus(game, worst).shares
        pays[NUCLEOLUS] = {name: gains[name] - share for name, share in by_nucleolus.items()}
        in_cores[NUCLEOLUS] = _suits(game, _saved(gains, pays[NUCLEOLUS], game), worst)
        needed = _needed(game, worth.public, worst)
    others = worth.others_save(together, members)
    return Payers(design, worth.cost, worth.public, game.total, gains, pays, by_shapley, in_cores, needed, others)


def _suits(game: Game, shares: Mapping[str, float], worst: WorstCoalition | None) -> InCore:
    """Whether a division suits every group; one member alone is such a group, which may do without the hub."""
    if len(game.players) > 1:
        return in_core(game, shares, worst)
    without = Value(-game.total.high, -game.total.low)
    if without.high <= game.rounding:
        return InCore(Answer.YES)
    return InCore(Answer.NO if without.low > game.rounding else Answer.PERHAPS, game.everyone, without)


def _needed(game: Game, public: float, worst: WorstCoalition | None) -> Value:
    """The least public money with which some division suits every group, if the public bore nothing yet."""
    if len(game.players) > 1:
        return needed_from_outside(game, worst, public)
    return Value(max(0.0, public - game.total.high), max(0.0, public - game.total.low))


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
    """What members pay by what they use of each thing of the design, and by that times their distance from it."""
    uses, costs = use_by_thing(users_of(together, design)), cost_by_thing(together, design)
    by_use = by_things(uses, costs, members)
    if not any(by_use.values()):
        return {}
    found = {CAPACITY: by_capacity(total, by_use)}
    if away := _by_distance(uses, distances(together.instance, design, members)):
        found[CAPACITY_KM] = by_capacity(total, by_things({**uses, **away}, costs, members))
    return found


def _by_distance(
    uses: Mapping[Thing, Mapping[str, float]], away_from: Mapping[Thing, Mapping[str, float]]
) -> dict[Thing, dict[str, float]]:
    """Use times distance, of each thing that is away from one of its users."""
    away = {
        thing: {name: use.get(name, 0.0) * apart for name, apart in away_from[thing].items()}
        for thing, use in uses.items()
        if thing in away_from
    }
    return {thing: use for thing, use in away.items() if any(use.values())}


def distances(instance: Instance, design: Design, members: Sequence[str]) -> dict[Thing, dict[str, float]]:
    """Distance of each member from each hub and the nearer end of each link, as the crow flies [km]."""
    sites = instance["sites"].set_index("site")[["lat", "lon"]]
    places = pd.concat([instance["nodes"].set_index("node")[["lat", "lon"]], sites])
    there = on_sphere(*_columns(sites.loc[list(members)]))
    found = {}
    for thing, ends in _ends_of(instance, design).items():
        apart = np.stack([distance(there, end) for end in on_sphere(*_columns(places.loc[ends]))]).min(axis=0)
        found[thing] = dict(zip(members, apart.tolist(), strict=True))
    return found


def _columns(places: pd.DataFrame) -> "tuple[pd.Series[float], pd.Series[float]]":
    return places["lat"], places["lon"]


def _ends_of(instance: Instance, design: Design) -> dict[Thing, list[str]]:
    """Node of each hub, and both ends of each link of a design, as members may come to either."""
    links, hubs = instance["links"].set_index("link"), instance["hubs"].drop_duplicates("hub").set_index("hub")
    return {
        **{("hub", each.hub): [str(hubs.at[each.hub, "node"])] for each in design.hubs},
        **{("link", each.link): [str(links.at[each.link, end]) for end in ("from", "to")] for each in design.links},
    }


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
