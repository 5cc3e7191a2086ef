"""Scenarios that an estimated instance starts with: what is least certain, each in its plainest form."""

from collections.abc import Mapping
from typing import Any

from routeplan.instance.change import Action, Change
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario

LATE = 3
"""Years that grid and networks come later: assumption, after the operators' worst case for 2033, which is 2035, and the
two to four years by which plans for the hydrogen backbone slipped in 2025."""


def usual_scenarios(instance: Instance) -> tuple[Scenario, ...]:
    """List the scenarios of the late grid, of late hydrogen and CO2 networks, and of half the public money.

    Parameters
    ----------
    instance : Instance
        The instance; a change that would fit none of its rows is left out, and so is a scenario without changes.
    """
    late = [
        *_changes(instance, "headroom", "firm", "delay", LATE),
        *_changes(instance, "headroom", "flexible", "delay", LATE),
        *_changes(instance, "reinforcements", "first_year", "delay", LATE),
    ]
    networks = [
        *_changes(instance, "links", "first_year", "delay", LATE, {"status": "planned"}),
        *_changes(instance, "sources", "capacity", "delay", LATE),
    ]
    money = _changes(instance, "budgets", "amount", "multiply", 0.5)
    found = (
        Scenario("late-grid", tuple(late), None, "The grid three years later", "Netverzwaring drie jaar later"),
        Scenario(
            "late-networks",
            tuple(networks),
            None,
            "Hydrogen and CO2 networks three years later",
            "Waterstof- en CO2-netwerken drie jaar later",
        ),
        Scenario("half-budget", tuple(money), None, "Half the public money", "Half zoveel publiek geld"),
    )
    return tuple(scenario for scenario in found if scenario.changes)


def _changes(
    instance: Instance, table: str, column: str, action: Action, value: float, where: Mapping[str, Any] | None = None
) -> list[Change]:
    """The change, if it fits any row."""
    rows = instance[table]
    for name, wanted in (where or {}).items():
        rows = rows[rows[name] == wanted]
    return [Change(table, column, action, value, dict(where or {}))] if len(rows) else []
