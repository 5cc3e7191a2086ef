"""Sheets of notes: what documents an instance, and in a folder lies beside its tables."""

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment

from routeplan.data.csv_text import number_text
from routeplan.data.paths import note_sheet
from routeplan.data.typed import NUMBER
from routeplan.data.workbook.add import add_rows
from routeplan.data.workbook.file import Value
from routeplan.data.workbook.style import BOLD, colour_tab
from routeplan.data.workbook.text import encoded
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.subjects import Subject

_WIDTH = 120
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MARKS = re.compile(r"\*\*|`")


def add_notes(book: Any, beside: Mapping[str, str]) -> None:
    """Add a sheet for each text: a table as rows and columns, any other a line a row.

    Parameters
    ----------
    book : Workbook
        As `new_workbook` offers it.
    beside : mapping of str to str
        Content of the files that would lie beside the tables, by name.

    Raises
    ------
    UsageError
        When Excel cannot hold one.
    """
    names = {file: note_sheet(file) for file in beside} | {table.file: table.name for table in INPUT_TABLES.values()}
    for file, text in beside.items():
        rows = list(csv.reader(io.StringIO(text, newline=""))) if file.endswith(".csv") else []
        if len(set(map(len, rows))) == 1:
            header, *values = rows
            add_rows(book, note_sheet(file), header, [[free_value(cell) for cell in row] for row in values])
        else:
            _add_lines(book, note_sheet(file), text, names)


def _add_lines(book: Any, title: str, text: str, names: Mapping[str, str]) -> None:
    """Add a sheet with a text of Markdown, without its marks; files are called by their sheets."""
    sheet = book.create_sheet(title)
    colour_tab(sheet, Subject.EXPLANATIONS)
    sheet.column_dimensions["A"].width = _WIDTH
    known = re.compile("|".join(rf"(?<=`){re.escape(file)}(?=`)" for file in names))
    for line in text.splitlines():
        named = known.sub(lambda found: names[found.group()], line)
        plain = named.lstrip("#").strip() if line.startswith("#") else named
        cell = WriteOnlyCell(sheet, encoded(_MARKS.sub("", plain)))
        cell.data_type = "s"
        cell.alignment = _WRAPPED
        if line.startswith("#"):
            cell.font = BOLD
        sheet.append([cell])
    sheet.close()


def free_value(text: str) -> Value:
    """Convert a note to a number where it is written as we write numbers; any other stays text."""
    if not NUMBER.fullmatch(text):
        return text or None
    return float(text) if number_text(float(text)) == text else text
