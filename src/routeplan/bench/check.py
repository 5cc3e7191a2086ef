"""Check of a point against a mixed-integer program, in arithmetic whose rounding decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from routeplan.bench.exact import exact_sum_of_products, excess_of_rows
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices

MOST = 1e100
"""Size above which a value of a point is no number to reckon with; solvers take 1e20 or 1e30 for infinite."""


@dataclass(frozen=True)
class Tolerance:
    """What a point may miss, in absolute terms.

    Parameters
    ----------
    linear : float
        By how much a row or a bound may be missed.
    integrality : float
        How far an integer column may be from the nearest whole number.
    """

    linear: float
    integrality: float


STRICT = Tolerance(linear=1e-6, integrality=1e-4)
"""Rows and bounds as HiGHS keeps them by default (`primal_feasibility_tolerance`); integrality as in `COMPETITION`."""

COMPETITION = Tolerance(linear=1e-5, integrality=1e-4)
"""The rules of the computational competition of the MIP Workshop 2023 (MIPcc23, "Submission Requirements")."""

LOOSE = Tolerance(linear=1e-4, integrality=1e-4)
"""Defaults of the solution checker of MIPLIB 2017 (Gleixner et al. 2021, doi 10.1007/s12532-020-00194-3)."""


@dataclass(frozen=True)
class Violation:
    """The largest violation of a kind: by how much, and of which row or column; 0 and empty where there is none."""

    amount: float = 0.0
    where: str = ""


@dataclass(frozen=True)
class Evaluated:
    """Objective and largest violations of a point, each the float nearest to the exact number.

    Parameters
    ----------
    objective : float
        Value of the objective, its constant included.
    row, bound, integrality : Violation
        The largest violation of each kind, in absolute terms.
    """

    objective: float
    row: Violation
    bound: Violation
    integrality: Violation

    def within(self, tolerance: Tolerance) -> bool:
        """Whether no violation is above a tolerance."""
        return all(violation.amount <= allowed for violation, allowed in self._allowed(tolerance))

    def worst(self, tolerance: Tolerance) -> tuple[Violation, float]:
        """The violation that is largest relative to what a tolerance allows, and what it allows."""
        return max(self._allowed(tolerance), key=lambda pair: pair[0].amount / pair[1])

    def _allowed(self, tolerance: Tolerance) -> tuple[tuple[Violation, float], ...]:
        return (
            (self.row, tolerance.linear),
            (self.bound, tolerance.linear),
            (self.integrality, tolerance.integrality),
        )


@dataclass(frozen=True)
class Checked:
    """A point as it is given, and with its integer columns at the nearest whole numbers.

    Parameters
    ----------
    given : Evaluated
        The point as it is.
    rounded : Evaluated
        The point with integer columns rounded, and all others as they are.
    """

    given: Evaluated
    rounded: Evaluated

    @property
    def objective(self) -> float:
        """Objective of the point as it is given."""
        return self.given.objective

    @property
    def feasible(self) -> bool:
        """Whether the point is feasible by `LOOSE`."""
        return self.given.within(LOOSE)

    @property
    def strictly_feasible(self) -> bool:
        """Whether the point is feasible by `STRICT`."""
        return self.given.within(STRICT)

    @property
    def feasible_when_rounded(self) -> bool:
        """Whether the point is feasible by `STRICT` with whole numbers for its integer columns."""
        return self.rounded.within(STRICT)


def checked(matrices: Matrices, x: ArrayLike) -> Checked:
    """Recompute the objective of a point, and by how much it violates rows, bounds and integrality.

    Parameters
    ----------
    matrices : Matrices
        The program, with C columns; its numbers are the exact values of their floats.
    x : array-like, shape (C,)
        The point, in the order of the columns.

    Returns
    -------
    Checked
        The point as it is given, and rounded; by the arithmetic of `exact_sum_of_products`.

    Raises
    ------
    UsageError
        When the point has another length, or a value that is no number of at most `MOST` in size.
    """
    point = np.asarray(x, dtype=np.float64)
    if reason := why_no_point(matrices, point):
        raise UsageError(f"the point cannot be checked: {reason}")
    given = _evaluated(matrices, point)
    rounded = np.where(matrices.integer, np.rint(point), point)
    return Checked(given, given if np.array_equal(rounded, point) else _evaluated(matrices, rounded))


def why_no_point(matrices: Matrices, x: FloatArray) -> str:
    """Why an array cannot be a point of a program, and what can; empty when it can."""
    columns = len(matrices.cost)
    if x.shape != (columns,):
        return f"it has the shape {x.shape}; allowed: ({columns},), one value for each column"
    wrong = np.flatnonzero(~(np.abs(x) <= MOST))
    if len(wrong):
        where = _column(matrices, int(wrong[0]))
        return f"{where} is {x[wrong[0]]:g}; allowed: numbers of at most {MOST:g} in size"
    return ""


def _evaluated(matrices: Matrices, x: FloatArray) -> Evaluated:
    rows = excess_of_rows(matrices.by_row, x, matrices.row_lower, matrices.row_upper)
    # One difference of two floats is rounded once by itself, and that to the nearest whole number is exact.
    bounds = np.maximum(matrices.lower - x, x - matrices.upper)
    fractions = np.where(matrices.integer, np.abs(x - np.rint(x)), 0.0)
    return Evaluated(
        objective=exact_sum_of_products(matrices.cost, x, matrices.offset),
        row=_largest(rows, matrices, _row),
        bound=_largest(bounds, matrices, _column),
        integrality=_largest(fractions, matrices, _column),
    )


def _largest(amounts: FloatArray, matrices: Matrices, name: Callable[[Matrices, int], str]) -> Violation:
    """The largest of amounts, shape (N,), where any is above 0."""
    if not (amounts > 0.0).any():
        return Violation()
    position = int(amounts.argmax())
    return Violation(float(amounts[position]), name(matrices, position))


def _row(matrices: Matrices, position: int) -> str:
    """A row by its name, or by its number from 1."""
    return f"row {matrices.row_names[position] if matrices.row_names else f'R{position + 1}'}"


def _column(matrices: Matrices, position: int) -> str:
    """A column by its name, or by its number from 1."""
    return f"column {matrices.column_names[position] if matrices.column_names else f'C{position + 1}'}"
