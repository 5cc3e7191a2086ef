"""Rows that change no optimum and bring the bound of the linear relaxation nearer to it."""

from routeplan.model.family import Sides, at_most
from routeplan.model.network_lookups import NetworkLookups
from routeplan.model.variables import Variables
from routeplan.schema.units import CARRIER_FLOW


@at_most(NetworkLookups, "link", "period", over=NetworkLookups.loose_links, unit=CARRIER_FLOW)
def tight_link_capacity(m: Variables, data: NetworkLookups, link: str, period: int) -> Sides:
    r"""A built link counts for no more than all that can be asked in the period.

    .. math:: forward_{lt} + backward_{lt} \le \sum_s \min(capacity_s, D_{kt}) \, built_{lst}

    D: the largest total use of the carrier [GWh/yr or kt/yr]. Valid for plans without circular flow, and every
    plan has an equal or cheaper one without.
    """
    carried = m.flow[link, "forward", period] + m.flow[link, "backward", period]
    return carried, sum(capacity * m.built[link, size, period] for size, capacity in data.tight_capacity[link, period])


@at_most(NetworkLookups, "process", "route", "period", over=NetworkLookups.network_uses)
def connected_before_use(m: Variables, data: NetworkLookups, process: str, route: str, period: int) -> Sides:
    r"""An option that needs a network runs only where some link reaches its site.

    .. math:: runs_{prt} \le \sum_{l \text{ at the site}} \sum_s built_{lst}

    Written only where no planned link reaches the site and the site is no source itself.
    """
    links = data.built_at[data.unserved_uses[process, route, period]]
    return m.runs[process, route, period], sum(m.built[link] for link in links)
