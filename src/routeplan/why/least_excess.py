"""The smallest set of excesses with which there is a plan: the hardest kinds of limits first."""

import time
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.matrices import Matrices
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.tolerances import ROUNDING
from routeplan.why.blockers import STRICT
from routeplan.why.limit import Kind
from routeplan.why.relaxed import Relaxed

ORDER: tuple[tuple[Kind, ...], ...] = (
    (Kind.TARGET,),
    (Kind.POT,),
    (Kind.GRID,),
    (Kind.LINK_CAPACITY, Kind.HUB_CAPACITY),
    (Kind.SUPPLY, Kind.SOURCE),
    (Kind.DECIDED,),
    (Kind.SUPPORT, Kind.LEAD_TIME, Kind.STOP, Kind.LINK, Kind.HUB, Kind.REACH),
    (Kind.ROUTE,),
)
"""Kinds of limits in the order in which they give way.

Targets give way first, then public money, the grid, networks, supply, and what is decided already; then what no amount
buys: rules of public money, years, stops and reach. That a process runs nothing is the last resort.
"""

FIRST_SHARE = 0.2
"""Share of the time that is left which the search for a first point may take, with each next kind that gives way."""

NONE = 1e-6
"""A sum of shares, or an excess as a share of its limit, that counts as none."""

LESS = 0.99
"""Share of the least sum with which there must be no plan, so that it is believed to be the least."""

CLOSE = 1e-5
"""Gap at which a sum counts as the least: to prove the last millionth of it may take hours."""

TRIES = 3
"""How often a least sum that was told wrongly is looked for again."""


@dataclass(frozen=True)
class LeastExcess:
    """Excesses with which there is a plan.

    Parameters
    ----------
    amount : FloatArray, shape (N,)
        Amount of each excess, as a number of the tables; 0 for the limits that hold.
    proven : bool
        Whether no smaller ones do: of the hardest kind, and of each next one given those before.
    hardest : int
        Position in `ORDER` of the hardest kind that is exceeded, -1 where none is.
    hardest_needed : bool
        Whether it is proven that some limit of that kind must be exceeded, whatever easier limits are.
    solves : int
        How many programs were solved.
    """

    amount: FloatArray
    proven: bool
    hardest: int
    hardest_needed: bool
    solves: int


def least_excess(relaxed: Relaxed, search: Limits) -> LeastExcess | None:
    """Find the smallest excesses with which there is a plan, kind by kind.

    The sum of the shares of the hardest kind is minimised, fixed, and so on to the easiest. A sum that is said to be
    the least is believed once there is proof that there is no plan with a little less.

    Parameters
    ----------
    relaxed : Relaxed
        The program.
    search : Limits
        Limits of all searches together.

    Returns
    -------
    LeastExcess, optional
        None where the time was up before any was found.
    """
    return _Descent(relaxed, replace(search, gap=CLOSE, options={**search.options, **STRICT})).found()


class _Descent:
    """The search, from the hardest kind to the easiest."""

    def __init__(self, relaxed: Relaxed, search: Limits) -> None:
        self._relaxed, self._search = relaxed, search
        self._matrices = relaxed.matrices
        self._solves = 0

    def found(self) -> LeastExcess | None:
        kinds = [self._relaxed.of(kinds) for kinds in ORDER]
        x = self._first(kinds)
        if x is None:
            return None
        proven, hardest, needed = True, -1, False
        for rank in range(len(ORDER) - 1, -1, -1):
            share = self._cost(kinds[rank])
            x, sure = self._least(share, x)
            some = float(share @ x) > NONE
            if some and hardest < 0:
                hardest, needed = rank, proven and sure
            proven &= sure
            self._fix(share, x, kinds[rank], some)
        return LeastExcess(self._amounts(x), proven, hardest, needed, self._solves)

    def _first(self, kinds: list[IntArray]) -> FloatArray | None:
        """A point in which as few kinds give way as can soon be seen to do."""
        for rank in range(len(ORDER)):
            harder = np.concatenate([*kinds[rank + 1 :], np.zeros(0, dtype=np.int64)])
            now = time.monotonic()
            share = FIRST_SHARE if len(harder) else 1.0
            self._solves += 1
            within = replace(self._search, deadline=now + share * max(0.0, self._search.deadline - now))
            x = run(self._relaxed.holding(harder), within).x
            if x is not None:
                return x
        return None

    def _solved(self, matrices: Matrices, start: FloatArray | None = None) -> Solution:
        self._solves += 1
        return run(matrices, self._search, start=start)

    def _cost(self, limits: IntArray) -> FloatArray:
        cost = np.zeros(len(self._matrices.cost))
        cost[self._relaxed.first + limits] = self._relaxed.share[limits]
        return cost

    def _least(self, share: FloatArray, x: FloatArray) -> tuple[FloatArray, bool]:
        """A point with the least sum of shares, and whether that is proven."""
        for _ in range(TRIES):
            if share @ x <= NONE:
                return x, True
            found = self._solved(self._matrices.with_objective(share), x)
            if found.x is not None and share @ found.x < share @ x:
                x = found.x
            if found.status is not Ending.OPTIMAL:
                return x, False
            if share @ x <= NONE:
                return x, True
            less = self._solved(_at_most(self._matrices, share, LESS * float(share @ x)))
            if less.x is None:
                return x, less.status is Ending.INFEASIBLE
            x = less.x
        return x, False

    def _fix(self, share: FloatArray, x: FloatArray, limits: IntArray, some: bool) -> None:
        """Hold the sum of shares at what it is, or all of these limits where it is nothing."""
        if some:
            self._matrices = _at_most(self._matrices, share, float(share @ x) * (1.0 + ROUNDING))
        else:
            upper = self._matrices.upper.copy()
            upper[self._relaxed.first + limits] = 0.0
            self._matrices = self._matrices.with_numbers(upper=upper)

    def _amounts(self, x: FloatArray) -> FloatArray:
        amount = self._relaxed.in_tables(x[self._relaxed.first :])
        return np.where(amount * self._relaxed.share > NONE, amount, 0.0)


def _at_most(matrices: Matrices, cost: FloatArray, most: float) -> Matrices:
    """The program in which a sum is at most a number."""
    return matrices.with_rows(sparse.csr_array(cost[None, :]), np.array([most]))
