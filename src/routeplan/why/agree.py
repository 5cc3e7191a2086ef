"""Whether the tables of verdicts agree with each other: what one of them has lost would be told as proof of another."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from routeplan.data.csv_text import number_text
from routeplan.data.typed import TypedTable
from routeplan.errors import Problem, value_problem
from routeplan.schema.verdicts import BLOCKERS, LIFTINGS, PROJECTS, VERDICT_TABLES
from routeplan.why.judged import VALUED, Verdict
from routeplan.why.tables import HELD_BACK

Tables = Mapping[str, TypedTable]

REPEATED = {
    "projects": ("causes", "complete", "planned", "until", "then"),
    "blockers": ("amount", "unit", "from", "until"),
    "liftings": ("saved_anew",),
    "by_limit": ("alone", "projects", "amount", "unit"),
    "by_cause": ("projects", "share"),
}
"""Columns that follow from other tables, or from the plan."""

NEAR = 1e-6
"""Share by which numbers that are reckoned again may be apart."""


def twice(tables: Tables) -> Iterator[Problem]:
    """Rows that are there already."""
    for name, table in tables.items():
        declared = VERDICT_TABLES[name]
        again = table.frame.duplicated(list(declared.key)).to_numpy()
        for line, row in zip(table.lines[again], table.frame[again].to_dict("records"), strict=True):
            named = ", ".join(f"{key} {_shown(row[key])}" for key in declared.key)
            yield Problem(declared.file, int(line), f"{named}: has a row already; allowed: one row for each")


def counted_otherwise(tables: Tables) -> Iterator[Problem]:
    """Sets of blockers and liftings that are not those of their projects, and years that a verdict rules out."""
    blocking, lifting = _sets_of(tables["blockers"]), _sets_of(tables["liftings"])
    yield from _without_limits(tables["blockers"])
    for line, row in _rows(tables["projects"]):
        yield from _of_project(line, row, blocking.get(row["project"], {}), lifting.get(row["project"], {}))


def _without_limits(table: TypedTable) -> Iterator[Problem]:
    """Sets of blockers with fewer or more limits than they say; those of an earlier version say nothing."""
    there = table.frame.groupby(["project", "set"])["kind"].transform("size")
    said = table.frame["limits"]
    for at in np.flatnonzero(said.notna() & (said != there)):
        row = table.frame.iloc[at]
        allowed = f"{there.iloc[at]}, the rows of set {row['set']:.0f} of project {row['project']}"
        yield _problem(BLOCKERS.file, int(table.lines[at]), "limits", row["limits"], allowed)


def _of_project(
    line: int, row: Mapping[str, Any], blocking: Mapping[int, int], lifting: Mapping[int, int]
) -> Iterator[Problem]:
    project, verdict, count = row["project"], row["verdict"], len(blocking)
    of_it = f"of project {project}"
    if row["sets"] != count:
        yield _problem(PROJECTS.file, line, "sets", row["sets"], f"{count}, the sets {of_it} in {BLOCKERS.file}")
        return
    if count and verdict not in HELD_BACK:
        allowed = f"{', '.join(HELD_BACK)}, as {BLOCKERS.file} has limits {of_it}"
        yield _problem(PROJECTS.file, line, "verdict", verdict, allowed)
        return
    if text := _years_of(Verdict(verdict), int(row["period"]), row["possible_from"]):
        yield _problem(
            PROJECTS.file, line, "possible_from", row["possible_from"], f"{text}, the verdict being {verdict}"
        )
    yield from _in_turn(BLOCKERS.file, blocking, count, f"the sets {of_it} in {PROJECTS.file}")
    # Without limits, what the project brings as it is stands in the first row.
    most = 1 if verdict == Verdict.OTHER_ROUTE else count
    yield from _in_turn(LIFTINGS.file, lifting, most, f"the sets {of_it} in {BLOCKERS.file}")
    for number in range(1, min(count, VALUED) + 1):
        if number not in lifting:
            yield Problem(
                LIFTINGS.file, 0, f"has no row of set {number} {of_it}; allowed: the first {VALUED} sets, each in a row"
            )


def _years_of(verdict: Verdict, wanted: int, possible: float) -> str:
    """What a verdict allows for the year from which a project is possible, where it is something else."""
    empty = pd.isna(possible)
    match verdict:
        case Verdict.GOES_AHEAD | Verdict.OTHER_ROUTE:
            return "" if possible == wanted else str(wanted)
        case Verdict.LATER:
            return "" if empty or possible > wanted else f"a year after {wanted}, or empty"
        case Verdict.BLOCKED | Verdict.NOT_KNOWN:
            return "" if empty else "empty"


def _in_turn(file: str, lines: Mapping[int, int], most: int, of: str) -> Iterator[Problem]:
    """Numbers of sets beyond those that there are."""
    for number, line in lines.items():
        if not 1 <= number <= most:
            allowed = f"whole numbers from 1 to {most}, {of}" if most else f"no row, by {of}"
            yield _problem(file, line, "set", number, allowed)


def _sets_of(table: TypedTable) -> dict[str, dict[int, int]]:
    """First line of each set, by project and number."""
    found: dict[str, dict[int, int]] = {}
    for line, row in _rows(table):
        found.setdefault(row["project"], {}).setdefault(int(row["set"]), line)
    return found


def told_otherwise(tables: Tables, anew: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """What does not follow from the other tables and the plan.

    Parameters
    ----------
    tables : mapping of str to TypedTable
        All tables, as read.
    anew : mapping of str to DataFrame
        The same, made again from the verdicts that were read.
    """
    for name, columns in REPEATED.items():
        declared = VERDICT_TABLES[name]
        expected = {_key(row, declared.key): row for row in anew[name].to_dict("records")}
        for line, row in _rows(tables[name]):
            other = expected.pop(_key(row, declared.key), None)
            yield from _differs(declared.file, line, row, other, declared.key[-1], columns)
        for key in expected:
            text = f"has no row of {', '.join(map(_shown, key))}; allowed: all that follow from the other tables"
            yield Problem(declared.file, 0, text)


def _differs(
    file: str, line: int, row: Mapping[str, Any], other: Mapping[Any, Any] | None, key: str, columns: Sequence[str]
) -> Iterator[Problem]:
    """The first column of a row that is another one in the row that follows from the other tables."""
    if other is None:
        yield _problem(file, line, key, row[key], "what follows from the other tables, where this row is not")
        return
    for column in columns:
        if not _same(row[column], other[column]):
            told = f"{_shown(other[column]) or 'empty'}, as the other tables and the plan have it"
            yield _problem(file, line, column, row[column], told)
            return


def _key(row: Mapping[Any, Any], columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    return (pd.isna(one) and pd.isna(other)) or math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else number_text(value)


def _problem(file: str, line: int, column: str, value: Any, allowed: str) -> Problem:
    return value_problem(file, line, column, _shown(value), allowed)


def _rows(table: TypedTable) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, row in zip(table.lines, table.frame.to_dict("records"), strict=True):
        yield int(line), {str(column): value for column, value in row.items()}
