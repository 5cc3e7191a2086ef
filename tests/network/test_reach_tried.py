"""Reach against trying every way: each path, and each set of sizes, of small random networks."""

from collections.abc import Iterator
from itertools import chain, combinations

import networkx as nx
import pandas as pd
import pytest
from strewn import PERIODS, strewn

from routeplan.instance.instance import Instance
from routeplan.network.reach import reach

NEED = {"hydrogen": "hydrogen", "co2": "captured"}


def rent(size: dict, length: float) -> float:
    """Capex spread over its life at 10 % a year, paid at the start of each year, and upkeep of 2 %."""
    capex = size["capex_per_km"] * length + size["capex_fixed"]
    return capex / sum(1.1**-year for year in range(size["lifetime"])) + 0.02 * capex


class Tried:
    """The network of a carrier in a period, and every way through it."""

    def __init__(self, instance: Instance, carrier: str, period: int) -> None:
        self.sizes = [size for size in instance["sizes"].to_dict("records") if size["carrier"] == carrier]
        self.graph = nx.MultiDiGraph()
        for link in instance["links"].to_dict("records"):
            if link["carrier"] == carrier and not link["first_year"] > period:
                ends = [link["from"], link["to"]] if carrier == "hydrogen" else [link["to"], link["from"]]
                self.graph.add_edge(*ends, link=link)
                if not link["one_way"]:
                    self.graph.add_edge(*ends[::-1], link=link)
        # Each source and hub: node, capacity, cost a year, and of a unit.
        self.servers = [
            (row["node"], row["capacity"], 0.0, row["price"] / 1000)
            for row in instance["sources"].to_dict("records")
            if row["carrier"] == carrier and row["period"] == period and row["capacity"] > 0
        ] + [
            (
                row["node"],
                row["capacity"],
                row["capex"] / sum(1.1**-year for year in range(10)) + 0.1,
                (row["price"] + 0.2 * 25) / 1000,
            )
            for row in instance["hubs"].to_dict("records")
            if row["carrier"] == carrier and not row["first_year"] > period and row["capacity"] > 0
        ]

    def ways(self, site: str) -> Iterator[tuple[tuple, list[dict]]]:
        """Every server with every simple path from it to a site."""
        for server in self.servers:
            if server[0] == site:
                yield server, []
            elif server[0] in self.graph and site in self.graph:
                for path in nx.all_simple_edge_paths(self.graph, server[0], site):
                    yield server, [self.graph.edges[edge]["link"] for edge in path]

    def alone(self, site: str, need: float) -> float:
        """Least cost of all of the need over one way; infinite when there is none."""
        return min((self._cost_alone(*way, need) for way in self.ways(site)), default=float("inf"))

    def _cost_alone(self, server: tuple, links: list[dict], need: float) -> float:
        _, capacity, yearly, unit = server
        if capacity < need:
            return float("inf")
        return yearly + need * unit + sum(self._link_alone(link, need) for link in links)

    def _link_alone(self, link: dict, need: float) -> float:
        if link["status"] == "planned":
            fixed = 0.0 if link["capacity"] >= need else float("inf")
        else:
            sizes = [size for size in self.sizes if size["mode"] == link["mode"]]
            sets = chain.from_iterable(combinations(sizes, count) for count in range(1, len(sizes) + 1))
            enough = [chosen for chosen in sets if sum(size["capacity"] for size in chosen) >= need]
            fixed = min((sum(rent(size, link["length"]) for size in one) for one in enough), default=float("inf"))
        return float(fixed + need * link["variable_cost"] / 1000)

    def shared(self, site: str) -> float:
        """Least cost of a unit over one way of which all is filled."""
        costs = (
            yearly / capacity + unit + sum(map(self._link_filled, links))
            for (_, capacity, yearly, unit), links in self.ways(site)
        )
        return min(costs, default=float("inf"))

    def _link_filled(self, link: dict) -> float:
        if link["status"] == "planned":
            filled = 0.0 if link["capacity"] > 0 else float("inf")
        else:
            sizes = [size for size in self.sizes if size["mode"] == link["mode"]]
            filled = min(rent(size, link["length"]) / size["capacity"] for size in sizes)
        return float(filled + link["variable_cost"] / 1000)


def finite(cost: float) -> float | None:
    return None if cost == float("inf") else pytest.approx(cost)


def told(cost: float) -> float | None:
    return None if pd.isna(cost) else cost


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.some(1)
def test_no_way_is_cheaper(seed: int) -> None:
    """Costs alone and shared are the least over every path from every source and hub, or empty where none will do."""
    instance = strewn(seed)
    options = instance["options"]
    found = reach(instance).set_index(["site", "carrier", "period"])
    users = [
        (site, carrier, period, float(options.loc[options["process"] == site, NEED[carrier]].max()))
        for site in instance["sites"]["site"]
        for carrier in NEED
        for period in PERIODS
    ]
    users = [user for user in users if user[3] > 0]
    assert set(found.index) == {user[:3] for user in users}
    for site, carrier, period, need in users:
        tried, row = Tried(instance, carrier, period), found.loc[site, carrier, period]
        assert row["need"] == need
        assert told(row["cost_alone"]) == finite(tried.alone(site, need))
        assert told(row["cost_shared"]) == finite(need * tried.shared(site))
        assert (row["source"] == "") == (next(tried.ways(site), None) is None or pd.isna(row["cost_shared"]))


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.some(1)
def test_the_path_leads_from_the_site_to_its_source(seed: int) -> None:
    """Links follow on each other from site to source, in their direction, and their lengths add up."""
    instance = strewn(seed)
    links = instance["links"].set_index("link")
    for row in reach(instance).to_dict("records"):
        if row["source"] == "":
            continue
        place = row["site"]
        path = row["path"].split()
        for name in path:
            link = links.loc[name]
            ends = (link["from"], link["to"]) if row["carrier"] == "co2" else (link["to"], link["from"])
            assert place in (ends[:1] if link["one_way"] else ends)
            place = ends[1] if place == ends[0] else ends[0]
        assert place == row["source"]
        assert row["length"] == pytest.approx(links.loc[path, "length"].sum())
        built = links.loc[path]
        assert row["built_length"] == pytest.approx(built.loc[built["status"] == "candidate", "length"].sum())
