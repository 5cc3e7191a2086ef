"""Hydrogen and CO2: given nodes and links, sources, hubs, sizes and candidate links around the sites."""

import networkx as nx
import pandas as pd

from routeplan.data.csv_file import LINE
from routeplan.estimate.citations import as_given, by_period, figures, shared_out, taken_over
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import estimated, joined, key_of
from routeplan.estimate.surroundings.links import candidate_links
from routeplan.schema.inputs import HUBS, LINKS, NODES, SIZES, SOURCES

_HUB_PRICE = "price + price_per_km x km_to_store"
"""Price of a unit from a hub, or of its way from a CO2 terminal to the store [EUR/MWh or EUR/t]."""


def networks_of(
    sites: pd.DataFrame,
    options: pd.DataFrame,
    tables: DefaultTables,
    share: float,
    periods: list[int],
    *,
    base_year: int,
) -> dict[str, pd.DataFrame]:
    """Make the network tables for the sites that have an option with hydrogen or with CO2 to hand over.

    Of the given network, what lies on the way from the sites' nearest nodes to a source is kept, and the hubs
    within reach in the sites' areas.

    Parameters
    ----------
    sites : DataFrame
        With ``site``, ``area``, ``lat``, ``lon``.
    options : DataFrame
        Options with ``site``, ``hydrogen`` and ``captured``.
    tables : DefaultTables
        The default tables of networks and hubs, and ``general``.
    share : float
        Share of the sites in what cluster 6 emits; sources are for cluster 6 as a whole.
    periods : list of int
        First years of the periods.
    base_year : int
        Year from which lead times run.

    Returns
    -------
    dict of str to DataFrame
        Tables ``nodes``, ``sources``, ``links``, ``sizes``, ``hubs``, and ``derivation``.
    """
    users = {
        "hydrogen": options.loc[options["hydrogen"] > 0, "site"],
        "co2": options.loc[options["captured"] > 0, "site"],
    }
    found = [
        _of_carrier(sites[sites["site"].isin(user)].reset_index(drop=True), carrier, tables, share, periods, base_year)
        for carrier, user in users.items()
    ]
    together = {
        name: pd.concat([part[name] for part in found], ignore_index=True)
        for name in ("nodes", "sources", "links", "hubs", "derivation")
    }
    modes = set(zip(together["links"]["carrier"], together["links"]["mode"], strict=True))
    sizes = tables["sizes"]
    used = [pair in modes for pair in zip(sizes["carrier"], sizes["mode"], strict=True)]
    together["sizes"] = sizes.loc[used, SIZES.names].astype({"lifetime": "int64"}).reset_index(drop=True)
    together["derivation"] = joined([together["derivation"], taken_over(tables, "sizes", sizes[used], SIZES)])
    return together


def _of_carrier(
    sites: pd.DataFrame, carrier: str, tables: DefaultTables, share: float, periods: list[int], base_year: int
) -> dict[str, pd.DataFrame]:
    nodes, given, sources = (
        _carrying(tables[name], carrier) for name in ("network_nodes", "network_links", "network_sources")
    )
    hubs = _hubs(sites, carrier, tables)
    graph = _graph(nodes, given)
    useful = set(hubs["node"]).union(*(nx.node_connected_component(graph, node) for node in sources["node"]))
    ends = nodes[nodes["node"].isin(useful)]
    candidates, link_traces = candidate_links(sites, ends, carrier, tables, base_year, gabriel=True)
    reached = sorted((set(candidates["from"]) | set(candidates["to"])) & set(ends["node"]))
    kept = _on_the_way(graph, reached, sorted(set(sources["node"])))
    supply, sourced = _sources(sources[sources["node"].isin(kept)], tables, share, periods)
    nodes = nodes[nodes["node"].isin(kept)]
    planned = given[given["from"].isin(kept) & given["to"].isin(kept)]
    priced, hub_traces = _priced(hubs[hubs["node"].isin(kept)], tables)
    traces = [
        sourced,
        taken_over(tables, "network_nodes", nodes, NODES),
        taken_over(tables, "network_links", planned, LINKS),
        link_traces,
        hub_traces,
    ]
    return {
        "nodes": nodes[NODES.names],
        "sources": supply,
        "links": pd.concat([_planned(planned), candidates], ignore_index=True),
        "hubs": priced,
        "derivation": joined(traces),
    }


def _carrying(rows: pd.DataFrame, carrier: str) -> pd.DataFrame:
    return rows[rows["carrier"] == carrier]


def _graph(nodes: pd.DataFrame, links: pd.DataFrame) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(nodes["node"])
    graph.add_weighted_edges_from(zip(links["from"], links["to"], links["length"], strict=True))
    return graph


def _on_the_way(graph: nx.Graph, reached: list[str], sources: list[str]) -> set[str]:
    """Nodes on the shortest paths from the reached nodes to the sources."""
    kept = set(reached)
    for source in sources:
        paths = nx.single_source_dijkstra_path(graph, source)
        kept.update(node for goal in reached if goal in paths for node in paths[goal])
    return kept


def _planned(given: pd.DataFrame) -> pd.DataFrame:
    links = given.assign(mode="pipe", status="planned", one_way=0)
    return links[LINKS.names]


def _sources(
    rows: pd.DataFrame, tables: DefaultTables, share: float, periods: list[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Supply or storage of each source in the periods from its first year."""
    long, figure = by_period(tables, "network_sources", rows, periods)
    long = long[long["period"] >= long["first_year"]]
    return shared_out(SOURCES, long, figure, long["parameter"] == "capacity", share)


def _hubs(sites: pd.DataFrame, carrier: str, tables: DefaultTables) -> pd.DataFrame:
    """Hubs on offer in the areas of the sites; ``line`` and ``confidence`` are those of the place."""
    designs = _carrying(tables["hub_designs"], carrier).drop(columns=["source", "confidence", LINE])
    hubs = tables["hubs"].merge(designs, on="option")
    return hubs[hubs["area"].isin(sites["area"])]


def _priced(hubs: pd.DataFrame, tables: DefaultTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``hubs``: hubs as designed, whose price includes transport over the distance to the store."""
    hubs = hubs.reset_index(drop=True)
    designs = tables["hub_designs"].set_index("option", drop=False)
    columns = [column.name for column in HUBS.columns if not column.kind.is_text]
    designed = figures(tables, "hub_designs", designs, *columns, "price_per_km")
    known = {name: figure.at(hubs["option"]) for name, figure in designed.items()}
    known |= figures(tables, "hubs", hubs, "km_to_store")
    key = key_of(hubs, "hub", "option")
    given = [as_given("hubs", key, name, name, known) for name in columns if name != "price"]
    price = estimated("hubs", key, "price", _HUB_PRICE, known, 2)
    made = hubs.assign(price=price["value"]).astype({"lifetime": "int64"})
    return made[HUBS.names], joined([*given, price])
