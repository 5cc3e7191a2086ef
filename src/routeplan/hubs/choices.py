"""What an instance has for hub designs to choose from: users of a carrier, shared links, contracts of one site."""

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.instance.sites import at_sites
from routeplan.network.needs import NEED
from routeplan.network.sizes import sized_links


def sites_needing(instance: Instance, carrier: str) -> set[str]:
    """Sites with a route that needs a carrier."""
    options = at_sites(instance, instance["options"])
    return set(options.loc[options[NEED[carrier]] > 0.0, "site"])


def links_between_nodes(instance: Instance) -> pd.DataFrame:
    """Links that end at no site: those that firms share."""
    links, sites = instance["links"], instance["sites"]["site"]
    return links[~links["from"].isin(sites) & ~links["to"].isin(sites)]


def sites_alone(instance: Instance) -> pd.DataFrame:
    """Sites that share their grid contract with no other."""
    sites = instance["sites"]
    return sites[~sites["contract"].duplicated(keep=False)]


def open_hubs(instance: Instance) -> pd.DataFrame:
    """Hub options on which nothing is decided."""
    hubs = instance["hubs"]
    return hubs[~hubs["hub"].isin(_settled(instance, "open"))]


def open_links(instance: Instance) -> pd.DataFrame:
    """Candidate links between nodes, on which nothing is decided, in each size; others belong to one site."""
    shared = links_between_nodes(instance)
    shared = shared[~shared["link"].isin(_settled(instance, "built"))]
    return sized_links(shared, instance["sizes"])


def _settled(instance: Instance, decision: str) -> set[str]:
    decided = instance["decided"]
    return set(decided.loc[decided["decision"] == decision, "item"])
