"""Lines of an MPS file, in free and in fixed form."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from routeplan.errors import UsageError
from routeplan.model.matrices import Matrices

INFINITE = 1e20
"""Bounds from here on count as infinite: what HiGHS and SCIP take by default."""

NUMBER_WIDTH = 12
"""Characters of a number in the fixed form."""

PLACES = (1, 4, 14, 24, 39)
"""Where the fields 1 to 5 of a line in fixed form begin, counted from 0."""


class Lines(ABC):
    """The lines of each section; a form says how the fields of a line stand beside each other."""

    @abstractmethod
    def line(self, *fields: str) -> str:
        """A line of the fields from the first on."""

    @abstractmethod
    def number(self, value: float) -> str:
        """A number from which the same floating-point number is read."""

    @abstractmethod
    def heading(self, word: str, name: str) -> str:
        """The line with the name of the programme."""

    def row_types(self, matrices: Matrices) -> Iterator[str]:
        """Type and name of each row that has a bound."""
        for row, lower, upper in _bounded_rows(matrices):
            yield self.line(_row_type(lower, upper), f"R{row + 1}")

    def columns(self, matrices: Matrices) -> Iterator[str]:
        """Costs and coefficients, column by column, with markers where integer columns begin and end."""
        bounded = np.isfinite(matrices.row_lower) | np.isfinite(matrices.row_upper)
        markers, integer = 0, False
        for column in range(len(matrices.cost)):
            if bool(matrices.integer[column]) != integer:
                integer, markers = not integer, markers + 1
                yield self.line("", f"M{markers}", "'MARKER'", "", "'INTORG'" if integer else "'INTEND'")
            yield from self._column(matrices, column, bounded)
        if integer:
            yield self.line("", f"M{markers + 1}", "'MARKER'", "", "'INTEND'")

    def _column(self, matrices: Matrices, column: int, bounded: NDArray[np.bool_]) -> Iterator[str]:
        begin, end = matrices.rows.indptr[column : column + 2]
        rows, values = matrices.rows.indices[begin:end].tolist(), matrices.rows.data[begin:end].tolist()
        told = [(row, value) for row, value in zip(rows, values, strict=True) if bounded[row]]
        # A column is known by its lines alone, so that one without any other has its cost of 0.
        if matrices.cost[column] != 0.0 or not told:
            yield self.line("", f"C{column + 1}", "OBJ", self.number(matrices.cost[column]))
        for row, value in told:
            yield self.line("", f"C{column + 1}", f"R{row + 1}", self.number(value))

    def right_sides(self, matrices: Matrices) -> Iterator[str]:
        """Right side of each row where it is not 0."""
        for row, lower, upper in _bounded_rows(matrices):
            side = lower if _row_type(lower, upper) == "G" else upper
            if side != 0.0:
                yield self.line("", "RHS", f"R{row + 1}", self.number(side))

    def ranges(self, matrices: Matrices) -> Iterator[str]:
        """Distance between the bounds of each row that has two."""
        for row, lower, upper in _bounded_rows(matrices):
            if isfinite(lower) and isfinite(upper) and lower != upper:
                yield self.line("", "RANGE", f"R{row + 1}", self.number(upper - lower))

    def bounds(self, matrices: Matrices) -> Iterator[str]:
        """Bounds of each column; those of integer columns always, for readers disagree on what holds without."""
        for column, (lower, upper) in enumerate(zip(matrices.lower.tolist(), matrices.upper.tolist(), strict=True)):
            for word, value in _bounds_of(lower, upper, integer=bool(matrices.integer[column])):
                number = () if value is None else (self.number(value),)
                yield self.line(word, "BOUND", f"C{column + 1}", *number)


class FreeLines(Lines):
    """Lines whose fields are told apart by blanks."""

    def line(self, *fields: str) -> str:
        """A line of the fields from the first on."""
        return " " + " ".join(field for field in fields if field)

    def number(self, value: float) -> str:
        """The shortest decimal number that is read as the same."""
        return repr(float(value) + 0.0)  # -0.0 becomes 0.0

    def heading(self, word: str, name: str) -> str:
        """The line with the name of the programme."""
        return f"{word} {name}"


class FixedLines(Lines):
    """Lines whose fields stand in columns of their own."""

    def line(self, *fields: str) -> str:
        """A line of the fields from the first on."""
        text = ""
        for place, field in zip(PLACES, fields, strict=False):
            text = text.ljust(place) + field
        return text

    def number(self, value: float) -> str:
        """A number of at most 12 characters, or none.

        Raises
        ------
        UsageError
            When no number so short is read as the same: it would be another programme.
        """
        exact = float(value) + 0.0
        for text in (repr(exact), f"{exact:.12g}"):
            if len(text) <= NUMBER_WIDTH and float(text) == exact:
                return text
        raise UsageError(
            f"the number {exact!r} does not fit into the {NUMBER_WIDTH} characters of the fixed form; "
            "allowed: the free form"
        )

    def heading(self, word: str, name: str) -> str:
        """The line with the name of the programme."""
        return word.ljust(PLACES[2]) + name


def _bounded_rows(matrices: Matrices) -> Iterator[tuple[int, float, float]]:
    for row, (lower, upper) in enumerate(zip(matrices.row_lower.tolist(), matrices.row_upper.tolist(), strict=True)):
        if isfinite(lower) or isfinite(upper):
            yield row, lower, upper


def _row_type(lower: float, upper: float) -> str:
    if lower == upper:
        return "E"
    if not isfinite(upper):
        return "G"
    if not isfinite(lower):
        return "L"
    # The other bound is read as the sum of this one and the range: it should be read as it was.
    return "G" if upper - (upper - lower) != lower and lower + (upper - lower) == upper else "L"


def _bounds_of(lower: float, upper: float, *, integer: bool) -> Iterator[tuple[str, float | None]]:
    """Words and values of the bounds of one column."""
    if lower == upper:
        yield "FX", lower
    elif lower == -inf and upper == inf:
        yield "FR", None
    else:
        yield from _two_bounds_of(lower, upper, integer)


def _two_bounds_of(lower: float, upper: float, integer: bool) -> Iterator[tuple[str, float | None]]:
    if lower == -inf:
        yield "MI", None
    elif lower != 0.0:
        yield "LO", lower
    if upper != inf:
        yield "UP", upper
    elif integer:
        yield "PL", None
