"""Coalitions of members of a hub design: what some of them save together while all others keep their plan."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
import pandas as pd

from routeplan.errors import Message, NotKnown, UsageError
from routeplan.hubs.apply import Presence, carriers_of, with_designs
from routeplan.hubs.compare import Asked, Case, PlanMaker, Search, refuse_unless_of_cost
from routeplan.hubs.design import Design, SharedContract
from routeplan.hubs.outsiders import with_others_kept
from routeplan.hubs.saving import NOBODY, Coalition, Saving
from routeplan.hubs.things import cost_by_thing, shares_of_use
from routeplan.instance.instance import Instance
from routeplan.result.result import Result, Status
from routeplan.solver.solution import Stop
from routeplan.why.shared_out import answers_to_all

PROOF = Search(gap=1e-5)
"""What the plan of a coalition may take: with all others fixed it is soon proven."""

OnPlanned = Callable[[int, int], None]
"""Told of each coalition that was planned: how many are, and of how many that are wanted so far."""

OnFault = Callable[[Coalition, str], None]
"""Told of each coalition whose plan a fault took, and of the fault."""


def coalition_instance(
    instance: Instance, designs: Sequence[Design], design: Design, coalition: Coalition, without: Result
) -> Instance:
    """Make the instance in which a coalition has a design, and all others keep the plan without it.

    Parameters
    ----------
    instance : Instance
        The instance.
    designs : sequence of Design
        All designs that are compared; the others are absent.
    design : Design
        The design, forced, whose contracts those of the coalition share.
    coalition : frozenset of str
        The sites that join.
    without : Result
        The plan without any of the designs.
    """
    parts = [_shared_by(each, coalition, instance) for each in design.contracts]
    joined = replace(design, contracts=tuple(each for each in parts if len(each.sites) > 1), members=None)
    made = with_designs(instance, designs, joined, Presence.FORCED)
    return with_others_kept(made, coalition, without, carriers_of(instance, design))


def _shared_by(shared: SharedContract, coalition: Coalition, instance: Instance) -> SharedContract:
    """A contract of those of its sites that join; its id may be the own one of a site that does not."""
    sites = tuple(site for site in shared.sites if site in coalition)
    own = instance["sites"].set_index("site")["contract"]
    taken = set(own[[site for site in shared.sites if site not in coalition]])
    contract = str(own[sites[0]]) if sites and shared.contract in taken else shared.contract
    return replace(shared, contract=contract, sites=sites)


def best_without(
    instance: Instance,
    designs: Sequence[Design],
    users: Coalition,
    without: Result,
    *,
    search: Search = PROOF,
    stop: Stop | None = None,
    on_fault: OnFault | None = None,
) -> Result | None:
    """Plan once more without the designs: the best that their users can do while all others keep the plan without.

    What a group of them may change is part of what all of them may change, and whoever leaves this plan as it is does
    no worse. So what a group can do at best without the hub, all others keeping this plan, costs its bound at least and
    what it costs at most, however poor the plan was that it begins from.

    Parameters
    ----------
    instance, designs
        As of `coalition_instance`.
    users : frozenset of str
        All sites of which coalitions are asked.
    without : Result
        The plan without any of the designs.
    search : Search
        What the plan may take.
    stop : callable, optional
        When it says so, there is none.
    on_fault : callable, optional
        Told of a fault that took the plan, as that of nobody; unless it is given, the fault is raised.
    """
    carriers = {carrier for each in designs for carrier in carriers_of(instance, each)}
    made = with_others_kept(with_designs(instance, designs), users, without, carriers)
    asked = [Asked(Case(), made, without)]
    found = answers_to_all(
        PlanMaker(search, 1),
        asked,
        stop=stop,
        on_answer=lambda answer: None,
        on_fault=_of_coalitions([NOBODY], on_fault),
    )
    return found[0][1] if found and found[0][1].status.has_plan else None


def savings(
    instance: Instance,
    designs: Sequence[Design],
    design: Design,
    coalitions: Collection[Coalition],
    without: Result,
    *,
    search: Search = PROOF,
    workers: int = 1,
    stop: Stop | None = None,
    on_planned: OnPlanned | None = None,
    on_fault: OnFault | None = None,
) -> dict[Coalition, Saving]:
    """Find what coalitions save with a design, against the best that they can do without it.

    Parameters
    ----------
    instance, designs, design, without
        As of `coalition_instance`.
    coalitions : collection of frozenset of str
        The coalitions; the empty one has no hub, and saves 0.
    search : Search
        What each plan may take.
    workers : int
        Plans at a time, each in a process of its own.
    stop : callable, optional
        When it says so, the savings so far are handed over.
    on_planned : callable, optional
        Told of each coalition that was planned.
    on_fault : callable, optional
        Told of each coalition whose plan a fault took; unless it is given, that fault is raised.

    Returns
    -------
    dict of frozenset to Saving
        A coalition that has no plan with the design saves nothing at any price: minus infinity. The plan of the empty
        one is that of `best_without`, against which all are held.

    Raises
    ------
    UsageError
        When the instance is not planned for least cost, or there is no plan without the designs.
    """
    everyone = frozenset(site for each in coalitions for site in each)
    planned = PlannedCoalitions(
        instance, designs, design, without, everyone, {}, search, workers, stop, on_planned, on_fault
    )
    planned.plan(coalitions)
    return planned.known or {NOBODY: Saving(0.0, 0.0)}


@dataclass(frozen=True, eq=False)
class PlannedCoalitions:
    """What coalitions save, each planned once, when it is asked for.

    Parameters
    ----------
    instance, designs, design, without
        As of `coalition_instance`.
    everyone : frozenset of str
        All members.
    known : dict of frozenset to Saving
        What is known already, and what becomes known; the plan of nobody is that against which all are held.
    search : Search
        What each plan may take.
    workers : int
        Plans at a time, where several are asked for.
    stop : callable, optional
        When it says so, no more is planned.
    on_planned : callable, optional
        Told of each coalition that was planned.
    on_fault : callable, optional
        As of `savings`.
    """

    instance: Instance
    designs: Sequence[Design]
    design: Design
    without: Result
    everyone: Coalition
    known: dict[Coalition, Saving]
    search: Search = PROOF
    workers: int = 1
    stop: Stop | None = None
    on_planned: OnPlanned | None = None
    on_fault: OnFault | None = None

    def without_hub(self) -> Result:
        """The plan without the design against which all coalitions are held (`best_without`), made once.

        Raises
        ------
        NotKnown
            When it was not made before it was told to stop, or in the time.
        UsageError
            As of `savings`.
        """
        known = self.known.get(NOBODY)
        if known is not None and known.plan is not None:
            return known.plan
        refuse_unless_of_cost(self.instance)
        if self.without.objective is None:
            raise UsageError("the plan without the designs is none; allowed: a result with a plan")
        found = best_without(
            self.instance,
            self.designs,
            self.everyone,
            self.without,
            search=self.search,
            stop=self.stop,
            on_fault=self.on_fault,
        )
        if found is None:
            raise NotKnown(Message("the best that its users can do without the design was not planned before the stop"))
        self.known[NOBODY] = Saving(0.0, 0.0, found)
        return found

    def plan(self, coalitions: Iterable[Coalition]) -> None:
        """Plan those that are not known, as far as that is possible until it is told to stop."""
        new = [each for each in dict.fromkeys(coalitions) if each and each not in self.known]
        if new:
            with suppress(NotKnown):
                self._plan(new, self.without_hub())

    def _plan(self, new: Sequence[Coalition], without: Result) -> None:
        """Plan coalitions, against a plan without the design."""
        before, done = sum(1 for each in self.known if each), count(1)
        case = Case(self.design.name, Presence.FORCED)
        made = [
            Asked(case, coalition_instance(self.instance, self.designs, self.design, each, without), without)
            for each in new
        ]

        def tell(answer: tuple[Case, Result]) -> None:
            if self.on_planned is not None:
                self.on_planned(before + next(done), before + len(new))

        found = answers_to_all(
            PlanMaker(self.search, 1),
            made,
            workers=self.workers,
            stop=self.stop,
            on_answer=tell,
            on_fault=_of_coalitions(new, self.on_fault),
        )
        self.known.update({new[place]: saving_of_plan(without, plan) for place, (_, plan) in found.items()})

    def saving(self, coalition: Coalition) -> Saving:
        """What a coalition saves.

        Raises
        ------
        NotKnown
            When it was not planned before it was told to stop.
        """
        if coalition not in self.known:
            self.plan([coalition])
        if coalition not in self.known:
            told = ", ".join(sorted(coalition))
            raise NotKnown(Message("the coalition {sites} was not planned before the stop", sites=told))
        return self.known[coalition]


def _of_coalitions(coalitions: Sequence[Coalition], on_fault: OnFault | None) -> Callable[[int, str], None] | None:
    """What is told of faults by the place of their coalition."""
    return None if on_fault is None else lambda place, fault: on_fault(coalitions[place], fault)


def saving_of_plan(without: Result, plan: Result) -> Saving:
    """What a plan saves against the best one without the hub, which is known to lie within a gap [M EUR]."""
    if plan.status is Status.INFEASIBLE:
        return Saving(-np.inf, -np.inf)
    if not plan.status.has_plan or plan.objective is None or without.objective is None:
        return Saving(-np.inf, np.inf)
    least, most = (-np.inf if each.bound is None else each.bound for each in (without, plan))
    # A bound may exceed the cost by the rounding of sums.
    return Saving(min(least, without.objective) - plan.objective, without.objective - min(most, plan.objective), plan)


def by_use(users: pd.DataFrame, plan: Result, design: Design) -> list[str]:
    """Sites of the table of `users_of` a plan, the one that uses most of what the design costs first."""
    shares = shares_of_use(users, cost_by_thing(plan, design))
    return sorted(shares, key=lambda site: -shares[site])
