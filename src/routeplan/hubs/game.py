"""Games of savings: what each coalition of players saves with a hub."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from routeplan.errors import UsageError
from routeplan.tolerances import ROUNDING

FloatArray = npt.NDArray[np.float64]

MOST_PLAYERS = 8
"""Most players of whom all coalitions are asked: 255 of them, each worth a plan."""


class Answer(StrEnum):
    """An answer that rests on intervals: where they do not decide it, it is perhaps."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


def answer(yes: bool, no: bool) -> Answer:
    """Tell an answer by what is certain."""
    if yes:
        return Answer.YES
    return Answer.NO if no else Answer.PERHAPS


@dataclass(frozen=True)
class Value:
    """What a coalition saves, as far as that is known, since a search for plans stops at a gap.

    Parameters
    ----------
    low : float
        It saves at least this [M EUR].
    high : float
        It saves at most this [M EUR].
    found : float, optional
        What it saves by the plans that were found, between the two [M EUR].

    Raises
    ------
    UsageError
        When a bound is no finite number, or the lower one is above the upper one.
    """

    low: float
    high: float
    found: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise UsageError(
                f"a coalition saves {self.low} to {self.high}; allowed: finite numbers, the lower one first"
            )

    @property
    def middle(self) -> float:
        """The point value: what is found, or else the middle [M EUR]."""
        return self.found if self.found is not None else self.low + (self.high - self.low) / 2

    @property
    def size(self) -> float:
        """The larger of the absolute bounds [M EUR]."""
        return max(abs(self.low), abs(self.high))


NOTHING = Value(0.0, 0.0)
"""What nobody saves."""


class Game:
    """A cooperative game of savings: players, and what each coalition of them saves.

    The value v(S) is what the members of S save when they have the hub among them: their costs in the plan without the
    hub, less their costs in the plan with it, the hub's own costs included. Outsiders keep the plan without the hub
    and neither pay nor gain, so that v(S) depends on S alone. It may be negative: a hub can be too dear for few.

    Parameters
    ----------
    players : sequence of str
        Names of the players, one or more, no two the same.
    value : callable
        Tells what a coalition saves. It is asked once of each coalition that is needed, the empty one first, which
        saves exactly 0.

    Raises
    ------
    UsageError
        When there is no player, when two have one name, or when nobody saves something.
    """

    def __init__(self, players: Sequence[str], value: Callable[[frozenset[str]], Value]) -> None:
        self.players = tuple(players)
        self._value = value
        self._known: dict[frozenset[str], Value] = {}
        if not self.players:
            raise UsageError("there is no player; allowed: one or more")
        if twice := sorted({name for name in self.players if self.players.count(name) > 1}):
            raise UsageError(f"players are named twice: {', '.join(twice)}; allowed: each name once")
        if (nobody := self.value(frozenset())) != NOTHING:
            raise UsageError(f"the empty coalition saves {nobody.low} to {nobody.high}; allowed: 0 alone")

    def value(self, coalition: Collection[str]) -> Value:
        """What a coalition saves [M EUR].

        Raises
        ------
        UsageError
            When somebody in it is no player.
        """
        members = frozenset(coalition)
        if members not in self._known:
            check_players(self, members, "the coalition")
            self._known[members] = self._value(members)
        return self._known[members]

    @cached_property
    def everyone(self) -> frozenset[str]:
        """The coalition of all players."""
        return frozenset(self.players)

    @property
    def total(self) -> Value:
        """What all players save together [M EUR]."""
        return self.value(self.everyone)

    @property
    def rounding(self) -> float:
        """Savings up to this are none [M EUR]: the rounding of sums of the size of what all save."""
        return ROUNDING * self.total.size

    @property
    def known_coalitions(self) -> tuple[frozenset[str], ...]:
        """Coalitions of which it was asked what they save, but the empty one and that of all players."""
        return tuple(coalition for coalition in self._known if coalition and coalition != self.everyone)

    @cached_property
    def proper_coalitions(self) -> tuple[frozenset[str], ...]:
        """Every coalition but the empty one and that of all players, the smallest first.

        Raises
        ------
        UsageError
            When there are more than `MOST_PLAYERS` players.
        """
        if len(self.players) > MOST_PLAYERS:
            raise UsageError(
                f"there are {len(self.players)} players; allowed where all coalitions are asked: at most {MOST_PLAYERS}"
            )
        return tuple(
            frozenset(names) for size in range(1, len(self.players)) for names in combinations(self.players, size)
        )

    def rows(self, coalitions: Sequence[frozenset[str]]) -> FloatArray:
        """Membership: a row for each coalition, a column for each player, 1 for a member and 0 for others."""
        members = [[name in coalition for name in self.players] for coalition in coalitions]
        return np.array(members, dtype=float).reshape(len(coalitions), len(self.players))

    def by_player(self, numbers: Sequence[float] | FloatArray) -> dict[str, float]:
        """Numbers in the order of the players, by their names."""
        return dict(zip(self.players, map(float, numbers), strict=True))


Bound = Callable[[Value], float]
LOW: Bound = attrgetter("low")
MIDDLE: Bound = attrgetter("middle")
HIGH: Bound = attrgetter("high")


def alone(game: Game, of: Bound) -> FloatArray:
    """What each player saves alone [M EUR], by one of the bounds."""
    return np.array([of(game.value([name])) for name in game.players])


def beyond_alone(game: Game, coalitions: Sequence[frozenset[str]], of: Bound) -> FloatArray:
    """What coalitions save beyond what their members save alone [M EUR], by one of the bounds.

    Divisions are sought for these: all that is told of them moves along, and is as exact where the players save far
    more alone than they gain together.
    """
    return np.array([of(game.value(coalition)) for coalition in coalitions]) - game.rows(coalitions) @ alone(game, of)


def check_players(game: Game, names: Collection[str], what: str) -> None:
    """Refuse names that are no players of a game."""
    if unknown := sorted(set(names) - set(game.players)):
        raise UsageError(f"{what} names {', '.join(unknown)}; allowed: {', '.join(game.players)}")


def share_of(coalition: frozenset[str], shares: Mapping[str, float]) -> float:
    """What the members of a coalition get together [M EUR]."""
    return math.fsum(shares[name] for name in coalition)
