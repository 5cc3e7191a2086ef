"""Sites that a hub design can serve: from its hubs, or over its links."""

from collections.abc import Iterator
from typing import Any

import networkx as nx
import pandas as pd

from routeplan.hubs.apply import periods_from
from routeplan.hubs.design import Design
from routeplan.instance.instance import Instance
from routeplan.network.arcs import SERVED, directed, from_served, outward
from routeplan.network.available import open_hubs, open_sources, usable_links
from routeplan.network.needs import instance_needs


def served_sites(instance: Instance, design: Design, carrier: str) -> set[str]:
    """Find the sites with a need to which a carrier can come from a hub of a design, or over one of its links.

    A way leads from a source or hub that can be open to a site (of CO2 the other way round), in a period in which the
    hub or link of the design is there and the site has a need. It goes over links that are planned or can be built, in
    their directions, but over none that the design forbids. Over a link of the design leads a way that passes it and
    no place twice: so a spur beside the way of a site serves it nothing.
    Where links lead one way only, some sites more may be found than have such a way.

    Parameters
    ----------
    instance : Instance
        The instance with the hubs of the design.
    design : Design
        Hubs and candidate links of the instance.
    carrier : str
        ``hydrogen`` or ``co2``.
    """
    needs = instance_needs(instance)
    needs = needs[needs["carrier"] == carrier]
    return {
        site
        for period in periods_from(instance.horizon, design.first_year)
        for site in _served_in(instance, design, carrier, period) & set(needs.loc[needs["period"] == period, "site"])
    }


def sites_at_links(instance: Instance, carrier: str) -> set[str]:
    """Find the sites at which some link of a carrier ends: no hub and no link can serve any other."""
    links = instance["links"]
    links = links[links["carrier"] == carrier]
    return {*links["from"], *links["to"]} & set(instance["sites"]["site"])


def _served_in(instance: Instance, design: Design, carrier: str, period: int) -> set[str]:
    """Places that it can serve in a period."""
    links = usable_links(instance, carrier, period)
    arcs = outward(directed(links[~links["link"].isin(design.forbidden)]))
    hubs = open_hubs(instance, carrier, period)
    begun = pd.concat([from_served(open_sources(instance, carrier, period)), from_served(hubs)])
    graph = nx.DiGraph([*_ends(begun), *_ends(arcs)])
    opened = {(each.hub, each.option) for each in design.hubs if each.first_year <= period}
    built = [each.link for each in design.links if each.first_year <= period]
    own = [pair in opened for pair in zip(hubs["hub"], hubs["option"], strict=True)]
    from_hubs = (nx.descendants(graph, node) for node in hubs.loc[own, "node"].unique())
    return set().union(*from_hubs, *_over_links(graph, arcs[arcs["link"].isin(built)]))


def _ends(arcs: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(arcs["tail"], arcs["head"], strict=True))


def _over_links(graph: Any, arcs: pd.DataFrame) -> Iterator[set[str]]:
    """Places to which a way from a source or hub leads over arcs, of each arc."""
    if arcs.empty or SERVED not in graph:
        return
    begun, roads = nx.descendants(graph, SERVED), graph.to_undirected()
    distance = nx.single_source_shortest_path_length(roads, SERVED)
    blocks = list(nx.biconnected_components(roads))
    for tail, head in _ends(arcs):
        if tail in begun:
            # Every way comes into a block at one place, and from there over any link of it to what hangs on the rest.
            block = next(places for places in blocks if tail in places and head in places)
            entry = min(block, key=distance.__getitem__)
            rest = roads.subgraph(roads.nodes - {entry})
            if head != entry:
                yield nx.node_connected_component(rest, head) & {head, *nx.descendants(graph, head)}
