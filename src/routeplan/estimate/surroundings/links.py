"""Candidate links of a carrier: selection, length, first year and cost, and their derivation."""

import pandas as pd

from routeplan.estimate.citations import general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import estimated, joined
from routeplan.estimate.formulas import Figure
from routeplan.network.candidates import LinkRule, candidate_pairs
from routeplan.schema.inputs import LINKS

LEAST_LENGTH = 1.0
"""Length of a link between two sites of one town [km]: towns are known by one point."""

_LENGTH = f"max({LEAST_LENGTH:g}, distance x detour_factor)"
"""Length of a link [km]."""

_FIRST_YEAR = {"pipe": "base_year + pipe_lead_time", "truck": "base_year + truck_lead_time"}
"""First year in which a link can be used, by mode."""

_TRUCK_COST = "truck_fixed + liquefaction + truck_per_km x length"
"""Cost of carrying a tonne of CO2 by truck [EUR/t]; pipes cost nothing but what is built."""

_FIGURES = ("detour_factor", "pipe_lead_time", "truck_lead_time", "truck_fixed", "liquefaction", "truck_per_km")


def candidate_links(
    sites: pd.DataFrame,
    nodes: pd.DataFrame,
    carrier: str,
    tables: DefaultTables,
    base_year: int,
    *,
    gabriel: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the candidate links of a carrier: pipes, and trucks besides for CO2.

    Parameters
    ----------
    sites, nodes : DataFrame
        As in `candidate_pairs`.
    carrier : str
        ``hydrogen`` or ``co2``.
    tables : DefaultTables
        The default tables: ``general``.
    base_year : int
        Year from which lead times run.
    gabriel : bool
        Whether pipes lead to the neighbours on all sides, besides the nearest (the Gabriel graph).

    Returns
    -------
    links : DataFrame
        The table ``links``, ordered by mode and ends.
    derivation : DataFrame
        Rows that say where their lengths, years and costs come from.
    """
    rules = link_rules(carrier, tables, gabriel=gabriel)
    pairs = [candidate_pairs(sites, nodes, rule).assign(mode=mode) for mode, rule in rules.items()]
    links = pd.concat(pairs, ignore_index=True).astype({"mode": "str"})
    links["link"] = f"{carrier}-" + links["mode"] + ":" + links["from"] + "--" + links["to"]
    key = links["link"]
    known = general(tables, *_FIGURES) | {
        "base_year": Figure(base_year, "instance.toml"),
        "distance": Figure(links["distance"], "km over ground between the coordinates of the ends"),
    }
    length = estimated("links", key, "length", _LENGTH, known, 1)
    links["length"] = length["value"].astype(float)
    known["length"] = Figure(links["length"], "links.csv")
    ready = estimated("links", key, "first_year", links["mode"].map(_FIRST_YEAR).astype("str"), known)
    cost = estimated("links", key[links["mode"] == "truck"], "variable_cost", _TRUCK_COST, known, 2)
    links = links.assign(
        carrier=carrier,
        status="candidate",
        first_year=ready["value"].astype(float),
        capacity=float("nan"),
        one_way=0,
        variable_cost=cost["value"].astype(float).reindex(links.index).fillna(0.0),
    )
    return links[LINKS.names], joined([length, ready, cost])


def link_rules(carrier: str, tables: DefaultTables, *, gabriel: bool = False) -> dict[str, LinkRule]:
    """Rules for the candidate links of a carrier, by mode; trucks lead to given nodes alone."""
    neighbours, reach_node, reach_site = (tables.general(name) for name in ("neighbours", "reach_node", "reach_site"))
    pipes = LinkRule(int(neighbours), reach_node, reach_site, spanning=True, gabriel=gabriel)
    trucks = LinkRule(int(neighbours), reach_node, 0.0, spanning=False)
    return {"pipe": pipes, "truck": trucks} if carrier == "co2" else {"pipe": pipes}
