"""Causes: what stands in the way of projects, in the few groups in which it is counted."""

from collections.abc import Iterable
from enum import StrEnum

from routeplan.why.limit import Kind, Limit


class Cause(StrEnum):
    """Cause for which a project cannot go ahead, in the order in which they are listed."""

    CONGESTION = "congestion"
    """The grid is full."""
    DISTANCE = "distance"
    """No network reaches the site, or none with room."""
    TIMING = "timing"
    """Networks, hubs and sources of hydrogen and CO2 come later."""
    SUPPLY = "supply"
    """Green gas or heat is used up."""
    MONEY = "money"
    """The funding gap is larger than what may be paid, or the pots are empty."""
    TARGET = "target"
    """More would be emitted than a target allows."""
    DECISION = "decision"
    """It is decided otherwise."""
    OWN_TIMING = "own_timing"
    """The option is not there yet, or the process has no maintenance stop in this period."""


OF_KIND = {
    Kind.GRID: Cause.CONGESTION,
    Kind.REACH: Cause.DISTANCE,
    Kind.LINK_CAPACITY: Cause.DISTANCE,
    Kind.LINK: Cause.TIMING,
    Kind.HUB: Cause.TIMING,
    Kind.HUB_CAPACITY: Cause.TIMING,
    Kind.SOURCE: Cause.TIMING,
    Kind.SUPPLY: Cause.SUPPLY,
    Kind.SUPPORT: Cause.MONEY,
    Kind.POT: Cause.MONEY,
    Kind.TARGET: Cause.TARGET,
    Kind.DECIDED: Cause.DECISION,
    Kind.LEAD_TIME: Cause.OWN_TIMING,
    Kind.STOP: Cause.OWN_TIMING,
}
"""Cause of which each kind of limit is a case."""

TOGETHER = " + "
"""Stands between causes that hold a project back together."""


def causes_of(limits: Iterable[Limit]) -> tuple[Cause, ...]:
    """Causes of a set of limits, in their order, each once.

    What the firm's own timing adds to another cause is left out: it ends with the next maintenance stop.
    """
    found = {OF_KIND[limit.kind] for limit in limits}
    others = found - {Cause.OWN_TIMING}
    return tuple(cause for cause in Cause if cause in (others or found))
