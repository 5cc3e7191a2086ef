"""Names of limits, as planners know them."""

from collections.abc import Mapping
from functools import cached_property

from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, names_of_places, process_name, told_apart, word_names
from routeplan.language.language import Words
from routeplan.schema import units
from routeplan.schema.inputs import ALL
from routeplan.why.limit import Kind, Limit, NamedLimit
from routeplan.why.limit_texts import DECIDED_ON, DECISIONS, NAMES, PLACES, TEXTS, Text

UNITS: Mapping[Kind, str] = {
    Kind.GRID: units.POWER,
    Kind.SUPPLY: units.ENERGY,
    Kind.POT: units.MONEY,
    Kind.TARGET: units.CO2,
}
"""Unit of what is added to a limit; of links, hubs and sources it is that of their carrier."""

OF_SEVERAL = (Kind.GRID, Kind.SOURCE, Kind.REACH)
"""Kinds that are told in other words for each room or carrier, the last that their place names."""

OF_YEARS = (Kind.LEAD_TIME, Kind.LINK, Kind.HUB)
"""Kinds whose number in the tables is a year."""


class LimitNames:
    """Names of the limits of an instance in a language.

    Things are called by their names in the tables, with the id where several are called the same; one without a name
    by its id.

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
        if limit.kind is Kind.SOURCE:
            return units.OF_CARRIER[limit.place[1]]
        return UNITS.get(limit.kind, "")

    def name(self, limit: Limit) -> str:
        """What the limit is, for all periods together, as the subject of a sentence."""
        first_year = self._first_years.get(limit.place, "")
        return self.words(NAMES[limit.kind], **self._place(limit), first_year=first_year)

    def with_number(self, limit: NamedLimit) -> str:
        """A limit of the tables, with its number."""
        return self.words(_text(limit).limit, **self._values(limit))

    def beyond(self, limit: NamedLimit, amount: float) -> str:
        """What is needed beyond a limit of the tables: an amount, in its unit, where it is one."""
        return self.words(_text(limit).excess, **self._values(limit), amount=self.words.number(amount))

    def _values(self, limit: NamedLimit) -> dict[str, object]:
        """What stands in the place of the names of a text."""
        most = f"{limit.most:.0f}" if limit.kind in OF_YEARS else self.words.number(limit.most)
        decision = self._decision(limit) if limit.kind is Kind.DECIDED else ""
        unit = self.words.unit(limit.unit)
        return {**self._place(limit), "unit": unit, "most": most, "period": limit.period, "decision": decision}

    def _place(self, limit: Limit | NamedLimit) -> dict[str, str]:
        """What the place of a limit names, as readers know it."""
        # The room of a limit on the grid is told by its text.
        given = dict(zip(PLACES[limit.kind], limit.place, strict=limit.kind is not Kind.GRID))
        if limit.kind is Kind.DECIDED:
            item = self._shown(DECIDED_ON[given["decision"]], given["item"])
            return given | {"item": item, "choice": self.words.name(given["choice"])}
        return {column: self._shown(column, item) for column, item in given.items()}

    def _decision(self, limit: NamedLimit) -> str:
        place = self._place(limit)
        text = DECISIONS[place["decision"], place["value"]]
        return self.words(text, item=place["item"], choice=place["choice"], period=limit.period)

    def _shown(self, column: str, item: str) -> str:
        """An id of a place as readers know it."""
        if column == "scope":
            return self._scope(item)
        if item == ALL:
            return self.words("all regions")
        return self._named[column].get(item, item) if column in self._named else self.words.name(item)

    def _scope(self, scope: str) -> str:
        """The scope of a target."""
        kind, _, name = scope.partition(":")
        if kind == "sector":
            return self.words("sector {name}", name=self.words.name(name))
        return self.words("region {name}", name=name) if kind == "region" else self.words("all sites")

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
        """Names by id, by column; a link is called by its ends, reinforcements and regions by their ids."""
        instance, words = self._instance, self.words
        tables = {"area": "areas", "hub": "hubs", "pot": "pots", "site": "sites"}
        ids: dict[str, dict[str, str]] = {column: {} for column in ("reinforcement", "zone", "year")}
        found = {column: told_apart(names_in(instance, table, words)) for column, table in tables.items()}
        node = told_apart(names_of_places(instance, words))
        links = instance["links"][["link", "from", "to"]].itertuples(index=False, name=None)
        link = told_apart({link: f"{node[start]} – {node[end]}" for link, start, end in links})
        route = word_names(instance["routes"]["route"], words)
        return ids | found | {"node": node, "link": link, "route": route, "process": self._processes(found["site"])}

    def _processes(self, sites: Mapping[str, str]) -> dict[str, str]:
        """Names of processes, each with its site; at a site without a name the id of the process says enough."""
        table = self._instance["processes"]
        return told_apart(
            {
                process: process
                if sites[site] == site
                else self.words(
                    "{process} at {site}", process=process_name(process, site, self.words), site=sites[site]
                )
                for process, site in zip(table["process"], table["site"], strict=True)
            }
        )


def _text(limit: NamedLimit) -> Text:
    return TEXTS[limit.kind, limit.place[-1] if limit.kind in OF_SEVERAL else ""]
