"""The graph of a carrier in a period: the arcs by which it can reach sites, and their costs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.instance.money import hub_unit_cost, yearly_hub_costs, yearly_link_costs
from routeplan.network.arcs import SERVED, directed, from_served, outward
from routeplan.network.available import open_hubs, open_sources, usable_links, usable_sizes
from routeplan.network.sizes import sets_of_sizes, sized_links
from routeplan.network.tree import Tree, cheapest_paths
from routeplan.schema.inputs import CARRIERS
from routeplan.schema.units import PER_MILLION
from routeplan.tolerances import FITS


@dataclass(frozen=True)
class CarrierGraph:
    """The graph of one carrier in one period, directed from sources and hubs to the sites.

    CO2 is looked at against its flow, so that an arc leads away from the stores as hydrogen does from its sources.

    Parameters
    ----------
    names : Index
        The vertices: `SERVED`, then sites and nodes.
    arcs : DataFrame
        One row for each direction of a link that can be used, and for each open source and hub option (from
        `SERVED` to its node): ``tail``, ``head`` (vertices), ``link``, ``hub`` and ``option`` (ids, "" where it is
        none), ``candidate`` (whether it must be built), ``length`` [km], ``capacity`` (the most it can carry, of
        a candidate in all its sizes together) [GWh/yr or kt/yr], ``yearly`` (what it costs once it carries
        anything, the sizes of links aside) [M EUR/yr], ``unit`` (what a unit costs besides) and ``floor`` (the least
        that a unit can cost in all: on a candidate link in its best size, and in a hub, filled) [M EUR for each GWh
        or kt].
    modes : list of Mode
        Sizes of the candidate links.
    """

    names: pd.Index
    arcs: pd.DataFrame
    modes: "list[Mode]"

    def fixed_for(self, amount: float) -> FloatArray:
        """Fixed cost of each arc when it carries an amount, without its cost per unit, shape (A,) [M EUR/yr].

        Of a candidate link it is the rent of the cheapest sizes that carry the amount; infinite where none do.
        """
        enough = self.arcs["capacity"].to_numpy(float) >= amount * FITS
        fixed = np.where(enough, self.arcs["yearly"].to_numpy(float), np.inf)
        for mode in self.modes:
            fixed[mode.arcs] = mode.rents[mode.capacity >= amount * FITS].min(axis=0, initial=np.inf)
        return fixed

    def vertices(self, places: "pd.Series[str]") -> IntArray:
        """Vertices of sites or nodes."""
        return np.asarray(self.names.get_indexer(pd.Index(places)), dtype=np.int64)

    @cached_property
    def listed(self) -> list[Any]:
        """The arcs as tuples with the columns' names."""
        return list(self.arcs.itertuples(index=False))

    def steps(self) -> FloatArray:
        """Amounts between which costs are linear, increasing: the capacities of arcs and sizes."""
        capacities = [self.arcs["capacity"].to_numpy(float), *(mode.capacity for mode in self.modes)]
        return np.unique(np.concatenate(capacities))

    def cheapest(self, cost: FloatArray) -> Tree:
        """Cheapest paths from sources and hubs to every vertex, the costs of arcs being given."""
        tail, head = (self.arcs[end].to_numpy(np.int64) for end in ("tail", "head"))
        return cheapest_paths(tail, head, cost, len(self.names))


@dataclass(frozen=True)
class Mode:
    """The candidate links of a mode, and the sets of sizes in which they may be built.

    Parameters
    ----------
    arcs : IntArray, shape (A,)
        Places of the links' directions among the arcs.
    capacity : FloatArray, shape (N,)
        Capacity of each set of sizes [GWh/yr or kt/yr].
    rents : FloatArray, shape (N, A)
        Its rent and upkeep on each [M EUR/yr].
    """

    arcs: IntArray
    capacity: FloatArray
    rents: FloatArray


