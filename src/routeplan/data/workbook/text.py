"""Text as a workbook holds it: characters that its format cannot hold are written by their number."""

import re

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")


def encoded(text: str) -> str:
    """Write characters that a cell cannot hold, such as a carriage return, as ``_x000D_``."""
    return _UNFIT.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def decoded(text: str) -> str:
    """Decode text written by `encoded`."""
    return _WRITTEN.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text
