"""Read the public export of the EU ETS registry: installations and their verified emissions."""

import re
from pathlib import Path

import pandas as pd

from routeplan.data.csv_file import LINE, read_texts
from routeplan.errors import DataError, Problem, UsageError, value_problem
from routeplan.estimate.formulas import value_of

_COLUMNS = {
    "InstallationOrAircraftOperatorID": "installation",
    "AccountHolderName": "operator",
    "InstallationNameOrAircraftOperatorCode": "name",
    "City": "place",
    "ZipCode": "postcode",
    "MainActivityTypeCode": "activity",
}
"""Columns of the export that are read, and what they are called here."""

EMISSIONS = "VerifiedEmissions_"
"""Columns with emissions are named so, and by the year."""

OPTIONAL = {"Country": "NL", "AccountStatus": "open", "LastYearOfEmissions": ""}
"""Columns of the export that it may lack, and what counts where it does."""

NOT_REPORTED = ("", "-", "-1", "na", "n/a", "excluded", "not reported", "not calculated")
"""What stands in the export where an installation has no emissions of its own in a year (any case)."""

KILOTONNES = "tonnes / 1000"
"""Emissions in the unit of instances [kt/yr]."""


def read_register(export: Path | str, year: int) -> pd.DataFrame:
    """Read an export of the EU ETS registry.

    Parameters
    ----------
    export : path
        CSV file in the public layout: one row an installation, a column ``VerifiedEmissions_YEAR`` [t] for
        each year.
    year : int
        Year whose emissions are wanted.

    Returns
    -------
    DataFrame
        Rows of the export in order: ``installation``, ``operator``, ``name``, ``place``, ``postcode``,
        ``activity`` (text), ``country``, ``closed`` (whether its account is), ``last_year`` (of its emissions; NaN
        where it goes on), ``tonnes`` and ``emissions`` [kt] (NaN where not reported) and ``line``.

    Raises
    ------
    UsageError
        When the export has no emissions of that year.
    DataError
        When the file cannot be read as such an export, with every place at which it fails.
    """
    path = Path(export)
    cells, problems = read_texts(path)
    # A header that is another file's says more than all its rows would; without a header, the file is unreadable.
    header = [name for name in cells.columns if name != LINE]
    problems = (_missing(path.name, header) if header else []) or problems
    if problems:
        raise DataError(problems)
    emissions = EMISSIONS + str(year)
    if emissions not in cells:
        years = sorted(name.removeprefix(EMISSIONS) for name in cells.columns if name.startswith(EMISSIONS))
        raise UsageError(f"{path.name} has no emissions of {year}; years: {', '.join(years)}")
    rows = cells[[LINE, *_COLUMNS]].rename(columns=_COLUMNS)
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
    return rows


def _missing(file: str, header: list[str]) -> list[Problem]:
    """Columns that are not there, in one line: a file without them is most likely another one."""
    missing = [name for name in _COLUMNS if name not in header]
    if not any(re.fullmatch(EMISSIONS + r"\d{4}", name) for name in header):
        missing.append(EMISSIONS + "YEAR")
    expected = ", ".join([*_COLUMNS, EMISSIONS + "YEAR"])
    if not missing:
        return []
    if len(missing) > len(_COLUMNS):
        return [Problem(file, 1, f"is no export of the EU ETS registry; allowed: columns {expected}")]
    lacks = f"lacks {', '.join(missing)} of an export of the EU ETS registry; allowed: columns {expected}"
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
    columns, allowed = [LINE, "installation"], "once in a country; it is on an earlier line too"
    return [
        *problems,
        *(value_problem(file, int(line), key, one, "letters and digits") for line, one in unnamed[columns].to_numpy()),
        *(value_problem(file, int(line), key, one, allowed) for line, one in again[columns].to_numpy()),
    ]


def _amount(cell: str) -> str:
    """What an amount may be; tonnes of the register are whole, so that a fraction is a sign of another notation."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", cell.strip()):
        whole = re.sub("[.,]", "", cell)
        return f"a whole number of t; if the sign stands between thousands, write {whole}"
    return "a whole number of t, 0 or more, or Excluded, NA, Not Reported, or empty"
