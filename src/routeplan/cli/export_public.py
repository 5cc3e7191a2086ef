"""``routeplan export public``: sums of a plan by sector and by area, of which none is nearly that of one site."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.options import InLanguage, ResultFolder
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace
from routeplan.data.paths import WORKBOOK_SUFFIX
from routeplan.language.language import Language
from routeplan.result.public_limits import AT_LEAST, LARGEST_SHARE

EXAMPLES = """Examples:

routeplan export public achterhoek-plan

routeplan export public achterhoek-plan --out sums.xlsx --overwrite

routeplan export public achterhoek-plan --at-least 5 --out sums

routeplan export public achterhoek-plan --language nl --out sommen.xlsx"""

Out = Annotated[
    Path | None,
    typer.Option(help="Workbook (.xlsx), or folder of CSV files, to write; NAME-public.xlsx when left out."),
]
AtLeast = Annotated[
    int,
    typer.Option(
        metavar="N",
        help=f"Fewest firms of a sum, {AT_LEAST} or more. None of them has more than {LARGEST_SHARE:.0%} of it.",
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace such a workbook, or such files; other files are kept.")
]


def public(
    folder: ResultFolder,
    out: Out = None,
    at_least: AtLeast = AT_LEAST,
    language: InLanguage = Language.ENGLISH,
    overwrite: Overwrite = False,
) -> None:
    """Write sums of a plan by sector and by area, to be published: no site is named, and no sum is nearly one site's.

    In each period: number of sites, CO2 today and under the plan, energy by carrier, new grid capacity, investment and
    public money. Each row, total, difference of rows that is a sum of sites, and change of these between two periods,
    is 0 or made by enough firms, none with nearly all of it (see --at-least). Sectors and areas that are too small are
    together in "other sites", or in the area around them; how many is told, not which. A column that would break this
    in any row is empty in that period, in all rows of its table. Sites are firms of their own unless they share a
    contract or a name. What follows from several columns together is not covered.

    Publish the sums of a plan once: a second set, with another --at-least or of another scenario, can be subtracted
    from the first, which can tell of one site.
    """
    place = out or Path(f"{folder.resolve().name}-public{WORKBOOK_SUFFIX}")
    refuse_to_replace(place, overwrite, "--out PLACE")
    sums = routeplan.public_sums(cli.load_verified(folder), at_least=at_least, language=language)
    routeplan.write_public(sums, place, overwrite=overwrite)
    OUT.say(f"sums of {folder} are in {place}")
    for kind, (groups, sites) in sums.merged.items():
        if groups:
            OUT.say(f"{kind}s without a row of their own: {groups}, with {sites} sites")
