"""The electricity grid: room in contracts, and headroom in areas."""

from typing import Any

from routeplan.model import sets
from routeplan.model.family import Row, at, constraint, total
from routeplan.units import POWER


@constraint("contract", "period", over=sets.every("request"), unit=POWER, limit=True)
def contract_room(m: Any, contract: str, period: int) -> Row:
    r"""The firm capacity that a contract's processes need fits in its spare room and the new firm capacity.

    .. math:: \sum_{p \in c} \sum_r firm_{pr} \, runs_{prt} \le spare_c + request_{ct}

    firm: ``options.firm_capacity``; spare: ``sites.spare_capacity``, summed over the contract's sites [MW].
    """
    used = total(firm * m.runs[index] for index, firm in m.data.grid.firm_capacity[contract, period])
    return used <= m.data.grid.spare_capacity[contract] + m.request[contract, period]


@constraint("contract", "period", over=sets.every("connection"), unit=POWER, limit=True)
def connection_room(m: Any, contract: str, period: int) -> Row:
    r"""The firm and flexible capacity that a contract's processes need fits in its connection.

    .. math:: \sum_{p \in c} \sum_r (firm_{pr} + flexible_{pr}) \, runs_{prt} \le spare_c + connection_{ct}
    """
    used = total(both * m.runs[index] for index, both in m.data.grid.whole_capacity[contract, period])
    return used <= m.data.grid.spare_capacity[contract] + m.connection[contract, period]


@constraint("contract", "period", over=sets.every("request"), unit=POWER)
def connection_covers_request(m: Any, contract: str, period: int) -> Row:
    r"""A connection carries at least the firm capacity that is asked for.

    .. math:: request_{ct} \le connection_{ct}
    """
    return total([m.request[contract, period]]) <= total([m.connection[contract, period]])


@constraint("area", "period", over=sets.limited_areas, unit=POWER, limit=True)
def firm_headroom(m: Any, area: str, period: int) -> Row:
    r"""New firm capacity in an area and below it stays within the area's firm headroom.

    .. math:: \sum_c request_{ct} + \sum_h firm_h \, open_{ht} \le headroom_{at} + \sum_k capacity_k \, reinforced_{kt}

    headroom: ``headroom.firm``; capacity: ``reinforcements.capacity`` [MW].
    """
    asked = [1 * at(m.request, contract, period) for contract in m.data.grid.contracts_in[area]]
    hubs = [firm * at(m.open, hub, option, period) for hub, option, firm, _ in m.data.grid.hubs_in[area]]
    return total(asked + hubs) <= total([m.data.grid.headroom[area, period][0], *_reinforced(m, area, period)])


@constraint("area", "period", over=sets.limited_areas, unit=POWER, limit=True)
def total_headroom(m: Any, area: str, period: int) -> Row:
    r"""New firm and flexible capacity in an area and below it stays within its whole headroom.

    .. math:: \sum_c connection_{ct} + \sum_h (firm_h + flexible_h) \, open_{ht}
              \le firm_{at} + flexible_{at} + \sum_k capacity_k \, reinforced_{kt}

    Flexible use may fill firm room that nobody asked for.
    """
    asked = [1 * at(m.connection, contract, period) for contract in m.data.grid.contracts_in[area]]
    hubs = [both * at(m.open, hub, option, period) for hub, option, _, both in m.data.grid.hubs_in[area]]
    return total(asked + hubs) <= total([m.data.grid.headroom[area, period][1], *_reinforced(m, area, period)])


def _reinforced(m: Any, area: str, period: int) -> list[Any]:
    """Headroom that an area's own reinforcements add [MW]."""
    return [capacity * at(m.reinforced, work, period) for work, capacity in m.data.grid.reinforcements_of[area]]


@constraint("reinforcement", "period", over=sets.later("reinforced"))
def stays_reinforced(m: Any, reinforcement: str, period: int) -> Row:
    r"""A reinforcement, once in place, stays.

    .. math:: reinforced_{k,t-1} \le reinforced_{kt}
    """
    before = at(m.reinforced, reinforcement, m.data.before[period])
    return total([1 * before]) <= total([m.reinforced[reinforcement, period]])
