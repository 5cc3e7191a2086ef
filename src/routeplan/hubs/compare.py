"""Hub designs beside the plan without them: each forced, each optional, and forced while grid or networks are late."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, partial

import pandas as pd

from routeplan.errors import DataError, NoPlan, Problem, UsageError
from routeplan.estimate.futures import late_grid, late_networks
from routeplan.hubs.apply import Presence, with_designs
from routeplan.hubs.design import Design
from routeplan.hubs.fit import design_problems
from routeplan.hubs.users import users_of
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.result.result import GAP, Result
from routeplan.solver.solution import Stop, never
from routeplan.solving.solve import solve
from routeplan.why.lever import changed_where_felt
from routeplan.why.shared_out import answers_to_all

LATE = (3, 5)
"""Years by which grid and networks are late, unless it is told."""


BESIDE = 2
"""Processes that a plan takes; with one alone, and two plans at a time, achterhoek takes twice as long."""


class Late(StrEnum):
    """What comes late."""

    GRID = "grid"
    """Headroom and reinforcements."""
    NETWORKS = "networks"
    """Planned links and sources of hydrogen and CO2; what the designs build themselves does not."""


CHANGES = {Late.GRID: late_grid, Late.NETWORKS: late_networks}
"""Makes the changes of what is late."""


@dataclass(frozen=True)
class Case:
    """A plan of a comparison.

    Parameters
    ----------
    design : str
        Name of the design that takes part; empty: none does.
    presence : Presence
        How it takes part.
    late : Late, optional
        What comes late, if anything.
    years : int
        By how many years.
    """

    design: str = ""
    presence: Presence = Presence.ABSENT
    late: Late | None = None
    years: int = 0

    @property
    def without(self) -> "Case":
        """The plan without any design in the same world."""
        return Case(late=self.late, years=self.years)


@dataclass(frozen=True)
class Search:
    """What each plan may take; see `solve`.

    Parameters
    ----------
    gap : float
        Gap at which a plan counts as optimal.
    seconds : float, optional
        Time after which the best plan so far counts [s].
    """

    gap: float = GAP
    seconds: float | None = None


SEARCH = Search()
"""What a plan may take unless it is told."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Plans with and without hub designs.

    Parameters
    ----------
    instance : Instance
        The instance.
    designs : tuple of Design
        The designs.
    plans : mapping of Case to Result
        The plans; not those that were not made before a stop.
    no_difference : frozenset of (Late, int)
        What is late without any period feeling it.
    seconds : float
        Time that all took [s].
    stopped : bool
        Whether it was ended before all plans were made.
    faults : mapping of Case to str
        Plans that a fault of routeplan or the solver took, and the fault; the others are there.
    """

    instance: Instance
    designs: tuple[Design, ...]
    plans: Mapping[Case, Result]
    no_difference: frozenset[tuple[Late, int]]
    seconds: float
    stopped: bool = False
    faults: Mapping[Case, str] = field(default_factory=dict)

    @property
    def without(self) -> Result:
        """The plan without any of the designs."""
        return self.plans[Case()]

    @property
    def forced(self) -> dict[str, Result]:
        """The plan in which each design is forced, nothing being late, by name; of those that have one."""
        plans = {each.name: self.plans.get(Case(each.name, Presence.FORCED)) for each in self.designs}
        return {name: plan for name, plan in plans.items() if plan is not None and plan.status.has_plan}

    @cached_property
    def named(self) -> dict[str, Design]:
        """The designs by name."""
        return {each.name: each for each in self.designs}

    @cached_property
    def users(self) -> dict[str, pd.DataFrame]:
        """Who uses each design that is `forced`, by name: `users_of`."""
        return {name: users_of(plan, self.named[name]) for name, plan in self.forced.items()}


OnPlan = Callable[[Case, int, int], None]
"""Told of each plan that was made: its case, how many there are, and of how many."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A plan that is asked for.

    Parameters
    ----------
    case : Case
        What it is of.
    instance : Instance
        Its instance.
    start : Result, optional
        The plan of another case, which the search begins from.
    """

    case: Case
    instance: Instance
    start: Result | None = None


@dataclass(frozen=True)
class PlanMaker:
    """Plans instances, one after the other.

    Parameters
    ----------
    search : Search
        What each plan may take.
    threads : int, optional
        Threads of a solve.
    """

    search: Search
    threads: int | None = None

    def __call__(self, asked: Asked, stop: Stop) -> tuple[Case, Result]:
        """Plan an instance."""
        gap, seconds = self.search.gap, self.search.seconds
        return asked.case, solve(
            asked.instance, gap=gap, seconds=seconds, threads=self.threads, start=asked.start, stop=stop
        )


def compare_designs(
    instance: Instance,
    designs: Sequence[Design],
    *,
    late: Collection[int] = LATE,
    search: Search = SEARCH,
    start: Result | None = None,
    workers: int = 1,
    stop: Stop | None = None,
    on_plan: OnPlan | None = None,
) -> Comparison:
    """Plan an instance without hub designs, and with each of them: forced, optional, and forced while others are late.

    In each plan the other designs are absent: none of their hubs is open and none of their links is built. Where grid
    or networks are late the design is fixed at its own dates, and all else is planned anew.

    Parameters
    ----------
    instance : Instance
        The instance, under a scenario or not.
    designs : sequence of Design
        The designs, as `read_designs` reads them.
    late : collection of int
        Years by which grid and networks are late.
    search : Search
        What each plan may take.
    start : Result, optional
        A plan that the first search begins from; the others begin from that without designs.
    workers : int
        Processes at a time. Each plan takes two: one searches and proves, one looks for better plans beside it.
    stop : callable, optional
        When it says so, the plans so far are handed over.
    on_plan : callable, optional
        Told of each plan.

    Returns
    -------
    Comparison
        The plans.

    Raises
    ------
    NoPlan
        When there is no plan without the designs, with which they could be compared.
    UsageError
        When there is no design, two have one name, a number makes no sense, or the instance is not planned for least
        cost.
    DataError
        With all that is wrong with designs, as `read_designs` tells it.
    FaultError
        When the plan without the designs ends in a fault; that of another plan is kept in `Comparison.faults`.
    """
    _refuse(instance, designs, late)
    began = time.monotonic()
    worlds, same = _worlds(instance, late)
    count = len(worlds) * (1 + len(designs)) + len(designs)
    done: dict[Case, Result] = {}
    faults: dict[Case, str] = {}
    sharing = {design.name for design in designs if design.only_shares}

    def keep(made: tuple[Case, Result]) -> None:
        case, plan = made
        done[case] = plan
        if on_plan is not None:
            on_plan(case, len(done), count)
        if case.presence is Presence.OPTIONAL and case.design in sharing:
            keep((replace(case, presence=Presence.FORCED), plan))

    # What outsiders of a design may not do depends on the plan without it in the same world, which is made before.
    answers_to_all(
        PlanMaker(search), [Asked(Case(), with_designs(instance, designs), start)], stop=stop, on_answer=keep
    )
    base = done.get(Case())
    if base is None or not base.status.has_plan:
        raise NoPlan(f"without the designs there is no plan to compare with: {why_none(base)}")
    maker, at_once = PlanMaker(search, None if workers == 1 else BESIDE), max(1, workers // BESIDE)
    steps = _in_turn(worlds, designs, done)
    while not (stop or never)() and (asked := next(steps, None)) is not None:
        faulty: dict[int, str] = {}
        answers_to_all(maker, asked, workers=at_once, stop=stop, on_answer=keep, on_fault=faulty.__setitem__)
        faults |= {asked[place].case: fault for place, fault in faulty.items()}
    stopped = len(done) + len(faults) < count
    return Comparison(instance, tuple(designs), done, same, time.monotonic() - began, stopped, faults)


def why_none(result: Result | None) -> str:
    """Why there is no plan; that `shortfall` tells more holds of the instance itself, and not of this."""
    return "it was stopped before" if result is None else result.record.reason.partition("; `routeplan ")[0]


def refuse_unless_of_cost(instance: Instance) -> None:
    """Refuse an instance that is planned for something else than least cost: nothing is saved in M EUR then.

    Raises
    ------
    UsageError
        When its objective is another.
    """
    refuse_unless_instance(instance)
    if instance.settings.objective != "cost":
        told = f"the objective of {instance.name} is {instance.settings.objective}"
        raise UsageError(f"{told}; allowed for what designs save: cost")


def _refuse(instance: Instance, designs: Sequence[Design], late: Collection[int]) -> None:
    refuse_unless_of_cost(instance)
    if not designs:
        raise UsageError("no design is given; allowed: one or more")
    names = [design.name for design in designs]
    if len(set(names)) < len(names):
        raise UsageError(f"designs are called {', '.join(names)}; allowed: each name once")
    if wrong := [years for years in late if not (isinstance(years, int) and 1 <= years <= 50)]:
        raise UsageError(f"years late are {wrong[0]}; allowed: whole numbers from 1 to 50")
    found = [(design.name, wrong) for design in designs for wrong in design_problems(design, instance)]
    if found:
        told = [Problem(f"design {name}", 0, wrong.text, wrong.key) for name, wrong in found]
        raise DataError(list(dict.fromkeys(told)))


def _worlds(instance: Instance, late: Collection[int]) -> tuple[dict[Case, Instance], frozenset[tuple[Late, int]]]:
    """The instance as it is, and with grid or networks late; and what is late without any period feeling it."""
    worlds, same = {Case(): instance}, set()
    for years in late:
        for what, changes_of in CHANGES.items():
            world = changed_where_felt(instance, f"{what} {years} years late", partial(changes_of, years=years))
            if world is None:
                same.add((what, years))
            else:
                worlds[Case(late=what, years=years)] = world
    return worlds, frozenset(same)


def _in_turn(
    worlds: Mapping[Case, Instance], designs: Sequence[Design], done: Mapping[Case, Result]
) -> Iterator[list[Asked]]:
    """What is asked for after the plan without designs; each list needs the plans of those before it.

    What is forced begins from what is optional, which allows more, so that the bound of that holds. What takes long,
    plans in which others are late, comes last: who ends the command before has the rest.
    """
    base, on_time = done[Case()], worlds[Case()]
    late = {case: world for case, world in worlds.items() if case.late}
    yield _optional(on_time, designs, base)
    yield _forced({Case(): on_time}, designs, done)
    yield [Asked(case, with_designs(world, designs), base) for case, world in late.items()]
    yield _forced(late, designs, done)


def _optional(instance: Instance, designs: Sequence[Design], base: Result) -> list[Asked]:
    """A plan with each design where it pays, in the world of the tables."""
    presence = Presence.OPTIONAL
    return [
        Asked(Case(each.name, presence), with_designs(instance, designs, each, presence, base), base)
        for each in designs
    ]


def _forced(worlds: Mapping[Case, Instance], designs: Sequence[Design], done: Mapping[Case, Result]) -> list[Asked]:
    """A plan with each design forced, in each of some worlds."""
    base = done[Case()]
    asked = []
    for design in designs:
        for case, world in worlds.items():
            forced = Case(design.name, Presence.FORCED, case.late, case.years)
            if forced in done:
                continue
            planned = _first_plan(done.get(case), base)
            begin = planned if case.late else _first_plan(done.get(Case(design.name, Presence.OPTIONAL)), base)
            asked.append(Asked(forced, with_designs(world, designs, design, Presence.FORCED, planned), begin))
    return asked


def _first_plan(found: Result | None, other: Result) -> Result:
    """A result, or another one where it has no plan."""
    return found if found is not None and found.status.has_plan else other
