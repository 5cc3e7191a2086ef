"""Which routes each process may take."""

import pandas as pd

from routeplan.estimate.citations import figures
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.technology.parameters import by_route
from routeplan.schema.inputs import ALL, CURRENT

_YEARS = ["first_year", "last_year"]


def candidates_of(processes: pd.DataFrame, tables: DefaultTables, base_year: int) -> pd.DataFrame:
    """Pair each process with its current route and with those that ``choices`` offers it.

    Parameters
    ----------
    processes : DataFrame
        As `processes_of` returns them.
    tables : DefaultTables
        The default tables: ``choices``, ``routes``, ``kinds``, ``sectors``, ``technologies``.
    base_year : int
        Year of the decisions: capex is of this year, and lead times run from it.

    Returns
    -------
    DataFrame
        One row a candidate option, processes in order, the current option first: columns of the process,
        ``gas_today``, ``route``, ``family``, ``carrier``, ``share`` (and ``share_cited``, for the derivation),
        ``gas_efficiency``, ``dilute``, ``first_year``, ``last_year`` and the parameters of the route.
    """
    offered = pd.concat([_current(processes), _chosen(processes, tables)], ignore_index=True)
    use = offered.merge(_routes(tables, base_year), on="route", how="left", validate="many_to_one")
    use = use.merge(_parameters(tables, base_year), on="route", how="left", validate="many_to_one")
    use["gas_efficiency"] = use["kind"].map(tables["kinds"].set_index("kind")["gas_efficiency"])
    use["dilute"] = use["sector"].map(tables["sectors"].set_index("sector")["dilute"])
    use = use[(use["family"] != "heat") | (use["heat_network"] == 1)]
    return use.sort_values(["place", "rank"], ignore_index=True).rename(columns={"gas": "gas_today"})


def _current(processes: pd.DataFrame) -> pd.DataFrame:
    return processes.assign(place=range(len(processes)), route=CURRENT, share=0.0, share_cited="")


def _chosen(processes: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Routes on offer by kind and sector, a sector's own row before that of all, small processes left out."""
    emitted = processes["gas"] * tables.general("gas_emission_factor") + processes["process_co2"]
    kinds = processes[["kind", "sector"]].drop_duplicates()
    choices = tables["choices"]
    choices["share_cited"] = figures(tables, "choices", choices, "share")["share"]
    choices = choices[["kind", "sector", "route", "share", "share_cited", "least_emissions"]]
    general = choices[choices["sector"] == ALL].drop(columns="sector").merge(kinds, on="kind")
    own = choices[choices["sector"] != ALL]
    best = pd.concat([general, own], ignore_index=True).drop_duplicates(["kind", "sector", "route"], keep="last")
    pairs = processes.assign(place=range(len(processes)), emitted=emitted).merge(best, on=["kind", "sector"])
    kept = (pairs["share"] > 0) & (pairs["emitted"] + pairs["biogenic_co2"] >= pairs["least_emissions"])
    return pairs[kept].drop(columns=["emitted", "least_emissions"])


def _routes(tables: DefaultTables, base_year: int) -> pd.DataFrame:
    """Family, carrier and years of each route: it runs after its lead time, once on the market."""
    routes = tables["routes"].assign(rank=lambda rows: range(len(rows)))
    ready = base_year + routes["lead_time"]
    routes["first_year"] = routes["first_year"].where(routes["first_year"] > ready, ready)
    routes.loc[routes["family"] == CURRENT, "first_year"] = float("nan")
    return routes[["route", "family", "carrier", "rank", *_YEARS]]


def _parameters(tables: DefaultTables, base_year: int) -> pd.DataFrame:
    """Costs of the base year (trends carry them on), all else of the reference year."""
    costs = by_route(tables, base_year)
    other = by_route(tables, tables.general("reference_year"))
    capex = [name for name in costs.columns if "capex" in name]
    return other.assign(**{name: costs[name] for name in capex}).rename_axis("route").reset_index()
