"""Energy demand of the generated sites."""

import numpy as np
import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.energy import demand_from_emissions
from routeplan.estimate.technology.demand import BANDS
from routeplan.generate.draws import stream
from routeplan.generate.sizes import SMALL

CONCENTRATION = 60.0
"""How close the heat bands of a site are to those of its sector; a share of a half is then 0.44 to 0.56 mostly."""

_DIGITS = 3
_ETS_GROUP, _SMALL_GROUP = "ets", "small"


def demand_of(sites: pd.DataFrame, seed: int, tables: DefaultTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate the energy of generated sites as an import does, and spread their heat bands around the sector's.

    Parameters
    ----------
    sites : DataFrame
        With ``site``, ``sector`` and ``emissions`` [kt/yr].
    seed : int
        Seed of the instance.
    tables : DefaultTables
        The default tables.

    Returns
    -------
    demand : DataFrame
        As `demand_from_emissions` returns it.
    derivation : DataFrame
        Where all but the bands comes from.
    """
    demand, traces = demand_from_emissions(sites, tables)
    bands = demand[list(BANDS)].to_numpy(float)
    gas = bands.sum(axis=1, keepdims=True)
    shares = np.divide(bands, gas, out=np.zeros_like(bands), where=gas > 0)
    drawn = stream(seed, "sites: heat bands").standard_gamma(CONCENTRATION * shares)
    total = drawn.sum(axis=1, keepdims=True)
    spread = np.divide(drawn, total, out=np.zeros_like(drawn), where=total > 0)
    demand[list(BANDS)] = (spread * gas).round(_DIGITS)
    return demand, traces[~traces["column"].isin(BANDS)]


def price_groups(sites: pd.DataFrame, tables: DefaultTables) -> "pd.Series[str]":
    """Prices that sites pay: small ones outside the ETS pay those of small firms, where the sector has no own.

    Parameters
    ----------
    sites : DataFrame
        With ``sector`` and ``size_class``.
    tables : DefaultTables
        The default tables: ``sectors``.
    """
    group = sites["sector"].map(tables["sectors"].set_index("sector")["price_group"])
    return group.mask((sites["size_class"] == SMALL) & (group == _ETS_GROUP), _SMALL_GROUP)
