"""Numbers of a CSV file are changed; everything else in it stays as it is, to the last sign."""

import re
from collections.abc import Iterator, Mapping

from routeplan.data.csv_text import number_text
from routeplan.data.typed import NUMBER

Numbers = Mapping[int, Mapping[int, float]]
"""New numbers by the line on which a row begins, and the place of the cell in the row; both counted from 1."""

_CELL = re.compile(r'("[^"]*(?:""[^"]*)*"|[^,\r\n]*)(,|\r\n|[\r\n]|\Z)')
"""A cell as it is written, and what ends it."""
_BREAK = re.compile(r"\r\n|[\r\n]")
_MARK = "\ufeff"


def patched_csv(text: str, numbers: Numbers) -> str:
    """State a CSV file with some of its numbers changed: quotation marks, blanks and line ends stay.

    Parameters
    ----------
    text : str
        The file, which must be one that `read_cells` reads; it may begin with a byte-order mark.
    numbers : Numbers
        What changes; each of these cells must hold a number.
    """
    mark = _MARK if text.startswith(_MARK) else ""
    return mark + "".join(_patched(text.removeprefix(_MARK), numbers))


def _patched(text: str, numbers: Numbers) -> Iterator[str]:
    line, begin, place = 1, 1, 1
    for found in _CELL.finditer(text):
        cell, end = found.groups()
        number = numbers.get(begin, {}).get(place)
        yield cell if number is None else NUMBER.sub(number_text(number), cell, count=1)
        yield end
        line += len(_BREAK.findall(found.group()))
        begin, place = (begin, place + 1) if end == "," else (line, 1)
