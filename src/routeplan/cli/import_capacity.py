"""``routeplan import capacity``: the Dutch grid operators' capacity map into an instance."""

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

routeplan import capacity 2026=map-2026.json --into my-region --out my-region-on-the-map

routeplan import capacity 2026=tennet-2026.json 2026=liander-2026.json 2030=tennet-2030.json --into my-region

routeplan import capacity 2026=map-2026.json 2030=map-2030.json --into my-region --areas map.csv --keep-flexible

In map.csv, short codes of the map stand beside areas of the instance (no area: leave the short code out):

short_code,area

OS Zutphen,G05-west

"GDO, Noordelijk Deelgebied",G05

OS Elders,"""

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="YEAR=FILE",
        help="Forecast year and JSON file (schema v1.3); a year may have the files of several operators.",
    ),
]
Into = Annotated[
    Path,
    typer.Option(
        metavar="INSTANCE",
        help="Folder or workbook of the instance whose grid becomes that of the map.",
        autocompletion=instances,
    ),
]
Areas = Annotated[
    Path | None,
    typer.Option(metavar="MAP.csv", help="Columns short_code and area: which area a short code is."),
]
KeepFlexible = Annotated[
    bool,
    typer.Option(
        "--keep-flexible",
        help="Keep the flexible headroom of the instance, besides the firm headroom of the map; else it is 0 wherever "
        "the map tells firm headroom, and no flexible route can start there.",
    ),
]


def capacity(
    files: Files,
    into: Into,
    areas: Areas = None,
    keep_flexible: KeepFlexible = False,
    out: ChangedOut = None,
    language: SourceLanguage = "en",
    as_json: AsJson = False,
) -> None:
    """Merge the Dutch grid operators' capacity map (capaciteitskaart) into an instance.

    Areas and parents, headroom by period, queues, years of alleviation and dated works are those of the map. What it
    does not tell stays: other areas, other works, all other tables and files. derivation.csv, in a workbook the sheet
    note_derivation, says which file made which number.
    """
    words = Words(language)
    with refusals_in(words):
        forecasts = cli.read_forecasts(files)
        refuse_result(into)
        instance = cli.read_instance(into)
    merged = routeplan.merge_capacity(forecasts, instance, areas=areas, keep_flexible=keep_flexible, language=language)
    folder = routeplan.write_merged(merged, into, out)
    cli.warn_of_formulas(folder, words)
    if as_json:
        OUT.json(cli.capacity_as_json(merged, folder))
    else:
        cli.print_capacity(merged, folder)
