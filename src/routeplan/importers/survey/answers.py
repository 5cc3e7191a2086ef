"""Answers of a filled-in survey, be it a workbook with named cells or the JSON of the same questions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from routeplan.data.csv_cells import Unreadable, read_text
from routeplan.data.workbook.file import Value
from routeplan.data.workbook.named import Fault, read_named_cells
from routeplan.errors import Message, Problem
from routeplan.importers.survey.mapping import Names
from routeplan.importers.survey.profile import Profile, profile_of_series, profiles_of_cells
from routeplan.instance.rules.words import folded

WORKBOOKS, JSON = (".xlsx", ".xlsm", ".xls"), ".json"
"""Ends of the names of surveys; a workbook of old Excel is refused with advice."""

_LARGEST = 10**15
_SURVEY, _ADDRESSES, _CONNECTIONS = "survey", "addresses", "gridConnections"


@dataclass(frozen=True)
class Answer:
    """An answer of a survey.

    Parameters
    ----------
    name : str
        Name of the cell, or the way to it in JSON.
    sheet, cell : str
        Where it stands in a workbook.
    value : Value
        What it is; None where nobody answered.
    fault : Fault or None
        Why it cannot be read.
    """

    name: str
    sheet: str = ""
    cell: str = ""
    value: Value = None
    fault: Fault | None = None


@dataclass(frozen=True)
class FilledIn:
    """A survey that was filled in for one grid connection.

    Parameters
    ----------
    file : str
        Name of the file.
    part : str
        Which of several surveys in a file it is; "" for a workbook.
    answers : tuple of Answer
        Every answer.
    profiles : mapping of str to Profile
        Series of values by the name that they have, folded.
    """

    file: str
    part: str
    answers: tuple[Answer, ...]
    profiles: Mapping[str, Profile]


def read_survey(path: Path, names: Names) -> list[FilledIn]:
    """Read a survey: of a workbook one, of JSON one for each grid connection.

    Raises
    ------
    Unreadable
        When it is neither, or holds no answer that is looked for.
    """
    return _of_json(path) if path.suffix.lower() == JSON else [_of_workbook(path, names)]


def _of_workbook(path: Path, names: Names) -> FilledIn:
    cells = read_named_cells(path, names.addresses)
    answers = [
        Answer(each.name, each.sheet, each.area, each.value, None)
        if each.single
        else Answer(each.name, each.sheet, each.area, fault=each.fault or Fault.SEVERAL)
        for each in cells
    ]
    return FilledIn(path.name, "", tuple(answers), profiles_of_cells(cells))


def _of_json(path: Path) -> list[FilledIn]:
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise Unreadable(Problem(path.name, error.lineno, Message("is no JSON: {why}", why=error.msg))) from None
    except (ValueError, RecursionError):
        text = Message(
            "is no JSON of a survey: it has a number of thousands of digits, or lists within lists without end"
        )
        raise Unreadable(Problem(path.name, 0, text)) from None
    surveys = content if isinstance(content, list) else [content]
    found = [
        FilledIn(path.name, part, tuple(Answer(name, value=value) for name, value in answers), _series(nested))
        for number, survey in enumerate(surveys, start=1)
        for part, nested in _connections(survey, number)
        for answers in [list(_flat("", nested))]
    ]
    if not found:
        text = Message(
            "holds no survey; allowed: one, or a list of them, with companyName, addresses and gridConnections"
        )
        raise Unreadable(Problem(path.name, 0, text))
    return found


def _connections(survey: Any, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each grid connection of a survey, with what is said of its address and firm."""
    if isinstance(survey, dict) and isinstance(survey.get(_SURVEY), dict):
        survey = survey[_SURVEY]
    addresses = survey.get(_ADDRESSES) if isinstance(survey, dict) else None
    for at, address in enumerate(addresses if isinstance(addresses, list) else [], start=1):
        connections = address.get(_CONNECTIONS) if isinstance(address, dict) else None
        for which, connection in enumerate(connections if isinstance(connections, list) else [], start=1):
            if isinstance(connection, dict):
                of_firm = {name: value for name, value in survey.items() if name != _ADDRESSES}
                of_address = {name: value for name, value in address.items() if name != _CONNECTIONS}
                yield f"{number}.{at}.{which}", {**of_firm, **of_address, **connection}


def _flat(before: str, nested: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Answers by the way to them, such as ``naturalGas.annualDelivery_m3``."""
    for name, value in nested.items():
        way = before + name
        if isinstance(value, dict) and "values" not in value:
            yield from _flat(f"{way}.", value)
        elif isinstance(value, dict | list):
            yield way, json.dumps(value)[:80] if value else None
        else:
            # A whole number may have more digits than any float.
            yield way, str(value) if isinstance(value, int) and abs(value) > _LARGEST else value


def _series(nested: Mapping[str, Any], before: str = "") -> dict[str, Profile]:
    found: dict[str, Profile] = {}
    for name, value in nested.items():
        if isinstance(value, dict) and "values" in value:
            found[folded(before + name)] = profile_of_series(value)
        elif isinstance(value, dict):
            found |= _series(value, f"{before}{name}.")
    return found
