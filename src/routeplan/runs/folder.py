"""The folder of a job, which holds what is asked, and in the end what came of it."""

import json
import pickle
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from routeplan.runs.child import JOB, OUTCOME
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended

LIBRARY_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

PRINTED = 2_000
"""Letters of what a job printed last that are kept."""

Broken = tuple[Ended, str]
"""The limit that a job broke, and the words for it."""


@contextmanager
def job_folder(job: Job) -> Iterator[Path]:
    """Make a folder with a job in it, which is gone afterwards."""
    with TemporaryDirectory(prefix="routeplan-run-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / JOB).write_bytes(pickle.dumps(job))
        yield folder


def command(folder: Path) -> list[str]:
    """Command that runs the job of a folder."""
    return [sys.executable, "-m", "routeplan.runs.child", str(folder)]


def library_threads(job: Job) -> dict[str, str]:
    """Environment variables with which numerical libraries take the threads that a job may use."""
    return dict.fromkeys(LIBRARY_THREADS, str(job.resources.threads))


def left_in(folder: Path) -> dict[str, Any]:
    """What a job has left in its folder; nothing where it crashed."""
    outcome = folder / OUTCOME
    left: dict[str, Any] = json.loads(outcome.read_text(encoding="utf-8")) if outcome.is_file() else {}
    return left


def judged(left: Mapping[str, Any], code: int, broken: Broken | None) -> tuple[Ended, dict[str, Any], str]:
    """How a job ended, what it returned and what is told of it."""
    returned = left.get("returned", {})
    if broken is not None:
        return broken[0], returned, broken[1]
    if "memory" in left:
        return Ended.MEMORY, {}, left["memory"]
    if "raised" in left:
        return Ended.RAISED, {}, left["raised"]
    if "returned" in left:
        return Ended.RETURNED, returned, ""
    return Ended.CRASHED, {}, _signal(-code) if code < 0 else f"ended by itself, with exit code {code}"


def _signal(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = str(number)
    by_system = " (the operating system does so when memory runs out)" if name == "SIGKILL" else ""
    return f"ended by signal {name}{by_system}"


def last_printed(printed: Path) -> str:
    """What a job printed last; of a file that may be larger than the memory."""
    with printed.open("rb") as file:
        file.seek(max(0, printed.stat().st_size - 4 * PRINTED))  # a letter has four bytes at most
        return file.read().decode(errors="replace")[-PRINTED:]
