"""The sheets of hub designs in a workbook, read row by row: what each cell gives, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from routeplan.data.csv_cells import Cells, Unreadable
from routeplan.data.header import FREE_IN_DUTCH
from routeplan.data.paths import NOTE
from routeplan.data.typed import TypedTable, typed_table
from routeplan.data.workbook.cells import cells_of, text_of
from routeplan.data.workbook.design_sheets import (
    in_language,
    is_design_sheet,
    known_header,
    language_of,
    sheets_by_title,
)
from routeplan.data.workbook.file import Sheet, Value, read_sheets
from routeplan.errors import DataError, Problem, value_problem
from routeplan.instance.rules.words import did_you_mean, folded
from routeplan.language.language import Language, Words
from routeplan.schema.column import Table
from routeplan.schema.designs import OF_DESIGN

Given = dict[str, Any]
"""The values that a row gives, by column."""


@dataclass(frozen=True)
class DesignSheet:
    """A sheet as read.

    Parameters
    ----------
    place : str
        File and sheet.
    words : Words
        Language of its header.
    rows : mapping of int to dict
        The values that each row gives, by its number.
    problems : tuple of Problem
        What is wrong with its header and cells.
    cells : Cells, optional
        Its header, for the places of problems; None where nothing could be read.
    """

    place: str
    words: Words
    rows: dict[int, Given] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    cells: Cells | None = None

    def at(self, line: int, column: str, text: str) -> Problem:
        """Problem of a cell; the column as the schema calls it."""
        return _placed(Problem(self.place, line, text, self.words(column)), self.cells)

    def wrong_value(self, line: int, column: str, value: object, allowed: str) -> Problem:
        """Problem of a value that is not allowed; the column as the schema calls it."""
        return _placed(value_problem(self.place, line, self.words(column), value, allowed), self.cells)

    def problems_on(self, line: int) -> list[Problem]:
        """What is wrong with the cells of a row."""
        return [problem for problem in self.problems if problem.line == line]


def read_design_sheets(path: Path) -> tuple[dict[str, DesignSheet], list[Problem]]:
    """Read the sheets of hub designs of a workbook.

    Parameters
    ----------
    path : Path
        The workbook.

    Returns
    -------
    sheets : dict of str to DesignSheet
        Those that are there, by their names in the schema; that of the designs is among them.
    problems : list of Problem
        What is wrong with the names of sheets.

    Raises
    ------
    DataError
        When it is no workbook, lacks the sheet of designs, or a sheet has no such form that its rows can be read.
    """
    try:
        titles, _ = read_sheets(path, set())
        by_title = {title: sheets_by_title()[folded(title)] for title in titles if is_design_sheet(title)}
        _, given = read_sheets(path, set(by_title))
    except Unreadable as refused:
        raise DataError([replace(refused.problem, file=str(path))]) from None
    problems = [*_strays(path, titles), *_twice(path, by_title)]
    sheets = {table.name: _read(f"{path}: {title}", table, given[title]) for title, table in by_title.items()}
    if OF_DESIGN.name not in sheets:
        problems.append(Problem(str(path), 0, f"holds no hub designs; allowed: a workbook with a sheet {_named()}"))
    if OF_DESIGN.name not in sheets or any(sheet.cells is None for sheet in sheets.values()):
        raise DataError(problems + [problem for sheet in sheets.values() for problem in sheet.problems])
    return sheets, problems


def _named() -> str:
    return " or ".join(f"'{Words(language)(OF_DESIGN.name)}'" for language in Language)


def _strays(path: Path, titles: list[str]) -> Iterator[Problem]:
    """Sheets whose names are nearly those of sheets of designs; others are of no concern."""
    for title in titles:
        begun = folded(title).startswith(("design", "ontwerp"))
        near = did_you_mean(title, sheets_by_title())
        others = is_design_sheet(title) or title.startswith(NOTE)
        if not others and (begun or "design" in near or "ontwerp" in near):
            allowed = ", ".join(sheets_by_title())
            yield Problem(f"{path}: {title}", 0, f"is no sheet of hub designs{near}; allowed: {allowed}")


def _twice(path: Path, by_title: dict[str, Table]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for title, table in by_title.items():
        if (other := first.setdefault(table.name, title)) != title:
            yield Problem(f"{path}: {title}", 0, f"is there twice, as '{other}' too; allowed: one of the two")


def _read(place: str, table: Table, sheet: Sheet) -> DesignSheet:
    """Read a sheet; its columns are then called as in the schema, and in problems as on the sheet."""
    header = [text_of(value) for value in sheet.rows[0]] if sheet.rows else []
    words = language_of(table, header)
    told = in_language(table, words)
    try:
        cells = cells_of(place, told, _in_one_language(sheet, known_header(table, header, words)))
    except Unreadable as refused:
        return DesignSheet(place, words, problems=(refused.problem,))
    read = typed_table(told, cells)
    problems = tuple(_placed(problem, cells) for problem in read.problems)
    if not read.complete:
        return DesignSheet(place, words, problems=problems)
    return DesignSheet(place, words, _rows(table, told, read), problems, cells)


def _in_one_language(sheet: Sheet, header: list[str]) -> Sheet:
    """The sheet below another header, without the user's own columns in Dutch."""
    own = {at for at, name in enumerate(header) if folded(name).startswith(FREE_IN_DUTCH)}
    first: list[Value] = [name or None for name in header]
    named = [first, *sheet.rows[1:]] if sheet.rows else []
    rows = [[None if at in own else value for at, value in enumerate(row)] for row in named]
    return Sheet(rows, sheet.lines, sheet.merged)


def _rows(table: Table, told: Table, read: TypedTable) -> dict[int, Given]:
    """The values that each row gives; what is empty or could not be read is left out."""
    frame = read.frame.rename(columns=dict(zip(told.names, table.names, strict=True)))
    return {
        line: {str(name): _plain(value) for name, value in row.items() if not (value == "" or value != value)}
        for line, row in zip(read.lines.tolist(), frame[table.names].to_dict("records"), strict=True)
    }


def _plain(value: Any) -> Any:
    """A whole number as such: a cell does not tell 2030 from 2030.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _placed(problem: Problem, cells: Cells | None) -> Problem:
    """A problem with its cell, where its column is there."""
    if cells is None or not problem.line or problem.column not in cells.header:
        return problem
    letter = get_column_letter(cells.place(cells.header.index(problem.column)))
    return replace(problem, cell=f"{letter}{problem.line}")
