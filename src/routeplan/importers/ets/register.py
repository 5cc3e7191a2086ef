"""Read the public export of the EU ETS registry: installations and their verified emissions."""

import re
from contextlib import nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pandas as pd

from routeplan.data.csv_file import LINE, read_texts
from routeplan.errors import DataError, Message, Problem, UsageError, value_problem
from routeplan.estimate.formulas import value_of
from routeplan.importers.ets.layout import COLUMNS, EMISSIONS, HEAD, NOT_REPORTED, OPTIONAL, OTHER_FILES, WHERE, ZIP

KILOTONNES = "tonnes / 1000"
"""Emissions in the unit of instances [kt/yr]."""

FULL = 0.75
"""A year counts as complete where this share of the installations of the year before report."""


@dataclass(frozen=True)
class Register:
    """Rows of an export of the EU ETS registry, with the emissions of one year.

    Parameters
    ----------
    rows : DataFrame
        Rows of the export in order: ``installation``, ``operator``, ``name``, ``place``, ``postcode``,
        ``activity`` (text), ``country``, ``closed`` (whether its account is), ``last_year`` (of its emissions; NaN
        where it goes on), ``tonnes`` and ``emissions`` [kt] (NaN where not reported) and ``line``.
    year : int
        Year of the emissions.
    """

    rows: pd.DataFrame
    year: int


def read_register(export: Path | str, year: int | None = None) -> Register:
    """Read an export of the EU ETS registry.

    Parameters
    ----------
    export : path
        CSV file in the public layout: one row an installation, a column ``VerifiedEmissions_YEAR`` [t] for
        each year.
    year : int, optional
        Year whose emissions are wanted; by default the latest that is complete.

    Raises
    ------
    UsageError
        When the export has no emissions of that year.
    DataError
        When the file cannot be read as such an export, with every place at which it fails.
    """
    path = Path(export)
    if other := _recognised(path):
        raise DataError([other])
    cells, problems = read_texts(path)
    # A header that is another file's says more than all its rows would; without a header, the file is unreadable.
    header = [name for name in cells.columns if name != LINE]
    problems = (_missing(path.name, header) if header else []) or problems
    if problems:
        raise DataError(problems)
    year = _latest(cells) if year is None else year
    emissions = EMISSIONS + str(year)
    if emissions not in cells:
        known = ", ".join(map(str, _years(cells)))
        raise UsageError(
            Message("{file} has no emissions of {year}; years: {years}", file=path.name, year=year, years=known)
        )
    rows = cells[[LINE, *COLUMNS]].rename(columns=COLUMNS)
    country, status, last_year = (cells.get(name, default) for name, default in OPTIONAL.items())
    rows["country"] = country
    rows["closed"] = pd.Series(status, rows.index, dtype="str").str.strip().str.lower() == "closed"
    last = pd.to_numeric(pd.Series(last_year, rows.index, dtype="str"), errors="coerce")
    rows["last_year"] = last.where(last > 0)
    rows["tonnes"] = _numbers(cells[emissions])
    rows["emissions"] = value_of(KILOTONNES, {"tonnes": rows["tonnes"].to_numpy(float)})
    problems = _problems(path.name, rows, cells[emissions], emissions)
    if problems:
        raise DataError(problems)
    return Register(rows, year)


def _recognised(path: Path) -> Problem | None:
    """A file about the same installations that is no such export, by its first lines; None when it may be one."""
    with path.open("rb") if path.is_file() else nullcontext(BytesIO()) as file:
        head = file.read(HEAD)
    if head.startswith(ZIP):
        what = Message("is a workbook; the Commission's list of verified emissions, for one, has no towns")
    else:
        text = head.decode("utf-8", errors="replace")
        what = next((told for word, told in OTHER_FILES.items() if word in text), Message(""))
    told = Message("{what}; allowed: a CSV file such as {where}", what=what, where=WHERE)
    return Problem(path.name, 0, told) if what else None


def _years(cells: pd.DataFrame) -> list[int]:
    named = (re.fullmatch(EMISSIONS + "([1-9][0-9]{3})", name) for name in cells.columns)
    return sorted(int(found.group(1)) for found in named if found)


def _latest(cells: pd.DataFrame) -> int:
    """The latest year in which nearly as many installations report as in the year before."""
    years = _years(cells)
    reports = [int((_numbers(cells[EMISSIONS + str(year)]) > 0).sum()) for year in years]
    complete = [
        year for year, now, before in zip(years, reports, [0, *reports], strict=False) if now and now >= FULL * before
    ]
    return max(complete, default=years[-1])


def _missing(file: str, header: list[str]) -> list[Problem]:
    """Columns that are not there, in one line: a file without them is most likely another one."""
    missing = [name for name in COLUMNS if name not in header]
    if not any(re.fullmatch(EMISSIONS + r"\d{4}", name) for name in header):
        missing.append(EMISSIONS + "YEAR")
    expected = ", ".join([*COLUMNS, EMISSIONS + "YEAR"])
    if not missing:
        return []
    if len(missing) > len(COLUMNS):
        text = Message(
            "is no export of the EU ETS registry; allowed: columns {columns}, as in {where}",
            columns=expected,
            where=WHERE,
        )
        return [Problem(file, 1, text)]
    lacks = Message(
        "lacks {missing} of an export of the EU ETS registry; allowed: columns {columns}",
        missing=", ".join(missing),
        columns=expected,
    )
    return [Problem(file, 1, lacks)]


def _numbers(cells: "pd.Series[str]") -> "pd.Series[float]":
    reported = ~cells.str.strip().str.lower().isin(NOT_REPORTED)
    return pd.to_numeric(cells.where(reported), errors="coerce").astype(float)


def _problems(file: str, rows: pd.DataFrame, given: "pd.Series[str]", column: str) -> list[Problem]:
    """Problems of emissions that are no amount, and of installations named twice in a country or not at all."""
    reported = ~given.str.strip().str.lower().isin(NOT_REPORTED)
    amount = reported & (rows["tonnes"] >= 0) & (rows["tonnes"] % 1 == 0)
    wrong = rows[reported & ~amount]
    problems = [
        value_problem(file, int(line), column, cell, _amount(cell))
        for line, cell in zip(wrong[LINE], given[wrong.index], strict=True)
    ]
    key = "InstallationOrAircraftOperatorID"
    unnamed = rows[~rows["installation"].str.fullmatch(r"\w+")]
    # Numbers are given out by each country.
    again = rows[rows.duplicated(["country", "installation"])].drop(unnamed.index, errors="ignore")
    columns, allowed = [LINE, "installation"], Message("once in a country; it is on an earlier line too")
    return [
        *problems,
        *(
            value_problem(file, int(line), key, one, Message("letters and digits"))
            for line, one in unnamed[columns].to_numpy()
        ),
        *(value_problem(file, int(line), key, one, allowed) for line, one in again[columns].to_numpy()),
    ]


def _amount(cell: str) -> str:
    """What an amount may be; tonnes of the register are whole, so that a fraction is a sign of another notation."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", cell.strip()):
        whole = re.sub("[.,]", "", cell)
        return Message("a whole number of t; if the sign stands between thousands, write {whole}", whole=whole)
    return Message("a whole number of t, 0 or more, or Excluded, NA, Not Reported, or empty")
