"""One run: a solver, given a file and a budget, in the process of a job."""

import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from routeplan.bench.solvers.contract import Answer, Budget, Prepares, Status, TakesStart
from routeplan.bench.solvers.known import solver as solver_called
from routeplan.bench.starts import read_start
from routeplan.data.file_swap import file_written_aside
from routeplan.runs.asked import asked_to_end
from routeplan.solver.solution import Option


def solve_one(
    mps: str, solver: str, options: Mapping[str, Option], budget: Budget, point: str, start: str = ""
) -> dict[str, Any]:
    """Give a file to a solver, write its best point to a file of its own, and tell the rest of its answer.

    Parameters
    ----------
    mps : str
        The file.
    solver : str
        Name of the solver.
    options : mapping of str to bool, int, float or str
        Its options.
    budget : Budget
        Its budget.
    point : str
        File of the point (``.npz``); there is none without a point.
    start : str
        File of a point to begin from; from none when empty.

    Raises
    ------
    ValueError
        When the solver ends with a status that there is not.
    DataError
        When what the solver prepares is not of the file, or the file of the start is none.
    """
    found = solver_called(solver)
    found.check_options(options)  # packages that are imported for it do not count as time of the solver
    if isinstance(found, Prepares):
        found.prepare(Path(mps))
    _remove_points(Path(point))
    begin = read_start(Path(start)) if start else None
    began = time.monotonic()
    if begin is not None and isinstance(found, TakesStart):
        answer = found.solve_from(Path(mps), budget, options, asked_to_end, begin)
    else:
        answer = found.solve(Path(mps), budget, options, asked_to_end)
    seconds = time.monotonic() - began
    if answer.x is not None:
        with file_written_aside(Path(point)) as aside:
            np.savez_compressed(aside, x=answer.x)
    return _told(answer, seconds)


def _remove_points(point: Path) -> None:
    """Remove points of earlier runs of the same: of one that was not recorded, or of those that are run again."""
    for old in (point, *point.parent.glob(f"{point.stem}-*{point.suffix}")):
        old.unlink(missing_ok=True)


def _told(answer: Answer, seconds: float) -> dict[str, Any]:
    """What goes into the record; the time is that of our clock at least, for no solver is believed."""
    return {
        "status": str(Status(answer.status)),
        "objective": _finite(answer.objective),
        "bound": _finite(answer.bound),
        "root_bound": _finite(answer.root_bound),
        "nodes": answer.nodes,
        "iterations": answer.iterations,
        "seconds": max(seconds, answer.seconds),
        "events": [[each.seconds, _finite(each.incumbent), _finite(each.bound)] for each in answer.events],
        "raw": answer.raw,
    }


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
