"""What is hidden in a workbook and is read all the same: rows that a filter hides, columns, whole sheets."""

import re
import zipfile
from collections.abc import Collection, Iterable
from itertools import groupby
from pathlib import Path

from openpyxl.utils import get_column_letter

from routeplan.data.workbook.parts import Part, related, sheet_parts
from routeplan.data.workbook.sheet_xml import cells_in, holds_value, rows_in
from routeplan.errors import Problem

COLUMNS_SHOWN = 5
"""Ranges of hidden columns that a message names."""

_HIDDEN = re.compile(r"""\bhidden=["'](?:1|true)["']""")
_COLUMN = re.compile(r"<(?:\w+:)?col\b([^>]*)>")
_ENDS = re.compile(r"""\b(min|max)=["'](\d+)["']""")
_FILTERED = b"filterColumn"


def hidden_in(path: Path, titles: Collection[str]) -> list[Problem]:
    """Tell what is hidden in each of the sheets, in a line for each; nothing of sheets in which nothing is.

    Parameters
    ----------
    path : Path
        The workbook, which must be readable.
    titles : collection of str
        Names of the sheets that are read.
    """
    with zipfile.ZipFile(path) as parts:
        sheets = {title: part for title, part in sheet_parts(parts).items() if title in titles}
        told = [_told(f"{path.name}: {title}", parts, part) for title, part in sheets.items()]
    return [problem for problem in told if problem is not None]


def _told(place: str, parts: zipfile.ZipFile, part: Part) -> Problem | None:
    """What is hidden in one sheet."""
    content = parts.read(part.name)
    if not part.hidden and b"hidden" not in content:
        return None
    sheet = content.decode("utf-8-sig", errors="replace")
    header, *rows = [row for row in rows_in(sheet) if holds_value(row[2])] or [(0, "", "")]
    if not rows:
        return None
    lines = [line for line, attributes, _ in rows if _HIDDEN.search(attributes)]
    named = {column for column, cell in cells_in(header[2]) if holds_value(cell)}
    columns = sorted(_columns(sheet) & named)
    what = ["the sheet is hidden"] * part.hidden
    what += _words(lines, columns, " by a filter" if _has_filter(content, parts, part) else "")
    if not what:
        return None
    many = len(what) + len(lines) + len(columns) > 2
    text = f"{', and '.join(what)}; {'they count' if many else 'it counts'} all the same"
    return Problem(place, lines[0] if lines else 0, text, cell=_cell(lines, columns))


def _words(lines: list[int], columns: list[int], by: str) -> list[str]:
    """Hidden rows and columns in words."""
    rows = f"{len(lines):,} row{_s(lines)} {_are(lines)} hidden{by}"
    letters = f"column{_s(columns)} {_ranges(columns)} {_are(columns)} hidden"
    return [rows] * bool(lines) + [letters] * bool(columns)


def _columns(sheet: str) -> set[int]:
    """Hidden columns of a sheet."""
    ends = [dict(_ENDS.findall(column)) for column in _COLUMN.findall(sheet) if _HIDDEN.search(column)]
    return {place for found in ends for place in range(int(found["min"]), int(found["max"]) + 1)}


def _has_filter(content: bytes, parts: zipfile.ZipFile, part: Part) -> bool:
    """Whether a filter is set on the sheet, or on a table that lies on it."""
    tables = [name for kind, name in related(parts, part.name).values() if kind == "table"]
    return any(_FILTERED in text for text in (content, *map(parts.read, tables)))


def _ranges(columns: Iterable[int]) -> str:
    """Letters of columns, neighbours together."""
    groups = [[place for _, place in run] for _, run in groupby(enumerate(columns), lambda at: at[1] - at[0])]
    shown = [" to ".join(dict.fromkeys(map(get_column_letter, (run[0], run[-1])))) for run in groups]
    more = [f"{len(shown) - COLUMNS_SHOWN} more"] if len(shown) > COLUMNS_SHOWN else []
    return ", ".join(shown[:COLUMNS_SHOWN] + more)


def _cell(lines: list[int], columns: list[int]) -> str:
    """The range of rows, or else of columns, as Excel writes it."""
    if lines:
        return f"{lines[0]}:{lines[-1]}"
    return f"{get_column_letter(columns[0])}:{get_column_letter(columns[-1])}" if columns else ""


def _are(things: list[int]) -> str:
    return "are" if len(things) > 1 else "is"


def _s(things: list[int]) -> str:
    return "s" if len(things) > 1 else ""
