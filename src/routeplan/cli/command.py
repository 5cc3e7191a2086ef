"""How every command ends: its exit code, and the words for what went wrong."""

import sys
from enum import IntEnum
from operator import attrgetter
from typing import Any

import typer
from typer.core import TyperCommand

from routeplan.cli.loading import FAULT
from routeplan.cli.output import ERR, OUT
from routeplan.cli.shortened import SHOWN, first_of_each
from routeplan.errors import DataError, FaultError, NoPlan, PlanRejected, Problem, RouteplanError


class ExitCode(IntEnum):
    """What a command tells the shell."""

    DONE = 0
    """A plan, a valid instance, or a plan that holds."""
    NO = 1
    """No plan, or a plan that fails its check."""
    BAD_INPUT = 2
    """Tables or a request that routeplan refuses."""
    FAULT = FAULT
    """A fault of routeplan itself."""
    STOPPED = 130
    """Stopped by Ctrl-C with nothing to hand over, as a shell reports it (128 + SIGINT)."""


class Command(TyperCommand):
    """A command that turns exceptions into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; the traceback of a fault is shown with ``--debug`` only."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            ERR.say("Stopped.")
            raise typer.Exit(ExitCode.STOPPED) from None
        except Exception as error:
            if ctx.find_root().params.get("debug"):
                with ERR.writing():
                    ERR.print_exception()
            code = explain(error)
            if ctx.params.get("as_json") and code == ExitCode.BAD_INPUT:
                OUT.json({"problems": problems_as_json(error)})
            raise typer.Exit(code) from error


def explain(error: Exception) -> ExitCode:
    """Say what went wrong, in words for whoever can mend it."""
    if isinstance(error, NoPlan):
        ERR.say(str(error), style="red")
        return ExitCode.NO
    if isinstance(error, RouteplanError) and not isinstance(error, FaultError):
        ERR.say(_in_words(error), style="red")
        return ExitCode.BAD_INPUT
    if isinstance(error, OSError):
        ERR.say(_told(error), style="red")
        return ExitCode.BAD_INPUT
    named = _in_words(error) if isinstance(error, FaultError) else f"{type(error).__name__}: {error}"
    ERR.say(f"routeplan failed, and the fault is its own: {named}", style="red")
    ERR.say(
        "Please report it with the tables and this command; for the place in the code, run\n"
        f"  routeplan --debug {' '.join(sys.argv[1:])}"
    )
    return ExitCode.FAULT


def problems_as_json(error: Exception) -> list[dict[str, object]]:
    """What went wrong, for machines: a problem for each place, or one without a place."""
    if isinstance(error, DataError):
        return [problem_as_json(problem) for problem in error.problems]
    return [{"file": None, "line": 0, "column": None, "text": _told(error)}]


def problem_as_json(problem: Problem) -> dict[str, object]:
    """A problem and its place, for machines; line 0 when it has none of its own."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column or None,
        "text": problem.text,
    } | ({"cell": problem.cell} if problem.cell else {})


def _told(error: Exception) -> str:
    """A refusal that is no list of problems, in one sentence."""
    if not isinstance(error, OSError):
        return str(error)
    place = f"{error.filename}: " if error.filename is not None else ""
    return f"{place}{error.strerror or error}"


def _in_words(error: RouteplanError) -> str:
    """The error's own message, without the greater part of a long list."""
    head, *_ = str(error).splitlines()
    if isinstance(error, DataError):
        rest = "all of them, of an instance: routeplan check FOLDER --all"
        lines = first_of_each(error.problems, attrgetter("file"), rest)
        return "\n".join([head, *(f"  {line}" for line in lines)])
    if isinstance(error, PlanRejected) and len(error.violations) > SHOWN:
        more = f"and {len(error.violations) - SHOWN:,} more (all of them: routeplan verify INSTANCE RESULT --all)"
        return "\n".join([head, *(f"  {line}" for line in (*error.violations[:SHOWN], more))])
    return str(error)
