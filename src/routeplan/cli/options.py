"""Options that several commands take."""

from typing import Annotated

import typer

from routeplan.cli.truncate import MAX_LINES
from routeplan.language.language import Language

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON to standard output, for machines.")]
ShowAll = Annotated[
    bool, typer.Option("--all", help=f"Show every problem, not the first {MAX_LINES} of each kind alone.")
]
"""JSON always holds every problem."""

InLanguage = Annotated[Language, typer.Option(help="Language of headers, names and words: English or Dutch.")]

SEE_ALL = "all of them: --all"
"""How to see what is not shown, in a command that takes `ShowAll`."""

FEW_ROWS = 3
"""Rows that `scenarios` shows of each change."""
