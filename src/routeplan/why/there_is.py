"""What there is of the limits that stand in the way of projects, in words: a line for each limit."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from routeplan.instance.names import process_name
from routeplan.instance.options import Options
from routeplan.language.language import Words
from routeplan.network.needs import NEED
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.schema.inputs import SUPPLIED
from routeplan.why.connection import connection_in_words
from routeplan.why.gaps import Gaps
from routeplan.why.judged import Judged
from routeplan.why.left import pot_in_words, source_in_words, supply_in_words
from routeplan.why.limit import Kind, Limit
from routeplan.why.room import room_in_words
from routeplan.why.told import SETS
from routeplan.why.wishes import Wish


def there_is(result: Result, judged: Sequence[Judged], words: Words) -> list[str]:
    """Tell what there is of each limit that reasons name, in the period in which the projects are wanted.

    Grid: room, who takes it and dated works. Green gas, heat, sources and pots: what is asked, what there is, what is
    left and who has most. Networks: the connection that the site can have.

    Parameters
    ----------
    result : Result
        The result that the projects were held against.
    judged : sequence of Judged
        The verdicts.
    words : Words
        The language.
    """
    held: dict[tuple[Limit, int], list[Wish]] = {}
    for each in judged:
        for limit in sorted(frozenset().union(*each.found.sets[:SETS]) if each.found else ()):
            held.setdefault((limit, each.wish.period), []).append(each.wish)
    told = _There(result, words)
    lines = (line for (limit, period), wishes in sorted(held.items()) for line in told.of(limit, period, wishes))
    return list(dict.fromkeys(lines))


class _There:
    """Tells what there is of limits."""

    def __init__(self, result: Result, words: Words) -> None:
        self.words, self._result, self._gaps = words, result, Gaps(result.instance)

    def of(self, limit: Limit, period: int, wishes: Sequence[Wish]) -> Iterator[str]:
        """What there is of a limit that holds back projects of a period."""
        result, place, words = self._result, limit.place, self.words
        match limit.kind:
            case Kind.GRID:
                yield room_in_words(result, place[0], period, words)
            case Kind.SUPPLY:
                asked = self._asked(wishes, place[0], units.ENERGY)
                yield f"{asked} {supply_in_words(result, place[0], place[1], period, words)}"
            case Kind.SOURCE:
                asked = self._asked(wishes, NEED[place[1]], units.OF_CARRIER[place[1]])
                yield f"{asked} {source_in_words(result, place[0], place[1], period, words)}"
            case Kind.POT:
                yield " ".join([*self._lacking(wishes), pot_in_words(result, place[0], period, words)])
            case Kind.LINK | Kind.HUB:
                yield from self._connections(wishes, place[0])
            case Kind.REACH:
                yield from self._connections(wishes, place[1])

    def _connections(self, wishes: Sequence[Wish], carrier: str) -> Iterator[str]:
        """The connection of each site."""
        for site in dict.fromkeys(wish.site for wish in wishes):
            yield connection_in_words(self._result, site, carrier, self.words)

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

    def _lacking(self, wishes: Sequence[Wish]) -> Iterator[str]:
        """The funding gap of each project."""
        for wish in wishes:
            if found := self._gaps.of(wish):
                yield self.words(
                    "Funding gap of {route} ({process}): {amount} {unit}.",
                    process=process_name(wish.process, wish.site, self.words),
                    route=self.words.name(wish.route),
                    amount=self.words.number(found.gap),
                    unit=self.words.unit(units.MONEY),
                )

    @cached_property
    def _uses(self) -> dict[str, dict[tuple[str, str, int], float]]:
        """What options use, by column, process, route and period."""
        uses = Options(self._result.instance).by_period
        keys = list(zip(uses["process"], uses["route"], uses["period"].astype(int), strict=True))
        return {column: dict(zip(keys, uses[column], strict=True)) for column in (*SUPPLIED, *NEED.values())}
