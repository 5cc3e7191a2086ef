"""What a run has over time: its events, and the best values so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite

from routeplan.errors import UsageError


@dataclass(frozen=True)
class Event:
    """What a run has at a moment; none: nothing new.

    Parameters
    ----------
    seconds : float
        Time since its start [s].
    incumbent, bound : float, optional
        Its best objective, and the value below which it proves that there is none.
    """

    seconds: float
    incumbent: float | None = None
    bound: float | None = None


def mean_until(limit: float, events: Sequence[Event], gap_at: Callable[[Event], float]) -> float:
    """Mean over time of a step function of the best values so far."""
    end = _checked_limit(limit)
    steps = [*improved(events), Event(inf)]
    spans = ((first, min(second.seconds, end) - min(first.seconds, end)) for first, second in pairwise(steps))
    return sum(gap_at(event) * span for event, span in spans if span > 0.0) / end


def improved(events: Sequence[Event]) -> list[Event]:
    """The events with the best values so far, after one at the start without any; refused when out of order."""
    found = [Event(0.0)]
    for event in events:
        if _checked_time("the time of an event", event.seconds) < found[-1].seconds:
            raise UsageError(
                f"an event at {event.seconds:g} s follows one at {found[-1].seconds:g} s; allowed: in the order of time"
            )
        incumbent = _better(min, found[-1].incumbent, event.incumbent)
        found.append(Event(event.seconds, incumbent, _better(max, found[-1].bound, event.bound)))
    return found


def _better(best: Callable[[float, float], float], old: float | None, new: float | None) -> float | None:
    """The better of two values, of which one or both may be missing."""
    if new is None or not isfinite(new):
        return old
    return new if old is None else best(old, new)


def _checked_time(what: str, seconds: float) -> float:
    """A time [s], refused when it is negative or no finite number."""
    if not (isfinite(seconds) and seconds >= 0.0):
        raise UsageError(f"{what} is {seconds:g} s; allowed: 0 or more")
    return seconds


def _checked_limit(seconds: float) -> float:
    """A time limit [s], refused when it is not positive or no finite number."""
    if not (isfinite(seconds) and seconds > 0.0):
        raise UsageError(f"the time limit is {seconds:g} s; allowed: more than 0")
    return seconds
