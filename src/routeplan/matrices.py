"""A mixed-integer linear programme as plain arrays: all that a solver is told."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from routeplan.horizon import FloatArray


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
    whole : bool array, shape (C,)
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
    whole: NDArray[np.bool_]
    row_names: tuple[str, ...] = ()
    column_names: tuple[str, ...] = ()

    def value(self, x: FloatArray) -> float:
        """Objective of a point."""
        return float(self.cost @ x + self.offset)

    def with_objective(self, cost: FloatArray, offset: float = 0.0) -> "Matrices":
        """The same rows under another objective."""
        return replace(self, cost=cost, offset=offset)

    def with_rows(self, added: sparse.sparray, upper: FloatArray) -> "Matrices":
        """More rows, shape (K, C): added x <= upper; the names of rows are dropped."""
        return replace(
            self,
            rows=sparse.csc_array(sparse.vstack([self.rows, added], format="csc")),
            row_lower=np.append(self.row_lower, np.full(len(upper), -np.inf)),
            row_upper=np.append(self.row_upper, upper),
            row_names=(),
        )

    def relaxed(self) -> "Matrices":
        """The linear relaxation."""
        return replace(self, whole=np.zeros_like(self.whole))

    def with_fixed(self, columns: NDArray[np.bool_], x: FloatArray) -> "Matrices":
        """The same programme with some columns fixed at whole values near a point, and no longer integer."""
        fixed = np.round(x)
        return replace(
            self,
            lower=np.where(columns, fixed, self.lower),
            upper=np.where(columns, fixed, self.upper),
            whole=self.whole & ~columns,
        )
