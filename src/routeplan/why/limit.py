"""Limits that may stand in the way of a project, each by its kind and its place."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Kind of a limit, in the order in which limits are told."""

    GRID = "grid"
    """The area has no more room: table ``headroom``. Place: area."""
    REACH = "reach"
    """No link of the tables reaches the site. Place: site, carrier."""
    LINK_CAPACITY = "link_capacity"
    """The link carries no more: ``links.capacity``, ``sizes.capacity``. Place: link."""
    LINK = "link"
    """Links are there from a year on: ``links.first_year``. Place: carrier, year; those of one year are one limit."""
    HUB = "hub"
    """Hubs are there from a year on: ``hubs.first_year``. Place: carrier, year."""
    HUB_CAPACITY = "hub_capacity"
    """The hub handles no more: ``hubs.capacity``. Place: hub, option."""
    SOURCE = "source"
    """Nothing more is supplied or stored here: ``sources.capacity``. Place: node, carrier."""
    SUPPLY = "supply"
    """There is no more green gas or heat: table ``supply``. Place: commodity, zone."""
    SUPPORT = "support"
    """No rule lets the pots pay enough for this start: table ``support``. Place: process, route."""
    POT = "pot"
    """The pot has no more money: table ``budgets``. Place: pot."""
    TARGET = "target"
    """No more may be emitted: table ``targets``. Place: scope."""
    LEAD_TIME = "lead_time"
    """The option is there from a year on: ``options.first_year``. Place: process, route."""
    STOP = "stop"
    """The process starts options in its maintenance stops only: table ``windows``. Place: process."""
    DECIDED = "decided"
    """It is decided so: table ``decided``. Place: decision, item, choice, and 1 (for) or 0 (against)."""
    ROUTE = "route"
    """The process must run an option. Place: process."""


OF_FIRMS = (Kind.LEAD_TIME, Kind.STOP, Kind.SUPPORT)
"""Limits that hold back one process alone."""


BLANKS = {Kind.SUPPLY: 1, Kind.TARGET: 0}
"""Blanks between the parts of a place, of kinds whose last part is a word that may have some: ``Overig Zeeland``."""


@dataclass(frozen=True)
class Limit:
    """A limit, in every period.

    Parameters
    ----------
    kind : Kind
        What limits.
    place : tuple of str
        Where: the names that its kind says.
    """

    kind: Kind
    place: tuple[str, ...]

    @classmethod
    def read(cls, kind: str, place: str) -> "Limit":
        """The limit that a table tells of by its kind and its place, as `written`."""
        return cls(Kind(kind), tuple(place.split(" ", BLANKS.get(Kind(kind), -1))))

    @property
    def written(self) -> str:
        """Its place as a cell of a table; ids have no blanks (`BLANKS`)."""
        return " ".join(self.place)

    def __lt__(self, other: "Limit") -> bool:
        """By kind, in the order in which kinds are declared, then by place."""
        return (_ORDER[self.kind], self.place) < (_ORDER[other.kind], other.place)


_ORDER = {kind: order for order, kind in enumerate(Kind)}


@dataclass(frozen=True)
class NamedLimit:
    """A limit of the tables.

    Parameters
    ----------
    kind : Kind
        What limits.
    place : tuple of str
        Where: the names that its kind says; of the grid the area, and ``firm`` or ``total`` (firm and flexible).
    period : int, optional
        First year of the period; None where it stands in all of them.
    most : float
        The number in the tables: the amount, or the first year; NaN where there is none.
    unit : str
        Its unit; empty where it has none.
    """

    kind: Kind
    place: tuple[str, ...]
    period: int | None = None
    most: float = field(default=float("nan"), compare=False)
    unit: str = field(default="", compare=False)
