"""A program: a compiled model as plain data, with labels of every column and every row.

It holds no Pyomo object, can be pickled, and never changes: what relaxes, fixes, restricts or adds gives another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.rules.words import none_called
from routeplan.model.absent import IN_NO_ROW, PRESENT, UNKNOWN, Absence, Absent
from routeplan.model.blocks import Columns, Rows
from routeplan.model.costs import CostTerm
from routeplan.model.matrices import Matrices
from routeplan.model.variables import Index, Variable


@dataclass(frozen=True)
class Program:
    """A mixed-integer program, and the labels of its columns and rows.

    Parameters
    ----------
    name : str
        Name of the instance.
    objective : str
        What the instance asks to minimise: ``cost`` [M EUR] or ``emissions`` [kt].
    matrices : Matrices
        Rows and columns, under the objective ``cost``.
    emissions : FloatArray, shape (C,)
        Coefficients of the objective ``emissions``.
    columns : mapping of str to Columns
        By variable.
    rows : mapping of str to Rows
        By family.
    absent : Absent, optional
        What is ruled out, and by which rule.
    broken : tuple of str
        Rows that no decision can mend, as text; there is no plan when there is one.
    terms : tuple of CostTerm
        Terms of the cost, by rows of the tables of `columns`.
    strengthened : bool
        Whether rows that only strengthen the linear relaxation hold, and others of their kind may be added. They do
        for the program as it was built and whatever allows less, and are freed by what allows more.
    """

    name: str
    objective: str
    matrices: Matrices
    emissions: FloatArray
    columns: Mapping[str, Columns]
    rows: Mapping[str, Rows]
    absent: Absent | None = None
    broken: tuple[str, ...] = ()
    terms: tuple[CostTerm, ...] = ()
    strengthened: bool = True

    # What a column or a row is

    @property
    def asked(self) -> Matrices:
        """The matrices under the objective that the instance asks for."""
        return self.matrices.with_objective(self.emissions) if self.objective == "emissions" else self.matrices

    def column(self, variable: str, *index: Any) -> int:
        """Position of a column.

        Raises
        ------
        UsageError
            When there is no such variable, or this one is ruled out: the reason is told.
        """
        block = self.columns_of(variable)
        if index not in block.row_of or block.position[block.row_of[index]] < 0:
            raise UsageError(f"{_named(variable, index)} is no column: {self.why_absent(variable, *index)}")
        return int(block.position[block.row_of[index]])

    def row(self, family: str, *index: Any) -> int:
        """Position of a row; -1 for one that no decision can change.

        Raises
        ------
        UsageError
            When there is no such row.
        """
        block = self.rows_of(family)
        if index not in block.row_of:
            raise UsageError(f"{_named(family, index)} is no row; its index is {', '.join(block.index)}")
        return int(block.position[block.row_of[index]])

    def column_at(self, position: int) -> tuple[str, Index]:
        """Variable and index of a column of the matrices; UsageError when there is none at this position."""
        return _at(self._column_names, position, "column")

    def row_at(self, position: int) -> tuple[str, Index]:
        """Family and index of a row of the matrices; UsageError when there is none at this position."""
        return _at(self._row_names, position, "row")

    def why_absent(self, variable: str, *index: Any) -> Absence:
        """Rule that leaves a variable out, with its numbers."""
        block = self.columns_of(variable)
        if index in block.row_of:
            return IN_NO_ROW if block.position[block.row_of[index]] < 0 else PRESENT
        return UNKNOWN if self.absent is None else self.absent.why(block.variable, index)

    def named(self) -> Matrices:
        """The matrices with readable names, which take longer to make than the matrices."""
        return replace(
            self.matrices,
            row_names=tuple(_readable(*found) for found in self._row_names),
            column_names=tuple(_readable(*found) for found in self._column_names),
        )

    @cached_property
    def _column_names(self) -> list[tuple[str, Index]]:
        count = self.matrices.rows.shape[1]
        return _named_positions(count, ((name, block.position, block.row_of) for name, block in self.columns.items()))

    @cached_property
    def _row_names(self) -> list[tuple[str, Index]]:
        count = self.matrices.rows.shape[0]
        return _named_positions(count, ((name, block.position, block.row_of) for name, block in self.rows.items()))

    def columns_of(self, variable: str) -> Columns:
        """The columns of a variable; UsageError when there is none of this name."""
        if variable not in self.columns:
            listed = f"variables: {', '.join(self.columns)}"
            raise UsageError(none_called("variable", [variable], self.columns, listed))
        return self.columns[variable]

    def rows_of(self, family: str) -> Rows:
        """The rows of a family; UsageError when there is none of this name."""
        if family not in self.rows:
            raise UsageError(none_called("family", [family], self.rows, f"families: {', '.join(self.rows)}"))
        return self.rows[family]

    # Points

    def values(self, x: FloatArray) -> dict[str, FloatArray]:
        """Values of each variable at a point of the matrices, in the order of its table."""
        return {name: block.values(x) for name, block in self.columns.items()}

    def point(self, values: Mapping[str, FloatArray]) -> FloatArray:
        """The point of the matrices, shape (C,), at which the variables have these values."""
        x = np.zeros(self.matrices.rows.shape[1])
        for name, block in self.columns.items():
            there = block.position >= 0
            x[block.position[there]] = values[name][there]
        return x

    def activity(self, family: str, x: FloatArray) -> pd.DataFrame:
        """Left and right side of each row of a family at a point.

        Returns
        -------
        DataFrame
            The index of each row, ``used`` and ``allowed`` in the family's unit. Of a limit that is what is used and
            what is allowed with all that the point adds; of another family all variables are on the left.
        """
        block = self.rows_of(family)
        there = block.position >= 0
        added = block.right @ x
        at = block.position[there]
        used, allowed = block.used.copy(), block.allowed + added
        used[there] = self.matrices.by_row[at] @ x + added[there] + block.moved[there]
        allowed[there] = self.matrices.row_upper[at] + added[there] + block.moved[there]
        return block.table.assign(used=used, allowed=allowed)

    # Other programs

    def with_bounds(self, variable: str, lower: ArrayLike, upper: ArrayLike) -> "Program":
        """The program with other bounds of a variable, by the rows of its table; NaN keeps a bound."""
        block = self.columns_of(variable)
        there = block.position >= 0
        _refuse_absent(block, lower, upper)
        before = self.matrices
        changed = before.with_numbers(
            lower=_replaced(before.lower, block.present, lower, there),
            upper=_replaced(before.upper, block.present, upper, there),
        )
        more = (changed.lower < before.lower) | (changed.upper > before.upper)
        return replace(self.unstrengthened() if more.any() else self, matrices=changed)

    def fixed(self, variable: str, values: ArrayLike) -> "Program":
        """The program with a variable fixed, by the rows of its table; NaN leaves one free."""
        return self.with_bounds(variable, values, values)

    def with_row_bounds(self, family: str, lower: ArrayLike, upper: ArrayLike) -> "Program":
        """The program with other bounds of a family's rows, all variables on the left; NaN keeps a bound."""
        block = self.rows_of(family)
        there = block.position >= 0
        at = block.position[there]
        changed = self.matrices.with_numbers(
            row_lower=_replaced(self.matrices.row_lower, at, lower, there),
            row_upper=_replaced(self.matrices.row_upper, at, upper, there),
        )
        more = (changed.row_lower < self.matrices.row_lower) | (changed.row_upper > self.matrices.row_upper)
        loosened = replace(self, matrices=changed)
        return loosened.unstrengthened() if more.any() and not block.strengthening else loosened

    def unstrengthened(self) -> "Program":
        """The program without the rows that only strengthen its linear relaxation, for a change that allows more."""
        if not self.strengthened:
            return self
        at = [block.position[block.position >= 0] for block in self.rows.values() if block.strengthening]
        freed = np.concatenate([np.zeros(0, dtype=np.int64), *at])
        lower, upper = self.matrices.row_lower.copy(), self.matrices.row_upper.copy()
        lower[freed], upper[freed] = -np.inf, np.inf
        return replace(self, matrices=self.matrices.with_numbers(row_lower=lower, row_upper=upper), strengthened=False)

    def without(self, *families: str) -> "Program":
        """The program without the rows of some families."""
        freed = self
        for family in families:
            freed = freed.with_row_bounds(family, -np.inf, np.inf)
        return freed

    def with_columns(
        self, variable: Variable, table: pd.DataFrame, entries: sparse.csc_array, cost: FloatArray
    ) -> "Program":
        """The program with a variable more.

        Parameters
        ----------
        variable : Variable
            What it is, under a name that is not taken.
        table : DataFrame, N rows
            Index of each, ``upper`` and ``integer``.
        entries : csc_array, shape (R, N)
            Its coefficients in the rows.
        cost : FloatArray, shape (N,)
            Cost of one unit [M EUR, discounted].
        """
        if variable.name in self.columns:
            raise UsageError(f"the program has a variable '{variable.name}' already")
        count, begin = len(table), self.matrices.rows.shape[1]
        position = np.arange(begin, begin + count, dtype=np.int64)
        block = Columns(variable, table, position, np.zeros(count))
        rows = {name: part.with_columns(begin + count) for name, part in self.rows.items()}
        return replace(
            self,
            matrices=self.matrices.with_columns(
                entries, np.zeros(count), table["upper"].to_numpy(float), cost, table["integer"].to_numpy(bool)
            ),
            emissions=np.append(self.emissions, np.zeros(count)),
            columns={**self.columns, variable.name: block},
            rows=rows,
        )

    def with_rows(
        self,
        family: str,
        table: pd.DataFrame,
        entries: sparse.csr_array,
        upper: FloatArray,
        *,
        lower: FloatArray | None = None,
        sentence: str = "",
        unit: str = "",
    ) -> "Program":
        """The program with a family of rows more.

        Parameters
        ----------
        family : str
            A name that is not taken.
        table : DataFrame, N rows
            Index of each row.
        entries : csr_array, shape (N, C)
            Coefficients.
        upper, lower : FloatArray, shape (N,)
            Bounds of the rows; no lower one when None.
        sentence, unit : str
            What it says, and in which unit.
        """
        if family in self.rows:
            raise UsageError(f"the program has a family '{family}' already")
        begin, count = self.matrices.rows.shape[0], len(table)
        block = Rows(
            family,
            sentence,
            unit,
            limit=False,
            shared=True,
            table=table.reset_index(drop=True),
            position=np.arange(begin, begin + count, dtype=np.int64),
            used=np.zeros(count),
            allowed=np.asarray(upper, dtype=float),
            right=sparse.csr_array((count, entries.shape[1])),
            moved=np.zeros(count),
        )
        return replace(self, matrices=self.matrices.with_rows(entries, upper, lower), rows={**self.rows, family: block})

    def restricted_to(self, kept: NDArray[np.bool_]) -> "Program":
        """The program with only some columns, shape (C,); the others rest at 0.

        Its bound is no bound of this program.
        """
        moved = np.where(kept, np.cumsum(kept) - 1, -1)
        if ((self.matrices.lower > 0.0) & ~kept).any():
            raise UsageError("a column that is left out may not be 0")
        columns = {
            name: replace(block, position=np.where(block.position >= 0, moved[block.position], -1))
            for name, block in self.columns.items()
        }
        rows = {name: replace(block, right=sparse.csr_array(block.right[:, kept])) for name, block in self.rows.items()}
        return replace(
            self,
            matrices=self.matrices.restricted_to(kept),
            emissions=self.emissions[kept],
            columns=columns,
            rows=rows,
        )


