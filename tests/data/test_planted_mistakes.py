"""Mistakes that people make, planted one by one in a folder and in a workbook: each is told with its place and what was
probably meant.
"""

import csv
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from routeplan.data.read import check, read
from routeplan.data.write import write

TINY = Path(__file__).parents[2] / "instances" / "tiny"
DAIRY, GLASS = {"site": "dairy"}, {"site": "glass"}
MILL = {"process": "mill.steam", "route": "as_today"}
PUMP = {"process": "dairy.steam", "route": "heat_pump"}
GAS = {"item": "gas", "group": "all", "period": "2030"}


@dataclass(frozen=True)
class Mistake:
    """New cells of a row of a table, and words of what is told at the first of them; no cells: the row is gone."""

    table: str
    row: Mapping[str, str]
    cells: Mapping[str, str]
    told: str
    at: Mapping[str, str] | None = None
    """Another row at which it is told, where it is not that of the cells."""


MISTAKES = {
    "t for kt": Mistake("options", MILL, {"emissions": "30000"}, "the largest works of Europe emit: t for kt?"),
    "t for kt, of a small site": Mistake(
        "options",
        {"process": "tiles.kiln", "route": "as_today"},
        {"emissions": "6000"},
        "6000 kt of CO2 from 25 GWh of gas is 240 kt/GWh: gas gives about 0.2; is one of them in another unit (t, MWh)",
    ),
    "MWh for GWh": Mistake("options", MILL, {"gas": "150000"}, "kWh or MWh for GWh?"),
    "MWh for GWh of electricity": Mistake("options", PUMP, {"electricity": "18000"}, "another unit (kW, MWh)?"),
    "kW for MW": Mistake("options", PUMP, {"firm_capacity": "3000"}, "kW for MW?"),
    "kW for MW, of a small plant": Mistake(
        "options",
        {"process": "mill.drying", "route": "vapour_compression"},
        {"firm_capacity": "800"},
        "5 GWh/yr more electricity with 800 MW more are 6.25 hours a year",
    ),
    "EUR for M EUR": Mistake("options", PUMP, {"capex": "7000000"}, "EUR or thousands of EUR for M EUR?"),
    "thousands of EUR for M EUR": Mistake(
        "options", PUMP, {"capex": "700"}, "700 M EUR for 3 MW is 233 M EUR/MW: plants cost 0.05 to 5"
    ),
    "EUR/kWh for EUR/MWh": Mistake("prices", GAS, {"price": "0.038"}, "EUR/m3 or EUR/kWh for EUR/MWh?"),
    "EUR/kg for EUR/t": Mistake("prices", GAS | {"item": "co2"}, {"price": "0.105"}, "EUR/kg for EUR/t?"),
    "a price that jumps": Mistake(
        "prices", GAS | {"item": "co2"}, {"price": "1700"}, "the price of 'co2' goes from 80 to 1700: another unit?"
    ),
    "m for km": Mistake("links", {"link": "backbone"}, {"length": "140000"}, "m for km?"),
    "a link shorter than the line": Mistake(
        "links", {"link": "quay-sea"}, {"length": "19"}, "a length of 19 km, where its ends are"
    ),
    "per cent for a factor": Mistake(
        "activity", {"process": "dairy.steam"}, {"factor": "90"}, "a factor of which 1 is today: per cent?"
    ),
    "a life in months": Mistake(
        "routes", {"route": "heat_pump"}, {"lifetime": "240"}, "longer than plants and pipes last"
    ),
    "hydrogen without hydrogen": Mistake(
        "options", {"process": "glass.furnace", "route": "hydrogen"}, {"hydrogen": "0"}, "and has no hydrogen"
    ),
    "gas without emissions": Mistake("options", MILL, {"emissions": "0"}, "or missing?"),
    "two figures of a year": Mistake("options", PUMP, {"first_year": "30"}, "two figures too few?"),
    "a year after the horizon": Mistake(
        "links", {"link": "gate-glass"}, {"first_year": "2041"}, "when the last period begins: it is never there"
    ),
    "a year inside a period": Mistake(
        "options", PUMP, {"first_year": "2031"}, "lies inside the period of 2030, so it counts from 2034 on"
    ),
    "latitude and longitude changed about": Mistake(
        "sites", GLASS, {"lat": "6.16", "lon": "52.04"}, "lies outside Europe, and inside with the two swapped"
    ),
    "a site at 0, 0": Mistake("sites", GLASS, {"lat": "0", "lon": "0"}, "is off the coast of Africa"),
    "metres of RD New": Mistake(
        "sites", GLASS, {"lat": "452000", "lon": "208000"}, "RD New (EPSG:28992), which routeplan migrate --rd-new"
    ),
    "a row of headroom that lacks": Mistake(
        "headroom",
        {"area": "north", "period": "2034"},
        {},
        "area 'north' has no row for 2034, which counts as 0",
        at={"area": "north", "period": "2030"},
    ),
    "a row of supply that lacks": Mistake(
        "supply",
        {"step": "farm", "period": "2034"},
        {},
        "step 'farm' has no row for 2034, which counts as 0",
        at={"step": "farm", "period": "2030"},
    ),
    "kW for MW of a station": Mistake("headroom", {"area": "north", "period": "2034"}, {"firm": "8000"}, "kW for MW?"),
    "EUR for M EUR of a pot": Mistake(
        "budgets", {"pot": "climate", "period": "2030"}, {"amount": "12000000"}, "for M EUR?"
    ),
    "t for kt of a cap": Mistake("targets", {"scope": "all"}, {"cap": "60000"}, "is it in another unit (t)?"),
    "a row of headroom that lacks between others": Mistake(
        "headroom",
        {"area": "north", "period": "2030"},
        {},
        "area 'north' has no row for 2030, which counts as 0",
        at={"area": "north", "period": "2034"},
    ),
    "a region of which letters are swapped": Mistake("sites", GLASS, {"region": "Esat"}, "did you mean 'East'?"),
    "a sector with a letter too many": Mistake("sites", DAIRY, {"sector": "foodd"}, "did you mean 'food'?"),
    "a region in lower case": Mistake("sites", GLASS, {"region": "east"}, "differs from 'East' of line"),
    "a price group that is misspelt": Mistake("sites", GLASS, {"price_group": "minerals"}, "did you mean 'mineral'?"),
    "a letter that nobody sees": Mistake(
        "processes", {"process": "laundry.water"}, {"site": "laundry\u200b"}, r"'laundry\u200b'"
    ),
    "an id with a capital": Mistake("sites", DAIRY, {"area": "North"}, "did you mean north?"),
    "a sign between thousands": Mistake("links", {"link": "backbone"}, {"capacity": "1,500"}, "1500"),
    "1e20 for no limit": Mistake("headroom", {"area": "region", "period": "2034"}, {"firm": "1e20"}, "for no limit"),
}


