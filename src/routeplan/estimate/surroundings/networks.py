"""Hydrogen and CO2: given nodes and links, sources, hubs, sizes and candidate links around the sites."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd

from routeplan.data.csv_file import LINE
from routeplan.estimate.citations import shared_out, taken_over
from routeplan.estimate.defaults import DefaultTables, interpolated, repeated
from routeplan.estimate.derivation import joined
from routeplan.estimate.surroundings.network_traces import network_traces
from routeplan.network.candidates import LinkRule, candidate_links
from routeplan.schema.inputs import HUBS, LINKS, NODES, SIZES, SOURCES


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
    graph = nx.Graph()
    graph.add_nodes_from(nodes["node"])
    graph.add_weighted_edges_from(zip(given["from"], given["to"], given["length"], strict=True))
    useful = set(hubs["node"]).union(*(nx.node_connected_component(graph, node) for node in sources["node"]))
    ends = nodes[nodes["node"].isin(useful)]
    rules = link_rules(carrier, tables, base_year, gabriel=True)
    links = [candidate_links(sites, ends, rule) for rule in rules]
    candidates = pd.concat(links, ignore_index=True)
    reached = sorted((set(candidates["from"]) | set(candidates["to"])) & set(ends["node"]))
    kept = _on_the_way(graph, reached, sorted(set(sources["node"])))
    supply, traces = _sources(sources[sources["node"].isin(kept)], tables, share, periods)
    nodes = nodes[nodes["node"].isin(kept)]
    planned = given[given["from"].isin(kept) & given["to"].isin(kept)]
    hubs = hubs[hubs["node"].isin(kept)].reset_index(drop=True)
    return {
        "nodes": nodes[NODES.names],
        "sources": supply,
        "links": pd.concat([_planned(planned), candidates], ignore_index=True),
        "hubs": hubs[HUBS.names],
        "derivation": joined([traces, *network_traces(nodes, planned, candidates, hubs, sites, base_year, tables)]),
    }


def _carrying(rows: pd.DataFrame, carrier: str) -> pd.DataFrame:
    return rows[rows["carrier"] == carrier]


def link_rules(carrier: str, tables: DefaultTables, base_year: int, *, gabriel: bool = False) -> list[LinkRule]:
    """Rules for the candidate links of a carrier: pipes, and trucks besides for CO2.

    Parameters
    ----------
    carrier : str
        ``hydrogen`` or ``co2``.
    tables : DefaultTables
        The default tables: ``general``.
    base_year : int
        Year from which lead times run.
    gabriel : bool
        Whether pipes lead to the neighbours on all sides, besides the nearest (the Gabriel graph).
    """
    general = tables.general
    neighbours, detour, reach = int(general("neighbours")), general("detour_factor"), general("reach_node")
    pipes_from = base_year + int(general("pipe_lead_time"))
    pipes = LinkRule(carrier, "pipe", neighbours, reach, general("reach_site"), True, detour, pipes_from)
    rules = [replace(pipes, gabriel=gabriel)]
    if carrier == "co2":
        trucks_from = base_year + int(general("truck_lead_time"))
        fixed, per_km = general("truck_fixed") + general("liquefaction"), general("truck_per_km")
        rules.append(LinkRule(carrier, "truck", neighbours, reach, 0.0, False, detour, trucks_from, fixed, per_km))
    return rules


def _on_the_way(graph: nx.Graph, reached: list[str], sources: list[str]) -> set[str]:
    """Nodes on the shortest ways from the reached nodes to the sources."""
    kept = set(reached)
    for source in sources:
        ways = nx.single_source_dijkstra_path(graph, source)
        kept.update(node for goal in reached if goal in ways for node in ways[goal])
    return kept


def _planned(given: pd.DataFrame) -> pd.DataFrame:
    links = given.assign(mode="pipe", status="planned", one_way=0)
    return links[LINKS.names]


def _sources(
    rows: pd.DataFrame, tables: DefaultTables, share: float, periods: list[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Supply or storage of each source in the periods from its first year."""
    rows = rows.reset_index(drop=True)
    part = np.where(rows["parameter"] == "capacity", share, 1.0)[:, np.newaxis]
    long = repeated(rows, periods).assign(value=(interpolated(rows, periods) * part).ravel().round(2))
    long = long[long["period"] >= long["first_year"]]
    key = ["node", "carrier", "period"]
    table = long.pivot(index=key, columns="parameter", values="value").reset_index().rename_axis(columns=None)
    traces = shared_out(tables, "network_sources", long, long["parameter"] == "capacity", share, SOURCES)
    return table.reindex(columns=SOURCES.names), traces


def _hubs(sites: pd.DataFrame, carrier: str, tables: DefaultTables) -> pd.DataFrame:
    """Hubs on offer in the areas of the sites; ``line`` and ``confidence`` are those of the place."""
    designs = _carrying(tables["hub_designs"], carrier).drop(columns=["source", "confidence", LINE])
    hubs = tables["hubs"].merge(designs, on="option")
    hubs = hubs[hubs["area"].isin(sites["area"])].reset_index(drop=True)
    hubs["price"] = (hubs["price"] + hubs["price_per_km"] * hubs["km_to_store"]).round(2)
    return hubs.astype({"lifetime": "int64"})
