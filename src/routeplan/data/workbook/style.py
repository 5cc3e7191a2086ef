"""Format of the sheets of a workbook: headers, explanations, widths, and lists to choose from."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from routeplan.data.workbook.file import Value
from routeplan.data.workbook.sheets import NOTE
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import INPUT_TABLES

LISTS = f"{NOTE}_lists"
"""The sheet from which cells with a closed list of words are chosen."""

MOST_ROWS = 1_048_576
"""Rows that a sheet of Excel can have."""

_BOLD = Font(bold=True)
_OF_KEY = PatternFill("solid", fgColor="BDD7EE")
_OF_OTHERS = PatternFill("solid", fgColor="DDEBF7")
_NARROW, _WIDE = 9, 45
_ROWS_MEASURED = 200
_AS_TEXT = "@"


def header_cells(sheet: Any, table: Table, names: Iterable[str], explain: Callable[[Column], str]) -> list[Any]:
    """Make the header of a table: bold, the key darker, each column explained in a comment."""
    return [_header_cell(sheet, table, name, explain) for name in names]


def _header_cell(sheet: Any, table: Table, name: str, explain: Callable[[Column], str]) -> Any:
    cell = WriteOnlyCell(sheet, name)
    cell.font = _BOLD
    cell.fill = _OF_KEY if name in table.key else _OF_OTHERS
    if table.has(name):
        cell.comment = Comment(explain(table.column(name)), "routeplan", height=110, width=280)
    return cell


def meaning(column: Column) -> str:
    """A column's sentence and unit."""
    return f"{column.about}\nUnit: {column.unit}" if column.unit else column.about


def explanation(column: Column) -> str:
    """Meaning of a column, its allowed values, and the meaning of an empty cell."""
    lines = [meaning(column)]
    if column.kind is not Kind.TEXT:
        lines.append(f"Allowed: {column.allowed}".replace(".csv", ""))
    if column.same_as:
        lines.append(f"Empty: the {column.same_as} itself")
    elif not column.required and not column.may_be_empty:
        default = f"{column.default:g}" if isinstance(column.default, float) else column.default
        lines.append(f"Empty: {default}")
    return "\n".join(lines)


def shape(sheet: Any, table: Table, names: Sequence[str], columns: Sequence[Sequence[Value]]) -> None:
    """Freeze the header, and make columns as wide as their first rows; before any row is written.

    New cells of columns of text are text, so that Excel makes no date of an id such as 1-2.
    """
    sheet.freeze_panes = "A2"
    for position, (name, cells) in enumerate(zip(names, columns, strict=True), start=1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        longest = max(len(str(cell)) for cell in [name, *cells[:_ROWS_MEASURED]])
        dimension.width = min(max(longest + 2, _NARROW), _WIDE)
        if table.has(name) and table.column(name).kind in (Kind.ID, Kind.WORD):
            dimension.number_format = _AS_TEXT


def choices_of(sheet: Any, table: Table, lists: dict[tuple[str, ...], int]) -> None:
    """Offer a list to choose from in each column with a closed list of words, or of ids of one other table.

    Parameters
    ----------
    sheet : worksheet
        The sheet of the table, whose columns begin with those declared.
    table : Table
        Its declaration.
    lists : dict
        Position on the sheet of lists of each list of words; those that are new are added.
    """
    for position, column in enumerate(table.columns, start=1):
        if column.words:
            at = lists.setdefault(column.words, len(lists) + 1)
            _offer(sheet, position, _range(LISTS, at, len(column.words) + 1), "stop", column)
        elif len(column.refers) == 1:
            (other,) = column.refers
            at = INPUT_TABLES[other].names.index(INPUT_TABLES[other].key[0]) + 1
            _offer(sheet, position, _range(other, at, MOST_ROWS), "warning", column)


def _range(sheet: str, position: int, last: int) -> str:
    letter = get_column_letter(position)
    return f"{sheet}!${letter}$2:${letter}${last}"


def _offer(sheet: Any, position: int, source: str, style: Literal["stop", "warning"], column: Column) -> None:
    letter = get_column_letter(position)
    rule = DataValidation("list", source, allow_blank=not column.required, errorStyle=style, showErrorMessage=True)
    rule.errorTitle = column.name
    rule.error = "Not one of the list."
    rule.add(f"{letter}2:{letter}{MOST_ROWS}")
    sheet.data_validations.append(rule)
