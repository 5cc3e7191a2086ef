"""Verdicts on projects as data: what becomes of them, what stands in the way, and what lifting it is worth."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from routeplan.why.limit import Limit
from routeplan.why.wishes import Wish

LARGEST = 3
"""Most limits in a set of which all are looked for; where more are needed, one of the smallest sets is told."""

VALUED = 3
"""Most blocker sets of a project of which is reckoned what lifting them is worth, the smallest first."""


@dataclass(frozen=True)
class Blockers:
    """What stands in the way of a project.

    Parameters
    ----------
    sets : tuple of frozenset of Limit
        Minimal sets of limits, the smallest first, those of one size in the order of their limits: with all of one
        lifted the project can go ahead, and with all but one of them it cannot. Where none of `LARGEST` limits or fewer
        was found, one that has more.
    complete : bool
        Whether these are all sets of at most `LARGEST` limits, each proven.
    possible : bool, optional
        Whether it can go ahead as it is; None where that is not known.
    beyond : bool
        Whether it cannot go ahead even with every limit lifted: something else rules it out.
    solves : int
        How many programs were solved.
    """

    sets: tuple[frozenset[Limit], ...]
    complete: bool
    possible: bool | None
    beyond: bool = False
    solves: int = 0


@dataclass(frozen=True)
class Added:
    """What must be added to a limit, at least, in one period.

    Parameters
    ----------
    limit : Limit
        The limit.
    period : int
        First year of the period.
    amount : float
        What is added, in the unit of the limit.
    """

    limit: Limit
    period: int
    amount: float


@dataclass(frozen=True)
class Lifting:
    """What comes of lifting a blocker set, all other processes being as planned.

    Parameters
    ----------
    limits : frozenset of Limit
        The set.
    added : tuple of Added
        The least that must be added to its limits that are amounts; of dates and ways there is nothing to add.
    saved : tuple of float, optional
        Least and most discounted cost that it saves, without the cost of lifting [M EUR]; negative where the project
        costs more than what the process does without it. None where a search gave no answer.
    avoided : float, optional
        CO2 that it avoids, summed over the years of the plan [kt].
    """

    limits: frozenset[Limit]
    added: tuple[Added, ...]
    saved: tuple[float, float] | None
    avoided: float | None


class Verdict(StrEnum):
    """What becomes of a project."""

    GOES_AHEAD = "goes_ahead"
    """It is possible when it is wanted, and in the plan by then."""
    OTHER_ROUTE = "other_route"
    """It is possible when it is wanted, and the plan prefers something else then."""
    LATER = "later"
    """It is impossible when it is wanted, and possible in a later period."""
    BLOCKED = "blocked"
    """It is impossible when it is wanted and in every later period."""
    NOT_KNOWN = "not_known"
    """A search ended without an answer."""


@dataclass(frozen=True)
class Judged:
    """The verdict on a project.

    Parameters
    ----------
    wish : Wish
        The project.
    verdict : Verdict
        What becomes of it.
    possible_from : int, optional
        First year of the first period, from the wanted one on, in which it is possible.
    found : Blockers, optional
        What stands in its way in the period in which it is wanted, where it is impossible then.
    worth : tuple of Lifting
        What lifting the first of the blocker sets brings; of what is possible as it is, what it brings so.
    solves : int
        How many programs were solved.
    """

    wish: Wish
    verdict: Verdict
    possible_from: int | None = None
    found: Blockers | None = None
    worth: tuple[Lifting, ...] = ()
    solves: int = 0


OnJudged = Callable[[Judged, int], None]
"""Told of each verdict, and of how many projects there are."""
