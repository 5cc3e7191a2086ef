"""Run a job in a process of its own, watch it, and end it and all that it has started."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from routeplan.runs.folder import Broken, command, job_folder, judged, last_printed, left_in, library_threads
from routeplan.runs.job import Job
from routeplan.runs.machine import this_machine
from routeplan.runs.outcome import MB, Ended, Outcome, Usage
from routeplan.solver.solution import Stop

TICK = 0.05
"""Time between two looks at a job [s]: what asks for memory faster can exceed its limit for that long."""

LOOKING = 0.2
"""Share of its time that the runner looks at most: with thousands of processes on a machine a look takes long."""

GRACE = 2.0
"""Time that a job has to hand over what it has, once it is asked to end [s]; then it is ended."""


def run_job(job: Job, stop: Stop | None = None) -> Outcome:
    """Run a job in a process of its own, and tell what came of it; nothing that happens there is raised here.

    Parameters
    ----------
    job : Job
        The job.
    stop : callable, optional
        Asked often whether the job is to be stopped.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    with job_folder(job) as folder:
        printed = folder / "printed"
        with printed.open("wb") as file:
            process = _start(folder, job, file)
            watched = _Watched(process)
            try:
                broken = _watch(watched, job, stop or _never)
            finally:
                watched.end()
        left = left_in(folder)
        usage = watched.usage(left.get("peak", 0.0))
        if broken is None and usage.peak > job.resources.memory:  # between two looks
            broken = Ended.MEMORY, _too_much(usage.peak, job)
        ended, returned, told = judged(left, watched.code, broken)
        said = "" if ended is Ended.RETURNED else last_printed(printed)
    return Outcome(ended, usage, returned, told, said, this_machine(), started)


def run_unless_stopped(job: Job, stop: Stop | None = None) -> Outcome:
    """Run a job as `run_job` does, unless it is to be stopped before it has begun."""
    return Outcome(Ended.STOPPED, Usage(0.0, 0.0, 0.0)) if stop is not None and stop() else run_job(job, stop)


def _start(folder: Path, job: Job, printed: Any) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command(folder),
        stdin=subprocess.PIPE,
        stdout=printed,
        stderr=subprocess.STDOUT,
        env={**os.environ, **library_threads(job)},
        start_new_session=True,
    )


def _watch(watched: "_Watched", job: Job, stop: Stop) -> Broken | None:
    """Wait for the end of a job; the limit that it broke, where it did."""
    most = job.resources
    broken: Broken | None = None
    end_at = float("inf")
    while not watched.look():
        if (taken := watched.memory) > most.memory:
            watched.end()
            return Ended.MEMORY, _too_much(taken, job)
        if broken is None and (stop() or watched.seconds > most.seconds):
            told = f"took more than {most.seconds:g} s"
            broken = (Ended.STOPPED, "stopped by the user") if stop() else (Ended.TIME, told)
            watched.ask_to_end()
            end_at = time.monotonic() + GRACE
        if time.monotonic() > end_at:
            watched.end()
        time.sleep(max(TICK, watched.looked / LOOKING))
    return broken


def _too_much(memory: float, job: Job) -> str:
    return f"took {memory:,.0f} MB; allowed: {job.resources.memory:,.0f} MB"


@dataclass
class _Watched:
    """A process and all that it has started: what they use, and their end.

    Parameters
    ----------
    process : Popen
        The process, in a session of its own.
    """

    process: "subprocess.Popen[bytes]"
    memory: float = 0.0
    """Resident memory at the last look [MB of 1e6 bytes]."""
    code: int = 0
    """Exit code; below 0 the signal that ended the process."""
    looked: float = 0.0
    """Time that the last look took [s]."""
    _peak: float = 0.0
    _cpu: float = 0.0
    _wall: float | None = None
    _began: float = field(default_factory=time.monotonic)
    _seen: dict[int, psutil.Process] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Time since the start [s]."""
        return time.monotonic() - self._began

    def usage(self, own_peak: float) -> Usage:
        """What has been used, once the process has ended; it may know of a peak of its own between two looks."""
        wall = self.seconds if self._wall is None else self._wall
        return Usage(round(wall, 3), round(self._cpu, 3), round(max(self._peak, own_peak), 1))

    def look(self) -> bool:
        """Look at the process; whether it has ended."""
        if self._wall is not None:
            return True
        before = time.monotonic()
        self._measure()
        self.looked = time.monotonic() - before
        if self._ended():
            self._wall = self.seconds
        return self._wall is not None

    def ask_to_end(self) -> None:
        """Ask the process to hand over what it has."""
        with suppress(ProcessLookupError):
            self.process.terminate()

    def end(self) -> None:
        """End the process and all that it has started, those that have left its group too."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        elif self._wall is None:
            self.process.kill()
        for started in self._seen.values():
            with suppress(psutil.Error):
                started.kill()
        while not self.look():
            time.sleep(TICK)
        if self.process.stdin is not None:
            self.process.stdin.close()

    def _measure(self) -> None:
        with suppress(psutil.Error):
            root = psutil.Process(self.process.pid)
            for each in (root, *root.children(recursive=True)):
                self._seen.setdefault(each.pid, each)
        resident = cpu = 0.0
        for each in self._seen.values():
            with suppress(psutil.Error), each.oneshot():
                resident += each.memory_info().rss / MB
                cpu += sum(each.cpu_times()[:2])
        self.memory = resident
        self._peak, self._cpu = max(self._peak, resident), max(self._cpu, cpu)

    def _ended(self) -> bool:
        """Whether the process has ended; then the system tells what it and its children have used in all."""
        if not hasattr(os, "wait4"):
            code = self.process.poll()
            self.code = code or 0
            return code is not None
        pid, status, used = os.wait4(self.process.pid, os.WNOHANG)
        if pid == 0:
            return False
        self.code = self.process.returncode = os.waitstatus_to_exitcode(status)
        # Of processes that nobody waited for, the last look tells; of memory it alone, since Linux counts the runner's
        # own to what it starts (ru_maxrss).
        self._cpu = max(self._cpu, used.ru_utime + used.ru_stime)
        return True


def _never() -> bool:
    return False
