"""``routeplan levers``: what policy can do, ranked by what it brings."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import instances
from routeplan.cli.options import AsJson, InLanguage
from routeplan.cli.output import ERR, OUT
from routeplan.cli.refuse import refuse_to_replace
from routeplan.data.paths import refuse_result
from routeplan.language.language import Language
from routeplan.schema.result_file import GAP

EXAMPLES = """Examples:

routeplan levers instances/achterhoek

routeplan levers instances/tiny --years 4 --language nl

routeplan levers instances/achterhoek --scenario late-grid --gap 0.01 --seconds 60 --workers 2

routeplan levers instances/achterhoek --out levers --overwrite

Ctrl-C ends the solves within seconds; what is known by then is shown and written."""

Source = Annotated[
    Path, typer.Argument(metavar="INSTANCE", help="Folder or workbook of the instance.", autocompletion=instances)
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="Apply this scenario of the instance first; given twice, both, in this order."),
]
Years = Annotated[int, typer.Option(min=1, help="Years by which grid, hydrogen and CO2 networks come earlier.")]
Gap = Annotated[float, typer.Option(min=0.0, help="Gap between plan and bound that will do; 0.01 is 1 %.")]
Seconds = Annotated[float | None, typer.Option(help="Most time for each solve, more than 0; the best plan counts.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Solves at a time; else as many as there are cores.")]
Out = Annotated[Path | None, typer.Option(file_okay=False, help="Folder for levers.csv and worth.csv.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace the tables that are there; other files beside them are kept.")
]


def levers(
    instance: Source,
    scenario: Scenarios = None,
    years: Years = 3,
    gap: Gap = GAP,
    seconds: Seconds = None,
    workers: Workers = None,
    language: InLanguage = Language.ENGLISH,
    out: Out = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Rank what policy can do about an instance by what it brings in money and CO2.

    Grid, hydrogen and CO2 networks some years earlier, dated grid works done at once, a quarter more green gas, heat
    and support, a tenth more flexible headroom: with each the instance is planned anew, and compared with the plan
    without any. Besides: what one more unit of each limit is worth, in the linear relaxation.
    """
    refuse_result(instance)
    if out is not None:
        refuse_to_replace(out, overwrite, "--out FOLDER")
        cli.refuse_folder_of_levers(out, overwrite)
    found = cli.read_instance(instance)
    found = found.under(*scenario) if scenario else found
    ranked = routeplan.levers(
        found,
        years=years,
        gap=gap,
        seconds=seconds,
        workers=workers,
        on_solved=cli.lever_progress(years, language, ERR.say),
    )
    if out is not None:
        cli.write_levers(ranked, out, overwrite)
    if as_json:
        OUT.json(cli.levers_as_json(ranked))
    else:
        cli.print_levers(ranked, language, out)
