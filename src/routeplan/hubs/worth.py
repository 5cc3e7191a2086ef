"""What coalitions of members of a hub design save for themselves: their part of the costs of their plan."""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.errors import Message, NotKnown
from routeplan.hubs.design import Design
from routeplan.hubs.game import NOTHING, Value
from routeplan.hubs.saving import Coalition, Saving
from routeplan.hubs.things import FIXED, costs_of_design
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result
from routeplan.result.shared_uses import shared_uses


@dataclass(frozen=True, eq=False)
class Worth:
    """Tells what a coalition saves for itself.

    Parameters
    ----------
    design : Design
        The design.
    cost : float
        Discounted cost of its own hubs and links that does not depend on use [M EUR].
    before : Series
        Cost of each site in the plan without the design [M EUR].
    paid : float
        Cost of that plan [M EUR].
    everyone : frozenset of str
        All members.
    """

    design: Design
    cost: float
    before: "pd.Series[float]"
    paid: float
    everyone: Coalition

    @property
    def public(self) -> float:
        """What the public bears of the cost where all members take part [M EUR]."""
        return self.design.public_share * self.cost

    def others_save(self, plan: Result, coalition: Collection[str]) -> float:
        """What all others save in the plan of a coalition; below 0: what it puts on them [M EUR]."""
        return self.paid - float(plan.objective or 0.0) - self.own_saving(plan, coalition)

    def own_saving(self, plan: Result, coalition: Collection[str]) -> float:
        """What the costs of a coalition fall in its plan, all that its hubs and links cost being its own [M EUR]."""
        costs = attributed_costs(plan)
        after = costs.groupby("site")["discounted"].sum()
        falls = math.fsum(self.before.get(name, 0.0) - after.get(name, 0.0) for name in coalition)
        of_others = costs[~costs["site"].isin(coalition) & costs["term"].isin(FIXED)]
        return falls if of_others.empty else falls - self._borne_by_others(plan, coalition)

    def _borne_by_others(self, plan: Result, coalition: Collection[str]) -> float:
        """What others bear by use, or because nobody uses it, of hubs and links for which they do not pay [M EUR]."""
        own = costs_of_design(plan, self.design)
        fixed = shared_uses(plan).apportioned(own[own["term"].isin(FIXED)], "discounted")
        return float(fixed.loc[~fixed["site"].isin(coalition), "discounted"].sum())

    def value(self, coalition: Coalition, saving: Saving | None) -> Value:
        """What the members of a coalition save, or by doing without the hub [M EUR].

        What its plan saves in all is what the costs of its members fall and those of others, by use. Others neither
        pay for the hub nor lose by it. What they gain by a plan (a reinforcement that more share) stays theirs. What a
        plan puts on them (less use of a pipe of which they bear the rest, dearer hydrogen in one network) is saved by
        nobody, so that the coalition makes it good. It saves the lesser of what its own costs fall and what is saved
        in all; so no coalition saves more than all do in its plan, which one program bounds (`WorstOfDesign`).

        The public bears its share only where all members take part. Were it paid to every group, more of it would
        raise what groups save alone as much as what all save, and never keep them together. What all save may be below
        0, as whoever does without the hub pays nothing of it: so what all pay is always what it costs them.

        Raises
        ------
        NotKnown
            When of the coalition nothing is proven.
        """
        if not coalition:
            return NOTHING
        if saving is None or saving.high == np.inf or (coalition == self.everyone and saving.low == -np.inf):
            told = ", ".join(sorted(coalition))
            raise NotKnown(
                Message("of the coalition {sites} nothing is proven; allowed: every coalition with a proof", sites=told)
            )
        if saving.plan is None:
            return self._with_public(coalition, saving.low, saving.high, None)
        gained = max(0.0, self.others_save(saving.plan, coalition))
        found = self.paid - float(saving.plan.objective or 0.0)
        return self._with_public(coalition, saving.low - gained, saving.high - gained, found - gained)

    def _with_public(self, coalition: Coalition, low: float, high: float, found: float | None) -> Value:
        """What all save with public money, or what some save who may do without the hub."""
        least, more = (-math.inf, self.public) if coalition == self.everyone else (0.0, 0.0)
        low, high = (max(least, bound + more) for bound in (low, max(low, high)))
        return Value(low, high, None if found is None else min(max(found + more, low), high))


def worth_of(design: Design, without: Result, together: Result, everyone: Collection[str]) -> Worth:
    """Tell what coalitions save, by the plan without a design and the one in which all members have it."""
    paid = float(without.objective or 0.0)
    return Worth(design, fixed_cost(together, design), cost_by_site(without), paid, frozenset(everyone))


def fixed_cost(together: Result, design: Design) -> float:
    """Discounted cost of the hubs and links of a design that does not depend on use [M EUR]."""
    own = costs_of_design(together, design)
    return float(own.loc[own["term"].isin(FIXED), "discounted"].sum())


def cost_by_site(plan: Result) -> "pd.Series[float]":
    """Discounted cost of each site in a plan [M EUR]."""
    return attributed_costs(plan).groupby("site")["discounted"].sum()
