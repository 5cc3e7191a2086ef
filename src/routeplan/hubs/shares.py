"""Shares of a total: simple keys, and sums that are exact."""

import math
from collections.abc import Mapping
from fractions import Fraction

from routeplan.errors import UsageError


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


def by_capacity_and_distance(
    cost: float, capacity: Mapping[str, float], distance: Mapping[str, float]
) -> dict[str, float]:
    """Share a cost in proportion to capacity times distance, as for a pipeline to each player.

    Parameters
    ----------
    cost : float
        What is shared [M EUR].
    capacity : mapping of str to float
        Capacity that each player takes of the hub [any unit, the same for all].
    distance : mapping of str to float
        Distance of each player from the hub [any unit, the same for all].

    Returns
    -------
    dict
        What each player pays [M EUR], exactly the cost in all (`summing_to`); who is at the hub pays nothing.

    Raises
    ------
    UsageError
        As `by_capacity`, and when capacity and distance are not those of the same players.
    """
    _check_weights("capacity", capacity)
    _check_weights("distance", distance)
    if alone := sorted(capacity.keys() ^ distance.keys()):
        raise UsageError(f"one of capacity and distance lacks {', '.join(alone)}; allowed: the same players in both")
    return by_capacity(cost, {name: amount * distance[name] for name, amount in capacity.items()})


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
