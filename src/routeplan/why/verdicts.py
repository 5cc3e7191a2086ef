"""Verdicts: whether each project can go ahead when it is wanted, later or not, and what stands in its way."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from routeplan.result.result import Result, refuse_without_plan
from routeplan.solver.parameters import refuse_wrong_each
from routeplan.solver.solution import Limits, Stop
from routeplan.why.blockers import blockers_of_impossible
from routeplan.why.judged import VALUED, Judged, OnJudged, Verdict
from routeplan.why.lifted import liftable
from routeplan.why.lifting import liftings, solves_of
from routeplan.why.project import Planned, Project, project
from routeplan.why.shared_out import answers_to_all
from routeplan.why.wishes import Wish, wishes_of

EACH = 30.0
"""Most time for one project [s]."""


def verdicts(
    result: Result,
    *,
    wishes: Sequence[Wish] | None = None,
    each: float = EACH,
    value_possible: bool = False,
    workers: int = 1,
    stop: Stop | None = None,
    on_judged: OnJudged | None = None,
) -> list[Judged]:
    """Judge projects against a plan.

    A project is forced to start in the period in which it is wanted, while all other processes do what the plan says,
    and networks of carriers that it does not need stay as planned. It has what the plan leaves of every shared limit.
    If that is infeasible the project cannot go ahead then; otherwise it can, even where the optimum prefers something
    else.

    Parameters
    ----------
    result : Result
        A result with a plan.
    wishes : sequence of Wish, optional
        The projects; those of the instance when left out.
    each : float
        Most time for one project [s]; a search that ends without an answer proves nothing.
    value_possible : bool
        Whether to reckon too what projects change that are possible as they are; of networks that takes long.
    workers : int
        Processes at a time, each with one thread; with 1, it is this process alone. Of a project whose process breaks
        down nothing is known.
    stop : callable, optional
        Asked often: when it says so, the verdicts so far are handed over.
    on_judged : callable, optional
        Told of each verdict.

    Returns
    -------
    list of Judged
        In the order of the projects.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When it is no result, or a number makes no sense.
    """
    refuse_without_plan(result, "there is nothing that projects could be held against")
    refuse_wrong_each(each)
    asked = wishes_of(result.instance) if wishes is None else list(wishes)

    def tell(judged: Judged) -> None:
        if on_judged is not None:
            on_judged(judged, len(asked))

    judge = Judge(result, each, value_possible)
    found = answers_to_all(judge, asked, workers=workers, stop=stop, on_answer=tell)
    if stop is not None and stop():
        return list(found.values())
    return [found.get(place, Judged(wish, Verdict.NOT_KNOWN)) for place, wish in enumerate(asked)]


class Judge:
    """Gives verdicts on the projects of a plan."""

    def __init__(self, result: Result, each: float, value_possible: bool) -> None:
        self._each, self._value_possible = each, value_possible
        self._planned = Planned(liftable(result.instance), result.tables)
        self._periods = [int(year) for year in result.instance.horizon.first]
        runs = result["runs"]
        self._runs = set(zip(runs["process"], runs["route"], runs["period"].astype(int), strict=True))

    def __call__(self, wish: Wish, stop: Stop) -> Judged:
        """Judge a project; a search that is stopped gives no answer."""
        if (wish.process, wish.route, wish.period) in self._runs:
            return Judged(wish, Verdict.GOES_AHEAD, wish.period)
        search = Limits(deadline=time.monotonic() + self._each, threads=1, stop=stop)
        free = project(self._planned, wish.process, wish.route)
        forced = free.forced(wish.route, wish.period)
        possible = False if forced is None else forced.possible((), search)
        if possible is None:
            return Judged(wish, Verdict.NOT_KNOWN, solves=1)
        if forced is not None and possible:
            worth = liftings(free, forced, [frozenset()] if self._value_possible else [], search)
            return Judged(wish, Verdict.OTHER_ROUTE, wish.period, worth=worth, solves=1 + solves_of(worth))
        return self._impossible(wish, free, forced, search)

    def _impossible(self, wish: Wish, free: Project, forced: Project | None, search: Limits) -> Judged:
        """The verdict on a project that is impossible when it is wanted."""
        later = list(self._later(free, wish, search))
        found = blockers_of_impossible(forced, search)
        worth = () if forced is None else liftings(free, forced, found.sets[:VALUED], search)
        solves = (forced is not None) + found.solves + len(later) + solves_of(worth)
        return replace(_without(wish, later), found=found, worth=worth, solves=solves)

    def _later(self, free: Project, wish: Wish, search: Limits) -> Iterator[tuple[int, bool | None]]:
        """Later periods, until the first in which the project is possible, each with the answer."""
        for period in self._periods:
            if period > wish.period:
                forced = free.forced(wish.route, period)
                possible = False if forced is None else forced.possible((), search)
                yield period, possible
                if possible:
                    return


def _without(wish: Wish, later: Sequence[tuple[int, bool | None]]) -> Judged:
    """The verdict on a project that is impossible when it is wanted, given what is known of later periods."""
    answers = [possible for _, possible in later]
    if answers and answers[-1]:
        return Judged(wish, Verdict.LATER, later[-1][0] if all(each is not None for each in answers) else None)
    return Judged(wish, Verdict.NOT_KNOWN if None in answers else Verdict.BLOCKED)
