"""Compilation of the readable model to a program: sparse matrices, with labels of columns and rows."""

from typing import Any

import numpy as np
import pandas as pd
from pyomo.core.expr.numeric_expr import MonomialTermExpression
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.model.absent import Absent
from routeplan.model.blocks import Columns, Rows
from routeplan.model.build import FAMILIES, STRENGTHENING, Model, build
from routeplan.model.decisions import Block
from routeplan.model.family import Written
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program


def compile_model(model: Model) -> Program:
    """Compile a model to a program (Pyomo's standard form), without building any row twice."""
    pyomo = model.pyomo
    pyomo.emissions.activate()
    form = LinearStandardFormCompiler().write(pyomo, mixed_form=True, set_sense=None)
    pyomo.emissions.deactivate()
    matrices, emissions = _matrices(form)
    column_of = {id(variable): position for position, variable in enumerate(form.columns)}
    row_of = {id(row.constraint): position for position, row in enumerate(form.rows)}
    return Program(
        name=model.instance.name,
        objective=model.instance.settings.objective,
        matrices=matrices,
        emissions=emissions,
        columns={name: _columns(block, pyomo, column_of) for name, block in model.decisions.blocks.items()},
        rows={name: _rows(written, pyomo, row_of, column_of, matrices) for name, written in model.written.items()},
        absent=Absent.of(model.instance, model.decisions),
        broken=tuple(model.broken),
        terms=tuple(model.terms),
        strengthened={family.name for family in FAMILIES} <= set(model.written),
    )


def program_of(instance: Instance) -> Program:
    """The program of an instance, with every family of the model."""
    return compile_model(build(instance))


def _matrices(form: Any) -> tuple[Matrices, FloatArray]:
    """Matrices under the objective ``cost``, and the coefficients of ``emissions``."""
    columns = list(form.columns)
    kind = np.array([row.bound_type for row in form.rows], dtype=int)
    rhs = np.asarray(form.rhs, dtype=float)
    objectives = {objective.name: position for position, objective in enumerate(form.objectives)}
    coefficients = np.asarray(form.c.todense(), dtype=float)
    cost = objectives["cost"]
    matrices = Matrices(
        rows=form.A.tocsc(),
        row_lower=np.where(kind <= 0, rhs, -np.inf),
        row_upper=np.where(kind >= 0, rhs, np.inf),
        lower=np.array([variable.lb for variable in columns], dtype=float),
        upper=np.array([variable.ub for variable in columns], dtype=float),
        cost=coefficients[cost],
        offset=float(np.asarray(form.c_offset, dtype=float)[cost]),
        integer=np.array([variable.is_binary() for variable in columns], dtype=bool),
    )
    return matrices, coefficients[objectives["emissions"]]


def _columns(block: Block, pyomo: Any, column_of: dict[int, int]) -> Columns:
    """The columns of a block; a variable in no row and without cost is in none, and rests at its lower bound."""
    variables = list(getattr(pyomo, block.name).values())
    position = np.array([column_of.get(id(variable), -1) for variable in variables], dtype=np.int64)
    return Columns(
        block.variable, block.table, position, np.array([variable.lb for variable in variables], dtype=float)
    )


def _rows(written: Written, pyomo: Any, row_of: dict[int, int], column_of: dict[int, int], matrices: Matrices) -> Rows:
    """The rows of a family, and those that no decision can change behind them."""
    family, component = written.family, getattr(pyomo, written.family.name)
    # Pyomo leaves out a row in which every coefficient is 0.
    position = np.array([row_of.get(id(row), -1) for row in component.values()], dtype=np.int64)
    constant = np.array(list(written.constant.values()), dtype=float).reshape(-1, 2)
    allowed = np.where(position >= 0, matrices.row_upper[position], 0.0) if len(position) else np.zeros(0)
    right = sparse.csr_array((len(position), len(column_of)))
    upper = allowed
    if family.limit:
        allowed, right = _right_sides([written.allowed[index] for index in component], column_of)
    return Rows(
        family=family.name,
        sentence=family.sentence,
        unit=family.unit,
        limit=family.limit,
        shared=family.shared,
        table=_table(family.index, [*component, *written.constant]),
        position=np.append(position, np.full(len(constant), -1, dtype=np.int64)),
        used=np.append(np.zeros(len(position)), constant[:, 0]),
        allowed=np.append(allowed, constant[:, 1]),
        right=_longer(right, len(constant)),
        moved=np.append(np.where(position >= 0, allowed - upper, 0.0), np.zeros(len(constant))),
        strengthening=family in STRENGTHENING,
    )


def _table(index: tuple[str, ...], keys: list[Any]) -> pd.DataFrame:
    table = pd.DataFrame(keys, columns=list(index))
    return table.astype({"period": "int64"}) if "period" in table else table


def _right_sides(sides: list[list[Any]], column_of: dict[int, int]) -> tuple[FloatArray, sparse.csr_array]:
    """Constants and coefficients of the right sides of rows."""
    constants = np.zeros(len(sides))
    rows: list[int] = []
    columns: list[int] = []
    coefficients: list[float] = []
    for row, terms in enumerate(sides):
        for term in terms:
            if isinstance(term, int | float):
                constants[row] += term
                continue
            coefficient, variable = term.args if isinstance(term, MonomialTermExpression) else (1.0, term)
            if coefficient:
                rows.append(row)
                columns.append(column_of[id(variable)])
                coefficients.append(float(coefficient))
    places: tuple[IntArray, IntArray] = (np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64))
    return constants, sparse.csr_array((coefficients, places), shape=(len(sides), len(column_of)))


def _longer(matrix: sparse.csr_array, count: int) -> sparse.csr_array:
    """A matrix with `count` empty rows added below."""
    indptr = np.append(matrix.indptr, np.full(count, matrix.indptr[-1]))
    return sparse.csr_array((matrix.data, matrix.indices, indptr), shape=(matrix.shape[0] + count, matrix.shape[1]))
