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
    """Draw instances with replacement, from each family one fewer than it has, of which one counts twice.

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
        Positions of the instances drawn, as many of each family as it has.

    Raises
    ------
    UsageError
        When there are no instances or resamples.

    Notes
    -----
    As many draws as a family has would make intervals too narrow: the variance of their mean is (n - 1) / n of what it
    should be, half of it with two instances a family. With n - 1 draws it is right (Rao and Wu 1988, "Resampling
    inference with complex survey data", Journal of the American Statistical Association 83, 231-241). One of them is
    taken twice, so that families keep their weight: that is exact for two instances, and a tenth too wide for more.
    """
    codes = pd.factorize(np.asarray(list(families), dtype=object))[0]
    if len(codes) == 0 or resamples < 1:
        raise UsageError(f"{resamples} resamples of {len(codes)} instances; allowed: one or more of each")
    drawn = np.empty((resamples, len(codes)), dtype=np.int64)
    for code in range(codes.max() + 1):
        members = np.flatnonzero(codes == code)
        draws = generator.choice(members, size=(resamples, max(1, len(members) - 1)))
        drawn[:, members] = np.concatenate([draws, draws[:, : len(members) - draws.shape[1]]], axis=1)
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
