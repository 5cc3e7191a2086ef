"""Rows and cells in the XML of a sheet, as they are written."""

import re
from collections.abc import Iterator

from openpyxl.utils import column_index_from_string

_ROW = re.compile(r"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_LINE = re.compile(r"""\br=["'](\d+)["']""")
_LETTERS = re.compile(r"""\br=["']([A-Z]+)\d+["']""")
_VALUE = re.compile(r"<(?:\w+:)?[vt]\b[^>/]*>")


def rows_in(sheet: str) -> Iterator[tuple[int, str, str]]:
    """Find the rows: number, attributes, and what is between their ends.

    Parameters
    ----------
    sheet : str
        The XML. A row without a number follows the one before.
    """
    line = 0
    for found in _ROW.finditer(sheet):
        given = _LINE.search(found.group(1))
        line = int(given.group(1)) if given else line + 1
        yield line, found.group(1), found.group(2) or ""


def cells_in(row: str) -> Iterator[tuple[int, str]]:
    """Find the cells of a row: column, counted from 1, and the whole cell.

    Parameters
    ----------
    row : str
        What is between its ends. A cell without a place follows the one before.
    """
    place = 0
    for found in _CELL.finditer(row):
        given = _LETTERS.search(found.group(1))
        place = column_index_from_string(given.group(1)) if given else place + 1
        yield place, found.group()


def holds_value(cells: str) -> bool:
    """Whether there is a value in any of the cells."""
    return _VALUE.search(cells) is not None
