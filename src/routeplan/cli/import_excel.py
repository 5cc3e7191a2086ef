"""``routeplan import excel``: the folder of an instance from its workbook."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace_instance
from routeplan.data.paths import WORKBOOK_SUFFIX, is_workbook, quoted, refuse_file_name
from routeplan.errors import UsageError

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
    instance, free = routeplan.read_with_free_columns(book)
    folder = out or Path(instance.name)
    refuse_file_name(folder)
    refuse_to_replace_instance(folder, overwrite)
    routeplan.write(instance, folder, overwrite=overwrite, free=free)
    cli.warn_of_hidden(book)
    OUT.say(f"{instance.name} is in {folder}; now: routeplan solve {quoted(folder)}")
