"""Long lists of problems, cut so that they do not flood the screen."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from routeplan.errors import Problem, counted

MAX_LINES = 20
"""Lines that are shown of each file, or of each family of constraints."""

FEW_ALIKE = 3
"""Problems that say the same and have a line each; more have one together."""

LINES_SHOWN = 10
"""Lines that are named in a problem of many."""

_NUMBERS = re.compile(r"-?\d[\d.,]*(?:e[+-]?\d+)?")

Item = TypeVar("Item")


def truncated(
    items: Iterable[Item],
    group: Callable[[Item], str],
    see_all: str,
    most: int = MAX_LINES,
    show: Callable[[Item], str] = str,
) -> list[str]:
    """List items group by group: the first few of each, and how many more there are.

    Parameters
    ----------
    items : iterable
        Problems or violations, whose text is a line.
    group : callable
        Name of the file or family that one of them is of.
    see_all : str
        How to see the others.
    most : int
        Items that are shown of each group.
    show : callable
        Line of an item.
    """
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(group(item), []).append(item)
    return [line for name, members in groups.items() for line in _first(name, list(map(show, members)), see_all, most)]


def _first(name: str, lines: list[str], see_all: str, most: int) -> list[str]:
    more = len(lines) - most
    return [*lines[:most], f"{name}: and {more:,} more ({see_all})"] if more > 0 else lines


def alike(problems: Iterable[Problem]) -> list[Problem]:
    """Put problems that say the same of many lines of a file, numbers aside, into one, on the first of those lines.

    Those of no line of their own stay as they are.

    Parameters
    ----------
    problems : iterable of Problem
        In their order.
    """
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.file, problem.name, _NUMBERS.sub("#", problem.text)), []).append(problem)
    return [
        one for same in kinds.values() for one in (same if len(same) <= FEW_ALIKE or not same[0].line else [_one(same)])
    ]


def _one(same: list[Problem]) -> Problem:
    places = [problem.cell or str(problem.line) for problem in same[1:]]
    shown = ", ".join(places[:LINES_SHOWN])
    more = f" and {len(places) - LINES_SHOWN:,} more" if len(places) > LINES_SHOWN else ""
    rows = counted(len(places), "row")
    return replace(same[0], text=f"{same[0].text} (and the like in {rows} more: {shown}{more})")
