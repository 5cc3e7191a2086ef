"""The electricity grid: room in contracts, and headroom in areas."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import networkx as nx

from routeplan.model.decisions import tuples
from routeplan.model.family import Sides, at_most
from routeplan.model.lookups import Lookups, Terms, every, gathered, later, terms
from routeplan.model.variables import Index, Variables
from routeplan.schema.units import POWER


class GridLookups(Lookups):
    """Capacity that contracts, areas and hubs have, need or add."""

    @cached_property
    def spare_capacity(self) -> dict[Any, float]:
        """Capacity still free in each contract [MW]."""
        return dict(self.instance["sites"].groupby("contract")["spare_capacity"].sum())

    @cached_property
    def firm_asked(self) -> Terms:
        """Firm capacity of each option that meets the peak of its contract, by contract and period [MW]."""
        return terms(self.decisions["runs"], ("contract", "period"), "firm_asked")

    @cached_property
    def total_asked(self) -> Terms:
        """Firm and flexible capacity of each option that meet the peak of its contract, by contract and period [MW]."""
        return terms(self.decisions["runs"], ("contract", "period"), "total_asked")

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
    def firm_room(self) -> dict[Index, float]:
        """Firm headroom by area and period [MW], for areas that set a limit."""
        return {index: firm for index, (firm, _) in self._headroom.items()}

    @cached_property
    def total_room(self) -> dict[Index, float]:
        """Firm and flexible headroom by area and period [MW], for areas that set a limit."""
        return {index: firm + flexible for index, (firm, flexible) in self._headroom.items()}

    @cached_property
    def _headroom(self) -> dict[Index, Index]:
        given = self.instance["headroom"]
        rows = dict(zip(tuples(given, "area", "period"), tuples(given, "firm", "flexible"), strict=True))
        limited = given[["area"]].drop_duplicates().merge(self.instance["periods"][["period"]], how="cross")
        return {index: rows.get(index, (0.0, 0.0)) for index in tuples(limited, "area", "period")}

    @cached_property
    def reinforcements_of(self) -> dict[Any, list[Index]]:
        """An area's own reinforcements and their capacity [MW]."""
        works = self.instance["reinforcements"]
        return gathered(works["area"].tolist(), tuples(works, "reinforcement", "capacity"))

    def limited_areas(self) -> list[Index]:
        """Every area that sets a limit, in every period."""
        return list(self._headroom)


@at_most(GridLookups, "contract", "period", over=every(Variables.request), unit=POWER, limit=True)
def contract_room(m: Variables, data: GridLookups, contract: str, period: int) -> Sides:
    r"""The firm capacity that a contract's processes need at its peak fits in its spare room and the new firm capacity.

    .. math:: \sum_{p \in c} \sum_r coincidence_p \, firm_{pr} \, runs_{prt} \le spare_c + request_{ct}

    coincidence: ``sites.coincidence`` of the process's site; firm: ``options.firm_capacity``; spare:
    ``sites.spare_capacity``, summed over the contract's sites [MW].
    """
    used = sum(asked * m.runs[option] for option, asked in data.firm_asked[contract, period])
    return used, data.spare_capacity[contract] + m.request[contract, period]


@at_most(GridLookups, "contract", "period", over=every(Variables.connection), unit=POWER, limit=True)
def connection_room(m: Variables, data: GridLookups, contract: str, period: int) -> Sides:
    r"""The firm and flexible capacity that a contract's processes need at its peak fits in its connection.

    .. math:: \sum_{p \in c} \sum_r coincidence_p \, (firm_{pr} + flexible_{pr}) \, runs_{prt}
              \le spare_c + connection_{ct}
    """
    used = sum(asked * m.runs[option] for option, asked in data.total_asked[contract, period])
    return used, data.spare_capacity[contract] + m.connection[contract, period]


@at_most(GridLookups, "contract", "period", over=every(Variables.request), unit=POWER)
def connection_covers_request(m: Variables, data: GridLookups, contract: str, period: int) -> Sides:
    r"""A connection carries at least the firm capacity that is asked for.

    .. math:: request_{ct} \le connection_{ct}
    """
    return m.request[contract, period], m.connection[contract, period]


@at_most(GridLookups, "area", "period", over=GridLookups.limited_areas, unit=POWER, limit=True)
def firm_headroom(m: Variables, data: GridLookups, area: str, period: int) -> Sides:
    r"""New firm capacity in an area and below it stays within the area's firm headroom.

    .. math:: \sum_c request_{ct} + \sum_h firm_h \, open_{ht} \le headroom_{at} + \sum_k capacity_k \, reinforced_{kt}

    headroom: ``headroom.firm``; capacity: ``reinforcements.capacity`` [MW].
    """
    requested = sum(m.request[contract, period] for contract in data.contracts_in[area])
    hubs = sum(firm * m.open[hub, option, period] for hub, option, firm, _ in data.hubs_in[area])
    return requested + hubs, data.firm_room[area, period] + _reinforced(m, data, area, period)


@at_most(GridLookups, "area", "period", over=GridLookups.limited_areas, unit=POWER, limit=True)
def total_headroom(m: Variables, data: GridLookups, area: str, period: int) -> Sides:
    r"""New firm and flexible capacity in an area and below it stays within its whole headroom.

    .. math:: \sum_c connection_{ct} + \sum_h (firm_h + flexible_h) \, open_{ht}
              \le firm_{at} + flexible_{at} + \sum_k capacity_k \, reinforced_{kt}

    Flexible use may fill firm room that nobody asked for.
    """
    connected = sum(m.connection[contract, period] for contract in data.contracts_in[area])
    hubs = sum(both * m.open[hub, option, period] for hub, option, _, both in data.hubs_in[area])
    return connected + hubs, data.total_room[area, period] + _reinforced(m, data, area, period)


def _reinforced(m: Variables, data: GridLookups, area: str, period: int) -> Any:
    """Headroom that an area's own reinforcements add [MW]."""
    return sum(capacity * m.reinforced[work, period] for work, capacity in data.reinforcements_of[area])


@at_most(GridLookups, "reinforcement", "period", over=later(Variables.reinforced))
def stays_reinforced(m: Variables, data: GridLookups, reinforcement: str, period: int) -> Sides:
    r"""A reinforcement, once in place, stays.

    .. math:: reinforced_{k,t-1} \le reinforced_{kt}
    """
    return m.reinforced[reinforcement, data.before[period]], m.reinforced[reinforcement, period]
