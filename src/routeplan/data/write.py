"""Write an instance to a folder, in the form that `read` reads."""

import csv
import io
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import tomli_w

from routeplan.data.folder_swap import written_aside
from routeplan.errors import UsageError
from routeplan.instance import Instance
from routeplan.scenario import SCENARIOS_FILE, Scenario
from routeplan.schema.column import Column, Table
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import SETTINGS_FILE

_OURS = {SETTINGS_FILE, SCENARIOS_FILE, *(table.file for table in INPUT_TABLES.values())}


def write(instance: Instance, folder: str | Path, *, overwrite: bool = False) -> Path:
    """Write an instance: ``instance.toml``, the tables that have rows or must be there, ``scenarios.toml``.

    Reading the folder gives the same instance, with the same fingerprint. Of an instance under a scenario only
    the changed tables are written: its scenarios are changes to other tables.

    Parameters
    ----------
    instance : Instance
        The instance.
    folder : path
        Where to. It appears complete, or not at all.
    overwrite : bool
        Whether an instance that is there may be replaced. Its other files (a README, notes) are kept.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        When the folder holds something already, and it may not or must not be replaced.
    """
    target = Path(folder)
    _refuse_to_replace(target, overwrite)
    with written_aside(target) as aside:
        _write_files(instance, aside)
        for path in _other_files(target):
            keep = shutil.copytree if path.is_dir() else shutil.copy2
            keep(path, aside / path.name)
    return target


def _refuse_to_replace(folder: Path, overwrite: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; allowed: a folder, or a new name")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not overwrite:
        raise UsageError(f"{folder} is there already; allowed: a new or empty folder")
    if not (folder / SETTINGS_FILE).is_file():
        raise UsageError(f"{folder} holds no instance, so it stays; allowed: a folder with {SETTINGS_FILE}")


def _other_files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name not in _OURS] if folder.exists() else []


def _write_files(instance: Instance, folder: Path) -> None:
    write_text(folder / SETTINGS_FILE, tomli_w.dumps(instance.settings.as_dict()))
    for name, table in INPUT_TABLES.items():
        frame = instance[name]
        if len(frame) or not table.optional:
            write_text(folder / table.file, csv_text(table, frame))
    if instance.scenarios and instance.scenario is None:
        write_text(folder / SCENARIOS_FILE, tomli_w.dumps({"scenario": [_entry(one) for one in instance.scenarios]}))


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, its line ends as they are."""
    path.write_bytes(text.encode("utf-8"))


def csv_text(table: Table, frame: pd.DataFrame) -> str:
    """State a table as CSV: the shortest numbers that read back the same, whole ones without a point.

    Parameters
    ----------
    table : Table
        Its declaration.
    frame : DataFrame
        Its rows.
    """
    columns = [_texts(column, frame[column.name]) for column in table.columns]
    rows = [table.names, *zip(*columns, strict=True)]
    text = _joined(rows, csv.QUOTE_MINIMAL)
    # The csv module does not quote a lone carriage return of its own accord.
    return _joined(rows, csv.QUOTE_ALL) if "\r" in text else text


def _joined(rows: Iterable[Iterable[str]], quoting: Literal[0, 1]) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n", quoting=quoting).writerows(rows)
    return lines.getvalue()


def _texts(column: Column, cells: pd.Series) -> Iterable[str]:
    return cells.tolist() if column.kind.is_text else [number_text(value) for value in cells.tolist()]


def number_text(value: float) -> str:
    """State a number; NaN is an empty cell."""
    if value != value:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


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
    given = {} if scenario.probability is None else {"probability": scenario.probability}
    return {"name": scenario.name, **given, "change": changes}
