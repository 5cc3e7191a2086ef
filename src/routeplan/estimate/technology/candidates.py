"""Candidate routes of each process."""

import pandas as pd

from routeplan.estimate.citations import place_of
from routeplan.estimate.defaults import DefaultTables
from routeplan.schema.inputs import ALL, CURRENT


def candidates_of(processes: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Pair each process with its current route and with those that ``choices`` offers it.

    Parameters
    ----------
    processes : DataFrame
        As `processes_of` returns them.
    tables : DefaultTables
        The default tables: ``choices`` and ``routes``.

    Returns
    -------
    DataFrame
        One row a candidate option, processes in order, the current option first: columns of the process,
        ``route``, ``family``, and ``share``, with ``share_place`` where it stands.
    """
    offered = pd.concat([_current(processes), _chosen(processes, tables)], ignore_index=True)
    routes = tables["routes"][["route", "family"]].assign(rank=lambda rows: range(len(rows)))
    use = offered.merge(routes, on="route", how="left", validate="many_to_one")
    use = use[(use["family"] != "heat") | (use["heat_network"] == 1)]
    return use.sort_values(["place", "rank"], ignore_index=True)


def _current(processes: pd.DataFrame) -> pd.DataFrame:
    return processes.assign(place=range(len(processes)), route=CURRENT, share=0.0, share_place="")


def _chosen(processes: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Routes on offer by kind and sector, a sector's own row before that of all, small processes left out."""
    emitted = processes["gas"] * tables.general("gas_emission_factor") + processes["process_co2"]
    kinds = processes[["kind", "sector"]].drop_duplicates()
    choices = tables["choices"]
    choices["share_place"] = place_of(tables, "choices", choices)
    choices = choices[["kind", "sector", "route", "share", "share_place", "least_emissions"]]
    general = choices[choices["sector"] == ALL].drop(columns="sector").merge(kinds, on="kind")
    own = choices[choices["sector"] != ALL]
    best = pd.concat([general, own], ignore_index=True).drop_duplicates(["kind", "sector", "route"], keep="last")
    pairs = processes.assign(place=range(len(processes)), emitted=emitted).merge(best, on=["kind", "sector"])
    kept = (pairs["share"] > 0) & (pairs["emitted"] + pairs["biogenic_co2"] >= pairs["least_emissions"])
    return pairs[kept].drop(columns=["emitted", "least_emissions"])
