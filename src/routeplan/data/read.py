"""Read an instance from its folder, or say everything that is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from routeplan.data.csv_cells import Unreadable, read_cells
from routeplan.data.folder import folder_problems, stray_tables, table_files
from routeplan.data.scenario_file import read_scenarios, scenario_problems
from routeplan.data.settings_file import read_settings
from routeplan.data.typed import TypedTable, typed_table
from routeplan.data.warnings import warn
from routeplan.errors import DataError, Problem
from routeplan.horizon import IntArray
from routeplan.instance import Instance
from routeplan.rules.check import check_tables
from routeplan.schema.frames import empty
from routeplan.schema.inputs import INPUT_TABLES, PERIODS


@dataclass(frozen=True)
class Examination:
    """What was found in a folder.

    Parameters
    ----------
    instance : Instance or None
        The instance, when there are no problems.
    problems : tuple of Problem
        Every broken rule, sorted by place.
    warnings : tuple of Problem
        What is allowed, but looks like a mistake; only told of an instance without problems.
    tables, rows : int
        Number of tables read, and of their rows.
    """

    instance: Instance | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    tables: int = 0
    rows: int = 0


def read(folder: str | Path) -> Instance:
    """Read an instance.

    Parameters
    ----------
    folder : path
        Folder with ``instance.toml`` and the CSV tables.

    Raises
    ------
    DataError
        With everything that is wrong with the folder, not only what was found first.
    """
    instance, problems, _, _ = _read(Path(folder))
    if instance is None:
        raise DataError(problems)
    return instance


def examine(folder: str | Path) -> Examination:
    """Read an instance and try each of its scenarios; report every problem, and warnings apart.

    Parameters
    ----------
    folder : path
        Folder with ``instance.toml`` and the CSV tables.
    """
    instance, problems, tables, lines = _read(Path(folder))
    rows = sum(len(frame) for frame in tables.values())
    if instance is None:
        return Examination(None, tuple(problems), (), len(tables), rows)
    problems = [problem for scenario in instance.scenarios for problem in scenario_problems(instance, scenario)]
    warnings = tuple(warn(instance, lines))
    return Examination(None if problems else instance, tuple(sorted(problems)), warnings, len(tables), rows)


def _read(
    folder: Path,
) -> tuple[Instance | None, list[Problem], dict[str, pd.DataFrame], dict[str, IntArray]]:
    """Instance (if there are no problems), problems, tables and the lines of their rows."""
    problems = folder_problems(folder)
    if problems:
        return None, problems, {}, {}
    settings, told = read_settings(folder)
    scenarios, more = read_scenarios(folder)
    told = told + more + stray_tables(folder)
    typed, unread = _read_tables(folder)
    told += [*unread.values(), *(problem for table in typed.values() for problem in table.problems)]
    tables = {name: table.frame for name, table in typed.items()}
    lines = {name: table.lines for name, table in typed.items()}
    if settings and not told:
        try:
            return Instance(settings, _with_absent(tables), scenarios), [], tables, lines
        except DataError:
            # Its problems count rows; those that follow have the lines of the files.
            pass
    incomplete = {*unread, *(name for name, table in typed.items() if not table.complete)}
    broken = check_tables(settings, _with_absent(tables, unread), lines, incomplete)
    news = [problem for problem in broken if not _told(typed, problem)]
    return None, sorted(told + news), tables, lines


def _read_tables(folder: Path) -> tuple[dict[str, TypedTable], dict[str, Problem]]:
    """The tables that could be read, and why others could not."""
    typed: dict[str, TypedTable] = {}
    unread: dict[str, Problem] = {}
    for name, path in table_files(folder).items():
        table = INPUT_TABLES[name]
        try:
            typed[name] = _in_order(name, typed_table(table, read_cells(path)))
        except Unreadable as refused:
            unread[name] = refused.problem
    for name, table in INPUT_TABLES.items():
        if not (table.optional or name in typed or name in unread):
            unread[name] = Problem(table.file, 0, "the file is missing; allowed: a table, if need be without rows")
    return typed, unread


def _in_order(name: str, table: TypedTable) -> TypedTable:
    """Periods are kept in the order of time, however the file lists them; other rows stay as they are."""
    if name != PERIODS.name or "period" not in table.frame:
        return table
    order = np.argsort(table.frame["period"].to_numpy(), kind="stable")
    return replace(table, frame=table.frame.iloc[order].reset_index(drop=True), lines=table.lines[order])


def _with_absent(tables: Mapping[str, pd.DataFrame], unread: Collection[str] = ()) -> dict[str, pd.DataFrame]:
    """Add the optional tables that are absent, without rows."""
    return {
        name: tables[name] if name in tables else empty(table)
        for name, table in INPUT_TABLES.items()
        if name not in unread
    }


def _told(typed: Mapping[str, TypedTable], problem: Problem) -> bool:
    table = typed.get(problem.file.removesuffix(".csv"))
    return table is not None and table.already_told(problem)
