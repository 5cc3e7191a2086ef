"""The texts in which limits, and what is needed beyond them, are told."""

from dataclasses import dataclass

from routeplan.errors import Message
from routeplan.why.limit import Kind


@dataclass(frozen=True)
class Text:
    """How the limits of one kind are told.

    Parameters
    ----------
    place : tuple of str
        What the place of such a limit names.
    excess : str
        What is needed beyond it.
    limit : str
        The limit itself.
    """

    place: tuple[str, ...]
    excess: str
    limit: str


TEXTS = {
    (Kind.TARGET, ""): Text(
        ("scope",),
        Message("{amount} {unit} more emissions in {period} (target of {scope}: {most} {unit})"),
        Message("target of {scope} in {period}: {most} {unit}"),
    ),
    (Kind.POT, ""): Text(
        ("pot",),
        Message("{amount} {unit} more in pot {pot} in {period} (budget: {most} {unit})"),
        Message("budget of pot {pot} in {period}: {most} {unit}"),
    ),
    (Kind.GRID, "firm"): Text(
        ("area", "room"),
        Message("{amount} {unit} more firm capacity in area {area} in {period} (headroom: {most} {unit})"),
        Message("firm headroom of area {area} in {period}: {most} {unit}"),
    ),
    (Kind.GRID, "total"): Text(
        ("area", "room"),
        Message(
            "{amount} {unit} more flexible capacity in area {area} in {period} (headroom, firm and flexible: {most} "
            "{unit})"
        ),
        Message("headroom of area {area} in {period}, firm and flexible: {most} {unit}"),
    ),
    (Kind.LINK_CAPACITY, ""): Text(
        ("link",),
        Message("{amount} {unit} more capacity of link {link} (now {most} {unit})"),
        Message("capacity of link {link}: {most} {unit}"),
    ),
    (Kind.HUB_CAPACITY, ""): Text(
        ("hub", "option"),
        Message("{amount} {unit} more capacity of hub {hub}, {option} (now {most} {unit})"),
        Message("capacity of hub {hub}, {option}: {most} {unit}"),
    ),
    (Kind.SOURCE, "co2"): Text(
        ("node", "carrier"),
        Message("{amount} {unit} more CO2 storage at {node} in {period} (now {most} {unit})"),
        Message("CO2 storage at {node} in {period}: {most} {unit}"),
    ),
    (Kind.SOURCE, "hydrogen"): Text(
        ("node", "carrier"),
        Message("{amount} {unit} more hydrogen at {node} in {period} (now {most} {unit})"),
        Message("hydrogen at {node} in {period}: {most} {unit}"),
    ),
    (Kind.SUPPLY, ""): Text(
        ("commodity", "zone"),
        Message("{amount} {unit} more {goods} for {where} in {period} (now {most} {unit})"),
        Message("{goods} for {where} in {period}: {most} {unit}"),
    ),
    (Kind.DECIDED, ""): Text(
        ("decision", "item", "choice", "value"),
        Message("dropping a decision ({decision})"),
        Message("decided: {decision}"),
    ),
    (Kind.LEAD_TIME, ""): Text(
        ("process", "route"),
        Message("option {route} of process {process} before its first year ({most})"),
        Message("first year of option {route} of process {process}: {most}"),
    ),
    (Kind.LINK, ""): Text(
        ("carrier", "year"),
        Message("the network for {goods} before its first year ({most})"),
        Message("first year of the network for {goods}: {most}"),
    ),
    (Kind.HUB, ""): Text(
        ("carrier", "year"),
        Message("the hubs for {goods} before their first year ({most})"),
        Message("first year of the hubs for {goods}: {most}"),
    ),
    (Kind.STOP, ""): Text(
        ("process",),
        Message("a start of process {process} outside its maintenance stops"),
        Message("maintenance stops of process {process}"),
    ),
    (Kind.REACH, "co2"): Text(
        ("site", "carrier"),
        Message("a link for CO2 from site {site}"),
        Message("no link for CO2 from site {site}"),
    ),
    (Kind.REACH, "hydrogen"): Text(
        ("site", "carrier"),
        Message("a link for hydrogen to site {site}"),
        Message("no link for hydrogen to site {site}"),
    ),
    (Kind.SUPPORT, ""): Text(
        ("process", "route"),
        Message("support for option {route} of process {process} beyond the rules of the pots"),
        Message("rules of the pots for option {route} of process {process}"),
    ),
    (Kind.ROUTE, ""): Text(
        ("process",),
        Message("another option for process {process} in {period}"),
        Message("process {process} must run an option in {period}"),
    ),
}
"""By kind of limit, and by what it is of where that is told in other words."""

DECISIONS = {
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
