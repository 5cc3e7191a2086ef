"""Numbers as people write them into a sheet: with a comma or a point, and now and then with thousands apart."""

import re

from routeplan.data.workbook.file import Value

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+")


def number_in(cell: Value, *, comma: bool) -> float | None:
    """The number of a cell; None where it holds none.

    Parameters
    ----------
    cell : Value
        What stands there.
    comma : bool
        Whether text may have a decimal comma.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str) or not _NUMBER.fullmatch(cell.strip()) or ("," in cell and not comma):
        return None
    return float(cell.strip().replace(",", "."))


def without_thousands(cell: Value) -> str:
    """Text such as 1.500, which is one and a half or 1500, as the latter; "" for what can be read in one way."""
    if not isinstance(cell, str) or not _THOUSANDS.fullmatch(cell.strip()):
        return ""
    return re.sub("[.,]", "", cell.strip())
