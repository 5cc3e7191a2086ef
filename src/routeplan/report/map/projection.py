"""Projection of degrees to kilometres on a plane, and the part of the plane that a map shows."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.network.sphere import EARTH_RADIUS

KM_PER_DEGREE = EARTH_RADIUS * math.pi / 180.0
"""Length of a degree of latitude [km]."""

MARGIN = 0.07
"""Room around what a map shows, as a share of its longer side."""

LEAST_SIDE = 20.0
"""Shortest side of a map [km]: one site alone is shown with its surroundings."""

FLATTEST, STEEPEST = 0.7, 1.2
"""Least and largest ratio of height to width: a map that is longer is no good on a screen."""

INSET = 0.03
"""How far within its edge a line leaves a window, as a share of the window."""

WIDEST, TALLEST = 2.8, 1.5
"""Largest ratios of width to height, and of height to width, of a picture that shows a window and what is around it."""


@dataclass(frozen=True)
class Projection:
    """The equirectangular projection: true in scale along one parallel and all meridians.

    Across the Netherlands, seen from their middle, lengths from west to east are out by some 3 %.

    Parameters
    ----------
    latitude : float
        The parallel that is true in scale [degrees].
    """

    latitude: float

    def x(self, lon: ArrayLike) -> FloatArray:
        """Km east of the meridian of Greenwich, to the metre."""
        return np.round(np.asarray(lon, dtype=float) * KM_PER_DEGREE * math.cos(math.radians(self.latitude)), 3)

    def y(self, lat: ArrayLike) -> FloatArray:
        """Km north of the equator, to the metre."""
        return np.round(np.asarray(lat, dtype=float) * KM_PER_DEGREE, 3)


def projection_of(instance: Instance) -> Projection:
    """The projection of an instance's map: true in scale at the mean latitude of its sites."""
    return Projection(float(instance["sites"]["lat"].mean()))


@dataclass(frozen=True)
class Window:
    """The part of the plane that a map shows.

    Parameters
    ----------
    x, y : tuple of float
        From west to east, and from south to north [km].
    """

    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def ratio(self) -> float:
        """Height over width."""
        return (self.y[1] - self.y[0]) / (self.x[1] - self.x[0])

    @property
    def middle(self) -> tuple[float, float]:
        """Middle of the window [km]."""
        return (self.x[0] + self.x[1]) / 2.0, (self.y[0] + self.y[1]) / 2.0

    def sees(self, x: FloatArray, y: FloatArray) -> bool:
        """Whether the box around places lies in the window, or a part of it."""
        across = x.min() <= self.x[1] and x.max() >= self.x[0]
        return bool(across and y.min() <= self.y[1] and y.max() >= self.y[0])

    def leaves(self, x: float, y: float, to_x: float, to_y: float) -> tuple[float, float] | None:
        """Where a straight line from a place within the window leaves it, somewhat inside; None where it does not."""
        inner = [
            (side[0] + INSET * (side[1] - side[0]), side[1] - INSET * (side[1] - side[0])) for side in (self.x, self.y)
        ]
        (low_x, high_x), (low_y, high_y) = inner
        if not (low_x < x < high_x and low_y < y < high_y):
            return None
        shares = [
            (edge - start) / (end - start)
            for start, end, edges in ((x, to_x, inner[0]), (y, to_y, inner[1]))
            for edge in edges
            if (edge - start) * (end - start) > 0.0
        ]
        share = min((share for share in shares if share < 1.0), default=None)
        return None if share is None else (x + share * (to_x - x), y + share * (to_y - y))

    def surroundings(self) -> "Window":
        """All that a picture of any proportions may show, of which the window is the middle."""
        width, height = self.x[1] - self.x[0], self.y[1] - self.y[0]
        x, y = self.middle
        return Window(_around(x, max(width, WIDEST * height)), _around(y, max(height, TALLEST * width)))

    def joined(self, other: "Window") -> "Window":
        """Smallest window that contains both."""
        return Window(
            (min(self.x[0], other.x[0]), max(self.x[1], other.x[1])),
            (min(self.y[0], other.y[0]), max(self.y[1], other.y[1])),
        )


def window_around(x: ArrayLike, y: ArrayLike) -> Window:
    """Fit a window to places, with a margin.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        The places [km], at least one.
    """
    places: Any = np.column_stack([x, y])
    low, high = places.min(axis=0), places.max(axis=0)
    middle = (low + high) / 2.0
    width, height = np.maximum(high - low + 2.0 * MARGIN * (high - low).max(), LEAST_SIDE)
    width, height = max(width, height / STEEPEST), max(height, width * FLATTEST)
    return Window(_around(middle[0], width), _around(middle[1], height))


def _around(middle: float, side: float) -> tuple[float, float]:
    return float(middle - side / 2.0), float(middle + side / 2.0)
