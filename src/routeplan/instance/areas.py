"""The tree of areas: what counts in an area counts in every area above it."""

import pandas as pd

from routeplan.instance.instance import Instance


def with_areas_above(instance: Instance, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and each of them again for every area above its own.

    Parameters
    ----------
    instance : Instance
        The instance.
    rows : DataFrame
        With a column ``area``.
    """
    parents = instance["areas"].set_index("area")["parent"]
    levels = [rows]
    while len(levels[-1]):
        above = levels[-1].assign(area=levels[-1]["area"].map(parents))
        levels.append(above[above["area"] != ""])
    return pd.concat(levels, ignore_index=True)
