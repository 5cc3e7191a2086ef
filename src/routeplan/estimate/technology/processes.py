"""From the heat demand of sites to processes: one for each heat band, and one for energy saving."""

import numpy as np
import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.technology.demand import BANDS
from routeplan.horizon import FloatArray

SAVING = "saving"
HOT_WATER = "hot_water"
DRYING = "drying"
HOT_STEAM = "hot_steam"
WASTE = "waste"

SERVED = ("served_below_100", "served_100_200", "served_above_200")
"""Gas of the bands in which the processes of a site are served, small ones merged [GWh/yr]."""


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
        [GWh/yr], ``gas_rule`` (its formula), ``process_co2``, ``biogenic_co2`` [kt/yr], ``full_load_hours``,
        ``heat_network``.
    """
    sectors = tables["sectors"].set_index("sector").loc[sites["sector"]].reset_index(drop=True)
    gas = served_bands(sites, tables).to_numpy()
    saved = sectors["saving"].to_numpy()
    left = gas * (1.0 - saved)[:, np.newaxis]
    drying, hot = (left[:, 1] * sectors[share].to_numpy() for share in ("drying", "hot_steam"))
    below, medium, above = (f"{band} x (1 - saving)" for band in SERVED)
    parts = [
        _part(sites, SAVING, gas.sum(axis=1) * saved, f"({' + '.join(SERVED)}) x saving"),
        _part(sites, HOT_WATER, left[:, 0], below),
        _part(sites, DRYING, drying, f"{medium} x drying"),
        _part(sites, sectors["medium_kind"], left[:, 1] - drying - hot, f"{medium} x (1 - drying - hot_steam)"),
        _part(sites, HOT_STEAM, hot, f"{medium} x hot_steam"),
        _part(sites, sectors["high_kind"], left[:, 2], above),
        _part(sites, WASTE, np.where(gas.sum(axis=1) > 0, 0.0, sites["process_co2"] + sites["biogenic_co2"]), "0"),
    ]
    return _named(pd.concat(parts, keys=range(len(parts)), names=["part", "row"]))


def served_bands(sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Gas of the bands in which the processes of sites are served: `SERVED`, by the index of the sites.

    Parameters
    ----------
    sites : DataFrame
        As `checked_demand` returns it.
    tables : DefaultTables
        The default tables: ``small_band`` of ``general``.
    """
    gas = _merged_bands(sites[list(BANDS)].to_numpy(float), tables.general("small_band"))
    return pd.DataFrame(gas, columns=list(SERVED), index=sites.index)


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


def _part(sites: pd.DataFrame, kind: "str | pd.Series[str]", amount: FloatArray, rule: str) -> pd.DataFrame:
    """One process at each site that has something to do there: gas, or, for waste, CO2."""
    part = sites[["site", "sector", "full_load_hours", "heat_network"]].copy()
    part["kind"] = kind if isinstance(kind, str) else kind.to_numpy()
    part["gas"] = 0.0 if isinstance(kind, str) and kind == WASTE else amount
    part["gas_rule"] = rule
    part["process_co2"], part["biogenic_co2"] = sites["process_co2"], sites["biogenic_co2"]
    return part[np.asarray(amount) > 0]


def _named(parts: pd.DataFrame) -> pd.DataFrame:
    """Name processes by site and kind, in the order of the sites; add up a kind that occurs twice."""
    processes = parts.reset_index().sort_values(["row", "part"], ignore_index=True)
    same = ["row", "site", "sector", "kind"]
    groups = processes.groupby(same, sort=False, as_index=False)
    processes = groups.agg(
        gas=("gas", "sum"),
        gas_rule=("gas_rule", " + ".join),
        process_co2=("process_co2", "first"),
        biogenic_co2=("biogenic_co2", "first"),
        full_load_hours=("full_load_hours", "first"),
        heat_network=("heat_network", "first"),
    )
    hottest = ~processes["row"].duplicated(keep="last")
    for name in ("process_co2", "biogenic_co2"):
        processes[name] = processes[name].where(hottest, 0.0)
    processes["process"] = processes["site"] + "." + processes["kind"]
    columns = ["process", "site", "sector", "kind", "gas", "gas_rule", "process_co2", "biogenic_co2"]
    return processes[[*columns, "full_load_hours", "heat_network"]]
