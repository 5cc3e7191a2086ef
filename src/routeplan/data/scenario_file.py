"""Read ``scenarios.toml``, and try its scenarios."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from routeplan.data.csv_cells import Unreadable
from routeplan.data.settings_file import read_toml, unknown_keys
from routeplan.data.word_meant import word_meant
from routeplan.errors import DataError, Problem
from routeplan.instance.change import Action, ChangeRefused, matching_rows, place_refusals, refusals
from routeplan.instance.instance import Instance
from routeplan.instance.rules.check import check_tables
from routeplan.instance.rules.findings import format_cell
from routeplan.instance.scenario import SCENARIOS_FILE, Change, Scenario, changed_tables
from routeplan.schema.inputs import INPUT_TABLES

ACTIONS = get_args(Action)
TITLES = ("title", "title_nl")
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
        In the order of the file; where there are problems, those that can be tried all the same.
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
    """Convert the content of a file to scenarios, or report every problem of their form.

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
    scenarios = []
    for number, entry in enumerate(entries, start=1):
        label = scenario_label(entry, number)
        problems += _scenario_form(label, entry)
        if _may_be_tried(entry):
            scenarios.append(_scenario(entry))
        else:
            problems += _misplaced_changes(label, entry)
    return tuple(scenarios), problems + _repeated_names(entries)


def _problem(text: str, column: str = "") -> Problem:
    return Problem(SCENARIOS_FILE, 0, text, column)


def _is_list_of_tables(entries: object) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)


def scenario_label(entry: Entry, number: int) -> str:
    """Label of a scenario in messages."""
    name = entry.get("name")
    return f"scenario '{name}'" if isinstance(name, str) and name else f"scenario {number}"


def _scenario_form(label: str, entry: Entry) -> list[Problem]:
    problems = unknown_keys(SCENARIOS_FILE, f"{label}: ", entry, ["name", *TITLES, "probability", "change"])
    if not _is_name(entry.get("name")):
        shown_name = entry.get("name") or "empty"
        problems.append(_problem(f"{label}: key 'name' is {shown_name}; allowed: a name without / and \\", "name"))
    problems += [
        _problem(f"{label}: key '{key}' is {entry[key]}; allowed: text", key)
        for key in TITLES
        if not isinstance(entry.get(key, ""), str)
    ]
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


def _may_be_tried(entry: Entry) -> bool:
    """Whether a scenario has a name and each of its changes the right form."""
    name, changes = entry.get("name"), entry.get("change", [])
    named = isinstance(name, str) and bool(name)
    return named and _is_list_of_tables(changes) and not any(_change_form("", change) for change in changes)


def _misplaced_changes(label: str, entry: Entry) -> list[Problem]:
    """Report unknown tables and columns in a scenario that cannot be tried, and changes of a key."""
    changes = entry.get("change", [])
    return [
        _problem(f"{label}, change {number}: {text}")
        for number, change in enumerate(changes if _is_list_of_tables(changes) else [], start=1)
        if isinstance(change.get("table"), str) and isinstance(change.get("column"), str)
        for where in [change.get("where", {})]
        for text in place_refusals(change["table"], change["column"], where if isinstance(where, dict) else ())
    ]


def _scenario(entry: Entry) -> Scenario:
    probability: Any = entry.get("probability")
    return Scenario(
        entry["name"],
        tuple(_change(change) for change in entry.get("change", [])),
        float(probability) if _is_number(probability) else None,
        *(str(entry.get(key, "")) for key in TITLES),
    )


def _change(given: Entry) -> Change:
    action = next(action for action in ACTIONS if action in given)
    return Change(given["table"], given["column"], action, given[action], given.get("where", {}))


def scenario_problems(instance: Instance, scenario: Scenario) -> list[Problem]:
    """Apply a scenario and report the problems: changes that cannot be made, and rules that they break.

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
        for problem in check_tables(None, tables, changed=touched, suggest=word_meant)
    ]


def unfit_changes(scenario: Scenario, tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Report changes that cannot be made, when the instance breaks rules so that its scenarios cannot be applied.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    tables : mapping of str to DataFrame
        The tables that were read in full.
    """
    problems = []
    made: set[tuple[str, str]] = set()
    for number, change in enumerate(scenario.changes, start=1):
        texts = refusals(change)
        # Rows may fit by what an earlier change makes of them.
        fixed = made.isdisjoint((change.table, name) for name in change.where)
        if not texts and fixed and change.table in tables:
            texts = _unfit(change, tables[change.table])
        problems += [_problem(f"scenario '{scenario.name}', change {number}: {text}") for text in texts]
        made.add((change.table, change.column))
    return problems


def _unfit(change: Change, frame: pd.DataFrame) -> tuple[str, ...]:
    try:
        matching_rows(change, INPUT_TABLES[change.table], frame)
    except ChangeRefused as refused:
        return refused.texts
    return ()


def _place(tables: Any, problem: Problem) -> str:
    """Name a row by its key, since the lines of the file are not those of the changed table."""
    name = problem.file.removesuffix(".csv")
    if not problem.line:
        return problem.file
    table = INPUT_TABLES[name]
    row = tables[name].iloc[problem.line - 2]
    key = ", ".join(f"{column} {format_cell(table.column(column), row[column]) or 'empty'}" for column in table.key)
    return f"{problem.file} ({key})"
