"""Where the gas of processes and their stops come from, for ``derivation.csv``."""

import pandas as pd

from routeplan.estimate.citations import figures, general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, PROCESSES, cited, derived, explained, joined, key_of, listed
from routeplan.estimate.technology.demand import BANDS
from routeplan.estimate.technology.processes import SERVED, served_bands
from routeplan.estimate.technology.windows import first_stops

_MERGED = (
    "gas of the band; a band below small_band of the site's gas is served with its hotter neighbour, a small hottest "
    "one with a cooler one"
)
_STOPS = (
    "a period that holds first_stop, or a year a multiple of stop_interval after it; first_stop is drawn from the "
    "process's id by checksum"
)


def process_traces(demand: pd.DataFrame, processes: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Where the gas of each process comes from: bands of the site, some served together, and shares of its sector.

    Parameters
    ----------
    demand : DataFrame
        As `checked_demand` returns it.
    processes : DataFrame
        As `processes_of` returns them.
    tables : DefaultTables
        The default tables: ``sectors`` and ``general``.
    """
    served = served_bands(demand, tables)
    used = listed([*(cited(band, demand[band], "demand") for band in BANDS), *general(tables, "small_band").values()])
    rows = [derived(DEMAND, demand["site"], name, served[name], _MERGED, used) for name in SERVED]
    return joined([*rows, _gas(demand, served, processes[processes["gas"] > 0], tables)])


def _gas(demand: pd.DataFrame, served: pd.DataFrame, processes: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    sectors = tables["sectors"].set_index("sector").loc[demand["sector"]].set_index(demand.index)
    of_sites = figures(tables, "sectors", sectors, "saving", "drying", "hot_steam")
    of_sites |= {name: cited(name, served[name], "demand") for name in SERVED}
    cites = {name: processes["site"].map(text.set_axis(demand["site"])) for name, text in of_sites.items()}
    return explained(PROCESSES, processes["process"], "gas", processes["gas"], processes["gas_rule"], cites)


def window_traces(windows: pd.DataFrame, processes: pd.DataFrame, first: int, tables: DefaultTables) -> pd.DataFrame:
    """Rule of the maintenance stops."""
    kinds = tables["kinds"].set_index("kind", drop=False)
    kind = windows["process"].map(processes.set_index("process")["kind"])
    interval = kind.map(figures(tables, "kinds", kinds, "stop_interval")["stop_interval"])
    stops = pd.Series(first_stops(windows["process"], kind.map(kinds["stop_interval"]), first), windows.index)
    used = cited("first_stop", stops, "checksum of the id") + "; " + interval
    years = windows["period"].astype(float)
    return derived("windows", key_of(windows, "process", "period"), "period", years, _STOPS, used)
