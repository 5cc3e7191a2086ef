"""Write an instance to a folder or workbook, in the form that `read` reads."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from routeplan import data
from routeplan.data.csv_text import csv_text
from routeplan.data.datapackage import DATAPACKAGE_FILE, datapackage
from routeplan.data.folder_swap import keep_others, refuse_unless_ours, written_aside
from routeplan.data.paths import is_workbook
from routeplan.data.scenario_file import TITLES
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.instance.scenario import SCENARIOS_FILE, Scenario
from routeplan.schema.frames import without_unused
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import FORMAT, FORMAT_KEY, SETTINGS_FILE, Settings

OURS = {SETTINGS_FILE, SCENARIOS_FILE, DATAPACKAGE_FILE, *(table.file for table in INPUT_TABLES.values())}
"""Names of the files of an instance; others in its folder are somebody's own, and are kept."""

Free = Mapping[str, pd.DataFrame]


def write(
    instance: Instance,
    folder: str | Path,
    *,
    overwrite: bool = False,
    beside: Mapping[str, str] | None = None,
    free: Free | None = None,
) -> Path:
    """Write an instance: ``instance.toml``, the tables that have rows or must be there, ``scenarios.toml``.

    ``datapackage.json`` describes the tables for the tools of others. Where the name ends in .xlsx, all is written to
    one Excel workbook instead, with a sheet for each table. Reading it gives the same instance, with the same
    fingerprint. Of an instance under a scenario only the changed tables are written: its scenarios are changes to
    other tables.

    Parameters
    ----------
    instance : Instance
        The instance.
    folder : path
        Where to. It appears complete, or not at all.
    overwrite : bool
        Whether an instance that is there may be replaced. Other files in its folder (a README, notes) are kept.
    beside : mapping of str to str, optional
        Text files to write beside the tables, by name; they take the place of those that are there. In a workbook
        each becomes a sheet of notes.
    free : mapping of str to DataFrame, optional
        Columns of the user's own (notes and sources) to put behind those of a table, as text, row by row.

    Returns
    -------
    Path
        The folder, or workbook.

    Raises
    ------
    UsageError
        When there is something already that may not or must not be replaced, or there is no instance.
    """
    refuse_unless_instance(instance)
    target = Path(folder)
    if is_workbook(target):
        return data.write_workbook(instance, target, overwrite, free, beside)
    refuse_to_replace(target, overwrite)
    with written_aside(target) as aside:
        _write_files(instance, aside, free or {})
        keep_others(target, aside, OURS)
        for name, text in (beside or {}).items():
            write_text(aside / name, text)
    return target


def refuse_to_replace(folder: Path, overwrite: bool) -> None:
    """Refuse a path at which no instance can be written, or at which there is something else already.

    Parameters
    ----------
    folder : Path
        Where a folder of an instance is to be written.
    overwrite : bool
        Whether an instance that is there may be replaced.

    Raises
    ------
    UsageError
        When something is there that stays.
    """
    refuse_unless_ours(folder, overwrite, SETTINGS_FILE, "instance")


def _write_files(instance: Instance, folder: Path, free: Free) -> None:
    write_text(folder / SETTINGS_FILE, settings_text(instance.settings))
    headers = {}
    for name, table in INPUT_TABLES.items():
        frame = instance[name]
        if len(frame) or not table.optional:
            write_text(folder / table.file, csv_text(table, frame, free.get(name)))
            headers[name] = [*without_unused(table, frame).names, *free.get(name, ())]
    write_text(folder / DATAPACKAGE_FILE, datapackage(instance.name, headers))
    if instance.scenarios and instance.scenario is None:
        write_text(folder / SCENARIOS_FILE, scenarios_text(instance.scenarios))


def settings_text(settings: Settings) -> str:
    """Content of ``instance.toml``."""
    return tomli_w.dumps({FORMAT_KEY: FORMAT, **settings.as_dict()})


def scenarios_text(scenarios: Sequence[Scenario]) -> str:
    """Content of ``scenarios.toml``."""
    return tomli_w.dumps({"scenario": [_entry(one) for one in scenarios]})


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, its line ends as they are."""
    path.write_bytes(text.encode("utf-8"))


def _entry(scenario: Scenario) -> dict[str, Any]:
    """A scenario as it stands in the file."""
    changes = [
        {
            "table": change.table,
            **({"where": dict(change.where)} if change.where else {}),
            "column": change.column,
            change.action: change.value,
        }
        for change in scenario.changes
    ]
    titles = {key: title for key in TITLES if (title := getattr(scenario, key))}
    given = {} if scenario.probability is None else {"probability": scenario.probability}
    return {"name": scenario.name, **titles, **given, "change": changes}
