"""Limits that may stand in the way of a project, each by its kind and its place."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kind of a limit, in the order in which a planner would ask about it."""

    LEAD_TIME = "lead_time"
    """The option is there from a year on: ``options.first_year``. Place: process, route."""
    STOP = "stop"
    """The process starts options in its maintenance stops only: table ``windows``. Place: process."""
    REACH = "reach"
    """No link of the tables reaches the site. Place: site, carrier."""
    LINK = "link"
    """The link is there from a year on: ``links.first_year``. Place: link."""
    LINK_CAPACITY = "link_capacity"
    """The link carries no more: ``links.capacity``, ``sizes.capacity``. Place: link."""
    HUB = "hub"
    """The hub is there from a year on: ``hubs.first_year``. Place: hub, option."""
    HUB_CAPACITY = "hub_capacity"
    """The hub handles no more: ``hubs.capacity``. Place: hub, option."""
    SOURCE = "source"
    """Nothing more is supplied or stored here: ``sources.capacity``. Place: node, carrier."""
    GRID = "grid"
    """The area has no more room: table ``headroom``. Place: area."""
    SUPPLY = "supply"
    """There is no more green gas or heat: table ``supply``. Place: commodity, zone."""
    SUPPORT = "support"
    """No rule lets the pots pay enough for this start: table ``support``. Place: process, route."""
    POT = "pot"
    """The pot has no more money: table ``budgets``. Place: pot."""
    TARGET = "target"
    """No more may be emitted: table ``targets``. Place: scope."""
    DECIDED = "decided"
    """It is decided so: table ``decided``. Place: decision, item, choice, and 1 (for) or 0 (against)."""
    ROUTE = "route"
    """The process must run an option. Place: process."""


@dataclass(frozen=True, order=True)
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
