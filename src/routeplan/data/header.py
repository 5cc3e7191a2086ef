"""Check of the header of a file against the columns of its table."""

from routeplan.data.csv_cells import Cells
from routeplan.errors import Problem
from routeplan.instance.rules.words import did_you_mean
from routeplan.schema.column import Table

FREE_PREFIXES = ("note", "source")
"""Columns whose names begin so are the user's own, and are not read."""

FREE_IN_DUTCH = ("opmerking", "bron")
"""The same on sheets with Dutch headers."""


def header_problems(table: Table, cells: Cells) -> list[Problem]:
    """Report columns that are unknown, lacking, without a name, or there twice."""
    problems = []
    for position, name in enumerate(cells.header):
        if not name.strip():
            problems.append(_nameless(cells, position))
        elif name in cells.header[:position]:
            problems.append(_problem(cells, name, f"column '{name}' is there twice; allowed: each column once"))
        elif not table.has(name) and not name.startswith(FREE_PREFIXES):
            problems.append(_problem(cells, name, _unknown(table, name)))
    return problems + [
        _problem(cells, column.name, f"column '{column.name}' is missing; it has no default")
        for column in table.columns
        if column.required and column.name not in cells.header
    ]


def _problem(cells: Cells, column: str, text: str) -> Problem:
    return Problem(cells.file, cells.header_line, text, column)


def _nameless(cells: Cells, position: int) -> Problem:
    """Report a column without a name at its first cell with content, since that may well be a stray one."""
    lines = zip(cells.lines.tolist(), cells.rows, strict=True)
    held = (line for line, row in lines if len(row) > position and row[position].strip())
    text = f"column {cells.place(position)} has no name; allowed: one of the table's columns"
    return Problem(cells.file, next(held, cells.header_line), text)


def _unknown(table: Table, name: str) -> str:
    columns = ", ".join(table.names)
    hint = did_you_mean(name, table.names)
    return f"column '{name}' is unknown{hint}; allowed: {columns}, and names that begin with note or source"
