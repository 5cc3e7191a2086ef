"""The sheet of settings: a key and its value in each row."""

from collections.abc import Iterator
from typing import Any

from routeplan.data.csv_cells import Cells
from routeplan.data.header import header_problems
from routeplan.data.workbook.cells import cells_of, text_of
from routeplan.data.workbook.file import Sheet, Value
from routeplan.data.workbook.sheets import INSTANCE_SHEET
from routeplan.data.workbook.values import cell_of, in_json, value_of
from routeplan.errors import Problem
from routeplan.instance.rules.settings import allowed, setting_problem
from routeplan.schema.column import Column
from routeplan.schema.settings import (
    FORMAT,
    FORMAT_COLUMN,
    FORMAT_KEY,
    SETTING_COLUMNS,
    SETTING_GROUPS,
    SETTINGS_FILE,
    Settings,
)


def settings_rows(settings: Settings) -> Iterator[tuple[str, Value, str]]:
    """Put settings into rows of key, value and note.

    Parameters
    ----------
    settings : Settings
        The settings.
    """
    yield FORMAT_KEY, FORMAT, FORMAT_COLUMN.about
    for key, column in SETTING_COLUMNS.items():
        yield key, cell_of(getattr(settings, key), column), _note(column)
    for group in SETTING_GROUPS:
        for name, inner in getattr(settings, group).items():
            yield f"{group}.{name}", in_json(inner) if inner == "" else cell_of(inner, None), ""


def _note(column: Column) -> str:
    """Meaning of a setting, and its allowed values where these are not any text."""
    return column.about if column.kind.is_text and not column.words else f"{column.about} {allowed(column)}"


def settings_given(sheet: Sheet) -> tuple[Cells, dict[str, Any], list[Problem]]:
    """Read settings from rows of key and value.

    Parameters
    ----------
    sheet : Sheet
        The sheet.

    Returns
    -------
    cells : Cells
        The sheet as text, for the places of problems.
    given : dict
        The keys with a value, as ``instance.toml`` would have them; groups as dictionaries.
    problems : list of Problem
        What is wrong with the form of the sheet.

    Raises
    ------
    Unreadable
        When it is empty, or cells are merged.
    """
    cells = cells_of(SETTINGS_FILE, INSTANCE_SHEET, sheet)
    problems = header_problems(INSTANCE_SHEET, cells)
    given: dict[str, Any] = {}
    if problems:
        return cells, given, problems
    keys, values = (cells.header.index(name) for name in ("key", "value"))
    seen: set[str] = set()
    for row, line in zip(sheet.rows[1:], sheet.lines[1:], strict=True):
        key, value = text_of(_at(row, keys)), _at(row, values)
        if key in seen:
            problems.append(Problem(SETTINGS_FILE, line, f"key '{key}' is there twice; allowed: each key once", "key"))
        elif value is not None:
            problems += _put(given, key, value, line)
        seen.add(key)
    return cells, given, problems


def _at(row: list[Value], position: int) -> Value:
    return row[position] if position < len(row) else None


def _put(given: dict[str, Any], key: str, value: Value, line: int) -> list[Problem]:
    """Add a key; below its group, where its name says so."""
    group, dot, name = key.partition(".")
    column = FORMAT_COLUMN if key == FORMAT_KEY else SETTING_COLUMNS.get(key)
    try:
        taken = value_of(value, column)
    except ValueError as error:
        what = allowed(column) if column else "text or a number"
        return [Problem(SETTINGS_FILE, line, setting_problem(key, error, what).text, key)]
    if dot and group in SETTING_GROUPS:
        given.setdefault(group, {})[name] = taken
    else:
        given[key] = taken
    return []
