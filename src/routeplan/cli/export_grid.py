"""``routeplan export grid``: the grid capacity that a plan asks for, year by year, for the operator of the grid."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.options import InLanguage, ResultFolder
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace
from routeplan.language.language import Language

EXAMPLES = """Examples:

routeplan export grid achterhoek-plan --out power.csv

routeplan export grid achterhoek-plan --sites --out power-of-sites.csv

routeplan export grid achterhoek-plan --language nl --out vermogen.csv

With --language nl, cells are parted by semicolons and numbers have decimal commas, as Excel set to Dutch opens them."""

Out = Annotated[
    Path | None, typer.Option(dir_okay=False, help="CSV file to write; the result's name and -grid.csv when left out.")
]
Sites = Annotated[
    bool, typer.Option("--sites", help="A row for each contract, with the names of its sites, in place of each area.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the file that is there.")]


def grid(
    folder: ResultFolder,
    out: Out = None,
    sites: Sites = False,
    language: InLanguage = Language.ENGLISH,
    overwrite: Overwrite = False,
) -> None:
    """Write the new grid capacity that each station and area asks for, in each calendar year, as one CSV file.

    Firm and flexible capacity beyond today's contracts [MW], of an area with all below it: what is new in the year and
    all together, the part of hubs, how many sites ask for it, how sure their projects are, the room that there is
    (with what the plan reinforces), and what others ask for today.

    The file is for the operator of the grid, not to be published: a station may have one firm alone, whose plans it
    then tells; with --sites firms are named. For the public there is `routeplan export public`.
    """
    place = out or Path(f"{folder.resolve().name}-grid{'-sites' if sites else ''}.csv")
    refuse_to_replace(place, overwrite, "--out FILE")
    result = cli.load_verified(folder)
    routeplan.write_power(result, place, by_contract=sites, language=language, overwrite=overwrite)
    OUT.say(f"The grid capacity that {folder} asks for is in {place}; it can tell of single firms: not to be published")
