"""Long lists of problems, cut so that they do not flood the screen."""

from collections.abc import Callable, Iterable
from typing import TypeVar

SHOWN = 20
"""Lines that are shown of each file, or of each family of constraints."""

Told = TypeVar("Told")


def first_of_each(told: Iterable[Told], group: Callable[[Told], str], rest: str) -> list[str]:
    """List what is told group by group: the first of each, and how many more there are.

    Parameters
    ----------
    told : iterable
        Anything that says in words what is wrong.
    group : callable
        Name of the file or family that one of them is of.
    rest : str
        How to see the others.
    """
    groups: dict[str, list[Told]] = {}
    for each in told:
        groups.setdefault(group(each), []).append(each)
    return [line for name, members in groups.items() for line in _cut(name, members, rest)]


def _cut(name: str, members: list[Told], rest: str) -> list[str]:
    lines = [str(each) for each in members[:SHOWN]]
    more = len(members) - len(lines)
    return [*lines, f"{name}: and {more:,} more ({rest})"] if more else lines
