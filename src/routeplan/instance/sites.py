"""Sites of processes."""

import pandas as pd

from routeplan.instance.instance import Instance


def at_sites(instance: Instance, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, each with the ``site`` of its process.

    Parameters
    ----------
    instance : Instance
        The instance.
    rows : DataFrame
        With a column ``process``.
    """
    return rows.assign(site=rows["process"].map(instance["processes"].set_index("process")["site"]))