def carrier_graph(instance: Instance, carrier: str, period: int, most: float) -> CarrierGraph:
    """Make the graph of a carrier in a period.

    Parameters
    ----------
    instance : Instance
        The instance.
    carrier : str
        ``hydrogen`` or ``co2``.
    period : int
        First year of the period.
    most : float
        The most that any site needs [GWh/yr or kt/yr].
    """
    names = pd.Index([SERVED, *instance["sites"]["site"], *instance["nodes"]["node"]])
    links = usable_links(instance, carrier, period)
    sized = sized_links(links, usable_sizes(instance))
    sized["rent"] = sum(yearly_link_costs(sized, instance.settings.discount_rate).values())
    arcs = pd.concat(
        [_sources(instance, carrier, period), _hubs(instance, carrier, period), _links(links, sized)],
        ignore_index=True,
    )
    places = {end: names.get_indexer(pd.Index(arcs[end])) for end in ("tail", "head")}
    modes = [_mode(arcs, rows, most) for _, rows in sized.groupby("mode")]
    return CarrierGraph(names, arcs.assign(**places), modes)


def graphs_with_users(
    instance: Instance, needs: pd.DataFrame, carriers: Collection[str] = CARRIERS
) -> Iterator[tuple[CarrierGraph, pd.DataFrame]]:
    """Make the graph of each carrier and period in which some site has a need.

    Parameters
    ----------
    instance : Instance
        The instance.
    needs : DataFrame
        Some of its `site_needs`.
    carriers : collection of str
        Carriers that are looked at.

    Yields
    ------
    CarrierGraph
        The graphs, carrier by carrier in the order of the schema, and period by period.
    DataFrame
        The needs that they may serve.
    """
    for carrier in CARRIERS:
        for period in instance.horizon.first.tolist():
            users = needs[(needs["carrier"] == carrier) & (needs["period"] == period)]
            if carrier in carriers and len(users):
                yield carrier_graph(instance, carrier, period, users["need"].max()), users


COLUMNS = ["tail", "head", "link", "hub", "option", "candidate", "length", "capacity", "yearly", "unit", "floor"]


def _sources(instance: Instance, carrier: str, period: int) -> pd.DataFrame:
    sources = open_sources(instance, carrier, period).assign(hub="", option="", yearly=0.0)
    return _served(sources.assign(unit=sources["price"] / PER_MILLION))


def _hubs(instance: Instance, carrier: str, period: int) -> pd.DataFrame:
    hubs = open_hubs(instance, carrier, period)
    costs = yearly_hub_costs(hubs, instance.prices, instance.settings.discount_rate)
    return _served(hubs.assign(yearly=sum(costs.values()), unit=hub_unit_cost(hubs, instance.prices) / PER_MILLION))


def _served(servers: pd.DataFrame) -> pd.DataFrame:
    """Arcs to the nodes of sources and hubs."""
    arcs = from_served(servers).assign(link="", candidate=False, length=0.0)
    return arcs.assign(floor=arcs["unit"] + arcs["yearly"] / arcs["capacity"])[COLUMNS]


def _links(links: pd.DataFrame, sized: pd.DataFrame) -> pd.DataFrame:
    """Arcs of the links in each direction that they have."""
    candidate = links["status"] == "candidate"
    of_link = sized.assign(filled=sized["rent"] / sized["size_capacity"]).groupby("link")
    capacity = links["link"].map(of_link["size_capacity"].sum()).fillna(0.0)
    filled = links["link"].map(of_link["filled"].min())
    unit = links["variable_cost"] / PER_MILLION
    known = links.assign(
        hub="",
        option="",
        candidate=candidate,
        capacity=links["capacity"].where(~candidate, capacity),
        yearly=0.0,
        unit=unit,
        floor=unit + filled.where(candidate, 0.0),
    )
    return outward(directed(known))[COLUMNS]


def _mode(arcs: pd.DataFrame, sized: pd.DataFrame, most: float) -> Mode:
    """Sets of sizes of the candidate links of one mode, of which `sized` has the rows."""
    rents = sized.pivot(index="size", columns="link", values="rent")
    lengths = sized.drop_duplicates("link").set_index("link")["length"]
    extremes = rents[[lengths.idxmin(), lengths.idxmax()]].to_numpy(float)
    capacity = sized.drop_duplicates("size").set_index("size")["size_capacity"].loc[rents.index].to_numpy(float)
    sets = sets_of_sizes(capacity, extremes, most)
    places = np.flatnonzero(arcs["link"].isin(rents.columns)).astype(np.int64)
    on_links = sets.astype(float) @ rents.to_numpy(float)
    columns = rents.columns.get_indexer(pd.Index(arcs["link"].iloc[places]))
    return Mode(places, sets @ capacity, on_links[:, columns])
