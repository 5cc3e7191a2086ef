"""A plan as GeoJSON: true to its tables, and to RFC 7946."""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from by_hand import INSTANCE, PLAN, instance, plan, without_plan

from routeplan.errors import NoPlan, UsageError
from routeplan.report.files.geojson import feature_collections, write_geojson
from routeplan.schema.inputs import BASES, COMMODITIES, LINKS
from routeplan.schema.results import EMISSIONS, FLOWS, REQUESTS, SITE_COSTS
from small import best, small, table

POSITION = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "minItems": 2,
    "maxItems": 2,
}

RFC_7946 = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"$ref": "#/$defs/feature"}},
    },
    # Section 7.1: members of other types are not for this one.
    "not": {"anyOf": [{"required": [name]} for name in ("coordinates", "geometries", "geometry", "properties", "crs")]},
    "$defs": {
        "feature": {
            "type": "object",
            "required": ["type", "geometry", "properties"],
            "properties": {
                "type": {"const": "Feature"},
                "geometry": {"oneOf": [{"$ref": "#/$defs/point"}, {"$ref": "#/$defs/line"}]},
                # Flat, which is our own rule.
                "properties": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
            },
            "additionalProperties": False,
        },
        "point": {"properties": {"type": {"const": "Point"}, "coordinates": POSITION}},
        "line": {
            "properties": {
                "type": {"const": "LineString"},
                "coordinates": {"type": "array", "items": POSITION, "minItems": 2},
            }
        },
    },
}


@cache
def collections(**changed: str) -> dict[str, dict[str, Any]]:
    """What is told of the plan; made once for the tests that look at it."""
    return feature_collections(plan(**changed))


def features(layer: str, **changed: str) -> list[dict[str, Any]]:
    return collections(**changed)[layer]["features"]


def properties(layer: str, *names: str, **changed: str) -> list[tuple[Any, ...]]:
    """Some properties of each feature."""
    return [tuple(feature["properties"][name] for name in names) for feature in features(layer, **changed)]


def shapes(layer: str, name: str) -> dict[str, tuple[str, Any]]:
    """The geometry of each thing."""
    found = features(layer)
    return {each["properties"][name]: (each["geometry"]["type"], each["geometry"]["coordinates"]) for each in found}


def test_collections_are_as_the_standard_says() -> None:
    """Points and lines of longitude and latitude, flat properties, and no member that the standard forbids."""
    for collection in collections().values():
        jsonschema.validate(collection, RFC_7946, jsonschema.Draft202012Validator)
    wrong = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [52.0, 106.0]}, "properties": {}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"type": "FeatureCollection", "features": [wrong]}, RFC_7946)


def test_things_lie_where_the_tables_say() -> None:
    """Longitude first, also south of the equator and west of Greenwich; links begin at their `from`."""
    assert shapes("sites", "site") == {"bakery": ("Point", [6.0, 52.0]), "tiles": ("Point", [6.1, 52.1])}
    assert shapes("links", "link") == {
        "trunk": ("LineString", [[6.2, 52.2], [-7.25, -0.5]]),
        "pipe": ("LineString", [[6.1, 52.1], [-7.25, -0.5]]),
    }
    assert shapes("hubs", "hub") == {"works": ("Point", [6.2, 52.2])}


@pytest.mark.nightly
def test_every_site_has_a_feature_in_every_period() -> None:
    """Two sites times two periods, those without anything too."""
    every = [("bakery", 2030), ("bakery", 2032), ("tiles", 2030), ("tiles", 2032)]
    assert properties("sites", "site", "period") == every
    assert properties("sites", "site", "period", emissions="site,period,emissions,captured,removed") == every


def test_periods_are_days_without_a_gap() -> None:
    """Two years from 2030 and two from 2032: the second begins on the day after the first ends."""
    first, second = properties("sites", "begins", "ends")[:2]
    assert (first[0], second[1]) == ("2030-01-01", "2033-12-31")
    assert date.fromisoformat(first[1]) + timedelta(days=1) == date.fromisoformat(second[0]) == date(2032, 1, 1)


def test_the_main_process_is_the_one_that_emits_most() -> None:
    """The fryer emits 3 kt/yr today, the oven 2; all of them stand beside it, each family once."""
    told = properties("sites", "process", "family", "route", "families", "routes")
    assert told == [
        ("fryer", "current", "gas", "current", "oven: gas, fryer: gas"),
        ("fryer", "current", "gas", "electrification, current", "oven: electric, fryer: gas"),
        ("kiln", "current", "gas", "current", "kiln: gas"),
        ("kiln", "hydrogen", "burner", "hydrogen", "kiln: burner"),
    ]


