"""A constraint family: one equation over one index set, with the sentence that explains it."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo
from pyomo.core.expr.numeric_expr import LinearExpression, SumExpression
from pyomo.core.expr.relational_expr import EqualityExpression

from routeplan.model.decisions import Index
from routeplan.model.lookups.lookups import Lookups
from routeplan.schema.results import TOLERANCE

Row = Any
"""A Pyomo relation between two linear expressions."""

OF_ONE_SITE = frozenset({"site", "contract", "process"})


@dataclass(frozen=True)
class Family:
    """One constraint family.

    Parameters
    ----------
    rule : callable
        Function of the model and an index that returns the row: its body is the equation.
    index : tuple of str
        Names of the index columns.
    over : callable
        The index set: every index for which the equation stands.
    unit : str
        Unit of both sides; empty where they have none.
    limit : bool
        Whether the left side is a use and the right side what is allowed, so that it belongs to the limits table.
    """

    rule: Callable[..., Row]
    index: tuple[str, ...]
    over: Callable[[Lookups], list[Index]]
    unit: str
    limit: bool

    @property
    def name(self) -> str:
        """Name of the function, the Pyomo component, the row label and the heading."""
        return self.rule.__name__

    @property
    def sentence(self) -> str:
        """What the family says, for planners: the first line of the docstring."""
        return (inspect.getdoc(self.rule) or "").partition("\n")[0]

    @property
    def shared(self) -> bool:
        """Whether it couples sites: no site, contract or process is among its index columns."""
        return not OF_ONE_SITE & set(self.index)

    def add(self, model: Any) -> "Settled":
        """Add the family's rows to a model, but for those without any decision in them.

        Returns
        -------
        Settled
            The rows without a decision: left and right side, and whether they hold.
        """
        rows, settled = {}, {}
        for index in self.over(model.data):
            row = self.rule(model, *index)
            if has_decision(row):
                rows[index] = row
            else:
                settled[index] = row
        setattr(model, self.name, pyo.Constraint(list(rows), rule=lambda _, *index: rows[index]))
        broken = [
            f"{self.name}[{','.join(map(str, index))}]: {row}" for index, row in settled.items() if not holds(row)
        ]
        return Settled({index: sides(row) for index, row in settled.items()}, broken)


@dataclass(frozen=True)
class Settled:
    """Rows of a family that no decision can change.

    Parameters
    ----------
    sides : mapping
        Left and right side by index.
    broken : list of str
        Those that do not hold, as text.
    """

    sides: dict[Index, tuple[float, float]]
    broken: list[str]


def constraint(
    *index: str, over: Callable[[Lookups], list[Index]], unit: str = "", limit: bool = False
) -> Callable[[Callable[..., Row]], Family]:
    """Declare a function as a constraint family with these index columns, over an index set."""
    return lambda rule: Family(rule, index, over, unit, limit)


def total(terms: Iterable[Any]) -> Any:
    """Sum linear terms; a sum of nothing is an expression too, so that a row keeps its form."""
    return LinearExpression(list(terms))


def at(decision: Any, *index: Any) -> Any:
    """The decision of this index, or 0 where it is ruled out."""
    return decision[index] if index in decision else 0  # noqa: SIM401 (a Pyomo component has no get)


def has_decision(row: Row) -> bool:
    """Whether any decision stands in the row."""
    return any(_may_vary(side) for side in row.args)


def _may_vary(side: Any) -> bool:
    """Whether a decision stands in an expression; Pyomo itself says so of every sum, even one of numbers."""
    if isinstance(side, SumExpression):
        return any(_may_vary(term) for term in side.args)
    return bool(getattr(side, "is_potentially_variable", bool)())


def sides(row: Row) -> tuple[float, float]:
    """Value of the left and of the right side, as written."""
    left, right = row.args
    return float(pyo.value(left)), float(pyo.value(right))


def holds(row: Row) -> bool:
    """Whether the row holds, to the tolerance of the format, at the decisions' present values."""
    left, right = sides(row)
    slack = TOLERANCE * max(1.0, abs(right))
    return left <= right + slack and (not isinstance(row, EqualityExpression) or left >= right - slack)
