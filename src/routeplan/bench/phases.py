"""How long routeplan takes around its solver: each phase from the tables of an instance to a checked plan."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from routeplan.bench.own_files import name_of, shipped_instance, shipped_instances
from routeplan.checker.check import verify
from routeplan.data.read import read
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.runs.job import Job
from routeplan.runs.outcome import MB, Ended, Outcome
from routeplan.runs.process import run_job
from routeplan.solving.solve import solve

T = TypeVar("T")

BEFORE = ("read", "build", "compile")
"""Phases before a solve."""

COLUMNS = ("instance", "sites", "tables", "rows", "columns", "binaries", *BEFORE, "peak", "growth")
OF_A_SOLVE = ("gap", "solve", "check")

NOT_THE_MODELS = "derivation.csv"
"""Table that says where numbers are from, and is not read for a plan."""


def phases(instances: Sequence[str], *, runs: int = 3, gap: float | None = 1e-3) -> pd.DataFrame:
    """Measure the phases of instances, each run in a process of its own.

    Parameters
    ----------
    instances : sequence of str
        Folders, workbooks, or names of instances that are shipped.
    runs : int
        Runs of each, of whose times the median counts.
    gap : float, optional
        Gap at which the solve ends; nothing is solved when None.

    Returns
    -------
    DataFrame
        A row for each instance: ``instance``, ``sites``, ``tables`` (size of its files [MB of 1e6 bytes]), ``rows``,
        ``columns`` and ``binaries`` of its model, times of ``read``, ``build`` and ``compile`` [s], ``peak`` (most
        memory of the process, the solve included [MB of 1e6 bytes]) and ``growth`` (the time of these three per site,
        by that of the first instance: 1 where it grows linearly); and, where it is solved, ``gap`` that is reached,
        and times of ``solve`` (the whole call, which builds and compiles again) and ``check`` [s].

    Raises
    ------
    UsageError
        When there is less than one run, or an instance cannot be read or planned.
    """
    if runs < 1:
        raise UsageError(f"runs is {runs}; allowed: 1 or more")
    files = [_file(name) for name in instances]
    rows = [_measured(file, runs, gap) for file in files]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *(() if gap is None else OF_A_SOLVE)])
    per_site = frame[list(BEFORE)].sum(axis=1) / frame["sites"]
    return frame.assign(growth=per_site / per_site.iloc[0])


def _file(name: str) -> Path:
    """Folder or workbook of an instance."""
    file = shipped_instance(name) or Path(name)
    if not file.exists():
        shipped = ", ".join(shipped_instances())
        raise UsageError(f"{name} is not there; allowed: a folder or workbook of an instance, or one of {shipped}")
    return file


def _measured(file: Path, runs: int, gap: float | None) -> dict[str, Any]:
    outcomes = [_outcome(file, gap, number) for number in range(runs)]
    taken = [outcome.returned for outcome in outcomes]
    times = [each for each in (*BEFORE, "solve", "check") if each in taken[0]]
    medians = {each: statistics.median(run[each] for run in taken) for each in times}
    peak = max(outcome.usage.peak for outcome in outcomes)
    return {"instance": name_of(file), "tables": _size(file), **taken[0], **medians, "peak": peak}


def _outcome(file: Path, gap: float | None, number: int) -> Outcome:
    job = Job(phases_of, {"instance": str(file.absolute()), "gap": gap}, {"phases": file.name, "run": number})
    outcome = run_job(job)
    if outcome.ended is not Ended.RETURNED:
        raise UsageError(f"{file.name} was not measured ({outcome.ended}): {outcome.told}")
    return outcome


def _size(file: Path) -> float:
    tables = [each for each in file.glob("*.csv") if each.name != NOT_THE_MODELS] if file.is_dir() else [file]
    return sum(each.stat().st_size for each in tables) / MB


def phases_of(instance: str, gap: float | None) -> Mapping[str, Any]:
    """Go through the phases of an instance once, in the process of a job; nothing is solved without a gap."""
    given, reading = _timed(lambda: read(instance))
    found = {"sites": len(given["sites"]), "read": reading, **_model_of(given)}
    if gap is None:
        return found
    result, solving = _timed(lambda: solve(given, gap=gap))
    _, checking = _timed(lambda: verify(given, result))
    return {**found, "gap": result.gap, "solve": solving, "check": checking}


def _model_of(given: Instance) -> dict[str, Any]:
    """Size of the model of an instance, and times of building and compiling; the model itself is let go."""
    model, building = _timed(lambda: build(given))
    matrices, compiling = _timed(lambda: compile_model(model).matrices)
    rows, columns = matrices.rows.shape
    size = {"rows": rows, "columns": columns, "binaries": int(matrices.integer.sum())}
    return {**size, "build": building, "compile": compiling}


def _timed(action: Callable[[], T]) -> tuple[T, float]:
    """What an action returns, and how long it takes [s]."""
    begun = time.perf_counter()
    found = action()
    return found, time.perf_counter() - begun
