"""The program ``routeplan``: its commands, and what holds for all of them."""

import logging
import os
import sys
from typing import Annotated, ClassVar

import typer

from routeplan.cli.command import ExitCode, explain
from routeplan.cli.groups import Group
from routeplan.cli.output import CLOSED_PIPE, OUT
from routeplan.errors import RouteplanError
from routeplan.version import __version__

ENDS = """Exit codes: 0 a plan (a valid instance, a check that holds), 1 no plan (a check that fails), \
2 input that is refused, or output that cannot be written, 3 a fault of routeplan, 130 stopped by Ctrl-C with nothing \
to hand over, 141 the reader of a pipe has gone."""


class Program(Group):
    """Everything that is not an import or an export."""

    places: ClassVar = {
        "check": "routeplan.cli.check:check",
        "template": "routeplan.cli.template:template",
        "solve": "routeplan.cli.solve:solve",
        "verify": "routeplan.cli.verify:verify",
        "show": "routeplan.cli.show:show",
        "scenarios": "routeplan.cli.scenarios:scenarios",
        "reach": "routeplan.cli.reach:reach",
        "compare": "routeplan.cli.compare:compare_results",
        "report": "routeplan.cli.report:report",
        "doctor": "routeplan.cli.doctor:doctor",
        "generate": "routeplan.cli.generate:generated",
    }


class Importers(Group):
    """Everything that makes an instance of something else."""

    places: ClassVar = {
        "ets": "routeplan.cli.import_ets:ets",
        "capacity": "routeplan.cli.import_capacity:capacity",
        "excel": "routeplan.cli.import_excel:excel",
    }


class Exporters(Group):
    """Everything that makes something else of an instance or a result."""

    places: ClassVar = {
        "excel": "routeplan.cli.export_excel:excel",
        "geojson": "routeplan.cli.export_geojson:geojson",
    }


app = typer.Typer(cls=Program, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, epilog=ENDS)
importers = typer.Typer(
    cls=Importers, no_args_is_help=True, help="Make an instance from public data, or from a workbook."
)
exporters = typer.Typer(cls=Exporters, no_args_is_help=True, help="Write an instance or a result in another form.")
app.add_typer(importers, name="import")
app.add_typer(exporters, name="export")


def _version(asked: bool) -> None:
    if asked:
        OUT.say(f"routeplan {__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    debug: Annotated[
        bool, typer.Option("--debug", envvar="ROUTEPLAN_DEBUG", help="Show where in the code an error arose.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Plan how industry at dispersed sites leaves natural gas, with proof.

    A folder of tables goes in; a checked plan comes out.
    """


def main() -> None:
    """Run the program."""
    # Pyomo reports an interrupted build on standard output, where it would be taken for ours.
    logging.getLogger("pyomo").setLevel(logging.CRITICAL + 1)
    try:
        with OUT.writing():
            app()
    except RouteplanError as error:  # help and version are told before any command begins
        sys.exit(explain(error))
    except SystemExit as ended:
        if ended.code == ExitCode.STOPPED:
            # At once: a solver may be at work still, and a plain exit would pull the rug from under its threads.
            os._exit(ExitCode.STOPPED)
        if isinstance(ended.__context__, BrokenPipeError):  # of help; typer ends with 1
            sys.exit(CLOSED_PIPE)
        raise
    except Exception as error:  # of a module that cannot be imported, for what comes later is told by the command
        sys.exit(explain(error))
