"""The fingerprint of an instance, the same however it was stored."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from routeplan.instance.scenario import Scenario
from routeplan.schema.column import Table
from routeplan.schema.frames import typed, without_unused
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SILENCED, Settings


def fingerprint(settings: Settings, tables: Mapping[str, pd.DataFrame], scenarios: tuple[Scenario, ...]) -> str:
    """SHA-256 of settings (but for warnings that are silenced), tables and scenarios.

    Defaults are filled in, later columns without any use left out, columns are in the schema's order, rows sorted by
    key, scenarios by name; numbers count by value, so that 1 and 1.0 agree.

    Parameters
    ----------
    settings : Settings
        The settings.
    tables : mapping of str to DataFrame
        Typed tables; one that is absent counts as one without rows.
    scenarios : tuple of Scenario
        The scenarios.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    digest.update(_line("settings", _canonical(_of_data(settings))))
    for name, table in INPUT_TABLES.items():
        if name in tables and len(tables[name]):
            _add_table(digest, table, tables[name])
    for scenario in sorted(scenarios, key=lambda scenario: scenario.name):
        changes = [
            [change.table, change.column, change.action, change.value, change.where] for change in scenario.changes
        ]
        titles = [scenario.title, scenario.title_nl] if scenario.title or scenario.title_nl else []
        digest.update(_line("scenario", _canonical([scenario.name, scenario.probability, changes, *titles])))
    return digest.hexdigest()


def _of_data(settings: Settings) -> dict[str, Any]:
    """The settings, without what only says which warnings are shown."""
    return {key: value for key, value in settings.as_dict().items() if key != SILENCED}


def _add_table(digest: "hashlib._Hash", table: Table, frame: pd.DataFrame) -> None:
    ordered = typed(table, frame).sort_values(list(table.key), kind="stable")
    for column in without_unused(table, ordered).columns:
        cells = ordered[column.name].tolist()
        digest.update(_line(table.name, [column.name, *(cells if column.kind.is_text else map(_number, cells))]))


def _line(what: str, content: Any) -> bytes:
    return (json.dumps([what, content], sort_keys=True) + "\n").encode()


def _number(value: float) -> str:
    """State a number by its value; adding zero turns -0.0 into 0.0."""
    return repr(float(value) + 0.0)


def _canonical(value: Any) -> Any:
    """Every number as the shortest text of its value; what JSON does not know, such as a date, as text."""
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int | float):
        # In a list of its own, so that the number 1 is not the text "1.0".
        return [_number(value)]
    if isinstance(value, Mapping):
        return {str(key): _canonical(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(inner) for inner in value]
    return str(value)
