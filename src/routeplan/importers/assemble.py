"""From sites to an instance: technology, networks, grid, prices and money put together."""

from dataclasses import dataclass

import pandas as pd

from routeplan.importers.defaults import DefaultTables
from routeplan.importers.derivation import derived, joined
from routeplan.importers.surroundings.grid import grid_of
from routeplan.importers.surroundings.money import budgets_of, pots_of, supply_of
from routeplan.importers.surroundings.networks import networks_of
from routeplan.importers.surroundings.prices import prices_of
from routeplan.importers.technology.demand import checked_demand, spare_capacity
from routeplan.importers.technology.options import options_for_sites
from routeplan.instance import Instance
from routeplan.schema.frames import empty, settled
from routeplan.schema.inputs import INPUT_TABLES, SITES
from routeplan.settings import Settings


@dataclass(frozen=True)
class Assembled:
    """An instance and where its numbers come from.

    Parameters
    ----------
    instance : Instance
        The instance.
    derivation : DataFrame
        A row for each number that was estimated.
    """

    instance: Instance
    derivation: pd.DataFrame


def periods_between(firsts: "tuple[int, ...] | list[int]", horizon_end: int) -> pd.DataFrame:
    """Make the table ``periods`` from the first years and the year after the last period."""
    ends = [*firsts[1:], horizon_end]
    years = [end - first for first, end in zip(firsts, ends, strict=True)]
    return pd.DataFrame({"period": list(firsts), "years": years}, dtype="int64")


def assemble(
    settings: Settings,
    sites: pd.DataFrame,
    demand: pd.DataFrame,
    periods: pd.DataFrame,
    tables: DefaultTables,
) -> Assembled:
    """Put an instance together from sites and their demand; everything else comes from the default tables.

    Parameters
    ----------
    settings : Settings
        Settings of the instance.
    sites : DataFrame
        ``site``, ``name``, ``sector``, ``region``, ``area``, ``lat``, ``lon`` and ``emissions`` [kt/yr]; as
        far as known ``price_group``, ``contract`` and ``spare_capacity`` [MW].
    demand : DataFrame
        The demand of the same sites, as the technology step wants it.
    periods : DataFrame
        Table ``periods``.
    tables : DefaultTables
        The default tables.

    Raises
    ------
    DataError
        With every rule that demand or instance break.
    """
    firsts = [int(period) for period in periods["period"]]
    share = min(1.0, float(sites["emissions"].sum()) / tables.general("national_emissions"))
    zones = tables["supply"].loc[tables["supply"]["commodity"] == "heat", "zone"]
    demand = checked_demand(demand.assign(heat_network=sites["region"].isin(zones).astype(float).to_numpy()), tables)
    made = options_for_sites(demand, tables, periods, base_year=settings.base_year)
    places, place_traces = _sites(sites, demand, tables)
    owner = made.options["process"].map(made.processes.set_index("process")["site"])
    network = networks_of(places, made.options.assign(site=owner), tables, share, firsts)
    grid = grid_of(sites, tables, firsts)
    prices, price_traces = prices_of(tables, sorted(set(places["price_group"])), firsts)
    supply, supply_traces = supply_of(tables, sorted(set(sites["region"])), share, firsts)
    budgets, budget_traces = budgets_of(tables, share, periods)
    pots, support = pots_of(tables, list(made.routes["family"]), list(sites["sector"]))
    frames = {
        "periods": periods,
        "sites": places,
        "processes": made.processes,
        "routes": made.routes,
        "options": made.options,
        "trends": made.trends,
        "windows": made.windows,
        "prices": prices,
        "supply": supply,
        "pots": pots,
        "budgets": budgets,
        "support": support,
        **{name: frame for name, frame in (network | grid).items() if name != "derivation"},
    }
    traces = [place_traces, made.derivation, network["derivation"], grid["derivation"]]
    traces += [price_traces, supply_traces, budget_traces]
    whole = {
        name: settled(table, frames[name]) if name in frames else empty(table) for name, table in INPUT_TABLES.items()
    }
    return Assembled(Instance(settings, whole), joined(traces))


def _sites(sites: pd.DataFrame, demand: pd.DataFrame, tables: DefaultTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``sites``; contract room and price group from the default tables where not given."""
    places = sites.reset_index(drop=True).copy()
    if "spare_capacity" not in places:
        places["spare_capacity"] = spare_capacity(demand, tables)
    if "price_group" not in places:
        places["price_group"] = places["sector"].map(tables["sectors"].set_index("sector")["price_group"])
    if "contract" not in places:
        places["contract"] = places["site"]
    rule = "electricity / full load hours x (contract_factor - peak_factor)"
    used = f"general.csv: contract_factor {tables.general('contract_factor'):g}, peak_factor "
    used += f"{tables.general('peak_factor'):g} (M)"
    traces = derived("sites", places["site"], "spare_capacity", places["spare_capacity"], rule, used)
    return places[SITES.names], traces
