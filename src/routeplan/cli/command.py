"""End of every command: its exit code, and its error message."""

import sys
from operator import attrgetter
from typing import Any

import typer
from typer.core import TyperCommand

from routeplan.cli.exits import INTERRUPTED, ExitCode, install_advice, missing_package
from routeplan.cli.options import SEE_ALL
from routeplan.cli.output import ERR, OUT
from routeplan.cli.truncate import MAX_LINES, alike, truncated
from routeplan.data.paths import quoted
from routeplan.errors import DataError, FaultError, NoPlan, PlanRejected, Problem, RouteplanError


class Command(TyperCommand):
    """A command that turns exceptions into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; the traceback of a fault is shown with ``--debug`` only."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            ERR.say(INTERRUPTED)
            raise typer.Exit(ExitCode.STOPPED) from None
        except Exception as error:
            if ctx.find_root().params.get("debug"):
                with ERR.writing():
                    ERR.print_exception()
            code = explain(error, ctx.params.get("show_all"))
            if ctx.params.get("as_json") and code == ExitCode.BAD_INPUT:
                OUT.json({"problems": problems_as_json(error)})
            raise typer.Exit(code) from error


def explain(error: Exception, show_all: bool | None = None) -> ExitCode:
    """Print the message of an error, and return the exit code.

    Parameters
    ----------
    error : Exception
        What went wrong.
    show_all : bool, optional
        Whether every problem is asked for; None of a command that cannot be asked.
    """
    if isinstance(error, NoPlan):
        ERR.say(str(error), style="red")
        return ExitCode.NO
    if isinstance(error, RouteplanError) and not isinstance(error, FaultError):
        ERR.say(_message(error, show_all), style="red")
        return ExitCode.BAD_INPUT
    if isinstance(error, OSError):
        ERR.say(_refusal(error), style="red")
        return ExitCode.BAD_INPUT
    if package := missing_package(error):
        ERR.say(install_advice(package), style="red")
        return ExitCode.FAULT
    named = _message(error) if isinstance(error, FaultError) else f"{type(error).__name__}: {error}"
    ERR.say(f"routeplan failed, and the fault is its own: {named}", style="red")
    ERR.say(
        "Please report it with the tables and this command; for the place in the code, run\n"
        f"  routeplan --debug {quoted(*sys.argv[1:])}"
    )
    return ExitCode.FAULT


def problems_as_json(error: Exception) -> list[dict[str, object]]:
    """Problems of an error as plain data: one for each place, or one without a place."""
    if isinstance(error, DataError):
        return [problem_as_json(problem) for problem in error.problems]
    return [{"file": None, "line": 0, "column": None, "text": _refusal(error)}]


def problem_as_json(problem: Problem) -> dict[str, object]:
    """A problem and its place, for machines; line 0 when it has none of its own."""
    told = {"file": problem.file, "line": problem.line, "column": problem.column or None, "text": problem.text}
    return told | {key: value for key in ("cell", "name") if (value := getattr(problem, key))}


def _refusal(error: Exception) -> str:
    """Message of an error that is no list of problems, as one sentence."""
    if not isinstance(error, OSError):
        return str(error)
    place = f"{error.filename}: " if error.filename is not None else ""
    return f"{place}{error.strerror or error}"


def _message(error: RouteplanError, show_all: bool | None = None) -> str:
    """Message of an error, long lists cut unless all is asked for."""
    head, *_ = str(error).splitlines()
    if isinstance(error, DataError) and not show_all:
        see_all = "all of them, of an instance: routeplan check FOLDER --all" if show_all is None else SEE_ALL
        lines = truncated(alike(error.problems), attrgetter("file"), see_all)
        return "\n".join([head, *(f"  {line}" for line in lines)])
    if isinstance(error, PlanRejected) and len(error.violations) > MAX_LINES:
        more = f"and {len(error.violations) - MAX_LINES:,} more (all of them: routeplan verify INSTANCE RESULT --all)"
        return "\n".join([head, *(f"  {line}" for line in (*error.violations[:MAX_LINES], more))])
    return str(error)
