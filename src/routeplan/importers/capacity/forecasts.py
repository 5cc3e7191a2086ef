"""Read the files of the capacity map, one or more a forecast year, into two flat tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.csv_cells import Unreadable
from routeplan.errors import Message, Problem
from routeplan.importers.capacity.dated_works import dates_of
from routeplan.importers.capacity.official import official_schema, schema_problems
from routeplan.importers.json.file import read_json

YEARS = range(1900, 2201)
"""Years that may stand in a file."""

_AREAS = {
    "year": "int64",
    "issued": "str",
    "file": "str",
    "place": "str",
    "code": "str",
    "name": "str",
    "available": "float64",
    "queue": "float64",
    "alleviation": "float64",
    "feeders": "object",
}
_WORKS = {
    "year": "int64",
    "issued": "str",
    "file": "str",
    "place": "str",
    "code": "str",
    "project": "str",
    "column": "str",
    "date": "float64",
}

Document = dict[str, Any]


@dataclass(frozen=True)
class Forecasts:
    """Content of the files, as tables.

    Parameters
    ----------
    areas : DataFrame
        A row for each area in each file: ``year`` (of the forecast), ``issued``, ``file``, ``place`` in it, ``code``
        (short code), ``name``, ``available`` and ``queue`` [MW], ``alleviation`` [year] (NaN where not given), and
        ``feeders``: short codes of the areas that feed it, None where none is named.
    works : DataFrame
        A row for each date of each work: ``year``, ``issued``, ``file``, ``place``, ``code`` (of the area),
        ``project``, ``column`` (earliest, estimate or latest), ``date`` [year].
    warnings : tuple of str
        What was left out, or looks odd.
    """

    areas: pd.DataFrame
    works: pd.DataFrame
    warnings: tuple[str, ...]


def read_forecasts(files: Sequence[tuple[int, Path]]) -> tuple[Forecasts, list[Problem]]:
    """Read the files and check each against the official schema.

    Parameters
    ----------
    files : sequence of (int, Path)
        Forecast year and file; a year may have several, such as those of two operators.

    Returns
    -------
    forecasts : Forecasts
        What the sound files say.
    problems : list of Problem
        Everything that is wrong with the others.
    """
    areas: list[dict[str, Any]] = []
    works: list[dict[str, Any]] = []
    warnings: list[str] = []
    problems: list[Problem] = []
    for year, path in files:
        document, found = _read(path)
        problems += found
        if document is not None:
            head = {"year": year, "issued": document["issued"], "file": path.as_posix()}
            areas += [head | row for row in _area_rows(document)]
            works += [head | row for row in _work_rows(document)]
            warnings += [Message("{place}: {why}", place=path.as_posix(), why=text) for text in _odd(document)]
    told = tuple(dict.fromkeys(warnings))
    return Forecasts(_frame(areas, _AREAS), _frame(works, _WORKS), told), problems


def _frame(rows: list[dict[str, Any]], kinds: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _read(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read a document; None and its problems where it is invalid."""
    try:
        document = read_json(path)
    except Unreadable as error:
        return None, [error.problem]
    file = path.as_posix()
    problems = schema_problems(file, document) or [Problem(file, 0, text) for text in _senseless(document)]
    return (None if problems else document), problems


def _senseless(document: Document) -> Iterator[str]:
    """Find problems that the schema does not exclude: areas without a name, invalid years."""
    allowed = Message("a year, {first} to {last}", first=YEARS[0], last=YEARS[-1])
    for place, area in _listed(document):
        if not area["short_code"].strip():
            yield _refused(f"{place}.short_code", Message("empty"), Message("a name"))
        alleviation = area.get("demand_alleviation_year", YEARS[0])
        if alleviation not in YEARS:
            yield _refused(f"{place}.demand_alleviation_year", alleviation, allowed)
        for number, work in enumerate(area["works"]):
            yield from (
                Message(
                    "{name} is in {year}; allowed: {allowed}",
                    name=f"{place}.works[{number}].{date.place}",
                    year=date.year,
                    allowed=allowed,
                )
                for date in dates_of(work)
                if date.year not in YEARS
            )


def _refused(name: str, value: object, allowed: str) -> Message:
    return Message("{name} is {value}; allowed: {allowed}", name=name, value=value, allowed=allowed)


def _listed(document: Document) -> list[tuple[str, Document]]:
    """Each area, with its place in the file."""
    return [(f"energy_areas[{position}]", area) for position, area in enumerate(document["energy_areas"])]


def _area_rows(document: Document) -> Iterator[Document]:
    for place, area in _listed(document):
        yield {
            "place": place,
            "code": area["short_code"].strip(),
            "name": area.get("description", "").strip(),
            "available": area.get("demand_available_capacity"),
            "queue": area.get("demand_capacity_in_queue"),
            "alleviation": area.get("demand_alleviation_year"),
            "feeders": _feeders(area),
        }


def _feeders(area: Document) -> tuple[str, ...] | None:
    """Short codes of what feeds an area: its congestion area for demand, or the substations of its postcodes."""
    above = [area["demand_energy_area_short_code"]] if "demand_energy_area_short_code" in area else []
    stations = [
        postcode["substation_short_code"]
        for postcode in area.get("postcode_areas", [])
        if "substation_short_code" in postcode
    ]
    named = dict.fromkeys(code.strip() for code in above or stations)
    return tuple(code for code in named if code not in ("", area["short_code"].strip())) or None


def _work_rows(document: Document) -> Iterator[Document]:
    for place, area in _listed(document):
        for number, work in enumerate(area["works"]):
            if _goes_on(work):
                for date in dates_of(work):
                    yield {
                        "place": f"{place}.works[{number}].{date.place}",
                        "code": area["short_code"].strip(),
                        "project": work["project_name"],
                        "column": date.column,
                        "date": date.year,
                    }


def _goes_on(work: Document) -> bool:
    return bool(work.get("status_kind") != "cancelled")


def _odd(document: Document) -> Iterator[str]:
    """Warnings on a valid file: parts that are left out, or that look odd."""
    known = official_schema()["$id"]
    if document["conforms_to"] != known:
        yield Message("conforms_to is {given}; it was read as {known}", given=document["conforms_to"], known=known)
    for place, area in _listed(document):
        for number, work in enumerate(area["works"]):
            named = f"{place}.works[{number}] ('{work['project_name']}')"
            if not _goes_on(work):
                yield Message("{work} is cancelled, and left out", work=named)
            elif not dates_of(work):
                yield Message("{work} has no date at which it ends, and is left out", work=named)
