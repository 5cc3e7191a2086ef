"""``routeplan import ets``: an instance from the registry of the EU's emissions trading system."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.made import beside, contents_of, say_next, warn
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace_instance
from routeplan.errors import Message, UsageError
from routeplan.importers.ets.layout import DROPPED_FILE, WHERE
from routeplan.language.language import Words
from routeplan.language.nouns import years_told
from routeplan.language.refusals import refusals_in

EXAMPLES = """Examples:

routeplan import ets installations.csv --region Achterhoek --out real

routeplan import ets installations.csv --province Gelderland --year 2019

routeplan import ets installations.csv --region Achterhoek --tables my-parameters

routeplan import ets installations.csv --sites my-sites.csv --out mine

routeplan import ets installations.csv --site 94 --site NL-86 --site borculo-35

routeplan import ets installations.csv --box 51.85,6.05,52.2,6.85 --province Gelderland

In my-sites.csv, a column site, installation or id holds the ids; other columns are left alone. A site is kept when it \
is in all that is given: list, box, region and province."""

Export = Annotated[Path, typer.Argument(metavar="EXPORT", help=f"CSV export of the registry: {WHERE}.")]
Region = Annotated[str | None, typer.Option(help="Keep the sites of this COROP region.")]
Province = Annotated[str | None, typer.Option(help="Keep the sites of this province.")]
Site = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="ID", help="Keep this site: 94, NL-94 or eerbeek-94; may be given again."),
]
SiteList = Annotated[
    Path | None, typer.Option("--sites", metavar="LIST.csv", help="Keep the sites whose ids are in this CSV file.")
]
InBox = Annotated[
    str | None,
    typer.Option("--box", metavar="SOUTH,WEST,NORTH,EAST", help="Keep the sites between these degrees (WGS 84)."),
]
Year = Annotated[
    int | None, typer.Option(help="Year of the verified emissions that energy follows from; by default the latest.")
]
Out = Annotated[Path | None, typer.Option(help="Folder of the instance, or workbook (.xlsx); its name when left out.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace an instance that is there; notes in its folder are kept.")
]
Language = Annotated[str, typer.Option(help="Language of messages, reasons, sources and README: en or nl.")]
Tables = Annotated[Path | None, typer.Option(help="Folder of CSV files to use in place of default tables.")]


def ets(
    export: Export,
    region: Region = None,
    province: Province = None,
    site: Site = None,
    sites: SiteList = None,
    box: InBox = None,
    year: Year = None,
    out: Out = None,
    language: Language = "en",
    tables: Tables = None,
    overwrite: Overwrite = False,
) -> None:
    """Make an instance of the installations outside the big clusters, and estimate what is unknown.

    README.md says what is weak in it, derivation.csv where each number comes from, and note_dropped.csv what was left
    out, and why.
    """
    words = Words(language)
    with refusals_in(words):
        if out is not None:
            refuse_to_replace_instance(out, overwrite)
        sides = None if box is None else _degrees(box)
    imported = routeplan.import_ets(
        export,
        region=region,
        province=province,
        sites=site or (),
        site_list=sites,
        box=sides,
        year=year,
        tables=tables,
        language=language,
    )
    folder = out or Path(imported.instance.name)
    with refusals_in(words):
        refuse_to_replace_instance(folder, overwrite)
    routeplan.write_import(imported, folder, overwrite=overwrite)
    _print(imported, folder, words)


def _degrees(box: str) -> list[float]:
    """The numbers of a box as typed."""
    try:
        return [float(part) for part in box.split(",")]
    except ValueError:
        raise UsageError(
            Message("the box is '{box}'; allowed: SOUTH,WEST,NORTH,EAST, such as 51.85,6.05,52.2,6.85", box=box)
        ) from None


def _print(imported: "routeplan.Imported", folder: Path, words: Words) -> None:
    warn(imported.warnings, words)
    first = int(imported.instance["periods"]["period"].iloc[0])
    OUT.say(
        words(
            "{contents}, from the emissions of {year}, {years} before the plan, are in {folder}",
            contents=contents_of(imported.instance, words),
            year=imported.selection.year,
            years=years_told(first - imported.selection.year, words),
            folder=folder,
        )
    )
    reasons = imported.dropped["reason"].value_counts()
    notes = beside(folder, words, DROPPED_FILE)
    OUT.say(words("left out ({number}; each with its reason in {place}):", number=len(imported.dropped), place=notes))
    for reason, count in reasons.items():
        OUT.say(f"{count:5d}  {reason}")
    OUT.say(words("What is weak in it, and how to trace a number: {place}", place=beside(folder, words)))
    say_next(folder, words)
