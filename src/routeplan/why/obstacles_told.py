"""Answers from tables in words."""

from collections.abc import Iterator, Sequence

from routeplan.language.language import Words
from routeplan.schema import units
from routeplan.why.facts import Facts
from routeplan.why.limit import Kind, Limit
from routeplan.why.obstacle import Obstacle, TableAnswer
from routeplan.why.there_is import there_is_of
from routeplan.why.told import LIMIT_MARK, Told
from routeplan.why.wishes import Wish


class ObstaclesTold:
    """Tells in words what tables say of projects.

    Parameters
    ----------
    facts : Facts
        Facts of the plan, for the sites of the projects.
    words : Words
        The language.
    """

    def __init__(self, facts: Facts, words: Words) -> None:
        self.words, self._facts = words, facts
        self._told = Told(facts.result, words, facts)

    def project(self, answer: TableAnswer) -> str:
        """What is wanted, where and when."""
        return self._told.project(answer.wish)

    def says(self, answer: TableAnswer) -> str:
        """What the tables say becomes of it."""
        words = self.words
        if answer.planned:
            return words("in the plan")
        if not answer.obstacles:
            planned = self._told.planned(answer.wish)
            return words("nothing in the tables stands in its way; the plan has {route}", route=planned)
        planned = self._told.planned(answer.wish, answer.clear_from)
        if answer.clear_from is None:
            return words("neither then nor later, by the tables; in the plan: {route}", route=planned)
        return words(
            "by the tables not before {year}; in the plan until then: {route}", year=answer.clear_from, route=planned
        )

    def reasons(self, answer: TableAnswer) -> list[str]:
        """What stands in its way by the tables, a line each."""
        lines = [f"{LIMIT_MARK}{self._obstacle(each, answer.wish)}" for each in _told_apart(answer.obstacles)]
        return [self.words("in the way, by the tables:"), *lines] if lines else []

    def there_is(self, answers: Sequence[TableAnswer]) -> list[str]:
        """What there is of each limit that stands in the way."""
        held: dict[tuple[Limit, int], list[Wish]] = {}
        for answer in answers:
            for obstacle in answer.obstacles:
                for limit in self._limits(obstacle, answer.wish):
                    wishes = held.setdefault((limit, obstacle.period), [])
                    if answer.wish not in wishes:
                        wishes.append(answer.wish)
        return there_is_of(self._facts, held, self.words)

    def _limits(self, obstacle: Obstacle, wish: Wish) -> list[Limit]:
        """The limits of which there is more to tell: of sources the one that serves the site for least."""
        match obstacle.kind:
            case Kind.POT:
                return [Limit(Kind.POT, (pot,)) for pot in obstacle.place]
            case Kind.GRID:
                return [Limit(Kind.GRID, obstacle.place[:1])]
            case Kind.SOURCE:
                carrier = obstacle.place[1]
                found = self._facts.reached(carrier)
                here = found[(found["site"] == wish.site) & (found["period"] == obstacle.period) & (found["hub"] == "")]
                return [Limit(Kind.SOURCE, (str(source), carrier)) for source in here["source"]]
            case _:
                return [Limit(obstacle.kind, obstacle.place)]

    def _obstacle(self, obstacle: Obstacle, wish: Wish) -> str:
        match obstacle.kind:
            case Kind.LEAD_TIME:
                return self._years(obstacle, wish)
            case Kind.STOP:
                return self._told.stop(Limit(obstacle.kind, obstacle.place), wish)
            case Kind.SUPPORT:
                return self._told.support(Limit(obstacle.kind, obstacle.place), wish)
            case Kind.POT:
                return self._pots(obstacle)
            case Kind.REACH:
                return self.words(
                    "no network for {carrier} reaches the site in {year}",
                    carrier=self.words.name(obstacle.place[1]),
                    year=obstacle.period,
                )
            case Kind.DECIDED:
                return self._told.names.name(Limit(obstacle.kind, obstacle.place))
            case _:
                return self._amount(obstacle)

    def _years(self, obstacle: Obstacle, wish: Wish) -> str:
        """From when, or until when, the option can be had."""
        options = self._facts.result.instance["options"].set_index(["process", "route"])
        last = options["last_year"][wish.process, wish.route]
        if wish.period > last:
            return self.words("{route} can be had until {year}", route=self.words.name(wish.route), year=int(last))
        return self._told.names.name(Limit(obstacle.kind, obstacle.place))

    def _pots(self, obstacle: Obstacle) -> str:
        return self.words(
            "funding gap {gap} {unit}; what pots may pay of it, and have left, is {left}",
            gap=self.words.number(obstacle.asked),
            unit=self.words.unit(units.MONEY),
            left=self.words.number(obstacle.left),
        )

    def _amount(self, obstacle: Obstacle) -> str:
        """A limit of which too little is left, and the last year in which that is so."""
        told = self._of_grid(obstacle) if obstacle.kind is Kind.GRID else self._of_supply(obstacle)
        if obstacle.until is None or obstacle.until == obstacle.period:
            return told
        return self.words("{told}; still too little in {year}", told=told, year=obstacle.until)

    def _of_supply(self, obstacle: Obstacle) -> str:
        """Green gas or heat for a region, or a carrier of networks."""
        if obstacle.kind is Kind.SOURCE:
            carrier = obstacle.place[1]
            return self.words(
                "{carrier}: {asked} {unit} needed in {year}, {left} left by all sources and hubs together",
                carrier=self.words.name(carrier),
                **self._amounts(obstacle, units.OF_CARRIER[carrier]),
            )
        commodity, zone = obstacle.place
        return self.words(
            "{commodity} for {zone}: {asked} {unit} needed in {year}, {left} left",
            commodity=self.words.name(commodity),
            zone=zone,
            **self._amounts(obstacle, units.ENERGY),
        )

    def _of_grid(self, obstacle: Obstacle) -> str:
        area, room = obstacle.place
        limit, amounts = self._told.names.name(Limit(Kind.GRID, (area,))), self._amounts(obstacle, units.POWER)
        if room == "firm":
            return self.words(
                "{limit}: {asked} {unit} more firm capacity needed in {year}, {left} left", limit=limit, **amounts
            )
        return self.words(
            "{limit}: {asked} {unit} more firm and flexible capacity needed in {year}, {left} left",
            limit=limit,
            **amounts,
        )

    def _amounts(self, obstacle: Obstacle, unit: str) -> dict[str, object]:
        """What is asked and left, in which unit, and when."""
        return {
            "asked": self.words.number(obstacle.asked),
            "left": self.words.number(obstacle.left),
            "unit": self.words.unit(unit),
            "year": obstacle.period,
        }


def _told_apart(obstacles: Sequence[Obstacle]) -> Iterator[Obstacle]:
    """Obstacles that are worth a line: where an area has no room for firm capacity, how it is with flexible is not."""
    firm = {(each.place[0], each.period) for each in obstacles if each.kind is Kind.GRID and each.place[1] == "firm"}
    for each in obstacles:
        if each.kind is not Kind.GRID or each.place[1] == "firm" or (each.place[0], each.period) not in firm:
            yield each
