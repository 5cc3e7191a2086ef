"""CBC behind the contract: the binary of cbcbox, in a process of its own."""

import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from routeplan.bench.mps import read_mps, write_mps
from routeplan.bench.solvers.cbc_log import CbcLog
from routeplan.bench.solvers.cbc_options import check_cbc_options
from routeplan.bench.solvers.cbc_solution import read_solution
from routeplan.bench.solvers.on_files import FileRun, Given, StartingSolver
from routeplan.bench.solvers.outcome import Claim, Outcome, decided
from routeplan.bench.solvers.packages import imported
from routeplan.bench.solvers.trajectory import Trajectory
from routeplan.bench.solvers.watch import memory_of
from routeplan.runs.outcome import MB
from routeplan.solver.solution import Option

PACKAGE = "cbcbox"

SIGNALS = ((0.8, signal.SIGTERM), (1.0, signal.SIGKILL))
"""Signals that end CBC without its point, with the seconds since SIGINT, which leaves it its point."""


class Cbc(StartingSolver):
    """CBC, whose process shares nothing with this one."""

    name = "cbc"
    publishable = True
    package = PACKAGE

    def version(self) -> str:
        """Version of CBC, as its first line tells it."""
        told = subprocess.run([_binary(), "-quit"], capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
        return told.partition("—")[0].strip().removeprefix("CBC ")

    def check_options(self, options: Mapping[str, Option]) -> dict[str, Option]:
        """Parameters by CBC's names, written out, checked by CBC."""
        return check_cbc_options(_binary(), options)

    def run_of(self, given: Given) -> "_CbcRun":
        """A run of CBC."""
        return _CbcRun(given)


def _binary() -> str:
    return str(imported(PACKAGE).cbc_bin_path())


class _CbcRun(FileRun):
    """A process of CBC."""

    def __init__(self, given: Given) -> None:
        super().__init__(given)
        self._process: subprocess.Popen[str] | None = None
        self._log = CbcLog(given.trajectory)
        self._interrupted: float | None = None

    def interrupt(self) -> None:
        """Send the signal that is due."""
        if self._process is None:
            return
        if self._interrupted is None:
            self._interrupted = time.monotonic()
            # CBC can hang for ever when the signal comes while it writes its solution.
            if self._log.claim is None:
                self._process.send_signal(signal.SIGINT)
        for after, number in SIGNALS:
            if time.monotonic() >= self._interrupted + after:
                self._process.send_signal(number)

    def memory(self) -> float | None:
        """Memory of CBC's process."""
        return None if self._process is None else memory_of(self._process.pid)

    def solve(self) -> Outcome:
        """Solve the file, once more without costs when CBC cannot tell infeasible from unbounded."""
        with tempfile.TemporaryDirectory(prefix="routeplan-cbc-") as folder:
            begin = () if self._start is None else ("-mipstart", str(self._written_start(Path(folder))))
            outcome = self._run(self._mps, Path(folder), self._trajectory, begin)
            return self._decided(outcome, Path(folder)) if outcome.claim is Claim.UNDECIDED else outcome

    def _written_start(self, folder: Path) -> Path:
        """Write the point to begin from as CBC reads one: number, name and value of each column, line by line."""
        assert self._start is not None
        names = read_mps(self._mps).column_names
        pairs = zip(names, self._start.tolist(), strict=True)
        lines = [f"{place} {name} {value!r}\n" for place, (name, value) in enumerate(pairs)]
        file = folder / "start.txt"
        file.write_text("".join(["start\n", *lines]), encoding="utf-8")
        return file

    def _decided(self, undecided: Outcome, folder: Path) -> Outcome:
        matrices = read_mps(self._mps)
        costless = write_mps(matrices.with_objective(np.zeros_like(matrices.cost)), folder / "costless.mps")
        return decided(self._run(costless, folder, Trajectory()).claim, undecided.raw)

    def _run(self, mps: Path, folder: Path, trajectory: Trajectory, begin: Sequence[str] = ()) -> Outcome:
        """Run CBC, listening to its log, and read the solution that it writes."""
        solution = folder / "solution.txt"
        solution.unlink(missing_ok=True)
        self._log = CbcLog(trajectory)
        with subprocess.Popen(
            [_binary(), *self._arguments(mps, solution, begin)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as self._process:
            assert self._process.stdout is not None
            for line in self._process.stdout:
                self._log.read(line.rstrip())
        return self._outcome(self._log, solution)

    def _arguments(self, mps: Path, solution: Path, begin: Sequence[str]) -> list[str]:
        budget = self._budget
        given = {
            "seconds": max(0.001, budget.seconds - self._trajectory.elapsed),
            "timeMode": "elapsed",
            "maxMemory": int(MB * budget.memory),
            # CBC's is relative to the bound: this one is at most the gap asked for, relative to the objective.
            "ratioGap": budget.gap / (1.0 + budget.gap),
            "allowableGap": budget.gap,
            "threads": budget.threads if budget.threads > 1 else 0,  # 1 would be a thread beside the main one
            "randomCbcSeed": budget.seed + 1,  # of 0, CBC makes a seed by the clock
            "flushPerNewLine": 1,
            "printingOptions": "all",
            "precisionOutput": "%.17g",
        } | dict(self._options)
        told = [text for name, value in given.items() for text in (f"-{name}", str(value))]
        return [str(mps.resolve()), *told, *begin, "-solve", "-solution", str(solution), "-quit"]

    def _outcome(self, log: CbcLog, solution: Path) -> Outcome:
        assert self._process is not None
        # What a signal has killed may have written half a solution.
        found = read_solution(solution) if self._process.returncode == 0 else None
        if found is None:
            claim = Claim.LIMIT if self._interrupted is not None else log.claim or Claim.FAILED
            return Outcome(claim, log.raw or f"ended by {_end_of(self._process.returncode)}, without a solution file")
        # The words of the file are the least reliable: a programme that presolve finds infeasible is "unknown".
        claim = log.claim or found.claim
        pointed = claim in (Claim.COMPLETE, Claim.LIMIT) and found.is_point
        objective = (found.objective if log.objective is None else log.objective) if pointed else None
        bound = self._bound(log, objective) if claim is Claim.COMPLETE else log.bound
        return Outcome(
            claim=claim,
            raw="; ".join(filter(None, (log.raw, found.raw))),
            x=found.x if pointed else None,
            objective=objective,
            bound=bound,
            nodes=log.nodes,
            iterations=log.iterations,
            root_bound=bound if log.nodes == 0 else None,
        )

    def _bound(self, log: CbcLog, objective: float | None) -> float | None:
        """Bound of a complete search: CBC prints one where it ended within a gap, and else the point is its bound."""
        if log.bound is None or objective is None or self._budget.gap == 0.0:
            return objective
        return min(log.bound, objective)


def _end_of(code: int) -> str:
    """How a process ended."""
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
