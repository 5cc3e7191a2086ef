"""Tables under check, and the problems found in them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.errors import Problem, value_problem
from routeplan.schema.column import Column, Kind
from routeplan.schema.inputs import INPUT_TABLES

Lines = Mapping[str, NDArray[np.int64]]
Marks = pd.Series | NDArray[np.bool_]
"""True for each row of a table that is meant."""


def line_of(lines: Lines, table: str, row: int) -> int:
    """Line in the file on which a row of a table stands; by default the rows follow the header without a gap."""
    return int(lines[table][row]) if table in lines else row + 2


LONGEST_SHOWN = 120
"""Characters of a cell that a message shows at most."""


class Findings:
    """The tables under check and the problems found, no cell reported twice.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed tables.
    lines : mapping of str to array of int, optional
        Line in the file of each row; by default the rows follow the header without a gap.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], lines: Lines | None = None) -> None:
        self._tables = {name: frame.reset_index(drop=True) for name, frame in tables.items()}
        self._lines = lines or {}
        self._cells: set[tuple[str, int, str]] = set()
        self.problems: list[Problem] = []
        self.rule = ""
        """Name of the rule at work, which problems are told with."""

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self._tables[table]

    def line(self, table: str, row: int) -> int:
        """Line in the file on which a row stands."""
        return line_of(self._lines, table, row)

    def add(self, problem: Problem) -> None:
        """Report a problem that is not one of a cell."""
        self.problems.append(replace(problem, name=self.rule))

    def warn(
        self, table: str, rows: Marks, column: str, text: Callable[[int], str], beside: tuple[str, ...] = ()
    ) -> None:
        """Report rows in words of its own, unless the cells at issue were reported before.

        Parameters
        ----------
        table, column : str
            Where.
        rows : array of bool, one for each row of the table
            The rows to report.
        text : function of a row's position
            What to say.
        beside : tuple of str
            Columns whose cells are at issue too.
        """
        for row in np.flatnonzero(np.asarray(rows, dtype=bool)).tolist():
            cells = {(table, row, name) for name in (column, *beside)}
            if not cells & self._cells:
                self._cells |= cells
                self.add(Problem(f"{table}.csv", self.line(table, row), text(row), column))

    def refuse(
        self,
        table: str,
        wrong: Marks,
        column: str,
        allowed: str | Callable[[int], str],
        beside: tuple[str, ...] = (),
    ) -> None:
        """Report the cells of a column that break a rule, unless they were reported before.

        Parameters
        ----------
        table, column : str
            Where.
        wrong : array of bool, one for each row of the table
            The rows that break it.
        allowed : str or function of a row's position
            What is allowed: the same for all, or by row.
        beside : tuple of str
            Columns whose cells are at issue too, so that no more is said of them.
        """
        rows = np.flatnonzero(np.asarray(wrong, dtype=bool)).tolist()
        if not rows:
            return
        declared = INPUT_TABLES[table].column(column)
        cells = self[table][column].to_numpy()
        for row in rows:
            if (table, row, column) not in self._cells:
                self._cells |= {(table, row, name) for name in (column, *beside)}
                text = allowed if isinstance(allowed, str) else allowed(row)
                cell = format_cell(declared, cells[row])
                self.add(value_problem(f"{table}.csv", self.line(table, row), column, cell, text))


def format_cell(column: Column, value: object) -> str:
    """A cell as a person would write it; blanks at its ends and what no reader sees made visible."""
    if isinstance(value, str):
        shown = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…"
        return shown if shown == shown.strip() and shown.isprintable() else repr(shown)
    number = float(value)  # type: ignore[arg-type]  # cells that are no text are numbers
    if np.isnan(number):
        return ""
    if column.kind is not Kind.NUMBER and number.is_integer():
        return str(int(number))
    return repr(number)
