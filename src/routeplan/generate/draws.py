"""Random numbers that are the same on every machine.

Only numpy's frozen ``RandomState`` is used, and of it only uniform numbers, permutations and gamma variates; every
purpose has a stream of its own, so that a new one leaves the others as they are.
"""

import hashlib

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import pdtr

from routeplan.instance.horizon import FloatArray, IntArray


def stream(seed: int, purpose: str) -> np.random.RandomState:
    """Open the stream of random numbers of one purpose.

    Parameters
    ----------
    seed : int
        Seed of the instance.
    purpose : str
        What is drawn, such as ``sites: sizes``.
    """
    digest = hashlib.sha256(f"{seed}:{purpose}".encode()).digest()
    return np.random.RandomState([int(word) for word in np.frombuffer(digest, dtype="<u4")])


def stratified(random: np.random.RandomState, count: int, within: float = 1.0) -> FloatArray:
    """Draw numbers between 0 and 1, one in each of as many equal parts, in any order.

    Their distribution is as even as can be, so that sums and quantiles of what is made of them hardly depend on
    the seed.

    Parameters
    ----------
    random : RandomState
        The stream.
    count : int
        How many.
    within : float
        The middle share of its part in which a number lies; the less, the less the seed matters.
    """
    order = random.permutation(count)
    return np.asarray((order + 0.5 + within * (random.random_sample(count) - 0.5)) / max(count, 1))


def picked(numbers: FloatArray, weights: ArrayLike) -> IntArray:
    """Pick one of the weights for each number between 0 and 1, in proportion."""
    bounds = np.cumsum(np.asarray(weights, dtype=float))
    found = np.searchsorted(bounds, numbers * bounds[-1], side="right").astype(np.int64)
    return np.asarray(np.minimum(found, len(bounds) - 1))


def counted(numbers: FloatArray, mean: float) -> IntArray:
    """Make Poisson counts of this mean of numbers between 0 and 1."""
    most = int(mean + 12.0 * np.sqrt(mean) + 12.0)
    return np.searchsorted(pdtr(np.arange(most), mean), numbers, side="right").astype(np.int64)


def shared_out(total: int, weights: ArrayLike) -> IntArray:
    """Share a number of things out in proportion, by largest remainders; the first of equal ones goes first."""
    parts = np.asarray(weights, dtype=float) * total / np.sum(weights)
    whole: IntArray = np.floor(parts).astype(np.int64)
    # Rounded, so that remainders that are equal on paper are equal here.
    first = np.argsort(-np.round(parts - whole, 9), kind="stable")
    whole[first[: total - int(whole.sum())]] += 1
    return whole
