"""Green gas and heat: use of regions, bought from steps of supply."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from routeplan.model.decisions import tuples
from routeplan.model.family import Sides, at_most
from routeplan.model.lookups import Lookups, Terms, gathered, terms
from routeplan.model.variables import Index, Variables
from routeplan.schema.inputs import ALL, SUPPLIED
from routeplan.schema.units import ENERGY


class SupplyLookups(Lookups):
    """Use and steps of supply, by zone."""

    @cached_property
    def use(self) -> Terms:
        """Use of the supplied commodities by each option, by commodity, region and period [GWh/yr]."""
        supplied = set(self.instance["supply"]["commodity"])
        found: Terms = defaultdict(list)
        for commodity in SUPPLIED:
            if commodity in supplied:
                runs = self.decisions["runs"].assign(commodity=commodity)
                found |= terms(runs, ("commodity", "region", "period"), commodity)
        return found

    @cached_property
    def steps(self) -> dict[Index, list[Any]]:
        """Steps of supply by commodity, zone and period."""
        taken = self.decisions["taken"]
        return gathered(tuples(taken, "commodity", "zone", "period"), taken["step"].tolist())

    @cached_property
    def brought_to(self) -> dict[Index, list[Any]]:
        """Regions that may be brought some of the zone `all`, by commodity and period."""
        brought = self.decisions["brought"]
        return gathered(tuples(brought, "commodity", "period"), brought["region"].tolist())

    def zones(self) -> list[Index]:
        """Every supplied commodity, region and period with a possible use."""
        return list(self.use)

    def shared_supply(self) -> list[Index]:
        """Every commodity and period in which regions may be brought some of the zone of all."""
        return list(self.brought_to)


@at_most(SupplyLookups, "commodity", "zone", "period", over=SupplyLookups.zones, unit=ENERGY, limit=True)
def supply_balance(m: Variables, data: SupplyLookups, commodity: str, zone: str, period: int) -> Sides:
    r"""A region uses no more than what is bought in its own zone and brought from the zone of all.

    .. math:: \sum use_{pr} \, runs_{prt} \le \sum_s taken_{zst} + brought_{zt}
    """
    used = sum(amount * m.runs[option] for option, amount in data.use[commodity, zone, period])
    own = sum(m.taken[commodity, zone, step, period] for step in data.steps[commodity, zone, period])
    return used, own + m.brought[commodity, zone, period]


@at_most(SupplyLookups, "commodity", "period", over=SupplyLookups.shared_supply, unit=ENERGY, limit=True)
def supply_shared(m: Variables, data: SupplyLookups, commodity: str, period: int) -> Sides:
    r"""What regions are brought together is bought in the zone of all.

    .. math:: \sum_z brought_{zt} \le \sum_s taken_{all,s,t}
    """
    brought = sum(m.brought[commodity, region, period] for region in data.brought_to[commodity, period])
    return brought, sum(m.taken[commodity, ALL, step, period] for step in data.steps[commodity, ALL, period])
