"""Processes from the heat demand of sites: one for each heat band, and one for energy saving."""

import numpy as np
import pandas as pd

from routeplan.estimate.citations import figures, general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, PROCESSES, derived, explained, joined, listed
from routeplan.estimate.formulas import Figure, evaluated
from routeplan.estimate.technology.demand import BANDS
from routeplan.instance.horizon import FloatArray

SAVING = "saving"
HOT_WATER = "hot_water"
DRYING = "drying"
HOT_STEAM = "hot_steam"
WASTE = "waste"

_MEDIUM = "served_100_200 x (1 - saving)"
_GAS = {
    SAVING: "(served_below_100 + served_100_200 + served_above_200) x saving",
    HOT_WATER: "served_below_100 x (1 - saving)",
    DRYING: f"{_MEDIUM} x drying",
    "medium_kind": f"{_MEDIUM} - {_MEDIUM} x drying - {_MEDIUM} x hot_steam",
    HOT_STEAM: f"{_MEDIUM} x hot_steam",
    "high_kind": "served_above_200 x (1 - saving)",
}
"""Gas of the processes of a site [GWh/yr], by kind."""

_KINDS_OF_SECTOR = ("medium_kind", "high_kind")
"""Kinds that differ from sector to sector; columns of the default table ``sectors``."""

_MERGED = (
    "gas of the band; a band below small_band of the site's gas is served with its hotter neighbour, a small hottest "
    "one with a cooler one"
)

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
    sectors = tables["sectors"].set_index("sector").loc[sites["sector"]].set_index(sites.index)
    known = _figures(sites, tables)
    parts = [
        _part(sites, sectors[kind] if kind in _KINDS_OF_SECTOR else kind, evaluated(rule, known, sites.index), rule)
        for kind, rule in _GAS.items()
    ]
    return _named(pd.concat([*parts, _waste(sites)], keys=range(len(parts) + 1), names=["part", "row"]))


def process_traces(demand: pd.DataFrame, processes: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Derivation of the gas of each process: bands of the site, some served together, and shares of its sector.

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
    bands = {band: Figure(demand[band], "demand") for band in BANDS} | general(tables, "small_band")
    used = listed(list(bands), bands, demand.index)
    rows = [derived(DEMAND, demand["site"], name, served[name], _MERGED, used) for name in SERVED]
    burning = processes[processes["gas"] > 0]
    by_site = _figures(demand.set_index("site", drop=False), tables)
    known = {name: figure.at(burning["site"]) for name, figure in by_site.items()}
    gas = explained(PROCESSES, burning["process"], "gas", burning["gas"], burning["gas_rule"], known)
    return joined([*rows, gas])


def _figures(sites: pd.DataFrame, tables: DefaultTables) -> dict[str, Figure]:
    """Gas of the bands that are served, and shares of the sector, by the index of the sites."""
    sectors = tables["sectors"].set_index("sector", drop=False)
    shares = figures(tables, "sectors", sectors, "saving", "drying", "hot_steam")
    of_sites = {name: figure.at(sites["sector"]) for name, figure in shares.items()}
    served = served_bands(sites, tables)
    return of_sites | {name: Figure(served[name], "demand") for name in SERVED}


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


def _part(sites: pd.DataFrame, kind: "str | pd.Series[str]", gas: "pd.Series[float]", rule: str) -> pd.DataFrame:
    """One process at each site that burns gas there."""
    return _with_co2(sites).assign(kind=kind, gas=gas, gas_rule=rule)[gas > 0]


def _waste(sites: pd.DataFrame) -> pd.DataFrame:
    """One process at each site that burns no gas, and emits."""
    burns = sites[list(BANDS)].sum(axis=1) > 0
    emits = sites["process_co2"] + sites["biogenic_co2"] > 0
    return _with_co2(sites).assign(kind=WASTE, gas=0.0, gas_rule="0")[~burns & emits]


def _with_co2(sites: pd.DataFrame) -> pd.DataFrame:
    return sites[["site", "sector", "full_load_hours", "heat_network", "process_co2", "biogenic_co2"]]


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
