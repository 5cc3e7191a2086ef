"""Reach: the sites that can be served in each period, and the cost of the cheapest connection of each."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from routeplan.errors import UsageError
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.instance.rules.words import none_called
from routeplan.network.graph import CarrierGraph, graphs_with_users
from routeplan.network.needs import instance_needs
from routeplan.network.stand_alone import Connection, stand_alone_connections
from routeplan.network.tree import Tree
from routeplan.schema.frames import typed
from routeplan.schema.inputs import CARRIERS
from routeplan.schema.reach import REACH
from routeplan.schema.units import PER_MILLION


def reach(
    instance: Instance, *, carriers: Collection[str] = CARRIERS, sites: Collection[str] | None = None
) -> pd.DataFrame:
    """Find the cheapest connection of each site to an open source or hub, by carrier and period.

    A site has a need where an option of its may run that uses hydrogen or hands over CO2; the need is the most that
    its options can use together, one for each process. A source is open in a period in which it has a capacity, a hub
    option from its first year on; links count from their first year on, as long as they have or can get a capacity.
    Directions of one-way links are kept to.

    `cost_alone` is what the site pays when nobody shares: the source's price and the variable cost of the links, for
    each unit, the yearly rent (annuity and upkeep) of the cheapest sizes that carry all of the need on each link that
    must be built, and the yearly cost of the hub option. `source`, the lengths and `path` are those of the cheapest
    path in this sense. Where no single path carries all of the need, `cost_alone` is empty, and the path is the one of
    `cost_shared`.

    `cost_shared` is a floor: on the best path, when every link that is built is filled with the size that is cheapest
    for a unit, and the hub with its capacity. No plan brings the carrier to the site for less, in the same period.
    It takes no notice of what other sites leave of capacities that are given.

    Parameters
    ----------
    instance : Instance
        The instance.
    carriers : collection of str
        ``hydrogen``, ``co2`` or both.
    sites : collection of str, optional
        Only these sites; all when None.

    Returns
    -------
    DataFrame
        Table `REACH`, ordered by carrier and period: a row for each site with a need, with
        an empty source where nothing can be reached.

    Raises
    ------
    UsageError
        When a site or carrier is unknown, or there is no instance.
    """
    refuse_unless_instance(instance)
    _refuse_unknown("carrier", carriers, list(CARRIERS))
    _refuse_unknown("site", sites or (), instance["sites"]["site"].tolist())
    needs = instance_needs(instance)
    if sites is not None:
        needs = needs[needs["site"].isin(sites)]
    tables = [_of_period(graph, users) for graph, users in graphs_with_users(instance, needs, carriers)]
    rows = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=REACH.names)
    return typed(REACH, rows)


def in_reach(connections: pd.DataFrame) -> pd.DataFrame:
    """Count the sites that can be served, by carrier and period.

    Parameters
    ----------
    connections : DataFrame
        Table that `reach` found.

    Returns
    -------
    DataFrame
        ``carrier``, ``period``, ``sites`` (with a need), ``in_reach`` (of a source or hub) and ``carried`` (whose
        whole need one connection can carry).
    """
    told = connections.assign(
        sites=1,
        in_reach=(connections["source"] != "").astype(int),
        carried=connections["cost_alone"].notna().astype(int),
    )
    return told.groupby(["carrier", "period"], sort=False)[["sites", "in_reach", "carried"]].sum().reset_index()


def _refuse_unknown(noun: str, asked: Collection[str], known: list[str]) -> None:
    unknown = sorted(set(asked) - set(known))
    if unknown:
        shown = ", ".join(known[:20]) + (f" and {len(known) - 20:,} more" if len(known) > 20 else "")
        raise UsageError(none_called(noun, unknown, known, f"allowed: {shown}"))


def _of_period(graph: CarrierGraph, users: pd.DataFrame) -> pd.DataFrame:
    """Connections of the users of a carrier in a period."""
    vertex = graph.vertices(users["site"])
    need = users["need"].to_numpy(float)
    shared = graph.cheapest(graph.arcs["floor"].to_numpy(float))
    alone = stand_alone_connections(graph, vertex, need)
    lines = [
        _described(graph, connection or _shared_path(shared, site))
        for connection, site in zip(alone, vertex.tolist(), strict=True)
    ]
    table = users.reset_index(drop=True).join(pd.DataFrame(lines))
    table["cost_alone"] = [connection.cost if connection else np.nan for connection in alone]
    floor = shared.cost[vertex]
    table["cost_shared"] = np.where(np.isfinite(floor), floor, np.nan) * need
    for kind in ("alone", "shared"):
        table[f"unit_{kind}"] = table[f"cost_{kind}"] * PER_MILLION / need
    return table


def _shared_path(shared: Tree, vertex: int) -> Connection:
    return Connection(float(shared.cost[vertex]), shared.path_to(vertex))


def _described(graph: CarrierGraph, connection: Connection) -> dict[str, object]:
    """Columns of the table for a connection; empty without a path."""
    if not connection.arcs:
        return dict.fromkeys(("source", "hub", "option", "path"), "") | dict.fromkeys(
            ("length", "built_length"), np.nan
        )
    *links, served = (graph.listed[arc] for arc in connection.arcs)
    return {
        "source": graph.names[served.head],
        "hub": served.hub,
        "option": served.option,
        "length": sum(link.length for link in links),
        "built_length": sum(link.length for link in links if link.candidate),
        "path": " ".join(link.link for link in links),
    }
