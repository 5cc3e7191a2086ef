"""Files of the capacity map are held against the official schema; what breaks it is told by path and rule."""

import json
from pathlib import Path
from typing import Any

import pytest

from capacity_map import area, capacity_map, fed_by, until, work
from routeplan.data.csv_cells import Unreadable
from routeplan.importers.capacity.official import SCHEMA_FILE, official_schema, schema_problems
from routeplan.importers.json.file import read_json

Json = dict[str, Any]

SOUND = capacity_map(
    area("OS A", 4.5, postcode_areas=fed_by("OS B"), works=[work("W1", until(year=2030, quarter=4))]),
    area("OS B", type="energy_area", demand_alleviation_year=2030),
)


def told(document: object) -> list[str]:
    return [str(problem) for problem in schema_problems("map.json", document)]


def broken(*path: str | int, value: object) -> Json:
    """The sound document with another value in one place."""
    document: Json = json.loads(json.dumps(SOUND))
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


def test_a_sound_document_has_no_problems() -> None:
    """The small document that the tests vary is of the schema."""
    assert told(SOUND) == []


def test_the_schema_is_the_official_one(shared_data: Path) -> None:
    """The package carries the published file, byte for byte."""
    published = shared_data / "capaciteitskaart" / "im_capaciteitskaart.schema.json"
    assert SCHEMA_FILE.read_bytes() == published.read_bytes()
    assert official_schema()["version"] == "1.3.0"


@pytest.mark.parametrize("operator", ["dso-20250110", "tso-20250120"])
def test_the_published_examples_are_sound(shared_data: Path, operator: str) -> None:
    """Both example files of Netbeheer Nederland obey it."""
    example = shared_data / "capaciteitskaart" / f"im_capaciteitskaart_{operator}.json"
    assert told(read_json(example)) == []


AREA = ("energy_areas", 0)
INTERVAL = (*AREA, "works", 0, "time_schedules", 0, "schedule_interval")
WRONG = {
    'energy_areas[0].demand_available_capacity is "x"; allowed: a number, 0 or more': (
        (*AREA, "demand_available_capacity"),
        "x",
    ),
    "energy_areas[0].demand_available_capacity is -1; allowed: a number, 0 or more": (
        (*AREA, "demand_available_capacity"),
        -1,
    ),
    "energy_areas[0].demand_available_capacity is true; allowed: a number, 0 or more": (
        (*AREA, "demand_available_capacity"),
        True,
    ),
    "energy_areas[1].demand_alleviation_year is 2030.5; allowed: a whole number": (
        ("energy_areas", 1, "demand_alleviation_year"),
        2030.5,
    ),
    'energy_areas[1].type is "station"; allowed: energy_area, congestion_area': (
        ("energy_areas", 1, "type"),
        "station",
    ),
    "energy_areas[0].works[0].time_schedules[0].schedule_interval.quarter is 5; allowed: a whole number, 1 to 4": (
        (*INTERVAL, "quarter"),
        5,
    ),
    'energy_areas[0].works[0].time_schedules[0].schedule_interval.end is "2026-13-01"; '
    "allowed: a date such as 2024-12-31": ((*INTERVAL, "end"), "2026-13-01"),
    "energy_areas[0].works is an object; allowed: a list": ((*AREA, "works"), {}),
    "energy_areas[1] is null; allowed: an object": (("energy_areas", 1), None),
    "issued is 20260101; allowed: a date such as 2024-12-31": (("issued",), 20260101),
    'energy_areas[0].postcode_areas[0].demand_constraint is "green"; allowed: transparant, red, amber, yellow': (
        (*AREA, "postcode_areas", 0, "demand_constraint"),
        "green",
    ),
}


@pytest.mark.parametrize("message", WRONG)
def test_each_wrong_value_is_told_by_path_and_rule(message: str) -> None:
    """Place in the document, value, and what is allowed there."""
    path, value = WRONG[message]
    assert told(broken(*path, value=value)) == [f"map.json: {message}"]


def test_what_is_missing_or_unknown_is_told_name_by_name() -> None:
    """Two names that lack in one object and one that is misspelt: three lines, a likely name beside the last."""
    document = broken(*AREA, value={"demand_avaliable_capacity": 3})
    messages = told(document)
    assert messages[:2] == [
        "map.json: energy_areas[0].demand_avaliable_capacity is unknown (did you mean 'demand_available_capacity'?); "
        f"allowed: {', '.join(official_schema()['$defs']['EnergyArea']['properties'])}",
        "map.json: energy_areas[0].short_code is missing; allowed: text",
    ]
    assert messages[2:] == ["map.json: energy_areas[0].works is missing; allowed: a list"]


def test_a_document_of_another_kind_is_told_in_one_line() -> None:
    """A list where the whole should be an object."""
    assert told([]) == ["map.json: the whole is a list; allowed: an object"]


NO_JSON = {
    '{"a": 1,\n "b" 2}': "2: is no JSON: Expecting ':' delimiter, at character 6; allowed: a JSON file",
    "short_code,area\n": "1: is no JSON: Expecting value, at character 1; allowed: a JSON file",
    '{"a": {"b": 1, "b": 2}}': " has 'b' twice in one object; allowed: each name once",
    '{"a": NaN}': " holds NaN; allowed: numbers as JSON writes them",
    '{"a": -1e999}': " holds the number -1e999; allowed: numbers up to 1e308",
    '{"a": 1' + "0" * 5000 + "}": " holds the number 10000000000000000000; allowed: numbers up to 1e308",
    "[" * 100_000: " nests its values too deeply; allowed: at most some hundreds of levels",
}


@pytest.mark.parametrize("content", NO_JSON, ids=list(map(str, range(len(NO_JSON)))))
def test_what_is_no_json_is_refused(tmp_path: Path, content: str) -> None:
    """Broken text, a name twice, numbers that are none: refused with line or reason, before any rule is tried."""
    path = tmp_path / "map.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        read_json(path)
    assert str(refused.value.problem) == f"{path.as_posix()}:{NO_JSON[content]}"


def test_numbers_are_read_as_they_stand(tmp_path: Path) -> None:
    """Whole numbers stay whole; a byte-order mark is as if absent."""
    path = tmp_path / "map.json"
    path.write_bytes(b"\xef\xbb\xbf" + b'{"whole": 2030, "broken": 0.5, "large": 12345678901234567890}')
    found = read_json(path)
    assert found == {"whole": 2030, "broken": 0.5, "large": 12345678901234567890.0}
    assert isinstance(found["whole"], int)


def test_a_file_that_is_not_there_is_named_as_typed(tmp_path: Path) -> None:
    """Files of several years may share a name, so the message has the whole path."""
    path = tmp_path / "2026" / "map.json"
    with pytest.raises(Unreadable) as refused:
        read_json(path)
    assert str(refused.value.problem) == f"{path.as_posix()}: cannot be read: No such file or directory"
