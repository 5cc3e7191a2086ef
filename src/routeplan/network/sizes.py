"""Candidate links in the sizes in which they can be built, and the sets of sizes worth building together."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.instance.horizon import FloatArray


def sized_links(links: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """Put each candidate link beside each size of its carrier and mode.

    Parameters
    ----------
    links : DataFrame
        Table ``links``, perhaps with more columns.
    sizes : DataFrame
        Table ``sizes``.

    Returns
    -------
    DataFrame
        Columns of both, ``size_capacity`` being the size's [GWh/yr or kt/yr], and ``capex`` [M EUR].
    """
    both = links[links["status"] == "candidate"].merge(
        sizes.rename(columns={"capacity": "size_capacity"}), on=["carrier", "mode"]
    )
    both["capex"] = both["capex_per_km"] * both["length"] + both["capex_fixed"]
    return both


def sets_of_sizes(capacity: FloatArray, rents: FloatArray, most: float) -> NDArray[np.bool_]:
    """Find the sets of sizes that may be the cheapest for some amount: those that no other set dominates.

    Parameters
    ----------
    capacity : FloatArray, shape (S,)
        Capacity of each size.
    rents : FloatArray, shape (S, L)
        Yearly rent of each size on some links. Rents are straight lines in the length of a link, so that the
        shortest and the longest link speak for all.
    most : float
        Largest amount to carry; capacity beyond it counts for nothing.

    Returns
    -------
    bool array, shape (N, S)
        The sets, the empty one among them.
    """
    sets = np.zeros((1, 0), dtype=bool)
    for place in range(1, len(capacity) + 1):
        without, added = (np.insert(sets, place - 1, chosen, axis=1) for chosen in (False, True))
        sets = np.vstack([without, added])
        carried = np.minimum(sets @ capacity[:place], most)
        sets = sets[_unbettered(np.column_stack([-carried, sets @ rents[:place]]))]
    return sets


def _unbettered(costs: FloatArray) -> NDArray[np.bool_]:
    """Whether no other row is as low in every column; of equal rows the first counts."""
    no_higher = (costs[:, np.newaxis] <= costs).all(axis=2)
    equal = no_higher & no_higher.T
    first = np.tri(len(costs), k=-1, dtype=bool).T
    return np.asarray(~(no_higher & (~equal | first)).any(axis=0))
