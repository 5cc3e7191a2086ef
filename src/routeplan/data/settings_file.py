"""Read ``instance.toml``."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from routeplan.data.csv_cells import Unreadable, read_text
from routeplan.data.typed import hint_at_notation
from routeplan.errors import Message, Problem
from routeplan.instance.rules.settings import allowed, check_setting, setting_problem
from routeplan.instance.rules.words import did_you_mean
from routeplan.schema.column import Kind
from routeplan.schema.settings import (
    FORMAT,
    FORMAT_KEY,
    SETTING_COLUMNS,
    SETTING_GROUPS,
    SETTINGS_FILE,
    SILENCED,
    Settings,
)

_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
_NUMBER = re.compile(r"=\s*([+-]?[0-9]+(?:[.,][0-9]+)+)")
"""A number behind a key, with points and commas in it."""


def read_settings(folder: Path) -> tuple[Settings | None, list[Problem]]:
    """Read the settings of an instance.

    Parameters
    ----------
    folder : Path
        The instance's folder.

    Returns
    -------
    settings : Settings or None
        None when there are problems.
    problems : list of Problem
        Everything that is wrong with the file.
    """
    path = folder / SETTINGS_FILE
    if not path.exists():
        return None, [Problem(SETTINGS_FILE, 0, "the file is missing; allowed: one in every instance")]
    try:
        given = read_toml(path)
    except Unreadable as refused:
        return None, [refused.problem]
    return settings_from(given)


def settings_from(given: dict[str, Any]) -> tuple[Settings | None, list[Problem]]:
    """Convert the keys of a file to settings, or report every problem.

    Parameters
    ----------
    given : dict
        The keys and values of ``instance.toml``.
    """
    version = given.get(FORMAT_KEY, 1)
    if newer := newer_format(SETTINGS_FILE, version):
        return None, [newer]
    known = [FORMAT_KEY, *SETTING_COLUMNS, *SETTING_GROUPS]
    problems = [
        *unknown_keys(SETTINGS_FILE, "", given, known),
        *_wrong_values(given),
        *check_setting(FORMAT_KEY, version),
    ]
    return (None, problems) if problems else (_settings(given), [])


def newer_format(file: str, version: Any) -> Problem | None:
    """Problem of a file of a later version of the format, of which nothing more can be said; None for others."""
    # In a workbook a number that was entered as text is read with a point.
    if not isinstance(version, int | float) or not version > FORMAT or version % 1 != 0:
        return None
    text = (
        f"key '{FORMAT_KEY}' is {int(version)}: this was written by a newer routeplan; allowed: up to {FORMAT}, or, to "
        "read it, pip install --upgrade routeplan"
    )
    return Problem(file, 0, text, FORMAT_KEY)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    Unreadable
        When it cannot be opened or is no TOML.
    """
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place.group(1)) if place else 0
        why = _PLACE.sub("", str(error))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets in hundreds of brackets
        line, why = 0, str(error).partition(";")[0]
    number = _NUMBER.search(text.split("\n")[line - 1]) if line else None
    if number and (hint := hint_at_notation(number.group(1))):
        why = Message("{why} ({hint})", why=why, hint=hint)
    raise Unreadable(Problem(path.name, line, Message("cannot be read as TOML: {why}", why=why)))


def unknown_keys(file: str, where: str, given: Iterable[str], known: list[str]) -> list[Problem]:
    """Report unknown keys, each with the nearest known one.

    Parameters
    ----------
    file : str
        File name.
    where : str
        What precedes the sentence, such as ``"scenario 'late': "``.
    given, known : names
        Keys of the file, and keys of the format.
    """
    return [
        Problem(
            file,
            0,
            f"{where}key {_quoted(key)} is unknown{did_you_mean(key, known)}; allowed: {', '.join(known)}",
            column=key,
        )
        for key in given
        if key not in known
    ]


def _quoted(key: str) -> str:
    """A key in quotes; one with signs that cannot be printed, such as line breaks, by their codes."""
    return f"'{key}'" if key.isprintable() else ascii(key)


def _wrong_values(given: dict[str, Any]) -> list[Problem]:
    problems = []
    for key, column in SETTING_COLUMNS.items():
        if key in given:
            problems += check_setting(key, given[key])
        elif column.required:
            problems.append(Problem(SETTINGS_FILE, 0, f"key '{key}' is missing; allowed: {allowed(column)}", key))
    for key in SETTING_GROUPS:
        if key in given and not isinstance(given[key], dict):
            problems.append(setting_problem(key, given[key], f"a group of keys, below a line [{key}]"))
    reasons = given.get(SILENCED)
    for name, reason in reasons.items() if isinstance(reasons, dict) else ():
        if not isinstance(reason, str) or not reason.strip():
            problems.append(setting_problem(f"{SILENCED}.{name}", reason, "the reason, in words"))
    return problems


def _settings(given: dict[str, Any]) -> Settings:
    whole = {key for key, column in SETTING_COLUMNS.items() if column.kind is Kind.WHOLE}
    number = {key for key, column in SETTING_COLUMNS.items() if column.kind is Kind.NUMBER}
    values: dict[str, Any] = {
        key: int(value) if key in whole else float(value) if key in number else value
        for key, value in given.items()
        if key != FORMAT_KEY
    }
    return Settings(**values)
