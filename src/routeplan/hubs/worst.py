"""The worst-off coalition: found by somebody else where there are too many to ask them all."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from routeplan.errors import UsageError
from routeplan.hubs.game import FloatArray, Game, check_players
from routeplan.tolerances import ROUNDING

ROUNDS = 100
"""Most times that the worst coalition is asked for, one after the other."""


class WorstCoalition(Protocol):
    """Finds the coalition that a division of savings treats worst."""

    def __call__(self, shares: Mapping[str, float]) -> tuple[frozenset[str], float]:
        """Find the coalition with the largest excess: what it saves, less what its members get.

        Parameters
        ----------
        shares : mapping of str to float
            What each player gets [M EUR]; they need not sum to what all save.

        Returns
        -------
        tuple
            The coalition, neither empty nor that of all players, and the largest excess [M EUR]. Where the search stops
            at a gap, that is the best coalition found and the proven bound: no coalition has a larger excess, even
            if it saves the most that it can.
        """
        ...


def checked_worst(game: Game, worst: WorstCoalition, shares: Mapping[str, float]) -> tuple[frozenset[str], float]:
    """Ask for the worst coalition, and refuse an answer that is none."""
    coalition, bound = worst(shares)
    check_players(game, coalition, "the worst coalition")
    if not coalition or coalition == game.everyone:
        raise UsageError(f"the worst coalition has {len(coalition)} players; allowed: some of them, but not all")
    if not math.isfinite(bound):
        raise UsageError(f"the largest excess is {bound}; allowed: a finite number that is proven to be no less")
    return coalition, bound


Solved = Callable[[list[frozenset[str]]], tuple[FloatArray, float]]
"""From coalitions to an allocation for them alone, and the excess that it leaves them."""


@dataclass(frozen=True)
class Generated:
    """The coalitions that matter, and what is best for them.

    Parameters
    ----------
    coalitions : list of frozenset
        Those found.
    x : array
        The best allocation for them.
    excess : float
        The excess that it leaves them.
    bound : float
        No coalition has more with it; above the excess where the search for the worst stops at a gap, or after
        `ROUNDS`.
    """

    coalitions: list[frozenset[str]]
    x: FloatArray
    excess: float
    bound: float


def generated(game: Game, worst: WorstCoalition, solved: Solved) -> Generated:
    """Find the coalitions that matter: each time the one that is treated worst, until none is treated worse.

    Parameters
    ----------
    game : Game
        The game.
    worst : WorstCoalition
        Finds the worst coalition.
    solved : callable
        Finds the best allocation for some coalitions.

    Returns
    -------
    Generated
        Every player alone, the coalitions of which it was known before what they save, and those found.
    """
    alone = [frozenset([name]) for name in game.players]
    coalitions = list(dict.fromkeys([*alone, *game.known_coalitions]))
    for _ in range(ROUNDS):
        x, excess = solved(coalitions)
        coalition, bound = checked_worst(game, worst, game.by_player(x))
        size = max(game.total.size, *(game.value(known).size for known in coalitions))
        if coalition in coalitions or bound <= excess + ROUNDING * size:
            break
        coalitions = [*coalitions, coalition]
    return Generated(coalitions, x, excess, bound)
