"""What solvers that are given a file have in common, and what their runs have."""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from routeplan.bench.solvers.contract import Answer, Budget
from routeplan.bench.solvers.trajectory import Trajectory
from routeplan.bench.solvers.watch import Run, memory_of, refuse_missing, watched
from routeplan.instance.horizon import FloatArray
from routeplan.solver.solution import Option, Stop


@dataclass(frozen=True, eq=False)
class Given:
    """What a run of a solver on a file is given.

    Parameters
    ----------
    mps : Path
        The file.
    budget : Budget
        Limits, gap, threads and seed.
    options : mapping of str to bool, int, float or str
        Options that are checked.
    trajectory : Trajectory
        Where it tells what it finds; it begins with the run.
    start : FloatArray, shape (C,), optional
        A point to begin from.
    """

    mps: Path
    budget: Budget
    options: Mapping[str, Option]
    trajectory: Trajectory
    start: FloatArray | None = None


class FileSolver(ABC):
    """A solver that reads the file itself, in a run that is watched."""

    @abstractmethod
    def check_options(self, options: Mapping[str, Option]) -> dict[str, Option]:
        """Options in the solver's own names; see `Solver.check_options`."""

    @abstractmethod
    def run_of(self, given: Given) -> Run:
        """A run of the solver, not begun yet."""

    def solve(self, mps: Path, budget: Budget, options: Mapping[str, Option], stop: Stop) -> Answer:
        """Solve the programme of an MPS file; see `Solver.solve`."""
        return self._answer(mps, budget, options, stop, None)

    def _answer(
        self, mps: Path, budget: Budget, options: Mapping[str, Option], stop: Stop, start: FloatArray | None
    ) -> Answer:
        refuse_missing(mps)
        given = Given(mps, budget, self.check_options(options), Trajectory(), start)
        return watched(self.run_of(given), given.trajectory, budget, stop)


class StartingSolver(FileSolver):
    """One that can begin from a point."""

    def solve_from(
        self, mps: Path, budget: Budget, options: Mapping[str, Option], stop: Stop, start: FloatArray
    ) -> Answer:
        """Solve the programme of an MPS file, beginning from a point; see `TakesStart.solve_from`."""
        return self._answer(mps, budget, options, stop, start)


class FileRun:
    """A run of a solver on a file; unless it says otherwise, it is of this process."""

    def __init__(self, given: Given) -> None:
        self._mps, self._budget, self._options = given.mps, given.budget, given.options
        self._trajectory, self._start = given.trajectory, given.start

    def memory(self) -> float | None:
        """Memory of this process [MB of 1e6 bytes]."""
        return memory_of(os.getpid())
