"""``routeplan show``: read a result again."""

from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.options import AsJson, PerspectiveBeside, ResultFolder, VerdictsBeside
from routeplan.cli.output import OUT
from routeplan.data.paths import quoted
from routeplan.errors import NoPlan, UsageError

WIDTH = 80
"""Columns of a usual terminal."""

EXAMPLES = """Examples:

routeplan show achterhoek-plan

routeplan show achterhoek-plan --sites

routeplan show achterhoek-plan --site "Paper 1"

routeplan show achterhoek-plan --site "Paper 1" --verdicts achterhoek-verdicts

routeplan show achterhoek-plan --json | jq .limits_that_bind"""


def show(
    folder: ResultFolder,
    everything: Annotated[
        bool, typer.Option("--all", help="Show energy, cost by term, pots, targets and all limits that bind as well.")
    ] = False,
    stations: Annotated[
        bool, typer.Option("--stations", help="Show what each area and station asks for, and its room, as well.")
    ] = False,
    sites: Annotated[bool, typer.Option("--sites", help="Show what each site runs as well.")] = False,
    site: Annotated[
        str | None, typer.Option(metavar="ID|NAME", help="Show all about one site, and nothing else.")
    ] = None,
    as_json: AsJson = False,
    verdicts: VerdictsBeside = None,
    perspective: PerspectiveBeside = None,
) -> None:
    """Print a result: the proof, routes, CO2, grid capacity, public money and cost, and the limits that bind.

    JSON has all tables, whatever is shown else; those of sites with --sites, and of one site alone with --site, which
    tells with --verdicts and --perspective what becomes of its projects and when its routes are possible.
    """
    if site is None and not (verdicts is None and perspective is None):
        raise UsageError("--verdicts and --perspective go with --site")
    if site is not None and (everything or stations or sites):
        raise UsageError("--site shows one site alone; it goes without --all, --stations and --sites")
    result = routeplan.load(folder)
    if site is not None:
        _show_site(result, site, as_json, folder, verdicts, perspective)
    elif as_json:
        OUT.json(cli.plan_as_json(result, sites=sites))
    else:
        cli.print_overview(OUT, result)
        if result.status.has_plan:
            _show_plan(result, everything, stations, sites)


def _show_plan(result: "routeplan.Result", everything: bool, stations: bool, sites: bool) -> None:
    left_out = []
    if everything:
        cli.print_plan(OUT, result)
    else:
        left_out.append(cli.print_summary(OUT, result))
    if stations:
        cli.print_grid(OUT, result)
    else:
        left_out.append("areas of the grid (--stations)")
    if sites:
        cli.print_sites(OUT, result)
    else:
        left_out.append("sites (--sites, --site NAME)")
    if left_out:
        # Lines end between words, and an option is never cut at its hyphens.
        OUT.say(fill(f"Left out: {'; '.join(left_out)}", min(OUT.width, WIDTH), break_on_hyphens=False))


def _show_site(
    result: "routeplan.Result",
    name: str,
    as_json: bool,
    folder: Path,
    verdicts: Path | None,
    perspective: Path | None,
) -> None:
    found = cli.site_called(result.instance, name)
    if not result.status.has_plan:
        raise NoPlan(f"there is nothing to show of a site: the result has no plan, its status is {result.status}")
    answers = cli.answers_at(cli.answers_beside(result, verdicts, perspective), found)
    if as_json:
        OUT.json(cli.site_as_json(result, found) | cli.answers_as_json(result, answers))
    else:
        cli.print_site(OUT, result, found)
        cli.print_answers(OUT, result, answers)
        OUT.say(f"Why not another route: routeplan why {quoted(folder)} --site {quoted(found)}")
