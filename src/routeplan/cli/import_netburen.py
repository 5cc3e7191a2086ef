"""``routeplan import netburen``: the stations on which sites hang, of the Dutch grid operators, into an instance."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import instances
from routeplan.cli.options import AsJson, ChangedOut, SourceLanguage
from routeplan.cli.output import OUT
from routeplan.data.paths import refuse_result
from routeplan.language.language import Words
from routeplan.language.refusals import refusals_in

EXAMPLES = """Examples:

routeplan import netburen netburen.json --into my-region --sites sites.csv --out my-region-by-station

routeplan import netburen netburen.json --into my-region.xlsx --sites sites.csv --areas stations.csv

In sites.csv, usage points (EAN, name, or postcode and house number) stand beside sites (no site: left out):

connection,site

871687110000000017,dairy

1234AB 23,bakery

In stations.csv, stations of the file stand beside areas of the instance (no area: left out):

station,area

OS Zutphen,G05-west"""

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE.json", help="JSON file of the data product Nettopologie for energy hubs, version 1.0.0."
    ),
]
Into = Annotated[
    Path,
    typer.Option(
        metavar="INSTANCE",
        help="Folder or workbook of the instance whose sites get the area of their station.",
        autocompletion=instances,
    ),
]
Sites = Annotated[
    Path | None,
    typer.Option(metavar="MAP.csv", help="Columns connection and site: which site a usage point is."),
]
Areas = Annotated[
    Path | None,
    typer.Option(metavar="MAP.csv", help="Columns station and area: which area of the instance a station is."),
]
Within = Annotated[
    float,
    typer.Option(
        metavar="KM",
        help="A usage point that is called as no site is the only site within this distance; 0: none is taken.",
    ),
]


def netburen(
    file: File,
    into: Into,
    sites: Sites = None,
    areas: Areas = None,
    within: Within = 0.1,
    out: ChangedOut = None,
    language: SourceLanguage = "en",
    as_json: AsJson = False,
) -> None:
    """Place sites below the stations on which they hang, as the grid operator tells them (Netburen).

    The area of a site becomes that of its station: an area of the instance, or a new one below the present area of
    the site, without a limit of its own. Only sites below one station can share a contract. Contracts, spare capacity
    and headroom stay as they are. derivation.csv, in a workbook the sheet note_derivation, says what in the file
    changed which area.
    """
    words = Words(language)
    with refusals_in(words):
        refuse_result(into)
        instance = cli.read_instance(into)
    placed = routeplan.place_sites(file, instance, sites=sites, areas=areas, within=within, language=language)
    folder = routeplan.write_merged(placed, into, out)
    cli.warn_of_formulas(folder, words)
    if as_json:
        OUT.json(cli.placed_as_json(placed, folder))
    else:
        cli.print_placed(placed, folder)
