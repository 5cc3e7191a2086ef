"""Shares of a total: simple keys, and own that are exact."""

import math
from collections.abc import Collection, Mapping
from fractions import Fraction

from routeplan.errors import UsageError

Thing = tuple[str, str]
"""A hub, link or contract: its kind, and its id."""


def by_capacity(cost: float, capacity: Mapping[str, float]) -> dict[str, float]:
    """Share a cost in proportion to capacity.

    Parameters
    ----------
    cost : float
        What is shared [M EUR].
    capacity : mapping of str to float
        Capacity that each player takes of the hub [any unit, the same for all].

    Returns
    -------
    dict
        What each player pays [M EUR], exactly the cost in all (`summing_to`); without capacity a player pays nothing.

    Raises
    ------
    UsageError
        When there is no player, when no capacity is above 0, or when a number is negative or not finite.
    """
    if not math.isfinite(cost):
        raise UsageError(f"the cost is {cost}; allowed: a finite number")
    _check_weights("capacity", capacity)
    largest = max(capacity.values(), default=0.0)
    if largest == 0.0:
        raise UsageError("nobody has a weight above 0; allowed: one player or more")
    # By the largest first, so that no sum of weights exceeds what a number can hold.
    weights = {name: weight / largest for name, weight in capacity.items()}
    whole = math.fsum(weights.values())
    return summing_to({name: cost * (weight / whole) for name, weight in weights.items()}, cost)


def by_things(
    uses: Mapping[Thing, Mapping[str, float]], costs: Mapping[Thing, float], players: Collection[str]
) -> dict[str, float]:
    """Share the costs of several things, each in proportion to the use of it.

    Uses of one thing alone are summed, as other things may be used in another unit.

    Parameters
    ----------
    uses : mapping of (str, str) to mapping of str to float
        Use of each thing by player [any unit, the same for all users of a thing].
    costs : mapping of (str, str) to float
        What each thing costs [M EUR]; one that is not there costs nothing.
    players : collection of str
        The players.

    Returns
    -------
    dict
        Share of each player in the costs of what is used, 1 in all; where nothing of that costs anything, the mean of
        its shares in the use of each thing. All 0 where nothing is used.
    """
    used = {thing: own for thing, use in uses.items() if any((own := _of_players(use, players)).values())}
    weights = {thing: max(0.0, costs.get(thing, 0.0)) for thing in used}
    if not any(weights.values()):
        weights = dict.fromkeys(used, 1.0)
    whole = math.fsum(weights.values())
    parts = [by_capacity(weights[thing] / whole, use) for thing, use in used.items()]
    return {name: math.fsum(part[name] for part in parts) for name in players}


def _of_players(use: Mapping[str, float], players: Collection[str]) -> dict[str, float]:
    """Use of one thing by each of the players."""
    return {name: use.get(name, 0.0) for name in players}


def summing_to(shares: Mapping[str, float], total: float) -> dict[str, float]:
    """Put the rest of rounding, so that shares sum to a total in every digit.

    Parameters
    ----------
    shares : mapping of str to float
        Shares that sum to the total but for rounding.
    total : float
        The total.

    Returns
    -------
    dict
        Shares of which the exact sum, rounded once (`math.fsum`), is the total. The rest, a few units of the last
        digit, is put on the share that is largest in size, of equals on the first; what that cannot hold on the next
        one, and so on. A share of 0 stays 0. Only where shares of both signs are so large that no digit of theirs
        reaches that of the total, a rest stays, less than the last digit of the smallest share.
    """
    kept = dict(shares)
    for name in sorted(kept, key=lambda each: -abs(kept[each])):
        if math.fsum(kept.values()) == total:
            break
        if kept[name] != 0.0:
            rest = Fraction(total) - sum(map(Fraction, kept.values()))
            kept[name] = float(Fraction(kept[name]) + rest)
    return kept


def _check_weights(what: str, weights: Mapping[str, float]) -> None:
    if not weights:
        raise UsageError("there is no player; allowed: one or more")
    for name, weight in weights.items():
        if not (math.isfinite(weight) and weight >= 0.0):
            raise UsageError(f"the {what} of {name} is {weight}; allowed: a finite number, 0 or more")
