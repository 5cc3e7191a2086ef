"""Read a file of YAML against its schema, and say of each problem on which line it is."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from routeplan.errors import DataError, Problem, system_reason
from routeplan.instance.rules.words import did_you_mean

SUFFIX = ".yaml"

Lines = Mapping[tuple[str | int, ...], int]
"""Line of each value, by the keys and places that lead to it."""


def read_yaml(path: Path, schema: Mapping[str, Any]) -> tuple[dict[str, Any], Lines]:
    """Read a file of YAML that holds a mapping.

    Parameters
    ----------
    path : Path
        The file.
    schema : mapping
        JSON Schema of what it may hold; the description of a property says what is allowed.

    Returns
    -------
    tuple of dict and mapping
        What the file holds, and the line of each value.

    Raises
    ------
    DataError
        With every problem of the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        told = system_reason(error) if isinstance(error, OSError) else "is not encoded in UTF-8"
        raise DataError([Problem(path.name, 0, f"cannot be read: {told}")]) from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        held = yaml.safe_load(text)
        lines = {} if node is None else dict(_lines(node, ()))
    except yaml.YAMLError as error:
        raise DataError([_unreadable(path, error)]) from None
    except RecursionError:
        text = "is nested too deep, or holds itself; allowed: a mapping of keys and values"
        raise DataError([Problem(path.name, 0, text)]) from None
    problems = list(_twice(path, node)) if node is not None else []
    found = Draft202012Validator(schema).iter_errors(held if held is not None else {})
    problems += [problem for error in found for problem in _told(path, error, lines)]
    if problems:
        raise DataError(sorted(problems))
    return held, lines


def _unreadable(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "cannot be read"
    return Problem(path.name, 0 if mark is None else mark.line + 1, f"is no YAML: {said}")


def _lines(node: yaml.Node, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*place, number))


def _twice(path: Path, node: yaml.Node) -> Iterator[Problem]:
    """Keys that a mapping has twice: YAML takes the last in silence."""
    if isinstance(node, yaml.MappingNode):
        known: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if known.setdefault(key.value, line) != line:
                said = f"'{key.value}' stands on line {known[key.value]} too; allowed: once"
                yield Problem(path.name, line, said, key.value)
            yield from _twice(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _twice(path, value)


def _told(path: Path, error: ValidationError, lines: Lines) -> Iterator[Problem]:
    """What is wrong, and what is allowed."""
    place = tuple(error.absolute_path)
    line, name = lines.get(place, 0), ".".join(map(str, place))
    schema: Any = error.schema
    given: Any = error.instance
    if error.validator == "additionalProperties":
        known = schema["properties"]
        for key in given:
            if key not in known:
                text = f"'{key}' is unknown{did_you_mean(key, known)}; allowed: {', '.join(known)}"
                yield Problem(path.name, lines.get((*place, str(key)), line), text, str(key))
    elif error.validator == "required":
        # There is an error for each that is missing, which names it first.
        key = next(key for key in schema["required"] if error.message.startswith(repr(key)))
        yield Problem(path.name, line, f"'{key}' is missing; allowed: {schema['properties'][key]['description']}")
    else:
        allowed = schema.get("description", "a mapping of keys and values")
        yield Problem(path.name, line, f"'{name}' is {given!r}; allowed: {allowed}", name)
