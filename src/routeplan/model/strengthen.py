"""Rows that change no optimum and bring the bound of the linear relaxation nearer to it."""

from typing import Any

from routeplan.model import sets
from routeplan.model.family import Row, at, constraint, total
from routeplan.units import CARRIER_FLOW


@constraint("link", "period", over=sets.loose_links, unit=CARRIER_FLOW)
def tight_link_capacity(m: Any, link: str, period: int) -> Row:
    r"""A built link counts for no more than all that can be asked in the period.

    .. math:: forward_{lt} + backward_{lt} \le \sum_s \min(capacity_s, D_{kt}) \, built_{lst}

    D: the largest total use of the carrier [GWh/yr or kt/yr]. Valid for plans without circular flow, and every
    plan has an equal or cheaper one without.
    """
    carried = total(1 * at(m.flow, link, direction, period) for direction in ("forward", "backward"))
    return carried <= total(
        capacity * m.built[link, size, period] for size, capacity in m.data.network.tight_capacity[link, period]
    )


@constraint("process", "route", "period", over=sets.network_uses)
def connected_before_use(m: Any, process: str, route: str, period: int) -> Row:
    r"""An option that needs a network runs only where some link reaches its site.

    .. math:: runs_{prt} \le \sum_{l \text{ at the site}} \sum_s built_{lst}

    Written only where no planned link reaches the site and the site is no source itself.
    """
    links = m.data.network.built_at[m.data.network.unserved_uses[process, route, period]]
    return total([m.runs[process, route, period]]) <= total(m.built[index] for index in links)
