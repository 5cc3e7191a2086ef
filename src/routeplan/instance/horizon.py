"""Time: the periods of a plan, and discounting of money in them.

Years are calendar years; a period is tested by its first year alone.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from routeplan.schema.settings import Settings

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Horizon:
    """The periods, and the discounting of money in them.

    Parameters
    ----------
    first : IntArray, shape (T,)
        First calendar year of each period, increasing.
    years : IntArray, shape (T,)
        Length of each period [yr].
    base_year : int
        Year to which money is discounted.
    rate : float
        Discount rate, fraction per year.
    """

    first: IntArray
    years: IntArray
    base_year: int
    rate: float

    @classmethod
    def of(cls, periods: pd.DataFrame, settings: Settings) -> "Horizon":
        """The horizon of an instance's table ``periods``, at society's rate."""
        return cls(
            periods["period"].to_numpy(np.int64),
            periods["years"].to_numpy(np.int64),
            settings.base_year,
            settings.discount_rate,
        )

    def __len__(self) -> int:
        return len(self.first)

    @property
    def end(self) -> int:
        """The first year that is no longer planned, Y in the formulas."""
        return int(self.first[-1] + self.years[-1])

    @property
    def ends(self) -> IntArray:
        """The first year after each period, shape (T,)."""
        return self.first + self.years

    @property
    def last_years(self) -> dict[int, int]:
        """Last year of each period, by its first year."""
        return dict(zip(self.first.tolist(), (self.ends - 1).tolist(), strict=True))

    @cached_property
    def _cumulative(self) -> FloatArray:
        years = np.arange(int(self.first[0]), self.end)
        factors = (1.0 + self.rate) ** -(years - self.base_year).astype(float)
        return np.concatenate([[0.0], np.cumsum(factors)])

    def discounted_years(self, begin: ArrayLike, end: ArrayLike) -> FloatArray:
        """Sum of d(y) = (1 + rate)^-(y - base_year) over the years y = begin .. end - 1 inside the horizon.

        Parameters
        ----------
        begin, end : array_like of int
            Calendar years; broadcast against each other. Years outside the horizon count nothing.
        """
        first, last = int(self.first[0]), self.end
        begins = np.clip(np.asarray(begin), first, last).astype(np.int64) - first
        finishes = np.clip(np.asarray(end), first, last).astype(np.int64) - first
        return np.asarray(self._cumulative[np.maximum(begins, finishes)] - self._cumulative[begins])

    @cached_property
    def weight(self) -> FloatArray:
        """W(t): present value of 1 M EUR/yr throughout each period [M EUR], shape (T,)."""
        return self.discounted_years(self.first, self.ends)

    def position(self, periods: ArrayLike) -> IntArray:
        """Positions 0 .. T-1 of periods given by their first years."""
        return np.searchsorted(self.first, np.asarray(periods)).astype(np.int64)

    def period_of(self, years: ArrayLike) -> IntArray:
        """Position of the period in which each year lies; the first before it, the last beyond the horizon."""
        position = np.searchsorted(self.first, np.asarray(years), side="right") - 1
        return np.clip(position, 0, len(self) - 1).astype(np.int64)

    def runs_until(self, last_year: ArrayLike) -> FloatArray:
        """End of the last period that a last year still lets run; infinite where it ends nothing.

        A last year of the horizon's end or later, or none (NaN), ends nothing. One before the first period
        gives the first period's first year.
        """
        limit = np.asarray(last_year, dtype=float)
        ends_nothing = np.isnan(limit) | (limit >= self.end)
        position = np.searchsorted(self.first, np.where(ends_nothing, self.first[-1], limit), side="right") - 1
        until = np.where(position < 0, self.first[0], self.ends[np.maximum(position, 0)])
        return np.where(ends_nothing, np.inf, until).astype(float)
