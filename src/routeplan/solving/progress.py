"""Progress of a running method."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from routeplan.schema.results import PROGRESS


@dataclass(frozen=True)
class Progress:
    """Progress at one moment.

    Parameters
    ----------
    seconds : float
        Seconds since the start.
    stage : str
        Stage of the method that begins, or tells what is new: two go on beside each other.
    objective, bound : float, optional
        Best objective and best bound so far.
    """

    seconds: float
    stage: str
    objective: float | None
    bound: float | None

    @property
    def begins(self) -> bool:
        """Whether it only says that a stage begins."""
        return self.objective is None and self.bound is None


OnProgress = Callable[[Progress], None]


@dataclass
class ProgressLog:
    """Log of the progress over time, reported to a listener.

    Parameters
    ----------
    on_progress : callable, optional
        Called with each news.
    """

    on_progress: OnProgress | None = None
    begun: float = field(default_factory=time.monotonic)
    stage: str = ""
    entries: list[Progress] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.begun

    def enter(self, stage: str) -> None:
        """Begin a stage."""
        self.stage = stage
        self._note(Progress(self.seconds, stage, None, None))

    def record(self, objective: float | None, bound: float | None, stage: str | None = None) -> None:
        """Record an objective and a bound, where either is new, and the stage that tells them: else the last begun."""
        last = self.entries[-1] if self.entries else None
        if last is None or (last.objective, last.bound) != (objective, bound):
            self._note(Progress(self.seconds, stage or self.stage, objective, bound))

    def _note(self, entry: Progress) -> None:
        self.entries.append(entry)
        if self.on_progress:
            self.on_progress(entry)

    def table(self) -> pd.DataFrame:
        """The table ``progress``."""
        rows = [(entry.seconds, entry.stage, entry.objective, entry.bound) for entry in self.entries]
        table = pd.DataFrame(rows, columns=PROGRESS.names)
        return table.astype({"seconds": float, "stage": "str", "objective": float, "bound": float})
