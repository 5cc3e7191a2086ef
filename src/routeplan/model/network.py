"""Hydrogen and CO2 networks: balance at nodes, capacity of links and hubs."""

from routeplan.model.family import Sides, at_most, equal
from routeplan.model.lookups import every, later
from routeplan.model.network_lookups import NetworkLookups
from routeplan.model.variables import Variables
from routeplan.schema.units import CARRIER_FLOW


@equal(NetworkLookups, "carrier", "node", "period", over=NetworkLookups.nodes, unit=CARRIER_FLOW)
def node_balance(m: Variables, data: NetworkLookups, carrier: str, node: str, period: int) -> Sides:
    r"""What arrives at a node leaves it: hydrogen to its users, CO2 to storage.

    .. math:: inflow - outflow + drawn + output = \sum hydrogen_{pr} \, runs_{prt} \qquad (hydrogen)
    .. math:: inflow - outflow + \sum captured_{pr} \, runs_{prt} = drawn + output \qquad (CO_2)
    """
    place = carrier, node, period
    arrives = sum(m.flow[way] for way in data.inflow[place]) - sum(m.flow[way] for way in data.outflow[place])
    handled = m.drawn[node, carrier, period] + sum(m.output[option] for option in data.hubs_at[place])
    needed = sum(amount * m.runs[option] for option, amount in data.need[carrier][node, period])
    entering, leaving = (handled, needed) if carrier == "hydrogen" else (needed, handled)
    return arrives + entering, leaving


@at_most(NetworkLookups, "link", "period", over=NetworkLookups.links, unit=CARRIER_FLOW, limit=True)
def link_capacity(m: Variables, data: NetworkLookups, link: str, period: int) -> Sides:
    r"""A link carries no more, both ways together, than what is planned and built.

    .. math:: forward_{lt} + backward_{lt} \le planned_{lt} + \sum_s capacity_s \, built_{lst}
    """
    carried = m.flow[link, "forward", period] + m.flow[link, "backward", period]
    built = sum(capacity * m.built[link, size, period] for size, capacity in data.sizes_of[link, period])
    return carried, data.planned_capacity[link, period] + built


@at_most(NetworkLookups, "link", "size", "period", over=later(Variables.built))
def stays_built(m: Variables, data: NetworkLookups, link: str, size: str, period: int) -> Sides:
    r"""A link, once built, stays.

    .. math:: built_{ls,t-1} \le built_{lst}
    """
    return m.built[link, size, data.before[period]], m.built[link, size, period]


@at_most(NetworkLookups, "hub", "option", "period", over=every(Variables.output), unit=CARRIER_FLOW, limit=True)
def hub_capacity(m: Variables, data: NetworkLookups, hub: str, option: str, period: int) -> Sides:
    r"""A hub option handles nothing while closed, and no more than its capacity when open.

    .. math:: output_{hot} \le capacity_{ho} \, open_{hot}
    """
    return m.output[hub, option, period], data.hub_capacity[hub, option] * m.open[hub, option, period]


@at_most(NetworkLookups, "hub", "option", "period", over=later(Variables.open))
def stays_open(m: Variables, data: NetworkLookups, hub: str, option: str, period: int) -> Sides:
    r"""A hub option, once open, stays open.

    .. math:: open_{ho,t-1} \le open_{hot}
    """
    return m.open[hub, option, data.before[period]], m.open[hub, option, period]
