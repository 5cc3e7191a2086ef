"""A constraint family: one equation over one index set, with the sentence that explains it."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, TypeVar

import pyomo.environ as pyo
from pyomo.core.expr.numeric_expr import LinearExpression, NegationExpression, SumExpression

from routeplan.model.lookups import Lookups
from routeplan.model.variables import Index, Variables
from routeplan.tolerances import FEASIBILITY

Sides = tuple[Any, Any]
"""Left and right side of a row: numbers, or linear expressions of Pyomo variables."""

Facts = TypeVar("Facts", bound=Lookups)
Rule = Callable[Concatenate[Variables, Facts, ...], Sides]

OF_ONE_SITE = frozenset({"site", "contract", "process"})

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

    def add(self, pyomo: Any, variables: Variables, facts: Facts) -> "Written":
        """Add the family's rows to a Pyomo model, but for those without any variable in them."""
        rows, constant = {}, {}
        for index in self.over(facts):
            left, right = (flat(side) for side in self.rule(variables, facts, *index))
            if all(isinstance(term, int | float) for term in (*left, *right)):
                constant[index] = (float(sum(left)), float(sum(right)))
            else:
                rows[index] = (left, right)
        setattr(pyomo, self.name, pyo.Constraint(list(rows), rule=lambda _, *index: self._relation(*rows[index])))
        return Written(self, {index: right for index, (_, right) in rows.items()} if self.limit else {}, constant)

    def _relation(self, left: list[Any], right: list[Any]) -> Any:
        """The Pyomo relation between two sums."""
        used, allowed = LinearExpression(left), LinearExpression(right)
        return used == allowed if self.sense == EQUAL else used <= allowed


@dataclass(frozen=True)
class Written:
    """Rows that a family has added to a model.

    Parameters
    ----------
    family : Family
        The family.
    allowed : mapping
        Of a limit: the terms of the right side by index.
    constant : mapping
        Rows that no decision can change, which are no rows of the model: left and right side by index.
    """

    family: Family[Any]
    allowed: dict[Index, list[Any]]
    constant: dict[Index, Sides]

    @property
    def broken(self) -> list[str]:
        """The constant rows that do not hold, as text."""
        family = self.family
        return [
            f"{family.name}[{','.join(map(str, index))}]: {left:g}  {family.sense}  {right:g}"
            for index, (left, right) in self.constant.items()
            if not holds(left, family.sense, right)
        ]


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
    terms = list(_terms(side))
    number = sum(term for term in terms if isinstance(term, int | float))
    others = [term for term in terms if not isinstance(term, int | float)]
    return [number, *others] if number or not others else others


def _terms(side: Any) -> Iterator[Any]:
    if isinstance(side, SumExpression):
        for part in side.args:
            yield from _terms(part)
    elif isinstance(side, NegationExpression):
        yield from (-part for part in _terms(side.args[0]))
    else:
        yield side


def holds(left: float, sense: str, right: float) -> bool:
    """Whether two numbers compare as a row asks, to the tolerance of the format."""
    slack = FEASIBILITY * max(1.0, abs(right))
    return left <= right + slack and (sense == AT_MOST or left >= right - slack)
