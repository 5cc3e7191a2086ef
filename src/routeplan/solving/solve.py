"""Solving step by step: an instance is built, compiled, planned by a method, finished and checked."""

import os
import platform
import threading
from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import replace
from importlib.metadata import version as installed_version
from pathlib import Path

from routeplan.data.paths import MODEL_SUFFIXES
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.program import Program
from routeplan.result.result import GAP, Record, Result
from routeplan.schema.result_file import MethodName
from routeplan.solver.apart import Apart
from routeplan.solver.highs import write_model
from routeplan.solver.options import checked_options
from routeplan.solver.parameters import (
    refuse_unless,
    refuse_wrong_gap,
    refuse_wrong_seconds,
    refuse_wrong_seed,
    refuse_wrong_threads,
)
from routeplan.solver.solution import Limits, Option, Stop
from routeplan.solving.exact import exact
from routeplan.solving.finish import finish, infeasible
from routeplan.solving.large import expected, large, pays
from routeplan.solving.lines import progress_lines, say_on_stderr
from routeplan.solving.methods import Method, Task
from routeplan.solving.progress import OnProgress, Progress, ProgressLog
from routeplan.solving.start import NOTHING, START, Start, start_from
from routeplan.tolerances import CLOSER
from routeplan.version import __version__

METHODS: dict[str, Method] = {MethodName.EXACT: exact, MethodName.LARGE: large}
"""Methods by name."""

FINISHING_SHARE = 0.4
"""Time to tidy and check a plan, as a share of the time to build and compile the model: both grow with its rows."""


def solve(
    instance: Instance,
    *,
    method: Method | str | None = None,
    gap: float = GAP,
    seconds: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    options: Mapping[str, Option] | None = None,
    stop: Stop | threading.Event | None = None,
    start: Result | None = None,
    executor: Executor | None = None,
    progress: bool = False,
    on_progress: OnProgress | None = None,
    log: Path | str | None = None,
    mps: Path | str | None = None,
) -> Result:
    """Find the best plan of an instance, and prove how good it is.

    It can be called in several threads at once: each has a solver of its own. Only while the first solver of a process
    is made, its banner is kept from standard output, for all threads.

    Parameters
    ----------
    instance : Instance
        The instance.
    method : Method or str, optional
        How to plan: ``exact`` (HiGHS on the whole program), ``large`` (a plan from the linear relaxation first), or a
        function of one's own. When None it is ``large`` where that pays (`routeplan.solving.large.pays`).
    gap : float
        Gap at which a plan counts as optimal, relative to max(1, abs(objective)).
    seconds : float, optional
        Time after which the best plan so far is handed over with its bound.
    threads : int, optional
        Threads of the solver; its own choice when None.
    seed : int
        Random seed of the solver.
    options : mapping of str to bool, int, float or str, optional
        Further options of HiGHS, by its names; recorded in the result.
    stop : callable or threading.Event, optional
        Asked often, from another thread: once it is true, the best plan so far is handed over with its bound.
    start : Result, optional
        A plan to begin from, of this instance or of one like it, such as another scenario; what does not fit is
        decided anew.
    executor : Executor, optional
        What proves parts of a large instance that do not depend on each other: a pool of processes, or a cluster of
        Dask (`routeplan.runs.executors.dask_executor`); it stays open.
    progress : bool
        Whether to print stages, best plans and bounds in lines on standard error, every few seconds at most.
    on_progress : callable, optional
        Told of each new stage, best plan and bound.
    log : path, optional
        File for the solver's log; what is in it is replaced.
    mps : path, optional
        File to which the model is exported, with readable names; one that is there is replaced.

    Returns
    -------
    Result
        A plan with objective, bound and gap, checked against the instance's tables; or a status without plan.

    Raises
    ------
    UsageError
        When a parameter makes no sense, or HiGHS does not take an option.
    PlanRejected
        When the plan checker refuses the plan: a fault of ours.
    """
    refuse_unless_instance(instance)
    _refuse_wrong_numbers(gap, seconds, threads, seed)
    solver_options = checked_options(options) if options else {}
    refuse_unless(isinstance(progress, bool), "progress", progress, "True or False; on_progress takes a function")
    heard = on_progress is None or callable(on_progress)
    refuse_unless(heard, "on_progress", on_progress, "a function; progress=True prints")
    _check_files(log, mps)
    _refuse_unless_plan(start)
    chosen = _method(method)
    record = Record(
        "" if chosen is None else _name_of(chosen),
        gap_asked=gap,
        seconds_asked=seconds,
        threads=threads,
        seed=seed,
        options=solver_options,
        started_from=None if start is None else _told(start.instance),
        versions=versions(),
        machine=machine(),
    )
    _empty(log)
    files = [None if file is None else Path(file) for file in (log, mps)]
    with progress_lines(say_on_stderr) if progress else nullcontext() as lines:
        log_of_progress = ProgressLog(_all_of(lines, on_progress))
        with Apart() as apart:
            if chosen in (None, large) and expected(instance, threads):
                apart.begin()
            return _planned(instance, chosen, record, _callable(stop), start, log_of_progress, apart, executor, *files)