@pytest.mark.nightly
def test_of_equal_processes_the_first_is_the_main_one() -> None:
    """In the order of their table."""
    even = instance(
        options="process,route,current,capex,gas,emissions\noven,gas,1,0,10,2\nfryer,gas,1,0,10,2\nkiln,gas,1,0,20,4"
    )
    runs = "process,period,route\nfryer,2030,gas\nfryer,2032,gas\noven,2030,gas\noven,2032,gas"
    found = feature_collections(plan(even, runs=runs))["sites"]["features"]
    assert [feature["properties"]["process"] for feature in found] == ["oven", "oven", "", ""]


@pytest.mark.nightly
def test_amounts_of_sites_are_those_of_the_tables() -> None:
    """Energy of both processes together, the contract's request at each of its sites, and the whole cost.

    The kiln alone uses hydrogen, in 2032. It bears the pipe from 2030 on, 10 km at 0.04 M EUR/km over 4 years, and from
    2032 on at 0.08 besides; the hub's option that is open, 0.2 M EUR over 4 years, and 20 GWh that it handles at 25.
    """
    assert properties("sites", "emissions", "captured", "removed") == [(5, 0, 0), (3, 1.5, 0.5), (4, 0, 0), (0, 0, 0)]
    energy = {"bakery": [(0, 25, 0), (8, 15, 0)], "tiles": [(0, 20, 0), (0, 0, 20)]}
    assert properties("sites", "electricity", "gas", "hydrogen") == energy["bakery"] + energy["tiles"]
    assert properties("sites", "green_gas", "heat", "flexible_electricity") == [(0, 0, 0)] * 4
    assert properties("sites", "contract", "request", "connection") == [("park", 0, 0), ("park", 2, 2.5)] * 2
    thin, wide, option, handled = 10 * 0.04 / 4, 10 * 0.08 / 4, 0.2 / 4, 20 * 25 / 1000
    costs = [0.75 + 0.5, 0, 0.6 + thin, thin + wide + option + handled]
    assert [cost for (cost,) in properties("sites", "cost")] == pytest.approx(costs)


@pytest.mark.nightly
def test_what_the_plan_does_not_tell_is_nothing() -> None:
    """Tables without rows: every site is there all the same, with 0 and empty text, and the planned trunk alone."""
    nothing = {name: text.strip().splitlines()[0] for name, text in PLAN.items()}
    found = properties(
        "sites", "site", "process", "families", "routes", "emissions", "gas", "request", "cost", **nothing
    )
    assert found == [(site, "", "", "", 0, 0, 0, 0) for site in ("bakery", "bakery", "tiles", "tiles")]
    assert properties("links", "link", "flow", **nothing) == [("trunk", 0)]
    assert features("hubs", **nothing) == []


def test_links_appear_when_they_can_be_used() -> None:
    """The trunk from its first year on, the pipe from the period in which it is built; what is not built never does.

    A planned link without capacity carries nothing, so that it is not there. The pipe carries 25 in its first size,
    and 75 more from 2032 on.
    """
    assert properties("links", "link", "status", "period", "size", "capacity") == [
        ("trunk", "planned", 2032, "", 90),
        ("pipe", "built", 2030, "thin", 25),
        ("pipe", "built", 2032, "thin, wide", 25 + 75),
    ]


def test_a_planned_link_without_a_first_year_is_always_there() -> None:
    """An empty first year is no limit."""
    links = "link,carrier,from,to,mode,status,length,first_year,capacity\ntrunk,hydrogen,port,gate,pipe,planned,40,,90"
    nothing = {"built": "link,size,period", "flows": "carrier,link,period,flow"}
    found = feature_collections(plan(instance(links=links), **nothing))["links"]["features"]
    assert [feature["properties"]["period"] for feature in found] == [2030, 2032]


def test_flows_keep_their_sign() -> None:
    """Hydrogen goes from the gate to the tile works, against the direction in which the pipe is written."""
    assert properties("links", "link", "period", "flow") == [
        ("trunk", 2032, 20),
        ("pipe", 2030, 0),
        ("pipe", 2032, -20),
    ]


def test_hubs_are_there_while_they_are_open() -> None:
    """Electrolysis from 2032 on; the import never is."""
    names = ("hub", "option", "node", "period", "capacity", "output", "firm_capacity", "flexible_capacity")
    assert properties("hubs", *names) == [("works", "electrolysis", "port", 2032, 25, 20, 3, 4)]


@pytest.mark.nightly
def test_without_hubs_there_is_no_layer_of_them() -> None:
    """Of an instance without any; where none is open, the layer is empty."""
    bare = instance(hubs=INSTANCE["hubs"].strip().splitlines()[0])
    shut = "hub,option,period,open,output"
    assert list(feature_collections(plan(bare, hubs=shut))) == ["sites", "links"]
    assert features("hubs", hubs=shut) == []


