"""Tests of whether two settings differ by more than chance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats


def wilcoxon(differences: ArrayLike) -> float:
    """p-value of the two-sided signed-rank test of differences, zeros ranked as by Pratt; 1 when all are zero.

    Source: Wilcoxon 1945, doi 10.2307/3001968; Pratt 1959, doi 10.1080/01621459.1959.10501526.
    """
    numbers = np.asarray(differences, dtype=np.float64)
    if not numbers.any():
        return 1.0
    return float(stats.wilcoxon(numbers, zero_method="pratt").pvalue)


def mcnemar(first_only: int, second_only: int) -> float:
    """p-value of McNemar's exact test, from what only the first solves and what only the second does.

    Source: McNemar 1947, doi 10.1007/BF02295996; exact by the binomial distribution of an even chance.
    """
    if first_only + second_only == 0:
        return 1.0
    return float(stats.binomtest(first_only, first_only + second_only, 0.5).pvalue)


def holm(p_values: Sequence[float]) -> list[float]:
    r"""p-values adjusted for so many tests at once, in their order.

    .. math:: \tilde p_{(k)} = \max_{j \le k} \min(1, (m - j + 1) p_{(j)})

    Source: Holm 1979, *Scandinavian Journal of Statistics* 6(2), 65-70.
    """
    order = np.argsort(np.asarray(p_values, dtype=np.float64), kind="stable")
    multiples = np.arange(len(order), 0, -1)
    adjusted = np.empty(len(order))
    adjusted[order] = np.maximum.accumulate(np.minimum(1.0, multiples * np.asarray(p_values, dtype=np.float64)[order]))
    return [float(number) for number in adjusted]
