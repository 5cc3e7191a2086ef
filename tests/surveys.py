"""Company surveys to read, built as the public source says: workbooks with named cells, and JSON."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

BAKERY: Mapping[str, Any] = {
    "companyName": "Bakkerij De Korenaar",
    "projectId": 42,
    "street": "Kerkstraat",
    "houseNumberCombined": "3a",
    "postalCode": "7241 AB",
    "city": "Lochem",
    "hasNaturalGasConnection": "Ja",
    "naturalGasAnnualDeliveryM3": 1_000_000,
    "annualElectricityDeliveryKwh": 4_000_000,
    "grootverbruikOrKleinverbruik": "Grootverbruik",
    "contractedConnectionDeliveryCapacityKw": 1500,
    "plans": "elektrificatie 2030 gepland",
    "numCars": 3,
}
"""Answers of a firm that nobody owns, by the named cells of the workbook."""

SHEET, FIRST_ROW = "Invoer", 3
QUARTERS, HOURS = 365 * 96, 365 * 24
HOURLY: Mapping[str, Any] = {"resolutie in minuten": 60, "steps": HOURS}
"""About a profile of hours, which is made and read in a quarter of the time."""


def workbook(path: Path, answers: Mapping[str, Any] = BAKERY, **changed: Any) -> Path:
    """A workbook with a named cell for each answer, in column C from row 3 on; an answer ``...`` has no cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    kept = {name: value for name, value in {**answers, **changed}.items() if value is not ...}
    for row, (name, value) in enumerate(kept.items(), start=FIRST_ROW):
        sheet.cell(row, 2, name)
        sheet.cell(row, 3, value)
        book.defined_names[name] = DefinedName(name, attr_text=f"{SHEET}!$C${row}")
    book.create_sheet("Controle")["A1"] = "QuickScan mogelijk"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    """A workbook after a change to it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def named(book: Any, name: str, text: str) -> None:
    """Make a name point to what a text says."""
    book.defined_names[name] = DefinedName(name, attr_text=text)


def cell_of(path: Path, name: str) -> str:
    """Address of a named cell: C7."""
    return str(openpyxl.load_workbook(path).defined_names[name].attr_text).partition("!")[2].replace("$", "")


def with_profile(path: Path, energy: Callable[[int], float], **about: Any) -> Path:
    """A workbook with a profile of a year [kWh a quarter of an hour], and the table that describes it."""
    told = {"jaar": 2023, "tijdzone": "MEZ", "resolutie in minuten": 15, "eenheid": "kWh"}
    told |= {"soort profiel": "levering", "profiel compleet": True} | about
    steps = int(about.get("steps", QUARTERS))

    def change(book: Any) -> None:
        sheet = book.create_sheet("Profielen")
        for row in told.items():
            sheet.append(row)
        named(book, "profileMetadata1", f"Profielen!$A$1:$B${len(told)}")
        for step in range(steps):
            sheet.append((step, energy(step)))
        named(book, "profileData1", f"Profielen!$A${len(told) + 1}:$B${len(told) + steps}")

    return changed(path, change)


def survey_of(company: str = "Zuivel Noord", **changed: Any) -> dict[str, Any]:
    """The JSON of a survey with one grid connection."""
    connection = {
        "electricity": {
            "ean": "871234567890123456",
            "annualElectricityDelivery_kWh": 2_000_000,
            "kleinverbruikOrGrootverbruik": "GROOTVERBRUIK",
            "grootverbruik": {"contractedConnectionDeliveryCapacity_kW": 800, "physicalCapacityKw": 1000},
            "gridExpansion": {"hasRequestAtGridOperator": True, "requestedKW": 500},
            "quarterHourlyDelivery_kWh": {"timeStep": "PT15M", "unit": "KWH", "values": [100.0] * QUARTERS},
        },
        "naturalGas": {"hasConnection": True, "annualDelivery_m3": 500_000, "percentageUsedForHeating": 20},
        "transport": {"cars": {"numCars": 2}},
        "pandIds": ["0123456789012345"],
    }
    address = {"street": "Melkweg", "houseNumber": 1, "postalCode": "7241AB", "city": "Lochem"}
    survey = {"companyName": company, "zenmoProject": "Noord", "personName": "A. de Vries", "dataSharingAgreed": True}
    return {**survey, **changed, "addresses": [{**address, "gridConnections": [connection]}]}


def json_file(path: Path, *surveys: Mapping[str, Any]) -> Path:
    """A JSON file with surveys."""
    path.write_text(json.dumps(list(surveys)), encoding="utf-8")
    return path
