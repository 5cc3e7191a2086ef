"""``routeplan bench repeat``: a suite that was run twice on one machine."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan import cli
from routeplan.cli.options import AsJson

EXAMPLES = """Examples:

routeplan bench repeat monday tuesday

routeplan bench repeat monday tuesday --json

The two folders are of one suite, with the same settings, seeds and limits, run twice on one machine: \
routeplan bench run --suite quick --out monday, and again with --out tuesday."""

First = Annotated[Path, typer.Argument(metavar="RUNS-1", help="Folder that bench run has written.")]
Second = Annotated[Path, typer.Argument(metavar="RUNS-2", help="Folder of the same runs, made again.")]


def repeat(first: First, second: Second, as_json: AsJson = False) -> None:
    """Hold a suite against itself, run twice on one machine: how far apart its figures are, and what cannot be told.

    What two settings differ by less than that says nothing of them.
    """
    cli.print_repeat(first, second, as_json)
