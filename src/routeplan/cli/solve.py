"""``routeplan solve``: from tables to a plan."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.interrupt import finish_despite_interrupt, stop_on_interrupt
from routeplan.cli.options import AsJson
from routeplan.cli.output import ERR, OUT
from routeplan.data.paths import refuse_result
from routeplan.errors import PlanRejected
from routeplan.schema.result_file import GAP

EXAMPLES = """Examples:

routeplan solve instances/achterhoek

routeplan solve instances/achterhoek --gap 0.01 --seconds 600 --out quick-plan

routeplan solve instances/achterhoek --scenario late-grid

routeplan solve instances/tiny --mps tiny.mps --log tiny.log

Ctrl-C stops early and keeps the best plan so far; a second one, before the search has ended, gives it up. So does \
SIGTERM, which `timeout` and batch systems send."""


def _mps(file: Path | None) -> Path | None:
    """Refuse a file name whose format the solver does not recognise."""
    if file is not None and not file.name.endswith((".mps", ".mps.gz")):
        raise typer.BadParameter(f"{file} does not end in .mps or .mps.gz")
    return _writable(file)


def _writable(file: Path | None) -> Path | None:
    """Refuse a file to write whose folder is not there, before any time is spent."""
    if file is not None and not file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {file.parent}")
    return file


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the instance, or its Excel workbook.")]
Gap = Annotated[float, typer.Option(min=0.0, help="Gap between plan and bound that will do; 0.01 is 1 %.")]
Seconds = Annotated[float | None, typer.Option(help="Most time to take, more than 0; the best plan is kept.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Processor cores to use; else the solver chooses.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the solver's random choices.")]
Scenario = Annotated[str | None, typer.Option(help="Plan under this scenario of the instance.")]
Out = Annotated[Path | None, typer.Option(help="Folder of the result; else NAME-plan or NAME-SCENARIO-plan.")]
Log = Annotated[Path | None, typer.Option(dir_okay=False, callback=_writable, help="File for the solver's log.")]
Mps = Annotated[Path | None, typer.Option(dir_okay=False, callback=_mps, help="File for the model (MPS).")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


def solve(
    folder: Folder,
    gap: Gap = GAP,
    seconds: Seconds = None,
    threads: Threads = None,
    seed: Seed = 0,
    scenario: Scenario = None,
    out: Out = None,
    log: Log = None,
    mps: Mps = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find the best plan for an instance, prove how good it is, check it, and save it."""
    refuse_result(folder)
    instance = routeplan.read(folder)
    if scenario is not None:
        instance = instance.under(scenario)
    place, aside = cli.result_folders(instance, out)
    with (
        explained(aside),
        nullcontext() if quiet else cli.show_progress(ERR) as report,
        stop_on_interrupt(None if quiet else ERR.say, report) as interrupt,
    ):
        result = routeplan.solve(
            instance,
            gap=gap,
            seconds=seconds,
            threads=threads,
            seed=seed,
            stop=interrupt,
            on_progress=interrupt.hear,
            log=log,
            mps=mps,
        )
        with finish_despite_interrupt():
            routeplan.save(result, place)
    if as_json:
        OUT.json(cli.plan_as_json(result) | {"folder": str(place)})
    elif not quiet:
        _print(result, place)
    raise typer.Exit(ExitCode.DONE if result.status.has_plan else ExitCode.NO)


@contextmanager
def explained(aside: Path) -> Iterator[None]:
    """Report that a solve was stopped; save a plan that its check refuses in the folder `aside`."""
    try:
        yield
    except KeyboardInterrupt:
        ERR.say("Stopped; no plan is kept.")
        raise typer.Exit(ExitCode.STOPPED) from None
    except PlanRejected as rejected:
        with finish_despite_interrupt():
            routeplan.save(rejected.result, aside)
        ERR.say(f"The plan is kept in {aside}.")
        raise


def _print(result: "routeplan.Result", place: Path) -> None:
    cli.print_overview(OUT, result)
    if result.status.has_plan:
        cli.print_routes_and_co2(OUT, result)
    more = f"; to read more of it: routeplan show {place}" if result.status.has_plan else ""
    OUT.say(f"The result is in {place}{more}")
