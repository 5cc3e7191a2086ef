"""Coalitions of members, and what each saves."""

from dataclasses import dataclass

from routeplan.result.result import Result

Coalition = frozenset[str]
"""Sites that join."""

NOBODY: Coalition = frozenset()
"""The coalition that has no hub."""


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
