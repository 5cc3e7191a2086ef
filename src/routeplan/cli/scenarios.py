"""``routeplan scenarios``: what each scenario of an instance changes."""

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from routeplan.cli.options import AsJson
from routeplan.cli.output import OUT
from routeplan.data.csv_text import number_text
from routeplan.data.paths import refuse_result
from routeplan.data.read import check
from routeplan.effects import AFTER, BEFORE, Effect, effects, in_words
from routeplan.errors import DataError
from routeplan.instance import Instance
from routeplan.scenario import Scenario
from routeplan.summary import records

EXAMPLES = """Examples:

routeplan scenarios instances/tiny

routeplan scenarios instances/achterhoek --scenario late-grid --all

routeplan scenarios instances/tiny --json

Exit codes: 0 every scenario can be applied, 2 one cannot (a change that fits no row, for example)."""

FEW = 3
"""Rows that are shown of each change."""

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the instance, or its Excel workbook.")]
Only = Annotated[str | None, typer.Option("--scenario", help="Show this scenario alone.")]
AllRows = Annotated[bool, typer.Option("--all", help=f"Show every row that a change touches, not {FEW} that differ.")]


def scenarios(folder: Folder, only: Only = None, every: AllRows = False, as_json: AsJson = False) -> None:
    """Show what each scenario changes: tables and rows, and their cells before and after."""
    refuse_result(folder)
    found = check(folder)
    if found.instance is None:
        raise DataError(found.problems)
    told = [(scenario, effects(found.instance, scenario)) for scenario in _asked(found.instance, only)]
    if as_json:
        OUT.json({"instance": found.instance.name, "scenarios": [_as_json(*each) for each in told]})
        return
    for scenario, changes in told:
        _print(scenario, changes, every)
    if not told:
        OUT.say(f"{folder} has no scenarios; scenarios.toml would hold them")


def _asked(instance: Instance, only: str | None) -> tuple[Scenario, ...]:
    if only is None:
        return instance.scenarios
    name = instance.under(only).scenario
    return tuple(scenario for scenario in instance.scenarios if scenario.name == name)


def _print(scenario: Scenario, changes: tuple[Effect, ...], every: bool) -> None:
    likely = "" if scenario.probability is None else f", probability {scenario.probability:g}"
    OUT.say(f"{scenario.name}{likely}: {_count(len(changes), 'change')}", style="bold")
    for number, effect in enumerate(changes, start=1):
        _print_change(number, effect, every)
    OUT.say("")


def _print_change(number: int, effect: Effect, every: bool) -> None:
    """Print a change in words, and its rows: all, or the first few of those that differ afterwards."""
    rows, moved = effect.rows, effect.moved
    differ = "all of them differ" if len(moved) == len(rows) else f"{len(moved) or 'none'} of them differ"
    differ = differ if len(rows) > 1 else "it differs" if len(moved) else "it stays the same"
    shown = rows if every else moved.head(FEW)
    OUT.say(f"{number}. {in_words(effect.change)} ({_count(len(rows), 'row')}, {differ} afterwards)")
    OUT.table(effect.change.table, shown.assign(**{name: _cells(shown[name]) for name in (BEFORE, AFTER)}))
    if len(shown) < len(moved):
        OUT.say(f"   and {len(moved) - len(shown):,} more that differ (all rows: --all)")


def _cells(cells: pd.Series) -> list[str]:
    """Cells as the CSV file has them; numbers one under the other."""
    if not pd.api.types.is_numeric_dtype(cells):
        return [cell or "empty" for cell in cells]
    texts = [number_text(value) or "empty" for value in cells]
    width = max(map(len, texts), default=0)
    return [text.rjust(width) for text in texts]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _as_json(scenario: Scenario, changes: tuple[Effect, ...]) -> dict[str, Any]:
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
                "text": in_words(effect.change),
                "differ": len(effect.moved),
                "rows": records(effect.rows),
            }
            for effect in changes
        ],
    }
