"""Compilation of the readable model to a program: sparse matrices, with labels of columns and rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from pyomo.core.expr.numeric_expr import MonomialTermExpression
from scipy import sparse

from routeplan.instance.horizon import BoolArray, FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.model.absent import Absent
from routeplan.model.blocks import Columns, Rows
from routeplan.model.build import FAMILIES, STRENGTHENING, Model, build
from routeplan.model.family import EQUAL, Written, flat
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program


def compile_model(model: Model) -> Program:
    """Compile a model to a program, from the terms of its rows.

    That is the standard form which Pyomo makes of the model too, in less than a quarter of its time.
    """
    blocks, bare = model.decisions.blocks, model.bare
    variables = [variable for name in blocks for variable in getattr(bare, name).values()]
    place = {id(variable): at for at, variable in enumerate(variables)}
    cost, emissions = (_sums([flat(goal.expr)], place) for goal in (bare.cost, bare.emissions))
    families = {name: _FamilySums.of(written, place) for name, written in model.written.items()}
    # A model may have no family, or only those that it has no rows of.
    nothing = sparse.csr_array((0, len(variables)))
    entries = sparse.vstack([nothing, *(family.entries for family in families.values())], format="csr")
    kept = np.diff(entries.indptr) > 0
    # A variable that is in no row and in no objective is in no matrix either.
    used = np.zeros(len(variables), dtype=bool)
    for part in (entries, cost.entries, emissions.entries):
        used[part.indices] = True
    upper = np.concatenate([np.empty(0), *(family.upper for family in families.values())])
    equal = np.concatenate([np.empty(0, dtype=bool), *(family.equal for family in families.values())])
    lowest, highest = (np.array([getattr(one, end) for one in variables], dtype=float) for end in ("lb", "ub"))
    matrices = Matrices(
        rows=sparse.csc_array(entries[kept][:, used]),
        row_lower=np.where(equal, upper, -np.inf)[kept],
        row_upper=upper[kept],
        lower=lowest[used],
        upper=highest[used],
        cost=cost.entries.toarray()[0, used],
        offset=float(cost.constants[0]),
        integer=np.array([variable.is_binary() for variable in variables], dtype=bool)[used],
    )
    counts = [len(getattr(bare, name)) for name in blocks]
    column_of, rest_of = _shared_out(_numbered(used), counts), _shared_out(lowest, counts)
    row_of = _shared_out(_numbered(kept), [len(family.upper) for family in families.values()])
    return Program(
        name=model.instance.name,
        objective=model.instance.settings.objective,
        matrices=matrices,
        emissions=emissions.entries.toarray()[0, used],
        columns={
            block.name: Columns(block.variable, block.table, position, rest)
            for block, position, rest in zip(blocks.values(), column_of, rest_of, strict=True)
        },
        rows={
            name: family.rows(position, used) for (name, family), position in zip(families.items(), row_of, strict=True)
        },
        absent=Absent.of(model.instance, model.decisions),
        broken=(*model.broken, *(text for family in families.values() for text in family.broken)),
        terms=tuple(model.terms),
        strengthened={family.name for family in FAMILIES} <= set(model.written),
    )


def program_of(instance: Instance) -> Program:
    """The program of an instance, with every family of the model."""
    return compile_model(build(instance))


@dataclass(frozen=True)
class _Sums:
    """Sums of numbers and variables.

    Parameters
    ----------
    constants : FloatArray, shape (N,)
        Their numbers.
    entries : csr_array, shape (N, V)
        Their coefficients of each variable of the model; none is 0.
    """

    constants: FloatArray
    entries: sparse.csr_array


@dataclass(frozen=True)
class _FamilySums:
    """The rows of a family, as sums.

    Parameters
    ----------
    written : Written
        The family, and its rows.
    left, right : _Sums
        Their sides.
    """

    written: Written
    left: _Sums
    right: _Sums

    @classmethod
    def of(cls, written: Written, place: dict[int, int]) -> "_FamilySums":
        """Sum the sides of each row."""
        sides = written.rows.values()
        return cls(written, _sums((left for left, _ in sides), place), _sums((right for _, right in sides), place))

    @cached_property
    def entries(self) -> sparse.csr_array:
        """What is left of the left side once the right side is moved there."""
        moved = sparse.csr_array(self.left.entries - self.right.entries)
        moved.eliminate_zeros()
        return moved

    @property
    def upper(self) -> FloatArray:
        """What that is at most, or equal to."""
        return self.right.constants - self.left.constants

    @property
    def equal(self) -> BoolArray:
        """Whether it is equal to that."""
        return np.full(len(self.upper), self.written.family.sense == EQUAL)

    @property
    def broken(self) -> list[str]:
        """Rows in which every coefficient is 0, and that do not hold, as text."""
        alone = np.flatnonzero(np.diff(self.entries.indptr) == 0)
        index = list(self.written.rows)
        numbers = {index[row]: (self.left.constants[row], self.right.constants[row]) for row in alone}
        return self.written.family.broken(numbers)

    def rows(self, position: IntArray, used: BoolArray) -> Rows:
        """The rows at some positions in matrices of the variables that are used, and those that no decision can change.

        Parameters
        ----------
        position : IntArray, shape (N,)
            Row in the matrices; -1 where every coefficient is 0.
        used : array of bool, shape (V,)
            Variables that are columns of the matrices.
        """
        family, constant = self.written.family, np.array(list(self.written.constant.values()), dtype=float)
        constant = constant.reshape(-1, 2)
        upper = np.where(position >= 0, self.upper, 0.0)
        allowed = self.right.constants if family.limit else upper
        right = self.right.entries[:, used] if family.limit else sparse.csr_array((len(position), int(used.sum())))
        return Rows(
            family=family.name,
            sentence=family.sentence,
            unit=family.unit,
            limit=family.limit,
            shared=family.shared,
            table=_table(family.index, [*self.written.rows, *self.written.constant]),
            position=np.append(position, np.full(len(constant), -1, dtype=np.int64)),
            used=np.append(np.zeros(len(position)), constant[:, 0]),
            allowed=np.append(allowed, constant[:, 1]),
            right=_longer(sparse.csr_array(right), len(constant)),
            moved=np.append(np.where(position >= 0, allowed - upper, 0.0), np.zeros(len(constant))),
            strengthening=family in STRENGTHENING,
        )


def _table(index: tuple[str, ...], keys: list[Any]) -> pd.DataFrame:
    table = pd.DataFrame(keys, columns=list(index))
    return table.astype({"period": "int64"}) if "period" in table else table


def _sums(sums: Iterable[list[Any]], place: dict[int, int]) -> _Sums:
    """Sums of terms, by the place of each variable."""
    constants: list[float] = []
    columns: list[int] = []
    coefficients: list[float] = []
    ends = [0]
    for terms in sums:
        constant = 0.0
        for term in terms:
            if isinstance(term, MonomialTermExpression):
                coefficient, variable = term.args
                columns.append(place[id(variable)])
                coefficients.append(coefficient)
            elif isinstance(term, int | float):
                constant += term
            else:
                columns.append(place[id(term)])
                coefficients.append(1.0)
        constants.append(constant)
        ends.append(len(columns))
    shape = (len(constants), len(place))
    entries = sparse.csr_array((np.array(coefficients, dtype=float), np.array(columns, dtype=np.int64), ends), shape)
    entries.sum_duplicates()
    entries.eliminate_zeros()
    return _Sums(np.array(constants), entries)


def _numbered(some: BoolArray) -> IntArray:
    """Numbers of some of many, counted from 0; -1 for the others."""
    return np.where(some, np.cumsum(some) - 1, -1)


def _shared_out(values: Any, counts: list[int]) -> list[Any]:
    """Values shared out to those who have so many each, one after the other."""
    return np.split(values, np.cumsum(counts))[:-1]


def _longer(matrix: sparse.csr_array, count: int) -> sparse.csr_array:
    """A matrix with `count` empty rows added below."""
    indptr = np.append(matrix.indptr, np.full(count, matrix.indptr[-1]))
    return sparse.csr_array((matrix.data, matrix.indices, indptr), shape=(matrix.shape[0] + count, matrix.shape[1]))
