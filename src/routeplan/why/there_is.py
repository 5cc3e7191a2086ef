"""What there is of the limits that stand in the way of projects, in words: a line for each limit."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import pandas as pd

from routeplan.instance.names import process_name
from routeplan.language.language import Words
from routeplan.network.needs import NEED
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.why.connection import connection_in_words
from routeplan.why.facts import Facts
from routeplan.why.judged import Judged
from routeplan.why.left import hub_in_words, link_in_words, pot_in_words, source_in_words, supply_in_words
from routeplan.why.limit import Kind, Limit
from routeplan.why.new_capacity import asked_of_grid
from routeplan.why.room import room_in_words
from routeplan.why.told import SETS
from routeplan.why.wishes import Wish

Held = Mapping[tuple[Limit, int], Sequence[Wish]]
"""Projects that a limit holds back, by the limit and the period in which they are wanted."""


def there_is(result: Result, judged: Sequence[Judged], words: Words) -> list[str]:
    """Tell what there is of each limit that reasons name, in the period in which the projects are wanted.

    Grid: what is asked, room, who takes it and dated works. Green gas, heat, sources, full links and hubs, and pots:
    what is asked, what there is, what is left and who has most. Networks: the connection that the site can have.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    judged : sequence of Judged
        The verdicts.
    words : Words
        The language.
    """
    return there_is_beside(Facts(result, {each.wish.site for each in judged}), judged, words)


def there_is_beside(facts: Facts, judged: Sequence[Judged], words: Words) -> list[str]:
    """Tell the same, with facts of the result for the sites of the projects."""
    held: dict[tuple[Limit, int], list[Wish]] = {}
    for each in judged:
        for limit in sorted(frozenset().union(*each.found.sets[:SETS]) if each.found else ()):
            held.setdefault((limit, each.wish.period), []).append(each.wish)
    return there_is_of(facts, held, words)


def there_is_of(facts: Facts, held: Held, words: Words) -> list[str]:
    """Tell what there is of limits, as `there_is` does.

    Parameters
    ----------
    facts : Facts
        Facts of the plan, for the sites of the projects.
    held : mapping of (Limit, int) to sequence of Wish
        Projects that each limit holds back, by limit and period.
    words : Words
        The language.
    """
    told = _There(facts, words)
    lines = (line for (limit, period), wishes in sorted(held.items()) for line in told.of(limit, period, wishes))
    return list(dict.fromkeys(lines))


class _There:
    """Tells what there is of limits."""

    def __init__(self, facts: Facts, words: Words) -> None:
        self.words, self._facts = words, facts

    def of(self, limit: Limit, period: int, wishes: Sequence[Wish]) -> Iterator[str]:
        """What there is of a limit that holds back projects of a period."""
        facts, place, words = self._facts, limit.place, self.words
        match limit.kind:
            case Kind.GRID:
                yield from self._of_contracts(wishes)
                yield room_in_words(facts.result, place[0], period, words)
            case Kind.SUPPLY:
                asked = self._asked(wishes, place[0], units.ENERGY)
                yield f"{asked} {supply_in_words(facts, place[0], place[1], period, words)}"
            case Kind.POT:
                yield " ".join([pot_in_words(facts.result, place[0], period, words), *self._paid(wishes, place[0])])
            case Kind.LINK | Kind.HUB:
                yield from self._connections(wishes, place[0])
            case Kind.REACH:
                yield from self._connections(wishes, place[1])
            case Kind.SOURCE | Kind.LINK_CAPACITY | Kind.HUB_CAPACITY:
                carrier, told = self._of_network(limit, period)
                yield f"{self._asked(wishes, NEED[carrier], units.OF_CARRIER[carrier])} {told}"

    def _of_network(self, limit: Limit, period: int) -> tuple[str, str]:
        """Carrier of a source, link or hub, and what there is of it."""
        facts, place, words = self._facts, limit.place, self.words
        match limit.kind:
            case Kind.LINK_CAPACITY:
                return self._carrier["links"][place[0]], link_in_words(facts, place[0], period, words)
            case Kind.HUB_CAPACITY:
                return self._carrier["hubs"][place[0]], hub_in_words(facts, place[0], place[1], period, words)
            case _:
                return place[1], source_in_words(facts, place[0], place[1], period, words)

    def _of_contracts(self, wishes: Sequence[Wish]) -> Iterator[str]:
        """What each project asks of the grid, and what the contract of its site has for it."""
        uses = self._uses.loc[[(wish.process, wish.route, wish.period) for wish in wishes]].reset_index()
        has = asked_of_grid(self._facts, uses).clip(lower=0.0)
        asked = {"firm": uses["firm_asked"], "total": uses["total_asked"]}
        amounts = pd.DataFrame(asked | {"free": has["firm_free"], "all": has["total_free"]}).to_dict("records")
        for wish, told in zip(wishes, amounts, strict=True):
            yield self.words(
                "Asked for {route} ({process}): {firm} {unit} of firm capacity, {total} with flexible. Its contract "
                "has {free} for it in the plan, {all} with flexible.",
                process=process_name(wish.process, wish.site, self.words),
                route=self.words.name(wish.route),
                unit=self.words.unit(units.POWER),
                **{str(name): self.words.number(amount) for name, amount in told.items()},
            )

    def _connections(self, wishes: Sequence[Wish], carrier: str) -> Iterator[str]:
        """The connection of each site."""
        for site in dict.fromkeys(wish.site for wish in wishes):
            yield connection_in_words(self._facts, site, carrier, self.words)

    def _asked(self, wishes: Sequence[Wish], column: str, unit: str) -> str:
        """What options use of a column of the table ``options``."""
        return " ".join(
            self.words(
                "Asked for {route} ({process}): {amount} {unit}.",
                process=process_name(wish.process, wish.site, self.words),
                route=self.words.name(wish.route),
                amount=self.words.number(self._uses[column][wish.process, wish.route, wish.period]),
                unit=self.words.unit(unit),
            )
            for wish in wishes
        )

    def _paid(self, wishes: Sequence[Wish], pot: str) -> Iterator[str]:
        """The funding gap of each project, and what the rules of a pot let it pay of that."""
        for wish in wishes:
            if found := self._facts.gaps.of(wish):
                yield self.words(
                    "Of the funding gap of {route} ({process}), {amount} {unit}, this pot may pay {most} at most.",
                    process=process_name(wish.process, wish.site, self.words),
                    route=self.words.name(wish.route),
                    amount=self.words.number(found.gap),
                    unit=self.words.unit(units.MONEY),
                    most=self.words.number(found.by_pot.get(pot, 0.0)),
                )

    @cached_property
    def _uses(self) -> pd.DataFrame:
        """What options use, by process, route and period."""
        return self._facts.options.by_period.set_index(["process", "route", "period"])

    @cached_property
    def _carrier(self) -> dict[str, dict[str, str]]:
        """Carrier of each link and hub."""
        links, hubs = self._facts.result.instance["links"], self._facts.result.instance["hubs"]
        return {
            "links": dict(zip(links["link"], links["carrier"], strict=True)),
            "hubs": dict(zip(hubs["hub"], hubs["carrier"], strict=True)),
        }
