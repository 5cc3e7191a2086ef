"""``routeplan bench phases``: how long routeplan takes around its solver."""

from typing import Annotated

import typer

from routeplan import cli
from routeplan.cli.options import AsJson

EXAMPLES = """Examples:

routeplan bench phases tiny achterhoek

routeplan bench phases sites-110 sites-330 sites-1000 --unsolved --runs 1

A suite begins where the model has been compiled, and knows nothing of tables; this is about what comes before and \
after the solver. Growth is the time of reading, building and compiling per site, by that of the first instance."""

Instances = Annotated[
    list[str], typer.Argument(metavar="INSTANCE...", help="Folders, workbooks, or names of shipped instances.")
]
Runs = Annotated[int, typer.Option(min=1, metavar="N", help="Runs of each, of whose times the median is told.")]
Gap = Annotated[float, typer.Option(min=0.0, metavar="GAP", help="Gap at which the solve ends.")]
Unsolved = Annotated[bool, typer.Option("--unsolved", help="Measure what comes before a solve alone.")]


def phases(
    instances: Instances, runs: Runs = 3, gap: Gap = 1e-3, unsolved: Unsolved = False, as_json: AsJson = False
) -> None:
    """Measure how long reading, building, compiling, solving and checking take, and how much memory.

    Each run has a process of its own.
    """
    cli.print_phases(instances, runs, None if unsolved else gap, as_json)
