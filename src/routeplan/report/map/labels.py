"""Placement of names on the map: from which scale on each is shown, so that none hides another at any scale."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.report.map.projection import Window

LETTER, LINE = 0.62, 1.3
"""Room that a letter and a line of text take, as a share of the size of the font."""

GAP = 2.0
"""Between a symbol and its name, and between two names [px]."""


@dataclass(frozen=True)
class Box:
    """A box on the map that keeps its size when the map is zoomed, such as a name or a symbol.

    Parameters
    ----------
    x, y : float
        The place that it belongs to [km].
    left, right, top, bottom : float
        Its sides, from that place on, to the right and down [px].
    """

    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float

    def inside_from(self, window: Window) -> float:
        """Tell from which scale on all of the box lies in a window that holds its place [px/km]; inf: at none."""
        (west, east), (south, north) = window.x, window.y
        room = (self.x - west, east - self.x, north - self.y, self.y - south)
        needed = (-self.left, self.right, -self.top, self.bottom)
        scales = [need / km if km > 0.0 else np.inf for need, km in zip(needed, room, strict=True) if need > 0.0]
        return max(scales, default=0.0)

    @property
    def middle(self) -> tuple[float, float]:
        """Where the middle of the box stands, seen from its place [px]."""
        return (self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0


def size_of(text: str, font: float) -> tuple[float, float]:
    """Width and height of a text, which may have several lines [px]."""
    lines = text.split("\n")
    return max(map(len, lines)) * LETTER * font, len(lines) * LINE * font


def beside(x: float, y: float, text: str, font: float, radius: float) -> Iterator[Box]:
    """Boxes for the name of a symbol: to the right of it, to the left, above and below, and between these."""
    width, height = size_of(text, font)
    away = radius + GAP
    yield Box(x, y, away, away + width, -height / 2.0, height / 2.0)
    yield Box(x, y, -away - width, -away, -height / 2.0, height / 2.0)
    yield Box(x, y, -width / 2.0, width / 2.0, -away - height, -away)
    yield Box(x, y, -width / 2.0, width / 2.0, away, away + height)
    aside = radius * 0.7
    for down in (-aside - height, aside):
        yield Box(x, y, aside, aside + width, down, down + height)
        yield Box(x, y, -aside - width, -aside, down, down + height)


def upon(places: Iterable[tuple[float, float]], text: str, font: float) -> Iterator[Box]:
    """Boxes for a name that stands in the middle of one of some places."""
    width, height = size_of(text, font)
    for x, y in places:
        yield Box(x, y, -width / 2.0, width / 2.0, -height / 2.0, height / 2.0)


@dataclass
class Placed:
    """The boxes that are placed, each with the scale from which on it is shown [px/km]."""

    count: int = 0
    rows: FloatArray = field(default_factory=lambda: np.zeros((64, 7)))

    def add(self, box: Box, since: float = 0.0) -> None:
        """Place a box."""
        if self.count == len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[self.count] = box.x, box.y, box.left, box.right, box.top, box.bottom, since
        self.count += 1

    def free_from(self, box: Box) -> float:
        """Tell from which scale on a box hides none of those placed, and none of them it [px/km]; inf: at none.

        Two places move apart as the scale grows, so that two boxes overlap within an interval of scales on either
        axis, and hide each other within what the two intervals have in common.
        """
        x, y, left, right, top, bottom, since = self.rows[: self.count].T
        across = _overlap(x - box.x, box.left - right - GAP, box.right - left + GAP)
        down = _overlap(box.y - y, box.top - bottom, box.bottom - top)
        low, high = np.maximum(across[0], down[0]), np.minimum(across[1], down[1])
        hidden = np.maximum(low, since) < high
        return float(high[hidden].max(initial=0.0))

    def place(self, boxes: Sequence[Box], least: Sequence[float] = (), enough: float = 0.0) -> tuple[Box, float]:
        """Place a box at the first of its candidates that is free from the lowest scale on.

        Parameters
        ----------
        boxes : sequence of Box
            Where it may stand, the best first; at least one.
        least : sequence of float, optional
            For each, the scale from which on it may be shown at the earliest [px/km].
        enough : float, optional
            Candidates that are free from this scale on are as good as each other [px/km].

        Returns
        -------
        box, since
            The box, and the scale from which on it is shown [px/km]. One that is free at none is left out by callers.
        """
        free = [max(self.free_from(box), floor) for box, floor in zip(boxes, least or [0.0] * len(boxes), strict=True)]
        best = int(np.argmin(np.maximum(free, enough)))
        if np.isfinite(free[best]):
            self.add(boxes[best], free[best])
        return boxes[best], free[best]


def _overlap(apart: FloatArray, low: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Scales at which ``low < scale * apart < high``: from and to, not below 0; where none, from is above to."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ends = np.sort(np.stack([low / apart, high / apart]), axis=0)
    together = (low < 0.0) & (high > 0.0)
    start = np.where(apart == 0.0, np.where(together, 0.0, np.inf), np.maximum(ends[0], 0.0))
    end = np.where(apart == 0.0, np.where(together, np.inf, 0.0), ends[1])
    return start, end
