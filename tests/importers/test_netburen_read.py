"""A file of Netburen is held against what is needed of it; stations and usage points are read from each form."""

import json
from pathlib import Path
from typing import Any

import pytest

from netburen_file import connection, point, station, topology, written
from routeplan.errors import DataError
from routeplan.importers.netburen.needed import needed_problems
from routeplan.importers.netburen.topology import Topology, read_topology

Json = dict[str, Any]

SOUND = topology(station("MS 1", connection(point("871"), at=(52.1, 6.2), address="1234AB 23")))
CONNECTION = ("substations", 0, "bays", 0, "energy_connections", 0)
PLACE = "substations[0].bays[0].energy_connections[0]"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Write a document, and read it."""

    def reading(document: Json) -> Topology:
        path = tmp_path / "netburen.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return read_topology(path)

    return reading


def broken(*path: str | int, value: object) -> Json:
    """The sound document with another value in one place."""
    document: Json = json.loads(json.dumps(SOUND))
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


WRONG = {
    "identifier is 3; allowed: text": (("identifier",), 3),
    'release_date is "soon"; allowed: a date such as 2024-12-31': (("release_date",), "soon"),
    "substations is an object; allowed: a list": (("substations",), {}),
    "substations[0].bays[0] is null; allowed: an object": (("substations", 0, "bays", 0), None),
    f"{PLACE}.market_evaluation_points[0].european_article_number_ean is 871; allowed: text": (
        (*CONNECTION, "market_evaluation_points", 0, "european_article_number_ean"),
        871,
    ),
    f"{PLACE}.location.coordinate_system.crs_urn is missing; allowed: text": (
        (*CONNECTION, "location", "coordinate_system"),
        {},
    ),
}


@pytest.mark.parametrize("told", WRONG)
def test_what_breaks_it_is_told_by_path_and_rule(told: str) -> None:
    """As the capacity map tells it."""
    path, value = WRONG[told]
    assert [str(problem) for problem in needed_problems("n.json", broken(*path, value=value))] == [f"n.json: {told}"]


def test_all_problems_come_at_once() -> None:
    """A file of the first form of the model, which has islands for stations, and no head."""
    told = [problem.text for problem in needed_problems("n.json", {"topological_islands": []})]
    names = ("identifier", "contact_point", "conforms_to", "release_date", "version", "substations")
    assert sorted(text.split()[0] for text in told) == sorted(names)


def test_coordinates_that_are_no_numbers_are_refused(read: Any) -> None:
    """Each by its place; one that is not finite too."""
    wrong = [{"x_position": "east", "y_position": "52"}, {"x_position": "6.1", "y_position": "nan"}]
    with pytest.raises(DataError) as refused:
        read(broken(*CONNECTION, "location", "position_points", value=wrong))
    where = f"netburen.json: {PLACE}.location.position_points"
    assert [str(problem) for problem in refused.value.problems] == [
        f'{where}[0].x_position is "east"; allowed: a number as text, such as "6.19"',
        f'{where}[1].y_position is "nan"; allowed: a number as text, such as "6.19"',
    ]


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    """By its line."""
    path = tmp_path / "n.json"
    path.write_text("<xml/>", encoding="utf-8")
    with pytest.raises(DataError, match="is no JSON"):
        read_topology(path)
    with pytest.raises(DataError, match="No such file"):
        read_topology(tmp_path / "nowhere.json")


def test_a_usage_point_has_its_names_address_and_place(read: Any) -> None:
    """EAN first; the postcode without blanks; the first coordinate is the longitude."""
    (found,) = read(SOUND).points
    assert (found.station, found.names) == ("MS 1", ("871", "1234AB 23"))
    assert tuple(found.at) == (52.1, 6.2)
    assert found.place == f"{PLACE}.market_evaluation_points[0]"


def test_the_form_of_the_published_example_is_read(read: Any) -> None:
    """It has consumers for connections, no coordinates, and a station without a name, which is called by its place."""
    consumers = [connection(point(ean), address=f"1234AB {ean}") for ean in ("1", "2")]
    found = read(topology({"bays": [{"description": "MS-1-V04", "energy_consumers": consumers}]}))
    assert [(each.code, each.is_named) for each in found.stations] == [("substations[0]", False)]
    assert [each.names for each in found.points] == [("1", "1234AB 1"), ("2", "1234AB 2")]
    assert found.left == ()


def test_the_form_of_the_model_is_read(read: Any) -> None:
    """It has usage points; a connection without one stands for itself."""
    with_points = {"usage_points": [point("1"), point("2")], "short_name": "dairy"}
    found = read(topology(station("A", with_points, {"m_rid": "x-1"})))
    assert [each.names for each in found.points] == [("1", "dairy"), ("2", "dairy"), ("x-1",)]


def test_stations_of_one_name_are_told_apart(read: Any) -> None:
    """By their m_rid, else by their place."""
    found = read(topology(station("A"), station("A", m_rid="a-2"), station("B")))
    assert [(each.code, each.name) for each in found.stations] == [("substations[0]", "A"), ("a-2", "A"), ("B", "B")]


def test_what_is_not_read_is_told(read: Any) -> None:
    """Unknown names once, a connection that is out of service, and a place that is nowhere in the Netherlands."""
    odd = connection(point("1", meter="x"), at=(10.0, 20.0))
    idle = connection(point("2", meter="y"), normally_in_service=False)
    found = read(topology(station("A", odd, idle), lines=[]))
    assert [each.what for each in found.left] == [
        "substations[].bays[].energy_connections[].market_evaluation_points[].meter",
        "lines",
        f"{PLACE}.location",
        PLACE.replace("connections[0]", "connections[1]"),
    ]
    assert [(each.names, each.at.known) for each in found.points] == [(("1",), False)]


@pytest.mark.parametrize("pair", [("155000", "463000"), ("463000", "155000"), ("5.38720621", "52.1551744")])
def test_metres_of_rd_new_are_degrees(read: Any, pair: tuple[str, str]) -> None:
    """Both pairs are the tower of Amersfoort, from which RD New counts, whichever coordinate is first."""
    east, north = pair
    points = [{"x_position": east, "y_position": north}]
    (found,) = read(broken(*CONNECTION, "location", value={"position_points": points})).points
    assert tuple(found.at) == pytest.approx((52.1551744, 5.38720621))


def test_an_outline_is_at_its_middle(read: Any) -> None:
    """Of two corners."""
    points = [{"x_position": "6.0", "y_position": "52.0"}, {"x_position": "6.2", "y_position": "52.4"}]
    (found,) = read(broken(*CONNECTION, "location", value={"position_points": points})).points
    assert tuple(found.at) == pytest.approx((52.2, 6.1))


def test_the_small_file_is_written_as_it_is_read(tmp_path: Path) -> None:
    """The document that these tests vary breaks no rule."""
    path = written(tmp_path / "n.json", *SOUND["substations"])
    assert needed_problems("n.json", SOUND) == []
    assert len(read_topology(path).points) == 1
