"""Rules for candidate links, and where their numbers come from."""

from dataclasses import replace

import pandas as pd

from routeplan.estimate.citations import general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import explained, joined
from routeplan.estimate.formulas import Figure, value_of
from routeplan.network.candidates import LEAST_LENGTH, LinkRule
from routeplan.network.distance import distance, on_sphere

_FIRST_YEAR = {"pipe": "base_year + pipe_lead_time", "truck": "base_year + truck_lead_time"}
"""First year in which a link can be used, by mode."""

_COST, _COST_PER_KM = "truck_fixed + liquefaction", "truck_per_km"
"""Cost of carrying a tonne by truck, and what each km adds [EUR/t]."""

_LENGTH = f"max({LEAST_LENGTH:g}, distance x detour_factor)"
_VARIABLE_COST = f"{_COST} + {_COST_PER_KM} x length"
"""What `candidate_links` makes of detour, cost and cost per km of a `LinkRule`."""

_FIGURES = ("detour_factor", "pipe_lead_time", "truck_lead_time", "truck_fixed", "liquefaction", "truck_per_km")


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
    numbers = {"base_year": float(base_year), **{name: tables.general(name) for name in _FIGURES}}
    first_year = {mode: int(value_of(rule, numbers)) for mode, rule in _FIRST_YEAR.items()}
    neighbours, detour, reach = (tables.general(name) for name in ("neighbours", "detour_factor", "reach_node"))
    reach_site = tables.general("reach_site")
    pipes = LinkRule(carrier, "pipe", int(neighbours), reach, reach_site, True, detour, first_year["pipe"])
    rules = [replace(pipes, gabriel=gabriel)]
    if carrier == "co2":
        cost, per_km = (float(value_of(rule, numbers)) for rule in (_COST, _COST_PER_KM))
        trucks = replace(pipes, mode="truck", reach_site=0.0, spanning=False, first_year=first_year["truck"])
        rules.append(replace(trucks, cost=cost, cost_per_km=per_km))
    return rules


def link_traces(links: pd.DataFrame, ends: pd.DataFrame, base_year: int, tables: DefaultTables) -> pd.DataFrame:
    """Rows for candidate links: length from the coordinates of the ends; year and cost by mode.

    Parameters
    ----------
    links : DataFrame
        As `candidate_links` makes them by the rules of `link_rules`.
    ends : DataFrame
        Sites and nodes that they link: ``place``, ``lat``, ``lon``.
    base_year : int
        Year from which lead times run.
    tables : DefaultTables
        The default tables: ``general``.
    """
    points = ends.set_index("place")[["lat", "lon"]]
    begin, end = (on_sphere(*points.loc[links[side]].to_numpy(float).T) for side in ("from", "to"))
    ground = pd.Series(distance(begin, end), links.index)
    known = _figures(tables, base_year) | {
        "distance": Figure(ground, "km over ground between the coordinates of the ends"),
        "length": Figure(links["length"], "links.csv"),
    }
    ready = links["mode"].map(_FIRST_YEAR).astype("str")
    paid = links[links["variable_cost"] > 0]
    return joined(
        [
            explained("links", links["link"], "length", links["length"], _LENGTH, known),
            explained("links", links["link"], "first_year", links["first_year"], ready, known),
            explained("links", paid["link"], "variable_cost", paid["variable_cost"], _VARIABLE_COST, known),
        ]
    )


def _figures(tables: DefaultTables, base_year: int) -> dict[str, Figure]:
    return general(tables, *_FIGURES) | {"base_year": Figure(base_year, "instance.toml")}