def _replaced(numbers: FloatArray, at: IntArray, given: ArrayLike, there: NDArray[np.bool_]) -> FloatArray:
    """Numbers with those at some places replaced by the values for the rows of a table; NaN keeps one."""
    wanted = np.broadcast_to(np.asarray(given, dtype=float), there.shape)[there]
    changed = numbers.copy()
    changed[at] = np.where(np.isnan(wanted), numbers[at], wanted)
    return changed


def _refuse_absent(block: Columns, *bounds: ArrayLike) -> None:
    """Refuse bounds that a column in no row of the matrices would not keep."""
    for bound in bounds:
        given = np.broadcast_to(np.asarray(bound, dtype=float), block.position.shape)
        lost = (block.position < 0) & ~np.isnan(given) & (given != block.rest)
        if lost.any() and not np.isscalar(bound):
            index = tuple(block.table.loc[np.flatnonzero(lost)[0], list(block.variable.index)])
            raise UsageError(f"{_named(block.variable.name, index)} is in no row of this program, and keeps its value")


def _at(names: list[tuple[str, Index]], position: int, what: str) -> tuple[str, Index]:
    if not 0 <= position < len(names):
        raise UsageError(f"there is no {what} {position}; the program has {len(names)}, counted from 0")
    return names[position]


def _named(name: str, index: Index) -> str:
    return f"{name}[{','.join(map(str, index))}]"


def _readable(name: str, index: Index) -> str:
    """Name of a column or row that model files take: without spaces and quotation marks."""
    return _named(name, index).replace(" ", "_").replace("'", "")


def _named_positions(count: int, blocks: Any) -> list[tuple[str, Index]]:
    """Name and index at each position of the matrices."""
    found: list[tuple[str, Index]] = [("", ())] * count
    for name, position, row_of in blocks:
        for index, row in row_of.items():
            if position[row] >= 0:
                found[position[row]] = (name, index)
    return found
