"""Scaling by options of HiGHS' user, in whose units HiGHS 1.16 tells its callbacks of points, objectives and bounds."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routeplan.instance.horizon import FloatArray
from routeplan.solver.solution import Option


@dataclass(frozen=True)
class UserScale:
    """Powers of 2 by which HiGHS multiplies costs and bounds before it solves.

    What HiGHS tells at its end is scaled back; what it tells its callbacks is not, nor is its absolute gap.

    Parameters
    ----------
    cost, bound : int
        Options ``user_objective_scale`` and ``user_bound_scale``.
    """

    cost: int = 0
    bound: int = 0

    @classmethod
    def of(cls, options: Mapping[str, Option]) -> "UserScale":
        """The scaling that options ask for."""
        return cls(int(options.get("user_objective_scale", 0)), int(options.get("user_bound_scale", 0)))

    def absolute(self, gap: float) -> float:
        """An absolute gap, in the units in which HiGHS compares it."""
        return gap * 2.0 ** (self.cost + self.bound)

    def value(self, told: float) -> float:
        """An objective or a bound that a callback is told, scaled back."""
        return float(told) / 2.0 ** (self.cost + self.bound)

    def point(self, told: FloatArray, integer: NDArray[np.bool_]) -> FloatArray:
        """A point that a callback is told, shape (C,), scaled back: integer columns are not scaled."""
        return np.where(integer, told, told / 2.0**self.bound)
