"""``routeplan verify``: a plan against its tables, without model or solver."""

from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

from routeplan.checker.check import verify as check_plan
from routeplan.checker.violation import Violation
from routeplan.cli.command import ExitCode
from routeplan.cli.options import BY_ALL, AsJson, Every
from routeplan.cli.output import ERR, OUT
from routeplan.cli.shortened import first_of_each
from routeplan.data.paths import refuse_result
from routeplan.data.read import read
from routeplan.errors import UsageError
from routeplan.fingerprint import fingerprint
from routeplan.instance import Instance
from routeplan.result import Result, Status
from routeplan.result_folder import CHANGED, load
from routeplan.schema.result_file import INSTANCE_FOLDER

EXAMPLES = """Examples:

routeplan verify instances/achterhoek achterhoek-plan

Exit codes: 0 the result holds, 1 it fails, 2 it cannot be read or was made from other tables."""


def verify(
    folder: Annotated[Path, typer.Argument(metavar="INSTANCE", help="Folder of the instance, or its Excel workbook.")],
    plan: Annotated[Path, typer.Argument(metavar="RESULT", help="Folder of the result.")],
    as_json: AsJson = False,
    every: Every = False,
) -> None:
    """Check a plan against its tables: every rule, every cost term and the CO2 are worked out afresh.

    Of a result without a plan, it is checked that nothing in it contradicts that there is none.
    """
    refuse_result(folder)
    result = load(plan)
    violations = check_plan(_instance_of(folder, plan, result), result)
    if as_json:
        OUT.json({"holds": not violations, "violations": [_violation(each) for each in violations]})
    else:
        _print(plan, result.status, violations, every)
    raise typer.Exit(ExitCode.NO if violations else ExitCode.DONE)


def _instance_of(folder: Path, plan: Path, result: Result) -> Instance:
    """Read the instance under the result's scenario; refuse it when the result is not of it."""
    instance = read(folder)
    if instance.sha256 != result.instance.sha256:
        raise UsageError(f"the result was made from other tables than those in {folder}: their fingerprints differ")
    if result.instance.scenario:
        instance = instance.under(result.instance.scenario)
    if _tables_alone(instance) != _tables_alone(result.instance):
        raise UsageError(CHANGED.format(plan / INSTANCE_FOLDER))
    return instance


def _tables_alone(instance: Instance) -> str:
    """Fingerprint of settings and tables as they are, under a scenario or not."""
    return fingerprint(instance.settings, instance.tables, ())


def _print(plan: Path, status: Status, violations: tuple[Violation, ...], every: bool) -> None:
    for line in map(str, violations) if every else first_of_each(violations, attrgetter("family"), BY_ALL):
        ERR.say(line, style="red")
    what = "the plan" if status.has_plan else f"the result without a plan ({status})"
    if violations:
        OUT.say(f"{plan}: {what} fails {len(violations)} check{'' if len(violations) == 1 else 's'}")
    else:
        OUT.say(f"{plan}: {what} holds")


def _violation(violation: Violation) -> dict[str, str]:
    return {"family": violation.family, "where": violation.where, "text": violation.text}
