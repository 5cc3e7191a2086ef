"""The description of an instance's tables for the tools of others: valid by the standard, and true to the tables."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from jsonschema.validators import validator_for

from routeplan.data.datapackage import datapackage, datapackage_of
from routeplan.data.read import read, read_with_free_columns
from routeplan.data.write import write
from routeplan.result.folder import save
from routeplan.schema.column import Kind
from routeplan.schema.inputs import INPUT_TABLES
from small import best, small

ROOT = Path(__file__).parents[2]
TINY = ROOT / "instances" / "tiny"
PROFILE = json.loads((Path(__file__).parent / "frictionless" / "tabular-data-package.json").read_text(encoding="utf-8"))

EVERY_HEADER = {name: table.names for name, table in INPUT_TABLES.items()}


def described(folder: Path) -> dict[str, Any]:
    """The description in a folder."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def schemas(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The schema of each table."""
    return {resource["name"]: resource["schema"] for resource in package["resources"]}


def fields(package: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every field, by table and name."""
    return {(name, field["name"]): field for name, schema in schemas(package).items() for field in schema["fields"]}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance that uses every table, written with its columns of notes."""
    instance, free = read_with_free_columns(TINY)
    return write(instance, tmp_path_factory.mktemp("instances") / "tiny", free=free)


def test_it_obeys_the_standard(tiny: Path) -> None:
    """The profile of the standard finds nothing wrong; with a type that it does not know, it does."""
    package = described(tiny)
    profile = validator_for(PROFILE)(PROFILE)
    assert [error.message for error in profile.iter_errors(package)] == []
    package["resources"][0]["schema"]["fields"][0]["type"] = "year of our Lord"
    assert len(list(profile.iter_errors(package))) == 1


def test_every_column_is_described() -> None:
    """Name, unit and sentence of each column of the schema are there, in its order; numbers are numbers."""
    found = fields(json.loads(datapackage("any", EVERY_HEADER)))
    assert list(found) == [(table.name, name) for table in INPUT_TABLES.values() for name in table.names]
    for (table, name), field in found.items():
        column = INPUT_TABLES[table].column(name)
        assert field.get("unit", "") == column.unit
        assert field["description"].startswith(column.about)
        assert field.get("constraints", {}).get("required", False) == column.required
        assert (field["type"] == "string") == column.kind.is_text
        assert (field["type"] == "number") == (column.kind is Kind.NUMBER)


def test_ranges_and_words_are_constraints() -> None:
    """Latitude has two bounds, the family of a route its words, a flag 0 and 1, an id no spaces."""
    found = fields(json.loads(datapackage("any", EVERY_HEADER)))
    assert found["sites", "lat"]["constraints"] == {"required": True, "minimum": -90, "maximum": 90}
    assert found["links", "mode"]["constraints"]["enum"] == ["pipe", "barge", "truck"]
    assert found["links", "one_way"]["constraints"] == {"enum": [0, 1]}
    assert found["sites", "site"]["constraints"]["pattern"] == r"\S+"
    assert found["sites", "contract"]["description"].endswith("Empty: the site itself.")
    assert found["sites", "price_group"]["description"] == "Group of prices that the site pays. Empty: all."


def test_references_are_foreign_keys() -> None:
    """A reference to one table is a foreign key; one to either of two tables is told in words."""
    found = schemas(json.loads(datapackage("any", EVERY_HEADER)))
    assert found["options"]["foreignKeys"] == [
        {"fields": ["process"], "reference": {"resource": "processes", "fields": ["process"]}},
        {"fields": ["route"], "reference": {"resource": "routes", "fields": ["route"]}},
    ]
    # Areas refer to themselves, which the standard writes as an empty name.
    assert found["areas"]["foreignKeys"] == [
        {"fields": ["parent"], "reference": {"resource": "", "fields": ["area"]}},
    ]
    assert "foreignKeys" not in found["links"]
    (end,) = [field for field in found["links"]["fields"] if field["name"] == "from"]
    assert end["description"].endswith("One of nodes or sites.")


def test_a_key_that_may_be_empty_is_no_primary_key() -> None:
    """The standard allows no empty cell in a primary key: support and decided have none, every other table has its."""
    found = schemas(json.loads(datapackage("any", EVERY_HEADER)))
    assert {name for name, schema in found.items() if "primaryKey" not in schema} == {"support", "decided"}
    assert found["prices"]["primaryKey"] == ["item", "group", "period"]


def test_only_tables_that_are_there_are_described() -> None:
    """No table that is absent, and no reference to one."""
    package = json.loads(datapackage("any", {"sites": ["site", "area", "note"]}))
    assert list(fields(package)) == [("sites", "site"), ("sites", "area"), ("sites", "note")]
    assert "foreignKeys" not in schemas(package)["sites"]


def test_an_instance_holds_against_its_description(tiny: Path) -> None:
    """A checker that knows nothing but the standard finds nothing wrong with the tables, notes included."""
    package = described(tiny)
    assert "note" in [field["name"] for field in schemas(package)["sites"]["fields"]]
    assert faults(tiny, package) == []


WRONG: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "sites": lambda rows: rows.assign(area="nowhere"),
    "routes": lambda rows: rows.assign(family="coal"),
    "options": lambda rows: rows.assign(capex="much"),
    "periods": lambda rows: rows.assign(years="0"),
    "pots": lambda rows: pd.concat([rows, rows]),
    "nodes": lambda rows: rows.assign(node=rows["node"] + " x"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_description_refuses_what_is_wrong(tiny: Path, tmp_path: Path, name: str) -> None:
    """The same checker finds a lost reference, a word, a number, a range, a key and an id that are wrong."""
    for path in tiny.glob("*.csv"):
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        spoiled = WRONG[name](rows) if path.stem == name else rows
        spoiled.to_csv(tmp_path / path.name, index=False)
    assert name in {fault.split(":")[0] for fault in faults(tmp_path, described(tiny))}


def faults(folder: Path, package: dict[str, Any]) -> list[str]:
    """Hold tables against their description, by the letter of the standard and without routeplan."""
    tables: dict[str, list[dict[str, str]]] = {}
    told = []
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
            reader = csv.DictReader(file)
            tables[resource["name"]] = list(reader)
            if reader.fieldnames != [field["name"] for field in resource["schema"]["fields"]]:
                told.append(f"{resource['name']}: other columns")
    for name, schema in schemas(package).items():
        rows = tables[name]
        told += [f"{name}: {field['name']}" for field in schema["fields"] for row in rows if not _obeys(field, row)]
        key = [tuple(row[part] for part in schema.get("primaryKey", [])) for row in rows]
        told += [f"{name}: key"] if "primaryKey" in schema and len(set(key)) < len(key) else []
        for foreign in schema.get("foreignKeys", []):
            (column,), (other,) = foreign["fields"], foreign["reference"]["fields"]
            known = {row[other] for row in tables[foreign["reference"]["resource"] or name]}
            told += [f"{name}: {column} {row[column]}" for row in rows if row[column] and row[column] not in known]
    return told


def _obeys(field: dict[str, Any], row: dict[str, str]) -> bool:
    cell, limits = row[field["name"]], field.get("constraints", {})
    if cell == "":
        return not limits.get("required", False)
    if field["type"] == "string":
        fits = re.fullmatch(limits.get("pattern", ".*"), cell, flags=re.DOTALL) is not None
        return fits and cell in limits.get("enum", [cell])
    if not re.fullmatch(r"[+-]?\d+" if field["type"] == "integer" else r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", cell):
        return False
    number = float(cell)
    within = limits.get("minimum", number) <= number <= limits.get("maximum", number)
    return within and number in limits.get("enum", [number])


def test_it_is_written_beside_every_instance_and_not_read(tmp_path: Path) -> None:
    """It is there in an instance that is written, again when it is replaced, and whatever it says is let be."""
    folder = write(small(), tmp_path / "small")
    assert described(folder)["name"] == "small"
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert read(folder).sha256 == small().sha256
    write(small(), folder, overwrite=True)
    assert "hubs" not in schemas(described(folder))


def test_it_is_written_into_a_result(tmp_path: Path) -> None:
    """The tables from which a plan was made are described too."""
    folder = save(best(small()), tmp_path / "plan")
    assert faults(folder / "instance", described(folder / "instance")) == []


@pytest.mark.parametrize("name", ["tiny", "achterhoek"])
def test_shipped_instances_are_described(name: str) -> None:
    """What lies beside the tables of a shipped instance describes them as they are, and they hold against it."""
    folder = ROOT / "instances" / name
    assert (folder / "datapackage.json").read_text(encoding="utf-8") == datapackage_of(name, folder)
    assert faults(folder, described(folder)) == []


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    """Two writings of an instance give the same bytes."""
    one, other = (write(small(), tmp_path / name) for name in ("one", "other"))
    assert (one / "datapackage.json").read_bytes() == (other / "datapackage.json").read_bytes()
