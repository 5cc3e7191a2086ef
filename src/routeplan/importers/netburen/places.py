"""Where a usage point lies: the position points of a location as degrees."""

from typing import Any, NamedTuple

import numpy as np

from routeplan.errors import Message, Problem
from routeplan.instance.rd_new import is_rd_new, to_degrees

LATITUDES, LONGITUDES = (50.0, 54.5), (2.0, 8.0)
"""Degrees between which the Netherlands lie, with the sea around them: latitude and longitude cannot be mistaken."""

NOWHERE = float("nan")


class Place(NamedTuple):
    """A place on the map.

    Parameters
    ----------
    lat, lon : float
        Degrees (WGS 84); NaN where it is not known.
    """

    lat: float = NOWHERE
    lon: float = NOWHERE

    @property
    def known(self) -> bool:
        """Whether there is one."""
        return self.lat == self.lat


def place_of(location: dict[str, Any]) -> Place | None:
    """The middle of the position points of a location; None where they lie in no coordinates that we know.

    Coordinates are degrees or metres of RD New: within the Netherlands the numbers tell which, and which is north.
    The name of the coordinate system must not say otherwise, but operators leave it out or write it in many ways.

    Parameters
    ----------
    location : dict
        A location whose position points are numbers.
    """
    points = location.get("position_points", [])
    if not points:
        return Place()
    one, other = (float(np.mean([float(point[axis]) for point in points])) for axis in ("x_position", "y_position"))
    low, high = min(one, other), max(one, other)
    if LONGITUDES[0] <= low <= LONGITUDES[1] and LATITUDES[0] <= high <= LATITUDES[1]:
        return Place(high, low)
    if bool(is_rd_new(high, low)):
        lat, lon = to_degrees(high, low)
        return Place(float(lat), float(lon))
    return None


def number_problems(file: str, location: dict[str, Any], place: str) -> list[Problem]:
    """Report coordinates that are no numbers.

    Parameters
    ----------
    file : str
        What the file is called in messages.
    location : dict
        The location.
    place : str
        Where it stands in the file.
    """
    return [
        Problem(
            file,
            0,
            Message(
                '{place} is "{text}"; allowed: a number as text, such as "6.19"',
                place=f"{place}.position_points[{position}].{axis}",
                text=point[axis],
            ),
        )
        for position, point in enumerate(location.get("position_points", []))
        for axis in ("x_position", "y_position")
        if not _is_number(point[axis])
    ]


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False
