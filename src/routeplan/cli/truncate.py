"""Long lists of problems, cut so that they do not flood the screen."""

from collections.abc import Callable, Iterable
from typing import TypeVar

MAX_LINES = 20
"""Lines that are shown of each file, or of each family of constraints."""

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
