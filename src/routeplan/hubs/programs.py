"""Linear programs over allocations: the least excess, and the least total that keeps every coalition."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from routeplan.errors import FaultError
from routeplan.hubs.game import FloatArray

TOLERANCE = 1e-10
"""The least that HiGHS takes; the programs are scaled, so that it is relative to the size of the game."""


@dataclass(frozen=True)
class LeastExcess:
    """An allocation whose largest excess is least.

    Parameters
    ----------
    x : array
        What each player gets.
    excess : float
        The largest excess.
    prices : array
        Dual price of each coalition, 1 in all: with a price above 0 its excess is the largest in every such allocation.
    """

    x: FloatArray
    excess: float
    prices: FloatArray


def least_excess(
    rows: FloatArray,
    values: FloatArray,
    equal_rows: FloatArray,
    equal_values: FloatArray,
    least: float = -np.inf,
) -> LeastExcess:
    """Solve: least e such that ``rows @ x + e >= values`` and ``equal_rows @ x == equal_values``, with x >= least.

    Parameters
    ----------
    rows : array
        Membership of the coalitions whose excess counts; the least excess is bounded.
    values : array
        What they save.
    equal_rows, equal_values : array
        Coalitions whose share is settled, and that share.
    least : float
        What each player gets at least; by default nothing keeps it from falling.

    Returns
    -------
    LeastExcess
        One of the best allocations.
    """
    size = _size(values, equal_values)
    players = rows.shape[1]
    x, prices = _optimum(
        np.append(np.zeros(players), 1.0),
        (np.column_stack([rows, np.ones(len(rows))]), values / size),
        (np.column_stack([equal_rows, np.zeros(len(equal_rows))]), equal_values / size),
        np.append(np.full(players, least / size), -np.inf),
    )
    return LeastExcess(x[:-1] * size, float(x[-1]) * size, prices)


def least_total(rows: FloatArray, values: FloatArray) -> FloatArray:
    """Solve: least sum of x such that ``rows @ x >= values``; every player alone is among the rows."""
    size = _size(values)
    players = rows.shape[1]
    x, _ = _optimum(
        np.ones(players), (rows, values / size), (np.empty((0, players)), np.empty(0)), np.full(players, -np.inf)
    )
    return x * size


def _size(*values: FloatArray) -> float:
    """The size of a game: the largest of its values, or 1 where all are 0."""
    return max(float(np.abs(numbers).max(initial=0.0)) for numbers in values) or 1.0


def _optimum(
    cost: FloatArray, at_least: tuple[FloatArray, FloatArray], equal: tuple[FloatArray, FloatArray], lowest: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Minimise a cost over columns with a lower bound; tell an optimum, and the dual prices of the rows `at_least`."""
    found = linprog(
        cost,
        A_ub=-at_least[0],
        b_ub=-at_least[1],
        A_eq=equal[0],
        b_eq=equal[1],
        bounds=[(float(bound), np.inf) for bound in lowest],
        method="highs",
        options={"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE},
    )
    if found.status != 0:
        raise FaultError(f"a linear program over allocations ends without an optimum: {found.message}")
    return np.asarray(found.x, dtype=float), -np.asarray(found.ineqlin.marginals, dtype=float)
