"""Energy of a site from its emissions."""

from collections.abc import Mapping

import pandas as pd

from routeplan.estimate.citations import figures, general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import DEMAND, cited, explained, joined
from routeplan.estimate.technology.demand import BANDS

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
    return demand, _traces(sites, demand, sector, tables)


def _traces(sites: pd.DataFrame, demand: pd.DataFrame, sector: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    shares = figures(
        tables, "sectors", sector, *_SHARES.values(), "process_co2", "electricity_ratio", "full_load_hours"
    )
    cites = general(tables, "gas_emission_factor") | {"emissions": cited("emissions", sites["emissions"], "demand")}
    rows = [_rows(demand, "process_co2", "emissions x process_co2", shares | cites)]
    cites |= shares | {"process_co2": cited("process_co2", demand["process_co2"], "demand")}
    gas = "(emissions - process_co2) / gas_emission_factor"
    rows += [_rows(demand, band, f"{gas} x {share}", cites) for band, share in _SHARES.items()]
    rows.append(_rows(demand, "electricity", f"{gas} x electricity_ratio", cites))
    rows.append(_rows(demand, "full_load_hours", "full_load_hours", cites))
    return joined(rows)


def _rows(demand: pd.DataFrame, column: str, rule: str, cites: "Mapping[str, str | pd.Series[str]]") -> pd.DataFrame:
    return explained(DEMAND, demand["site"], column, demand[column], rule, cites)
