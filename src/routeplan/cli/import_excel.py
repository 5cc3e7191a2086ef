"""``routeplan import excel``: the folder of an instance from its workbook."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.output import OUT
from routeplan.data.paths import WORKBOOK_SUFFIX, is_workbook
from routeplan.data.read import read_with_free_columns
from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.schema.settings import SETTINGS_FILE

EXAMPLES = """Examples:

routeplan import excel my-region.xlsx --out my-region"""

Book = Annotated[Path, typer.Argument(metavar="BOOK", help="Excel workbook (.xlsx) with a sheet for each table.")]
Out = Annotated[Path | None, typer.Option(help="Folder of the instance; its name when left out.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an instance that is there; notes are kept.")]


def excel(book: Book, out: Out = None, overwrite: Overwrite = False) -> None:
    """Make the folder of an instance from its workbook.

    The folder holds the same instance, with the same fingerprint, and the columns of notes and sources; sheets of
    notes stay in the workbook.
    """
    if not is_workbook(book):
        raise UsageError(f"{book} is no workbook; allowed: a file whose name ends in {WORKBOOK_SUFFIX}")
    instance, free = read_with_free_columns(book)
    folder = out or Path(instance.name)
    if is_workbook(folder):
        raise UsageError(f"{folder} is the name of a workbook; allowed: the name of a folder")
    if not overwrite and (folder / SETTINGS_FILE).is_file():
        raise UsageError(f"{folder} holds an instance already; --overwrite replaces it, --out FOLDER writes elsewhere")
    write(instance, folder, overwrite=overwrite, free=free)
    OUT.say(f"{instance.name} is in {folder}; now: routeplan solve {folder}")
