"""``routeplan import sites``: an instance from one sheet of sites."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan.cli.made import beside, say_next, say_where, warn
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace_instance
from routeplan.language.language import OF_SHEETS, Words
from routeplan.language.refusals import refusals_in

EXAMPLES = """Examples:

routeplan template my-region.xlsx --sites

routeplan import sites my-region.xlsx --out my-region

routeplan import sites my-sites.xlsx --out my-region.xlsx

routeplan import sites my-region.csv --title "Industrie van Noord-Veluwe" --tables my-parameters"""

Sheet = Annotated[Path, typer.Argument(metavar="SHEET", help="Workbook or CSV file with a row for each site.")]
Out = Annotated[Path | None, typer.Option(help="Folder of the instance, or workbook (.xlsx); its name when left out.")]
Title = Annotated[str, typer.Option(help="Title for readers; by default it follows from the file's name.")]
Tables = Annotated[Path | None, typer.Option(help="Folder of CSV files to use in place of default tables.")]
Language = Annotated[
    str | None, typer.Option(help="Language of messages and README, nl or en; by default that of the headers.")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace an instance that is there; notes in its folder are kept.")
]


def sites(
    sheet: Sheet,
    out: Out = None,
    title: Title = "",
    language: Language = None,
    tables: Tables = None,
    overwrite: Overwrite = False,
) -> None:
    """Make an instance from one sheet of sites, in Dutch or English, and estimate what is unknown.

    `routeplan template SHEET.xlsx --sites` makes such a sheet, with an example. README.md says what is weak in the
    instance, derivation.csv where each number comes from; in a workbook both are sheets.
    """
    if out is not None:
        with refusals_in(Words(language or OF_SHEETS)):
            refuse_to_replace_instance(out, overwrite)
    imported = routeplan.import_sites(sheet, title=title, tables=tables, language=language)
    words = Words(imported.language)
    folder = out or Path(imported.instance.name)
    with refusals_in(words):
        refuse_to_replace_instance(folder, overwrite)
    routeplan.write_imported_sites(imported, folder, overwrite=overwrite)
    warn(imported.warnings, words)
    say_where(imported.instance, folder, words)
    OUT.say(words("What is weak in it: {place}", place=beside(folder, words)))
    say_next(folder, words)
