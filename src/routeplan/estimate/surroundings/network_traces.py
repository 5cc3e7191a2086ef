"""Where the numbers of the networks come from, for ``derivation.csv``."""

import pandas as pd

from routeplan.estimate.citations import as_given, figures, general, taken_over
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import cited, explained, joined, key_of
from routeplan.network.candidates import LEAST_LENGTH
from routeplan.network.distance import distance, on_sphere
from routeplan.schema.inputs import HUBS, LINKS, NODES


def network_traces(
    nodes: pd.DataFrame,
    planned: pd.DataFrame,
    candidates: pd.DataFrame,
    hubs: pd.DataFrame,
    sites: pd.DataFrame,
    base_year: int,
    tables: DefaultTables,
) -> list[pd.DataFrame]:
    """Rule and parameters of every number of one carrier's network, its sources and sizes aside.

    Parameters
    ----------
    nodes, planned : DataFrame
        Rows of the default tables ``network_nodes`` and ``network_links`` that were taken over.
    candidates : DataFrame
        Candidate links.
    hubs : DataFrame
        Hubs, with the columns of the default tables ``hubs`` and ``hub_designs``.
    sites : DataFrame
        Sites that may use the carrier.
    base_year : int
        Year from which lead times run.
    tables : DefaultTables
        The default tables.
    """
    ends = pd.concat([nodes.rename(columns={"node": "site"}), sites])[["site", "lat", "lon"]]
    return [
        taken_over(tables, "network_nodes", nodes, NODES),
        taken_over(tables, "network_links", planned, LINKS),
        _candidates(candidates, ends, base_year, tables),
        _hubs(hubs, tables),
    ]


def _candidates(links: pd.DataFrame, ends: pd.DataFrame, base_year: int, tables: DefaultTables) -> pd.DataFrame:
    """Length from the coordinates of the ends; year and cost by mode."""
    names = ["detour_factor", "pipe_lead_time", "truck_lead_time", "truck_fixed", "liquefaction", "truck_per_km"]
    points = ends.set_index("site")
    begin, end = (on_sphere(*points.loc[links[side], ["lat", "lon"]].to_numpy(float).T) for side in ("from", "to"))
    ground = pd.Series(distance(begin, end), links.index)
    cites: dict[str, str | pd.Series[str]] = {
        **general(tables, *names),
        "distance": cited("distance", ground, "km over ground between the coordinates of the ends"),
        "base_year": cited("base_year", base_year, "instance.toml"),
        "length": cited("length", links["length"], "links.csv"),
    }
    key, paid = key_of(links, "link"), links["variable_cost"] > 0
    ready = "base_year + " + links["mode"] + "_lead_time"
    length = f"max({LEAST_LENGTH:g}, distance x detour_factor)"
    cost = pd.Series("truck_fixed + liquefaction + truck_per_km x length", links.index)
    return joined(
        [
            explained("links", key, "length", links["length"], length, cites),
            explained("links", key, "first_year", links["first_year"], ready, cites),
            explained("links", key[paid], "variable_cost", links.loc[paid, "variable_cost"], cost[paid], cites),
        ]
    )


def _hubs(hubs: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Everything as designed, the price besides by the way to the store."""
    designs = tables["hub_designs"].set_index("option", drop=False)
    places = figures(tables, "hubs", hubs, "km_to_store")
    columns = [column.name for column in HUBS.columns if not column.kind.is_text]
    cites = figures(tables, "hub_designs", designs, *columns, "price_per_km")
    by_hub = {name: hubs["option"].map(text) for name, text in cites.items()}
    key = key_of(hubs, "hub", "option")
    price = "price + price_per_km x km_to_store"
    given = [as_given("hubs", key, name, hubs[name], by_hub[name]) for name in columns if name != "price"]
    return joined([*given, explained("hubs", key, "price", hubs["price"], price, by_hub | places)])
