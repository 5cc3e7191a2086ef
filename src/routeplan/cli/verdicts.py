"""``routeplan verdicts``: which projects can go ahead, and what stands in the way of the others."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.interrupt import stop_once_asked
from routeplan.cli.options import (
    SOLVE_SECONDS,
    AsJson,
    HeldAgainst,
    InLanguage,
    InstanceOrResult,
    SolveSeconds,
    Workers,
)
from routeplan.cli.output import ERR, OUT, say_tables
from routeplan.cli.refuse import refuse_no_time, refuse_to_replace
from routeplan.language.language import Language, Words

EXAMPLES = """Examples:

routeplan verdicts instances/achterhoek

routeplan verdicts instances/achterhoek --plan achterhoek-plan --site paper-1

routeplan verdicts instances/achterhoek --scenario late-grid --out late-verdicts

routeplan verdicts achterhoek-plan --year 2030

routeplan verdicts cluster6-nl-plan --workers 4 --out cluster6-nl-verdicts

routeplan verdicts achterhoek-plan --json | jq .by_cause"""


Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="Plan under this scenario of the instance; given twice, under both together."),
]
Sites = Annotated[list[str] | None, typer.Option("--site", help="Only projects of this site; may be given more often.")]
Year = Annotated[
    int | None, typer.Option(help="Judge all projects as if they were wanted in this year; else each in its own.")
]
Each = Annotated[float, typer.Option(help="Most seconds for one project, more than 0.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Write the tables (CSV) and the plan to this folder.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace verdicts that are there.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


def verdicts(
    folder: InstanceOrResult,
    plan: HeldAgainst = None,
    scenario: Scenarios = None,
    site: Sites = None,
    year: Year = None,
    each: Each = 30.0,
    workers: Workers = 1,
    seconds: SolveSeconds = SOLVE_SECONDS,
    out: Out = None,
    overwrite: Overwrite = False,
    language: InLanguage = Language.ENGLISH,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell of each project whether it can go ahead when it is wanted, later or not, and what stands in its way.

    Projects are the wishes of the instance, or else the cheapest clean route of each process. One is possible when it
    can start in the period in which it is wanted, while all other processes do what the plan says and it has what the
    plan leaves of the grid, networks, green gas, heat and public money. What stands in its way are the smallest sets of
    limits whose lifting lets it go ahead, each proven.
    """
    refuse_no_time("--each", each)
    refuse_no_time("--seconds", seconds)
    if out is not None:
        refuse_to_replace(out, overwrite, "--out DIR")
        cli.refuse_to_write_verdicts(out, overwrite)
    result = cli.result_to_judge(folder, plan, scenario, seconds, quiet, language)
    judged, stopped = _judged(result, cli.wishes_at(result, site, year), each, workers, quiet, language)
    if stopped and not judged:
        raise typer.Exit(ExitCode.STOPPED)
    tables = routeplan.verdict_tables(result, judged)
    if out is not None:
        routeplan.write_verdicts(result, tables, out, overwrite=overwrite)
    if as_json:
        OUT.json(cli.verdicts_as_json(tables))
    elif not quiet:
        cli.print_verdicts(OUT, result, judged, tables, language)
        say_tables(out, Words(language))


def _judged(
    result: "routeplan.Result",
    asked: "list[routeplan.Wish]",
    each: float,
    workers: int,
    quiet: bool,
    language: Language,
) -> "tuple[list[routeplan.Judged], bool]":
    """The verdicts, and whether Ctrl-C has ended them early."""
    with nullcontext() if quiet else cli.show_verdicts_progress(ERR, language) as report, stop_once_asked() as stop:
        judged = routeplan.verdicts(result, wishes=asked, each=each, workers=workers, stop=stop.asked, on_judged=report)
    if stop.is_set():
        words = Words(language)
        ERR.say(words("Stopped after {done} of {count} projects.", done=len(judged), count=len(asked)))
    return judged, stop.is_set()
