"""``routeplan solve``: from tables to a plan."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

import routeplan
from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.interrupt import finish_despite_interrupt, stop_on_interrupt
from routeplan.cli.options import AsJson, InstanceFolder
from routeplan.cli.output import ERR, OUT
from routeplan.cli.refuse import refuse_to_replace, refuse_what_blocks
from routeplan.data.paths import MODEL_SUFFIXES, quoted, refuse_result
from routeplan.errors import PlanRejected, PlanWouldBeLost, UsageError
from routeplan.schema.result_file import GAP, MethodName

EXAMPLES = """Examples:

routeplan solve instances/achterhoek

routeplan solve instances/achterhoek --gap 0.01 --seconds 600 --out quick-plan

routeplan solve instances/achterhoek --scenario late-grid

routeplan solve instances/tiny --scenario late-grid --scenario half-budget

routeplan solve instances/tiny --all-scenarios --out futures

routeplan solve instances/tiny --scenario late-grid --start tiny-plan

routeplan solve instances/tiny --mps tiny.mps --log tiny.log

Ctrl-C stops early and keeps the best plan so far; a second one, before the search has ended, gives it up. So does \
SIGTERM, which `timeout` and batch systems send."""


def _mps(file: Path | None) -> Path | None:
    """Refuse a file name whose format the solver does not recognise."""
    if file is not None and not file.name.endswith(MODEL_SUFFIXES):
        raise typer.BadParameter(f"{file} does not end in {' or '.join(MODEL_SUFFIXES)}")
    return _writable(file)


def _writable(file: Path | None) -> Path | None:
    """Refuse a file to write whose folder is not there, before any time is spent."""
    if file is not None and not file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {file.parent}")
    return file


Gap = Annotated[float, typer.Option(min=0.0, help="Gap between plan and bound that will do; 0.01 is 1 %.")]
Seconds = Annotated[float | None, typer.Option(help="Most time to take, more than 0; the best plan is kept.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Processor cores to use; else the solver chooses.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the solver's random choices.")]


AskedMethod = Annotated[
    MethodName | None,
    typer.Option("--method", help="How to plan; else small instances exactly, and large ones from a start."),
]
Start = Annotated[
    Path | None,
    typer.Option(
        file_okay=False,
        help="Begin from the plan in this folder, of this instance or one like it; saves most of the time.",
    ),
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="Plan under this scenario of the instance; given twice, under both together."),
]
AllScenarios = Annotated[
    bool,
    typer.Option(
        "--all-scenarios", help="Plan without scenario and under each: NAME-plan, NAME-SCENARIO-plan; here or in --out."
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option("--overwrite", help="Replace what is there: any result, and the files of --log and --mps."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the result; else NAME-plan or NAME-SCENARIO-plan. With --all-scenarios: the folder of these."
    ),
]
Log = Annotated[Path | None, typer.Option(dir_okay=False, callback=_writable, help="File for the solver's log.")]
Mps = Annotated[Path | None, typer.Option(dir_okay=False, callback=_mps, help="File for the model (MPS).")]
Dask = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Prove parts of a large instance on the workers of this cluster of Dask."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


def solve(
    folder: InstanceFolder,
    gap: Gap = GAP,
    seconds: Seconds = None,
    threads: Threads = None,
    seed: Seed = 0,
    method: AskedMethod = None,
    start: Start = None,
    scenario: Scenarios = None,
    all_scenarios: AllScenarios = False,
    out: Out = None,
    overwrite: Overwrite = False,
    log: Log = None,
    mps: Mps = None,
    dask: Dask = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find the best plan for an instance, prove how good it is, check it, and save it."""
    refuse_result(folder)
    if all_scenarios and (scenario or log or mps):
        raise UsageError("--all-scenarios goes without --scenario, --log and --mps")
    _refuse_to_replace(overwrite, {"--log": log, "--mps": mps})
    begin = None if start is None else routeplan.load(start)
    cases = _cases(cli.read_and_warn(folder, quiet), scenario, all_scenarios)
    places = [cli.result_folders(case, out, overwrite, several=all_scenarios) for case in cases]
    search = partial(
        routeplan.solve,
        method=method,
        gap=gap,
        seconds=seconds,
        threads=threads,
        seed=seed,
        start=begin,
        log=log,
        mps=mps,
    )
    shown: list[dict[str, Any]] = []

    def tell(result: "routeplan.Result", place: Path, saved: bool) -> None:
        if as_json:
            shown.append(cli.plan_as_json(result) | {"folder": str(place) if saved else None})
        elif not quiet:
            print_solved(result, place, saved, folder)

    with nullcontext() if dask is None else cli.executor_of(dask) as executor:
        planned, code = _solve_each(cases, places, partial(search, executor=executor), overwrite, quiet, tell)
    if as_json:
        OUT.json(shown if all_scenarios else shown[0])
    elif all_scenarios and not quiet and planned == len(cases):
        _advise([place for place, _ in places])
    raise typer.Exit(code)


