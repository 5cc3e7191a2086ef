"""``routeplan import sites``: an instance from one sheet of sites."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.output import ERR, OUT
from routeplan.cli.refuse import refuse_to_replace_instance
from routeplan.data.paths import README_FILE, place_beside, quoted
from routeplan.errors import counted

EXAMPLES = """Examples:

routeplan template my-region.xlsx --sites

routeplan import sites my-region.xlsx --out my-region

routeplan import sites my-sites.xlsx --out my-region.xlsx

routeplan import sites my-region.csv --title "Industrie van Noord-Veluwe" --tables my-parameters"""

Sheet = Annotated[Path, typer.Argument(metavar="SHEET", help="Workbook or CSV file with a row for each site.")]
Out = Annotated[Path | None, typer.Option(help="Folder of the instance, or workbook (.xlsx); its name when left out.")]
Title = Annotated[str, typer.Option(help="Title for readers; by default it follows from the file's name.")]
Tables = Annotated[Path | None, typer.Option(help="Folder of CSV files to use in place of default tables.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace an instance that is there; notes in its folder are kept.")
]


def sites(
    sheet: Sheet, out: Out = None, title: Title = "", tables: Tables = None, overwrite: Overwrite = False
) -> None:
    """Make an instance from one sheet of sites, in Dutch or English, and estimate what is unknown.

    `routeplan template SHEET.xlsx --sites` makes such a sheet, with an example. README.md says what is weak in the
    instance, derivation.csv where each number comes from; in a workbook both are sheets.
    """
    if out is not None:
        refuse_to_replace_instance(out, overwrite)
    imported = routeplan.import_sites(sheet, title=title, tables=tables)
    folder = out or Path(imported.instance.name)
    refuse_to_replace_instance(folder, overwrite)
    routeplan.write_imported_sites(imported, folder, overwrite=overwrite)
    for warning in imported.warnings:
        ERR.say(f"warning: {warning}", style="yellow")
    number, processes = len(imported.instance["sites"]), len(imported.instance["processes"])
    OUT.say(f"{counted(number, 'site')} with {counted(processes, 'process', 'processes')} are in {folder}")
    OUT.say(f"What is weak in it: {place_beside(folder, README_FILE)}")
    OUT.say(f"Now: routeplan solve {quoted(folder)}")
