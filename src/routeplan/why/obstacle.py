"""Answers from tables as data: what stands in the way of a project by the tables of a plan, without any solve."""

from dataclasses import dataclass
from math import nan

from routeplan.why.limit import Kind
from routeplan.why.wishes import Wish


@dataclass(frozen=True)
class Obstacle:
    """A limit that leaves no room for a project, by the tables alone.

    Parameters
    ----------
    kind : Kind
        What limits.
    place : tuple of str
        Where, as its kind says; of the grid the area, and ``firm`` or ``total`` (firm and flexible); of sources
        ``all`` and the carrier; of pots every pot that may pay.
    period : int
        First year of the first period in which it does.
    asked, left : float
        What the project asks beyond what its site has in the plan, and what the plan leaves for it, in the unit of the
        limit; NaN where these are no amounts.
    until : int, optional
        Last year of the last period in which it does; None where it stands in the way of the start alone.
    """

    kind: Kind
    place: tuple[str, ...]
    period: int
    asked: float = nan
    left: float = nan
    until: int | None = None


@dataclass(frozen=True)
class TableAnswer:
    """What the tables of a plan and its instance say of a project.

    Each limit is looked at by itself, so that no more than this is certain: what is named stands in the way. Where
    nothing is named, limits may still stand in the way together; `verdicts` proves whether they do.

    Parameters
    ----------
    wish : Wish
        The project.
    planned : bool
        Whether the plan has it in the period that is asked about.
    obstacles : tuple of Obstacle
        What stands in its way then.
    clear_from : int, optional
        First year of the first period, from the one that is asked about, in which the tables name nothing; None where
        there is none. The project is possible in no earlier one.
    """

    wish: Wish
    planned: bool
    obstacles: tuple[Obstacle, ...]
    clear_from: int | None
