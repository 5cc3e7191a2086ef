"""From the readable model to sparse matrices, once."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from routeplan.horizon import FloatArray, IntArray
from routeplan.matrices import Matrices
from routeplan.model.build import Model


@dataclass(frozen=True)
class Compiled:
    """Matrices of a model, and the way back from columns to decisions.

    Parameters
    ----------
    model : Model
        The model.
    matrices : Matrices
        Rows, columns and the model's cost; its emissions are in `emissions`.
    emissions : FloatArray
        Coefficients of the objective ``emissions`` [kt].
    """

    model: Model
    matrices: Matrices
    emissions: FloatArray
    _columns: list[Any]
    _rows: list[Any]

    def named(self) -> Matrices:
        """The matrices with readable names, which take longer to make than the matrices."""
        return replace(
            self.matrices,
            row_names=tuple(readable(row.constraint.name) for row in self._rows),
            column_names=tuple(readable(variable.name) for variable in self._columns),
        )

    @cached_property
    def _position(self) -> dict[int, int]:
        return {id(variable): position for position, variable in enumerate(self._columns)}

    def decided(self, x: FloatArray) -> dict[str, FloatArray]:
        """Values of each kind of decision, in the order of its table; one in no row takes its lower bound."""
        return {
            name: np.array([self._value(variable, x) for variable in getattr(self.model.pyomo, name).values()])
            for name in self.model.decisions.kinds
        }

    def _value(self, variable: Any, x: FloatArray) -> float:
        position = self._position.get(id(variable))
        return float(variable.lb) if position is None else float(x[position])

    def columns(self, name: str) -> IntArray:
        """Columns of one kind of decision, in the order of its table; -1 for one that is in no row."""
        variables = getattr(self.model.pyomo, name).values()
        return np.array([self._position.get(id(variable), -1) for variable in variables], dtype=np.int64)

    def bounds_fixing(self, name: str, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Lower and upper bounds in which one kind of decision is fixed at these values."""
        lower, upper = self.matrices.lower.copy(), self.matrices.upper.copy()
        columns = self.columns(name)
        lower[columns[columns >= 0]] = upper[columns[columns >= 0]] = values[columns >= 0]
        return lower, upper


def compile_model(model: Model) -> Compiled:
    """Compile a model to matrices (Pyomo's standard form), without building any row twice."""
    pyomo = model.pyomo
    pyomo.emissions.activate()
    form = LinearStandardFormCompiler().write(pyomo, mixed_form=True, set_sense=None)
    pyomo.emissions.deactivate()
    columns, rows = list(form.columns), list(form.rows)
    kind = np.array([row.bound_type for row in rows], dtype=int)
    rhs = np.asarray(form.rhs, dtype=float)
    objectives = {objective.name: position for position, objective in enumerate(form.objectives)}
    coefficients = np.asarray(form.c.todense(), dtype=float)
    offsets = np.asarray(form.c_offset, dtype=float)
    cost = objectives["cost"]
    matrices = Matrices(
        rows=form.A.tocsc(),
        row_lower=np.where(kind <= 0, rhs, -np.inf),
        row_upper=np.where(kind >= 0, rhs, np.inf),
        lower=np.array([variable.lb for variable in columns], dtype=float),
        upper=np.array([variable.ub for variable in columns], dtype=float),
        cost=coefficients[cost],
        offset=float(offsets[cost]),
        whole=np.array([variable.is_binary() for variable in columns], dtype=bool),
    )
    return Compiled(model, matrices, coefficients[objectives["emissions"]], columns, rows)


def readable(name: str) -> str:
    """Turn a component's name into one that model files take: no spaces."""
    return name.replace(" ", "_").replace("'", "")
