"""Scenarios: named changes to an instance's tables."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from routeplan.errors import DataError, Problem
from routeplan.instance.change import Action, Change, ChangeRefused, changed
from routeplan.instance.horizon import Horizon
from routeplan.schema.settings import Settings

__all__ = ["SCENARIOS_FILE", "Action", "Change", "Scenario", "changed_tables"]

SCENARIOS_FILE = "scenarios.toml"


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
    title, title_nl : str, optional
        What it is called for readers, and for Dutch ones.
    """

    name: str
    changes: tuple[Change, ...]
    probability: float | None = None
    title: str = ""
    title_nl: str = ""


def changed_tables(
    settings: Settings, tables: Mapping[str, pd.DataFrame], scenario: Scenario
) -> dict[str, pd.DataFrame]:
    """Apply a scenario's changes, in order.

    Parameters
    ----------
    settings : Settings
        The instance's settings.
    tables : mapping of str to DataFrame
        The instance's tables; they stay as they are.
    scenario : Scenario
        The changes.

    Returns
    -------
    dict of str to DataFrame
        All tables after the changes, which may break rules: whoever makes an instance of them finds out.

    Raises
    ------
    DataError
        With every change that cannot be made; its file is ``scenarios.toml``.
    """
    result = dict(tables)
    problems = []
    # No change moves the periods' first years: they are a key.
    horizon = Horizon.of(tables["periods"], settings)
    for number, change in enumerate(scenario.changes, start=1):
        try:
            result[change.table] = changed(change, result, horizon)
        except ChangeRefused as refused:
            label = f"scenario '{scenario.name}', change {number}: "
            problems += [Problem(SCENARIOS_FILE, 0, label + text) for text in refused.texts]
    if problems:
        raise DataError(problems)
    return result
