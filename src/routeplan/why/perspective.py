"""Perspective: when each route of a process becomes possible, under early and late dates too, and what till then."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import pandas as pd

from routeplan.errors import DataError, UsageError
from routeplan.instance.instance import Instance
from routeplan.instance.rules.words import none_called
from routeplan.result.result import Result, refuse_without_plan
from routeplan.schema.perspective import AS_PLANNED, NO_DIFFERENCE, NO_PLAN, PLANNED_ANEW
from routeplan.solver.parameters import is_whole, refuse_unless, refuse_wrong_each
from routeplan.solver.solution import Limits, Stop
from routeplan.solving.solve import solve
from routeplan.why.blockers import STRICT
from routeplan.why.dates import Dates, with_dates
from routeplan.why.lever import YEARS, only_allows_more
from routeplan.why.levers import MOST_YEARS
from routeplan.why.lifted import liftable
from routeplan.why.outlook import Answer, Outlook, Perspective, first_planned
from routeplan.why.project import Planned, Project, project
from routeplan.why.shared_out import answers_to_all
from routeplan.why.until import UntilThen
from routeplan.why.verdicts import EACH
from routeplan.why.wishes import Wish, option_wishes

GAP_OF_LATE_PLAN = 0.01
"""Gap that will do of a plan that is made anew: it says who has the room, not what is cheapest to the last euro."""

PLAN_SECONDS = 120.0
"""Most time to make a plan anew [s]: enough for a country within a percent."""

OnOutlook = Callable[[int, int], None]
"""Told how many routes are done, and of how many."""


def perspective(
    result: Result,
    sites: Collection[str] | None = None,
    *,
    years: int = YEARS,
    each: float = EACH,
    seconds: float | None = PLAN_SECONDS,
    workers: int = 1,
    stop: Stop | None = None,
    on_outlook: OnOutlook | None = None,
) -> Perspective:
    """Tell when each route that is not the current one of its process becomes possible, and what there is until then.

    A route is possible in a period when its process can start it then, while all other processes do what the plan says:
    it has what the plan leaves of the grid, networks, supply and public money. The first such period is told under the
    dates of the tables, under early and under late ones. Headroom and reinforcements are as early or late as dated
    works of their area are (``works``), networks by `years`; see `routeplan.why.dates.with_dates`.

    Where the plan can be carried out under early or late dates too, the other processes do what it says; where it
    cannot (they would ask for room that is not there), what a plan says that is made anew under these dates; without
    such a plan nothing is known. That others may leave more room in it counts for nothing: under late dates no route is
    possible earlier than under those of the tables, and none that is not possible under these.

    The format has no lead times. The years from ``base_year`` to the ``first_year`` of an option are taken for it: they
    are its lead time where it was on the market in the base year, and more where it came later.

    Parameters
    ----------
    result : Result
        A result with a plan.
    sites : collection of str, optional
        Ids of the sites; all when left out.
    years : int
        Years by which networks are early or late.
    each : float
        Most time for one route under one dates [s]; a search that ends without an answer proves nothing.
    seconds : float, optional
        Most time to make a plan under early or late dates, where one is needed [s]; without a limit when None. Where
        none is found in time, nothing is known of these dates.
    workers : int
        Processes at a time, each with one thread; with 1, it is this process alone. Of a route whose process breaks
        down nothing is known.
    stop : callable, optional
        Asked often: when it says so, what is done so far is handed over.
    on_outlook : callable, optional
        Told of each route that is done.

    Returns
    -------
    Perspective
        In the order of the options.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When it is no result, there is no such site, or a number makes no sense.
    """
    refuse_without_plan(result, "there is nothing that routes could be held against")
    right = is_whole(years) and 1 <= years <= MOST_YEARS
    refuse_unless(right, "years", years, f"whole years from 1 to {MOST_YEARS}")
    refuse_wrong_each(each)
    asked = [wish for wish in option_wishes(result.instance) if wish.site in _asked_sites(result.instance, sites)]
    worlds = {dates: _world(result, dates, years, seconds, stop) for dates in Dates}
    teller, done = OutlookTeller(result, worlds, each), count(1)

    def tell(outlook: Outlook) -> None:
        if on_outlook is not None:
            on_outlook(next(done), len(asked))

    found = answers_to_all(teller, asked, workers=workers, stop=stop, on_answer=tell)
    stopped = stop is not None and stop() and len(found) < len(asked)
    kept = found.values() if stopped else (found.get(at) or teller.unknown(wish) for at, wish in enumerate(asked))
    plans = {dates: worlds[dates].plan for dates in (Dates.EARLY, Dates.LATE)}
    return Perspective(result, years, plans, tuple(kept), stopped, len(asked))


def _asked_sites(instance: Instance, sites: Collection[str] | None) -> set[str]:
    known = list(instance["sites"]["site"])
    if isinstance(sites, str):
        raise UsageError(f"sites is the text '{sites}'; allowed: a list of ids of the table sites")
    if unknown := [site for site in sites or () if site not in known]:
        raise UsageError(none_called("site", unknown, known, "ids of the table sites"))
    return set(known if sites is None else sites)


@dataclass(frozen=True, eq=False)
class _World:
    """An instance under dates, and what processes do in it; None where nothing is known, or nothing differs."""

    plan: str
    instance: Instance
    planned: Planned | None

    @cached_property
    def starts(self) -> set[tuple[str, str, int]]:
        """Starts of the plan, which are possible."""
        starts = self.planned.tables["starts"] if self.planned is not None else pd.DataFrame()
        return set() if starts.empty else set(zip(starts["process"], starts["route"], starts["period"], strict=True))

    def first(self, wish: Wish, each: float, since: int, stop: Stop) -> Answer:
        """The first period from a year on in which a route is possible."""
        if self.planned is None:
            return Answer(None, known=False)
        free = project(self.planned, wish.process, wish.route)
        search = Limits(deadline=time.monotonic() + each, threads=1, options=STRICT, stop=stop)
        known = True
        for period in (int(first) for first in self.instance.horizon.first if first >= since):
            possible = (wish.process, wish.route, period) in self.starts or _possible(free, wish.route, period, search)
            if possible:
                return Answer(period if known else None, known)
            known &= possible is not None
        return Answer(None, known)


def _possible(free: Project, route: str, period: int, search: Limits) -> bool | None:
    """Whether a route can start in a period; None where that is not known."""
    forced = free.forced(route, period)
    return False if forced is None else forced.possible((), search)


def _world(result: Result, dates: Dates, years: int, seconds: float | None, stop: Stop | None) -> _World:
    """The world under these dates, in which other processes do what the plan says where that is possible."""
    if dates is Dates.EXPECTED:
        return _World(AS_PLANNED, result.instance, Planned(liftable(result.instance), result.tables))
    dated = with_dates(result.instance, dates, years)
    if dated is None:
        return _World(NO_DIFFERENCE, result.instance, None)
    if only_allows_more(result.instance, dated):
        return _World(AS_PLANNED, dated, Planned(liftable(dated), result.tables))
    lifted = liftable(dated)  # takes long, and nobody asks in it whether to stop: before the first solve, where some do
    for plan, wanted in ((AS_PLANNED, _as_planned(dated, result)), (PLANNED_ANEW, dated)):
        if wanted is not None:
            found = solve(wanted, gap=GAP_OF_LATE_PLAN, seconds=seconds, stop=stop)
            if found.status.has_plan:
                return _World(plan, dated, Planned(lifted, found.tables))
            if stop is not None and stop():
                break
    return _World(NO_PLAN, dated, None)


def _as_planned(dated: Instance, result: Result) -> Instance | None:
    """The instance in which everything is decided as planned; None where a decision cannot stand under its dates."""
    try:
        return dated.with_decided(result)
    except DataError:
        return None


class OutlookTeller:
    """Tells of one route after the other."""

    def __init__(self, result: Result, worlds: Mapping[Dates, _World], each: float) -> None:
        self._worlds, self._each, self._until = worlds, each, UntilThen(result)
        options = result.instance["options"]
        self._planned = first_planned(result)
        dated = options.dropna(subset="first_year").set_index(["process", "route"])["first_year"]
        self._lead_time = (dated - result.instance.settings.base_year).clip(lower=0).astype(int).to_dict()

    def __call__(self, asked: Wish, stop: Stop) -> Outlook:
        """Tell of a route; a search that is stopped gives no answer."""
        begin = int(self._worlds[Dates.EXPECTED].instance.horizon.first[0])
        expected = self._worlds[Dates.EXPECTED].first(asked, self._each, begin, stop)
        early = self._answer(Dates.EARLY, asked, expected, begin, stop)
        # What others leave in a plan that is made anew makes no route possible earlier than it is expected.
        late = self._answer(Dates.LATE, asked, expected, begin if expected.year is None else expected.year, stop)
        return self._outlook(asked, {Dates.EARLY: early, Dates.EXPECTED: expected, Dates.LATE: late})

    def unknown(self, asked: Wish) -> Outlook:
        """What is told of a route of which nothing is known."""
        return self._outlook(asked, dict.fromkeys(Dates, Answer(None, known=False)))

    def _outlook(self, wish: Wish, possible: Mapping[Dates, Answer]) -> Outlook:
        option = wish.process, wish.route
        planned = self._planned.get(option)
        until = self._until(wish.process, possible[Dates.EXPECTED].year if planned is None else planned)
        return Outlook(wish.site, *option, possible, planned, until, self._lead_time.get(option))

    def _answer(self, dates: Dates, wish: Wish, expected: Answer, since: int, stop: Stop) -> Answer:
        world = self._worlds[dates]
        never = dates is Dates.LATE and expected == Answer(None)
        if world.plan == NO_DIFFERENCE or never:
            return expected
        return world.first(wish, self._each, since, stop)
