"""Rules of a JSON schema: what breaks them, as messages with path and rule."""

import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft201909Validator
from jsonschema.exceptions import ValidationError

from routeplan.errors import Message, Problem
from routeplan.instance.rules.words import did_you_mean

Schema = dict[str, Any]

_KINDS = {
    "number": Message("a number"),
    "integer": Message("a whole number"),
    "string": Message("text"),
    "array": Message("a list"),
    "object": Message("an object"),
}
"""Types of JSON as a person would call them."""

_FORMATS = {"date": Message("a date such as 2024-12-31")}


def broken_rules(file: str, document: Any, schema: Schema) -> list[Problem]:
    """Check a document against a schema.

    Parameters
    ----------
    file : str
        What the document is called in messages.
    document : object
        The parsed JSON.
    schema : dict
        The schema, of draft 2019-09.

    Returns
    -------
    list of Problem
        Everything that breaks it, such as ``energy_areas[3].works is missing; allowed: a list``.
    """
    validator = Draft201909Validator(schema, format_checker=Draft201909Validator.FORMAT_CHECKER)
    told = dict.fromkeys(text for error in validator.iter_errors(document) for text in _messages(error, schema))
    return [Problem(file, 0, text) for text in told]


def _messages(error: ValidationError, schema: Schema) -> Iterator[str]:
    """Messages of an error; several where it has several unknown names."""
    place = error.json_path.removeprefix("$").removeprefix(".")
    rule: Any = error.schema  # of this schema no rule is a bare true or false
    found: Any = error.instance
    known = rule.get("properties", {})
    match error.validator:
        case "required":
            # The library makes one error for each name that lacks, and each holds the whole list.
            lacking = [name for name in rule["required"] if name not in found]
            yield from (
                Message(
                    "{name} is missing; allowed: {allowed}",
                    name=_below(place, name),
                    allowed=_allowed(known[name], schema),
                )
                for name in lacking
            )
        case "additionalProperties":
            extra = [name for name in found if name not in known]
            names = ", ".join(known)
            yield from (
                Message(
                    "{name} is unknown{meant}; allowed: {allowed}",
                    name=_below(place, name),
                    meant=did_you_mean(name, list(known)),
                    allowed=names,
                )
                for name in extra
            )
        case "type" | "minimum" | "maximum" | "enum" | "format":
            what = place or Message("the whole")
            yield Message(
                "{name} is {value}; allowed: {allowed}",
                name=what,
                value=_format_value(found),
                allowed=_allowed(rule, schema),
            )
        case _:
            yield f"{place}: {error.message}".removeprefix(": ")


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _format_value(value: Any) -> str:
    """A value as it stands in the file; of lists and objects only what they are."""
    if isinstance(value, dict):
        return Message("an object")
    if isinstance(value, list):
        return Message("a list")
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _allowed(item: Schema, schema: Schema) -> str:
    """Allowed values of one item: its kind, range, form or list of words."""
    rule = {**item, **_definition(item, schema)}
    if "enum" in rule:
        return ", ".join(map(str, rule["enum"]))
    kind = _FORMATS.get(rule.get("format", ""), _KINDS[rule["type"]])
    if "minimum" in rule and "maximum" in rule:
        return Message("{kind}, {low} to {high}", kind=kind, low=rule["minimum"], high=rule["maximum"])
    return Message("{kind}, {low} or more", kind=kind, low=rule["minimum"]) if "minimum" in rule else kind


def _definition(item: Schema, schema: Schema) -> Schema:
    """Definition to which a reference inside the schema points; empty where there is none."""
    name = item.get("$ref", "").removeprefix("#/$defs/")
    found: Schema = schema["$defs"][name] if name else {}
    return found
