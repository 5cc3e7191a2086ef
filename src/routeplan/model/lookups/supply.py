"""Look-ups about green gas and heat, and about targets: what is counted over regions and sectors."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from routeplan.instance import Instance
from routeplan.model.decisions import Decisions, Index, in_scope, tuples
from routeplan.model.lookups.gather import Terms, gathered, terms, values
from routeplan.schema.inputs import SUPPLIED


@dataclass(frozen=True)
class SupplyLookups:
    """What the equations about supply ask for."""

    instance: Instance
    decisions: Decisions

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


@dataclass(frozen=True)
class TargetLookups:
    """What the equations about targets ask for."""

    instance: Instance
    decisions: Decisions

    @cached_property
    def emissions(self) -> Terms:
        """Emissions of each option, by the scope of a target and period [kt/yr]."""
        runs = self.decisions["runs"]
        found: Terms = defaultdict(list)
        for scope in self.instance["targets"]["scope"].unique():
            found |= terms(runs[in_scope(runs, scope)].assign(scope=scope), ("scope", "period"), "emissions")
        return found

    @cached_property
    def caps(self) -> dict[Index, float]:
        """Caps on emissions by scope and period [kt/yr]."""
        return values(self.instance["targets"], ("scope", "period"), "cap")
