"""The technology step: sites with heat demand in, processes and their options out."""

from dataclasses import dataclass, fields

import pandas as pd

from routeplan.estimate.citations import taken_over
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import explained, joined, key_of, whole_column
from routeplan.estimate.formulas import Figure, Figures, evaluated
from routeplan.estimate.technology.candidates import candidates_of
from routeplan.estimate.technology.demand import checked_demand
from routeplan.estimate.technology.option_figures import option_figures
from routeplan.estimate.technology.option_formulas import COLUMNS, option_formulas
from routeplan.estimate.technology.processes import process_traces, processes_of
from routeplan.estimate.technology.trends import trends_of
from routeplan.estimate.technology.windows import window_traces, windows_of
from routeplan.schema.inputs import CURRENT, OPTIONS, PROCESSES, ROUTES

DIGITS = 4
"""Decimals kept: 0.1 MWh, 0.1 t, 0.1 kW, 100 EUR."""

_NAMED = {
    "captured": ("captured", "options.csv"),
    "gas": ("gas_left", "options.csv, gas"),
    "capex": ("capex", "options.csv"),
}
"""Columns that other formulas name, how, and where they stand; they are evaluated first, in this order."""

_DEFAULTS = {column: 0.0 for column in COLUMNS} | {"first_year": float("nan"), "last_year": float("nan")}
"""Number of an option that has no formula."""


@dataclass(frozen=True)
class SiteOptions:
    """Tables of an instance that the technology step makes, in the schema's columns.

    Parameters
    ----------
    processes, routes, options, trends, windows : DataFrame
        Those tables.
    derivation : DataFrame
        Rule and parameters of each number in them.
    """

    processes: pd.DataFrame
    routes: pd.DataFrame
    options: pd.DataFrame
    trends: pd.DataFrame
    windows: pd.DataFrame
    derivation: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Tables by name, including ``derivation``."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def options_for_sites(
    sites: pd.DataFrame, tables: DefaultTables, periods: pd.DataFrame, *, base_year: int | None = None
) -> SiteOptions:
    """Make the processes of sites and the options of each from their heat demand.

    Parameters
    ----------
    sites : DataFrame
        One row a site, columns as `DEMAND_OF_SITES` declares them: ``site``, ``sector``, gas by heat band and
        ``electricity`` [GWh/yr], ``process_co2``, ``biogenic_co2`` [kt/yr], ``full_load_hours``,
        ``heat_network``.
    tables : DefaultTables
        The default tables (`load_defaults`).
    periods : DataFrame
        Columns ``period`` and ``years``.
    base_year : int, optional
        Year of the decisions, from which lead times run; default the first period.

    Raises
    ------
    DataError
        With every value of a site that makes no sense.
    """
    demand = checked_demand(sites, tables)
    firsts = [int(period) for period in periods["period"]]
    year = firsts[0] if base_year is None else base_year
    processes = processes_of(demand, tables)
    options, option_traces = options_of(candidates_of(processes, tables), tables, year)
    trends, trend_traces = trends_of(options["route"], tables, firsts, year)
    windows = windows_of(processes, periods, tables)
    routes = _routes(tables, options["route"])
    traces = [
        process_traces(demand, processes, tables),
        taken_over(tables, "routes", routes, ROUTES),
        option_traces,
        trend_traces,
        window_traces(windows, processes, firsts[0], tables),
    ]
    routes = routes[ROUTES.names].astype({"lifetime": "int64", "temporary": "int64"})
    return SiteOptions(processes[PROCESSES.names], routes, options, trends, windows, joined(traces))


def options_of(use: pd.DataFrame, tables: DefaultTables, base_year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``options``: every formula evaluated for the options for which it counts.

    Parameters
    ----------
    use : DataFrame
        As `candidates_of` returns it.
    tables : DefaultTables
        The default tables.
    base_year : int
        Year of the decisions: capex is of this year, and lead times run from it.

    Returns
    -------
    options, derivation : DataFrame
    """
    rules = option_formulas(use, tables)
    known = option_figures(use, tables, base_year)
    made: dict[str, pd.Series[float]] = {}
    for column in dict.fromkeys((*_NAMED, *COLUMNS)):
        made[column] = evaluated(rules[column], known, use.index).fillna(_DEFAULTS[column])
        if column in _NAMED:
            name, place = _NAMED[column]
            known[name] = Figure(made[column], place)
    current = (use["route"] == CURRENT).astype("int64")
    options = use.assign(**made, current=current, lifetime=float("nan"))
    options[list(COLUMNS)] = options[list(COLUMNS)].round(DIGITS)
    return options[OPTIONS.names], _traces(options, rules, known)


def _traces(options: pd.DataFrame, rules: pd.DataFrame, known: Figures) -> pd.DataFrame:
    """Derivation rows of every number but defaults of columns; a capex of 0 is listed, for it has no default."""
    key = key_of(options, "process", "route")
    parts = [whole_column("options", ["current"], "1 on the route by which the process runs today", "none")]
    for column in COLUMNS:
        told = options[column].notna() & ((options[column] != 0) | (column == "capex"))
        parts.append(explained("options", key[told], column, options.loc[told, column], rules.loc[told, column], known))
    return joined(parts)


def _routes(tables: DefaultTables, used: "pd.Series[str]") -> pd.DataFrame:
    routes = tables["routes"]
    return routes[routes["route"].isin(set(used))].reset_index(drop=True)
