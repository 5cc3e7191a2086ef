"""Hydrogen and CO2 networks: balance at nodes, capacity of links and hubs."""

from typing import Any

from routeplan.model import sets
from routeplan.model.family import Row, at, constraint, total
from routeplan.units import CARRIER_FLOW


@constraint("carrier", "node", "period", over=sets.nodes, unit=CARRIER_FLOW)
def node_balance(m: Any, carrier: str, node: str, period: int) -> Row:
    r"""What arrives at a node leaves it: hydrogen to its users, CO2 to storage.

    .. math:: inflow - outflow + drawn + output = \sum hydrogen_{pr} \, runs_{prt} \qquad (hydrogen)
    .. math:: inflow - outflow + \sum captured_{pr} \, runs_{prt} = drawn + output \qquad (CO_2)
    """
    place = (carrier, node, period)
    carried = [m.flow[index] for index in m.data.network.inflow[place]] + [
        -1 * m.flow[index] for index in m.data.network.outflow[place]
    ]
    handled = [1 * at(m.drawn, node, carrier, period), *(m.output[index] for index in m.data.network.hubs_at[place])]
    needed = [amount * m.runs[index] for index, amount in m.data.network.need[carrier][node, period]]
    entering, leaving = (handled, needed) if carrier == "hydrogen" else (needed, handled)
    return total(carried + entering) == total(leaving)


@constraint("link", "period", over=sets.links, unit=CARRIER_FLOW, limit=True)
def link_capacity(m: Any, link: str, period: int) -> Row:
    r"""A link carries no more, both ways together, than what is planned and built.

    .. math:: forward_{lt} + backward_{lt} \le planned_{lt} + \sum_s capacity_s \, built_{lst}
    """
    carried = total(1 * at(m.flow, link, direction, period) for direction in ("forward", "backward"))
    built = (capacity * m.built[link, size, period] for size, capacity in m.data.network.sizes_of[link, period])
    return carried <= total([m.data.network.planned_capacity[link, period], *built])


@constraint("link", "size", "period", over=sets.later("built"))
def stays_built(m: Any, link: str, size: str, period: int) -> Row:
    r"""A link, once built, stays.

    .. math:: built_{ls,t-1} \le built_{lst}
    """
    before = at(m.built, link, size, m.data.before[period])
    return total([1 * before]) <= total([m.built[link, size, period]])


@constraint("hub", "option", "period", over=sets.every("output"), unit=CARRIER_FLOW, limit=True)
def hub_capacity(m: Any, hub: str, option: str, period: int) -> Row:
    r"""A hub option handles nothing while closed, and no more than its capacity when open.

    .. math:: output_{hot} \le capacity_{ho} \, open_{hot}
    """
    return (
        total([m.output[hub, option, period]]) <= m.data.network.hub_capacity[hub, option] * m.open[hub, option, period]
    )


@constraint("hub", "option", "period", over=sets.later("open"))
def stays_open(m: Any, hub: str, option: str, period: int) -> Row:
    r"""A hub option, once open, stays open.

    .. math:: open_{ho,t-1} \le open_{hot}
    """
    before = at(m.open, hub, option, m.data.before[period])
    return total([1 * before]) <= total([m.open[hub, option, period]])
