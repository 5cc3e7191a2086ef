"""What is known in the course of a search, which those that look for points and bounds beside each other share."""

from dataclasses import dataclass, field
from threading import Event, Lock

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.session import OnPoint
from routeplan.solving.methods import Task


@dataclass(frozen=True, eq=False)
class Known:
    """A point that is known.

    Parameters
    ----------
    x : FloatArray, shape (C,)
        The point.
    value : float
        Its objective.
    stage : str
        The stage that found it.
    """

    x: FloatArray
    value: float
    stage: str


@dataclass(eq=False)
class Course:
    """The best point and the best bound so far.

    Parameters
    ----------
    task : Task
        What was asked.
    offered : Known, optional
        The best point that was offered to the search of the whole, or known before.
    own : Known, optional
        The last point that it has found itself.
    least : float
        The best objective; a search may have told it without its point.
    proven : float
        The best bound.
    prover : str, optional
        The stage that has proven it.
    begun : Event
        Set once the first of those that look for points has ended.
    over : Event
        Set where those that look for points and the search itself are to end, whatever is known.
    """

    task: Task
    offered: Known | None = None
    own: Known | None = None
    least: float = np.inf
    proven: float = -np.inf
    prover: str | None = None
    begun: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)
    _news: FloatArray | None = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def best(self) -> Known | None:
        """The best point so far."""
        points = [point for point in (self.offered, self.own) if point is not None]
        return min(points, key=lambda point: point.value, default=None)

    @property
    def enough(self) -> bool:
        """Whether the best objective is as near to the bound as was asked."""
        return bool(np.isfinite(self.least)) and self.within(self.least)

    def ends(self) -> bool:
        """Whether a search is to end now."""
        return self.over.is_set() or self.enough or self.task.stop()

    def within(self, value: float) -> bool:
        """Whether a value is as near to the bound as was asked."""
        return self.task.near_enough(value, self.proven)

    def learn(self, objective: float | None, bound: float | None, stage: str | None = None) -> None:
        """Record an objective and a bound that a stage tells; what is known from others holds where it has none."""
        with self._lock:
            self.least = self.least if objective is None else min(objective, self.least)
            if bound is not None and bound > self.proven:
                self.proven, self.prover = bound, stage
            least, proven = (value if np.isfinite(value) else None for value in (self.least, self.proven))
        self.task.progress.record(least, proven, stage)

    def offer(self, found: Known) -> None:
        """Offer a point to the search of the whole, where it is better than what is known."""
        if (best := self.best) is not None and best.value <= found.value:
            return
        self.offered, self._news = found, found.x
        self.learn(found.value, None, found.stage)

    def teller(self, matrices: Matrices, stage: str) -> OnPoint:
        """What offers the points that a stage finds, at what they cost."""
        return lambda x: self.offer(Known(x, matrices.value(x), stage))

    def taken(self) -> FloatArray | None:
        """The point that was offered last, once."""
        point, self._news = self._news, None
        return point
