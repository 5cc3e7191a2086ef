"""Small files of the grid operators' capacity map, made for tests."""

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def area(code: str, available: float | None = None, **facts: Any) -> Json:
    """An energy area; `available` is its demand capacity [MW]."""
    room = {} if available is None else {"demand_available_capacity": available}
    return {"short_code": code, "works": []} | room | facts


def work(project: str, *schedules: Json, **facts: Any) -> Json:
    """A work with its schedules."""
    return {"project_name": project, "time_schedules": list(schedules)} | facts


def until(kind: str = "", **interval: Any) -> Json:
    """A schedule of a work: ``until("latest", end="2030-01-01")``."""
    return {"schedule_interval": interval} | ({"type": kind} if kind else {})


def fed_by(*stations: str) -> list[Json]:
    """Postcode areas that hang on these substations."""
    colours = {"demand_constraint": "red", "generation_constraint": "transparant"}
    return [{"postcode": f"12{at:02d}AB", "substation_short_code": code} | colours for at, code in enumerate(stations)]


def capacity_map(*areas: Json, **head: Any) -> Json:
    """A whole document."""
    known = {
        "conforms_to": "http://data.netbeheernederland.nl/capaciteitskaart/v1.3.0",
        "creator": "maker@example.org",
        "identifier": "made_for_tests",
        "issued": "2026-01-01",
    }
    return known | head | {"energy_areas": list(areas)}


def written(path: Path, *areas: Json, **head: Any) -> Path:
    """Write a document to a file."""
    path.write_text(json.dumps(capacity_map(*areas, **head)), encoding="utf-8")
    return path
