"""Random numbers of a family: a stream of its own for each family, size and seed.

The bits of `numpy.random.PCG64` never change, and neither do uniform numbers made of them; other draws of a
`Generator` may change from release to release (NEP 19), so that whole numbers and orders are made of uniform ones here.
"""

import hashlib

import numpy as np

from routeplan.instance.horizon import FloatArray, IntArray


def stream(family: str, size: str, seed: int) -> np.random.Generator:
    """Open the stream of random numbers of an instance.

    Parameters
    ----------
    family : str
        Name of the family, or what instances of several families have in common.
    size : str
        Name of the size.
    seed : int
        Seed of the instance.
    """
    digest = hashlib.sha256(f"{family}:{size}:{seed}".encode()).digest()
    return np.random.Generator(np.random.PCG64([int(word) for word in np.frombuffer(digest, dtype="<u4")]))


def whole(random: np.random.Generator, count: int, low: int, high: int) -> IntArray:
    """Draw whole numbers from `low` to `high`, both included."""
    return low + np.floor(random.random(count) * (high - low + 1)).astype(np.int64)


def amounts(random: np.random.Generator, count: int, low: int, high: int) -> FloatArray:
    """Draw whole numbers, stored as floating-point ones."""
    return whole(random, count, low, high).astype(float)


def order(random: np.random.Generator, count: int) -> IntArray:
    """Draw an order of as many things."""
    return np.argsort(random.random(count), kind="stable").astype(np.int64)
