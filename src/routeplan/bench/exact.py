"""Sums of products of floats that are rounded once, from their exact value."""

from math import fsum, isfinite

import numpy as np
from scipy import sparse

from routeplan.instance.horizon import FloatArray

SPLITTER = 2.0**27 + 1.0
"""Splits the 53 bits of a float into two halves whose products are exact (Dekker 1971)."""


def exact_sum_of_products(first: FloatArray, second: FloatArray, added: float = 0.0) -> float:
    """Sum of products of two arrays, shape (N,), and of a number added, rounded once.

    Notes
    -----
    Each product becomes the sum of two floats without error (Dekker 1971, doi 10.1007/BF01397083), and floats are
    summed as if without rounding (Shewchuk 1997, doi 10.1007/PL00009321; `math.fsum`). Numbers must be below 1e150 in
    size; where a product is below 1e-290, what is lost is below 1e-300.
    """
    return fsum([*_products(first, second).tolist(), added])


def excess_of_rows(rows: sparse.csr_array, x: FloatArray, lower: FloatArray, upper: FloatArray) -> FloatArray:
    """How far each row lies outside its bounds, rounded once; at most 0 within them.

    Parameters
    ----------
    rows : csr_array, shape (R, C)
        Coefficients.
    x : FloatArray, shape (C,)
        The point.
    lower, upper : FloatArray, shape (R,)
        Bounds, infinite where there is none.

    Returns
    -------
    FloatArray, shape (R,)
        max(lower - rows x, rows x - upper), with the arithmetic of `exact_sum_of_products`.
    """
    products = _products(rows.data, x[rows.indices])
    # Each coefficient has two terms, so the terms of a row begin at twice where its coefficients begin.
    starts = (2 * rows.indptr.astype(np.int64)).tolist()
    sides = zip(starts, starts[1:], lower.tolist(), upper.tolist(), strict=False)
    return np.array([_excess(products[start:end].tolist(), least, most) for start, end, least, most in sides])


def _excess(terms: list[float], lower: float, upper: float) -> float:
    """How far a sum lies outside bounds; minus infinity when there are none."""
    above = fsum([*terms, -upper]) if isfinite(upper) else -upper
    if lower == upper:
        return abs(above)
    below = -fsum([*terms, -lower]) if isfinite(lower) else lower
    return max(above, below)


def _products(first: FloatArray, second: FloatArray) -> FloatArray:
    """Two floats for each product, shape (2 N,), whose exact sum it is: the rounded product, and what it lacks."""
    product = first * second
    first_high, first_low = _halves(first)
    second_high, second_low = _halves(second)
    # The order of these differences is what makes each of them exact.
    lacking = first_low * second_low - (
        ((product - first_high * second_high) - first_low * second_high) - first_high * second_low
    )
    return np.column_stack([product, lacking]).ravel()


def _halves(numbers: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The upper and the lower bits of floats."""
    scaled = SPLITTER * numbers
    high = scaled - (scaled - numbers)
    return high, numbers - high
