"""``routeplan template``: empty tables, or a sheet of sites, to fill in."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.output import OUT
from routeplan.data.paths import LEGEND, README_FILE, WORKBOOK_SUFFIX, is_workbook, quoted

EXAMPLES = """Examples:

routeplan template my-region.xlsx --sites

routeplan template my-region.xlsx --sites --language en

routeplan template my-region.xlsx

routeplan template my-region"""

Place = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", help="Folder to make, new or empty, or workbook (.xlsx); with --sites a workbook."
    ),
]
Sites = Annotated[bool, typer.Option("--sites", help="One sheet with a row for each site, for import sites.")]
Language = Annotated[str, typer.Option(help="Language of the sheet of sites: nl or en.")]


def template(place: Place, sites: Sites = False, language: Language = "nl") -> None:
    """Write empty tables to fill in, as a folder or workbook; or one sheet of sites, from which all else is estimated.

    A folder has a README of every column; in a workbook comments on the headers explain them.
    """
    if sites:
        routeplan.write_sites_template(place, language=language)
        OUT.say(f"A sheet of sites, with an example of five, is in {place}.")
        OUT.say(f"Fill it in, then: routeplan import sites {quoted(place)}")
        return
    routeplan.write_template(place)
    if is_workbook(place):
        OUT.say(f"A workbook with a sheet for every table is in {place}; its sheet {LEGEND} tells how to fill it in.")
        OUT.say(f"From a list of sites all else can be estimated: routeplan template SHEET{WORKBOOK_SUFFIX} --sites")
    else:
        OUT.say(f"Empty tables are in {place}; {place / README_FILE} explains every column.")
    OUT.say(f"Fill them in, then: routeplan check {quoted(place)}")
