"""Perspective as data: when each route becomes possible, under which dates, and what the plan has until then."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from routeplan.result.result import Result
from routeplan.schema.frames import typed
from routeplan.schema.perspective import PERSPECTIVE
from routeplan.why.dates import Dates
from routeplan.why.until import Until


@dataclass(frozen=True)
class Answer:
    """The first period in which a route is possible.

    Parameters
    ----------
    year : int, optional
        Its first year; None where there is none, or nothing is known.
    known : bool
        Whether that is proven.
    """

    year: int | None
    known: bool = True


@dataclass(frozen=True)
class Outlook:
    """What a process can expect of a route.

    Parameters
    ----------
    site, process, route : str
        Who could take what.
    possible : mapping of Dates to Answer
        The first period in which it is possible under each dates.
    planned : int, optional
        First year of the first period in which the plan has it.
    until : Until
        What the plan has before that, or else before it is possible under the dates of the tables.
    lead_time : int, optional
        Years from the base year to the first year of the option; None where it has no first year.
    """

    site: str
    process: str
    route: str
    possible: Mapping[Dates, Answer]
    planned: int | None
    until: Until
    lead_time: int | None

    @property
    def start(self) -> int | None:
        """The start in the plan, or else the first that is possible."""
        return self.possible[Dates.EXPECTED].year if self.planned is None else self.planned

    @property
    def decide_by(self) -> int | None:
        """Last year in which the firm must decide."""
        return None if self.start is None or self.lead_time is None else self.start - self.lead_time


def routes_at_sites(result: Result) -> Counter[str]:
    """Number of routes at each site that are not the current one of their process."""
    options, processes = result.instance["options"], result.instance["processes"]
    at = dict(zip(processes["process"], processes["site"], strict=True))
    return Counter(at[process] for process in options.loc[options["current"] == 0, "process"])


def first_planned(result: Result) -> dict[tuple[str, str], int]:
    """First year of the first period in which a plan has a route, by process and route."""
    first = result["runs"].groupby(["process", "route"], as_index=False)["period"].min()
    return dict(zip(zip(first["process"], first["route"], strict=True), map(int, first["period"]), strict=True))


@dataclass(frozen=True, eq=False)
class Perspective:
    """What processes can expect of their routes.

    Parameters
    ----------
    result : Result
        The result whose plan it is.
    years : int
        Years by which networks are early or late.
    plans : mapping of Dates to str
        What the other processes do under early and late dates, as the columns ``early_plan`` and ``late_plan`` tell.
    outlooks : tuple of Outlook
        One for each process and route that is not its current one.
    stopped : bool
        Whether it was ended before all were done.
    asked : int, optional
        Number of routes that there should be one for: those that were asked about, or, of one that is read back, those
        that its plan has; None where it has them all.
    """

    result: Result
    years: int
    plans: Mapping[Dates, str]
    outlooks: tuple[Outlook, ...]
    stopped: bool = False
    asked: int | None = None

    def at(self, site: str) -> "Perspective":
        """The same of one site."""
        asked = routes_at_sites(self.result)[site]
        outlooks = tuple(each for each in self.outlooks if each.site == site)
        return replace(self, outlooks=outlooks, stopped=0 < len(outlooks) < asked, asked=asked)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The table `routeplan.schema.perspective.PERSPECTIVE`."""
        rows = [self._row(outlook) for outlook in self.outlooks]
        return typed(PERSPECTIVE, pd.DataFrame(rows, columns=PERSPECTIVE.names))

    def _row(self, outlook: Outlook) -> dict[str, object]:
        until = outlook.until
        means = ("emissions", "cost", "bridge_emissions", "bridge_cost", "invested")
        return {
            **{name: getattr(outlook, name) for name in ("site", "process", "route")},
            **{str(dates): answer.year for dates, answer in outlook.possible.items()},
            "not_known": " ".join(dates for dates, answer in outlook.possible.items() if not answer.known),
            "until_then": until.told(str),
            "bridges": " ".join(until.bridges),
            **{name: getattr(until, name) for name in means},
            **{name: getattr(outlook, name) for name in ("planned", "lead_time", "decide_by")},
            "years": self.years,
            **{f"{dates}_plan": plan for dates, plan in self.plans.items()},
        }
