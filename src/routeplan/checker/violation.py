"""Violations: claims that a plan breaks, and the one tolerance by which claims are judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from routeplan.checker.keys import Key, Keys
from routeplan.instance.horizon import BoolArray, FloatArray, IntArray

TOLERANCE = 1e-6
"""A row holds when it is missed by at most this, times the size of its bound where that is above 1."""


@dataclass(frozen=True)
class Violation:
    """One claim that a plan does not keep.

    Parameters
    ----------
    family : str
        Constraint family, ``cost:TERM``, ``emissions``, ``objective``, ``table:NAME``, ``bound`` or ``gap``.
    where : str
        The row, such as ``area FGU, period 2030``; empty when there is only one.
    text : str
        What is wrong: what the plan has, what is allowed, and the unit.
    """

    family: str
    where: str
    text: str

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.family}{place}: {self.text}"


def slack(bound: ArrayLike) -> FloatArray:
    """Tolerance by which a row with this bound may be exceeded."""
    return np.asarray(TOLERANCE * np.maximum(1.0, np.abs(np.asarray(bound, dtype=float))))


def exceeds(used: ArrayLike, allowed: ArrayLike) -> BoolArray:
    """Whether more is used than allowed; an amount that is no number always exceeds."""
    limit = np.asarray(allowed, dtype=float)
    return np.asarray(~(np.asarray(used, dtype=float) <= limit + slack(limit)))


def differs(listed: ArrayLike, expected: ArrayLike) -> BoolArray:
    """Whether two amounts differ by more than the tolerance."""
    right = np.asarray(expected, dtype=float)
    return np.asarray(~(np.abs(np.asarray(listed, dtype=float) - right) <= slack(right)))


def quantity(amount: float, unit: str) -> str:
    """Write an amount with its unit: ``12.5 MW``."""
    return f"{amount:.10g} {unit}".rstrip()


def named(family: str, columns: Sequence[str], keys: Iterable[Key], texts: Iterable[str]) -> list[Violation]:
    """Name each row by its key, values that are empty left out.

    Parameters
    ----------
    family : str
        The family of all of them.
    columns : sequence of str
        Key columns.
    keys : iterable of tuple
        The key of each row, a value for each column.
    texts : iterable of str
        What is wrong with each row.
    """
    return [Violation(family, _place(columns, key), text) for key, text in zip(keys, texts, strict=True)]


def _place(columns: Sequence[str], key: Key) -> str:
    """Write a key with the names of its columns: ``area FGU, period 2030``."""
    return ", ".join(f"{column} {value}" for column, value in zip(columns, key, strict=True) if value != "")


@dataclass(frozen=True)
class ClaimRows:
    """The rows of one claim: N things, each in T periods.

    Parameters
    ----------
    family : str
        Name of the claim, as in `Violation`.
    unit : str or list of str
        Unit of both sides, where they differ by row one for each.
    keys : Keys
        Keys of the N things.
    periods : IntArray, shape (T,)
        First years of the periods.
    """

    family: str
    unit: str | list[str]
    keys: Keys
    periods: IntArray

    def never(self, wrong: BoolArray, sentence: str) -> list[Violation]:
        """Report the rows marked as wrong; `wrong` has shape (N, T)."""
        if not wrong.any():
            return []
        rows, periods = np.nonzero(wrong)
        return self._named(rows, periods, [sentence] * len(rows))

    def at_most(self, what: str, used: FloatArray, allowed: FloatArray) -> list[Violation]:
        """Report the rows in which more is used than allowed; both have shape (N, T)."""
        return self._compared(exceeds(used, allowed), what, used, "allowed: at most", allowed)

    def equal(
        self, what: str, listed: FloatArray, expected: FloatArray, against: str = "recomputed:"
    ) -> list[Violation]:
        """Report the rows in which two amounts differ; both have shape (N, T)."""
        return self._compared(differs(listed, expected), what, listed, against, expected)

    def _compared(
        self, wrong: BoolArray, what: str, left: FloatArray, words: str, right: FloatArray
    ) -> list[Violation]:
        if not wrong.any():
            return []
        rows, periods = np.nonzero(wrong)
        units = [self.unit] * len(rows) if isinstance(self.unit, str) else [self.unit[row] for row in rows]
        texts = [
            f"{what} is {quantity(has, unit)}; {words} {quantity(may, unit)}"
            for has, may, unit in zip(left[rows, periods], right[rows, periods], units, strict=True)
        ]
        return self._named(rows, periods, texts)

    def _named(self, rows: IntArray, periods: IntArray, texts: list[str]) -> list[Violation]:
        """Name rows and periods, given by their positions."""
        years = self.periods[periods].tolist()
        keys = [(*self.keys.values[row], year) for row, year in zip(rows, years, strict=True)]
        return named(self.family, [*self.keys.columns, "period"], keys, texts)


@dataclass(frozen=True)
class Limit:
    """A limit that things share, as the table ``limits`` lists it.

    Parameters
    ----------
    rows : ClaimRows
        The limit's rows.
    what : str
        What is used, in words.
    used, bound : FloatArray, shape (N, T)
        How much is used and how much is allowed; infinite where there is no limit.
    """

    rows: ClaimRows
    what: str
    used: FloatArray
    bound: FloatArray

    def violations(self) -> list[Violation]:
        """Report the rows in which more is used than allowed."""
        return self.rows.at_most(self.what, self.used, self.bound)
