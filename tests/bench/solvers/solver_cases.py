"""Small programmes, and their best values by trying every point."""

import itertools
from dataclasses import replace

import numpy as np
from scipy import sparse

from routeplan.bench.solvers.contract import Budget
from routeplan.model.matrices import Matrices

NONE = np.inf
AMPLE = Budget(seconds=20.0, threads=1)


def programme(
    rows: list[list[float]],
    row_bounds: list[tuple[float, float]],
    bounds: list[tuple[float, float]],
    cost: list[float],
    integer: list[bool],
) -> Matrices:
    """A programme, row by row."""
    return Matrices(
        rows=sparse.csc_array(np.array(rows, dtype=float).reshape(len(row_bounds), len(cost))),
        row_lower=np.array([lower for lower, _ in row_bounds], dtype=float),
        row_upper=np.array([upper for _, upper in row_bounds], dtype=float),
        lower=np.array([lower for lower, _ in bounds], dtype=float),
        upper=np.array([upper for _, upper in bounds], dtype=float),
        cost=np.array(cost, dtype=float),
        offset=0.0,
        integer=np.array(integer, dtype=bool),
    )


def knapsack() -> Matrices:
    """Most value within a weight, written as a minimum, with a part that must be taken and a ratio of two others."""
    return programme(
        rows=[[5, 4, 3, 7, 2, 6], [1, 1, 0, 0, 0, 0], [0, 0, 1, -1, 0, 0]],
        row_bounds=[(-NONE, 14), (1, NONE), (-1, 0)],
        bounds=[(0, 1)] * 6,
        cost=[-8, -5, -4, -9, -2, -7],
        integer=[True] * 6,
    )


def ranges() -> Matrices:
    """Integers with negative, fixed and shifted ranges, in rows with two sides, one side and one value."""
    return programme(
        rows=[[2, 3, -1, 0], [1, -1, 0, 2], [0, 1, 1, 1]],
        row_bounds=[(-9, 5), (-6, NONE), (4, 4)],
        bounds=[(-4, 3), (-3, -1), (2, 2), (1, 7)],
        cost=[3, -2, 5, 1],
        integer=[True] * 4,
    )


def least_by_trying(matrices: Matrices) -> float:
    """Least value of a programme whose columns are all integer and bounded, by trying each point."""
    axes = [range(int(low), int(high) + 1) for low, high in zip(matrices.lower, matrices.upper, strict=True)]
    points = np.array(list(itertools.product(*axes)), dtype=float)
    used = points @ matrices.rows.toarray().T
    holds = ((used >= matrices.row_lower) & (used <= matrices.row_upper)).all(axis=1)
    return float((points @ matrices.cost)[holds].min())


def free_and_continuous() -> tuple[Matrices, np.ndarray]:
    """A free column, a negative one and an unused one beside an integer; the only best point is reckoned by hand.

    x1 free, -5 <= x2 <= -1, x3 whole with 0 <= x3 <= 9, x4 unused and fixed at 2.5: minimise 2 x1 - x2 - 3 x3 subject
    to x1 + x2 >= -4.5, 2 x3 - x1 <= 4. Given x3, x1 is 2 x3 - 4 or -4.5 - x2, whichever is larger. The costs are
    2 (2 x3 - 4) - 3 x3 - x2 = x3 - 8 - x2 where the former counts: least with x2 = -1. The latter counts until
    2 x3 - 4 > -3.5, so for x3 = 0, with x1 = -3.5 at x2 = -1 (x2 = -1 costs least: 2 (-4.5 - x2) - x2 falls by 3 for
    each unit of x2): -7 + 1 = -6. With x3 = 1, x1 = -2: -4 + 1 - 3 = -6 too; with x3 = 2, x1 = 0: 1 - 6 = -5. A cost
    of 3.5 instead of 3 makes x3 = 1 the only best: -6.5, with x3 = 2 at -6 and x3 = 3 at -5.5.
    """
    matrices = programme(
        rows=[[1, 1, 0, 0], [-1, 0, 2, 0]],
        row_bounds=[(-4.5, NONE), (-NONE, 4)],
        bounds=[(-NONE, NONE), (-5, -1), (0, 9), (2.5, 2.5)],
        cost=[2, -1, -3.5, 0],
        integer=[False, False, True, False],
    )
    return matrices, np.array([-2.0, -1.0, 1.0, 2.5])


def infeasible() -> Matrices:
    """Twice a whole number is never odd; the relaxation is feasible."""
    return programme([[2, 2]], [(3, 3)], [(0, 5), (0, 5)], [1, 1], [True, True])


def infeasible_linear() -> Matrices:
    """Three rows of which any two can hold: x + y >= 4, x - y >= 1 and x <= 2."""
    return programme([[1, 1], [1, -1], [1, 0]], [(4, NONE), (1, NONE), (-NONE, 2)], [(0, 9)] * 2, [1, 1], [False] * 2)


def unbounded() -> Matrices:
    """The first column earns, and nothing holds it."""
    return programme([[-2, 2]], [(-NONE, 1)], [(0, NONE)] * 2, [-1, 1], [True, True])


def hard(parts: int = 40) -> Matrices:
    """A market split (Cornuejols and Dawande 1998) with slack: a point is found at once, a proof takes very long."""
    rng = np.random.default_rng(11)
    rows = 5
    shares = rng.integers(0, 100, size=(rows, parts)).astype(float)
    slack = np.kron(np.eye(rows), [1.0, -1.0])
    half = np.floor(shares.sum(axis=1) / 2.0)
    return Matrices(
        rows=sparse.csc_array(np.hstack([shares, slack])),
        row_lower=half,
        row_upper=half,
        lower=np.zeros(parts + 2 * rows),
        upper=np.concatenate([np.ones(parts), np.full(2 * rows, NONE)]),
        cost=np.concatenate([np.zeros(parts), np.ones(2 * rows)]),
        offset=0.0,
        integer=np.arange(parts + 2 * rows) < parts,
    )


def as_maximum(matrices: Matrices) -> Matrices:
    """The programme whose greatest value is sought, written as a minimum."""
    return replace(matrices, cost=-matrices.cost)
