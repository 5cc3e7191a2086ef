"""Read an instance from its folder or workbook, or report every problem."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from routeplan.data.csv_cells import Cells, Unreadable
from routeplan.data.paths import path_of
from routeplan.data.scenario_file import scenario_problems, unfit_changes
from routeplan.data.stored import Stored, stored_at
from routeplan.data.typed import TypedTable, typed_table
from routeplan.data.warnings.warn import HIDDEN, Remarks, remarks
from routeplan.data.word_meant import word_meant
from routeplan.errors import DataError, Problem, counted
from routeplan.instance.horizon import IntArray
from routeplan.instance.impossible import impossible
from routeplan.instance.instance import Instance
from routeplan.instance.options import options_of
from routeplan.instance.rules.check import check_tables
from routeplan.instance.rules.findings import Lines
from routeplan.instance.scenario import Scenario
from routeplan.schema.column import Table
from routeplan.schema.frames import empty
from routeplan.schema.inputs import INPUT_TABLES, PERIODS
from routeplan.schema.subjects import needed_tables

Mend = Callable[[Table, Cells], Cells]
"""A change of the cells of a table, before they are read as what they now are."""

Frame = TypeVar("Frame", pd.DataFrame, pd.DataFrame | None)


@dataclass(frozen=True)
class Examination:
    """Outcome of checking a folder or workbook, or an instance in memory.

    Parameters
    ----------
    instance : Instance or None
        The instance, when there are no problems.
    problems : tuple of Problem
        Every broken rule, sorted by place.
    warnings : tuple of Problem
        What is allowed, but looks like a mistake; only told of an instance without problems.
    notes : tuple of Problem
        What is right, and good to know.
    silenced : int
        Number of warnings that are not shown, because the instance says so.
    tables, rows : int
        Number of tables read, and of their rows.
    """

    instance: Instance | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    silenced: int = 0
    tables: int = 0
    rows: int = 0

    def __repr__(self) -> str:
        """How much there is to say, on one line."""
        counts = [(self.problems, "problem"), (self.warnings, "warning"), (self.notes, "note")]
        told = ", ".join(counted(len(found), noun) if found else f"no {noun}s" for found, noun in counts)
        silenced = f", {self.silenced} silenced" if self.silenced else ""
        return f"<Examination of {self.tables} tables, {self.rows:,} rows: {told}{silenced}>"

    def _repr_html_(self) -> str:
        """The same for a notebook, with a list of all that is said."""
        kinds = [("Problems", self.problems), ("Warnings", self.warnings), ("Notes", self.notes)]
        lists = "".join(f"<p>{title}</p><ul>{_items(found)}</ul>" for title, found in kinds if found)
        return f"<p>{escape(repr(self))}</p>{lists}"


def _items(found: tuple[Problem, ...]) -> str:
    return "".join(f"<li>{escape(str(problem))}</li>" for problem in found)


@dataclass(frozen=True)
class _Reading:
    """Outcome of reading: the instance, when its settings and tables obey every rule, and the tables themselves.

    `scenarios` are those that can be tried; `problems` are of settings, tables, and the form of the scenarios.
    """

    instance: Instance | None
    problems: list[Problem]
    typed: Mapping[str, TypedTable]
    scenarios: tuple[Scenario, ...] = ()

    @property
    def lines(self) -> dict[str, IntArray]:
        return {name: table.lines for name, table in self.typed.items()}


def read(path: str | Path) -> Instance:
    """Read an instance.

    Parameters
    ----------
    path : path
        Folder with ``instance.toml`` and the CSV tables, or one Excel workbook (.xlsx) with a sheet for each of them.

    Raises
    ------
    DataError
        With everything that is wrong with it, not only what was found first.
    """
    return read_with_free_columns(path)[0]


def read_with_free_columns(path: str | Path, *, mend: Mend | None = None) -> tuple[Instance, dict[str, pd.DataFrame]]:
    """Read an instance, and with it the columns that are the user's own: notes and sources.

    Parameters
    ----------
    path : path
        Folder or workbook.
    mend : callable of Table and Cells, optional
        Change of the cells of each table before they are read.

    Returns
    -------
    instance : Instance
        The instance.
    free : dict of str to DataFrame
        Of each table that has them, its columns of notes and sources, as text; its rows are those of the table.

    Raises
    ------
    DataError
        With everything that is wrong with it.
    """
    stored = stored_at(path_of(path))
    found = _read(stored, mend)
    return _instance(stored, found), {name: table.free for name, table in found.typed.items() if table.free is not None}


def read_with_remarks(path: str | Path) -> tuple[Instance, Remarks]:
    """Read an instance, and say what looks like a mistake in it.

    Parameters
    ----------
    path : path
        Folder or workbook.

    Returns
    -------
    instance : Instance
        The instance.
    remarks : Remarks
        Warnings and notes, with their places.

    Raises
    ------
    DataError
        With everything that is wrong with it.
    """
    stored = stored_at(path_of(path))
    found = _read(stored)
    instance = _instance(stored, found)
    return instance, _remarks(stored, instance, found)


def check(path: str | Path | Instance) -> Examination:
    """Read an instance and try each of its scenarios; report every problem, and warnings apart.

    Parameters
    ----------
    path : path or Instance
        Folder with ``instance.toml`` and the CSV tables, or one Excel workbook (.xlsx) with a sheet for each of them.
        Or an instance in memory: its rows are told by the lines on which `write` would put them.
    """
    if isinstance(path, Instance):
        return _examined(path)
    stored = stored_at(path_of(path))
    found = _read(stored)
    examined = _without_remarks(stored, found)
    if found.instance is None or found.problems:
        return examined
    told = _remarks(stored, found.instance, found)
    warnings = list(told.warnings)
    if not examined.problems:
        warnings += _impossible_under_scenarios(found.instance, told, found.lines, stored.placed)
    return replace(examined, warnings=tuple(sorted(warnings)), notes=told.notes, silenced=told.silenced)


def check_rules(path: str | Path) -> Examination:
    """Read an instance and try each of its scenarios, as `check` does; report every problem, and nothing else.

    Warnings and notes take most of the time of `check`; what has just been written needs none.

    Parameters
    ----------
    path : path
        Folder or workbook.
    """
    stored = stored_at(path_of(path))
    return _without_remarks(stored, _read(stored))


def _without_remarks(stored: Stored, found: _Reading) -> Examination:
    problems = [*found.problems, *_scenario_problems(found)]
    return Examination(
        None if problems else found.instance,
        tuple(sorted(map(stored.placed, problems))),
        tables=len(found.typed),
        rows=sum(len(table.frame) for table in found.typed.values()),
    )


def _impossible_under_scenarios(
    instance: Instance, told: Remarks, lines: Lines | None = None, placed: Callable[[Problem], Problem] | None = None
) -> list[Problem]:
    """What no plan can obey under a scenario, beside what is told of the instance without one."""
    known = {str(warning) for warning in told.warnings}
    return [
        replace(problem, text=f"under scenario '{scenario.name}': {problem.text}")
        for scenario in instance.scenarios
        for found in impossible(options_of(instance.under(scenario.name)), lines)
        for problem in [placed(found) if placed else found]
        if str(problem) not in known
    ]


def _examined(instance: Instance) -> Examination:
    """Examine an instance in memory; one under a scenario has been put under all that it may be."""
    scenarios = instance.scenarios if instance.scenario is None else ()
    problems = sorted(problem for each in scenarios for problem in scenario_problems(instance, each))
    told = remarks(instance)
    more = _impossible_under_scenarios(instance, told) if scenarios and not problems else []
    filled = [frame for frame in instance.tables.values() if len(frame)]
    return Examination(
        None if problems else instance,
        tuple(problems),
        tuple(sorted([*told.warnings, *more])),
        told.notes,
        told.silenced,
        len(filled),
        sum(map(len, filled)),
    )


def _instance(stored: Stored, found: _Reading) -> Instance:
    """The instance that was read; every problem, where there are some."""
    if found.instance is None or found.problems:
        problems = [*found.problems, *_scenario_problems(found)]
        raise DataError([stored.placed(problem) for problem in problems])
    return found.instance


def _remarks(stored: Stored, instance: Instance, found: _Reading) -> Remarks:
    """Remarks with their actual places, and on how the instance is stored: what is hidden, or has two readings."""
    told = remarks(instance, found.lines)
    more = [replace(problem, name=HIDDEN) for problem in stored.hidden()]
    more += [stored.placed(problem) for table in found.typed.values() for problem in table.doubtful]
    shown = [problem for problem in more if problem.name not in instance.settings.silenced]
    warnings = sorted([*map(stored.placed, told.warnings), *shown])
    notes = sorted(map(stored.placed, told.notes))
    return Remarks(tuple(warnings), tuple(notes), told.silenced + len(more) - len(shown))


def hidden(path: str | Path) -> list[Problem]:
    """Tell what is hidden in a workbook that could be read: filtered rows, columns, sheets; they count all the same.

    Parameters
    ----------
    path : path
        Folder, in which nothing is, or workbook.
    """
    return stored_at(path_of(path)).hidden()


def _scenario_problems(found: _Reading) -> list[Problem]:
    """Problems of the scenarios, tried on the instance, or as far as possible on tables that break rules."""
    if found.instance is not None:
        return [problem for each in found.scenarios for problem in scenario_problems(found.instance, each)]
    read_in_full = {name for name, table in found.typed.items() if table.complete and not table.problems}
    tables = {name: found.typed[name].frame for name in read_in_full}
    return [problem for each in found.scenarios for problem in unfit_changes(each, tables)]


def _read(stored: Stored, mend: Mend | None = None) -> _Reading:
    """Read and check; the places of problems are those of a folder."""
    problems = stored.problems()
    if problems:
        return _Reading(None, problems, {})
    settings, told = stored.settings()
    scenarios, misformed = stored.scenarios()
    told = told + stored.strays()
    typed, unread = _read_tables(stored, mend)
    told += [*unread.values(), *(problem for table in typed.values() for problem in table.problems)]
    tables = {name: table.frame for name, table in typed.items()}
    if not told and not any(map(len, tables.values())):
        return _Reading(None, [_nothing_filled_in()], typed)
    if settings and not told:
        try:
            return _Reading(Instance(settings, _with_absent(tables), scenarios), misformed, typed, scenarios)
        except DataError:
            # Its problems count rows; those that follow have the lines of the files.
            pass
    incomplete = {*unread, *(name for name, table in typed.items() if not table.complete)}
    lines = {name: table.lines for name, table in typed.items()}
    broken = check_tables(settings, _with_absent(tables, unread), lines, incomplete, suggest=word_meant)
    news = [problem for problem in broken if not _reported(typed, problem)]
    return _Reading(None, told + news + misformed, typed, scenarios)


def _nothing_filled_in() -> Problem:
    """Problem of a template as it came; of each table that is needed there would be one or more."""
    *names, last = needed_tables()
    needed = f"{', '.join(names)} and {last}"
    return Problem(PERIODS.file, 0, f"has no rows, nor has any other table; a plan needs rows in {needed}")


def _read_tables(stored: Stored, mend: Mend | None) -> tuple[dict[str, TypedTable], dict[str, Problem]]:
    """Read the tables; report the problems of those that cannot be read."""
    typed: dict[str, TypedTable] = {}
    unread: dict[str, Problem] = {}
    for name, table in INPUT_TABLES.items():
        try:
            cells = stored.cells(table)
        except Unreadable as refused:
            unread[name] = refused.problem
            continue
        if cells is not None:
            typed[name] = _in_order(name, typed_table(table, mend(table, cells) if mend else cells))
        elif not table.optional:
            unread[name] = Problem(table.file, 0, "the file is missing; allowed: a table, if need be without rows")
    return typed, unread


def _in_order(name: str, table: TypedTable) -> TypedTable:
    """Sort the periods by time; other rows keep their order."""
    if name != PERIODS.name or "period" not in table.frame:
        return table
    order = np.argsort(table.frame["period"].to_numpy(), kind="stable")
    return replace(table, frame=_taken(table.frame, order), free=_taken(table.free, order), lines=table.lines[order])


def _taken(frame: Frame, order: IntArray) -> Frame:
    return frame if frame is None else frame.iloc[order].reset_index(drop=True)


def _with_absent(tables: Mapping[str, pd.DataFrame], unread: Collection[str] = ()) -> dict[str, pd.DataFrame]:
    """Add the optional tables that are absent, without rows."""
    return {
        name: tables[name] if name in tables else empty(table)
        for name, table in INPUT_TABLES.items()
        if name not in unread
    }


def _reported(typed: Mapping[str, TypedTable], problem: Problem) -> bool:
    table = typed.get(problem.file.removesuffix(".csv"))
    return table is not None and table.already_told(problem)
