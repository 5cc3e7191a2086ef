"""Results on disk: a folder that can be read alone."""

import json
from pathlib import Path

import pandas as pd

from routeplan.data.csv_cells import Unreadable, read_cells
from routeplan.data.csv_text import csv_text
from routeplan.data.folder_swap import keep_others, refuse_unless_writable, written_aside
from routeplan.data.paths import is_workbook, path_of, quoted, refuse_file_name
from routeplan.data.read import read
from routeplan.data.scenario_file import read_scenarios
from routeplan.data.typed import typed_table
from routeplan.data.write import scenarios_text, write, write_text
from routeplan.errors import DataError, PlanWouldBeLost, Problem, UsageError, problems_below
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import SCENARIOS_FILE
from routeplan.result.file import PROVEN, as_dict, problems_in, read_json, record_of
from routeplan.result.result import CHANGED, Result, Status, refuse_unsolved
from routeplan.schema.column import Table
from routeplan.schema.frames import empty
from routeplan.schema.result_file import INSTANCE_FOLDER, RESULT_FILE
from routeplan.schema.results import PROGRESS, RESULT_TABLES, RUNS
from routeplan.schema.settings import SETTINGS_FILE

OURS = frozenset({RESULT_FILE, INSTANCE_FOLDER, SCENARIOS_FILE, *(table.file for table in RESULT_TABLES.values())})
"""Names of the files of a result; others in its folder are somebody's own, and are kept."""


def refuse_unless_result(folder: Path | str, instance: Instance | None = None, overwrite: bool = False) -> None:
    """Refuse a path at which no result can be written, or at which there is something else already.

    Parameters
    ----------
    folder : path
        Where a result is to be written.
    instance : Instance, optional
        What it is of: a result of another one, or of another scenario, is not replaced.
    overwrite : bool
        Whether any result may be replaced.

    Raises
    ------
    UsageError
        When the folder is there, is not empty and is no result, or one of another instance or scenario, or cannot
        be written.
    """
    place = Path(folder)
    file = next((above for above in place.absolute().parents if above.exists()), place)
    if not file.is_dir():
        raise UsageError(f"{place} cannot be made: {file} is a file")
    if not place.exists():
        refuse_file_name(place)
    refuse_unless_writable(place)
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return
    source = _source(place)
    if source is None:
        raise UsageError(f"{place} is there already and is no result; allowed: a new folder, or a result to replace")
    if instance is not None and not overwrite and source != (instance.name, instance.scenario):
        raise UsageError(
            f"{place} holds a result of {_named(*source)}, not of {_named(instance.name, instance.scenario)}; "
            "allowed: another folder, or --overwrite (overwrite=True) to replace it"
        )


def _named(name: str, scenario: str | None) -> str:
    return f"{name} under {scenario}" if scenario else name


def _holds_plan(folder: Path) -> bool:
    """Whether the result in a folder has a plan."""
    try:
        return Status(str(read_json(folder).get("status"))).has_plan
    except (DataError, ValueError):
        return False


def _source(folder: Path) -> tuple[str, str | None] | None:
    """Name of the instance and scenario of the result in a folder; None where it holds none."""
    try:
        given = read_json(folder)
    except DataError:
        return None
    source = given.get("instance")
    if given.get("status") not in list(Status) or not isinstance(source, dict):
        return None
    return str(source.get("name")), given.get("scenario")


def _is_instance(folder: Path) -> bool:
    return (folder / SETTINGS_FILE).is_file() and not (folder / RESULT_FILE).exists()


def save(result: Result, folder: Path | str, *, overwrite: bool = False) -> Path:
    """Write a result to a folder, which appears complete or not at all.

    An older result there, of the same instance and scenario, is replaced, but a plan not by a result without one; other
    files in its folder are kept.

    Parameters
    ----------
    result : Result
        The result; without a plan, ``result.json`` and the instance alone. Scenarios that were applied stand in a
        ``scenarios.toml`` beside them.
    folder : path
        Where to.
    overwrite : bool
        Whether to replace a result of another instance or scenario too.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        When an instance is given, or the folder is something else than a result, or one of another instance or
        scenario.
    """
    refuse_unsolved(result)
    place = Path(folder)
    refuse_unless_result(place, result.instance, overwrite)
    if not result.status.has_plan and not overwrite and _holds_plan(place):
        raise PlanWouldBeLost(
            f"{place} holds a plan, and the new result has none ({result.status}); "
            "allowed: another folder, or --overwrite (overwrite=True) to replace it"
        )
    with written_aside(place) as aside:
        text = json.dumps(as_dict(result), indent=2, ensure_ascii=False, allow_nan=False)
        write_text(aside / RESULT_FILE, text + "\n")
        write(result.instance, aside / INSTANCE_FOLDER)
        if result.instance.applied:
            write_text(aside / SCENARIOS_FILE, scenarios_text(result.instance.applied))
        for name, table in result.tables.items() if result.status.has_plan else ():
            write_text(aside / f"{name}.csv", csv_text(RESULT_TABLES[name], table))
        keep_others(place, aside, OURS)
    return place


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
    UsageError
        When it is an instance, or its instance is not the one that was solved. (Of a result under a scenario that
        cannot be told from the folder alone: its tables are not those of the fingerprint.)
    """
    place = path_of(folder)
    _refuse_instance(place)
    given = read_json(place)
    if told := problems_in(given):
        raise DataError(told)
    status, source = Status(given["status"]), given["instance"]
    with problems_below(INSTANCE_FOLDER):  # which has tables of the same names
        instance = read(place / INSTANCE_FOLDER)
    scenario = given.get("scenario")
    if scenario is None and instance.sha256 != source["sha256"]:
        raise UsageError(CHANGED.format(place / INSTANCE_FOLDER))
    applied, told = read_scenarios(place)
    if told:
        raise DataError(told)
    instance = instance.solved_as(scenario, source["sha256"], applied if scenario else ())
    proven = {name: given.get(name) for name in PROVEN}
    return Result(instance, status, record_of(given), **proven, tables=_read_tables(place, status))


def _refuse_instance(place: Path) -> None:
    makes = f"`routeplan solve {quoted(place)}` makes a result of it"
    if _is_instance(place):
        raise UsageError(f"{place} is an instance, not a result; {makes}")
    if is_workbook(place) and not place.exists():
        raise UsageError(f"{place} is not there, and a workbook is no result; of one that is there, {makes}")
    if is_workbook(place):
        raise UsageError(f"{place} is a workbook, and a result is a folder; {makes}, if it is an instance")


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
