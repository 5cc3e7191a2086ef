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
    late, networks = late_grid(instance, LATE), late_networks(instance, LATE)
    money = changes_that_fit(instance, "budgets", "amount", "multiply", 0.5)
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


def late_grid(instance: Instance, years: int) -> list[Change]:
    """Changes by which headroom and reinforcements come some years later."""
    return [
        *changes_that_fit(instance, "headroom", "firm", "delay", years),
        *changes_that_fit(instance, "headroom", "flexible", "delay", years),
        *changes_that_fit(instance, "reinforcements", "first_year", "delay", years),
    ]


def late_networks(instance: Instance, years: int) -> list[Change]:
    """Changes by which planned links, and what hydrogen and CO2 sources supply or store, come some years later."""
    return [
        *changes_that_fit(instance, "links", "first_year", "delay", years, {"status": "planned"}),
        *changes_that_fit(instance, "sources", "capacity", "delay", years),
    ]


def changes_that_fit(
    instance: Instance, table: str, column: str, action: Action, value: float, where: Mapping[str, Any] | None = None
) -> list[Change]:
    """List a change where it fits any row of the instance, and nothing where it would be refused.

    Parameters
    ----------
    instance : Instance
        The instance.
    table, column, action, value, where
        As of a `Change`.
    """
    rows = instance[table]
    for name, wanted in (where or {}).items():
        rows = rows[rows[name] == wanted]
    return [Change(table, column, action, value, dict(where or {}))] if len(rows) else []
