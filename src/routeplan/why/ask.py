"""Why a site does not take a route: every option that the plan does not have then, with what stands in its way."""

from typing import Literal, overload

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.instance.rules.words import none_called
from routeplan.result.result import Result, refuse_without_plan
from routeplan.solver.parameters import refuse_wrong_each
from routeplan.solver.solution import Stop
from routeplan.why.facts import Facts
from routeplan.why.judged import Judged, Verdict
from routeplan.why.obstacle import TableAnswer
from routeplan.why.obstacles import answers_from_tables
from routeplan.why.verdicts import EACH, verdicts
from routeplan.why.wishes import Wish, option_wishes, period_of_year, wishes_of


@overload
def why(
    result: Result,
    site: str,
    *,
    route: str | None = None,
    year: int | None = None,
    prove: Literal[False] = False,
    each: float = EACH,
    stop: Stop | None = None,
) -> list[TableAnswer]: ...


@overload
def why(
    result: Result,
    site: str,
    *,
    route: str | None = None,
    year: int | None = None,
    prove: Literal[True],
    each: float = EACH,
    stop: Stop | None = None,
) -> list[Judged]: ...


def why(
    result: Result,
    site: str,
    *,
    route: str | None = None,
    year: int | None = None,
    prove: bool = False,
    each: float = EACH,
    stop: Stop | None = None,
) -> list[TableAnswer] | list[Judged]:
    """Tell why the processes of a site do not take options that they have.

    Parameters
    ----------
    result : Result
        A result with a plan.
    site : str
        Id of the site.
    route : str, optional
        Only this route.
    year : int, optional
        Calendar year that is asked about. When left out: the period in which the option is wanted, or else the first
        period of the plan.
    prove : bool
        False: what the tables say, at once and without a solve: what is named stands in the way, and more may. True:
        proven by solving, with the smallest sets of limits whose lifting makes it possible, and what that brings.
    each : float
        Most time to prove one answer [s].
    stop : callable, optional
        When it says so, the proven answers so far are handed over.

    Returns
    -------
    list of TableAnswer, or of Judged
        Of each option that the plan does not have in that period; proven ones as `verdicts` judges projects.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When there is no such site, no process of it has this route, or the year is in none of the periods.
    """
    refuse_without_plan(result, "there is nothing that options could be held against")
    refuse_wrong_each(each)
    asked = asked_about(result.instance, site, route, year)
    if not prove:
        answers = answers_from_tables(Facts(result, {site}), asked)
        return [found for found in answers if not found.planned or route is not None]
    judged = verdicts(result, wishes=asked, each=each, value_possible=True, stop=stop)
    return [found for found in judged if found.verdict is not Verdict.GOES_AHEAD or route is not None]


def asked_about(instance: Instance, site: str, route: str | None, year: int | None) -> list[Wish]:
    """The options of a site that are asked about, each in its period; raises as `why` does."""
    period = None if year is None else period_of_year(instance.horizon, year)
    asked = [wish for wish in option_wishes(instance) if wish.site == site]
    if not asked:
        raise UsageError(none_called("site", [site], list(instance["sites"]["site"]), "ids of the table sites"))
    wanted = [wish for wish in asked if route is None or wish.route == route]
    if not wanted:
        routes = list(dict.fromkeys(wish.route for wish in asked))
        raise UsageError(none_called("route of the site", [str(route)], routes, f"routes: {', '.join(routes)}"))
    return _when_wanted(instance, wanted) if period is None else [wish.moved_to(period) for wish in wanted]


def _when_wanted(instance: Instance, options: list[Wish]) -> list[Wish]:
    """The same options, asked about in the period in which the table ``wishes`` wants them, where it does."""
    known = wishes_of(instance) if len(instance["wishes"]) else []
    wanted = {(each.process, each.route): each.period for each in known}
    return [wish.moved_to(wanted.get((wish.process, wish.route), wish.period)) for wish in options]
