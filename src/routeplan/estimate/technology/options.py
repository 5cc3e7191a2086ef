"""The technology step: sites with heat demand in, processes and their options out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import pandas as pd

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import joined
from routeplan.estimate.technology.candidates import candidates_of
from routeplan.estimate.technology.demand import checked_demand
from routeplan.estimate.technology.parameters import capex_trends
from routeplan.estimate.technology.process_traces import process_traces, window_traces
from routeplan.estimate.technology.processes import processes_of
from routeplan.estimate.technology.quantities import with_capture, with_costs, with_energy
from routeplan.estimate.technology.traces import option_traces, route_traces, trend_traces
from routeplan.estimate.technology.windows import windows_of
from routeplan.schema.inputs import CURRENT, OPTIONS, PROCESSES, ROUTES

DIGITS = 4
"""Decimals kept: 0.1 MWh, 0.1 t, 0.1 kW, 100 EUR."""


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
        """Give them by name, ``derivation`` among them."""
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
    year = int(periods["period"].iloc[0]) if base_year is None else base_year
    processes = processes_of(demand, tables)
    use = with_energy(candidates_of(processes, tables, year), tables)
    use = with_costs(with_capture(use, tables), tables)
    trends = capex_trends(tables, [int(period) for period in periods["period"]], year)
    trends = trends[trends["route"].isin(use["route"])].reset_index(drop=True)
    options, windows = _options(use), windows_of(processes, periods, tables)
    routes = _routes(tables, options["route"])
    traces = [
        process_traces(demand, processes, tables),
        route_traces(routes, tables),
        option_traces(options, use, tables, year),
        trend_traces(trends, tables, year),
        window_traces(windows, processes, int(periods["period"].iloc[0]), tables),
    ]
    return SiteOptions(processes[PROCESSES.names], routes, options, trends, windows, joined(traces))


def _options(use: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``options`` of the schema, rounded."""
    options = use.assign(current=(use["route"] == CURRENT).astype("int64"), lifetime=float("nan"))
    options.loc[options["current"] == 1, ["capex", "firm_capacity", "flexible_capacity"]] = 0.0
    numbers = [name for name in OPTIONS.names if name not in ("process", "route", "current", "first_year", "last_year")]
    options[numbers] = options[numbers].round(DIGITS)
    return options[OPTIONS.names]


def _routes(tables: DefaultTables, used: "Sequence[str] | pd.Series[str]") -> pd.DataFrame:
    routes = tables["routes"]
    routes = routes[routes["route"].isin(set(used))].reset_index(drop=True)
    return routes[ROUTES.names].astype({"lifetime": "int64", "temporary": "int64"})
