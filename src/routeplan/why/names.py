"""Names of limits, as planners know them."""

from collections.abc import Mapping
from functools import cached_property

from routeplan.errors import Message
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.schema import units
from routeplan.schema.inputs import ALL
from routeplan.why.limit import Kind, Limit

UNITS: Mapping[Kind, str] = {
    Kind.GRID: units.POWER,
    Kind.SUPPLY: units.ENERGY,
    Kind.POT: units.MONEY,
    Kind.TARGET: units.CO2,
}
"""Unit of what is added to a limit; of links and hubs it is that of their carrier."""


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
}
"""What the place of a limit of each kind names."""

TEXTS: Mapping[Kind, str] = {
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
"""How a limit of each kind is called."""


class LimitNames:
    """Names of the limits of an instance in a language.

    Parameters
    ----------
    instance : Instance
        The instance.
    words : Words
        The language.
    """

    def __init__(self, instance: Instance, words: Words) -> None:
        self._instance, self.words = instance, words

    def unit(self, limit: Limit) -> str:
        """Unit of what is added to a limit; empty where that is no amount."""
        if limit.kind is Kind.LINK_CAPACITY:
            return units.OF_CARRIER[self._carrier_of["links"][limit.place[0]]]
        if limit.kind is Kind.HUB_CAPACITY:
            return units.OF_CARRIER[self._carrier_of["hubs"][limit.place[0]]]
        return UNITS.get(limit.kind, "")

    def name(self, limit: Limit) -> str:
        """What the limit is, as the subject of a sentence."""
        kind = limit.kind
        shown = {column: self._shown(column, item) for column, item in zip(PLACES[kind], limit.place, strict=True)}
        return self.words(TEXTS[kind], **shown, first_year=self._first_years.get(limit.place, ""))

    def _shown(self, column: str, item: str) -> str:
        """An id of a place as readers know it."""
        if item == ALL:
            return self.words("all regions")
        return self._named[column].get(item, item) if column in self._named else self.words.name(item)

    @cached_property
    def _first_years(self) -> dict[tuple[str, ...], int]:
        """First year of each option that has one."""
        options = self._instance["options"].dropna(subset="first_year")
        keys = zip(options["process"], options["route"], strict=True)
        return dict(zip(keys, options["first_year"].astype(int), strict=True))

    @cached_property
    def _carrier_of(self) -> dict[str, dict[str, str]]:
        links, hubs = self._instance["links"], self._instance["hubs"]
        return {
            "links": dict(zip(links["link"], links["carrier"], strict=True)),
            "hubs": dict(zip(hubs["hub"], hubs["carrier"], strict=True)),
        }

    @cached_property
    def _named(self) -> dict[str, dict[str, str]]:
        """Names by id, by column; ids of links, processes, regions and sectors are names themselves."""
        instance, words = self._instance, self.words
        tables = {"area": "areas", "hub": "hubs", "pot": "pots", "site": "sites"}
        ids: dict[str, dict[str, str]] = {column: {} for column in ("link", "process", "zone", "scope", "year", "item")}
        found = {column: names_in(instance, table, words) for column, table in tables.items()}
        return ids | found | {"node": names_of_places(instance, words)}
