"""``routeplan verify``: a plan against its tables, without model or solver."""

from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import instances
from routeplan.cli.exits import ExitCode
from routeplan.cli.options import SEE_ALL, AsJson, ResultFolder, ShowAll
from routeplan.cli.output import ERR, OUT
from routeplan.cli.truncate import truncated
from routeplan.data.paths import refuse_result
from routeplan.errors import counted

EXAMPLES = """Examples:

routeplan verify instances/achterhoek achterhoek-plan

Exit codes: 0 the result holds, 1 it fails, 2 it cannot be read or was made from other tables."""


def verify(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="INSTANCE", help="Folder of the instance, or its Excel workbook.", autocompletion=instances
        ),
    ],
    plan: ResultFolder,
    as_json: AsJson = False,
    show_all: ShowAll = False,
) -> None:
    """Check a plan against its tables: every rule, every cost term and the CO2 are worked out afresh.

    Of a result without a plan, it is checked that nothing in it contradicts that there is none.
    """
    refuse_result(folder)
    result = routeplan.load(plan)
    violations = routeplan.verify(cli.instance_of(folder, plan, result), result)
    if as_json:
        OUT.json({"holds": not violations, "violations": [_violation(each) for each in violations]})
    else:
        _print(plan, result.status, violations, show_all)
    raise typer.Exit(ExitCode.NO if violations else ExitCode.DONE)


def _print(
    plan: Path, status: "routeplan.Status", violations: "tuple[routeplan.Violation, ...]", show_all: bool
) -> None:
    for line in map(str, violations) if show_all else truncated(violations, attrgetter("family"), SEE_ALL):
        ERR.say(line, style="red")
    what = "the plan" if status.has_plan else f"the result without a plan ({status})"
    if violations:
        OUT.say(f"{plan}: {what} fails {counted(len(violations), 'check')}")
    else:
        OUT.say(f"{plan}: {what} holds")


def _violation(violation: "routeplan.Violation") -> dict[str, str]:
    return {"family": violation.family, "where": violation.where, "text": violation.text}
