"""Trajectory of a search: the best point and bound known at each moment."""

import time
from math import isfinite

from routeplan.bench.mps_lines import INFINITE
from routeplan.bench.trajectory import Event
from routeplan.instance.horizon import FloatArray


def finite(value: float) -> float | None:
    """A number that a solver tells; none where it stands for infinity."""
    return float(value) if isfinite(value) and abs(value) < INFINITE else None


class Trajectory:
    """What a search has told so far, with the moments at which it did. It starts when it is made.

    Attributes
    ----------
    started : float
        `time.monotonic` of the start.
    objective, bound : float, optional
        The best so far.
    root_bound : float, optional
        The best bound that was told of the root node.
    x : FloatArray, optional
        The point of the best objective, where the solver shows it during the search.
    """

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.objective: float | None = None
        self.bound: float | None = None
        self.root_bound: float | None = None
        self.x: FloatArray | None = None
        self._events: list[Event] = []

    @property
    def elapsed(self) -> float:
        """Time since the start [s]."""
        return time.monotonic() - self.started

    @property
    def events(self) -> tuple[Event, ...]:
        """Every moment at which a better point or bound was told."""
        return tuple(self._events)

    def found(self, objective: float | None, x: FloatArray | None = None) -> None:
        """Keep a point that is better than those before."""
        told = None if objective is None else finite(objective)
        if told is not None and (self.objective is None or told < self.objective):
            self.objective, self.x = told, x
            self._record()

    def proved(self, bound: float | None, *, at_root: bool = False) -> None:
        """Keep a bound that is better than those before; one that the search has at its root is told as such."""
        told = None if bound is None else finite(bound)
        if at_root and told is not None:
            self.root_bound = told if self.root_bound is None else max(told, self.root_bound)
        if told is not None and (self.bound is None or told > self.bound):
            self.bound = told
            self._record()

    def _record(self) -> None:
        self._events.append(Event(self.elapsed, self.objective, self.bound))
