"""A solver in a process of its own: it can be ended at once, and what breaks it down breaks nothing else."""

import pickle
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.session import OnPoint, known_from
from routeplan.solver.solution import Ending, Limits, Solution, never

LOOK = 0.05
"""Seconds between two questions whether a run is to end."""

GRACE = 0.5
"""Seconds beyond its deadline after which a run is ended with its process."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A run that the process is asked for.

    Parameters
    ----------
    matrices : Matrices
        The program.
    limits : Limits
        What the run may take; without a deadline, of which the clock is this process's own.
    seconds : float
        Time until the deadline [s].
    start : FloatArray, shape (C,), optional
        A feasible point to begin from.
    """

    matrices: Matrices
    limits: Limits
    seconds: float
    start: FloatArray | None = None


@dataclass(frozen=True, eq=False)
class Point:
    """A better point, told while a run goes on.

    Parameters
    ----------
    x : FloatArray, shape (C,)
        The point.
    """

    x: FloatArray


class Gone:
    """The process has ended."""


Told = Point | Solution | Gone
"""What the process tells."""


class Apart:
    """A solver in a process of its own; use it as a context manager.

    The process begins with the first run, and anew after one that it did not survive. It ends with this one.
    """

    def __init__(self) -> None:
        self._process: _Process | None = None

    def __enter__(self) -> "Apart":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def begin(self) -> None:
        """Start the process, which takes a moment, before there is a program for it."""
        if self._process is None:
            self._process = _Process()

    def __call__(
        self,
        matrices: Matrices,
        limits: Limits,
        *,
        start: FloatArray | None = None,
        on_point: OnPoint | None = None,
    ) -> Solution:
        """Solve a program.

        Parameters
        ----------
        matrices : Matrices
            The program.
        limits : Limits
            What the run may take; its log is not written.
        start : FloatArray, shape (C,), optional
            A feasible point to begin from.
        on_point : callable, optional
            Told of each better point.

        Returns
        -------
        Solution
            Of a run that was ended with its process, or that this did not survive, the best point that it told.
        """
        self.begin()
        assert self._process is not None
        known = known_from(matrices, start)
        try:
            self._process.ask(_asked(matrices, limits, start))
            while not limits.stop() and time.monotonic() < limits.deadline + GRACE:
                match self._process.told(LOOK):
                    case Solution() as solution:
                        return solution
                    case Point(x):
                        known = replace(known, x=x, objective=matrices.value(x))
                        if on_point is not None:
                            on_point(x)
                    case Gone():
                        self._end()
                        return known
        except BaseException:
            self._end()
            raise
        self._end()
        return replace(known, status=Ending.INTERRUPTED if limits.stop() else Ending.TIME_LIMIT)

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


def _asked(matrices: Matrices, limits: Limits, start: FloatArray | None) -> Asked:
    plain = replace(limits, deadline=float("inf"), log=None, options=dict(limits.options), stop=never)
    nameless = replace(matrices, row_names=(), column_names=())
    return Asked(nameless, plain, limits.deadline - time.monotonic(), start)


class _Process:
    """The process, and a thread that hears what it tells."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "routeplan.solver.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is for this process, which ends that one
        )
        self._told: queue.SimpleQueue[Told] = queue.SimpleQueue()
        threading.Thread(target=self._hear, daemon=True, name="apart").start()

    def ask(self, asked: Asked) -> None:
        """Ask for a run; where the process is gone, that is told."""
        assert self._process.stdin is not None
        with suppress(OSError):
            pickle.dump(asked, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def told(self, seconds: float) -> Told | None:
        """What is told next; None where that is nothing for some seconds."""
        with suppress(queue.Empty):
            return self._told.get(timeout=seconds)
        return None

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()

    def _hear(self) -> None:
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                assert self._process.stdout is not None
                self._told.put(pickle.load(self._process.stdout))
        self._told.put(Gone())
