"""Size of what presolve leaves of an instance, within limits: presolve hears neither a time limit nor an interrupt."""

from pathlib import Path
from typing import Any

from routeplan.bench.families.manifest import presolved_size
from routeplan.bench.mps import read_mps
from routeplan.model.matrices import Matrices
from routeplan.runs.job import Job, Resources
from routeplan.runs.outcome import Ended
from routeplan.runs.process import run_job
from routeplan.solver.solution import Limits

AT_ONCE = 20_000
"""Coefficients up to which presolve is called without a process of its own, which takes longer to begin."""

SECONDS, MEMORY = 45.0, 8000.0
"""Limits of presolving an instance [s, MB of 1e6 bytes]."""


def presolved_within_limits(matrices: Matrices, mps: Path) -> tuple[int, int, int] | None:
    """Rows, columns and nonzeros that HiGHS' presolve leaves, without the rules that routeplan switches off.

    Parameters
    ----------
    matrices : Matrices
        The program.
    mps : Path
        Its file.

    Returns
    -------
    tuple of int, or None
        None where presolve was ended by the limits, or broke down.
    """
    if matrices.rows.nnz <= AT_ONCE:
        return presolved_size(matrices, Limits(threads=1))
    job = Job(presolved_of, {"mps": str(mps.absolute())}, {"presolve": mps.name}, Resources(SECONDS, MEMORY))
    outcome = run_job(job)
    if outcome.ended is not Ended.RETURNED:
        return None
    rows, columns, nonzeros = outcome.returned["size"]
    return rows, columns, nonzeros


def presolved_of(mps: str) -> dict[str, Any]:
    """Presolve the program of a file, in the process of a job."""
    return {"size": presolved_size(read_mps(mps), Limits(threads=1))}
