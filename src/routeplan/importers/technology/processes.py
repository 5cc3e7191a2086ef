"""From the heat demand of sites to processes: one for each heat band, and one for energy saving."""

import numpy as np
import pandas as pd

from routeplan.horizon import FloatArray
from routeplan.importers.defaults import DefaultTables
from routeplan.importers.technology.demand import BANDS

SAVING = "saving"
HOT_WATER = "hot_water"
DRYING = "drying"
HOT_STEAM = "hot_steam"
WASTE = "waste"


def processes_of(sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Split the gas of each site into processes.

    A heat band that is small against the site is served with its hotter neighbour. Of each process the
    share that energy saving can take off is a process of its own, so that saving and a new route can both be
    chosen. CO2 that is not from gas belongs to the hottest process.

    Parameters
    ----------
    sites : DataFrame
        As `checked_demand` returns it.
    tables : DefaultTables
        The default tables: ``sectors``, and ``small_band`` of ``general``.

    Returns
    -------
    DataFrame
        One row a process, sites in their order: ``process``, ``site``, ``sector``, ``kind``, ``gas``
        [GWh/yr], ``process_co2``, ``biogenic_co2`` [kt/yr], ``full_load_hours``, ``heat_network``.
    """
    sectors = tables["sectors"].set_index("sector").loc[sites["sector"]].reset_index(drop=True)
    gas = _merged_bands(sites[list(BANDS)].to_numpy(float), tables.general("small_band"))
    saved = sectors["saving"].to_numpy()
    left = gas * (1.0 - saved)[:, np.newaxis]
    drying, hot = (left[:, 1] * sectors[share].to_numpy() for share in ("drying", "hot_steam"))
    parts = [
        _part(sites, SAVING, gas.sum(axis=1) * saved),
        _part(sites, HOT_WATER, left[:, 0]),
        _part(sites, DRYING, drying),
        _part(sites, sectors["medium_kind"], left[:, 1] - drying - hot),
        _part(sites, HOT_STEAM, hot),
        _part(sites, sectors["high_kind"], left[:, 2]),
        _part(sites, WASTE, np.where(gas.sum(axis=1) > 0, 0.0, sites["process_co2"] + sites["biogenic_co2"])),
    ]
    return _named(pd.concat(parts, keys=range(len(parts)), names=["part", "row"]))


def _merged_bands(gas: FloatArray, small: float) -> FloatArray:
    """Gas of the three bands of process heat (below 100, 100 to 200, above 200 C), small ones merged upwards.

    A hotter process can serve a colder need, not the other way; only a small hottest band goes down.
    """
    bands = np.column_stack([gas[:, 0], gas[:, 1], gas[:, 2] + gas[:, 3]])
    least = small * bands.sum(axis=1)
    for band in (0, 1):
        upper = np.where(bands[:, band + 1 :].sum(axis=1) > 0, bands[:, band], 0.0)
        moves = np.where(bands[:, band] < least, upper, 0.0)
        target = np.where(bands[:, band + 1] > 0, band + 1, 2)
        bands[np.arange(len(bands)), target] += moves
        bands[:, band] -= moves
    for band, lower in ((2, 1), (2, 0)):
        moves = np.where((bands[:, band] < least) & (bands[:, lower] > 0), bands[:, band], 0.0)
        bands[:, lower] += moves
        bands[:, band] -= moves
    return bands


def _part(sites: pd.DataFrame, kind: "str | pd.Series[str]", amount: FloatArray) -> pd.DataFrame:
    """One process at each site that has something to do there: gas, or, for waste, CO2."""
    part = sites[["site", "sector", "full_load_hours", "heat_network"]].copy()
    part["kind"] = kind if isinstance(kind, str) else kind.to_numpy()
    part["gas"] = 0.0 if isinstance(kind, str) and kind == WASTE else amount
    part["process_co2"], part["biogenic_co2"] = sites["process_co2"], sites["biogenic_co2"]
    return part[np.asarray(amount) > 0]


def _named(parts: pd.DataFrame) -> pd.DataFrame:
    """Name processes by site and kind, in the order of the sites; add up a kind that occurs twice."""
    processes = parts.reset_index().sort_values(["row", "part"], ignore_index=True)
    same = ["row", "site", "sector", "kind"]
    how = {
        "gas": "sum",
        "process_co2": "first",
        "biogenic_co2": "first",
        "full_load_hours": "first",
        "heat_network": "first",
    }
    processes = processes.groupby(same, sort=False, as_index=False).agg(how)
    hottest = ~processes["row"].duplicated(keep="last")
    for name in ("process_co2", "biogenic_co2"):
        processes[name] = processes[name].where(hottest, 0.0)
    processes["process"] = processes["site"] + "." + processes["kind"]
    columns = ["process", "site", "sector", "kind", "gas", "process_co2", "biogenic_co2", "full_load_hours"]
    return processes[[*columns, "heat_network"]]
