"""The program ``routeplan``: its commands, and what holds for all of them."""

import logging
from typing import Annotated

import typer

from routeplan.cli import check, import_ets, show, solve, template, verify
from routeplan.cli.command import Command
from routeplan.cli.output import OUT
from routeplan.version import __version__

ENDS = """Exit codes: 0 a plan (a valid instance, a check that holds), 1 no plan (a check that fails), \
2 input that is refused, 3 a fault of routeplan."""

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, epilog=ENDS)
importers = typer.Typer(no_args_is_help=True, help="Make an instance from public data.")

app.command("check", cls=Command, epilog=check.EXAMPLES)(check.check)
app.command("template", cls=Command, epilog=template.EXAMPLES)(template.template)
app.command("solve", cls=Command, epilog=solve.EXAMPLES)(solve.solve)
app.command("verify", cls=Command, epilog=verify.EXAMPLES)(verify.verify)
app.command("show", cls=Command, epilog=show.EXAMPLES)(show.show)
importers.command("ets", cls=Command, epilog=import_ets.EXAMPLES)(import_ets.ets)
app.add_typer(importers, name="import")


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
    app()
