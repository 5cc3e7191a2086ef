"""How the technology step made its numbers, for ``derivation.csv``."""

import pandas as pd

from routeplan.importers.defaults import DefaultTables
from routeplan.importers.derivation import derived, joined, key_of
from routeplan.importers.technology.parameters import by_route

_INPUT = "gas x gas_efficiency x share (x flexible hours / full load hours) / efficiency"
_RULES = {
    "capex": "EUR/kW x capacity + EUR per MWh/yr x gas replaced + EUR per t/yr x captured x dilution x scale",
    "fixed_cost": "EUR/kW/yr x heat capacity + share x capex",
    "electricity": _INPUT + " + MWh/t x captured",
    "flexible_electricity": _INPUT,
    "gas": "gas of the process - gas replaced + heat for capture / gas_efficiency",
    "green_gas": _INPUT,
    "hydrogen": _INPUT,
    "heat": _INPUT,
    "firm_capacity": "electricity / full load hours x peak_factor",
    "flexible_capacity": "gas x gas_efficiency x share / full load hours x peak_factor / efficiency",
    "captured": "capture_rate x CO2 of the process and of the heat for capture",
    "emissions": "gas x gas_emission_factor + process CO2 - captured",
    "removed": "capture_rate x biogenic CO2",
    "first_year": "later of base year + lead_time and the year on the market",
    "last_year": "last_year of the route",
}


def option_traces(options: pd.DataFrame, use: pd.DataFrame, tables: DefaultTables, base_year: int) -> pd.DataFrame:
    """Rule and parameters of every number in ``options`` that is not 0 or empty."""
    key = key_of(options, "process", "route")
    parameters = _parameters(use, tables, base_year)
    parts = []
    for column, rule in _RULES.items():
        made = (options[column] != 0) & options[column].notna()
        parts.append(derived("options", key[made], column, options.loc[made, column], rule, parameters[made]))
    return joined(parts)


def _parameters(use: pd.DataFrame, tables: DefaultTables, base_year: int) -> "pd.Series[str]":
    """Say what route, kind and choice put into the formulas."""
    routes = use["route"].map(_by_route(tables, base_year))
    kinds = "kinds.csv: " + use["kind"] + " gas_efficiency " + use["gas_efficiency"].map("{:g}".format)
    share = "choices.csv: share " + use["share"].map("{:g}".format)
    hours = "full_load_hours " + use["full_load_hours"].map("{:g}".format)
    return kinds + "; " + share + "; " + hours + routes


def _by_route(tables: DefaultTables, base_year: int) -> dict[str, str]:
    """Parameters of each route with their confidence: capex of the base year, all else of the reference."""
    reference = int(tables.general("reference_year"))
    values = {True: by_route(tables, base_year), False: by_route(tables, reference)}
    texts = dict.fromkeys(tables["routes"]["route"], "")
    rows = tables["technologies"]
    for route, name, confidence in zip(rows["route"], rows["parameter"], rows["confidence"], strict=True):
        of_base = "capex" in name
        value, year = values[of_base].loc[route, name], base_year if of_base else reference
        texts[route] += f"; technologies.csv: {route} {name} {value:g} ({year}, {confidence})"
    return texts


def trend_traces(trends: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Rule of the factors on capex."""
    rule = f"capex in the year of the period / capex in {base_year}"
    used = "technologies.csv: capex parameters of " + trends["route"]
    return derived("trends", key_of(trends, "route", "period"), "capex", trends["capex"], rule, used)


def window_traces(windows: pd.DataFrame) -> pd.DataFrame:
    """Rule of the maintenance stops."""
    rule = "periods with a stop every stop_interval years, the first by a checksum of the process's id"
    years = windows["period"].astype(float)
    return derived("windows", key_of(windows, "process", "period"), "period", years, rule, "kinds.csv: stop_interval")
