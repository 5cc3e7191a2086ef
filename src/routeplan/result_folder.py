"""Results on disk: a folder that can be read alone."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.csv_cells import Unreadable, read_cells
from routeplan.data.folder_swap import written_aside
from routeplan.data.read import read
from routeplan.data.typed import typed_table
from routeplan.data.write import csv_text, write, write_text
from routeplan.errors import DataError, Problem, UsageError
from routeplan.result import Record, Result, Status, gap
from routeplan.schema.column import Table
from routeplan.schema.frames import empty
from routeplan.schema.results import PROGRESS, RESULT_TABLES, RUNS

RESULT_FILE = "result.json"
INSTANCE_FOLDER = "instance"
PROVEN = ("objective", "bound", "cost", "gap_of_saving")


def refuse_unless_result(folder: Path | str) -> None:
    """Refuse a folder that may not be replaced: one that is there, is not empty and is no result.

    Raises
    ------
    UsageError
        When the folder is something else.
    """
    place = Path(folder)
    file = next((above for above in place.absolute().parents if above.exists()), place)
    if not file.is_dir():
        raise UsageError(f"{place} cannot be made: {file} is a file")
    if place.is_dir() and (_is_result(place) or not any(place.iterdir())):
        return
    if place.exists():
        raise UsageError(f"{place} is there already and is no result; allowed: a new folder, or a result to replace")


def _is_result(folder: Path) -> bool:
    """Whether a folder holds a result and nothing else, so that nothing of anybody's is lost with it."""
    ours = {RESULT_FILE, INSTANCE_FOLDER, *(table.file for table in RESULT_TABLES.values())}
    if {path.name for path in folder.iterdir()} - ours:
        return False
    try:
        given = _read_json(folder / RESULT_FILE)
    except DataError:
        return False
    return given.get("status") in set(Status) and "instance" in given


def save(result: Result, folder: Path | str) -> Path:
    """Write a result to a folder, which appears complete or not at all; an older result there is replaced.

    Parameters
    ----------
    result : Result
        The result; without a plan, ``result.json`` and the instance alone.
    folder : path
        Where to.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        When the folder is something else than a result.
    """
    place = Path(folder)
    refuse_unless_result(place)
    with written_aside(place) as aside:
        text = json.dumps(as_dict(result), indent=2, ensure_ascii=False, allow_nan=False)
        write_text(aside / RESULT_FILE, text + "\n")
        write(result.instance, aside / INSTANCE_FOLDER)
        for name, table in result.tables.items() if result.status.has_plan else ():
            write_text(aside / f"{name}.csv", csv_text(RESULT_TABLES[name], table))
    return place


def as_dict(result: Result) -> dict[str, Any]:
    """What ``result.json`` holds."""
    record = asdict(result.record)
    proven = {name: getattr(result, name) for name in PROVEN}
    instance = {"name": result.instance.name, "sha256": result.instance.sha256}
    shown = {"status": str(result.status), **proven, "gap": result.gap, **record, "instance": instance}
    return shown | {"scenario": result.instance.scenario}


def load(folder: Path | str) -> Result:
    """Read a result back.

    Parameters
    ----------
    folder : path
        A folder written by `save`.

    Raises
    ------
    DataError
        When it is no result, or cannot be read.
    """
    place = Path(folder)
    given = _read_json(place / RESULT_FILE)
    try:
        _demand_types(given)
        known = {field.name for field in fields(Record)}
        record = Record(**{name: value for name, value in given.items() if name in known})
        status, source = Status(given["status"]), given["instance"]
        proven = {name: given[name] for name in PROVEN}
        instance = read(place / INSTANCE_FOLDER).solved_as(given["scenario"], source["sha256"])
    except (KeyError, TypeError, ValueError) as fault:
        raise DataError([Problem(RESULT_FILE, 0, f"is not as routeplan writes it: {fault!r}")]) from fault
    return Result(instance, status, record, **proven, tables=_read_tables(place, status))


NUMBERS = (*PROVEN, "gap", "seconds", "gap_asked", "seconds_asked", "threads", "seed")
TEXTS = ("status", "method", "found_by", "proved_by", "machine", "reason", "scenario")
NEVER_NULL = ("status", "method", "seconds", "gap_asked", "seed")


def _demand_types(given: dict[str, Any]) -> None:
    """Refuse values of another type than `save` writes, and a gap that does not follow from objective and bound."""
    for names, kinds in ((NUMBERS, (int, float)), (TEXTS, (str,)), (("versions", "instance"), (dict,))):
        for name in names:
            value = given.get(name)
            if isinstance(value, bool) or not isinstance(value, (*kinds, type(None))):
                raise ValueError(f"{name} is {value!r}")
            if value is None and name in NEVER_NULL:
                raise ValueError(f"{name} is missing")
    if given["objective"] is not None and given["bound"] is not None:
        right = gap(given["objective"], given["bound"])
        if given["gap"] is None or abs(given["gap"] - right) > 1e-6:
            raise ValueError(f"gap is {given['gap']}, which objective and bound make {right}")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise DataError([Problem(str(path), 0, "is not there; allowed: the folder of a result")]) from fault
    except ValueError as fault:
        raise DataError([Problem(RESULT_FILE, 0, f"is no JSON: {fault}")]) from fault
    if not isinstance(given, dict):
        raise DataError([Problem(RESULT_FILE, 0, "is no JSON object")])
    return given


def _read_tables(folder: Path, status: Status) -> dict[str, pd.DataFrame]:
    """Every table of a plan, absent ones without rows; only progress where there is no plan."""
    wanted = RESULT_TABLES.values() if status.has_plan else [PROGRESS]
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for table in wanted:
        try:
            tables[table.name] = _read_table(folder, table)
        except DataError as broken:
            problems += broken.problems
    if problems:
        raise DataError(problems)
    return tables


def _read_table(folder: Path, table: Table) -> pd.DataFrame:
    path = folder / table.file
    if not path.exists() and table is RUNS:
        raise DataError([Problem(table.file, 0, "the file is missing; every plan has it")])
    if not path.exists():
        return empty(table)
    try:
        read_back = typed_table(table, read_cells(path))
    except Unreadable as refused:
        raise DataError([refused.problem]) from refused
    if read_back.problems:
        raise DataError(list(read_back.problems))
    return read_back.frame
