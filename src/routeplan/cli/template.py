"""``routeplan template``: empty tables, or a sheet of sites, to fill in."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.output import OUT
from routeplan.data.paths import README_FILE, is_workbook, quoted
from routeplan.errors import UsageError

EXAMPLES = """Examples:

routeplan template my-region.xlsx --sites

routeplan template my-region.xlsx --sites --language en

routeplan template my-region"""

Place = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", help="Folder to make, new or empty; with --sites a workbook (.xlsx)."),
]
Sites = Annotated[bool, typer.Option("--sites", help="One sheet with a row for each site, for import sites.")]
Language = Annotated[str, typer.Option(help="Language of the sheet of sites: nl or en.")]


def template(place: Place, sites: Sites = False, language: Language = "nl") -> None:
    """Write empty tables, with a README of every column; or one sheet of sites, from which all else is estimated."""
    if sites:
        routeplan.write_sites_template(place, language=language)
        OUT.say(f"A sheet of sites, with an example of five, is in {place}.")
        OUT.say(f"Fill it in, then: routeplan import sites {quoted(place)}")
        return
    if is_workbook(place):
        advice = f"or, for a sheet of sites, routeplan template {quoted(place)} --sites"
        raise UsageError(f"{place} is the name of a workbook; allowed: the name of a folder, {advice}")
    routeplan.write_template(place)
    OUT.say(f"Empty tables are in {place}; {place / README_FILE} explains every column.")
    OUT.say(f"Fill them in, then: routeplan check {quoted(place)}")
