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

NOT_REPORTED = ("", "excluded", "not reported", "-")
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
        ``activity`` (text), ``country``, ``tonnes`` and ``emissions`` [kt] (NaN where not reported) and ``line``.

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
    rows["country"] = cells.get("Country", "NL")
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
    reported = ~cells.str.lower().isin(NOT_REPORTED)
    return pd.to_numeric(cells.where(reported), errors="coerce").astype(float)


def _problems(file: str, rows: pd.DataFrame, given: "pd.Series[str]", column: str) -> list[Problem]:
    """Problems of emissions that are no amount, and of installations named twice or not at all."""
    reported = ~given.str.lower().isin(NOT_REPORTED)
    amount = reported & (rows["emissions"] >= 0) & (rows["emissions"] < float("inf"))
    wrong = rows[reported & ~amount]
    problems = [
        value_problem(file, int(line), column, cell, "a number of t, 0 or more, or Excluded, or empty")
        for line, cell in zip(wrong[LINE], given[wrong.index], strict=True)
    ]
    again = rows[rows["installation"].duplicated() | ~rows["installation"].str.fullmatch(r"\w+")]
    return problems + [
        value_problem(file, int(line), "InstallationOrAircraftOperatorID", cell, "letters and digits, each once")
        for line, cell in zip(again[LINE], again["installation"], strict=True)
    ]
