"""What the technology step needs to know of a site, and how it is checked."""

import numpy as np
import pandas as pd

from routeplan.errors import DataError, Problem, value_problem
from routeplan.importers.defaults import DefaultTables

BANDS = ("gas_below_100", "gas_100_200", "gas_200_500", "gas_above_500")
"""Gas burnt for heat of each temperature band [GWh/yr, lower heating value]."""

AMOUNTS = (*BANDS, "electricity", "process_co2", "biogenic_co2")
_MAY_LACK = ("process_co2", "biogenic_co2", "heat_network")


def checked_demand(sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Check the demand of sites and fill in what may be left out.

    Parameters
    ----------
    sites : DataFrame
        One row a site: ``site``, ``sector`` (of the table ``sectors``), the four `BANDS` [GWh/yr of gas],
        ``electricity`` [GWh/yr]; and, as far as known, ``process_co2`` (fossil, not from gas) and
        ``biogenic_co2`` [kt/yr, default 0], ``full_load_hours`` [h/yr, default the sector's] and
        ``heat_network`` (1: a heat network can supply the site, default 0).
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
    needed = ["site", "sector", *BANDS, "electricity"]
    absent = [name for name in needed if name not in sites]
    if absent:
        raise DataError([Problem("demand", 0, f"column '{name}' is missing", name) for name in absent])
    full = sites.reset_index(drop=True).copy()
    for name in _MAY_LACK:
        full[name] = full[name].fillna(0.0) if name in full else 0.0
    hours = full["sector"].map(tables["sectors"].set_index("sector")["full_load_hours"])
    given = full["full_load_hours"] if "full_load_hours" in full else pd.Series(np.nan, full.index)
    full["full_load_hours"] = given.astype(float).fillna(hours)
    problems = _problems(full, tables)
    if problems:
        raise DataError(problems)
    return full.astype({name: float for name in (*AMOUNTS, "heat_network")})


def _problems(sites: pd.DataFrame, tables: DefaultTables) -> list[Problem]:
    sectors = list(tables["sectors"]["sector"])
    checks = [(name, sites[name] >= 0, "0 or more") for name in AMOUNTS]
    checks += [
        ("site", ~sites["site"].duplicated(), "an id that no other site has"),
        ("sector", sites["sector"].isin(sectors), "one of " + ", ".join(sectors)),
        (
            "full_load_hours",
            sites["full_load_hours"].between(1, 8760) | ~sites["sector"].isin(sectors),
            "1 to 8760",
        ),
    ]
    return [
        value_problem("demand", int(row) + 2, name, sites[name].iloc[row], allowed)
        for name, holds, allowed in checks
        for row in np.flatnonzero(~holds.to_numpy())
    ]


def spare_capacity(sites: pd.DataFrame, tables: DefaultTables) -> "pd.Series[float]":
    """Capacity that is free inside the present contracts [MW]: contract less peak, both from the mean load.

    Parameters
    ----------
    sites : DataFrame
        As `checked_demand` returns it.
    tables : DefaultTables
        The default tables: ``contract_factor`` and ``peak_factor`` of ``general``.
    """
    mean = sites["electricity"] * 1000.0 / sites["full_load_hours"]
    return (mean * max(tables.general("contract_factor") - tables.general("peak_factor"), 0.0)).round(3)
