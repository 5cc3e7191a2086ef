"""Caps on emissions."""

from collections import defaultdict
from functools import cached_property

from routeplan.instance.options import in_scope
from routeplan.model.family import Sides, at_most
from routeplan.model.lookups import Lookups, Terms, terms, values
from routeplan.model.variables import Index, Variables
from routeplan.schema.units import CO2


class TargetLookups(Lookups):
    """Emissions and caps, by scope."""

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

    def targets(self) -> list[Index]:
        """Every cap on emissions."""
        return list(self.caps)


@at_most(TargetLookups, "scope", "period", over=TargetLookups.targets, unit=CO2, limit=True)
def emission_target(m: Variables, data: TargetLookups, scope: str, period: int) -> Sides:
    r"""The processes of a scope emit no more than its cap, and the overshoot where the target has a price.

    .. math:: \sum emissions_{pr} \, runs_{prt} \le cap_{st} + overshoot_{st}

    Removed CO2 counts in money only.
    """
    emitted = sum(amount * m.runs[option] for option, amount in data.emissions[scope, period])
    return emitted, data.caps[scope, period] + m.overshoot[scope, period]
