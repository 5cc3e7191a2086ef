"""``routeplan bench tune``: settings of a solver that are faster than its default, if there are any."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan import cli
from routeplan.cli.output import OUT

EXAMPLES = """Examples:

routeplan bench tune --space highs --suite core --out tuning --seconds 36000

routeplan bench tune --space my-space.yaml --settings my-settings --suite my-suite.yaml --out tuning --trials 100

Settings are tried on the tune seeds of the suite's families, and the best three are held against the default on the \
valid seeds. Ended at any moment, the same command goes on where it was. A setting that beats the default is written \
to DIR/settings: routeplan bench run --settings DIR/settings --setting tuned-..."""

SolverName = Annotated[
    str | None, typer.Option("--solver", metavar="NAME", help="Solver that the space must be of; it need not be told.")
]
SpaceName = Annotated[
    str, typer.Option("--space", metavar="NAME|FILE", help="Name of a space of options, or its file of YAML.")
]
SuiteName = Annotated[str, typer.Option("--suite", metavar="NAME|FILE", help="Name of a suite, or its file of YAML.")]
Target = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder of the study and its runs.")]
More = Annotated[
    Path | None,
    typer.Option("--settings", metavar="DIR", help="Folder of settings of your own, besides those that are shipped."),
]
Trials = Annotated[int, typer.Option(help="Settings to try in all; those of earlier calls count.")]
Seconds = Annotated[
    float, typer.Option(help="Seconds for trying settings; measuring the default and comparing the best come besides.")
]
AtOnce = Annotated[int, typer.Option(help="Runs at a time on this machine; more than its cores disturb each other.")]


def tune(
    space: SpaceName,
    suite: SuiteName,
    out: Target,
    solver: SolverName = None,
    settings: More = None,
    trials: Trials = 50,
    seconds: Seconds = float("inf"),
    at_once: AtOnce = 1,
) -> None:
    """Look for options that make a solver faster on a suite, and say so when nothing beats the default."""
    told = cli.print_tuned(
        space, suite, out, solver=solver, more=settings, trials=trials, seconds=seconds, at_once=at_once
    )
    OUT.say(told)
