"""Load the default tables, the user's own in place of the package's, and look figures up by year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from routeplan.data.csv_file import LINE, read_table
from routeplan.errors import DataError, Message, Problem, UsageError, value_problem
from routeplan.estimate.default_schema import DEFAULT_TABLES, YEARS
from routeplan.instance.horizon import FloatArray
from routeplan.schema.column import Column, Table
from routeplan.schema.inputs import ALL, CURRENT

PACKAGE_TABLES = Path(__file__).parent / "tables"
"""Folder of the package's default tables."""

_NAMES_OF_YEARS = [str(year) for year in YEARS]
_NEEDED = (
    "gas_emission_factor",
    "discount_rate",
    "firm_rate",
    "currency_year",
    "support_years",
    "contract_factor",
    "peak_factor",
    "small_band",
    "flexible_hours",
    "reference_year",
    "national_emissions",
    "capture_reference_size",
    "detour_factor",
    "reach_node",
    "reach_site",
    "neighbours",
    "pipe_lead_time",
    "truck_lead_time",
    "truck_fixed",
    "truck_per_km",
    "liquefaction",
    "reinforcement_capex",
    "reinforcement_lifetime",
)
"""Names that the table `general` must have."""


@dataclass(frozen=True)
class DefaultTables:
    """The default tables, checked.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Each table of `DEFAULT_TABLES` by name.
    own : mapping of str to str
        Files of the user's that took the place of the package's, by table.
    """

    frames: Mapping[str, pd.DataFrame]
    own: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name].copy(deep=False)

    def file(self, name: str) -> str:
        """Name of the file that a table was read from: ``default areas.csv``, or the user's own with its folder."""
        return self.own.get(name, f"default {DEFAULT_TABLES[name].file}")

    def general(self, name: str, year: float | None = None) -> float:
        """Look up a figure of the table `general`, in a year (default: its reference year)."""
        rows = self.frames["general"].set_index("name")
        reference = interpolated(rows.loc[["reference_year"]], [YEARS[0]])[0, 0]
        return float(interpolated(rows.loc[[name]], [reference if year is None else year])[0, 0])


def interpolated(rows: pd.DataFrame, years: ArrayLike) -> FloatArray:
    """Values of rows by year in any years: linear between the table's years, constant outside them.

    Parameters
    ----------
    rows : DataFrame
        With a column for each of `YEARS`.
    years : array_like, shape (T,)
        Calendar years.

    Returns
    -------
    FloatArray, shape (N, T)
    """
    given = rows[_NAMES_OF_YEARS].to_numpy(float)
    when = np.clip(np.asarray(years, dtype=float), YEARS[0], YEARS[-1])
    left = np.clip(np.searchsorted(YEARS, when, side="right") - 1, 0, len(YEARS) - 2)
    known = np.asarray(YEARS, dtype=float)
    weight = (when - known[left]) / (known[left + 1] - known[left])
    return np.asarray(given[:, left] * (1.0 - weight) + given[:, left + 1] * weight)


def repeated(rows: pd.DataFrame, periods: "list[int]") -> pd.DataFrame:
    """Rows by year as one row for each period, which is in the column ``period``."""
    long = rows.loc[rows.index.repeat(len(periods))].reset_index(drop=True)
    return long.assign(period=np.tile(np.asarray(periods, dtype=np.int64), len(rows)))


def load_defaults(folder: Path | str | None = None) -> DefaultTables:
    """Load the package's default tables.

    Parameters
    ----------
    folder : path, optional
        Folder of the user's: a file there takes the place of the package's file of the same name.

    Raises
    ------
    UsageError
        When there is no such folder.
    DataError
        With every rule that a table breaks.
    """
    own = _own_files(folder)
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, table in DEFAULT_TABLES.items():
        frames[name], found = read_table(own[name], table) if name in own else _of_package(name)
        problems += found
    problems = problems or [*_reference_problems(frames), *_meaning_problems(frames)]
    if problems:
        raise DataError(problems)
    return DefaultTables(frames, {name: path.as_posix() for name, path in own.items()})


@cache
def _of_package(name: str) -> tuple[pd.DataFrame, list[Problem]]:
    """A table of the package, which does not change while it runs."""
    return read_table(PACKAGE_TABLES / DEFAULT_TABLES[name].file, DEFAULT_TABLES[name])


def _own_files(folder: Path | str | None) -> dict[str, Path]:
    """CSV files of the user's folder by table, an unknown one refused."""
    if folder is None:
        return {}
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(Message("there is no folder {folder} of default tables", folder=path))
    files = {file.stem: file for file in sorted(path.glob("*.csv"))}
    known = ", ".join(DEFAULT_TABLES)
    problems = [
        Problem(file.name, 0, Message("is no default table; tables: {tables}", tables=known))
        for name, file in files.items()
        if name not in DEFAULT_TABLES and not name.startswith("note")
    ]
    if problems:
        raise DataError(problems)
    return files


def _reference_problems(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Problems of cells that refer to no row of another table."""
    return [
        problem
        for name, table in DEFAULT_TABLES.items()
        for column in table.columns
        if column.refers
        for problem in _dangling(frames, table, column, frames[name])
    ]


def _dangling(frames: Mapping[str, pd.DataFrame], table: Table, column: Column, frame: pd.DataFrame) -> list[Problem]:
    target = column.refers[0]
    known = frames[target][DEFAULT_TABLES[target].key[0]]
    wrong = frame[~frame[column.name].isin(known)]
    return [
        value_problem(table.file, int(line), column.name, cell, column.allowed)
        for line, cell in zip(wrong[LINE], wrong[column.name], strict=True)
    ]


def _meaning_problems(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Find problems beyond single cells: missing names, bad patterns, no single current route."""
    names = set(frames["general"]["name"])
    problems = [Problem("general.csv", 0, f"has no row '{name}'") for name in _NEEDED if name not in names]
    routes = frames["routes"]
    if list(routes.loc[routes["family"] == CURRENT, "route"]) != [CURRENT]:
        problems.append(Problem("routes.csv", 0, "needs one route of family current, called current"))
    return [*problems, *_sector_problems(frames), *_pattern_problems(frames["sector_rules"])]


def _sector_problems(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    known = {ALL, *frames["sectors"]["sector"]}
    wrong = frames["choices"][~frames["choices"]["sector"].isin(known)]
    return [
        value_problem("choices.csv", int(line), "sector", cell, "all or a sector listed in sectors.csv")
        for line, cell in zip(wrong[LINE], wrong["sector"], strict=True)
    ]


def _pattern_problems(rules: pd.DataFrame) -> list[Problem]:
    problems = []
    for line, pattern in zip(rules[LINE], rules["pattern"], strict=True):
        try:
            re.compile(pattern)
        except re.error as error:
            problems.append(
                value_problem("sector_rules.csv", int(line), "pattern", pattern, f"a regular expression ({error})")
            )
    return problems
