"""The texts in which limits, and what is needed beyond them, are told; `names` tells what stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from routeplan.errors import Message
from routeplan.why.limit import Kind

PLACES: Mapping[Kind, tuple[str, ...]] = {
    Kind.LEAD_TIME: ("process", "route"),
    Kind.STOP: ("process",),
    Kind.REACH: ("site", "carrier"),
    Kind.LINK: ("carrier", "year"),
    Kind.LINK_CAPACITY: ("link",),
    Kind.HUB: ("carrier", "year"),
    Kind.HUB_CAPACITY: ("hub", "option"),
    Kind.SOURCE: ("node", "carrier"),
    Kind.GRID: ("area",),
    Kind.SUPPLY: ("commodity", "zone"),
    Kind.SUPPORT: ("process", "route"),
    Kind.POT: ("pot",),
    Kind.TARGET: ("scope",),
    Kind.DECIDED: ("decision", "item", "choice", "value"),
    Kind.ROUTE: ("process",),
}
"""What the place of a limit of each kind names; a limit of the tables on the grid names its room too."""

NAMES: Mapping[Kind, str] = {
    Kind.LEAD_TIME: Message("{route} can be had from {first_year} on"),
    Kind.STOP: Message("no maintenance stop in that period"),
    Kind.REACH: Message("no link for {carrier} reaches the site"),
    Kind.LINK: Message("network for {carrier}, planned for {year}"),
    Kind.LINK_CAPACITY: Message("no room in link {link}"),
    Kind.HUB: Message("hubs for {carrier}, planned for {year}"),
    Kind.HUB_CAPACITY: Message("no room in hub {hub}, {option}"),
    Kind.SOURCE: Message("supply or storage of {carrier} at {node}"),
    Kind.GRID: Message("grid of {area}"),
    Kind.SUPPLY: Message("no more {commodity} for {zone}"),
    Kind.SUPPORT: Message("funding gap above what may be paid"),
    Kind.POT: Message("pot {pot}"),
    Kind.TARGET: Message("emission target of {scope}"),
    Kind.DECIDED: Message("a decision about {item}: {choice}"),
}
"""How a limit of each kind is called, for all periods together."""


@dataclass(frozen=True)
class Text:
    """How a limit of the tables is told.

    Parameters
    ----------
    excess : str
        What is needed beyond it.
    limit : str
        The limit itself, with its number.
    """

    excess: str
    limit: str


TEXTS: Mapping[tuple[Kind, str], Text] = {
    (Kind.TARGET, ""): Text(
        Message("{amount} {unit} more emissions in {period} (target of {scope}: {most} {unit})"),
        Message("target of {scope} in {period}: {most} {unit}"),
    ),
    (Kind.POT, ""): Text(
        Message("{amount} {unit} more in pot {pot} in {period} (budget: {most} {unit})"),
        Message("budget of pot {pot} in {period}: {most} {unit}"),
    ),
    (Kind.GRID, "firm"): Text(
        Message("{amount} {unit} more firm capacity on the grid of {area} in {period} (headroom: {most} {unit})"),
        Message("firm headroom on the grid of {area} in {period}: {most} {unit}"),
    ),
    (Kind.GRID, "total"): Text(
        Message(
            "{amount} {unit} more flexible capacity on the grid of {area} in {period} (headroom, firm and flexible: "
            "{most} {unit})"
        ),
        Message("headroom on the grid of {area} in {period}, firm and flexible: {most} {unit}"),
    ),
    (Kind.LINK_CAPACITY, ""): Text(
        Message("{amount} {unit} more capacity of link {link} (now {most} {unit})"),
        Message("capacity of link {link}: {most} {unit}"),
    ),
    (Kind.HUB_CAPACITY, ""): Text(
        Message("{amount} {unit} more capacity of hub {hub}, {option} (now {most} {unit})"),
        Message("capacity of hub {hub}, {option}: {most} {unit}"),
    ),
    (Kind.SOURCE, "co2"): Text(
        Message("{amount} {unit} more CO2 storage at {node} in {period} (now {most} {unit})"),
        Message("CO2 storage at {node} in {period}: {most} {unit}"),
    ),
    (Kind.SOURCE, "hydrogen"): Text(
        Message("{amount} {unit} more hydrogen at {node} in {period} (now {most} {unit})"),
        Message("hydrogen at {node} in {period}: {most} {unit}"),
    ),
    (Kind.SUPPLY, ""): Text(
        Message("{amount} {unit} more {commodity} for {zone} in {period} (now {most} {unit})"),
        Message("{commodity} for {zone} in {period}: {most} {unit}"),
    ),
    (Kind.DECIDED, ""): Text(
        Message("dropping a decision ({decision})"),
        Message("decided: {decision}"),
    ),
    (Kind.LEAD_TIME, ""): Text(
        Message("option {route} of process {process} before its first year ({most})"),
        Message("first year of option {route} of process {process}: {most}"),
    ),
    (Kind.LINK, ""): Text(
        Message("the network for {carrier} before its first year ({most})"),
        Message("first year of the network for {carrier}: {most}"),
    ),
    (Kind.HUB, ""): Text(
        Message("the hubs for {carrier} before their first year ({most})"),
        Message("first year of the hubs for {carrier}: {most}"),
    ),
    (Kind.STOP, ""): Text(
        Message("a start of process {process} outside its maintenance stops"),
        Message("maintenance stops of process {process}"),
    ),
    (Kind.REACH, "co2"): Text(
        Message("a link for CO2 from site {site}"),
        Message("no link for CO2 from site {site}"),
    ),
    (Kind.REACH, "hydrogen"): Text(
        Message("a link for hydrogen to site {site}"),
        Message("no link for hydrogen to site {site}"),
    ),
    (Kind.SUPPORT, ""): Text(
        Message("support for option {route} of process {process} beyond the rules of the pots"),
        Message("rules of the pots for option {route} of process {process}"),
    ),
    (Kind.ROUTE, ""): Text(
        Message("another option for process {process} in {period}"),
        Message("process {process} must run an option in {period}"),
    ),
}
"""By kind of limit, and by what it is of where that is told in other words."""

DECISIONS: Mapping[tuple[str, str], str] = {
    ("runs", "1"): Message("process {item} runs {choice} in {period}"),
    ("runs", "0"): Message("process {item} does not run {choice} in {period}"),
    ("built", "1"): Message("link {item} is there in size {choice} in {period}"),
    ("built", "0"): Message("link {item} is not there in size {choice} in {period}"),
    ("open", "1"): Message("hub {item} has {choice} open in {period}"),
    ("open", "0"): Message("hub {item} does not have {choice} open in {period}"),
    ("reinforced", "1"): Message("reinforcement {item} is there in {period}"),
    ("reinforced", "0"): Message("reinforcement {item} is not there in {period}"),
}
"""By kind of decision, and whether it is for (1) or against (0)."""

DECIDED_ON: Mapping[str, str] = {"runs": "process", "built": "link", "open": "hub", "reinforced": "reinforcement"}
"""What the item of each kind of decision is."""
