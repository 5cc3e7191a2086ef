"""Coalitions of members of a hub design: what some of them save together while all others keep their plan."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
import pandas as pd

from routeplan.errors import NotKnown, UsageError
from routeplan.hubs.apply import Presence, with_designs
from routeplan.hubs.compare import Asked, Case, PlanMaker, Search, refuse_unless_of_cost
from routeplan.hubs.design import Design, SharedContract
from routeplan.instance.instance import Instance
from routeplan.instance.sites import at_sites
from routeplan.result.result import Result, Status
from routeplan.solver.solution import Stop
from routeplan.why.shared_out import answers_to_all

PROOF = Search(gap=1e-5)
"""What the plan of a coalition may take: with all others fixed it is soon proven."""

Coalition = frozenset[str]
"""Sites that join."""

OnPlanned = Callable[[int, int], None]
"""Told of each coalition that was planned: how many are, and of how many that are wanted so far."""


@dataclass(frozen=True)
class Saving:
    """What a coalition saves.

    Parameters
    ----------
    low, high : float
        Least and most that is proven [M EUR, discounted]; infinities where nothing is. Below 0: it costs.
    plan : Result, optional
        The plan in which it does.
    """

    low: float
    high: float
    plan: Result | None = None


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
    runs = at_sites(instance, without["runs"])
    outside = runs[~runs["site"].isin(coalition)].drop(columns="site")
    return made.with_decided(replace(without, tables={**without.tables, "runs": outside}), kinds=("runs",))


def _shared_by(shared: SharedContract, coalition: Coalition, instance: Instance) -> SharedContract:
    """A contract of those of its sites that join; its id may be the own one of a site that does not."""
    sites = tuple(site for site in shared.sites if site in coalition)
    own = instance["sites"].set_index("site")["contract"]
    taken = set(own[[site for site in shared.sites if site not in coalition]])
    contract = str(own[sites[0]]) if sites and shared.contract in taken else shared.contract
    return replace(shared, contract=contract, sites=sites)


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
) -> dict[Coalition, Saving]:
    """Find what coalitions save with a design, against the plan without it.

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

    Returns
    -------
    dict of frozenset to Saving
        A coalition that has no plan with the design saves nothing at any price: minus infinity.

    Raises
    ------
    UsageError
        When the instance is not planned for least cost, or there is no plan without the designs.
    """
    refuse_unless_of_cost(instance)
    if without.objective is None:
        raise UsageError("the plan without the designs is none; allowed: a result with a plan")
    asked = [each for each in coalitions if each]
    case = Case(design.name, Presence.FORCED)
    # With all others fixed these are small: to fit the plan without in would take longer than to solve them.
    made = [Asked(case, coalition_instance(instance, designs, design, each, without)) for each in asked]
    done = count(1)

    def tell(answer: tuple[Case, Result]) -> None:
        if on_planned is not None:
            on_planned(next(done), len(made))

    found = answers_to_all(PlanMaker(search, 1), made, workers=workers, stop=stop, on_answer=tell)
    told = {asked[place]: saving_of_plan(without.objective, plan) for place, (_, plan) in found.items()}
    return {frozenset(): Saving(0.0, 0.0)} | told


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
        What is known already, and what becomes known.
    search : Search
        What each plan may take.
    workers : int
        Plans at a time, where several are asked for.
    stop : callable, optional
        When it says so, no more is planned.
    on_planned : callable, optional
        Told of each coalition that was planned.
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

    def plan(self, coalitions: Iterable[Coalition]) -> None:
        """Plan those that are not known, as far as that is possible until it is told to stop."""
        new = [each for each in dict.fromkeys(coalitions) if each not in self.known]
        before = sum(1 for each in self.known if each)
        tell = self.on_planned

        def told(done: int, wanted: int) -> None:
            if tell is not None:
                tell(before + done, before + wanted)

        self.known.update(
            savings(
                self.instance,
                self.designs,
                self.design,
                new,
                self.without,
                search=self.search,
                workers=self.workers,
                stop=self.stop,
                on_planned=told,
            )
        )

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
            raise NotKnown(f"the coalition {', '.join(sorted(coalition))} was not planned before the stop")
        return self.known[coalition]


def saving_of_plan(cost: float, plan: Result) -> Saving:
    """What a plan saves against another of this cost [M EUR]."""
    if plan.status.has_plan and plan.objective is not None:
        return Saving(cost - plan.objective, cost - (-np.inf if plan.bound is None else plan.bound), plan)
    if plan.status is Status.INFEASIBLE:
        return Saving(-np.inf, -np.inf)
    return Saving(-np.inf, np.inf)


def by_use(users: pd.DataFrame) -> list[str]:
    """Sites of the table of `users_of`, the one that uses most first."""
    used = users.groupby("site", sort=False)["amount"].sum().sort_values(ascending=False, kind="stable")
    return [str(site) for site in used.index]
