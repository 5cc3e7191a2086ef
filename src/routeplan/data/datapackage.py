"""``datapackage.json``: the tables of an instance described for the tools of others (Frictionless Data Package)."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from routeplan.data.csv_cells import read_cells
from routeplan.data.header import FREE_PREFIXES
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import INPUT_TABLES

DATAPACKAGE_FILE = "datapackage.json"

ABOUT = (
    "Written by routeplan from its schema; routeplan itself does not read it. Not stated here: a reference to either "
    "of two tables (such as a node or a site), the key of a table in which part of it may be empty, that no id "
    "is 'all', and rules across rows and tables."
)

TYPES = {
    Kind.ID: "string",
    Kind.WORD: "string",
    Kind.TEXT: "string",
    Kind.NUMBER: "number",
    Kind.WHOLE: "integer",
    Kind.FLAG: "integer",
}


def datapackage(name: str, headers: Mapping[str, Iterable[str]]) -> str:
    """Describe the tables in an instance's folder, as JSON text.

    Parameters
    ----------
    name : str
        Name of the instance.
    headers : mapping of str to names
        The tables that are in the folder, each with the names of its columns as they stand there.
    """
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "description": ABOUT,
        "resources": [
            _resource(table, headers[table.name], set(headers))
            for table in INPUT_TABLES.values()
            if table.name in headers
        ],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def datapackage_of(name: str, folder: Path) -> str:
    """Describe the tables that lie in a folder.

    Parameters
    ----------
    name : str
        Name of the instance.
    folder : Path
        The folder, whose tables can be read.
    """
    paths = {table.name: folder / table.file for table in INPUT_TABLES.values()}
    return datapackage(name, {table: read_cells(path).header for table, path in paths.items() if path.exists()})


def _resource(table: Table, header: Iterable[str], present: set[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table, header, present),
    }


def _schema(table: Table, header: Iterable[str], present: set[str]) -> dict[str, Any]:
    names = list(header)
    schema: dict[str, Any] = {
        "fields": [_field(table.column(name)) if table.has(name) else _free(name) for name in names],
        "missingValues": [""],
    }
    if not any(table.column(name).may_be_empty or name not in names for name in table.key):
        schema["primaryKey"] = list(table.key)
    references = [
        _foreign_key(table, column)
        for column in table.columns
        if len(column.refers) == 1 and present.issuperset(column.refers) and column.name in names
    ]
    return schema | ({"foreignKeys": references} if references else {})


def _field(column: Column) -> dict[str, Any]:
    """Describe a column; the unit is a property of our own, as the standard allows."""
    field = {"name": column.name, "type": TYPES[column.kind], "description": _about(column)}
    unit = {"unit": column.unit} if column.unit else {}
    constraints = _constraints(column)
    return field | unit | ({"constraints": constraints} if constraints else {})


def _about(column: Column) -> str:
    """Description of a column, with the properties that the standard does not cover."""
    more = []
    if len(column.refers) > 1:
        more.append(f"One of {' or '.join(column.refers)}.")
    if column.above > float("-inf"):
        more.append(f"Above {column.above:g}.")
    if column.same_as:
        more.append(f"Empty: the {column.same_as} itself.")
    elif not column.required and not column.may_be_empty:
        default = f"{column.default:g}" if isinstance(column.default, float) else column.default
        more.append(f"Empty: {default}.")
    return " ".join([column.about, *more])


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.kind is Kind.FLAG:
        return constraints | {"enum": [0, 1]}
    if column.words:
        constraints["enum"] = list(column.words)
    if column.kind is Kind.ID:
        constraints["pattern"] = r"\S+"
    if column.low > float("-inf"):
        constraints["minimum"] = _bound(column.low)
    if column.high < float("inf"):
        constraints["maximum"] = _bound(column.high)
    return constraints


def _bound(value: float) -> float:
    return int(value) if value.is_integer() else value


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    (other,) = column.refers
    # The standard names the table itself by an empty string.
    resource = "" if other == table.name else other
    return {
        "fields": [column.name],
        "reference": {"resource": resource, "fields": [INPUT_TABLES[other].key[0]]},
    }


def _free(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "string",
        "description": f"Free text; columns that begin with {' or '.join(FREE_PREFIXES)} are not read.",
    }
