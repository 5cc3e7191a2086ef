"""Read a sheet of sites: headers and words of either language, numbers as people write them."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.workbook.file import Odd, Value
from routeplan.errors import DataError, Problem
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.technology.demand import BANDS
from routeplan.importers.sites.cells import SheetOfSites, read_sheet
from routeplan.importers.sites.fields import FIELDS, NOTES, Content, Field
from routeplan.importers.sites.numbers import (
    as_thousands,
    has_two_readings,
    in_the_netherlands,
    read_coordinate,
    read_number,
)
from routeplan.importers.sites.unusual import unusual_amounts
from routeplan.importers.sites.wishes import Wish, read_wishes
from routeplan.importers.sites.words import header_of, headers, sectors
from routeplan.instance.rules.words import folded, nearest
from routeplan.language.language import OF_SHEETS, Language, Words
from routeplan.language.refusals import refusals_in


@dataclass(frozen=True)
class SitesGiven:
    """What a sheet says of sites.

    Parameters
    ----------
    sites : DataFrame
        A row a site: the names of `FIELDS` but for wishes, empty text and NaN where a cell is empty, and ``line``.
    wishes : tuple of Wish
        What firms want, by the site's position.
    language : Language
        That of the headers.
    place : str
        File, and sheet of a workbook.
    warnings : tuple of str
        What is most likely wrong, and where it stands.
    """

    sites: pd.DataFrame
    wishes: tuple[tuple[int, Wish], ...]
    language: Language
    place: str
    warnings: tuple[str, ...] = ()


def read_sites(path: Path, tables: DefaultTables, language: Language | None = None) -> SitesGiven:
    """Read a sheet of sites.

    Parameters
    ----------
    path : Path
        Workbook or CSV file.
    tables : DefaultTables
        The default tables: ``sectors`` and ``routes``.
    language : Language, optional
        Language of messages; by default that of the headers, and Dutch where they cannot be read.

    Raises
    ------
    DataError
        With every cell that makes no sense.
    """
    with refusals_in(Words(language or OF_SHEETS)):
        sheet = read_sheet(path)
    words = Words(language or _language(sheet.header))
    with refusals_in(words):
        return _read(sheet, _Reader(sheet, tables, words))


def _read(sheet: SheetOfSites, reader: "_Reader") -> SitesGiven:
    problems = reader.header_problems()
    rows = [] if problems else [reader.row(number) for number in range(len(sheet.rows))]
    if not problems and not sheet.rows:
        problems = [sheet.problem(1, -1, reader.words("has no rows; allowed: a row for each site"))]
    problems += reader.problems
    if problems:
        raise DataError(problems)
    sites = pd.DataFrame(rows).assign(line=sheet.lines)
    wishes = [(position, wish) for position, wished in enumerate(sites.pop("wishes")) for wish in wished]
    return SitesGiven(sites, tuple(wishes), reader.words.language, sheet.place, reader.warnings(sites))


class _Reader:
    """Reads the rows of a sheet, and collects its problems."""

    def __init__(self, sheet: SheetOfSites, tables: DefaultTables, words: Words) -> None:
        self._sheet = sheet
        self._tables = tables
        self.words = words
        self._columns = {name: at for at, header in enumerate(sheet.header) if (name := header_of(header))}
        self._sectors = sectors(tables)
        self.problems: list[Problem] = []
        self._read: Mapping[Content, Callable[[Field, int, int, Value], Any]] = {
            Content.TEXT: self._text,
            Content.ID: self._text,
            Content.SECTOR: self._sector,
            Content.NUMBER: self._number,
            Content.DEGREES: self._number,
            Content.WISHES: self._wishes,
        }

    def header_problems(self) -> list[Problem]:
        """Headers that nobody knows, that are there twice, or that lack."""
        sheet, words = self._sheet, self.words
        known = headers(words.language)
        problems = []
        seen: set[str] = set()
        for at, header in enumerate(sheet.header):
            name = header_of(header)
            if name in seen:
                text = words("column '{column}' is there twice; allowed: each column once", column=header)
                problems.append(sheet.problem(1, at, text))
            if name:
                seen.add(name)
            elif header.strip() and not folded(header).startswith(NOTES):
                near = nearest(header, known)
                text = words(
                    "column '{column}' is unknown; allowed: {allowed}", column=header, allowed=", ".join(known)
                )
                text += words("; did you mean '{meant}'?", meant=near) if near else ""
                problems.append(sheet.problem(1, at, text))
        missing = [self._header(field) for name, field in FIELDS.items() if field.needed and name not in seen]
        if not seen & {"place", "lat"}:
            missing.append(self._header(FIELDS["place"]))
        if not seen & {"gas", "gas_m3", *BANDS}:
            missing.append(self._header(FIELDS["gas"]))
        for header in missing:
            problems.append(sheet.problem(1, -1, words("column '{column}' is missing", column=header)))
        return problems

    def _header(self, field: Field) -> str:
        return self.words(field.header)

    def row(self, number: int) -> dict[str, Any]:
        """What a row says, by the names of the fields; its problems are kept."""
        cells, line = self._sheet.rows[number], self._sheet.lines[number]
        row, given = {}, set()
        for name, field in FIELDS.items():
            at = self._columns.get(name, -1)
            cell = cells[at] if 0 <= at < len(cells) else None
            row[name] = self._read[field.content](field, line, at, cell)
            if cell is not None:
                given.add(name)
            if field.needed and cell is None:
                self._refuse(field, line, at, "", self._allowed(field))
        self._check_row(given, line)
        if not math.isnan(row["lat"] + row["lon"]) and not in_the_netherlands(row["lat"], row["lon"]):
            at = self._columns["lat"]
            self._refuse(FIELDS["lat"], line, at, f"{row['lat']:g}", self._allowed(FIELDS["lat"]))
        return row

    def warnings(self, sites: pd.DataFrame) -> tuple[str, ...]:
        """Amounts that hardly any site has, each at its cell."""
        return tuple(
            str(self._sheet.problem(self._sheet.lines[each.position], self._columns[each.field], each.text))
            for each in unusual_amounts(sites, self._tables, self.words)
        )

    def _check_row(self, given: set[str], line: int) -> None:
        """What must be there together: a place, and some gas."""
        if not given & {"place"} and not given >= {"lat", "lon"}:
            at = self._columns.get("place", self._columns.get("lat", -1))
            self._refuse(FIELDS["place"], line, at, "", self.words("a town of the Netherlands, or coordinates"))
        if not given & {"gas", "gas_m3", *BANDS}:
            at = self._columns.get("gas", self._columns.get("gas_m3", -1))
            self._refuse(FIELDS["gas"], line, at, "", self._allowed(FIELDS["gas"]))

    def _allowed(self, field: Field) -> str:
        words = self.words
        if field.content is Content.SECTOR:
            return words(
                "one of {words}", words=", ".join(words.name(each) for each in self._tables["sectors"]["sector"])
            )
        if field.content is Content.NUMBER:
            return words("a number of {unit}, 0 or more", unit=words.unit(field.unit))
        if field.content is Content.DEGREES:
            return words("a place in the Netherlands, in degrees (WGS 84) or metres (RD New)")
        return words("text")

    def _refuse(self, field: Field, line: int, at: int, shown: str, allowed: str) -> None:
        text = self.words(
            "column '{column}' is {value}; allowed: {allowed}",
            column=self._header(field),
            value=shown or self.words("empty"),
            allowed=allowed,
        )
        self.problems.append(self._sheet.problem(line, at, text))

    def _text(self, field: Field, line: int, at: int, cell: Value) -> str:
        if isinstance(cell, Odd):
            self._refuse(field, line, at, cell.text, self._allowed(field))
            return ""
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return " ".join(str(cell).split()) if cell is not None else ""

    def _sector(self, field: Field, line: int, at: int, cell: Value) -> str:
        word = self._text(field, line, at, cell)
        found = self._sectors.get(folded(word), "")
        if word and not found:
            near = nearest(word, self._sectors)
            meant = self.words("; did you mean '{meant}'?", meant=near) if near else ""
            self._refuse(field, line, at, word, self._allowed(field) + meant)
        return found

    def _number(self, field: Field, line: int, at: int, cell: Value) -> float:
        if cell is None:
            return math.nan
        text = cell.text if isinstance(cell, Odd) else str(cell).strip()
        degrees = field.content is Content.DEGREES
        doubt = isinstance(cell, str) and not degrees and has_two_readings(text, self._sheet.comma)
        number = self._number_in(cell, text, degrees)
        if doubt:
            whole = as_thousands(text)
            both = self.words("{whole}, or a number with another count of decimals: this has two readings", whole=whole)
            self._refuse(field, line, at, text, both)
        elif number is None or (number < 0 and not degrees):
            self._refuse(field, line, at, text, self._allowed(field))
        return math.nan if number is None else number

    def _number_in(self, cell: Value, text: str, degrees: bool) -> float | None:
        if isinstance(cell, str):
            return read_coordinate(text, self._sheet.comma) if degrees else read_number(text, self._sheet.comma)
        return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None

    def _wishes(self, field: Field, line: int, at: int, cell: Value) -> tuple[Wish, ...]:
        text = self._text(field, line, at, cell)
        wishes, unread = read_wishes(text, self._tables)
        for part in unread:
            example = self.words("a route, a year and how sure it is: electrification 2030 planned; hydrogen 2035")
            self._refuse(field, line, at, part, example)
        return wishes


def _language(header: list[str]) -> Language:
    """The language of most of the headers; `OF_SHEETS` where it is a draw."""
    count = {language: sum(folded(each) in headers(language) for each in header) for language in Language}
    return max(Language, key=lambda language: (count[language], language is OF_SHEETS))