def _solve_each(
    cases: "Sequence[routeplan.Instance]",
    places: Sequence[tuple[Path, Path]],
    search: "Callable[..., routeplan.Result]",
    overwrite: bool,
    quiet: bool,
    tell: "Callable[[routeplan.Result, Path, bool], None]",
) -> tuple[int, ExitCode]:
    """Solve, save and tell of each case until the user stops; how many there were, and the exit code."""
    code = ExitCode.DONE
    for planned, (case, (place, aside)) in enumerate(zip(cases, places, strict=True), start=1):
        result, stopped, saved = solve_and_save(case, search, place, aside, quiet, overwrite)
        code = code if result.status.has_plan else _without_plan(result, stopped)
        tell(result, place, saved)
        if stopped:
            return planned, code
    return len(cases), code


def _without_plan(result: "routeplan.Result", stopped: bool) -> ExitCode:
    """The exit code of a result without a plan: a proof that there is none counts, though Ctrl-C came after it."""
    return ExitCode.STOPPED if stopped and result.status is routeplan.Status.NO_PLAN else ExitCode.NO


def _refuse_to_replace(overwrite: bool, files: dict[str, Path | None]) -> None:
    """Refuse files, by the options that name them, that are there and may not be replaced, or are none."""
    for option, file in files.items():
        if file is not None:
            refuse_what_blocks(file, option)
            refuse_to_replace(file, overwrite, f"{option} FILE")


def _advise(places: list[Path]) -> None:
    """Print the command that sets results side by side."""
    OUT.say(f"To set them side by side: routeplan compare {quoted(*places)}")


def _cases(instance: "routeplan.Instance", names: list[str] | None, every: bool) -> "list[routeplan.Instance]":
    """The instance under the scenarios that are asked for, or as read and under each."""
    asked = instance.under(*names) if names else instance
    return [asked, *(instance.under(found.name) for found in instance.scenarios)] if every else [asked]


def solve_and_save(
    instance: "routeplan.Instance",
    search: "Callable[..., routeplan.Result]",
    place: Path,
    aside: Path,
    quiet: bool,
    overwrite: bool,
) -> "tuple[routeplan.Result, bool, bool]":
    """Solve one instance and save its result; whether the user has stopped the search, and whether it was saved."""
    with (
        explained(aside),
        nullcontext() if quiet else cli.show_progress(ERR) as report,
        stop_on_interrupt(None if quiet else ERR.say, report) as interrupt,
    ):
        result = search(instance, stop=interrupt, on_progress=interrupt.hear)
        with finish_despite_interrupt():
            saved = _saved(result, place, overwrite)
    return result, interrupt.is_set(), saved


def _saved(result: "routeplan.Result", place: Path, overwrite: bool) -> bool:
    """Save a result; one without a plan is not saved where an earlier plan would be lost."""
    try:
        routeplan.save(result, place, overwrite=overwrite)
    except PlanWouldBeLost as refused:
        ERR.say(str(refused))
        return False
    return True


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
            routeplan.save(rejected.result, aside, overwrite=True)
        ERR.say(f"The plan is kept in {aside}.")
        raise


def print_solved(result: "routeplan.Result", place: Path, saved: bool, folder: Path) -> None:
    """Print what a solve of the instance in a folder has found, and where it is; without any plan, what is missing."""
    cli.print_overview(OUT, result)
    if result.status.has_plan:
        cli.print_routes_and_co2(OUT, result)
    more = f"; to read more of it: routeplan show {quoted(place)}" if result.status.has_plan else ""
    if saved:
        OUT.say(f"The result is in {place}{more}")
    if result.status is routeplan.Status.INFEASIBLE:
        cli.print_missing_briefly(result.instance, folder)
