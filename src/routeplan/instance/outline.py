"""Outlines of areas: polygons as well-known text (OGC 06-103r4), longitude before latitude."""

import re

from routeplan.instance.rd_new import is_rd_new

LONGEST = 32767
"""Characters of an outline at most: a cell of a workbook holds no more."""

_DEGREES = "degrees (WGS 84), longitude before latitude: -180 to 180, and -90 to 90"
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?"
_CORNER = rf"\s*{_NUMBER}\s+{_NUMBER}\s*"
_RING = rf"\s*\({_CORNER}(?:,{_CORNER})*\)\s*"
_POLYGON = rf"\s*\({_RING}(?:,{_RING})*\)\s*"
_OUTLINE = re.compile(rf"\s*(?:polygon{_POLYGON}|multipolygon\s*\({_POLYGON}(?:,{_POLYGON})*\))\s*", re.IGNORECASE)
_POLYGONS = re.compile(_POLYGON, re.IGNORECASE)
_RINGS = re.compile(_RING, re.IGNORECASE)

Ring = list[tuple[float, float]]


def rings_of(outline: str) -> list[Ring]:
    """Read the outer rings of an outline; holes are left out.

    Parameters
    ----------
    outline : str
        ``POLYGON`` or ``MULTIPOLYGON``.

    Returns
    -------
    list of list of tuple
        Corners of each ring: longitude and latitude [degrees]; the last is the first.

    Raises
    ------
    ValueError
        When it is no such outline; the message says what is allowed.
    """
    if len(outline) > LONGEST:
        raise ValueError(f"at most {LONGEST:,} characters, of which it has {len(outline):,}")
    if not _OUTLINE.fullmatch(outline):
        raise ValueError("POLYGON ((lon lat, ...)) or MULTIPOLYGON (((lon lat, ...)), ...)")
    polygons = [
        [_corners(ring) for ring in _RINGS.findall(polygon.strip()[1:-1])]
        for polygon in _POLYGONS.findall(_body(outline))
    ]
    for ring in (ring for polygon in polygons for ring in polygon):
        _refuse(ring)
    return [polygon[0] for polygon in polygons]


def _body(outline: str) -> str:
    """What stands behind the word: a polygon, or several within brackets of their own."""
    word, body = re.split(r"(?<=n)\s*(?=\()", outline.strip(), maxsplit=1, flags=re.IGNORECASE)
    return body[1:-1] if word.lower() == "multipolygon" else body


def _corners(ring: str) -> Ring:
    numbers = [float(number) for number in re.findall(_NUMBER, ring, re.IGNORECASE)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _refuse(ring: Ring) -> None:
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("rings of at least four places, of which the last is the first")
    if any(abs(lon) > 180.0 or abs(lat) > 90.0 for lon, lat in ring):
        metres = is_rd_new(*zip(*ring, strict=True)).all()
        raise ValueError(_DEGREES + ("; these look like metres of RD New (EPSG:28992)" if metres else ""))
