"""Run a job under BenchExec: what it uses is counted and limited by a control group of the system's kernel."""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from routeplan.errors import UsageError
from routeplan.runs.folder import (
    Broken,
    command,
    job_folder,
    judged,
    last_printed,
    left_in,
    library_threads,
)
from routeplan.runs.job import Job
from routeplan.runs.machine import this_machine
from routeplan.runs.outcome import MB, Ended, Outcome, Usage
from routeplan.solver.solution import Stop

with suppress(ModuleNotFoundError):  # of the extra "isolate", which need not be installed
    from benchexec.runexecutor import RunExecutor

TICK = 0.05
"""Time between two looks at whether a job is to be stopped [s]."""


def refuse_without_benchexec() -> None:
    """Refuse to go on where BenchExec is not installed, or may not make control groups.

    Raises
    ------
    UsageError
        When it cannot be used here.
    """
    if find_spec("benchexec") is None:
        raise UsageError('BenchExec needs the extra "isolate": pip install "routeplan[isolate]"')
    _executor()


def run_job_isolated(job: Job, stop: Stop | None = None) -> Outcome:
    """Run a job under BenchExec, and tell what came of it.

    Unlike `routeplan.runs.process.run_job`, memory cannot exceed its limit even for a moment, and no process that the
    job starts is missed; but a job whose time is up is ended at once, without a moment to hand over what it has.

    Parameters
    ----------
    job : Job
        The job.
    stop : callable, optional
        Asked often whether the job is to be stopped.

    Raises
    ------
    UsageError
        When BenchExec cannot be used here.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    executor = _executor()
    with job_folder(job) as folder:
        printed = folder / "printed"
        with _open_pipe() as pipe, _stopping(executor, stop) as stopped:
            told = _executed(executor, job, folder, printed, pipe)
        usage = Usage(told["walltime"], float(told["cputime"]), told["memory"] / MB)
        broken = _broken(told, job, stopped.is_set())
        code = told["exitcode"]
        ended, returned, words = judged(left_in(folder), -code.signal if code.signal else code.value or 0, broken)
        said = "" if ended is Ended.RETURNED else last_printed(printed)
    return Outcome(ended, usage, returned, words, said, this_machine(), started)


def _executor() -> Any:
    try:
        return RunExecutor(use_namespaces=False)
    except SystemExit as error:  # how BenchExec says that the system does not let it
        raise UsageError(f"BenchExec cannot be used here: {' '.join(str(error).split())}") from None


def _executed(executor: Any, job: Job, folder: Path, printed: Path, pipe: IO[bytes]) -> Mapping[str, Any]:
    most = job.resources
    told: Mapping[str, Any] = executor.execute_run(
        command(folder),
        str(printed),
        stdin=pipe,
        walltimelimit=None if most.seconds == float("inf") else most.seconds,
        memlimit=None if most.memory == float("inf") else int(most.memory * MB),
        environments={"newEnv": library_threads(job)},
        write_header=False,
    )
    if "walltime" not in told:
        raise UsageError(
            f"BenchExec cannot run {job.call.__qualname__}: {told.get('terminationreason', 'no reason told')}"
        )
    return told


def _broken(told: Mapping[str, Any], job: Job, stopped: bool) -> Broken | None:
    """The limit that a job broke, where it did."""
    if stopped:
        return Ended.STOPPED, "stopped by the user"
    match told.get("terminationreason"):
        case "memory":
            return Ended.MEMORY, f"asked for more than {job.resources.memory:,.0f} MB"
        case "walltime":
            return Ended.TIME, f"took more than {job.resources.seconds:g} s"
    return None


@contextmanager
def _open_pipe() -> Iterator[IO[bytes]]:
    """A pipe that stays open: a job ends with its runner, when the other end is closed."""
    read, write = os.pipe()
    try:
        with os.fdopen(read, "rb") as pipe:
            yield pipe
    finally:
        os.close(write)


@contextmanager
def _stopping(executor: Any, stop: Stop | None) -> Iterator[threading.Event]:
    """Ask again and again whether to stop, and let the executor end its run then; the event tells that it was."""
    stopped, over = threading.Event(), threading.Event()

    def ask() -> None:
        while stop is not None and not over.wait(TICK):
            if stop():
                stopped.set()
                executor.stop()
                return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    try:
        yield stopped
    finally:
        over.set()
        asking.join()
