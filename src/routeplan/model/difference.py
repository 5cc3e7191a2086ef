"""What differs between two programs, such as those of an instance and of one like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.instance.horizon import BoolArray, FloatArray, IntArray
from routeplan.model.blocks import Columns, Rows
from routeplan.model.program import Program

SAME = 1e-9
"""Numbers that differ by no more than this, as a share of max(1, abs), are the same."""


@dataclass(frozen=True, eq=False)
class Difference:
    """What one program has otherwise than another, column by column and row by row of the same index.

    Rows that only strengthen the linear relaxation do not count: they change no optimum.

    Parameters
    ----------
    before, after : Program
        The programs.
    """

    before: Program
    after: Program

    @cached_property
    def columns(self) -> BoolArray:
        """Columns of `after`, shape (C,), that are new, have other numbers, or are in a row that is or has."""
        there = self._column_of >= 0
        changed = ~there
        for name in ("lower", "upper", "cost"):
            one, two = getattr(self.before.matrices, name), getattr(self.after.matrices, name)
            changed[there] |= ~_same(one[self._column_of[there]], two[there])
        changed |= _nonzero_columns(self._coefficients)
        rows = np.zeros(self.after.matrices.rows.shape[0], dtype=bool)
        rows[self._rows_after] = True
        rows[self._rows_after[self._row_of >= 0]] = self._moved
        found: BoolArray = changed | _nonzero_columns(self.after.matrices.by_row[rows])
        return found

    @cached_property
    def only_tightens(self) -> bool:
        """Whether every point of `after` is one of `before` that costs the same, so that a bound of that holds here.

        That is so when nothing is new, costs are the same, bounds are no wider, and what is gone from the columns may
        be 0, and from the rows allows that.
        """
        same = self._rests_the_same and not self._coefficients.nnz
        return bool(same and self._columns_tighten() and self._rows_tighten())

    def _columns_tighten(self) -> bool:
        """Whether no column may be more, or cost less; what is new may only be 0, and what is gone may be 0."""
        one, two = self.before.matrices, self.after.matrices
        there = self._column_of >= 0
        old, gone = self._column_of[there], np.setdiff1d(np.arange(len(one.cost)), self._column_of)
        zero, none = np.zeros(len(gone)), np.zeros((~there).sum())
        return bool(
            _same(np.append(one.cost[old], one.offset), np.append(two.cost[there], two.offset)).all()
            and (two.integer[there] | ~one.integer[old]).all()
            and _within(two.lower[there], two.upper[there], one.lower[old], one.upper[old])
            and _within(two.lower[~there], two.upper[~there], none, none)
            and _within(zero, zero, one.lower[gone], one.upper[gone])
        )

    def _rows_tighten(self) -> bool:
        """Whether no row allows more; what is gone has only columns that are gone too, and holds when they are 0."""
        one, two = self.before.matrices, self.after.matrices
        here = self._row_of >= 0
        old, new = self._row_of[here], self._rows_after[here]
        gone = np.setdiff1d(self._rows_before, old)
        zero = np.zeros(len(gone))
        return bool(
            _within(two.row_lower[new], two.row_upper[new], one.row_lower[old], one.row_upper[old])
            and not np.isin(one.by_row[gone].indices, self._column_of).any()
            and _within(zero, zero, one.row_lower[gone], one.row_upper[gone])
        )

    @cached_property
    def _column_of(self) -> IntArray:
        """Column of `before` with the index of each column of `after`; -1 where there is none."""
        found = np.full(len(self.after.matrices.cost), -1, dtype=np.int64)
        for name, block in self.after.columns.items():
            if name in self.before.columns:
                at, of = _matched(block, self.before.columns[name], list(block.variable.index))
                found[at] = of
        return found

    @cached_property
    def _rows_before(self) -> IntArray:
        return _positions(self.before.rows)

    @cached_property
    def _rows_after(self) -> IntArray:
        """Rows of `after` that count."""
        return _positions(self.after.rows)

    @cached_property
    def _row_of(self) -> IntArray:
        """Row of `before` with the index of each of `_rows_after`; -1 where there is none."""
        found = np.full(self.after.matrices.rows.shape[0], -1, dtype=np.int64)
        for name, block in self.after.rows.items():
            if name in self.before.rows and not block.strengthening:
                at, of = _matched(block, self.before.rows[name], list(block.index))
                found[at] = of
        return found[self._rows_after]

    @cached_property
    def _moved(self) -> BoolArray:
        """Of the rows that both have, which have another bound."""
        here = self._row_of >= 0
        old, new = self._row_of[here], self._rows_after[here]
        one, two = self.before.matrices, self.after.matrices
        return ~(_same(one.row_lower[old], two.row_lower[new]) & _same(one.row_upper[old], two.row_upper[new]))

    @cached_property
    def _coefficients(self) -> sparse.csr_array:
        """Differences of the coefficients in rows and columns that both have, at the columns of `after`."""
        there, here = self._column_of >= 0, self._row_of >= 0
        old = self.before.matrices.by_row[self._row_of[here]]
        moved = np.full(old.shape[1], -1, dtype=np.int64)
        moved[self._column_of[there]] = np.flatnonzero(there)
        entries = sparse.coo_array(old)
        kept = moved[entries.col] >= 0
        shape = (old.shape[0], len(self.after.matrices.cost))
        mapped = sparse.csr_array((entries.data[kept], (entries.row[kept], moved[entries.col[kept]])), shape=shape)
        new = sparse.csr_array(self.after.matrices.by_row[self._rows_after[here]] * there[None, :])
        apart = sparse.csr_array(new - mapped)
        apart.eliminate_zeros()
        size = sparse.csr_array((abs(new) + abs(mapped)).multiply(apart.astype(bool)))
        for each in (apart, size):
            each.sort_indices()
        apart.data[np.abs(apart.data) <= SAME * np.maximum(1.0, size.data / 2.0)] = 0.0
        apart.eliminate_zeros()
        return apart

    @property
    def _rests_the_same(self) -> bool:
        """Whether what is in no row has the same value in both, where it is not 0."""
        return all(
            _resting(block).equals(_resting(self.before.columns[name]))
            for name, block in self.after.columns.items()
            if name in self.before.columns
        )


def _resting(block: Columns) -> pd.DataFrame:
    """Index and value of what is in no row, where that is not 0."""
    index = list(block.variable.index)
    rests: pd.DataFrame = block.table[index].assign(rest=block.rest)[(block.position < 0) & (block.rest != 0.0)]
    return rests.sort_values(index).reset_index(drop=True)


def _positions(blocks: Mapping[str, Rows]) -> IntArray:
    """Rows of the matrices in some families, but for strengthening ones."""
    counted = [block.position for block in blocks.values() if not block.strengthening]
    return np.concatenate([np.zeros(0, dtype=np.int64), *(position[position >= 0] for position in counted)])


def _matched(block: Columns | Rows, known: Columns | Rows, index: list[str]) -> tuple[IntArray, IntArray]:
    """Positions in the matrices of what two blocks both have, by its index."""
    one, two = (each.table[index].assign(at=each.position)[each.position >= 0] for each in (block, known))
    if two.columns.tolist() != one.columns.tolist() or one.empty or two.empty:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    both = pd.merge(one, two, on=index, suffixes=("", "_known"))
    return both["at"].to_numpy(np.int64), both["at_known"].to_numpy(np.int64)


def _same(one: FloatArray, two: FloatArray) -> BoolArray:
    """Which numbers are the same; infinities of one sign are."""
    with np.errstate(invalid="ignore"):
        near: BoolArray = (np.abs(one - two) <= SAME * np.maximum(1.0, np.abs(two))) | (one == two)
    return near


def _within(lower: FloatArray, upper: FloatArray, least: FloatArray, most: FloatArray) -> bool:
    """Whether intervals lie within others."""
    return bool(((lower >= least) | _same(lower, least)).all() and ((upper <= most) | _same(upper, most)).all())


def _nonzero_columns(rows: sparse.csr_array) -> BoolArray:
    """Columns in which some rows have an entry."""
    found = np.zeros(rows.shape[1], dtype=bool)
    found[rows.indices] = True
    return found
