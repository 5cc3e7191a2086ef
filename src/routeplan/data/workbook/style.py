"""Format of the sheets of a workbook: headers, explanations, widths, and lists to choose from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from routeplan.data.paths import NOTE
from routeplan.data.workbook.file import Value
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.subjects import Subject

LISTS = f"{NOTE}_lists"
"""The sheet from which cells with a closed list of words are chosen."""

MOST_ROWS = 1_048_576
"""Rows that a sheet of Excel can have."""

TAB_COLOURS: Mapping[Subject, str] = {
    Subject.SETTINGS: "56B4E9",
    Subject.SITES: "0072B2",
    Subject.ROUTES: "D55E00",
    Subject.GRID: "F0E442",
    Subject.NETWORKS: "009E73",
    Subject.MONEY: "CC79A7",
    Subject.EXPLANATIONS: "999999",
}
"""Colours of Okabe and Ito, which people who see few colours can keep apart."""

REQUIRED_IN_EACH_ROW = "Required in each row"

BOLD = Font(bold=True)
NEEDED = Font(bold=True, underline="single")
OPTIONAL = Font(italic=True)
UNDERLINED = Border(bottom=Side("medium"))
OF_KEY = "BDD7EE"
_OF_KEY = PatternFill("solid", fgColor=OF_KEY)
_OF_OTHERS = PatternFill("solid", fgColor="DDEBF7")
_NARROW, _WIDE = 9, 45
_BUTTON = 2
"""Characters that the button of a filter covers."""
_ROWS_MEASURED = 200
_AS_TEXT = "@"

_Style = Literal["stop", "warning"]


def header_cells(sheet: Any, table: Table, names: Iterable[str], explain: Callable[[Column], str]) -> list[Any]:
    """Make the header of a table: bold, the key darker, each column explained in a comment."""
    return [_header_cell(sheet, table, name, explain) for name in names]


def _header_cell(sheet: Any, table: Table, name: str, explain: Callable[[Column], str]) -> Any:
    cell = WriteOnlyCell(sheet, name)
    cell.font = BOLD
    cell.fill = _OF_KEY if name in table.key else _OF_OTHERS
    if table.has(name):
        cell.comment = Comment(explain(table.column(name)), "routeplan", height=110, width=280)
    return cell


def plain_header(sheet: Any, names: Iterable[str]) -> list[Any]:
    """Make the header of a table that nothing declares: bold."""
    cells = [WriteOnlyCell(sheet, name) for name in names]
    for cell in cells:
        cell.font = BOLD
    return cells


def form_header(sheet: Any, table: Table, names: Iterable[str], explain: Callable[[Column], str]) -> list[Any]:
    """Make the header of a table to fill in: what each row must have stands out, and not by its colour alone."""
    cells = header_cells(sheet, table, names, explain)
    for cell in cells:
        mark(cell, table.has(cell.value) and table.column(cell.value).required)
    return cells


def mark(cell: Any, needed: bool) -> None:
    """Mark a name in a header: bold and underlined where each row needs a value, otherwise in italics."""
    cell.font = NEEDED if needed else OPTIONAL
    if needed:
        cell.border = UNDERLINED


def colour_tab(sheet: Any, subject: Subject) -> None:
    """Give the tab of a sheet the colour of its subject."""
    sheet.sheet_properties.tabColor = TAB_COLOURS[subject]


def meaning(column: Column) -> str:
    """A column's sentence and unit."""
    return f"{column.about}\nUnit: {column.unit}" if column.unit else column.about


def sentence(column: Column) -> str:
    """A column's sentence alone: for a table in the readers' words, whose names have their units."""
    return column.about


def explanation(column: Column) -> str:
    """Meaning of a column, its allowed values, and the meaning of an empty cell."""
    lines = [meaning(column)]
    if column.kind is not Kind.TEXT:
        lines.append(f"Allowed: {column.allowed}".replace(".csv", ""))
    if column.required:
        lines.append(REQUIRED_IN_EACH_ROW)
    elif column.same_as:
        lines.append(f"Empty: the {column.same_as} itself")
    elif not column.may_be_empty:
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
        longest = max([len(name) + _BUTTON, *(len(str(cell)) for cell in cells[:_ROWS_MEASURED])])
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
            # In cells of 0 and 1 a yes is understood too.
            how: _Style = "warning" if column.kind is Kind.FLAG else "stop"
            at = lists.setdefault(column.words, len(lists) + 1)
            _offer(sheet, position, _range(LISTS, at, len(column.words) + 1), how, column)
        elif len(column.refers) == 1:
            (other,) = column.refers
            at = INPUT_TABLES[other].names.index(INPUT_TABLES[other].key[0]) + 1
            _offer(sheet, position, _range(other, at, MOST_ROWS), "warning", column)


def offer_ranges(sheet: Any, names: Sequence[str], offers: Mapping[str, str]) -> None:
    """Offer cells of other sheets to choose from, by the names of columns; other values may be given too."""
    for name, source in offers.items():
        letter = get_column_letter(names.index(name) + 1)
        rule = DataValidation("list", source, allow_blank=True, showErrorMessage=False)
        rule.add(f"{letter}2:{letter}{MOST_ROWS}")
        sheet.data_validations.append(rule)


def _range(sheet: str, position: int, last: int) -> str:
    letter = get_column_letter(position)
    return f"{sheet}!${letter}$2:${letter}${last}"


def _offer(sheet: Any, position: int, source: str, style: _Style, column: Column) -> None:
    letter = get_column_letter(position)
    rule = DataValidation("list", source, allow_blank=not column.required, errorStyle=style, showErrorMessage=True)
    rule.errorTitle = column.name
    rule.error = "Not one of the list."
    rule.add(f"{letter}2:{letter}{MOST_ROWS}")
    sheet.data_validations.append(rule)
