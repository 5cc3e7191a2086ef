"""Change of the capex of routes with the period of their start, and derivation of the factors."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from routeplan.estimate.citations import figure_in
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import derived, joined, key_of, listed
from routeplan.estimate.formulas import Figure, Figures, evaluated, names_in
from routeplan.schema.inputs import TRENDS

_BASES = ("capex_heat", "capex_input", "capex_gas", "capture_capex")
"""What a capex is given for: kW of heat, kW of input, MWh/yr of gas, t/yr of CO2 captured."""


def trends_of(
    routes: Iterable[str], tables: DefaultTables, periods: list[int], base_year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``trends``: capex in the year of a period over that of the base year.

    Parameters
    ----------
    routes : iterable of str
        Routes on offer.
    tables : DefaultTables
        The default tables: ``technologies``.
    periods : list of int
        First years of the periods.
    base_year : int
        Year to whose capex the factors relate.

    Returns
    -------
    trends, derivation : DataFrame
        Routes whose capex stays the same have no row.
    """
    rows = tables["technologies"]
    rows = rows[rows["route"].isin(set(routes))].set_index("route", drop=False)
    sums = _capex(rows)
    named = [route for route in tables["routes"]["route"] if route in sums]
    pairs = [(route, period) for route in named for period in periods]
    trends = pd.DataFrame(pairs, columns=["route", "period"]).astype({"route": "str", "period": "int64"})
    known = _figures(rows, trends["route"], sorted({base_year, *periods}), tables)
    rule = [f"({sums[route].format(period)}) / ({sums[route].format(base_year)})" for route, period in pairs]
    trends["rule"] = pd.Series(rule, trends.index, dtype="str")
    trends["capex"] = evaluated(trends["rule"], known, trends.index).round(4)
    changes = np.isfinite(trends["capex"]) & (trends["capex"] != 1.0)
    trends = trends[changes.groupby(trends["route"]).transform("any")]
    return trends[TRENDS.names].reset_index(drop=True), _traces(trends, known)


def _capex(rows: pd.DataFrame) -> dict[str, str]:
    """Capex of a kW of heat, a MWh/yr or a t/yr, by route; a kW of heat needs 1 / efficiency kW of input."""
    efficient = set(rows.loc[rows["parameter"] == "efficiency", "route"])
    bases = rows[rows["parameter"].isin(_BASES)]
    terms = bases["parameter"] + "_{0}"
    by_input = (bases["parameter"] == "capex_input") & bases["route"].isin(efficient)
    terms = terms.mask(by_input, terms + " / efficiency")
    return {str(route): " + ".join(some) for route, some in terms.groupby(level=0)}


def _figures(
    rows: pd.DataFrame, routes: "pd.Series[str]", years: Sequence[int], tables: DefaultTables
) -> dict[str, Figure]:
    """Capex in each year, named so, and efficiency in the reference year."""
    by_name = {str(name): some for name, some in rows.groupby("parameter")}
    wanted = {f"{base}_{year}": (base, year) for base in _BASES for year in years}
    wanted["efficiency"] = ("efficiency", int(tables.general("reference_year")))
    return {
        name: figure_in(tables, "technologies", by_name[parameter], year).at(routes)
        for name, (parameter, year) in wanted.items()
        if parameter in by_name
    }


def _traces(trends: pd.DataFrame, known: Figures) -> pd.DataFrame:
    """Derivation of the factors; the efficiency, which is of no year, is cited last."""
    key = key_of(trends, "route", "period")
    parts = [
        derived("trends", key[some.index], "capex", some["capex"], str(rule), listed(names, known, some.index))
        for rule, some in trends.groupby("rule")
        for names in [sorted(names_in(str(rule)), key="efficiency".__eq__)]
    ]
    return joined([pd.concat(parts).loc[trends.index]]) if parts else joined([])
