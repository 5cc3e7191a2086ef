"""Rows of a program, put together from blocks of coefficients."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

Block = tuple[ArrayLike, ArrayLike, ArrayLike]
"""Row, column and coefficient of entries, shape (E,) each; a single number stands for all of them."""


def coefficients(blocks: Iterable[Block], shape: tuple[int, int]) -> sparse.csc_array:
    """Put blocks of coefficients into one matrix.

    Parameters
    ----------
    blocks : iterable of Block
        Coefficients of the same place add up.
    shape : tuple of int
        Rows and columns.
    """
    parts = [np.broadcast_arrays(*block) for block in blocks]
    row, column, value = (np.concatenate([np.ravel(part[place]) for part in parts]) for place in range(3))
    return sparse.csc_array((value.astype(float), (row.astype(np.int64), column.astype(np.int64))), shape=shape)
