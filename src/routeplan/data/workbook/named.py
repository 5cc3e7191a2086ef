"""Named cells of a workbook, and cells by their address: where each is, and what stands in it."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from routeplan.data.workbook.file import Value, as_one_problem, holds_formulas, opened, refuse_other_files, stored_value
from routeplan.data.workbook.parts import sheet_parts

MOST_ROWS, MOST_COLUMNS = 120_000, 4
"""The largest range that is read: a year of five-minute values, with its times."""

_AREA = re.compile(
    r"^=?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!\[\]]+))!"
    r"(?P<area>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)$",
    re.IGNORECASE,
)
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell [^>]*ref=["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")

Box = tuple[int, int, int, int]
"""First column, first row, last column and last row, counted from 1."""


class Fault(Enum):
    """Why nothing can be read where a name points."""

    DELETED = "its cell was deleted"
    NO_CELL = "it is no cell of the workbook"
    NO_SHEET = "its sheet is not there"
    LARGE = "it is larger than any table of values"
    SEVERAL = "it is several cells, where one is looked for"


@dataclass(frozen=True)
class NamedCells:
    """A name, and the cells that it stands for.

    Parameters
    ----------
    name : str
        The name as the workbook has it, or the address that was asked for.
    sheet, area : str
        Where the cells are, such as ``Invoer`` and ``C4``; "" where they cannot be found.
    rows : tuple of tuple of Value
        What stands there; of merged cells, what they show.
    fault : Fault or None
        Why there are none.
    """

    name: str
    sheet: str = ""
    area: str = ""
    rows: tuple[tuple[Value, ...], ...] = ()
    fault: Fault | None = None

    @property
    def single(self) -> bool:
        """Whether it is one cell, or cells that are merged into one."""
        return len(self.rows) == 1 and len(self.rows[0]) == 1

    @property
    def value(self) -> Value:
        """What stands in the first cell."""
        return self.rows[0][0] if self.rows else None


def read_named_cells(path: Path, addresses: Iterable[str] = ()) -> list[NamedCells]:
    """Read every named cell of a workbook, those of single sheets too.

    Parameters
    ----------
    path : Path
        The workbook: .xlsx or .xlsm.
    addresses : iterable of str
        Cells to read besides, such as ``Controle!A1``; those on sheets that are not there are left out.

    Returns
    -------
    list of NamedCells
        In the order of the workbook; names that Excel keeps for itself are left out.

    Raises
    ------
    Unreadable
        When it is no such file.
    """
    refuse_other_files(path)
    with as_one_problem(path), opened(path, read_only=True, data_only=True) as book:
        titles = {sheet.title.casefold(): sheet.title for sheet in book.worksheets}
        named = [_placed(name, text, titles) for name, text in _names(book)]
        asked = [_placed(address, address, titles) for address in addresses]
        places = named + [place for place in asked if place[0].fault is None]
        boxes = _boxes_by_sheet(places)
        merged = _merged(path, list(boxes))
        # Two names may be of one cell.
        shown = {title: list({_shown(box, merged[title]) for box in of_sheet}) for title, of_sheet in boxes.items()}
        with opened(path, read_only=True) if holds_formulas(path) else nullcontext() as formulas:
            values = _values(book, shown, formulas)
    return [_filled(cells, box, values, merged) for cells, box in places]


def _names(book: Any) -> list[tuple[str, str]]:
    kept = [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]
    names = [(name, str(given.attr_text or "")) for each in kept for name, given in each.items()]
    return [(name, text) for name, text in names if not name.startswith("_xlnm")]


def _placed(name: str, text: str, titles: Mapping[str, str]) -> tuple[NamedCells, Box | None]:
    """Where a name points; None where that is no place."""
    if "#REF!" in text.upper():
        return NamedCells(name, fault=Fault.DELETED), None
    found = _AREA.match(text.strip())
    if not found:
        return NamedCells(name, fault=Fault.NO_CELL), None
    area = found["area"].replace("$", "").upper()
    title = (found["quoted"] or found["plain"]).replace("''", "'")
    if title.casefold() not in titles:
        return NamedCells(name, title, area, fault=Fault.NO_SHEET), None
    box = _box(area)
    if box[3] - box[1] >= MOST_ROWS or (box[2] - box[0] >= MOST_COLUMNS and box[3] - box[1] > MOST_COLUMNS):
        return NamedCells(name, titles[title.casefold()], area, fault=Fault.LARGE), None
    return NamedCells(name, titles[title.casefold()], area), box


def _boxes_by_sheet(places: Iterable[tuple[NamedCells, Box | None]]) -> dict[str, list[Box]]:
    boxes: dict[str, list[Box]] = {}
    for cells, box in places:
        if box is not None:
            boxes.setdefault(cells.sheet, []).append(box)
    return boxes


def _merged(path: Path, titles: Sequence[str]) -> dict[str, list[Box]]:
    """Ranges of merged cells of sheets; the library would read the whole workbook for them."""
    with zipfile.ZipFile(path) as parts:
        of_title = sheet_parts(parts)
        texts = {title: _MERGED.findall(parts.read(of_title[title].name)) for title in titles if title in of_title}
    return {title: [_box(each.decode()) for each in texts.get(title, [])] for title in titles}


def _box(area: str) -> Box:
    left, top, right, bottom = range_boundaries(area)
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def _shown(box: Box, merged: Sequence[Box]) -> Box:
    """The cell that a box inside merged cells shows; the box itself where it is not inside any."""
    for left, top, right, bottom in merged:
        if left <= box[0] and top <= box[1] and right >= box[2] and bottom >= box[3]:
            return left, top, left, top
    return box


def _values(book: Any, boxes: Mapping[str, list[Box]], formulas: Any) -> dict[tuple[str, Box], Any]:
    """What stands in each box of each sheet, row by row."""
    found: dict[tuple[str, Box], list[tuple[Value, ...]]] = {}
    for title, of_sheet in boxes.items():
        starts = {line: list(group) for line, group in groupby(sorted(of_sheet, key=_top), key=_top)}
        open_boxes: list[Box] = []
        last = max(box[3] for box in of_sheet)
        for line, (cells, how) in enumerate(_rows(book[title], formulas and formulas[title], last), start=1):
            open_boxes = [box for box in open_boxes if box[3] >= line] + starts.get(line, [])
            for box in open_boxes:
                found.setdefault((title, box), []).append(_part(cells, how, box))
    return found


def _rows(sheet: Any, formulas: Any, last: int) -> Iterator[tuple[Sequence[Any], Sequence[Any]]]:
    """Rows of cells with their values, each beside the same cells with their formulas, if there are any."""
    # What a file tells of its own size is often wrong.
    sheet.reset_dimensions()
    if formulas is None:
        return ((cells, cells) for cells in sheet.iter_rows(max_row=last))
    formulas.reset_dimensions()
    return zip(sheet.iter_rows(max_row=last), formulas.iter_rows(max_row=last), strict=False)


def _top(box: Box) -> int:
    return box[1]


def _part(cells: Sequence[Any], how: Sequence[Any], box: Box) -> tuple[Value, ...]:
    columns = range(box[0] - 1, box[2])
    return tuple(stored_value(cells[at], how[at]) if at < len(cells) and at < len(how) else None for at in columns)


def _filled(
    cells: NamedCells, box: Box | None, values: Mapping[tuple[str, Box], Any], merged: Mapping[str, list[Box]]
) -> NamedCells:
    if box is None:
        return cells
    shown = _shown(box, merged[cells.sheet])
    width = shown[2] - shown[0] + 1
    rows = list(values.get((cells.sheet, shown), []))
    # Empty rows at the end of a sheet are not in its file.
    rows += [(None,) * width] * (shown[3] - shown[1] + 1 - len(rows))
    area = f"{get_column_letter(shown[0])}{shown[1]}" if shown[:2] == shown[2:] else cells.area
    return NamedCells(cells.name, cells.sheet, area, tuple(rows))
