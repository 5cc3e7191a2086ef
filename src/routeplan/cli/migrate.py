"""``routeplan migrate``: an instance in the format of today."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.options import InstanceFolder
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace_instance
from routeplan.data.paths import is_workbook, quoted, refuse_result
from routeplan.errors import UsageError, counted
from routeplan.language.language import Words

if TYPE_CHECKING:  # pandas takes longer to import than help takes to print
    from routeplan.data.rd_new_places import Converted

EXAMPLES = """Examples:

routeplan migrate old-region --out new-region

routeplan migrate my-region.xlsx --rd-new --overwrite"""

IN_ORDER = "x in lon and y in lat"
EXCHANGED = "x in lat and y in lon, which are exchanged"

Out = Annotated[Path | None, typer.Option(help="Where to write it; without, in its place, which needs --overwrite.")]
RdNew = Annotated[
    bool,
    typer.Option(
        "--rd-new",
        help="Convert places in metres of RD New (EPSG:28992) to degrees (WGS 84), whichever of lat and lon holds x.",
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option(
        "--overwrite", help="Replace an instance that is there; files in its folder that are no part of it are kept."
    ),
]


def migrate(folder: InstanceFolder, out: Out = None, rd_new: RdNew = False, overwrite: Overwrite = False) -> None:
    """Bring an instance into the format of today: its version named and, if asked, places in degrees.

    Everything else stays as it is: comments, order, notes, columns and other files of a folder; colours, filters,
    formulas, notes and other sheets of a workbook. From a folder to a workbook, or the other way, all is written anew.
    """
    refuse_result(folder)
    if out is None and not overwrite:
        raise UsageError(f"this would replace {folder}; --overwrite does, --out FOLDER writes elsewhere")
    target = out or folder
    refuse_to_replace_instance(target, overwrite)
    check = _check_of(target)
    made = routeplan.migrate(folder, target, rd_new=rd_new, overwrite=overwrite)
    for table in made.converted:
        OUT.say(_told(table))
    if rd_new and not made.converted:
        OUT.say("No place is in metres of RD New.")
    if made.converted and is_workbook(folder):
        cli.warn_of_formulas(target, Words())
    state = "is in the format of today" if made.written else "was in the format of today already, and is as it was"
    OUT.say(f"{target} {state}. Now: {check if made.written else f'routeplan check {quoted(target)}'}")


def _check_of(target: Path) -> str:
    """The command that checks what is written; a shell that stands in a folder that is replaced must go there anew."""
    here = Path.cwd()
    inside = target.is_dir() and here.is_relative_to(target.resolve())
    return f"{f'cd {quoted(here)} && ' if inside else ''}routeplan check {quoted(target)}"


def _told(table: "Converted") -> str:
    """How many places of a table were converted, and in which order they were found."""
    orders = [(table.places - table.exchanged, IN_ORDER), (table.exchanged, EXCHANGED)]
    found = [order if number == table.places else f"{number:,} with {order}" for number, order in orders if number]
    return f"{table.table}: {counted(table.places, 'place')} converted from RD New to degrees; found {'; '.join(found)}"
