"""Formulas of estimates: each stands once, is evaluated to make numbers, and is written to ``derivation.csv``.

A formula is an expression of numbers, names of figures, brackets, ``+``, ``-``, ``x`` (times), ``/``, ``^`` (to the
power of), ``min`` and ``max``: ``gas x min(1, flexible_hours / full_load_hours)``.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray

Number = float | FloatArray


@dataclass(frozen=True)
class Figure:
    """A number that formulas use, or one for each row, and where it stands.

    Parameters
    ----------
    value : float or Series
        The number.
    place : str or Series
        Where it stands, such as ``default areas.csv:6, H``.
    """

    value: "float | pd.Series[float]"
    place: "str | pd.Series[str]"

    @cached_property
    def text(self) -> "str | pd.Series[str]":
        """The number, to ten digits, and where it stands: ``0.5 (demand)``."""
        if not isinstance(self.value, pd.Series):
            return f"{self.value:.10g} (" + self.place + ")"
        places = self.place if isinstance(self.place, pd.Series) else repeat(self.place, len(self.value))
        texts = [f"{value:.10g} ({place})" for value, place in zip(self.value, places, strict=True)]
        return pd.Series(texts, self.value.index, dtype="str")

    def at(self, keys: "pd.Series[str]") -> "Figure":
        """Look up the figures that stand under these keys."""
        value = keys.map(self.value) if isinstance(self.value, pd.Series) else self.value
        return Figure(value, keys.map(self.place) if isinstance(self.place, pd.Series) else self.place)

    def numbers(self, rows: pd.Index) -> Number:
        """The number, or the numbers of these rows."""
        return np.asarray(self.value.loc[rows], dtype=float) if isinstance(self.value, pd.Series) else float(self.value)

    def texts(self, rows: pd.Index) -> "str | pd.Series[str]":
        """The text, or the texts of these rows."""
        return self.text.loc[rows] if isinstance(self.text, pd.Series) else self.text


Figures = Mapping[str, Figure]


def evaluated(rule: "str | pd.Series[str]", figures: Figures, rows: pd.Index) -> "pd.Series[float]":
    """Evaluate formulas row by row.

    Parameters
    ----------
    rule : str or Series
        The formula, or that of each row; "" gives NaN.
    figures : mapping of str to Figure
        The figures that formulas name; those by row have the labels `rows`.
    rows : Index
        Labels of the rows.
    """
    rules = pd.Series(rule, rows, dtype="str") if isinstance(rule, str) else rule
    values = np.full(len(rows), np.nan)
    for formula in filter(None, rules.unique()):
        here = (rules == formula).to_numpy()
        values[here] = value_of(formula, {name: figures[name].numbers(rows[here]) for name in names_in(formula)})
    return pd.Series(values, rows)


def value_of(formula: str, numbers: Mapping[str, Number]) -> Number:
    """Evaluate one formula.

    Parameters
    ----------
    formula : str
        The formula.
    numbers : mapping of str to float or array
        What each of its names stands for.

    Raises
    ------
    ValueError
        When the text is no formula.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return _value(_parsed(formula), numbers)


def names_in(formula: str) -> list[str]:
    """List the names of the figures of a formula, in the order in which they are read."""
    words = dict.fromkeys(re.findall(r"[a-zA-Z_]\w*", formula))
    return [word for word in words if word not in ("x", *_FUNCTIONS)]


@lru_cache(maxsize=1024)
def _parsed(formula: str) -> ast.expr:
    return ast.parse(re.sub(r"\bx\b", "*", formula).replace("^", "**"), mode="eval").body


def _value(part: ast.expr, numbers: Mapping[str, Number]) -> Number:
    match part:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return numbers[name]
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _SIGNS:
            return _SIGNS[type(sign)](_value(left, numbers), _value(right, numbers))
        case ast.Call(func=ast.Name(id=name), args=[one, other]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](_value(one, numbers), _value(other, numbers))
    raise ValueError(f"'{ast.unparse(part)}' is no formula; allowed: numbers, names, + - x / ^, min, max, brackets")


def _power(base: Number, exponent: Number) -> Number:
    """Raise to a power; 0 to any power is 0, so that an absent thing has no size."""
    return np.where(np.asarray(base) > 0, np.power(base, exponent), 0.0)


_SIGNS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: _power,
}
_FUNCTIONS: dict[str, Callable[[Number, Number], Number]] = {"min": np.minimum, "max": np.maximum}
