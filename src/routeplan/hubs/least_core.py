"""The least core: divisions of the savings that leave no coalition more to gain than is unavoidable."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routeplan.hubs.game import HIGH, LOW, MIDDLE, Bound, FloatArray, Game, Value, alone, beyond_alone
from routeplan.hubs.programs import least_excess
from routeplan.hubs.shares import summing_to
from routeplan.hubs.worst import WorstCoalition, generated


@dataclass(frozen=True)
class LeastCore:
    """A division in the least core.

    Parameters
    ----------
    shares : dict
        What each player gets [M EUR], by the middles of the values; what all save, in all. It is one of several.
    excess : float
        The most that a coalition could gain by going alone [M EUR], by the middles of the values; below 0, every
        coalition loses at least that much. With one player, 0.
    bounds : Value
        Least and most that the least excess can be, the values being in their intervals [M EUR].
    coalitions : int
        Number of coalitions in the program.
    """

    shares: dict[str, float]
    excess: float
    bounds: Value
    coalitions: int


def least_core(game: Game, worst: WorstCoalition | None = None) -> LeastCore:
    r"""Find a division whose largest excess is least.

    Parameters
    ----------
    game : Game
        The game.
    worst : WorstCoalition, optional
        Finds the worst coalition of a division; needed beyond `MOST_PLAYERS` players, where not all can be asked.

    Returns
    -------
    LeastCore
        A division, and the least excess.

    Raises
    ------
    UsageError
        When there are too many players to ask all coalitions.

    Notes
    -----
    .. math:: \varepsilon^* = \min_{x(N) = v(N)} \; \max_{\emptyset \ne S \subsetneq N} \; v(S) - x(S)

    (Maschler, Peleg and Shapley 1979, "Geometric properties of the kernel, nucleolus, and related solution concepts",
    doi 10.1287/moor.4.4.303). It does not fall when a v(S) rises; it does not rise with v(N), as more can be given to
    anyone. So its least value has every v(S) low and v(N) high, and its most the reverse.

    With `worst`, the program holds only the coalitions found, so that what it tells is at most the least excess. The
    division it finds leaves an excess of at most the bound b of `worst`; where v(N) is less than its middle by as much
    as d, everyone gets d / n less, and the excess is at most b + d (n - 1) / n.
    """
    if len(game.players) == 1:
        return LeastCore({game.players[0]: game.total.middle}, 0.0, Value(0.0, 0.0), 0)
    if worst is None:
        coalitions = list(game.proper_coalitions)
        x, excess = _solved(game, coalitions, MIDDLE, MIDDLE)
        _, high = _solved(game, coalitions, HIGH, LOW)
    else:
        found = generated(game, worst, lambda some: _solved(game, some, MIDDLE, MIDDLE))
        coalitions, x, excess = found.coalitions, found.x, found.excess
        high = found.bound + (game.total.middle - game.total.low) * (len(x) - 1) / len(x)
    _, low = _solved(game, coalitions, LOW, HIGH)
    shares = summing_to(game.by_player(x), game.total.middle)
    return LeastCore(shares, excess, Value(min(low, excess), max(high, excess)), len(coalitions))


def _solved(game: Game, coalitions: Sequence[frozenset[str]], of: Bound, of_all: Bound) -> tuple[FloatArray, float]:
    """Make the excess of some coalitions least, by a bound of what they save and one of what all save."""
    own = alone(game, of)
    beyond = np.array([of_all(game.total) - own.sum()])
    best = least_excess(game.rows(coalitions), beyond_alone(game, coalitions, of), game.rows([game.everyone]), beyond)
    return own + best.x, best.excess
