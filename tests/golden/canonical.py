"""The compiled model of an instance as lines of text: a row or a column each, by name, independent of their order."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.matrices import Matrices

DIGITS = 10
"""Significant digits of every number: more than differ between machines."""


def canonical(instance: Instance) -> list[str]:
    """Bounds, integrality, cost and emissions of every column; sense, bounds and coefficients of every row; by name."""
    program = compile_model(build(instance))
    matrices = program.named()
    columns = zip(
        matrices.column_names,
        np.where(matrices.integer, "integer", "continuous").tolist(),
        _written(matrices.lower),
        _written(matrices.upper),
        _written(matrices.cost),
        _written(program.emissions),
        strict=True,
    )
    described = [
        f"{name} {kind} from {low} to {high} cost {cost} kt {kt}" for name, kind, low, high, cost, kt in columns
    ]
    return [f"offset {_number(matrices.offset)}", *sorted(described), *sorted(_rows(matrices))]


def _rows(matrices: Matrices) -> Iterator[str]:
    rows = sparse.csr_array(matrices.rows)
    lower, upper = _written(matrices.row_lower), _written(matrices.row_upper)
    for position, name in enumerate(matrices.row_names):
        part = slice(rows.indptr[position], rows.indptr[position + 1])
        columns = [matrices.column_names[column] for column in rows.indices[part]]
        named = sorted(zip(columns, rows.data[part], strict=True))
        terms = " ".join(f"{value:+.{DIGITS}g} {column}" for column, value in named)
        yield f"{name}: {lower[position]} <= {terms} <= {upper[position]}"


def _written(numbers: FloatArray) -> list[str]:
    return [_number(number) for number in numbers.tolist()]


def _number(number: float) -> str:
    return f"{number + 0.0:.{DIGITS}g}"
