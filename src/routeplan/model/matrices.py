"""A mixed-integer linear program as plain arrays: the whole input of a solver."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.tolerances import FEASIBILITY


@dataclass(frozen=True)
class Matrices:
    """Minimise cost x + offset subject to row_lower <= rows x <= row_upper and lower <= x <= upper.

    Parameters
    ----------
    rows : csc_array, shape (R, C)
        Coefficients.
    row_lower, row_upper : FloatArray, shape (R,)
        Bounds of the rows, infinite where there is none.
    lower, upper : FloatArray, shape (C,)
        Bounds of the columns.
    cost : FloatArray, shape (C,)
        Objective.
    offset : float
        Constant of the objective.
    integer : bool array, shape (C,)
        Columns that must be integer.
    row_names, column_names : tuple of str
        Readable names; none unless asked for.
    """

    rows: sparse.csc_array
    row_lower: FloatArray
    row_upper: FloatArray
    lower: FloatArray
    upper: FloatArray
    cost: FloatArray
    offset: float
    integer: NDArray[np.bool_]
    row_names: tuple[str, ...] = ()
    column_names: tuple[str, ...] = ()

    def value(self, x: FloatArray) -> float:
        """Objective of a point."""
        return float(self.cost @ x + self.offset)

    def excess(self, x: FloatArray) -> float:
        """Largest excess over the bounds of rows and columns at a point, of rows as a share of max(1, abs(bound))."""
        used = self.rows @ x
        rows = (_beyond(used - self.row_upper, self.row_upper), _beyond(self.row_lower - used, self.row_lower))
        columns = (x - self.upper, self.lower - x)
        return max(float(part.max(initial=0.0)) for part in (*rows, *columns))

    def split_at(self, x: FloatArray) -> NDArray[np.bool_]:
        """Integer columns, shape (C,), that are no whole numbers at a point."""
        split: NDArray[np.bool_] = self.integer & (np.abs(x - np.round(x)) > FEASIBILITY)
        return split

    @property
    def trivial_bound(self) -> float:
        """Lower bound of the objective from the columns' bounds alone."""
        return self.least(self.cost) + self.offset

    def least(self, cost: FloatArray) -> float:
        """Least value of a linear function within the columns' bounds."""
        ends = np.where(cost > 0.0, self.lower, self.upper)
        # 0 times an infinite bound is 0: such a column counts nothing wherever it is.
        return float((cost * np.where(cost == 0.0, 0.0, ends)).sum())

    def with_objective(self, cost: FloatArray, offset: float = 0.0) -> "Matrices":
        """The same rows under another objective."""
        return replace(self, cost=cost, offset=offset)

    def with_numbers(
        self,
        *,
        cost: FloatArray | None = None,
        lower: FloatArray | None = None,
        upper: FloatArray | None = None,
        row_lower: FloatArray | None = None,
        row_upper: FloatArray | None = None,
    ) -> "Matrices":
        """The same coefficients with another cost or other bounds."""
        return replace(
            self,
            cost=self.cost if cost is None else cost,
            lower=self.lower if lower is None else lower,
            upper=self.upper if upper is None else upper,
            row_lower=self.row_lower if row_lower is None else row_lower,
            row_upper=self.row_upper if row_upper is None else row_upper,
        )

    @cached_property
    def by_row(self) -> sparse.csr_array:
        """The coefficients, stored by row."""
        return sparse.csr_array(self.rows)

    def with_rows(self, added: sparse.sparray, upper: FloatArray, lower: FloatArray | None = None) -> "Matrices":
        """More rows, shape (K, C): lower <= added x <= upper; the names of rows are dropped."""
        return replace(
            self,
            rows=sparse.csc_array(sparse.vstack([self.rows, added], format="csc")),
            row_lower=np.append(self.row_lower, np.full(len(upper), -np.inf) if lower is None else lower),
            row_upper=np.append(self.row_upper, upper),
            row_names=(),
        )

    def with_columns(
        self,
        added: sparse.sparray,
        lower: FloatArray,
        upper: FloatArray,
        cost: FloatArray,
        integer: NDArray[np.bool_],
    ) -> "Matrices":
        """More columns, shape (R, K), with their bounds and cost; the names of columns are dropped."""
        return replace(
            self,
            rows=sparse.csc_array(sparse.hstack([self.rows, added], format="csc")),
            lower=np.append(self.lower, lower),
            upper=np.append(self.upper, upper),
            cost=np.append(self.cost, cost),
            integer=np.append(self.integer, integer),
            column_names=(),
        )

    def restricted_to(self, kept: NDArray[np.bool_]) -> "Matrices":
        """Only some columns, shape (C,); the names of columns are dropped."""
        return replace(
            self,
            rows=sparse.csc_array(self.rows[:, kept]),
            lower=self.lower[kept],
            upper=self.upper[kept],
            cost=self.cost[kept],
            integer=self.integer[kept],
            column_names=(),
        )

    def relaxed(self) -> "Matrices":
        """The linear relaxation."""
        return replace(self, integer=np.zeros_like(self.integer))

    def with_fixed(self, columns: NDArray[np.bool_], x: FloatArray) -> "Matrices":
        """The same program with some columns fixed at whole values near a point, and no longer integer."""
        fixed = np.round(x)
        return replace(
            self,
            lower=np.where(columns, fixed, self.lower),
            upper=np.where(columns, fixed, self.upper),
            integer=self.integer & ~columns,
        )


def _beyond(excess: FloatArray, bound: FloatArray) -> FloatArray:
    """Excess over the bounds that there are, as a share of max(1, abs(bound))."""
    there = np.isfinite(bound)
    return excess[there] / np.maximum(1.0, np.abs(bound[there]))


def switched(column: IntArray, switch: IntArray, beyond: FloatArray, count: int) -> sparse.csr_array:
    """Rows x - beyond * y, shape (K, count): only where its switch y is 1 a column x goes beyond the side of its row.

    Parameters
    ----------
    column, switch : IntArray, shape (K,)
        Columns of x, and those of y, which are 0 or 1.
    beyond : FloatArray, shape (K,)
        How far; below 0 where x goes below a lower side.
    count : int
        Columns of the program.
    """
    row = np.arange(len(column))
    entries = np.concatenate([np.ones(len(row)), -beyond])
    places = np.concatenate([row, row]), np.concatenate([column, switch])
    return sparse.csr_array((entries, places), shape=(len(row), count))
