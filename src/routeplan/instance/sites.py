"""Sites of processes, and what they ask of their grid contracts."""

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


def asked_of_contracts(instance: Instance, options: pd.DataFrame) -> pd.DataFrame:
    """What options ask of the grid contract of their site: the share of their capacity that meets its peak.

    Parameters
    ----------
    instance : Instance
        The instance.
    options : DataFrame
        Rows of its table ``options``.

    Returns
    -------
    DataFrame
        ``firm`` and ``total``, firm and flexible together [MW], by the index of `options`; below 0: it frees room.
    """
    coincidence = at_sites(instance, options)["site"].map(instance["sites"].set_index("site")["coincidence"])
    firm, flexible = options["firm_capacity"], options["flexible_capacity"]
    return pd.DataFrame({"firm": firm * coincidence, "total": (firm + flexible) * coincidence})