def _planned(
    instance: Instance,
    method: Method | None,
    record: Record,
    stop: Stop,
    start: Result | None,
    progress: ProgressLog,
    apart: Apart,
    executor: Executor | None,
    log: Path | None,
    mps: Path | None,
) -> Result:
    """Build, compile, plan and finish, as the record says what was asked."""
    progress.enter("build")
    program = compile_model(build(instance))
    method = method or (large if pays(program, record.threads) else exact)
    record = replace(record, method=_name_of(method))
    if mps is not None:
        write_mps(program, mps)
    if program.broken:
        return infeasible(instance, program.broken, record, progress)
    deadline = _deadline(progress, record.seconds_asked)
    limits = Limits(CLOSER * record.gap_asked, deadline, record.threads, record.seed, log, record.options, stop)
    known = NOTHING if start is None else _started(program, start, limits, progress)
    task = Task(limits, progress, known, apart, executor)
    return finish(instance, program, method(program, task), record, task)


def _method(given: Method | str | None) -> Method | None:
    """The method that is asked for; None: the size of the program chooses."""
    if not isinstance(given, str):
        return given
    if given not in METHODS:
        raise UsageError(f"method is '{given}'; allowed: {', '.join(METHODS)}, or a function")
    return METHODS[given]


def _started(program: Program, plan: Result, limits: Limits, progress: ProgressLog) -> Start:
    """What a plan tells of the program."""
    progress.enter(START)
    start = start_from(program, plan, limits)
    objective = None if start.x is None else program.asked.value(start.x)
    progress.record(objective, start.bound if start.bound > -float("inf") else None)
    return start


def _all_of(*listeners: OnProgress | None) -> OnProgress | None:
    """One listener that tells all that there are."""
    there = [listener for listener in listeners if listener is not None]

    def tell(news: Progress) -> None:
        for listener in there:
            listener(news)

    return tell if there else None


def _deadline(progress: ProgressLog, seconds: float | None) -> float:
    """`time.monotonic` at which the search ends, so that the plan is handed over in time."""
    return float("inf") if seconds is None else progress.begun + seconds - FINISHING_SHARE * progress.seconds


def write_mps(program: Program, file: Path) -> None:
    """Write a program as an MPS file with readable names, under the objective that is asked of the plan.

    Raises
    ------
    FaultError
        When the file cannot be written.
    """
    write_model(replace(program, matrices=program.named()).asked, file)


def _name_of(method: Method) -> str:
    """Name of a method in results."""
    if not hasattr(method, "__name__"):
        raise UsageError(f"{method!r} has no __name__, under which a result records its method")
    return method.__name__


def _check_files(log: Path | str | None, mps: Path | str | None) -> None:
    """Refuse files that cannot be written, before any time is spent."""
    if mps is not None and not Path(mps).name.endswith(MODEL_SUFFIXES):
        raise UsageError(f"mps is {mps}; allowed: a name that ends in {' or '.join(MODEL_SUFFIXES)}")
    for file in (log, mps):
        if file is not None:
            _refuse_unwritable(Path(file))


def _empty(log: Path | str | None) -> None:
    """Empty a log that is there: HiGHS, which may run several times, adds to it."""
    if log is not None and Path(log).is_file():
        Path(log).write_bytes(b"")


def _refuse_unwritable(path: Path) -> None:
    there = path.exists()
    try:
        path.open("ab").close()
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
    if not there:
        path.unlink()


def _callable(stop: Stop | threading.Event | None) -> Stop:
    """Function that is asked whether to stop."""
    if stop is None:
        return lambda: False
    if isinstance(stop, threading.Event):
        return stop.is_set
    if not callable(stop):
        raise UsageError(f"stop is {stop!r}; allowed: an event, or something that can be called")
    return stop


def _told(instance: Instance) -> str:
    """An instance in a few words, by which it is found again."""
    under = f" under {instance.scenario}" if instance.scenario else ""
    return f"{instance.name}{under}, {instance.sha256[:12]}"


def _refuse_unless_plan(start: Result | None) -> None:
    """Refuse what is no plan to begin from."""
    given = "none" if isinstance(start, Result) else start
    planned = start is None or (isinstance(start, Result) and start.status.has_plan)
    refuse_unless(planned, "start", given, "a result with a plan")


def _refuse_wrong_numbers(gap: float, seconds: float | None, threads: int | None, seed: int) -> None:
    refuse_wrong_gap(gap)
    if seconds is not None:
        refuse_wrong_seconds(seconds)
    refuse_wrong_threads(threads)
    refuse_wrong_seed(seed)


def versions() -> dict[str, str]:
    """Versions of the software that makes a result."""
    return {
        "routeplan": __version__,
        "highspy": installed_version("highspy"),
        "pyomo": installed_version("pyomo"),
        "python": platform.python_version(),
    }


def machine() -> str:
    """The machine on which a result is made."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
