"""The Shapley value: each player gets what it adds, on average over every order in which players join."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routeplan.hubs.game import MOST_PLAYERS, NOTHING, FloatArray, Game
from routeplan.hubs.shares import summing_to
from routeplan.instance.horizon import IntArray
from routeplan.solver.parameters import is_whole, refuse_unless

PAIRS = 200
"""Pairs of orders that are drawn where there are too many players for all."""

LEAST_PAIRS = 2
"""Fewest pairs of orders of which a mean has an error."""


@dataclass(frozen=True)
class Shapley:
    """The Shapley value of a game, by player [M EUR].

    Parameters
    ----------
    share : dict
        By the middles of the values; what all save, in all.
    low, high : dict
        Least and most that the share can be, the values being in their intervals. In a sample they are those of the
        same orders, to which the error comes.
    error : dict
        Standard error of the share in a sample; 0 where all orders count.
    pairs : int
        Pairs of orders drawn; 0 where all orders count.
    """

    share: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    error: dict[str, float]
    pairs: int


def shapley(game: Game, *, pairs: int = PAIRS, seed: int = 0) -> Shapley:
    """Tell the Shapley value: of all orders up to `MOST_PLAYERS` players, and of a sample beyond.

    Parameters
    ----------
    game : Game
        The game.
    pairs : int
        Pairs of orders in a sample, 2 or more.
    seed : int
        Seed of the sample, 0 or more.

    Returns
    -------
    Shapley
        The shares, and how sure they are.

    Raises
    ------
    UsageError
        When the number of pairs or the seed makes no sense.
    """
    return shapley_of_all(game) if len(game.players) <= MOST_PLAYERS else shapley_of_sample(game, pairs, seed)


def shapley_of_all(game: Game) -> Shapley:
    r"""Tell the Shapley value from the values of all coalitions.

    Parameters
    ----------
    game : Game
        The game.

    Returns
    -------
    Shapley
        The exact shares; no interval is narrower that holds them for all values in their intervals.

    Raises
    ------
    UsageError
        When there are more than `MOST_PLAYERS` players.

    Notes
    -----
    .. math:: \varphi_i = \sum_{S \ni i} \frac{(s-1)!\,(n-s)!}{n!}\,v(S) - \sum_{S \not\ni i}
        \frac{s!\,(n-s-1)!}{n!}\,v(S)

    (Shapley 1953, "A value for n-person games"). A share rises with the values of coalitions that hold the player and
    falls with those of the others, so that its least value has the former low and the latter high.
    """
    coalitions = [*game.proper_coalitions, game.everyone]
    values = [game.value(coalition) for coalition in coalitions]
    weights = _weights(game.rows(coalitions))
    low, high = (
        np.array([[bound] for bound in bounds]) for bounds in zip(*((v.low, v.high) for v in values), strict=True)
    )
    share = game.by_player(weights.T @ np.array([value.middle for value in values]))
    return Shapley(
        summing_to(share, game.total.middle),
        game.by_player((weights * np.where(weights > 0.0, low, high)).sum(axis=0)),
        game.by_player((weights * np.where(weights > 0.0, high, low)).sum(axis=0)),
        dict.fromkeys(game.players, 0.0),
        pairs=0,
    )


def _weights(rows: FloatArray) -> FloatArray:
    """Weight of each coalition in the share of each player."""
    count = rows.shape[1]
    orders = [math.factorial(size) * math.factorial(count - 1 - size) / math.factorial(count) for size in range(count)]
    sizes = rows.sum(axis=1).astype(int)
    joined = np.array([[orders[size - 1]] for size in sizes])
    left = np.array([[orders[size] if size < count else 0.0] for size in sizes])
    return np.where(rows > 0.0, joined, -left)


def shapley_of_sample(game: Game, pairs: int = PAIRS, seed: int = 0) -> Shapley:
    """Estimate the Shapley value from a sample of orders in which players join.

    Parameters
    ----------
    game : Game
        The game.
    pairs : int
        Pairs of orders that are drawn, 2 or more.
    seed : int
        Seed of the sample, 0 or more.

    Returns
    -------
    Shapley
        Estimates and their standard errors. In each order the players add up to what all save, and so do the
        estimates: they are scaled by nothing but the rounding of `summing_to`.

    Raises
    ------
    UsageError
        When the number of pairs or the seed makes no sense.

    Notes
    -----
    An order counts together with its reverse: who comes late in the one comes early in the other, which takes out
    much of the chance (Mitchell et al. 2022, "Sampling permutations for Shapley value estimation"; Castro et al. 2009
    without pairs). The standard error is that of the mean over pairs, which are independent.
    """
    for name, number, least in (("pairs", pairs, LEAST_PAIRS), ("seed", seed, 0)):
        refuse_unless(is_whole(number) and number >= least, name, number, f"{least} or more, whole")
    orders = orders_drawn(len(game.players), pairs, seed)
    drawn = np.array([(_added(game, order) + _added(game, order[::-1])) / 2 for order in orders])
    share, low, high = drawn.mean(axis=0)
    error = drawn[:, 0].std(axis=0, ddof=1) / math.sqrt(pairs)
    return Shapley(
        summing_to(game.by_player(share), game.total.middle),
        game.by_player(low),
        game.by_player(high),
        game.by_player(error),
        pairs,
    )


def orders_drawn(players: int, pairs: int, seed: int = 0) -> list[IntArray]:
    """Orders of a sample, each by the places of the players; those of a smaller sample come first."""
    draw = np.random.default_rng(seed)
    return [draw.permutation(players) for _ in range(pairs)]


def joined(players: Sequence[str], order: Sequence[int] | IntArray) -> list[frozenset[str]]:
    """The coalition after each player has joined in an order."""
    return [frozenset(players[place] for place in order[:count]) for count in range(1, len(order) + 1)]


def _added(game: Game, order: IntArray) -> FloatArray:
    """What each player adds when it joins in an order: by the middles, at least, at most."""
    added = np.zeros((3, len(game.players)))
    before = NOTHING
    for place, coalition in zip(order, joined(game.players, order), strict=True):
        after = game.value(coalition)
        added[:, place] = after.middle - before.middle, after.low - before.high, after.high - before.low
        before = after
    return added
