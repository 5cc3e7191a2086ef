"""``routeplan shortfall``: what is missing where an instance has no plan."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import instances
from routeplan.cli.exits import ExitCode
from routeplan.cli.options import AsJson, InLanguage
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace
from routeplan.data.paths import refuse_file_name, refuse_result
from routeplan.language.language import Language

EXAMPLES = """Examples:

routeplan shortfall instances/achterhoek

routeplan shortfall instances/achterhoek --scenario late-grid --seconds 300

routeplan shortfall instances/achterhoek --language nl --out tekort

routeplan shortfall instances/achterhoek --json | jq .excesses"""

Source = Annotated[
    Path, typer.Argument(metavar="INSTANCE", help="Folder or workbook of the instance.", autocompletion=instances)
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="Apply this scenario of the instance first; given twice, both, in this order."),
]
Seconds = Annotated[float, typer.Option(help="Most time for all searches together, more than 0.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the solver's random choices.")]
Out = Annotated[
    Path | None, typer.Option(help="Folder for the excesses and the conflict as CSV files, and for the text.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace such files in the folder; other files are kept.")]


def shortfall(
    instance: Source,
    scenario: Scenarios = None,
    seconds: Seconds = 60.0,
    seed: Seed = 0,
    language: InLanguage = Language.ENGLISH,
    out: Out = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Tell what is missing where an instance has no plan, and which of its limits cannot hold together.

    What is missing is the smallest set of excesses with which there is a plan. Limits give way in an order: targets
    first, then public money, grid, networks, supply, and decisions; last of all what no amount buys: the rules for
    support, first years, maintenance stops and missing links. Of each kind, hardest first, the sum of excesses as
    shares of their limits is as small as it can be.

    Ends with 0 where there is a plan, and with 1 where there is none or the time was up.
    """
    refuse_result(instance)
    if out is not None:
        refuse_file_name(out)
        refuse_to_replace(out, overwrite, "--out DIR")
    found = cli.read_instance(instance)
    found = found.under(*scenario) if scenario else found
    missing = routeplan.shortfall(found, seconds=seconds, seed=seed)
    if out is not None:
        cli.write_shortfall(missing, out, language)
    if as_json:
        OUT.json(cli.shortfall_as_json(missing, language))
    else:
        cli.print_shortfall(missing, language)
    raise typer.Exit(ExitCode.DONE if missing.possible else ExitCode.NO)
