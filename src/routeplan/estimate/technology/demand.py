"""Input data of a site for the technology step, and its checks."""

import numpy as np
import pandas as pd

from routeplan.data.csv_file import checked_frame
from routeplan.errors import DataError, Problem, value_problem
from routeplan.estimate.citations import general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.formulas import Figure, evaluated
from routeplan.schema import units
from routeplan.schema.column import EMPTY, Column, Kind, Table, amount, flag, id_column, word

BANDS = ("gas_below_100", "gas_100_200", "gas_200_500", "gas_above_500")
"""Gas burnt for heat of each temperature band [GWh/yr, lower heating value]."""

SPARE_CAPACITY = "electricity x 1000 / full_load_hours x max(0, contract_factor - peak_factor)"
"""Capacity that is free inside the present contract of a site [MW]."""

EMISSIONS = "gas x gas_emission_factor + process_co2"
"""Fossil CO2 of a site [kt/yr]."""

DEMAND_COLUMNS = (
    id_column("site", "Id of the site."),
    word("sector", "Sector, of sectors.csv."),
    amount("gas_below_100", "Gas burnt for heat below 100 C.", units.ENERGY),
    amount("gas_100_200", "Gas burnt for heat of 100 to 200 C.", units.ENERGY),
    amount("gas_200_500", "Gas burnt for heat of 200 to 500 C.", units.ENERGY),
    amount("gas_above_500", "Gas burnt for heat above 500 C.", units.ENERGY),
    amount("electricity", "Electricity used.", units.ENERGY),
    amount("process_co2", "Fossil CO2 that is not from gas.", units.CO2, default=0.0),
    amount("biogenic_co2", "Biogenic CO2.", units.CO2, default=0.0),
    Column(
        "full_load_hours",
        Kind.NUMBER,
        "Full load hours a year; empty: those of the sector.",
        low=1.0,
        high=8760.0,
        default=EMPTY,
    ),
    flag("heat_network", "1: a heat network can supply the site.", default=0.0),
)
DEMAND_OF_SITES = Table("demand", "Heat demand of sites.", DEMAND_COLUMNS, ("site",))
"""What the technology step wants; columns that have a default may be left out."""


def checked_demand(sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Check the demand of sites and fill in optional values.

    Parameters
    ----------
    sites : DataFrame
        The columns of `DEMAND_OF_SITES`, one row a site.
    tables : DefaultTables
        The default tables.

    Returns
    -------
    DataFrame
        The same with every column, in the order of the sites.

    Raises
    ------
    DataError
        With every value that makes no sense.
    """
    full, problems = checked_frame("demand", DEMAND_OF_SITES, sites)
    problems += demand_problems("demand", full, tables)
    if problems:
        raise DataError(problems)
    hours = full["sector"].map(tables["sectors"].set_index("sector")["full_load_hours"])
    full["full_load_hours"] = full["full_load_hours"].fillna(hours)
    return full.astype({"heat_network": float})


def demand_problems(name: str, sites: pd.DataFrame, tables: DefaultTables) -> list[Problem]:
    """Name sectors that the default tables do not know.

    Parameters
    ----------
    name : str
        What the table of sites is called in messages.
    sites : DataFrame
        With ``sector``.
    tables : DefaultTables
        The default tables: ``sectors``.
    """
    sectors = list(tables["sectors"]["sector"])
    allowed = "one of " + ", ".join(sectors)
    wrong = np.flatnonzero(~sites["sector"].isin(sectors))
    return [value_problem(name, int(row) + 2, "sector", sites["sector"].iloc[row], allowed) for row in wrong]


def spare_capacity(sites: pd.DataFrame, tables: DefaultTables) -> "pd.Series[float]":
    """Capacity that is free inside the present contracts [MW]: contract less peak, both from the mean load.

    Parameters
    ----------
    sites : DataFrame
        As `checked_demand` returns it.
    tables : DefaultTables
        The default tables: ``contract_factor`` and ``peak_factor`` of ``general``.
    """
    return evaluated(SPARE_CAPACITY, spare_capacity_figures(sites, tables), sites.index).round(3)


def spare_capacity_figures(sites: pd.DataFrame, tables: DefaultTables) -> dict[str, Figure]:
    """Figures of `SPARE_CAPACITY`; arguments as in `spare_capacity`."""
    own = {name: Figure(sites[name], "demand") for name in ("electricity", "full_load_hours")}
    return general(tables, "contract_factor", "peak_factor") | own


def emissions_of(sites: pd.DataFrame, tables: DefaultTables) -> "pd.Series[float]":
    """Fossil CO2 of sites today [kt/yr]: that of their gas, and that of their processes.

    Parameters
    ----------
    sites : DataFrame
        As `checked_demand` returns it.
    tables : DefaultTables
        The default tables: ``gas_emission_factor`` of ``general``.
    """
    own = {
        "gas": Figure(sites[list(BANDS)].sum(axis=1), "demand"),
        "process_co2": Figure(sites["process_co2"], "demand"),
    }
    return evaluated(EMISSIONS, general(tables, "gas_emission_factor") | own, sites.index)
