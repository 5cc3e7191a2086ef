"""Numbers as people write them in cells of text: with a decimal comma or point, and signs between thousands."""

import math
import re

from routeplan.data.typed import ENDS_IN_ZERO
from routeplan.instance.rd_new import is_rd_new

_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
"""A thousand and more with a sign between, or a number with three decimals."""
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})")
"""Signs between thousands that can be no decimal ones: another sign or more groups follow."""

_METRES = re.compile(r"[1-9]\d\d[.,]\d{3}")
"""Metres of RD New with a sign between thousands: as degrees they would be far from the Netherlands."""
LATITUDES = (50.0, 54.0)
LONGITUDES = (3.0, 8.0)
"""Degrees between which the Netherlands lie."""


def read_number(text: str, comma: bool) -> float | None:
    """Read a number; None where the text is none, or none that is finite.

    Parameters
    ----------
    text : str
        What stands in the cell, without blanks around it.
    comma : bool
        Whether a comma may be the decimal sign: in a file with commas between its cells it is not.
    """
    if _THOUSANDS.fullmatch(text):
        return float(_without_thousands(text))
    if not _PLAIN.fullmatch(text) or ("," in text and not comma):
        return None
    number = float(text.replace(",", "."))
    return number if math.isfinite(number) else None


def _without_thousands(text: str) -> str:
    """The number with a decimal point, if it has decimals; the last sign is decimal where it is unlike the first."""
    *whole, last = re.split("[.,]", text)
    decimal = "." if len(set(re.findall("[.,]", text))) > 1 else ""
    return "".join(whole) + decimal + last


def has_two_readings(text: str, comma: bool) -> bool:
    """Whether a number such as ``1.500`` can be 1500 or 1.5.

    Parameters
    ----------
    text : str
        What stands in the cell, without blanks around it.
    comma : bool
        Whether a comma may be the decimal sign. In a file with commas between its cells the point is decimal, so that
        only a last 0, which nobody needs, makes doubt; a comma stands between thousands or is a mistake.
    """
    if not _ONE_GROUP.fullmatch(text):
        return False
    return comma or "," in text or ENDS_IN_ZERO.fullmatch(text) is not None


def as_thousands(text: str) -> str:
    """The reading of such a number in which its sign stands between thousands."""
    return re.sub("[.,]", "", text)


def read_coordinate(text: str, comma: bool) -> float | None:
    """Read degrees or metres; of ``6.125`` and ``155.000`` only one reading lies in the Netherlands.

    Parameters
    ----------
    text : str
        What stands in the cell, without blanks around it.
    comma : bool
        Whether a comma may be the decimal sign.
    """
    return float(as_thousands(text)) if _METRES.fullmatch(text) else read_number(text, comma)


def in_the_netherlands(lat: float, lon: float) -> bool:
    """Whether a pair of coordinates lies there, in degrees or in metres of RD New."""
    degrees = LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]
    return degrees or bool(is_rd_new(lat, lon))
