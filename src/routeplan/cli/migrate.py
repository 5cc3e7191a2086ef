"""``routeplan migrate``: an instance in the format of today."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.output import OUT, quoted
from routeplan.cli.refuse import refuse_to_replace_instance
from routeplan.data.paths import refuse_result
from routeplan.errors import UsageError

EXAMPLES = """Examples:

routeplan migrate old-region --out new-region

routeplan migrate my-region.xlsx --rd-new --overwrite"""

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the instance, or its Excel workbook.")]
Out = Annotated[Path | None, typer.Option(help="Where to write it; without, in its place, which needs --overwrite.")]
RdNew = Annotated[
    bool, typer.Option("--rd-new", help="Convert places in metres of RD New (EPSG:28992) to degrees (WGS 84).")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an instance that is there; notes are kept.")]


def migrate(folder: Folder, out: Out = None, rd_new: RdNew = False, overwrite: Overwrite = False) -> None:
    """Write an instance anew in the format of today: its version named, every column there, places in degrees."""
    refuse_result(folder)
    if out is None and not overwrite:
        raise UsageError(f"this would replace {folder}; --overwrite does, --out FOLDER writes elsewhere")
    target = out or folder
    refuse_to_replace_instance(target, overwrite)
    routeplan.migrate(folder, target, rd_new=rd_new, overwrite=overwrite)
    OUT.say(f"{target} is in the format of today. Now: routeplan check {quoted(target)}")
