"""Causes: what stands in the way of projects, in the few groups in which it is counted."""

from collections.abc import Iterable
from enum import StrEnum

from routeplan.instance.instance import Instance
from routeplan.why.judged import Judged
from routeplan.why.limit import Kind, Limit


class Cause(StrEnum):
    """Cause for which a project cannot go ahead, in the order in which they are listed."""

    CONGESTION = "congestion"
    """The grid is full."""
    DISTANCE = "distance"
    """No network reaches the site, or none with room."""
    TIMING = "timing"
    """Networks and hubs of hydrogen and CO2 come later, or sources that have nothing yet."""
    SUPPLY = "supply"
    """Green gas or heat is used up, or what sources and hubs of hydrogen and CO2 can do."""
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
    Kind.HUB_CAPACITY: Cause.SUPPLY,
    Kind.SOURCE: Cause.SUPPLY,
    Kind.SUPPLY: Cause.SUPPLY,
    Kind.SUPPORT: Cause.MONEY,
    Kind.POT: Cause.MONEY,
    Kind.TARGET: Cause.TARGET,
    Kind.DECIDED: Cause.DECISION,
    Kind.LEAD_TIME: Cause.OWN_TIMING,
    Kind.STOP: Cause.OWN_TIMING,
}
"""Cause of which each kind of limit is a case; a source that has something later only is one of timing."""

TOGETHER = " + "
"""Stands between causes that hold a project back together."""


class Causes:
    """Causes for which projects of an instance cannot go ahead.

    Parameters
    ----------
    instance : Instance
        The instance.
    """

    def __init__(self, instance: Instance) -> None:
        given = instance["sources"].query("capacity > 0")
        self._from: dict[object, int] = given.groupby(["node", "carrier"])["period"].min().to_dict()

    def of(self, limits: Iterable[Limit], period: int) -> tuple[Cause, ...]:
        """Causes of a set of limits for a project that is wanted in a period, in their order, each once.

        What the firm's own timing adds to another cause is left out: it ends with the next maintenance stop.
        """
        found = {self._of_limit(limit, period) for limit in limits}
        others = found - {Cause.OWN_TIMING}
        return tuple(cause for cause in Cause if cause in (others or found))

    def of_project(self, judged: Judged) -> str:
        """Causes for which a project is impossible when it is wanted; empty where none was found."""
        sets = judged.found.sets if judged.found else ()
        return TOGETHER.join(self.of(sets[0], judged.wish.period)) if sets else ""

    def _of_limit(self, limit: Limit, period: int) -> Cause:
        if limit.kind is not Kind.SOURCE:
            return OF_KIND[limit.kind]
        return Cause.TIMING if self._from.get(limit.place, period) > period else Cause.SUPPLY
