"""Pruning of links that can serve no site, which changes no optimum."""

from collections.abc import Hashable

import networkx as nx
import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.network.arcs import SERVED
from routeplan.network.available import open_hubs, open_sources, usable_links

USERS = ("users",)
"""The vertex that stands for all sites with a need; unlike any id, no string."""


def reachable_links(instance: Instance, needs: pd.DataFrame, links: pd.DataFrame | None = None) -> pd.DataFrame:
    """Leave out the candidate links that can carry nothing from a source or hub to a site with a need.

    A candidate is left out when in no period it lies on a simple path (one that visits no place twice) between an
    open source or hub and a site with an option that needs the carrier; directions of one-way links aside. It is kept
    where the table `decided` has it built. Planned links are kept.

    No optimum changes. *Proof.* The flows of a plan in a period are a sum of simple paths, each from a source or hub
    that gives to a site that uses (CO2: the other way round), and of circles. Circles serve nobody; without them all
    nodes stay in balance, links and hubs within their capacities, and no cost rises, since no variable cost is below
    0. What is left does not touch a link that lies on no simple path; without it the plan is as good, and no dearer,
    since being built earns nothing. The other way round, a plan without these links is a plan.

    *How it is found.* Join a vertex to all sources and hubs, one to all sites with a need, and these two with each
    other. A link lies on a simple path between the two if and only if it lies on a circle with the link that joins
    them, which is to say, in the same biconnected component.

    Parameters
    ----------
    instance : Instance
        The instance.
    needs : DataFrame
        Its `site_needs`.
    links : DataFrame, optional
        The rows of its table ``links`` that count, under their index there; all when None.

    Returns
    -------
    DataFrame
        Rows of the table ``links``.
    """
    links, decided = instance["links"] if links is None else links, instance["decided"]
    to_be_built = decided.loc[(decided["decision"] == "built") & (decided["value"] == 1), "item"]
    kept = (links["status"] == "planned") | links["link"].isin(to_be_built)
    for carrier, users in needs.groupby("carrier"):
        kept |= _on_a_path(instance, links, str(carrier), users)
    return links[kept]


def _on_a_path(instance: Instance, links: pd.DataFrame, carrier: str, users: pd.DataFrame) -> "pd.Series[bool]":
    """Mark the links on a simple path from sources or hubs of a carrier to its users, in some period."""
    found = pd.Series(False, index=links.index)
    for period in users["period"].unique().tolist():
        usable = usable_links(instance, carrier, period)
        here = usable[usable.index.isin(links.index)]
        servers = [open_sources(instance, carrier, period), open_hubs(instance, carrier, period)]
        sites = users.loc[users["period"] == period, "site"]
        both = _between(here, {node for table in servers for node in table["node"]}, set(sites))
        found.loc[here.index] |= here["from"].isin(both) & here["to"].isin(both)
    return found


def _between(links: pd.DataFrame, servers: set[str], users: set[str]) -> set[Hashable]:
    """Find the places that lie on a simple path over the links from a server to a user."""
    graph = nx.Graph(list(zip(links["from"], links["to"], strict=True)))
    graph.add_edges_from((SERVED, node) for node in servers)
    graph.add_edges_from((USERS, site) for site in users)
    graph.add_edge(SERVED, USERS)
    # Two components have one place in common at most: what holds both ends of a link holds the link.
    return next(places for places in nx.biconnected_components(graph) if SERVED in places and USERS in places)
