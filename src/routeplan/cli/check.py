"""``routeplan check``: every problem of an instance at once."""

from operator import attrgetter
from pathlib import Path

import typer

import routeplan
from routeplan import cli
from routeplan.cli.command import problem_as_json
from routeplan.cli.exits import ExitCode
from routeplan.cli.options import SEE_ALL, AsJson, InstanceFolder, ShowAll
from routeplan.cli.output import ERR, OUT
from routeplan.cli.truncate import alike, truncated
from routeplan.data.paths import refuse_result
from routeplan.errors import counted
from routeplan.schema.settings import SETTINGS_FILE

EXAMPLES = """Examples:

routeplan check instances/tiny

routeplan check my-region --all

routeplan check my-region --json"""


def check(
    folder: InstanceFolder,
    as_json: AsJson = False,
    show_all: ShowAll = False,
) -> None:
    """Read an instance, under each of its scenarios too, and list every problem, warning and note with its place.

    A warning is silenced by its name, with the reason, below [silenced] in instance.toml, or in a row silenced.NAME of
    the sheet instance of a workbook.
    """
    refuse_result(folder)
    found = routeplan.check(folder)
    if as_json:
        OUT.json(_as_json(found))
    else:
        _print(folder, found, show_all)
    raise typer.Exit(ExitCode.BAD_INPUT if found.problems else ExitCode.DONE)


def _print(folder: Path, found: "routeplan.Examination", show_all: bool) -> None:
    problems = found.problems
    for line in map(str, problems) if show_all else truncated(alike(problems), attrgetter("file"), SEE_ALL):
        ERR.say(line, style="red")
    cli.print_warnings(found.warnings, show_all, SEE_ALL)
    cli.print_notes(found.notes, show_all)
    silenced = f", {found.silenced} silenced in {SETTINGS_FILE}" if found.silenced else ""
    OUT.say(
        f"{folder}: {found.tables} tables, {found.rows:,} rows, "
        f"{_count(len(problems), 'problem')}, {_count(len(found.warnings), 'warning')}{silenced}"
    )


def _count(number: int, noun: str) -> str:
    return counted(number, noun) if number else f"no {noun}s"


def _as_json(found: "routeplan.Examination") -> dict[str, object]:
    return {
        "valid": not found.problems,
        "tables": found.tables,
        "rows": found.rows,
        "problems": [problem_as_json(problem) for problem in found.problems],
        "warnings": [problem_as_json(warning) for warning in found.warnings],
        "notes": [problem_as_json(note) for note in found.notes],
        "silenced": found.silenced,
    }
