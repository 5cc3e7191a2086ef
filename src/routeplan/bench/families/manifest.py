"""What an instance is like, in numbers: size, ranges of coefficients, and bound of its relaxation."""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike

from routeplan.bench.families.family import Made
from routeplan.errors import FaultError
from routeplan.model.matrices import Matrices
from routeplan.solver.options import apply
from routeplan.solver.session import Session, pass_matrices
from routeplan.solver.silence import new_solver
from routeplan.solver.solution import Ending, Limits

Range = tuple[float, float] | None
"""Least and largest absolute value; none where there is none."""


@dataclass(frozen=True)
class Manifest:
    """Numbers of an instance.

    Parameters
    ----------
    id : str
        Name: family, size and seed, as ``net-mesh-S-3``; of other steps of a series than the first, the step too.
    family, size : str
        Names of family and size.
    seed : int
        Seed.
    rows, columns, nonzeros : int
        Size of the matrix.
    binaries, integers : int
        Columns that are 0 or 1; other whole ones.
    matrix, cost, bounds, right_sides : tuple of float, optional
        Least and largest absolute value that is neither 0 nor infinite; None where there is none.
    lp_bound : float, optional
        Least objective of the linear relaxation; None where it has no best point, or was not solved in time.
    optimum : float, optional
        Least objective, where it is known.
    reason : str
        Why there is no feasible point, where there is none and that is known.
    presolved_rows, presolved_columns, presolved_nonzeros : int, optional
        Size of what HiGHS' presolve leaves, where it was asked for.
    root_gap : float, optional
        (optimum - lp_bound) / max(1, abs(optimum)), where both are known.
    sha256 : str
        Fingerprint of the canonical MPS file; empty where there is none.
    step : int
        Number of the step of a series; 0 for the first, and for what is no series.
    formulation : str
        Formulation in which it is written; empty for that of its family.
    base : str
        Of another formulation than that of the family: fingerprint of the instance as the family writes it.
    source, source_sha256 : str
        Where the file is of which it was made, and its fingerprint then; empty where it is of a family.
    """

    id: str
    family: str
    size: str
    seed: int
    rows: int
    columns: int
    nonzeros: int
    binaries: int
    integers: int
    matrix: tuple[float, float] | None
    cost: tuple[float, float] | None
    bounds: tuple[float, float] | None
    right_sides: tuple[float, float] | None
    lp_bound: float | None
    optimum: float | None = None
    reason: str = ""
    presolved_rows: int | None = None
    presolved_columns: int | None = None
    presolved_nonzeros: int | None = None
    root_gap: float | None = None
    sha256: str = ""
    step: int = 0
    formulation: str = ""
    base: str = ""
    source: str = ""
    source_sha256: str = ""


def described(
    made: Made, family: str, size: str, seed: int, *, limits: Limits | None = None, presolved: bool = False
) -> Manifest:
    """Describe an instance.

    Parameters
    ----------
    made : Made
        The instance.
    family, size : str
        Names of family and size.
    seed : int
        Seed that it was made from.
    limits : Limits, optional
        Those of solving the relaxation; none when None.
    presolved : bool
        Whether to presolve it too.

    """
    matrices, limits = made.matrices, limits or Limits()
    bound = lp_bound(matrices, limits)
    left = presolved_size(matrices, limits) if presolved else (None, None, None)
    return Manifest(
        id=f"{family}-{size}-{seed}",
        family=family,
        size=size,
        seed=seed,
        **asdict(measured(matrices)),
        lp_bound=bound,
        optimum=made.optimum,
        reason=made.reason,
        presolved_rows=left[0],
        presolved_columns=left[1],
        presolved_nonzeros=left[2],
        root_gap=root_gap(made.optimum, bound),
    )


@dataclass(frozen=True)
class Measured:
    """What of the numbers of a manifest is read from the program itself; see `Manifest`."""

    rows: int
    columns: int
    nonzeros: int
    binaries: int
    integers: int
    matrix: Range
    cost: Range
    bounds: Range
    right_sides: Range


def measured(matrices: Matrices) -> Measured:
    """Count and measure a program."""
    binary = matrices.integer & (matrices.lower >= 0.0) & (matrices.upper <= 1.0)
    return Measured(
        rows=int(matrices.rows.shape[0]),
        columns=int(matrices.rows.shape[1]),
        nonzeros=int(matrices.rows.nnz),
        binaries=int(binary.sum()),
        integers=int((matrices.integer & ~binary).sum()),
        matrix=spread(matrices.rows.data),
        cost=spread(matrices.cost),
        bounds=spread(np.concatenate([matrices.lower, matrices.upper])),
        right_sides=spread(np.concatenate([matrices.row_lower, matrices.row_upper])),
    )


def root_gap(best: float | None, bound: float | None) -> float | None:
    """Gap between the best objective that is known and the bound of the relaxation; None where either is not known.

    It is (best - bound) / max(1, abs(best)), as all gaps here, and never below 0.
    """
    if best is None or bound is None:
        return None
    return max(0.0, best - bound) / max(1.0, abs(best))


def spread(numbers: ArrayLike) -> Range:
    """Least and largest absolute value of numbers that are neither 0 nor infinite; None without any."""
    sizes = np.abs(np.asarray(numbers, dtype=float))
    sizes = sizes[np.isfinite(sizes) & (sizes > 0.0)]
    return (float(sizes.min()), float(sizes.max())) if len(sizes) else None


def lp_bound(matrices: Matrices, limits: Limits) -> float | None:
    """Least objective of the linear relaxation; None where it has no best point, or was not solved in time."""
    try:
        with Session(matrices.relaxed(), limits) as session:
            found = session.solve()
    except FaultError:  # as of a programme without end, which no plan is
        return None
    return found.objective if found.status is Ending.OPTIMAL else None


def presolved_size(matrices: Matrices, limits: Limits) -> tuple[int, int, int]:
    """Rows, columns and nonzeros that HiGHS' presolve leaves; zeros where it solves the program or refutes it."""
    highs = new_solver()
    apply(highs, limits, presolve=True)
    pass_matrices(highs, matrices)
    highs.presolve()
    left = highs.getPresolvedLp()
    rows, columns = int(left.num_row_), int(left.num_col_)
    # Of a program that is solved, HiGHS keeps the old coefficients.
    return rows, columns, len(left.a_matrix_.value_) if rows and columns else 0
