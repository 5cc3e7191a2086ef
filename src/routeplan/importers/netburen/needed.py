"""What is needed of a file of Netburen: our own statement of the published data product, version 1.0.0."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from routeplan.errors import Problem
from routeplan.importers.json.rules import broken_rules

SCHEMA_FILE = Path(__file__).parent / "needed" / "netburen.schema.json"

Schema = dict[str, Any]


@cache
def needed_schema() -> Schema:
    """The statement, as a JSON schema; names that it does not have are allowed, and not read."""
    schema: Schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def needed_problems(file: str, document: Any) -> list[Problem]:
    """Check a document against what is needed, as `broken_rules` does."""
    return broken_rules(file, document, needed_schema())


def names_not_read(document: Any) -> list[str]:
    """Names in a document that the statement does not have, each once, as ``substations[].bays[].voltage``."""
    found = _strange(document, needed_schema(), "")
    return list(dict.fromkeys(re.sub(r"\[\d+\]", "[]", name) for name in found))


def _strange(item: Any, rule: Schema, place: str) -> Iterator[str]:
    rule = needed_schema()["$defs"][rule["$ref"].removeprefix("#/$defs/")] if "$ref" in rule else rule
    if isinstance(item, list) and "items" in rule:
        for position, entry in enumerate(item):
            yield from _strange(entry, rule["items"], f"{place}[{position}]")
    elif isinstance(item, dict) and "properties" in rule:
        for name, value in item.items():
            below = f"{place}.{name}" if place else name
            known = rule["properties"].get(name)
            yield from [below] if known is None else _strange(value, known, below)
