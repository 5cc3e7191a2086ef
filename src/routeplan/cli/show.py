"""``routeplan show``: read a result again."""

from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.options import AsJson, ResultFolder
from routeplan.cli.output import OUT

EXAMPLES = """Examples:

routeplan show achterhoek-plan

routeplan show achterhoek-plan --sites

routeplan show achterhoek-plan --json | jq .limits_that_bind"""


def show(
    folder: ResultFolder,
    sites: Annotated[bool, typer.Option("--sites", help="Show what each site runs as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a result: routes, CO2 and targets, energy, grid, cost, public money, and the limits that bind."""
    result = routeplan.load(folder)
    if as_json:
        OUT.json(cli.plan_as_json(result, sites=sites))
        return
    cli.print_overview(OUT, result)
    if result.status.has_plan:
        cli.print_plan(OUT, result)
    if result.status.has_plan and sites:
        cli.print_sites(OUT, result)
