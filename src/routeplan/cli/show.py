"""``routeplan show``: read a result again."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.options import AsJson
from routeplan.cli.output import OUT
from routeplan.cli.tables import print_overview, print_plan, print_sites
from routeplan.result_folder import load
from routeplan.summary import as_json as summary_as_json

EXAMPLES = """Examples:

routeplan show achterhoek-plan

routeplan show achterhoek-plan --sites

routeplan show achterhoek-plan --json | jq .limits_that_bind"""


def show(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="Folder of the result.")],
    sites: Annotated[bool, typer.Option("--sites", help="Show what each site runs as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a result: routes, CO2 and targets, energy, grid, cost, public money, and the limits that bind."""
    result = load(folder)
    if as_json:
        OUT.json(summary_as_json(result, sites=sites))
        return
    print_overview(OUT, result)
    if result.status.has_plan:
        print_plan(OUT, result)
    if result.status.has_plan and sites:
        print_sites(OUT, result)
