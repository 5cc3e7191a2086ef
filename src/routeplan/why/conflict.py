"""One minimal group of limits that cannot hold together, by a deletion filter."""

from collections.abc import Callable, Sequence

import numpy as np

from routeplan.instance.horizon import IntArray

Possible = Callable[[IntArray], bool | None]
"""Whether there is a plan in which these limits hold and no others need to; None where that is not known."""


def conflict(chunks: Sequence[IntArray], possible: Possible) -> tuple[IntArray, bool]:
    """Find a minimal group of limits that cannot hold together.

    Limits are left out chunk by chunk; a chunk without which there is a plan is halved, until single limits are left.
    Needs proof that there is no plan in which all hold. It does not need the linear relaxation to be infeasible.

    Parameters
    ----------
    chunks : sequence of IntArray
        The limits, in groups that are tried together first.
    possible : callable
        The probe.

    Returns
    -------
    IntArray
        The group; that it cannot hold together is proven.
    bool
        Whether it is proven that no limit of it can be left out. One of which that is not known stays.
    """
    held = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *chunks]))
    left = [chunk for chunk in reversed(chunks) if len(chunk)]
    minimal = True
    while left:
        chunk = left.pop()
        without = np.setdiff1d(held, chunk)
        answer = possible(without)
        if answer is False:
            held = without
        elif len(chunk) > 1:
            left += np.array_split(chunk, 2)
        elif answer is None:
            minimal = False
    return held, minimal
