"""Cells of a workbook are changed, and sheets added; everything else in it stays as it is, to the last byte."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

from routeplan.data.csv_text import number_text
from routeplan.data.workbook.file import Odd, Value
from routeplan.data.workbook.parts import book_part, related, relations_of, sheet_parts
from routeplan.data.workbook.sheet_xml import cells_in, rows_in
from routeplan.data.workbook.text import encoded
from routeplan.errors import UsageError

Changes = Mapping[int, Mapping[int, Value]]
"""New values by row and column of a sheet, both counted from 1; None empties a cell."""

_TYPES = "[Content_Types].xml"
_SHEET_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_NEW_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)

_DATA = re.compile(r"<((?:\w+:)?)sheetData\b[^>]*?(?:/>|>(.*?)</\1sheetData>)", re.DOTALL)
_SIZE = re.compile(r"<(?:\w+:)?dimension\b[^>]*/>")
_SHARED = re.compile(r'<(?:\w+:)?f\b(?=[^>]*\bref=)[^>]*\bsi="(\d+)"')
"""A formula that other cells share, in the cell in which it stands."""
_OF_PLACE = re.compile(r"""\s+(?:r|spans)=(?:"[^"]*"|'[^']*')""")
_STYLE = re.compile(r'\bs="\d+"')
_RECKONED = re.compile(r"<(?:\w+:)?calcPr\b[^>]*?/?>")


@dataclass
class _Row:
    """A row: its own attributes, and its cells as they are written, by column."""

    attributes: str
    cells: dict[int, str] = field(default_factory=dict)


def write_patched(path: Path, target: Path, changes: Mapping[str, Changes]) -> None:
    """Write a workbook with some of its cells changed.

    Formats, comments, lists, filters, formulas, charts and other sheets stay as they are. A new row takes the formats
    of the last one.

    Parameters
    ----------
    path : Path
        The workbook, which must be readable.
    target : Path
        The file to write, another one.
    changes : mapping of str to Changes
        New values by sheet; a sheet that is not there is added behind the others.

    Raises
    ------
    UsageError
        When the workbook is written in another encoding than Excel's.
    """
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(target, "w") as written:
        news = _news(parts, changes)
        for part in parts.infolist():
            content = news.pop(part.filename, None)
            if content is None:
                written.writestr(part, parts.read(part), part.compress_type)
            elif content:
                written.writestr(part, content, zipfile.ZIP_DEFLATED)
        for name, content in news.items():
            written.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def _news(parts: zipfile.ZipFile, changes: Mapping[str, Changes]) -> dict[str, bytes]:
    """Parts that are new or other than before; empty are those that are left out."""
    there = sheet_parts(parts)
    book = book_part(parts)
    texts = {name: _text(parts, name) for name in (_TYPES, book, relations_of(book))}
    sheets = {}
    for title, cells in changes.items():
        if title in there:
            sheets[there[title].name] = _changed(_text(parts, there[title].name), cells)
        elif cells:
            sheets[_add_sheet(texts, parts, book, title)] = _changed(_NEW_SHEET, cells)
    out = _reckoned_anew(texts, parts, book)
    return {name: text.encode() for name, text in (texts | sheets).items()} | dict.fromkeys(out, b"")


def _text(parts: zipfile.ZipFile, name: str) -> str:
    try:
        return parts.read(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"the workbook's {name} is not UTF-8; allowed: a workbook as Excel saves it") from None


def _reckoned_anew(texts: dict[str, str], parts: zipfile.ZipFile, book: str) -> list[str]:
    """Have Excel work out all formulas when it opens the workbook; parts that hold their order are left out."""
    texts[book] = _RECKONED.sub(_reckoned_on_load, texts[book])
    chains = {key: name for key, (kind, name) in related(parts, book).items() if kind == "calcChain"}
    relations = relations_of(book)
    for key, name in chains.items():
        texts[relations] = re.sub(rf'<[^<>]*\bId="{re.escape(key)}"[^<>]*/>', "", texts[relations])
        texts[_TYPES] = re.sub(rf'<[^<>]*\bPartName="/{re.escape(name)}"[^<>]*/>', "", texts[_TYPES])
    return list(chains.values())


def _reckoned_on_load(found: re.Match[str]) -> str:
    if "fullCalcOnLoad" in found.group():
        return re.sub(r'fullCalcOnLoad="\w*"', 'fullCalcOnLoad="1"', found.group())
    return re.sub(r"calcPr\b", 'calcPr fullCalcOnLoad="1"', found.group(), count=1)