def _matches(row: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    return all(str(row[name]) == value for name, value in wanted.items())


def _in_folder(mistake: Mistake, right: Path, tmp_path: Path) -> tuple[Path, str]:
    """The folder with the mistake, and the place at which it should be told."""
    folder = Path(shutil.copytree(right / "tiny", tmp_path / "tiny"))
    path = folder / f"{mistake.table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    named = [dict(zip(header, row, strict=True)) for row in rows]
    if not mistake.cells:
        named = [row for row in named if not _matches(row, mistake.row)]
    line = next(number for number, row in enumerate(named) if _matches(row, mistake.at or mistake.row))
    named[line] |= mistake.cells
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *(row.values() for row in named)])
    return folder, f"{mistake.table}\\.csv:{line + 2}: "


def _in_workbook(mistake: Mistake, right: Path, tmp_path: Path) -> tuple[Path, str]:
    path = Path(shutil.copy(right / "tiny.xlsx", tmp_path))
    book = openpyxl.load_workbook(path)
    sheet = book[mistake.table]
    header = [cell.value for cell in sheet[1]]

    def line(wanted: Mapping[str, str]) -> int:
        rows = sheet.iter_rows(min_row=2, values_only=True)
        return next(n for n, row in enumerate(rows, 2) if _matches(dict(zip(header, row, strict=True)), wanted))

    if not mistake.cells:
        sheet.delete_rows(line(mistake.row))
    row = line(mistake.at or mistake.row)
    for name, text in mistake.cells.items():
        sheet.cell(row, header.index(name) + 1).value = _number(text)
    book.save(path)
    return path, f"tiny\\.xlsx: {mistake.table}!({'|'.join(_letters(header, mistake))}){row}: "


def _letters(header: list[str], mistake: Mistake) -> list[str]:
    """Columns of the sheet at which a mistake may be told: its own, or those that it does not fit."""
    beside = ("period",) if not mistake.cells else ("electricity", "emissions", *mistake.cells)
    return [get_column_letter(header.index(name) + 1) for name in beside if name in header]


def _number(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


PLANT = {"folder": _in_folder, "workbook": _in_workbook}


def _told(path: Path) -> set[str]:
    found = check(path)
    return {str(problem) for problem in (*found.problems, *found.warnings, *found.notes)}


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tiny, without its scenarios, in a folder and in a workbook."""
    folder = tmp_path_factory.mktemp("right")
    for name in ("tiny", "tiny.xlsx"):
        write(replace(read(TINY), scenarios=()), folder / name)
    return folder


@pytest.fixture(scope="module")
def known(right: Path) -> set[str]:
    """What is told of tiny as it is."""
    return {told for name in ("tiny", "tiny.xlsx") for told in _told(right / name)}


CASES = [
    pytest.param(
        mistake,
        place,
        id=f"{name}-{place}",
        marks=[pytest.mark.nightly] if place == "workbook" and number % 5 else [],
    )
    for number, (name, mistake) in enumerate(MISTAKES.items())
    for place in PLANT
]
"""Each mistake in a folder; of five one in a workbook too, and every night the others."""


@pytest.mark.parametrize(("mistake", "place"), CASES)
@pytest.mark.some(1)
def test_a_mistake_is_told(mistake: Mistake, place: str, right: Path, known: set[str], tmp_path: Path) -> None:
    """Once, at its place, with what was probably meant."""
    path, where = PLANT[place](mistake, right, tmp_path)
    fitting = [told for told in _told(path) - known if mistake.told in told]
    assert len(fitting) == 1, _told(path) - known
    assert re.match(where, fitting[0])
