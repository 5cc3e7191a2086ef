"""Costs and efficiencies of the routes, in the shape in which the formulas want them."""

import numpy as np
import pandas as pd

from routeplan.estimate.defaults import DefaultTables, interpolated

CAPEX_BASES = ("capex_heat", "capex_input", "capex_gas", "capture_capex")
"""What a capex is given for: kW of heat, kW of input, MWh/yr of gas, t/yr of CO2 captured."""


def by_route(tables: DefaultTables, year: float) -> pd.DataFrame:
    """Parameters of each route in a year: a row a route, a column a parameter, NaN where there is none."""
    rows = tables["technologies"]
    wide = rows.assign(value=interpolated(rows, [year])[:, 0]).pivot(index="route", columns="parameter", values="value")
    names = tables["technologies"]["parameter"]
    needed = dict.fromkeys([*CAPEX_BASES, "efficiency", "fixed_cost", "fixed_cost_share", *_CAPTURE, *names])
    return wide.reindex(index=tables["routes"]["route"], columns=list(needed))


_CAPTURE = ("capture_rate", "capture_heat", "capture_electricity", "scale_exponent")


def capex_trends(tables: DefaultTables, periods: list[int], base_year: int) -> pd.DataFrame:
    """How the capex of each route changes with the period of its start.

    Parameters
    ----------
    tables : DefaultTables
        The default tables: ``technologies``.
    periods : list of int
        First years of the periods.
    base_year : int
        Year to whose capex the factors relate.

    Returns
    -------
    DataFrame
        Columns ``route``, ``period``, ``capex`` (factor); routes whose capex stays the same have no row.
    """
    efficiency = by_route(tables, tables.general("reference_year"))["efficiency"].fillna(1.0)
    rows = tables["technologies"]
    rows = rows[rows["parameter"].isin(CAPEX_BASES)].reset_index(drop=True)
    # A kW of heat needs 1 / efficiency kW of input, so that both bases add up for one kW of heat.
    weight = (1.0 / rows["route"].map(efficiency)).where(rows["parameter"] == "capex_input", 1.0)
    values = interpolated(rows, [base_year, *periods]) * weight.to_numpy(float)[:, np.newaxis]
    cost = pd.DataFrame(values).groupby(rows["route"].to_numpy(), sort=False).sum()
    factors = cost.iloc[:, 1:].div(cost[0], axis=0).round(4).set_axis(periods, axis=1)
    factors = factors[(cost[0] > 0) & (factors != 1.0).any(axis=1)]
    names = [route for route in tables["routes"]["route"] if route in factors.index]
    tidy = factors.loc[names].rename_axis("route").reset_index()
    long = tidy.melt(id_vars="route", var_name="period", value_name="capex")
    place = long["route"].map({route: place for place, route in enumerate(names)})
    order = long.assign(place=place).sort_values(["place", "period"]).index
    return long.loc[order].reset_index(drop=True).astype({"period": "int64"})
