"""Read ``scenarios.toml``, and try its scenarios."""

import math
from pathlib import Path
from typing import Any, get_args

from routeplan.change import Action
from routeplan.data.csv_cells import Unreadable
from routeplan.data.settings_file import read_toml, unknown_keys
from routeplan.errors import DataError, Problem
from routeplan.instance import Instance
from routeplan.rules.check import check_tables
from routeplan.rules.findings import shown
from routeplan.scenario import SCENARIOS_FILE, Change, Scenario, changed_tables
from routeplan.schema.inputs import INPUT_TABLES

ACTIONS = get_args(Action)
Entry = dict[str, Any]


def read_scenarios(folder: Path) -> tuple[tuple[Scenario, ...], list[Problem]]:
    """Read the scenarios of an instance.

    Parameters
    ----------
    folder : Path
        The instance's folder; it may have none.

    Returns
    -------
    scenarios : tuple of Scenario
        In the order of the file; empty when there are problems.
    problems : list of Problem
        Everything that is wrong with the form of the file.
    """
    path = folder / SCENARIOS_FILE
    if not path.exists():
        return (), []
    try:
        given = read_toml(path)
    except Unreadable as refused:
        return (), [refused.problem]
    return scenarios_from(given)


def scenarios_from(given: dict[str, Any]) -> tuple[tuple[Scenario, ...], list[Problem]]:
    """Take scenarios from the content of a file, or say everything that is wrong with their form.

    Parameters
    ----------
    given : dict
        The content of ``scenarios.toml``.
    """
    entries = given.get("scenario", [])
    problems = unknown_keys(SCENARIOS_FILE, "", given, ["scenario"])
    if not _is_list_of_tables(entries):
        return (), [
            *problems,
            _problem("'scenario' is no list; allowed: entries that begin with [[scenario]]"),
        ]
    for number, entry in enumerate(entries, start=1):
        problems += _scenario_form(scenario_label(entry, number), entry)
    problems += _repeated_names(entries)
    return ((), problems) if problems else (tuple(_scenario(entry) for entry in entries), [])


def _problem(text: str, column: str = "") -> Problem:
    return Problem(SCENARIOS_FILE, 0, text, column)


def _is_list_of_tables(entries: object) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)


def scenario_label(entry: Entry, number: int) -> str:
    """How a message names a scenario."""
    name = entry.get("name")
    return f"scenario '{name}'" if isinstance(name, str) and name else f"scenario {number}"


def _scenario_form(label: str, entry: Entry) -> list[Problem]:
    problems = unknown_keys(SCENARIOS_FILE, f"{label}: ", entry, ["name", "probability", "change"])
    if not _is_name(entry.get("name")):
        shown_name = entry.get("name") or "empty"
        problems.append(_problem(f"{label}: key 'name' is {shown_name}; allowed: a name without / and \\", "name"))
    probability = entry.get("probability", 0.0)
    if not _is_number(probability) or not 0 <= probability <= 1:
        problems.append(
            _problem(f"{label}: key 'probability' is {probability}; allowed: a number from 0 to 1", "probability")
        )
    changes = entry.get("change", [])
    if not _is_list_of_tables(changes):
        text = f"{label}: 'change' is no list; allowed: entries that begin with [[scenario.change]]"
        return [*problems, _problem(text, "change")]
    for number, change in enumerate(changes, start=1):
        problems += _change_form(f"{label}, change {number}: ", change)
    return problems


def _is_name(name: object) -> bool:
    return isinstance(name, str) and bool(name.strip()) and name.isprintable() and not {"/", "\\"} & set(name)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _change_form(label: str, change: Entry) -> list[Problem]:
    problems = unknown_keys(SCENARIOS_FILE, label, change, ["table", "where", "column", *ACTIONS])
    for key in ("table", "column"):
        if not isinstance(change.get(key), str):
            given = change.get(key, "missing")
            problems.append(_problem(f"{label}key '{key}' is {given}; allowed: the name of a {key}", key))
    if not isinstance(change.get("where", {}), dict):
        text = f"{label}key 'where' is {change['where']}; allowed: columns with values"
        problems.append(_problem(text, "where"))
    given = [action for action in ACTIONS if action in change]
    if len(given) != 1:
        found = " and ".join(given) or "none of them"
        problems.append(_problem(f"{label}has {found}; allowed: exactly one of {', '.join(ACTIONS)}"))
    return problems


def _repeated_names(entries: list[Entry]) -> list[Problem]:
    names = [entry.get("name") for entry in entries]
    return [
        _problem(f"scenario '{name}' is there twice; allowed: each name once", "name")
        for position, name in enumerate(names)
        if name and name in names[:position]
    ]


def _scenario(entry: Entry) -> Scenario:
    probability = entry.get("probability")
    return Scenario(
        entry["name"],
        tuple(_change(change) for change in entry.get("change", [])),
        None if probability is None else float(probability),
    )


def _change(given: Entry) -> Change:
    action = next(action for action in ACTIONS if action in given)
    return Change(given["table"], given["column"], action, given[action], given.get("where", {}))


def scenario_problems(instance: Instance, scenario: Scenario) -> list[Problem]:
    """Apply a scenario and report what goes wrong: changes that cannot be made, and rules that they break.

    Parameters
    ----------
    instance : Instance
        The instance.
    scenario : Scenario
        One of its scenarios.
    """
    try:
        tables = changed_tables(instance.settings, instance.tables, scenario)
    except DataError as error:
        return list(error.problems)
    label = f"scenario '{scenario.name}'"
    touched = {change.table for change in scenario.changes}
    return [
        _problem(f"{label} changes {_place(tables, problem)}: {problem.text}", problem.column)
        for problem in check_tables(None, tables, changed=touched)
    ]


def _place(tables: Any, problem: Problem) -> str:
    """Name a row by its key, since the lines of the file are not those of the changed table."""
    name = problem.file.removesuffix(".csv")
    if not problem.line:
        return problem.file
    table = INPUT_TABLES[name]
    row = tables[name].iloc[problem.line - 2]
    key = ", ".join(f"{column} {shown(table.column(column), row[column]) or 'empty'}" for column in table.key)
    return f"{problem.file} ({key})"
