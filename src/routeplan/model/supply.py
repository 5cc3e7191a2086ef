"""Green gas and heat: what regions use is bought from steps of supply."""

from typing import Any

from routeplan.model import sets
from routeplan.model.family import Row, at, constraint, total
from routeplan.schema.inputs import ALL
from routeplan.units import ENERGY


@constraint("commodity", "zone", "period", over=sets.zones, unit=ENERGY, limit=True)
def supply_balance(m: Any, commodity: str, zone: str, period: int) -> Row:
    r"""A region uses no more than what is bought in its own zone and brought from the zone of all.

    .. math:: \sum use_{pr} \, runs_{prt} \le \sum_s taken_{zst} + brought_{zt}
    """
    used = total(amount * m.runs[index] for index, amount in m.data.supply.use[commodity, zone, period])
    own = [m.taken[commodity, zone, step, period] for step in m.data.supply.steps[commodity, zone, period]]
    return used <= total([*own, 1 * at(m.brought, commodity, zone, period)])


@constraint("commodity", "period", over=sets.shared_supply, unit=ENERGY, limit=True)
def supply_shared(m: Any, commodity: str, period: int) -> Row:
    r"""What regions are brought together is bought in the zone of all.

    .. math:: \sum_z brought_{zt} \le \sum_s taken_{all,s,t}
    """
    regions, steps = m.data.supply.brought_to[commodity, period], m.data.supply.steps[commodity, ALL, period]
    brought = total(m.brought[commodity, region, period] for region in regions)
    return brought <= total(m.taken[commodity, ALL, step, period] for step in steps)
