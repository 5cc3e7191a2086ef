"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.completion import instances, results
from routeplan.cli.truncate import MAX_LINES
from routeplan.language.language import Language

InstanceFolder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", help="Folder of the instance, or its Excel workbook.", autocompletion=instances),
]
ResultFolder = Annotated[Path, typer.Argument(metavar="RESULT", help="Folder of the result.", autocompletion=results)]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON to standard output, for machines.")]
ShowAll = Annotated[
    bool, typer.Option("--all", help=f"Show every problem, not the first {MAX_LINES} of each kind alone.")
]
"""JSON always holds every problem."""

InLanguage = Annotated[Language, typer.Option(help="Language of headers, names and words: English or Dutch.")]

ChangedOut = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Write to a new folder (or workbook), and leave the instance as it is."),
]
SourceLanguage = Annotated[str, typer.Option(help="Language of messages, and of the column source: en or nl.")]
"""Of an import that writes the column `source` itself."""

VerdictsBeside = Annotated[
    Path | None,
    typer.Option("--verdicts", metavar="DIR", help="Tell verdicts too: a folder of `routeplan verdicts --out`."),
]
PerspectiveBeside = Annotated[
    Path | None,
    typer.Option(
        "--perspective", metavar="FILE.csv", help="Tell perspective too: a file of `routeplan perspective --out`."
    ),
]

InstanceOrResult = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Instance (folder or workbook), or a result of one.")
]
HeldAgainst = Annotated[
    Path | None, typer.Option("--plan", metavar="RESULT", help="Result to begin from; else the instance is solved.")
]
SolveSeconds = Annotated[
    float, typer.Option("--seconds", help="Most seconds to solve the instance, where there is no plan.")
]
SOLVE_SECONDS = 120.0
"""Time for a plan where none is given: enough for a country within a percent; a region is done before."""

Workers = Annotated[int, typer.Option(min=1, help="Processes at a time; for a country, as many as there are cores.")]

SEE_ALL = "all of them: --all"
"""How to see what is not shown, in a command that takes `ShowAll`."""

FEW_ROWS = 3
"""Rows that `scenarios` shows of each change."""
