"""Energy of a site from its emissions."""

import pandas as pd

from routeplan.estimate.citations import figures, general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, estimated, joined
from routeplan.estimate.formulas import Figure

_PROCESS_CO2 = "emissions x process_co2"
"""Fossil CO2 that is not from gas [kt/yr]: the share of the sector."""

_GAS = "(emissions - process_co2) / gas_emission_factor"
"""Gas that emits the rest [GWh/yr]; its heat bands and electricity are shares of it."""

_OF_GAS = {
    "gas_below_100": f"{_GAS} x below_100",
    "gas_100_200": f"{_GAS} x band_100_200",
    "gas_200_500": f"{_GAS} x band_200_500",
    "gas_above_500": f"{_GAS} x above_500",
    "electricity": f"{_GAS} x electricity_ratio",
    "full_load_hours": "full_load_hours",
}
_SHARES = ("below_100", "band_100_200", "band_200_500", "above_500", "process_co2", "electricity_ratio")
_DIGITS = 3


def demand_from_emissions(sites: pd.DataFrame, tables: DefaultTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate gas by heat band, electricity and process CO2 from emissions and sector.

    Parameters
    ----------
    sites : DataFrame
        With ``site``, ``sector`` and ``emissions`` [kt/yr].
    tables : DefaultTables
        The default tables: ``sectors`` and ``general``.

    Returns
    -------
    demand : DataFrame
        As the technology step wants it.
    derivation : DataFrame
    """
    sector = tables["sectors"].set_index("sector").loc[sites["sector"]].set_index(sites.index)
    known = general(tables, "gas_emission_factor") | {"emissions": Figure(sites["emissions"], "demand")}
    known |= figures(tables, "sectors", sector, *_SHARES, "full_load_hours")
    process_co2 = estimated(DEMAND, sites["site"], "process_co2", _PROCESS_CO2, known, _DIGITS)
    known["process_co2"] = Figure(process_co2["value"], "demand")
    rows = {name: estimated(DEMAND, sites["site"], name, rule, known, _DIGITS) for name, rule in _OF_GAS.items()}
    demand = sites[["site", "sector"]].assign(process_co2=process_co2["value"])
    return demand.assign(**{name: made["value"] for name, made in rows.items()}), joined([process_co2, *rows.values()])
