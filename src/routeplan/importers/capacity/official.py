"""The official schema of the capacity map."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from routeplan.errors import Problem
from routeplan.importers.json.rules import broken_rules

SCHEMA_FILE = Path(__file__).parent / "official" / "im_capaciteitskaart.schema.json"


@cache
def official_schema() -> dict[str, Any]:
    """The schema as Netbeheer Nederland publishes it, version 1.3.0."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def schema_problems(file: str, document: Any) -> list[Problem]:
    """Check a document against the official schema, as `broken_rules` does."""
    return broken_rules(file, document, official_schema())