def test_every_property_is_explained_in_the_words_of_the_schema() -> None:
    """Meanings are told of all properties, in their order, and units are the tables' own."""
    found = collections()
    for collection in found.values():
        assert list(collection["meanings"]) == list(collection["features"][0]["properties"])
        assert all(collection["meanings"].values())
    units = found["sites"]["units"]
    assert {name: units[name] for name in ("emissions", "captured", "removed")} == {
        name: EMISSIONS.column(name).unit for name in ("emissions", "captured", "removed")
    }
    assert (units["request"], units["cost"]) == (REQUESTS.column("request").unit, SITE_COSTS.column("cost").unit)
    assert {units[name] for name in COMMODITIES} == {"GWh/yr"}
    assert found["links"]["units"] == {
        "length": LINKS.column("length").unit,
        "capacity": LINKS.column("capacity").unit,
        "flow": FLOWS.column("flow").unit,
    }


@pytest.mark.nightly
def test_sites_of_the_register_say_so() -> None:
    """On each feature of such a site, in every period, and at the head of every layer; of others nothing."""
    sites = table("sites", INSTANCE["sites"]).assign(basis=["", "register"])
    found = feature_collections(plan(instance(sites=sites)))
    assert [(each["properties"]["site"], each["properties"]["basis"]) for each in found["sites"]["features"]] == [
        ("bakery", ""),
        ("bakery", ""),
        ("tiles", BASES["register"]),
        ("tiles", BASES["register"]),
    ]
    for layer in found.values():
        assert layer["notes"] == [f"For 1 of the 2 sites: {BASES['register']}."]
    assert {text for (text,) in properties("sites", "basis")} == {""}
    assert [layer["notes"] for layer in collections().values()] == [[], [], []]


@pytest.mark.nightly
def test_a_solved_plan_carries_what_its_flows_say() -> None:
    """The pipe is built for the kiln; each row of the table of flows is a feature's flow, and no other is not 0."""
    result = best(small())
    found = [each["properties"] for each in feature_collections(result)["links"]["features"]]
    flows = {(each["link"], each["period"]): each["flow"] for each in found}
    table = result["flows"]
    told = dict(zip(zip(table["link"], table["period"], strict=True), table["flow"], strict=True))
    assert (
        {key: flow for key, flow in flows.items() if flow}
        == told
        == pytest.approx({("pipe", 2030): 20.0, ("pipe", 2032): 20.0})
    )


def test_a_result_without_a_plan_is_refused() -> None:
    """There is nothing to draw."""
    with pytest.raises(NoPlan) as refused:
        feature_collections(without_plan())
    assert str(refused.value) == "there is nothing to export: the result has no plan, its status is infeasible"


def test_files_hold_what_the_collections_do(tmp_path: Path) -> None:
    """UTF-8 JSON, a feature on each line; quotation marks and accents come back."""
    collections = feature_collections(plan())
    folder = write_geojson(collections, tmp_path / "new" / "map")
    assert sorted(path.name for path in folder.iterdir()) == ["hubs.geojson", "links.geojson", "sites.geojson"]
    for name, collection in collections.items():
        text = (folder / f"{name}.geojson").read_text(encoding="utf-8")
        assert json.loads(text) == collection
        assert sum(line.startswith('{"type": "Feature"') for line in text.splitlines()) == len(collection["features"])
    sites = json.loads((folder / "sites.geojson").read_bytes())
    assert [each["properties"]["name"] for each in sites["features"]][::2] == ['Bakery "Zoë", east', "=1+1"]


def test_layers_are_replaced_when_asked_and_no_other_file_is(tmp_path: Path) -> None:
    """A map beside the layers stays; a layer that the new plan does not have goes."""
    folder = write_geojson(feature_collections(plan()), tmp_path / "map")
    (folder / "project.qgz").write_text("mine", encoding="utf-8")
    (folder / "styles").mkdir()
    with pytest.raises(UsageError):
        write_geojson({}, folder)
    sites = {"sites": {"type": "FeatureCollection", "features": []}}
    write_geojson(sites, folder, overwrite=True)
    assert sorted(path.name for path in folder.iterdir()) == ["project.qgz", "sites.geojson", "styles"]
    assert json.loads((folder / "sites.geojson").read_bytes()) == sites["sites"]


def test_a_folder_of_something_else_stays(tmp_path: Path) -> None:
    """Even when it may be overwritten."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        write_geojson(feature_collections(plan()), tmp_path, overwrite=True)
    assert str(refused.value) == (
        f"{tmp_path} holds no layers of a plan, so it stays; allowed: a folder with sites.geojson"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    """The second layer cannot be written, so that the first is not replaced either."""
    folder = write_geojson(feature_collections(plan()), tmp_path / "map")
    before = (folder / "sites.geojson").read_bytes()
    broken = {"sites": {"features": []}, "links": {"features": [{"flow": float("nan")}]}}
    with pytest.raises(ValueError, match="JSON compliant"):
        write_geojson(broken, folder, overwrite=True)
    assert (folder / "sites.geojson").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["map"]
