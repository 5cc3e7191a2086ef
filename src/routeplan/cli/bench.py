"""``routeplan bench``: benchmarks of solvers and their settings."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.options import AsJson
from routeplan.cli.output import ERR, OUT
from routeplan.errors import UsageError, counted

LIST_EXAMPLES = """Examples:

routeplan bench list

routeplan bench list families

routeplan bench list settings --settings my-settings

Without a kind, each has one line, and its explanation is cut where the line ends."""

MAKE_EXAMPLES = """Examples:

routeplan bench make --suite smoke --out runs

routeplan bench make --suite my-suite.yaml --out runs"""

RUN_EXAMPLES = """Examples:

routeplan bench run --suite smoke --out runs

routeplan bench run --suite core --out runs --at-once 2

routeplan bench run --suite smoke --out runs --settings my-settings --setting mine --setting highs-default

routeplan bench run --suite core --out runs --shard 3/20

routeplan bench run --suite core --out runs --dask tcp://10.0.0.1:8786

Ended at any moment, the same command goes on where it was. With --shard, each machine runs its part, into the same \
folder or into one of its own (routeplan bench merge puts them together); all settings of an instance and seed are in \
one part."""

CHECK_EXAMPLES = """Examples:

routeplan bench check runs

routeplan bench check runs --json

No solver is believed: each point is reckoned again in exact arithmetic, and each bound is held against the points of \
all other runs of the instance."""

COMPARE_EXAMPLES = """Examples:

routeplan bench compare runs --base highs-default

routeplan bench compare runs --base highs-default --fail-if-slower 1.05

A factor of 2 says: twice as fast as the base, over the instances that both were run on. The interval is of the \
bootstrap over instances; p is of Wilcoxon's signed-rank test, adjusted by Holm for all settings. Two settings are \
called equal when the whole interval is within 5 %; too short to tell, when neither takes 1 s on most instances."""

BEST_EXAMPLES = """Examples:

routeplan bench best runs"""

MERGE_EXAMPLES = """Examples:

routeplan bench merge runs-of-one runs-of-another --out runs"""


class Kind(Enum):
    """Kinds of things that a benchmark is made of."""

    SUITES = "suites"
    SETTINGS = "settings"
    SOLVERS = "solvers"
    FAMILIES = "families"


OfKind = Annotated[Kind | None, typer.Argument(metavar="KIND", help="suites, settings, solvers or families, in full.")]
SuiteName = Annotated[str, typer.Option("--suite", metavar="NAME|FILE", help="Name of a suite, or its file of YAML.")]
Runs = Annotated[Path, typer.Option("--out", metavar="RUNS", help="Folder of instances, records and points.")]
More = Annotated[
    Path | None,
    typer.Option("--settings", metavar="DIR", help="Folder of settings of your own, besides those that are shipped."),
]
Chosen = Annotated[
    list[str] | None,
    typer.Option("--setting", metavar="NAME", help="Run this setting instead of the suite's; may be given again."),
]
AtOnce = Annotated[
    int, typer.Option(min=1, help="Runs at a time on this machine; more than its cores disturb each other.")
]
ShardOf = Annotated[
    str | None,
    typer.Option("--shard", metavar="I/N", help="Run this part of the suite; slurm: that of the task."),
]
Dask = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Run on the workers of this cluster of Dask.")]
Mpi = Annotated[bool, typer.Option("--mpi", help="Run on the workers of MPI (mpiexec ... -m mpi4py.futures).")]
Isolated = Annotated[
    bool, typer.Option("--benchexec", help="Let BenchExec limit and count what runs use (Linux with control groups).")
]
Again = Annotated[
    list[str] | None,
    typer.Option(metavar="ENDED", help="Run again what ended so: raised, crashed, time or memory; may be given again."),
]
Base = Annotated[str, typer.Option(metavar="SETTING", help="The setting that the others are compared with.")]
Slower = Annotated[
    float | None,
    typer.Option(metavar="FACTOR", min=1.0, help="End with code 1 when a setting is this many times slower, or more."),
]
RunsFolder = Annotated[Path, typer.Argument(metavar="RUNS", help="Folder that bench run has written.")]
Folders = Annotated[list[Path], typer.Argument(metavar="RUNS...", help="Folders that bench run has written.")]


def list_known(kind: OfKind = None, settings: More = None) -> None:
    """List suites, settings, solvers and families of instances, and what of them cannot be used here."""
    cli.print_known(settings, kind)


def make(suite: SuiteName, out: Runs) -> None:
    """Make the instances of a suite: MPS files with their fingerprint in the name, and a manifest of each."""
    made = cli.made_instances(cli.suite_called(suite), out)
    cli.print_instances(made)
    OUT.say(f"in {out / 'instances'}: {counted(len(made), 'instance')}")


def run(
    suite: SuiteName,
    out: Runs,
    settings: More = None,
    setting: Chosen = None,
    at_once: AtOnce = 1,
    shard: ShardOf = None,
    dask: Dask = None,
    mpi: Mpi = False,
    benchexec: Isolated = False,
    again: Again = None,
) -> None:
    """Run a suite: each instance with each setting and seed, in a process of its own, within the suite's limits."""
    if dask is not None and mpi:
        raise UsageError("--dask and --mpi are both given; allowed: one of them")
    asked = cli.asked_runs(shard, again or [])
    known = cli.suite_called(suite)
    entrants = cli.entrants_of(known, settings, setting or [])
    new = cli.run_suite(known, entrants, out, at_once=at_once, asked=asked, dask=dask, mpi=mpi, isolated=benchexec)
    OUT.say(f"new in {out}: {counted(new, 'run')}; what they are worth: routeplan bench check {out}")


def check(runs: RunsFolder, as_json: AsJson = False) -> None:
    """Check what solvers have claimed, what is wrong first, and sum up each setting; what is wrong ends with code 1."""
    wrong = cli.print_checked_runs(runs, as_json)
    if wrong.statements:
        ERR.say(f"stated wrongly, and not used: the optimum of {counted(wrong.statements, 'instance')}", style="red")
    if wrong.runs:
        ERR.say(f"wrong, and counted as unsolved: {counted(wrong.runs, 'run')}", style="red")
    if wrong.statements or wrong.runs:
        raise typer.Exit(ExitCode.NO)


def best(runs: RunsFolder, as_json: AsJson = False) -> None:
    """Show what is known of each instance: the best point and bound of all runs, and who has found and proven them."""
    cli.print_best(runs, as_json)


def compare(runs: RunsFolder, base: Base, fail_if_slower: Slower = None, as_json: AsJson = False) -> None:
    """Compare every setting with one: how many times faster it is, how sure that is, and who solves more."""
    slower = cli.print_factors(runs, base, fail_if_slower, as_json)
    if slower:
        ERR.say(f"slower than {base}: {', '.join(slower)}", style="red")
        raise typer.Exit(ExitCode.NO)


def merge(folders: Folders, out: Runs) -> None:
    """Put the runs of several folders into one: those of shards, and of other machines."""
    kept = cli.merged_runs(folders, out)
    OUT.say(f"in {out}: {counted(kept, 'run')}")
