"""Look-ups by index from columns of tables, for the equations of every subject."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.model.decisions import Decisions, tuples
from routeplan.model.variables import Index, Variable

Key = TypeVar("Key")
Thing = TypeVar("Thing")
Terms = dict[Index, list[tuple[Index, float]]]
"""For each row, the options in it and their coefficients."""


@dataclass(frozen=True)
class Lookups:
    """Facts by index, each collected in one pass over a table when it is first asked for; a base for subjects.

    Parameters
    ----------
    instance : Instance
        The instance.
    decisions : Decisions
        What may be decided.
    """

    instance: Instance
    decisions: Decisions

    @cached_property
    def periods(self) -> list[int]:
        """The periods, by their first years."""
        return [int(period) for period in self.instance.horizon.first]

    @cached_property
    def before(self) -> dict[int, int]:
        """The period before each period but the first."""
        return dict(zip(self.periods[1:], self.periods[:-1], strict=True))

    def later(self, rows: list[Index]) -> list[Index]:
        """Rows that have a period before them."""
        return [row for row in rows if row[-1] in self.before]

    def in_every_period(self, names: Iterable[Any]) -> list[Index]:
        """Each of these things in each period."""
        return [(name, period) for name in names for period in self.periods]


def every(variable: Variable) -> Callable[[Lookups], list[Index]]:
    """Every index of a variable, as an index set."""

    def indices(data: Lookups) -> list[Index]:
        return data.decisions.blocks[variable.name].keys()

    indices.__doc__ = f"Every `{variable.name}` that there is."
    return indices


def later(variable: Variable) -> Callable[[Lookups], list[Index]]:
    """Every index of a variable but those of the first period, as an index set."""

    def indices(data: Lookups) -> list[Index]:
        return data.later(data.decisions.blocks[variable.name].keys())

    indices.__doc__ = f"Every `{variable.name}` that there is, but those of the first period."
    return indices


def gathered(keys: Iterable[Key], things: Iterable[Thing]) -> dict[Key, list[Thing]]:
    """Collect things by key; a key without any gives an empty list."""
    found: dict[Key, list[Thing]] = defaultdict(list)
    for key, thing in zip(keys, things, strict=True):
        found[key].append(thing)
    return found


def terms(table: pd.DataFrame, row: tuple[str, ...], value: str) -> Terms:
    """Collect for each row the options in it and their coefficients, those with coefficient 0 left out."""
    some = table[table[value] != 0]
    options = tuples(some, "process", "route", "period")
    return gathered(tuples(some, *row), zip(options, some[value].tolist(), strict=True))


def values(table: pd.DataFrame, key: tuple[str, ...], value: str) -> dict[Index, Any]:
    """One value for each key."""
    return dict(zip(tuples(table, *key), table[value].tolist(), strict=True))
