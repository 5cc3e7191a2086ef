"""Small files of the data product Nettopologie for energy hubs, made for tests.

Names, nesting and the head follow the published model, documents and example of version 1.0.0 (repository
Netbeheer-Nederland/dp-eh-nettopologie); stations, EANs, addresses and places are made up.
"""

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def point(ean: str = "", **facts: Any) -> Json:
    """A market evaluation point."""
    return ({"european_article_number_ean": ean} if ean else {}) | facts


def connection(*points: Json, at: tuple[float, float] | None = None, address: str = "", **facts: Any) -> Json:
    """An energy connection with its market evaluation points, at a latitude and longitude, and ``1234AB 23``."""
    location: Json = {}
    if at is not None:
        location["coordinate_system"] = {"crs_urn": "urn:ogc:def:crs:EPSG::4326"}
        location["position_points"] = [{"x_position": str(at[1]), "y_position": str(at[0])}]
    if address:
        postcode, number = address.split()
        location["main_address"] = {"postal_code": postcode, "street_detail": {"number": number}}
    found: Json = {"market_evaluation_points": list(points)} | facts
    return found | ({"location": location} if location else {})


def station(name: str, *connections: Json, **facts: Any) -> Json:
    """A substation with one bay."""
    named = {"description": name} if name else {}
    return named | {"bays": [{"description": f"{name}-V01", "energy_connections": list(connections)}]} | facts


def topology(*stations: Json, **head: Any) -> Json:
    """A whole document."""
    known = {
        "identifier": "made_for_tests",
        "contact_point": "maker@example.org",
        "conforms_to": "http://data.netbeheernederland.nl/dp-eh-nettopologie/version/1.0.0",
        "release_date": "2026-01-21",
        "version": "1.0.0",
    }
    return known | {"substations": list(stations)} | head


def written(path: Path, *stations: Json, **head: Any) -> Path:
    """Write a document to a file."""
    path.write_text(json.dumps(topology(*stations, **head)), encoding="utf-8")
    return path
