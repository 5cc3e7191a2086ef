"""The core: divisions of the savings with which no coalition would rather go alone, and what they need from outside."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from routeplan.errors import UsageError
from routeplan.hubs.game import (
    HIGH,
    LOW,
    Answer,
    Bound,
    FloatArray,
    Game,
    Value,
    alone,
    answer,
    beyond_alone,
    check_players,
    share_of,
)
from routeplan.hubs.programs import least_total
from routeplan.hubs.worst import WorstCoalition, checked_worst, generated
from routeplan.tolerances import ROUNDING


@dataclass(frozen=True)
class InCore:
    """Whether a division is in the core.

    Parameters
    ----------
    answer : Answer
        No: a coalition is better off alone; perhaps: one may be; yes: none is.
    coalition : frozenset of str, optional
        Unless yes, the coalition that surely gains most by going alone, or else the one that may gain most.
    gain : Value, optional
        What it gains [M EUR].
    """

    answer: Answer
    coalition: frozenset[str] | None = None
    gain: Value | None = None


def in_core(game: Game, shares: Mapping[str, float], worst: WorstCoalition | None = None) -> InCore:
    """Tell whether a division of the savings is in the core.

    Parameters
    ----------
    game : Game
        The game.
    shares : mapping of str to float
        What each player gets [M EUR].
    worst : WorstCoalition, optional
        Finds the worst coalition; needed beyond `MOST_PLAYERS` players, where not all can be asked.

    Returns
    -------
    InCore
        No when a coalition saves more alone than it gets, even if it saves the least that it can; the coalition of all
        is such a one when the shares leave a part of the savings to nobody. Yes when no other coalition gets less than
        the most that it can save, and the shares sum to what all can save. Perhaps else.

    Raises
    ------
    UsageError
        When the shares are not those of the players, no finite numbers, or more in all than all may save; or when
        there are too many players to ask all coalitions.

    Notes
    -----
    The core is that of Gillies (1959, "Solutions to general non-zero-sum games"). Differences within the rounding of
    sums (`ROUNDING`) are none.
    """
    given = _check_shares(game, shares)
    gains = _gains(game, shares, worst)
    rounding = ROUNDING * max(game.total.size, math.fsum(map(abs, shares.values())))
    if given > game.total.high + rounding:
        raise UsageError(f"the shares sum to {given}; allowed: at most {game.total.high}, which all save together")
    if given < game.total.low - rounding:
        gains[game.everyone] = Value(game.total.low - given, game.total.high - given)
    if not gains:
        return InCore(Answer.YES)
    surely = max(gains, key=lambda coalition: gains[coalition].low)
    if gains[surely].low > rounding:
        return InCore(Answer.NO, surely, gains[surely])
    perhaps = max(gains, key=lambda coalition: gains[coalition].high)
    if gains[perhaps].high > rounding:
        return InCore(Answer.PERHAPS, perhaps, gains[perhaps])
    return InCore(Answer.YES)


def _check_shares(game: Game, shares: Mapping[str, float]) -> float:
    """The sum of the shares, once they are known to be those of the players."""
    check_players(game, shares.keys(), "the division")
    if missing := [name for name in game.players if name not in shares]:
        raise UsageError(f"the division lacks {', '.join(missing)}; allowed: a share for each player")
    for name, share in shares.items():
        if not math.isfinite(share):
            raise UsageError(f"the share of {name} is {share}; allowed: a finite number")
    return math.fsum(shares.values())


def _gains(game: Game, shares: Mapping[str, float], worst: WorstCoalition | None) -> dict[frozenset[str], Value]:
    """What coalitions gain by going alone: all, or those that are known and the worst, with the bound for all."""
    if worst is None:
        return {coalition: _gain(game, coalition, shares) for coalition in game.proper_coalitions}
    coalition, bound = checked_worst(game, worst, shares)
    gain = _gain(game, coalition, shares)
    known = {each: _gain(game, each, shares) for each in game.known_coalitions}
    return {**known, coalition: Value(gain.low, max(gain.high, bound))}


def _gain(game: Game, coalition: frozenset[str], shares: Mapping[str, float]) -> Value:
    value, share = game.value(coalition), share_of(coalition, shares)
    return Value(value.low - share, value.high - share)


def needed_from_outside(game: Game, worst: WorstCoalition | None = None, given: float = 0.0) -> Value:
    r"""Tell the least amount from outside with which the players can all be kept together.

    Parameters
    ----------
    game : Game
        The game.
    worst : WorstCoalition, optional
        Finds the worst coalition; needed beyond `MOST_PLAYERS` players, where not all can be asked.
    given : float
        What of the savings of all comes from outside already [M EUR]: less than that may do, too.

    Returns
    -------
    Value
        The least d such that the core is not empty when all save v(N) - `given` + d [M EUR], by the intervals of the
        values; 0 where the core is not empty with nothing from outside.

    Raises
    ------
    UsageError
        When there are too many players to ask all coalitions.

    Notes
    -----
    With nothing given it is the cost of stability (Bachrach et al. 2009, "The cost of stability in coalitional games",
    doi 10.1007/978-3-642-04645-2_12):

    .. math:: d = \max(0, M - v(N)), \qquad
        M = \min \{ x(N) : x(S) \ge v(S), \; \emptyset \ne S \subsetneq N \}

    A division of v(N) + d with d >= 0 that no S leaves is an x of this program with x(N) = v(N) + d; and an x with
    x(N) below v(N) becomes one by giving somebody more. M does not fall when a v(S) rises, so d is least with every
    v(S) low and v(N) high, and most with the reverse; both are games within the intervals, so no narrower interval
    holds.

    With `worst`, M is bounded from below by the program of the coalitions found. If no excess is above e >= 0 with its
    shares, then giving everyone e more satisfies each S, which has a member: M is at most x(N) + n e.
    """
    if len(game.players) == 1:
        return Value(0.0, 0.0)
    if worst is None:
        coalitions = list(game.proper_coalitions)
        most = float(_kept(game, coalitions, HIGH).sum())
    else:
        found = generated(game, worst, lambda some: (_kept(game, some, HIGH), 0.0))
        coalitions = found.coalitions
        most = float(found.x.sum()) + len(found.x) * max(0.0, found.bound)
    least = float(_kept(game, coalitions, LOW).sum())
    size = max(game.total.size, abs(given), *(game.value(coalition).size for coalition in coalitions))
    low, high = given + least - game.total.high, given + most - game.total.low
    none = ROUNDING * len(game.players) * size
    return Value(low if low > none else 0.0, max(low, high) if high > none else 0.0)


def _kept(game: Game, coalitions: Sequence[frozenset[str]], of: Bound) -> FloatArray:
    """The allocation of least sum that gives coalitions what they save, by one of the bounds."""
    return alone(game, of) + least_total(game.rows(coalitions), beyond_alone(game, coalitions, of))


def core_is_empty(game: Game, worst: WorstCoalition | None = None) -> Answer:
    """Tell whether no division of the savings keeps all players together.

    Parameters
    ----------
    game : Game
        The game.
    worst : WorstCoalition, optional
        Finds the worst coalition; needed beyond `MOST_PLAYERS` players, where not all can be asked.

    Returns
    -------
    Answer
        Yes when every game within the intervals has an empty core, no when none has, perhaps else.

    Raises
    ------
    UsageError
        When there are too many players to ask all coalitions.

    Notes
    -----
    The core is empty if and only if something is needed from outside: d of `needed_from_outside` is above 0 if and
    only if M > v(N), that is if no x with x(S) >= v(S) for all S sums to v(N) (Bondareva 1963; Shapley 1967, "On
    balanced sets and cores"). If d is above 0 at the least, the core is empty in every game within the intervals. If d
    is 0 at the most, it is empty in none. Else, where all coalitions were asked, it is empty with every v(S) high and
    v(N) low, and not with the reverse.
    """
    needed = needed_from_outside(game, worst)
    return answer(yes=needed.low > 0.0, no=needed.high == 0.0)
