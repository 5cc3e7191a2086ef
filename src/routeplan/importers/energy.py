"""Energy of a site from its emissions."""

import pandas as pd

from routeplan.importers.defaults import DefaultTables
from routeplan.importers.derivation import derived, joined
from routeplan.importers.technology.demand import BANDS

_SHARES = dict(zip(BANDS, ("below_100", "band_100_200", "band_200_500", "above_500"), strict=True))
_DIGITS = 3


def demand_from_emissions(sites: pd.DataFrame, tables: DefaultTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate gas by heat band, electricity and process CO2 from emissions and sector.

    process CO2 = share x emissions; gas = (emissions - process CO2) / emission factor; bands and electricity
    are shares of the gas.

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
    factor = tables.general("gas_emission_factor")
    demand = sites[["site", "sector"]].copy()
    demand["process_co2"] = (sites["emissions"] * sector["process_co2"]).round(_DIGITS)
    gas = (sites["emissions"] - demand["process_co2"]) / factor
    for band, share in _SHARES.items():
        demand[band] = (gas * sector[share]).round(_DIGITS)
    demand["electricity"] = (gas * sector["electricity_ratio"]).round(_DIGITS)
    demand["full_load_hours"] = sector["full_load_hours"]
    return demand, _traces(sites, demand, sector, factor)


def _traces(sites: pd.DataFrame, demand: pd.DataFrame, sector: pd.DataFrame, factor: float) -> pd.DataFrame:
    emitted = "emissions " + sites["emissions"].map("{:g}".format) + " kt; sectors.csv: " + sites["sector"]
    trust = " (" + sector["confidence"] + ")"
    factors = f"; general.csv: gas_emission_factor {factor:g} (H)"
    columns = {"process_co2": ("process_co2", "emissions x share")}
    columns |= {band: (share, "(emissions - process CO2) / factor x share") for band, share in _SHARES.items()}
    columns["electricity"] = ("electricity_ratio", "(emissions - process CO2) / factor x ratio")
    return joined(
        [
            derived(
                "demand (not in the instance)",
                demand["site"],
                column,
                demand[column],
                rule,
                emitted + " " + share + " " + sector[share].map("{:g}".format) + trust + factors,
            )
            for column, (share, rule) in columns.items()
        ]
    )
