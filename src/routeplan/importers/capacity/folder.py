"""Write a merged instance: three tables, derivation and description are new, every other file is as it was."""

import shutil
from pathlib import Path

import pandas as pd

from routeplan.data.csv_file import LINE, read_texts
from routeplan.data.csv_text import csv_text
from routeplan.data.datapackage import DATAPACKAGE_FILE, datapackage_of
from routeplan.data.folder_swap import refuse_unless_free, written_aside
from routeplan.data.paths import DERIVATION, is_workbook
from routeplan.data.read import check, read_with_free_columns
from routeplan.data.write import write_text
from routeplan.errors import DataError, Problem, UsageError
from routeplan.estimate.derivation import COLUMNS, key_of
from routeplan.importers.capacity.merge import Merged
from routeplan.schema.column import Table
from routeplan.schema.inputs import AREAS, HEADROOM, WORKS

SOURCE = "source"
"""Column of the user's that says where a row comes from; kept up for those who have it."""

FROM_MAP = f"capacity map: see {DERIVATION}"


def write_merged(merged: Merged, into: Path | str, out: Path | str | None = None) -> Path:
    """Write a merged instance, in the place of the one into which it was merged or to a new folder.

    The user's columns (``note...``, ``source...``) and files are kept. In rows that the map changed, columns that
    begin with ``source`` are emptied, and ``source`` itself says that they are of the map.

    Parameters
    ----------
    merged : Merged
        What `merge_capacity` returned.
    into : path
        Folder of the instance into which the map was merged.
    out : path, optional
        Another folder, new or empty; `into` then stays as it is.

    Returns
    -------
    Path
        The folder. It appears complete and valid, or not at all.

    Raises
    ------
    UsageError
        When the folder cannot be written.
    DataError
        When the folder would hold no valid instance, such as for a scenario that no longer fits.
    """
    origin = Path(into)
    target = origin if out is None else _new_folder(Path(out), origin)
    with written_aside(target) as aside:
        shutil.copytree(origin, aside, dirs_exist_ok=True)
        _, free = read_with_free_columns(aside)
        for table in (AREAS, HEADROOM, WORKS):
            _write_table(merged, table, free.get(table.name, pd.DataFrame()), aside / table.file)
        _add_derivation(merged.derivation, aside / DERIVATION)
        write_text(aside / DATAPACKAGE_FILE, datapackage_of(merged.instance.name, aside))
        problems = check(aside).problems
        if problems:
            raise DataError(problems)
    return target


def _new_folder(out: Path, origin: Path) -> Path:
    refuse_unless_free(out)
    if is_workbook(out):
        raise UsageError(f"{out} is the name of a workbook; allowed: the name of a folder")
    if origin.resolve() in out.resolve().parents:
        raise UsageError(f"{out} lies inside {origin}; allowed: a folder beside it")
    return out


def _write_table(merged: Merged, table: Table, free: pd.DataFrame, path: Path) -> None:
    """Write a table that changed, with the user's columns; one that did not keeps its file."""
    before, after = merged.before[table.name], merged.instance[table.name]
    if before.equals(after):
        return
    key = list(table.key)
    theirs = after[key].merge(pd.concat([before[key], free], axis=1), on=key, how="left")[list(free)].fillna("")
    changed = after.merge(before.assign(_same=1.0), how="left")["_same"].isna()
    for name in theirs:
        if str(name).startswith(SOURCE):
            theirs[name] = theirs[name].mask(changed, FROM_MAP if name == SOURCE else "")
    write_text(path, csv_text(table, after, theirs))


def _add_derivation(rows: pd.DataFrame, path: Path) -> None:
    """Put rows into ``derivation.csv``, in the place of those about the same rows of tables."""
    old = _derivation_there(path)
    stays = ~key_of(old, "table", "key").isin(key_of(rows, "table", "key"))
    written = pd.concat([old[stays], rows.assign(value=rows["value"].astype("str"))], ignore_index=True)
    columns = [name for name in written if name != LINE]
    write_text(path, written[columns].fillna("").to_csv(index=False, lineterminator="\n"))


def _derivation_there(path: Path) -> pd.DataFrame:
    """The derivation of the instance as text; without rows when there is none."""
    if not path.exists():
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    old, problems = read_texts(path)
    lacking = ", ".join(name for name in COLUMNS if name not in old)
    if not problems and lacking:
        problems = [Problem(path.name, 1, f"lacks {lacking}; allowed: the columns {', '.join(COLUMNS)}, and others")]
    if problems:
        raise DataError(problems)
    return old
