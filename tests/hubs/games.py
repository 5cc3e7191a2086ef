"""Games for tests: from tables, with intervals, and by rules that are known."""

import math
from collections.abc import Callable, Mapping, Sequence

from routeplan.hubs.game import Game, Value, share_of


def sure(saves: float) -> Value:
    """A value that is known."""
    return Value(saves, saves)


def game_of(values: Mapping[str, float]) -> Game:
    """A game of players with names of one letter; a coalition that is not named, by its letters in order, saves 0."""
    players = sorted(set("".join(values)))
    return Game(players, lambda coalition: sure(values.get("".join(sorted(coalition)), 0.0)))


def between(values: Mapping[str, tuple[float, float]]) -> Game:
    """As `game_of`, with intervals."""
    players = sorted(set("".join(values)))
    return Game(players, lambda coalition: Value(*values.get("".join(sorted(coalition)), (0.0, 0.0))))


def game_by(players: Sequence[str], rule: Callable[[frozenset[str]], float]) -> Game:
    """A game by a rule; nobody saves nothing."""
    return Game(players, lambda coalition: sure(rule(coalition) if coalition else 0.0))


def bankruptcy(estate: float, claims: Mapping[str, float]) -> Game:
    """What is left of an estate to a coalition once all others have their claims (O'Neill 1982)."""
    return game_by(
        list(claims), lambda some: max(0.0, estate - sum(claims[name] for name in claims if name not in some))
    )


def airport(costs: Mapping[str, float]) -> Game:
    """A runway as long as the largest aircraft of a coalition needs; costs are negative savings."""
    return game_by(list(costs), lambda some: -max(costs[name] for name in some))


def majority(count: int) -> Game:
    """One for more than half of the players, else nothing."""
    return game_by([f"p{number}" for number in range(count)], lambda some: float(2 * len(some) > count))


class Enumerated:
    """Finds the worst coalition by asking all of them, and counts how often it is asked."""

    def __init__(self, game: Game, coalitions: Sequence[frozenset[str]], gap: float = 0.0) -> None:
        self._game, self._coalitions, self._gap = game, coalitions, gap
        self.asked = 0

    def __call__(self, shares: Mapping[str, float]) -> tuple[frozenset[str], float]:
        self.asked += 1
        excess = {some: self._game.value(some).high - share_of(some, shares) for some in self._coalitions}
        worst = max(excess, key=lambda some: excess[some])
        return worst, excess[worst] + self._gap


def savings_in(game: Game) -> dict[frozenset[str], Value]:
    """What every coalition saves."""
    return {some: game.value(some) for some in [frozenset[str](), *game.proper_coalitions, game.everyone]}


def largest_excess(game: Game, shares: Mapping[str, float]) -> float:
    """The most that a coalition other than all could gain, from the definition."""
    return max(game.value(some).middle - share_of(some, shares) for some in game.proper_coalitions)


def exactly(shares: Mapping[str, float], total: float) -> bool:
    """Whether shares sum to a total in every digit."""
    return math.fsum(shares.values()) == total
