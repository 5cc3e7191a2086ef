"""Every interface of a method on one page: its input, and its output."""

from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Protocol

from routeplan.instance.horizon import FloatArray
from routeplan.model.program import Program
from routeplan.result.result import gap
from routeplan.solver.apart import Apart
from routeplan.solver.solution import Ending, Limits, Stop
from routeplan.solving.progress import ProgressLog
from routeplan.solving.start import NOTHING, Start


@dataclass(frozen=True)
class Task:
    """Limits of a method, and its progress log.

    Parameters
    ----------
    limits : Limits
        Gap, deadline, threads, seed, log and options of the solver, and what ends it early with the best point known.
    progress : ProgressLog
        Told of stages, points and bounds.
    start : Start
        What is known already.
    apart : Apart
        A solver in a process of its own, which begins when it is first asked.
    executor : Executor, optional
        What solves parts that do not depend on each other, on other machines say.
    """

    limits: Limits
    progress: ProgressLog
    start: Start = NOTHING
    apart: Apart = field(default_factory=Apart)
    executor: Executor | None = None

    @property
    def stop(self) -> Stop:
        """Asked often whether to end now, with the best point known."""
        return self.limits.stop

    def near_enough(self, value: float, bound: float) -> bool:
        """Whether a value is as near to a bound as was asked."""
        return gap(value, bound) <= self.limits.gap


@dataclass(frozen=True)
class Incumbent:
    """Output of a method: the best point known, and its proven bound.

    Parameters
    ----------
    x : FloatArray, shape (C,), optional
        Best point of the program's matrices; None where none is known.
    bound : float
        Under the objective that is asked, no point can be below it.
    ended : Ending
        How the last run of the solver ended.
    baseline : float, optional
        Objective of doing nothing; None where that cannot be.
    proven : bool
        Whether the point is within the gap asked, in every stage.
    infeasible : bool
        Whether there is proven to be no point at all.
    found_by, proved_by : str, optional
        Stage that found the point, and stage that proved the bound.
    root_bound : float, optional
        Bound at the end of the root node of the solver's tree, where there is one.
    """

    x: FloatArray | None
    bound: float
    ended: Ending = Ending.UNKNOWN
    baseline: float | None = None
    proven: bool = False
    infeasible: bool = False
    found_by: str = ""
    proved_by: str | None = None
    root_bound: float | None = None


class Method(Protocol):
    """A planning method: a program in, the best point known and a bound out.

    A method obeys the limits and the wish to stop within seconds, and never reports as a bound what is only the bound
    of a part. What follows (tidying, tables, the check against the instance) is the same for every method.
    """

    @property
    def __name__(self) -> str:
        """Name of the method in results."""
        ...

    def __call__(self, program: Program, task: Task) -> Incumbent:
        """Search for the best point of the objective that the program asks for."""
        ...
