"""Write a changed instance: its changed tables, derivation and description are new, all other files as they were."""

import shutil
from pathlib import Path

import pandas as pd

from routeplan.data.csv_file import LINE, read_texts
from routeplan.data.csv_text import csv_text
from routeplan.data.datapackage import DATAPACKAGE_FILE, datapackage_of
from routeplan.data.file_swap import refuse_existing
from routeplan.data.folder_swap import refuse_inside, refuse_unless_free, written_aside
from routeplan.data.paths import DERIVATION, is_workbook
from routeplan.data.read import check_rules, read_with_free_columns
from routeplan.data.write import write, write_text
from routeplan.errors import DataError
from routeplan.estimate.derivation import COLUMNS
from routeplan.importers.into.book import write_merged_book
from routeplan.importers.into.change import Change
from routeplan.importers.into.rows import SOURCE, differs, with_derivation
from routeplan.language.refusals import refusals_in
from routeplan.schema.column import Table


def write_merged(merged: Change, into: Path | str, out: Path | str | None = None) -> Path:
    """Write an instance into which something was imported, in its place or to a new folder or workbook.

    The user's columns (``note...``, ``source...``) and files are kept. In rows that changed, columns that begin
    with ``source`` are emptied, and ``source`` itself says what changed them. In a workbook formats,
    formulas and other sheets are kept, and the derivation is the sheet ``note_derivation``.

    Parameters
    ----------
    merged : Change
        What `merge_capacity` or `place_sites` returned.
    into : path
        Folder or workbook of the instance into which it was imported.
    out : path, optional
        Another folder, new or empty, or of a workbook another one; `into` then stays as it is.

    Returns
    -------
    Path
        The folder or workbook. It appears complete and valid, or not at all.

    Raises
    ------
    UsageError
        When it cannot be written.
    DataError
        When it would hold no valid instance, such as for a scenario that no longer fits.
    """
    with refusals_in(merged.words):
        return _written(merged, Path(into), None if out is None else Path(out))


def _written(merged: Change, origin: Path, out: Path | None) -> Path:
    if is_workbook(origin) and (out is None or is_workbook(out)):
        if out is not None:
            refuse_existing(out)
        target = out or origin
        write_merged_book(merged, origin, target)
    else:
        target = origin if out is None else _new_folder(out, origin)
        _write_merged_folder(merged, origin, target)
    return target


def _write_merged_folder(merged: Change, origin: Path, target: Path) -> None:
    with written_aside(target) as aside:
        free = _copy(origin, aside)
        for table in merged.tables:
            _write_table(merged, table, free.get(table.name, pd.DataFrame()), aside / table.file)
        _add_derivation(merged, aside / DERIVATION)
        write_text(aside / DATAPACKAGE_FILE, datapackage_of(merged.instance.name, aside))
        problems = check_rules(aside).problems
        if problems:
            raise DataError(problems)


def _copy(origin: Path, folder: Path) -> dict[str, pd.DataFrame]:
    """Put an instance into an empty folder, as it was; return the columns that are the user's own."""
    instance, free = read_with_free_columns(origin)
    if is_workbook(origin):
        write(instance, folder, free=free)
    else:
        shutil.copytree(origin, folder, dirs_exist_ok=True)
    return free


def _new_folder(out: Path, origin: Path) -> Path:
    refuse_unless_free(out)
    refuse_inside(out, origin)
    return out


def _write_table(merged: Change, table: Table, free: pd.DataFrame, path: Path) -> None:
    """Write a table that changed, with the user's columns; one that did not keeps its file."""
    before, after = merged.before[table.name], merged.instance[table.name]
    if before.equals(after):
        return
    key = list(table.key)
    theirs = after[key].merge(pd.concat([before[key], free], axis=1), on=key, how="left")[list(free)].fillna("")
    changed = differs(before, after)
    for name in theirs:
        if str(name).startswith(SOURCE):
            theirs[name] = theirs[name].mask(
                changed, merged.words.told(merged.source(DERIVATION)) if name == SOURCE else ""
            )
    write_text(path, csv_text(table, after, theirs))


def _add_derivation(merged: Change, path: Path) -> None:
    """Put the derivation into ``derivation.csv``, in the place of what it tells of the same rows of tables."""
    old, problems = read_texts(path) if path.exists() else (pd.DataFrame(columns=COLUMNS, dtype="str"), [])
    if problems:
        raise DataError(problems)
    written = with_derivation(old.drop(columns=LINE, errors="ignore"), merged, path.name)
    write_text(path, written.to_csv(index=False, lineterminator="\n"))
