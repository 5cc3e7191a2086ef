"""From columns of a table to look-ups by index."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

import pandas as pd

from routeplan.model.decisions import Index, tuples

Key = TypeVar("Key")
Thing = TypeVar("Thing")
Terms = dict[Index, list[tuple[Index, float]]]
"""For each row, the decisions that stand in it and their coefficients."""


def gathered(keys: Iterable[Key], things: Iterable[Thing]) -> dict[Key, list[Thing]]:
    """Collect things by key; a key without any gives an empty list."""
    found: dict[Key, list[Thing]] = defaultdict(list)
    for key, thing in zip(keys, things, strict=True):
        found[key].append(thing)
    return found


def terms(table: pd.DataFrame, row: tuple[str, ...], value: str) -> Terms:
    """Collect for each row the options in it and their coefficients, those with coefficient 0 left out."""
    some = table[table[value] != 0]
    decisions = tuples(some, "process", "route", "period")
    return gathered(tuples(some, *row), zip(decisions, some[value].tolist(), strict=True))


def values(table: pd.DataFrame, key: tuple[str, ...], value: str) -> dict[Index, Any]:
    """One value for each key."""
    return dict(zip(tuples(table, *key), table[value].tolist(), strict=True))
