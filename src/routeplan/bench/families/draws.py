"""Random numbers of a family: a stream of its own for each family, size and seed.

The bits of `numpy.random.PCG64` never change, but what a `Generator` makes of them may, from release to release
(NEP 19). So all numbers are made of the bits here, without functions that differ between machines.
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


def uniform(random: np.random.Generator, count: int) -> FloatArray:
    """Draw numbers from 0 up to, but not including, 1: multiples of 2 to the power -53."""
    bits = np.asarray(random.bit_generator.random_raw(count), dtype=np.uint64)
    return np.asarray(np.ldexp((bits >> np.uint64(11)).astype(float), -53))


def whole(random: np.random.Generator, count: int, low: int, high: int) -> IntArray:
    """Draw whole numbers from `low` to `high`, both included."""
    return low + np.floor(uniform(random, count) * (high - low + 1)).astype(np.int64)


def amounts(random: np.random.Generator, count: int, low: int, high: int) -> FloatArray:
    """Draw whole numbers, stored as floating-point ones."""
    return whole(random, count, low, high).astype(float)


def order(random: np.random.Generator, count: int) -> IntArray:
    """Draw an order of as many things."""
    return np.argsort(uniform(random, count), kind="stable").astype(np.int64)
