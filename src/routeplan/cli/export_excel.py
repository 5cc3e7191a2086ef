"""``routeplan export excel``: an instance as one workbook."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.output import OUT
from routeplan.data.read import read_with_free_columns
from routeplan.data.workbook import SUFFIX
from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.result_folder import refuse_result

EXAMPLES = """Examples:

routeplan export excel instances/tiny

routeplan export excel instances/achterhoek --out achterhoek.xlsx --overwrite"""

Source = Annotated[Path, typer.Argument(metavar="INSTANCE", help="Folder of the instance (or another workbook).")]
Out = Annotated[Path | None, typer.Option(help="Workbook to write; NAME.xlsx when left out.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace a workbook of an instance that is there, all its sheets.")
]


def excel(instance: Source, out: Out = None, overwrite: Overwrite = False) -> None:
    """Write an instance to an Excel workbook, which every command takes in place of the folder.

    Each table is a sheet, and so are the settings and the scenarios. Comments on the headers explain the columns,
    and cells with a closed list of words offer them. Columns of notes and sources are kept; other files of the folder
    (a README, notes, a derivation) are not in it.
    """
    refuse_result(instance)
    found, free = read_with_free_columns(instance)
    book = out or Path(f"{found.name}{SUFFIX}")
    if book.suffix.lower() != SUFFIX:
        raise UsageError(f"{book} is no name of a workbook; allowed: a name that ends in {SUFFIX}")
    if book.exists() and not overwrite:
        raise UsageError(f"{book} is there already; --overwrite replaces it, --out BOOK{SUFFIX} writes elsewhere")
    write(found, book, overwrite=overwrite, free=free)
    OUT.say(f"{found.name} is in {book}; back to a folder: routeplan import excel {book} --out FOLDER")
