"""Blocks of a program: the columns of a variable and the rows of a family, with their labels."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.decisions import tuples
from routeplan.model.variables import Index, Variable


@dataclass(frozen=True)
class Columns:
    """The columns of one variable.

    Parameters
    ----------
    variable : Variable
        What they are: name, index, unit, meaning.
    table : DataFrame, N rows
        Index of each, and what the instance says of it.
    position : IntArray, shape (N,)
        Column in the matrices; -1 for one that is in none of them and keeps its value in `rest`.
    rest : FloatArray, shape (N,)
        Value of those that are not in the matrices.
    """

    variable: Variable
    table: pd.DataFrame
    position: IntArray
    rest: FloatArray

    @cached_property
    def row_of(self) -> dict[Index, int]:
        """Row of the table of each index."""
        return {index: row for row, index in enumerate(tuples(self.table, *self.variable.index))}

    def values(self, x: FloatArray) -> FloatArray:
        """Values at a point, in the order of the table, shape (N,)."""
        return np.where(self.position >= 0, x[self.position], self.rest) if len(x) else self.rest.copy()

    @property
    def present(self) -> IntArray:
        """Columns in the matrices, in the order of the table."""
        return self.position[self.position >= 0]


@dataclass(frozen=True)
class Rows:
    """The rows of one family.

    Parameters
    ----------
    family : str
        Its name.
    sentence : str
        What it says, for planners.
    unit : str
        Unit of both sides; empty where they have none.
    limit : bool
        Whether its left side is a use and its right side what is allowed.
    shared : bool
        Whether it couples sites.
    table : DataFrame, N rows
        Index of each row; those that no decision can change are among them.
    position : IntArray, shape (N,)
        Row in the matrices; -1 for one that no decision can change.
    used, allowed : FloatArray, shape (N,)
        Constants of the left and of the right side.
    right : csr_array, shape (N, C)
        Coefficients of what stands on the right side of a limit: capacity that may be added.
    moved : FloatArray, shape (N,)
        Constant of the right side beyond the bound of the row in the matrices: what was moved to the left of it.
    strengthening : bool
        Whether the family only brings the linear relaxation nearer to the optimum of the program as it was built.
    """

    family: str
    sentence: str
    unit: str
    limit: bool
    shared: bool
    table: pd.DataFrame
    position: IntArray
    used: FloatArray
    allowed: FloatArray
    right: sparse.csr_array
    moved: FloatArray
    strengthening: bool = False

    @property
    def index(self) -> tuple[str, ...]:
        """Columns that name one row."""
        return tuple(self.table.columns)

    @cached_property
    def row_of(self) -> dict[Index, int]:
        """Row of the table of each index."""
        return {index: row for row, index in enumerate(tuples(self.table, *self.index))}

    def with_columns(self, count: int) -> "Rows":
        """The rows in a program with `count` columns, of which they do not use the added ones."""
        right = self.right
        return replace(self, right=sparse.csr_array((right.data, right.indices, right.indptr), (right.shape[0], count)))
