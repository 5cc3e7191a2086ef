"""Placement of the names of areas on the map, without overlaps."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from routeplan.report.map.projection import Window

FONT_SIZE = 11.0
"""Of labels [px]."""

LETTER, LINE = 0.57 * FONT_SIZE, 1.4 * FONT_SIZE
"""Room that a letter and a line of text take [px]."""


@dataclass(frozen=True)
class Spot:
    """A place for a label: a corner, and the side of it.

    Parameters
    ----------
    x, y : float
        The corner [km].
    below : bool
        Whether the label hangs below the corner, or stands on it.
    width, height : float
        Room that the label takes [km].
    """

    x: float
    y: float
    below: bool
    width: float
    height: float

    def hides(self, other: "Spot") -> bool:
        """Whether two labels overlap."""
        beside = abs(self.x - other.x) >= (self.width + other.width) / 2.0
        return not beside and abs(self.middle - other.middle) < (self.height + other.height) / 2.0

    def within(self, window: Window) -> bool:
        """Whether all of the label is seen."""
        inside = window.x[0] <= self.x - self.width / 2.0 and self.x + self.width / 2.0 <= window.x[1]
        half = self.height / 2.0
        return inside and window.y[0] <= self.middle - half and self.middle + half <= window.y[1]

    @property
    def middle(self) -> float:
        """Height of the label's middle [km]."""
        return self.y + (-0.5 if self.below else 0.5) * self.height


def placed(areas: pd.DataFrame, texts: "pd.Series[str]", window: Window, pixels: float) -> pd.DataFrame:
    """Place the label of each area on its northernmost corner, below its southernmost, or at another that is free.

    An area that is `outer` has it below where it can. A label that finds no free spot stands where it would like best.

    Parameters
    ----------
    areas : DataFrame
        ``x``, ``y`` (lists of corners [km]) and ``outer``.
    texts : Series
        The longest label of each, in the same order.
    window : Window
        The part of the plane that is shown.
    pixels : float
        How wide it is shown.

    Returns
    -------
    DataFrame
        The areas with ``label_x``, ``label_y`` [km] and ``below``.
    """
    km = (window.x[1] - window.x[0]) / pixels
    found: list[Spot] = []
    for x, y, outer, text in zip(areas["x"], areas["y"], areas["outer"], texts, strict=True):
        spots = list(_spots(x, y, outer, len(text) * LETTER * km, LINE * km))
        free = (spot for spot in spots if spot.within(window) and not any(map(spot.hides, found)))
        found.append(next(free, spots[0]))
    return areas.assign(
        label_x=[spot.x for spot in found], label_y=[spot.y for spot in found], below=[spot.below for spot in found]
    )


def _spots(x: list[float], y: list[float], below_first: bool, width: float, height: float) -> Iterator[Spot]:
    """All spots for a label, the best first: the outermost corner on either side, then the others."""
    middle = (min(y) + max(y)) / 2.0
    sides = []
    for below in (below_first, not below_first):
        corners = sorted(zip(y, x, strict=True), reverse=not below)
        sides.append([Spot(at, top, below, width, height) for top, at in corners if (top < middle) == below])
    first, other = sides
    yield from (first[0], other[0], *first[1:], *other[1:])
