"""``routeplan export public``: sums of a plan by sector and by area, of which no site can be told."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace
from routeplan.data.paths import WORKBOOK_SUFFIX

EXAMPLES = """Examples:

routeplan export public achterhoek-plan

routeplan export public achterhoek-plan --out sums.xlsx --overwrite

routeplan export public achterhoek-plan --at-least 5 --out sums"""

Folder = Annotated[Path, typer.Argument(metavar="RESULT", help="Folder of the result.")]
Out = Annotated[
    Path | None,
    typer.Option(help="Workbook (.xlsx), or folder of CSV files, to write; NAME-public.xlsx when left out."),
]
AtLeast = Annotated[int, typer.Option(metavar="N", help="Fewest sites of which a sum is shown; 3 or more.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace such a workbook, or such files; other files are kept.")
]


def public(folder: Folder, out: Out = None, at_least: AtLeast = 3, overwrite: Overwrite = False) -> None:
    """Write sums of a plan by sector and by area, to be published: they name no site, and none can be told from them.

    In each period: number of sites, CO2 today and under the plan, energy by carrier, new grid capacity, investment and
    public money. A sector or area has a row of its own when it has at least 3 sites (or what --at-least asks), and
    none of these more than 75 % of its CO2 today. Sites of smaller areas count with the area around them, all others
    as "other sites", with the next smallest where that would be too few. Nor does what differs between rows, such as
    an area and the sectors in it, leave fewer sites. How many sectors and areas have no row is told, not which.
    """
    place = out or Path(f"{folder.resolve().name}-public{WORKBOOK_SUFFIX}")
    refuse_to_replace(place, overwrite, "--out PLACE")
    sums = routeplan.public_sums(cli.load_verified(folder), at_least=at_least)
    routeplan.write_public(sums, place, overwrite=overwrite)
    OUT.say(f"sums of {folder} are in {place}")
    for kind, (groups, sites) in sums.merged.items():
        if groups:
            OUT.say(f"{kind}s without a row of their own: {groups}, with {sites} sites")
