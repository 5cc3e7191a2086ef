"""Perspective read back from its file."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.csv_cells import Unreadable, read_cells
from routeplan.data.paths import path_of
from routeplan.data.typed import TypedTable, typed_table
from routeplan.errors import DataError, Problem, UsageError
from routeplan.result.result import Result, refuse_without_plan
from routeplan.schema.perspective import PERSPECTIVE
from routeplan.why.dates import Dates
from routeplan.why.outlook import Answer, Outlook, Perspective, first_planned, routes_at_sites
from routeplan.why.until import UntilThen

Row = dict[str, Any]


def read_perspective(file: Path | str, result: Result) -> Perspective:
    """Read back what the sites of a plan can expect.

    Parameters
    ----------
    file : path
        A CSV file written by `write_perspective`.
    result : Result
        The result whose plan it is about.

    Returns
    -------
    Perspective
        What was written; what a process does until then is taken from the plan again. It counts as stopped where it has
        some of the routes of a site, and not all.

    Raises
    ------
    NoPlan
        When the result has no plan.
    UsageError
        When there is no such file.
    DataError
        When it cannot be read, or is not about this plan.
    """
    refuse_without_plan(result)
    place = path_of(file)
    if not place.is_file():
        raise UsageError(f"{place} is no file; allowed: a CSV file as `routeplan perspective --out FILE.csv` writes it")
    table = _read(place)
    planned = first_planned(result)
    if problems := [*_strange(place.name, table, result, planned)]:
        raise DataError(problems)
    rows = [{str(name): value for name, value in row.items()} for row in table.frame.to_dict("records")]
    first = rows[0] if rows else {}
    plans = {dates: str(first.get(f"{dates}_plan", "")) for dates in (Dates.EARLY, Dates.LATE)}
    until = UntilThen(result)
    outlooks = tuple(_outlook(row, until) for row in rows)
    stopped, asked = _ended_early(outlooks, result)
    return Perspective(result, int(first.get("years", 0)), plans, outlooks, stopped, asked)


def _ended_early(outlooks: Sequence[Outlook], result: Result) -> tuple[bool, int]:
    """Whether a site has some of its routes alone, as sites are asked about as a whole; and how many the plan has."""
    known = routes_at_sites(result)
    told = Counter(outlook.site for outlook in outlooks)
    return any(count < known[site] for site, count in told.items()), known.total()


def _read(file: Path) -> TypedTable:
    try:
        cells = read_cells(file)
    except Unreadable as refused:
        raise DataError([refused.problem]) from None
    table = typed_table(PERSPECTIVE, cells)
    # An empty year says that there is none: a column that is not there must not say so.
    lost = [name for name in PERSPECTIVE.names if name not in cells.header]
    problems = [
        Problem(file.name, cells.header_line, f"column '{name}' is missing; allowed: all of them") for name in lost
    ]
    if problems := [*problems, *table.problems]:
        raise DataError(problems)
    return table


def _strange(name: str, table: TypedTable, result: Result, planned: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """Rows that are not of this plan."""
    instance = result.instance
    at = dict(zip(instance["processes"]["process"], instance["processes"]["site"], strict=True))
    options = set(zip(instance["options"]["process"], instance["options"]["route"], strict=True))
    first = {int(year) for year in instance.horizon.first}
    for line, row in zip(table.lines, table.frame.to_dict("records"), strict=True):
        option = row["process"], row["route"]
        ours = option in options and at[row["process"]] == row["site"] and planned.get(option) == _year(row["planned"])
        if not ours or not first.issuperset(year for dates in Dates if (year := _year(row[dates])) is not None):
            text = (
                f"{row['process']}, {row['route']}: this row is not about the plan that is given; allowed: a file that "
                "`routeplan perspective RESULT --out FILE.csv` has written of it"
            )
            yield Problem(name, int(line), text)


def _outlook(row: Row, until: UntilThen) -> Outlook:
    unknown = str(row["not_known"]).split()
    possible = {dates: Answer(_year(row[dates]), known=dates not in unknown) for dates in Dates}
    planned = _year(row["planned"])
    before = until(row["process"], possible[Dates.EXPECTED].year if planned is None else planned)
    names = {name: row[name] for name in ("site", "process", "route")}
    return Outlook(**names, possible=possible, planned=planned, until=before, lead_time=_year(row["lead_time"]))


def _year(cell: object) -> int | None:
    """A whole number of a cell; None where it is empty."""
    return None if pd.isna(cell) else int(cell)  # type: ignore[call-overload]
