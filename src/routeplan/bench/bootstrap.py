"""Bootstrap over instances, stratified by family: how much an outcome hangs on which instances were taken."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray

RESAMPLES = 2_000
"""Resamples that an interval is taken from."""

LEVEL = 0.95
"""Share of the resamples that an interval holds."""

Interval = tuple[float, float]


def resampled(families: Iterable[str], generator: np.random.Generator, resamples: int = RESAMPLES) -> IntArray:
    """Draw instances with replacement, from each family as many as it has.

    Parameters
    ----------
    families : iterable of str, N of them
        Family of each instance.
    generator : numpy.random.Generator
        Where the draws come from.
    resamples : int
        Number of samples, B.

    Returns
    -------
    IntArray, shape (B, N)
        Positions of the instances drawn. (Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, sections 6 and
        8.3: samples are drawn as the data were, here by family.)

    Raises
    ------
    UsageError
        When there are no instances or resamples.
    """
    codes = pd.factorize(np.asarray(list(families), dtype=object))[0]
    if len(codes) == 0 or resamples < 1:
        raise UsageError(f"{resamples} resamples of {len(codes)} instances; allowed: one or more of each")
    drawn = np.empty((resamples, len(codes)), dtype=np.int64)
    for code in range(codes.max() + 1):
        members = np.flatnonzero(codes == code)
        drawn[:, members] = generator.choice(members, size=(resamples, len(members)))
    return drawn


def interval(outcomes: ArrayLike) -> Interval | None:
    """The middle `LEVEL` of the outcomes of resamples; none when no outcome is a number."""
    numbers: FloatArray = np.asarray(outcomes, dtype=np.float64)
    numbers = numbers[~np.isnan(numbers)]
    if len(numbers) == 0:
        return None
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(numbers, [tail, 1.0 - tail])
    return float(low), float(high)


def can_vary(families: Iterable[str]) -> bool:
    """Whether some family has two instances or more, without which every resample is the sample itself."""
    return bool((pd.Series(list(families), dtype=object).value_counts() > 1).any())
