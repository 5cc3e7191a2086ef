"""Links as arcs in each direction that they have, and sources and hubs as arcs from one vertex."""

import pandas as pd

SERVED = ""
"""The vertex from which an arc leads to every source and hub; no site or node is called so."""


def directed(links: pd.DataFrame) -> pd.DataFrame:
    """List the links in each direction in which they can carry something: ``direction``, ``tail`` and ``head``."""
    forward = links.assign(direction="forward", tail=links["from"], head=links["to"])
    two_way = links[links["one_way"] == 0]
    backward = two_way.assign(direction="backward", tail=two_way["to"], head=two_way["from"])
    return pd.concat([forward, backward], ignore_index=True)


def outward(arcs: pd.DataFrame) -> pd.DataFrame:
    """Turn arcs to lead from sources and hubs to sites: those of CO2 against its flow."""
    against = arcs["carrier"] == "co2"
    return arcs.assign(tail=arcs["tail"].mask(against, arcs["head"]), head=arcs["head"].mask(against, arcs["tail"]))


def from_served(servers: pd.DataFrame) -> pd.DataFrame:
    """Add the ends of an arc from `SERVED` to the node of each source or hub."""
    return servers.assign(tail=SERVED, head=servers["node"])
