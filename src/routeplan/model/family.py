"""A constraint family: one equation over one index set, with the sentence that explains it."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import mul
from typing import Any, Concatenate, Generic, TypeVar

import pyomo.environ as pyo
from pyomo.core.base.var import VarData
from pyomo.core.expr.numeric_expr import (
    LinearExpression,
    MonomialTermExpression,
    NegationExpression,
    SumExpression,
)
from pyomo.repn import generate_standard_repn

from routeplan.errors import FaultError
from routeplan.model.lookups import Lookups
from routeplan.model.variables import Index, Variables
from routeplan.tolerances import FEASIBILITY

Sides = tuple[Any, Any]
"""Left and right side of a row: numbers, or linear expressions of Pyomo variables."""

Facts = TypeVar("Facts", bound=Lookups)
Rule = Callable[Concatenate[Variables, Facts, ...], Sides]

OF_ONE_SITE = frozenset({"site", "contract", "process"})

NUMBERS, TERMS = (int, float), (MonomialTermExpression, VarData)
"""What a sum is made of: numbers, and variables with or without a coefficient."""

EQUAL, AT_MOST = "==", "<="


@dataclass(frozen=True)
class Family(Generic[Facts]):
    """One constraint family.

    Parameters
    ----------
    rule : callable
        Function of the variables, the look-ups of its subject and an index that returns left and right side: its body
        is the equation.
    sense : str
        How left and right compare: ``==`` or ``<=``.
    lookups : type
        The look-ups of its subject.
    index : tuple of str
        Names of the index columns.
    over : callable
        The index set: every index for which the equation stands.
    unit : str
        Unit of both sides; empty where they have none.
    limit : bool
        Whether the left side is a use and the right side what is allowed, so that it belongs to the limits table.
    """

    rule: Rule[Facts]
    sense: str
    lookups: type[Facts]
    index: tuple[str, ...]
    over: Callable[[Facts], list[Index]]
    unit: str
    limit: bool

    @property
    def name(self) -> str:
        """Name of the function, the Pyomo component, the row label and the heading."""
        return self.rule.__name__

    @property
    def sentence(self) -> str:
        """Statement of the family for planners: the first line of the docstring."""
        return (inspect.getdoc(self.rule) or "").partition("\n")[0]

    @property
    def shared(self) -> bool:
        """Whether it couples sites: no site, contract or process is among its index columns."""
        return not OF_ONE_SITE & set(self.index)

    def write(self, variables: Variables, facts: Facts) -> "Written":
        """Write the family's rows over the variables of a model."""
        rows, constant = {}, {}
        for index in self.over(facts):
            left, right = self.rule(variables, facts, *index)
            if isinstance(left, NUMBERS) and isinstance(right, NUMBERS):
                constant[index] = (float(left), float(right))
            else:
                rows[index] = (flat(left), flat(right))
        return Written(self, rows, constant)

    def broken(self, constant: Mapping[Index, Sides]) -> list[str]:
        """Rows that do not hold, as text, of some with a number on either side."""
        return [
            f"{self.name}[{','.join(map(str, index))}]: {left:g}  {self.sense}  {right:g}"
            for index, (left, right) in constant.items()
            if not holds(left, self.sense, right)
        ]


@dataclass(frozen=True)
class Written:
    """Rows of a family in a model.

    Parameters
    ----------
    family : Family
        The family.
    rows : mapping
        Terms of the left and of the right side by index.
    constant : mapping
        Rows that no decision can change, which are no rows of the model: left and right side by index.
    """

    family: Family[Any]
    rows: dict[Index, tuple[list[Any], list[Any]]]
    constant: dict[Index, Sides]

    def component(self) -> pyo.Constraint:
        """The rows as a component of a Pyomo model."""
        return pyo.Constraint(list(self.rows), rule=lambda _, *index: self._relation(*self.rows[index]))

    def _relation(self, left: list[Any], right: list[Any]) -> Any:
        """The Pyomo relation between two sums."""
        used, allowed = LinearExpression(left), LinearExpression(right)
        return used == allowed if self.family.sense == EQUAL else used <= allowed

    @property
    def broken(self) -> list[str]:
        """The constant rows that do not hold, as text."""
        return self.family.broken(self.constant)


def at_most(
    lookups: type[Facts],
    *index: str,
    over: Callable[[Facts], list[Index]],
    unit: str = "",
    limit: bool = False,
) -> Callable[[Rule[Facts]], Family[Facts]]:
    """Declare a function as a constraint family whose left side is at most the right side."""
    return lambda rule: Family(rule, AT_MOST, lookups, index, over, unit, limit)


def equal(
    lookups: type[Facts], *index: str, over: Callable[[Facts], list[Index]], unit: str = ""
) -> Callable[[Rule[Facts]], Family[Facts]]:
    """Declare a function as a constraint family whose sides are equal."""
    return lambda rule: Family(rule, EQUAL, lookups, index, over, unit, limit=False)


def flat(side: Any) -> list[Any]:
    """Terms of a side: numbers added up to one, which is left out where it is 0 beside a variable."""
    if isinstance(side, TERMS):
        return [side]
    number: float = 0
    others, parts = [], [side]
    # What a sum is made of is looked at in its turn.
    for part in parts:
        if isinstance(part, TERMS):
            others.append(part)
        elif isinstance(part, NUMBERS):
            number += part
        elif isinstance(part, SumExpression):
            parts.extend(part.args)
        elif isinstance(part, NegationExpression):
            parts.extend(-term for term in flat(part.args[0]))
        else:
            known = generate_standard_repn(part)
            if not known.is_linear():
                raise FaultError(f"an equation has {part}, which is not linear")
            parts.append(known.constant)
            others.extend(map(mul, known.linear_coefs, known.linear_vars))
    return [number, *others] if number or not others else others


def holds(left: float, sense: str, right: float) -> bool:
    """Whether two numbers compare as a row asks, to the tolerance of the format."""
    slack = FEASIBILITY * max(1.0, abs(right))
    return left <= right + slack and (sense == AT_MOST or left >= right - slack)
