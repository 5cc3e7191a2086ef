"""Sums that can be published, as a workbook or as CSV files."""

from pathlib import Path

from routeplan.data.csv_text import csv_text
from routeplan.data.folder_swap import keep_others, refuse_unless_ours, written_aside
from routeplan.data.paths import is_workbook
from routeplan.data.workbook.add import add_view, new_workbook, refuse_to_replace, values_of
from routeplan.data.workbook.style import sentence
from routeplan.data.write import write_text
from routeplan.errors import UsageError
from routeplan.language.language import Words
from routeplan.report.files.public import PublicSums
from routeplan.report.files.public_columns import ABOUT, FILES, tables_told
from routeplan.result.result import refuse_unsolved


def write_public(sums: PublicSums, path: Path | str, *, overwrite: bool = False) -> Path:
    """Write public sums to a workbook, or to a folder of CSV files.

    Parameters
    ----------
    sums : PublicSums
        What `public_sums` makes.
    path : path
        Where to; a workbook where the name ends in .xlsx. It appears complete, or not at all.
    overwrite : bool
        Whether such a workbook, or such files, may be replaced. Other files in the folder are kept.

    Returns
    -------
    Path
        The workbook or folder.

    Raises
    ------
    UsageError
        When there is something already that may not or must not be replaced, or these are no sums.
    """
    if not isinstance(sums, PublicSums):
        refuse_unsolved(sums)
        raise UsageError("write_public takes what public_sums(result) makes, not the result itself")
    target = Path(path)
    if is_workbook(target):
        _write_workbook(sums, target, overwrite)
    else:
        _write_folder(sums, target, overwrite)
    return target


def _write_workbook(sums: PublicSums, path: Path, overwrite: bool) -> None:
    refuse_to_replace(path, ABOUT.name, overwrite)
    with new_workbook(path) as book:
        for name, table in tables_told(Words(sums.language)).items():
            add_view(book, table, [values_of(sums.tables[name][column]) for column in table.names], explain=sentence)


def _write_folder(sums: PublicSums, folder: Path, overwrite: bool) -> None:
    refuse_unless_ours(folder, overwrite, ABOUT.file, "public sums")
    with written_aside(folder) as aside:
        keep_others(folder, aside, FILES)
        for name, table in tables_told(Words(sums.language)).items():
            write_text(aside / table.file, csv_text(table, sums.tables[name]))
