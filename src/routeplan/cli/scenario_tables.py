"""The tables that `scenarios` prints: the rows that a change touches, before and after."""

from typing import Any

import pandas as pd

from routeplan.cli.options import FEW_ROWS
from routeplan.cli.output import OUT
from routeplan.data.csv_text import number_text
from routeplan.errors import counted
from routeplan.instance.effects import AFTER, BEFORE, Effect, describe, effects
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Scenario
from routeplan.result.summary import records

Effects = list[tuple[Scenario, tuple[Effect, ...]]]


def effects_of_scenarios(instance: Instance, only: list[str] | None) -> Effects:
    """List the scenarios of an instance, or `only` some of them, with the effect of each change.

    Raises
    ------
    UsageError
        When there is no scenario of this name.
    """
    for name in only or ():
        instance.under(name)  # refuses a name that there is not
    chosen = [scenario for scenario in instance.scenarios if not only or scenario.name in only]
    return [(scenario, effects(instance, scenario)) for scenario in chosen]


def print_effects(found: Effects, show_all: bool) -> None:
    """Print each scenario: its changes, and the first few rows, or all, that each touches."""
    for scenario, changes in found:
        _print_scenario(scenario, changes, show_all)


def effects_as_json(instance: Instance, found: Effects) -> dict[str, Any]:
    """The scenarios, their changes and all rows that these touch, as plain data."""
    return {"instance": instance.name, "scenarios": [_scenario_as_json(*each) for each in found]}


def _print_scenario(scenario: Scenario, changes: tuple[Effect, ...], show_all: bool) -> None:
    likely = "" if scenario.probability is None else f", probability {scenario.probability:g}"
    OUT.say(f"{scenario.name}{likely}: {counted(len(changes), 'change')}", style="bold")
    for number, effect in enumerate(changes, start=1):
        _print_change(number, effect, show_all)
    OUT.say("")


def _print_change(number: int, effect: Effect, show_all: bool) -> None:
    """Print a change in words, and its rows: all, or the first few of those that differ afterwards."""
    rows, moved = effect.rows, effect.moved
    differ = "all of them differ" if len(moved) == len(rows) else f"{len(moved) or 'none'} of them differ"
    differ = differ if len(rows) > 1 else "it differs" if len(moved) else "it stays the same"
    shown = rows if show_all else moved.head(FEW_ROWS)
    OUT.say(f"{number}. {describe(effect.change)} ({counted(len(rows), 'row')}, {differ} afterwards)")
    numbers = [str(name) for name in shown if name in (BEFORE, AFTER) or shown[name].dtype.kind == "f"]
    written = {name: _cells(shown[name]) for name in numbers}
    OUT.table(effect.change.table, shown.assign(**written))
    if len(shown) < len(moved):
        OUT.say(f"   and {len(moved) - len(shown):,} more that differ (all rows: --all)")


def _cells(cells: pd.Series) -> list[str]:
    """Cells as the CSV file has them; numbers one under the other."""
    if not pd.api.types.is_numeric_dtype(cells):
        return [cell or "empty" for cell in cells]
    # Ten digits: more are the rounding of a multiplication, which nobody has written.
    texts = [number_text(float(f"{value:.10g}")) or "empty" for value in cells]
    width = max(map(len, texts), default=0)
    return [text.rjust(width) for text in texts]


def _scenario_as_json(scenario: Scenario, changes: tuple[Effect, ...]) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "probability": scenario.probability,
        "changes": [
            {
                "table": effect.change.table,
                "where": dict(effect.change.where),
                "column": effect.change.column,
                "action": effect.change.action,
                "value": effect.change.value,
                "text": describe(effect.change),
                "differ": len(effect.moved),
                "rows": records(effect.rows),
            }
            for effect in changes
        ],
    }
