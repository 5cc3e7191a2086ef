"""Links on sufficiently cheap paths: pruning of candidate networks, which may change an optimum."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.network.graph import CarrierGraph, graphs_with_users
from routeplan.network.needs import instance_needs
from routeplan.network.reachable import reachable_links
from routeplan.network.stand_alone import stand_alone_connections
from routeplan.network.tree import cheapest_paths
from routeplan.tolerances import FITS, ROUNDING

SLACK = 0.5
"""How much dearer than the cheapest the transport to a place may be, as a share of that."""

COMPETITION = 3.0
"""A source or hub is looked at for the sites nearest to it, until they need this many times what it can give."""


def prune_by_cost(instance: Instance, *, slack: float = SLACK) -> pd.DataFrame:
    """Leave out the candidate links on no sufficiently cheap path from a source or hub.

    The path from a source or hub over a link, from u to v, is cheap enough when in some period

        d(u) + w <= (1 + slack) D(v),

    and when from v a site with a need is reached over other such links. Costs are the least that the transport of a
    unit can cost: variable cost and the rents of links that are filled, as `reach` has it for cost shared. d(u) is the
    cost at u and w what the link adds to it; D(v) is the cost at v where planned links count only if they have room
    for all that can be given and asked, and candidates if they have for any one site: it may be dearer. Either
    direction of a link will do; CO2 is looked at against its flow.

    Each source and hub is looked at by itself, since the cheapest may not have enough for all, and for the sites
    nearest to it, until they need `COMPETITION` times what it can give. Besides, each site keeps its cheapest paths:
    shared, the price of the source counting too, and alone. A link that no company fills can be dear in the sense
    above, and yet the best for a site without company, as trucks are beside pipes. Of all this, `reachable_links` are
    kept, and what the table `decided` names.

    No site is cut off. That no optimum changes is not proven: a plan may share a pipe on a longer path than the slack
    allows. So the model does not do this; it is for making candidate networks. With the default no optimum of the
    tests' instances changes.

    Parameters
    ----------
    instance : Instance
        The instance.
    slack : float
        How much dearer the transport may be, 0 or more, as a share of the least cost of transport.

    Returns
    -------
    DataFrame
        Rows of the table ``links``.

    Raises
    ------
    UsageError
        When the slack is below 0 or not finite.
    """
    if not 0.0 <= slack < np.inf:
        raise UsageError(f"slack is {slack}; allowed: 0 or more")
    needs = instance_needs(instance)
    links, decided = instance["links"], instance["decided"]
    named = links["link"].isin(decided.loc[decided["decision"] == "built", "item"])
    cheap = {
        link for graph, users in graphs_with_users(instance, needs) for link in _on_cheap_paths(graph, users, slack)
    }
    kept = named | (links["status"] == "planned") | links["link"].isin(cheap)
    useful = reachable_links(instance, needs, links[kept])
    return links[named | links["link"].isin(useful["link"])].reset_index(drop=True)


def _on_cheap_paths(graph: CarrierGraph, users: pd.DataFrame, slack: float) -> set[str]:
    """Find the links of a graph over which users are reached cheaply enough, shared or alone."""
    servers = np.flatnonzero(graph.arcs["link"] == "").astype(np.int64)
    if not len(servers):
        return set()
    vertex, need = graph.vertices(users["site"]), users["need"].to_numpy(float)
    alone = stand_alone_connections(graph, vertex, need)
    chosen = {arc for connection in alone if connection for arc in connection.arcs}
    chosen.update(_cheap_from(graph, servers, vertex, need, 0.0).tolist())
    for server in servers:
        chosen.update(_cheap_from(graph, np.array([server]), vertex, need, slack).tolist())
    return set(graph.arcs["link"].iloc[sorted(chosen)])


def _cheap_from(graph: CarrierGraph, servers: IntArray, vertex: IntArray, need: FloatArray, slack: float) -> IntArray:
    """Find the arcs on sufficiently cheap paths from some of the sources and hubs."""
    arcs = graph.arcs
    capacity = arcs["capacity"].to_numpy(float)
    given = capacity[servers].sum()
    left_out = (arcs["link"] == "") & ~np.isin(np.arange(len(arcs)), servers)
    floor = np.where(left_out, np.inf, arcs["floor"].to_numpy(float))
    room = np.where(arcs["candidate"], need.max(), min(need.sum(), given))
    room[servers] = 0.0
    least = graph.cheapest(floor).cost
    path_cost = least[arcs["tail"]] + floor
    direct = graph.cheapest(np.where(capacity >= room * FITS, floor, np.inf)).cost[arcs["head"]]
    transport = np.where(np.isfinite(direct), direct - floor[servers].min(), 0.0)
    # A hair more, so that rounding does not take a link out of a cheapest path.
    cheap = np.flatnonzero(np.isfinite(path_cost) & (path_cost <= direct * (1.0 + ROUNDING) + slack * transport))
    return cheap[_leading_to(graph, cheap, _nearest(vertex, need, least, COMPETITION * given))]


def _nearest(vertex: IntArray, need: FloatArray, cost: FloatArray, most: float) -> IntArray:
    """Vertices of the users that are reached most cheaply, until they need a certain amount together."""
    order = np.argsort(cost[vertex], kind="stable")
    before = np.cumsum(need[order]) - need[order]
    return vertex[order[before < most]]


def _leading_to(graph: CarrierGraph, arcs: IntArray, users: IntArray) -> NDArray[np.bool_]:
    """Mark the arcs among some from which a user is reached over others of them."""
    tail, head = (graph.arcs[end].to_numpy(np.int64)[arcs] for end in ("tail", "head"))
    back_from = np.concatenate([np.zeros_like(users), head])
    back_to = np.concatenate([users, tail])
    leads = np.isfinite(cheapest_paths(back_from, back_to, np.zeros(len(back_to)), len(graph.names)).cost)
    return np.asarray(leads[head])
