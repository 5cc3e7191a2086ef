"""Scenarios: named changes to an instance's tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from routeplan.settings import Settings

Action = Literal["set", "multiply", "add", "delay"]


@dataclass(frozen=True)
class Change:
    """One change: what is done to a column of the rows that match.

    Parameters
    ----------
    table, column : str
        Where.
    action : {"set", "multiply", "add", "delay"}
        What is done.
    value : str, float or int
        With what; years for ``delay``.
    where : mapping of str to value
        Rows that change: those that equal every value; all when empty.
    """

    table: str
    column: str
    action: Action
    value: Any
    where: Mapping[str, Any]


@dataclass(frozen=True)
class Scenario:
    """A named list of changes, applied in order.

    Parameters
    ----------
    name : str
        Name by which it is asked for.
    changes : tuple of Change
        What changes.
    probability : float, optional
        How likely it is.
    """

    name: str
    changes: tuple[Change, ...]
    probability: float | None = None


def changed_tables(
    settings: Settings, tables: Mapping[str, pd.DataFrame], scenario: Scenario
) -> dict[str, pd.DataFrame]:
    """Apply a scenario's changes to tables."""
    raise NotImplementedError