def _add_sheet(texts: dict[str, str], parts: zipfile.ZipFile, book: str, title: str) -> str:
    """Announce a new sheet, and return the name of its part."""
    taken = {*parts.namelist(), *re.findall(r'PartName="/([^"]*)"', texts[_TYPES])}
    number = next(n for n in range(1, len(taken) + 2) if f"xl/worksheets/sheet{n}.xml" not in taken)
    name, key = f"xl/worksheets/sheet{number}.xml", f"routeplan{number}"
    most = max(map(int, re.findall(r'sheetId="(\d+)"', texts[book])), default=0)
    prefix = re.search(r'xmlns:(\w+)="[^"]*/relationships"', texts[book])
    linked = f"{prefix.group(1) if prefix else 'r'}:id"
    sheet = f'sheet name={quoteattr(title)} sheetId="{most + 1}" {linked}="{key}"'
    relation = f'Relationship Id="{key}" Type="{_SHEET_KIND}" Target="/{name}"'
    _put_last(texts, book, "sheets", sheet)
    _put_last(texts, relations_of(book), "Relationships", relation)
    _put_last(texts, _TYPES, "Types", f'Override PartName="/{name}" ContentType="{_SHEET_TYPE}"')
    return name


def _put_last(texts: dict[str, str], part: str, parent: str, element: str) -> None:
    """Put an element behind the others in its parent, under the parent's prefix."""
    head, end, rest = re.split(rf"(</(?:\w+:)?{parent}>)", texts[part], maxsplit=1)
    prefix = end.removeprefix("</").removesuffix(f"{parent}>")
    texts[part] = f"{head}<{prefix}{element}/>{end}{rest}"


def _changed(sheet: str, changes: Changes) -> str:
    """The XML of a sheet with new cells."""
    found = _DATA.search(sheet)
    if found is None or not changes:
        return sheet
    prefix, rows = found.group(1), _rows_of(found.group(2) or "")
    last = rows[max(rows)].cells if rows else {}
    shared: set[str] = set()
    for line, cells in sorted(changes.items()):
        formats = rows[line].cells if line in rows else last
        row = rows.setdefault(line, _Row(f' r="{line}"'))
        for place, value in cells.items():
            shared |= set(_SHARED.findall(row.cells.get(place, "")))
            style = _style(formats.get(place, ""))
            row.cells[place] = _cell(prefix, f"{get_column_letter(place)}{line}", style, value)
    data = "".join(_row_text(prefix, rows[line]) for line in sorted(rows))
    for number in shared:
        # A formula that cells share stands in the first of them; where that changes, the others keep their values.
        data = re.sub(rf'<(?:\w+:)?f\b[^>]*\bsi="{number}"[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)', "", data)
    text = f"{sheet[: found.start()]}<{prefix}sheetData>{data}</{prefix}sheetData>{sheet[found.end() :]}"
    return _SIZE.sub("", text)


def _rows_of(data: str) -> dict[int, _Row]:
    """The rows of a sheet by number."""
    rows: dict[int, _Row] = {}
    for line, attributes, cells in rows_in(data):
        kept = _OF_PLACE.sub("", attributes).rstrip()
        rows[line] = _Row(f' r="{line}"{kept}', dict(cells_in(cells)))
    return rows


def _row_text(prefix: str, row: _Row) -> str:
    cells = "".join(row.cells[place] for place in sorted(row.cells))
    return f"<{prefix}row{row.attributes}>{cells}</{prefix}row>"


def _style(cell: str) -> str:
    head = cell.partition(">")[0]
    found = _STYLE.search(head)
    return f" {found.group()}" if found else ""


def _cell(prefix: str, place: str, style: str, value: Value) -> str:
    """A cell as it is written."""
    head = f'<{prefix}c r="{place}"{style}'
    if value is None:
        return f"{head}/>"
    if isinstance(value, bool):
        return f'{head} t="b"><{prefix}v>{int(value)}</{prefix}v></{prefix}c>'
    if isinstance(value, int | float):
        return f"{head}><{prefix}v>{number_text(value)}</{prefix}v></{prefix}c>"
    text = escape(encoded(value.text if isinstance(value, Odd) else value))
    body = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
    return f'{head} t="inlineStr">{body}</{prefix}c>'
