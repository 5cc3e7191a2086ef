"""Look-ups about the grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx

from routeplan.instance import Instance
from routeplan.model.decisions import Decisions, Index, tuples
from routeplan.model.lookups.gather import Terms, gathered, terms


@dataclass(frozen=True)
class GridLookups:
    """What the equations about the grid ask for."""

    instance: Instance
    decisions: Decisions

    @cached_property
    def spare_capacity(self) -> dict[Any, float]:
        """Capacity still free in each contract [MW]."""
        return dict(self.instance["sites"].groupby("contract")["spare_capacity"].sum())

    @cached_property
    def firm_capacity(self) -> Terms:
        """Firm capacity of each option, by contract and period [MW]."""
        return terms(self.decisions["runs"], ("contract", "period"), "firm_capacity")

    @cached_property
    def whole_capacity(self) -> Terms:
        """Firm and flexible capacity of each option, by contract and period [MW]."""
        runs = self.decisions["runs"]
        both = runs.assign(both=runs["firm_capacity"] + runs["flexible_capacity"])
        return terms(both, ("contract", "period"), "both")

    @cached_property
    def contracts_in(self) -> dict[Any, list[Any]]:
        """Contracts in each area and below it."""
        sites = self.instance["sites"].drop_duplicates("contract")
        return self._under_areas(sites["area"].tolist(), sites["contract"].tolist())

    @cached_property
    def hubs_in(self) -> dict[Any, list[Index]]:
        """Hub options in each area and below it: hub, option, firm and firm + flexible capacity [MW]."""
        hubs = self.instance["hubs"]
        hubs["both"] = hubs["firm_capacity"] + hubs["flexible_capacity"]
        return self._under_areas(hubs["area"].tolist(), tuples(hubs, "hub", "option", "firm_capacity", "both"))

    def _under_areas(self, areas: Iterable[Any], things: Iterable[Any]) -> dict[Any, list[Any]]:
        """Things by their area, and by every area above it."""
        table = self.instance["areas"]
        tree = nx.DiGraph(tuples(table[table["parent"] != ""], "area", "parent"))
        tree.add_nodes_from(table["area"])
        above = {area: [area, *nx.descendants(tree, area)] for area in tree}
        pairs = [(area, thing) for lowest, thing in zip(areas, things, strict=True) for area in above[lowest]]
        return gathered((area for area, _ in pairs), (thing for _, thing in pairs))

    @cached_property
    def headroom(self) -> dict[Index, tuple[float, float]]:
        """Firm, and firm + flexible, headroom by area and period [MW], for areas that set a limit."""
        given = self.instance["headroom"]
        rows = dict(zip(tuples(given, "area", "period"), tuples(given, "firm", "flexible"), strict=True))
        limited = given[["area"]].drop_duplicates().merge(self.instance["periods"][["period"]], how="cross")
        every = {index: rows.get(index, (0.0, 0.0)) for index in tuples(limited, "area", "period")}
        return {index: (firm, firm + flexible) for index, (firm, flexible) in every.items()}

    @cached_property
    def reinforcements_of(self) -> dict[Any, list[Index]]:
        """An area's own reinforcements and their capacity [MW]."""
        works = self.instance["reinforcements"]
        return gathered(works["area"].tolist(), tuples(works, "reinforcement", "capacity"))
