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


SMALL = 100.0
"""Size of a row or bound up to which it is small: `LOOSE` allows 1e-4 up to here, and 1e-6 of the size beyond."""


@dataclass(frozen=True)
class Tolerance:
    """What a point may miss.

    Parameters
    ----------
    linear : float
        By how much a row or a bound may be missed, in absolute terms.
    integrality : float
        How far an integer column may be from the nearest whole number.
    by_size : bool
        Whether rows and bounds that are not `SMALL` may be missed by more, in proportion to their size
        (`Violation.size`).
    """

    linear: float
    integrality: float
    by_size: bool = False


STRICT = Tolerance(linear=1e-6, integrality=1e-4)
"""Rows and bounds as HiGHS keeps them by default (`primal_feasibility_tolerance`); integrality as in `COMPETITION`."""

COMPETITION = Tolerance(linear=1e-5, integrality=1e-4)
"""The rules of the computational competition of the MIP Workshop 2023 (MIPcc23, "Submission Requirements")."""

LOOSE = Tolerance(linear=1e-4, integrality=1e-4, by_size=True)
"""Defaults of the solution checker of MIPLIB 2017 (Gleixner et al. 2021, doi 10.1007/s12532-020-00194-3), and a
millionth of a row's size where that is more.

Some solvers promise rows in absolute terms (HiGHS), others relative to their size (SCIP): either promise, at the
default of a millionth, is enough.
"""


@dataclass(frozen=True)
class Violation:
    """The largest violation of a kind; 0 and empty where there is none.

    Parameters
    ----------
    amount : float
        By how much.
    where : str
        Of which row or column.
    size : float
        Size of the row at the point: that of its sum or of the side that is missed, whichever is more; a bound is a row
        of one term.
    """

    amount: float = 0.0
    where: str = ""
    size: float = 0.0


@dataclass(frozen=True)
class Evaluated:
    """Objective and largest violations of a point, each the float nearest to the exact number.

    Parameters
    ----------
    objective : float
        Value of the objective, its constant included.
    row, bound, integrality : Violation
        The largest violation of each kind, in absolute terms.
    sized : Violation
        The violation of a row or bound that is largest relative to its size, or to `SMALL` where that is more.
    """

    objective: float
    row: Violation
    bound: Violation
    integrality: Violation
    sized: Violation = Violation()

    @property
    def most(self) -> float:
        """The largest amount of all."""
        return max(self.row.amount, self.bound.amount, self.integrality.amount)

    def within(self, tolerance: Tolerance) -> bool:
        """Whether no violation is above a tolerance."""
        return all(violation.amount <= allowed for violation, allowed in self._allowed(tolerance))

    def worst(self, tolerance: Tolerance) -> tuple[Violation, float]:
        """The violation that is largest relative to what a tolerance allows, and what it allows."""
        return max(self._allowed(tolerance), key=lambda pair: pair[0].amount / pair[1])

    def _allowed(self, tolerance: Tolerance) -> tuple[tuple[Violation, float], ...]:
        whole = (self.integrality, tolerance.integrality)
        if tolerance.by_size:
            return (self.sized, tolerance.linear * max(1.0, self.sized.size / SMALL)), whole
        return (self.row, tolerance.linear), (self.bound, tolerance.linear), whole


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
    row_sizes = _sizes(matrices.by_row @ x, matrices.row_lower, matrices.row_upper)
    bound_sizes = _sizes(x, matrices.lower, matrices.upper)
    sized = (
        _largest(rows, row_sizes, np.maximum(SMALL, row_sizes), matrices, _row),
        _largest(bounds, bound_sizes, np.maximum(SMALL, bound_sizes), matrices, _column),
    )
    return Evaluated(
        objective=exact_sum_of_products(matrices.cost, x, matrices.offset),
        row=_largest(rows, row_sizes, np.ones_like(rows), matrices, _row),
        bound=_largest(bounds, bound_sizes, np.ones_like(bounds), matrices, _column),
        integrality=_largest(fractions, np.abs(x), np.ones_like(x), matrices, _column),
        sized=max(sized, key=lambda violation: violation.amount / max(SMALL, violation.size)),
    )


def _sizes(values: FloatArray, lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Sizes of values or of the nearest of their sides, whichever is more, shape (N,)."""
    nearest = np.where(lower - values > values - upper, lower, upper)
    return np.maximum(np.abs(values), np.where(np.isfinite(nearest), np.abs(nearest), 0.0))


def _largest(
    amounts: FloatArray,
    sizes: FloatArray,
    measures: FloatArray,
    matrices: Matrices,
    name: Callable[[Matrices, int], str],
) -> Violation:
    """The violation that is largest, each divided by a measure, shape (N,), where any amount is above 0."""
    if not (amounts > 0.0).any():
        return Violation()
    position = int((amounts / measures).argmax())
    return Violation(float(amounts[position]), name(matrices, position), float(sizes[position]))


def _row(matrices: Matrices, position: int) -> str:
    """A row by its name, or by its number from 1."""
    return f"row {matrices.row_names[position] if matrices.row_names else f'R{position + 1}'}"


def _column(matrices: Matrices, position: int) -> str:
    """A column by its name, or by its number from 1."""
    return f"column {matrices.column_names[position] if matrices.column_names else f'C{position + 1}'}"
