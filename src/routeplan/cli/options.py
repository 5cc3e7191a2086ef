"""Options that several commands take."""

from typing import Annotated

import typer

from routeplan.cli.shortened import SHOWN

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON to standard output, for machines.")]
Every = Annotated[bool, typer.Option("--all", help=f"Show every problem, not the first {SHOWN} of each kind alone.")]
"""JSON always holds every problem."""

BY_ALL = "all of them: --all"
"""How to see what is not shown, in a command that takes `Every`."""
