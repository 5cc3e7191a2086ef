"""Candidate places for names on the map: within polygons, along their borders, and just outside them."""

from collections.abc import Iterator

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.land.rings import inside
from routeplan.report.map.labels import GAP, Box, size_of
from routeplan.report.map.projection import Window

Place = tuple[float, float]
"""East and north [km]."""

Ring = tuple[list[float], list[float]]
"""Corners of a polygon, ``x`` and ``y`` [km]."""

GRAIN = 12
"""A polygon is looked through for a place for its name at so many places across and down."""

FEWEST = GRAIN
"""A country of which no more places are seen is not named."""

ALONG = 200
"""So many places are looked through along a border."""

WIDER = 3.0
"""The name of a country is so many times wider than high, about."""


def within(rings: list[Ring], outer: bool) -> list[Place]:
    """Places for the name of an area, the best first: in its middle; of one that holds all others, along its border.

    Parameters
    ----------
    rings : list of Ring
        What is drawn of the area, at least one.
    outer : bool
        Whether it holds all others; its name stands as far north as it can.
    """
    if outer:
        return sorted(_along(rings), key=lambda place: -place[1])
    x, y = (np.concatenate([ring[axis] for ring in rings]) for axis in (0, 1))
    largest = max(rings, key=lambda ring: float(np.ptp(ring[0]) * np.ptp(ring[1])))
    places = _grid(*largest)
    middle = np.mean(places, axis=0) if places else np.array([np.mean(x), np.mean(y)])
    apart = [float(np.hypot(*(place - middle))) for place in np.array(places).reshape(-1, 2)]
    return [tuple(middle.tolist()), *(places[at] for at in np.argsort(apart, kind="stable"))]


def outside(rings: list[Ring], text: str, font: float) -> Iterator[Box]:
    """Boxes for a name just outside an area: under it, above it, and to its right and left."""
    x, y = (np.concatenate([ring[axis] for ring in rings]) for axis in (0, 1))
    width, height = size_of(text, font)
    across, down = (-width / 2.0, width / 2.0), (-height / 2.0, height / 2.0)
    sides = [
        (np.argmin(y), *across, GAP, GAP + height),
        (np.argmax(y), *across, -GAP - height, -GAP),
        (np.argmax(x), GAP, GAP + width, *down),
        (np.argmin(x), -GAP - width, -GAP, *down),
    ]
    for corner, left, right, top, bottom in sides:
        yield Box(float(x[corner]), float(y[corner]), left, right, top, bottom)


def holds(ring: Ring, x: float, y: float) -> bool:
    """Whether a place lies in a polygon."""
    return bool(inside(x, y, *ring)[0])


def _along(rings: list[Ring]) -> list[Place]:
    """Places along borders, equally far apart, also between corners."""
    closed = [np.column_stack([np.append(x, x[:1]), np.append(y, y[:1])]) for x, y in rings]
    lengths = [np.concatenate([[0.0], np.hypot(*np.diff(line, axis=0).T).cumsum()]) for line in closed]
    step = sum(length[-1] for length in lengths) / ALONG
    places: list[Place] = []
    for line, length in zip(closed, lengths, strict=True):
        at = np.arange(0.0, max(length[-1], step / 2.0), step)
        places += zip(*(np.interp(at, length, line[:, axis]).tolist() for axis in (0, 1)), strict=True)
    return places


def _grid(x: list[float], y: list[float]) -> list[Place]:
    """Places on a grid that lie in a polygon."""
    places = _places(Window((min(x), max(x)), (min(y), max(y))))
    return [(east, north) for east, north in places[inside(places[:, 0], places[:, 1], x, y)].tolist()]


def _places(window: Window) -> FloatArray:
    """The places of a grid over a window, shape (GRAIN², 2)."""
    (west, east), (south, north) = window.x, window.y
    steps = (np.arange(GRAIN) + 0.5) / GRAIN
    across, up = np.meshgrid(west + steps * (east - west), south + steps * (north - south))
    return np.column_stack([across.ravel(), up.ravel()])


def deepest(rings: list[Ring], window: Window) -> list[Place]:
    """Places of a window that lie in polygons, those farthest from their borders and from the window's edges first."""
    places = _places(window)
    held = np.zeros(len(places), bool)
    for x, y in rings:
        held |= inside(places[:, 0], places[:, 1], x, y)
    within, beyond = places[held], places[~held]
    # A name is wide and low, so that it needs more room to its sides.
    ends = np.array([window.x, window.y])
    depth = np.abs(within[:, :, None] - ends).min(axis=2) / [WIDER, 1.0]
    apart = np.hypot(*((within[:, None] - beyond) / [WIDER, 1.0]).T).min(axis=0, initial=np.inf)
    order = np.argsort(-np.minimum(apart, depth.min(axis=1)), kind="stable")
    return [(east, north) for east, north in within[order].tolist()]
