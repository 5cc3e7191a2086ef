"""Input and output of a run of the solver: limits in; status, point, bound and prices out."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType

import numpy as np

from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.tolerances import FEASIBILITY

ROOT_NODES = 1
"""Nodes that HiGHS counts when it is done with the root; with more, its bound is that of the tree."""

Option = bool | int | float | str
"""A value of a solver option."""

OnBounds = Callable[[float | None, float | None], None]
"""Called with the objective of the best point and the best bound, whenever either is news."""

Stop = Callable[[], bool]
"""Whether to end now, with what there is."""


MOMENT = 2.0
"""Seconds that the plan to hand over, where there is no time for another, gets in any case."""


def never() -> bool:
    """Ask for no end."""
    return False


class Ending(Enum):
    """Ending of a run of the solver."""

    OPTIMAL = "the gap was reached"
    INFEASIBLE = "no point obeys every row"
    TIME_LIMIT = "the time was up"
    INTERRUPTED = "it was asked to stop"
    MEMORY_LIMIT = "the memory was used up"
    ITERATION_LIMIT = "the limit on iterations was reached"
    NODE_LIMIT = "the limit on nodes or solutions was reached"
    UNKNOWN = "the solver gave up"


WORK = frozenset({"mip_max_nodes", "mip_max_leaves"})
"""Options of HiGHS that limit the work of a search, whatever time that takes."""


@dataclass(frozen=True)
class Limits:
    """Limits and options of a run.

    Parameters
    ----------
    gap : float
        Gap at which to stop, relative to max(1, abs(objective)).
    deadline : float
        `time.monotonic` at which to stop.
    threads : int, optional
        Threads; the solver's choice when None.
    seed : int
        Random seed.
    log : Path, optional
        File to which the solver's log is added.
    options : mapping of str to bool, int, float or str
        Further options of HiGHS, by its names; they win over what routeplan chooses.
    stop : callable, optional
        Asked often whether to end now, with what there is.
    """

    gap: float = 0.0
    deadline: float = float("inf")
    threads: int | None = None
    seed: int = 0
    log: Path | None = None
    options: Mapping[str, Option] = field(default_factory=lambda: MappingProxyType({}))
    stop: Stop = never

    @property
    def reached(self) -> Ending | None:
        """What ends any run now: a wish to stop, or the deadline; None where nothing does."""
        if self.stop():
            return Ending.INTERRUPTED
        return Ending.TIME_LIMIT if time.monotonic() >= self.deadline else None

    def within(self, seconds: float) -> "Limits":
        """The same limits for a part of the work that takes no more than some seconds.

        Where work is counted (`WORK`) instead of seconds, the part takes as much as it needs: what is found does not
        depend on the machine then, with one thread.
        """
        if WORK & self.options.keys():
            return self
        return replace(self, deadline=min(self.deadline, time.monotonic() + seconds))

    def with_a_moment(self) -> "Limits":
        """The same limits with `MOMENT` seconds in any case, in which no stop is heard."""
        moment = time.monotonic() + MOMENT
        stop = self.stop
        return replace(self, deadline=max(self.deadline, moment), stop=lambda: time.monotonic() >= moment and stop())


@dataclass(frozen=True)
class Solution:
    """Outcome of a run.

    Parameters
    ----------
    status : Ending
        Why it ended.
    x : FloatArray, shape (C,), optional
        Best point found.
    objective : float, optional
        Its objective.
    bound : float
        Best proven bound; minus infinity when there is none.
    duals : FloatArray, shape (R,), optional
        Of a linear program: what one unit more of each row's bound changes in the objective.
    reduced_costs : FloatArray, shape (C,), optional
        Of a linear program: what one unit more of each column changes in the objective.
    root_bound : float, optional
        Of a mixed-integer program: the bound at the end of the root node, or of the run where it ends there.
    """

    status: Ending
    x: FloatArray | None
    objective: float | None
    bound: float
    duals: FloatArray | None = None
    reduced_costs: FloatArray | None = None
    root_bound: float | None = None


@dataclass(frozen=True, eq=False)
class Relaxation:
    """A linear relaxation that is solved.

    Parameters
    ----------
    matrices : Matrices
        The mixed-integer program.
    x : FloatArray, shape (C,)
        The optimum of its relaxation.
    duals : FloatArray, shape (R,)
        Prices of its rows there.
    """

    matrices: Matrices
    x: FloatArray
    duals: FloatArray

    @property
    def bound(self) -> float:
        """What the prices prove, whatever the solver says."""
        return dual_bound(self.matrices, self.duals)


def dual_bound(matrices: Matrices, duals: FloatArray) -> float:
    r"""Bound that any prices of the rows prove, whether the solver has finished or not.

    .. math:: \sum_i \min(y_i \, l_i, y_i \, u_i)^{*} + \sum_j \min(d_j \, l_j, d_j \, u_j), \qquad d = c - A^T y

    (* the row's lower bound counts where y > 0, its upper bound where y < 0: weak duality.) A price that counts on a
    bound that a row does not have is taken as 0.

    Parameters
    ----------
    matrices : Matrices
        The linear program, or the relaxation of a mixed-integer one.
    duals : FloatArray, shape (R,)
        Prices y of the rows.
    """
    prices = counting(matrices, duals)
    counted = np.where(prices > 0, matrices.row_lower, matrices.row_upper)
    rows = float(prices @ np.where(prices != 0.0, counted, 0.0))
    return rows + matrices.least(matrices.cost - matrices.rows.T @ prices) + matrices.offset


def highest_bound(value: float) -> float:
    """Highest bound that can be right where a point has this objective: one above it is a wrong answer."""
    return value + FEASIBILITY * max(1.0, abs(value))


def counting(matrices: Matrices, duals: FloatArray) -> FloatArray:
    """Prices of rows, shape (R,), with 0 for one that counts on a bound that its row does not have."""
    counted = np.where(duals > 0, matrices.row_lower, matrices.row_upper)
    return np.where(np.isfinite(counted), duals, 0.0)
