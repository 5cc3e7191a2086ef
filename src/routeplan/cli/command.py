"""How every command ends: its exit code, and the words for what went wrong."""

import sys
from enum import IntEnum
from typing import Any

import typer
from typer.core import TyperCommand

from routeplan.cli.output import ERR
from routeplan.errors import FaultError, RouteplanError


class ExitCode(IntEnum):
    """What a command tells the shell."""

    DONE = 0
    """A plan, a valid instance, or a plan that holds."""
    NO = 1
    """No plan, or a plan that fails its check."""
    BAD_INPUT = 2
    """Tables or a request that routeplan refuses."""
    FAULT = 3
    """A fault of routeplan itself."""


class Command(TyperCommand):
    """A command that turns exceptions into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; the traceback of a fault is shown with ``--debug`` only."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, KeyboardInterrupt):
            raise
        except Exception as error:
            if ctx.find_root().params.get("debug"):
                ERR.print_exception()
            raise typer.Exit(_explain(error)) from error


def _explain(error: Exception) -> ExitCode:
    """Say what went wrong, in words for whoever can mend it."""
    if isinstance(error, RouteplanError) and not isinstance(error, FaultError):
        ERR.say(str(error), style="red")
        return ExitCode.BAD_INPUT
    if isinstance(error, OSError) and error.filename is not None:
        ERR.say(f"{error.filename}: {error.strerror}", style="red")
        return ExitCode.BAD_INPUT
    named = str(error) if isinstance(error, FaultError) else f"{type(error).__name__}: {error}"
    ERR.say(f"routeplan failed, and the fault is its own: {named}", style="red")
    ERR.say(
        "Please report it with the tables and this command; for the place in the code, run\n"
        f"  routeplan --debug {' '.join(sys.argv[1:])}"
    )
    return ExitCode.FAULT
