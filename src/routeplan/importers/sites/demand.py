"""Energy of sites as far as their firms know it; the rest by sector."""

import numpy as np
import pandas as pd

from routeplan.estimate.citations import figures, general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, derived, estimated, joined
from routeplan.estimate.formulas import Figure
from routeplan.estimate.technology.demand import BANDS

GIVEN = "as given"

_GAS_OF_VOLUME = "gas_m3 x gas_heating_value / 1000000"
_PROCESS_CO2 = "gas x gas_emission_factor x process_co2 / (1 - process_co2)"
_SHARES = ("below_100", "band_100_200", "band_200_500", "above_500")
_OF_GAS = {band: f"gas x {share}" for band, share in zip(BANDS, _SHARES, strict=True)} | {
    "electricity": "gas x electricity_ratio",
    "process_co2": _PROCESS_CO2,
}
_HEATING_OF_GAS = {
    BANDS[0]: "gas x (heating + (1 - heating) x below_100)",
    **{band: f"gas x (1 - heating) x {share}" for band, share in zip(BANDS[1:], _SHARES[1:], strict=True)},
}
"""The bands where the share that heats buildings is known, which is below 100 C."""

_DIGITS = 3


def demand_of(sites: pd.DataFrame, place: str, tables: DefaultTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill in gas by heat band, electricity and process CO2 where they are not given.

    Parameters
    ----------
    sites : DataFrame
        With ``site``, ``sector``, ``line`` and the amounts of the sheet, NaN where a cell is empty. Where there is a
        column ``heating``, it is the share of the gas that heats buildings.
    place : str
        What the sheet is called in the derivation.
    tables : DefaultTables
        The default tables: ``sectors`` and ``general``.

    Returns
    -------
    demand : DataFrame
        The gas of each band [GWh/yr], ``electricity`` [GWh/yr] and ``process_co2`` [kt/yr], by the index of the sites.
    derivation : DataFrame
        A row for each of these numbers.
    """
    where = place + ":" + sites["line"].astype(str)
    sector = tables["sectors"].set_index("sector").loc[sites["sector"]].set_index(sites.index)
    known = general(tables, "gas_emission_factor", "gas_heating_value")
    known |= figures(tables, "sectors", sector, *_SHARES, "electricity_ratio", "process_co2")
    known["gas_m3"] = Figure(sites["gas_m3"], where)
    volume = estimated(DEMAND, sites["site"], "gas", _GAS_OF_VOLUME, known, _DIGITS)
    of_bands = sites[list(BANDS)].sum(axis=1)
    gas = sites["gas"].fillna(pd.Series(volume["value"].to_numpy(), sites.index)).fillna(of_bands)
    known["gas"] = Figure(gas, where)
    banded = sites[list(BANDS)].notna().any(axis=1)
    given = sites.assign(**{band: sites[band].mask(banded, sites[band].fillna(0.0)) for band in BANDS})
    heating = sites["heating"] if "heating" in sites else pd.Series(np.nan, sites.index)
    known["heating"] = Figure(heating, where)
    traces = [volume[sites["gas"].isna().to_numpy() & sites["gas_m3"].notna().to_numpy()]]
    demand = pd.DataFrame(index=sites.index)
    for name, rule in _OF_GAS.items():
        rules = pd.Series(rule, sites.index).mask(heating.notna(), _HEATING_OF_GAS.get(name, rule))
        made = estimated(DEMAND, sites["site"], name, rules, known, _DIGITS)
        here = given[name].notna()
        demand[name] = given[name].where(here, np.asarray(made["value"]))
        own = derived(DEMAND, sites["site"][here], name, given[name][here], GIVEN, where[here])
        traces += [made[~here.to_numpy()], own]
    return demand, joined(traces)
