"""Look-ups for the equations: the same facts as in the tables, by index, so that a row is found at once."""

from dataclasses import dataclass
from functools import cached_property

from routeplan.instance import Instance
from routeplan.model.decisions import Decisions
from routeplan.model.lookups.grid import GridLookups
from routeplan.model.lookups.network import NetworkLookups
from routeplan.model.lookups.routes import RouteLookups
from routeplan.model.lookups.supply import SupplyLookups, TargetLookups
from routeplan.model.lookups.support import SupportLookups


@dataclass(frozen=True)
class Lookups:
    """What the equations ask for, by subject, each computed when first asked.

    Parameters
    ----------
    instance : Instance
        The instance.
    decisions : Decisions
        What may be decided.
    """

    instance: Instance
    decisions: Decisions

    @cached_property
    def periods(self) -> list[int]:
        """The periods, by their first years."""
        return [int(period) for period in self.instance.horizon.first]

    @cached_property
    def before(self) -> dict[int, int]:
        """The period before each period but the first."""
        return dict(zip(self.periods[1:], self.periods[:-1], strict=True))

    @cached_property
    def routes(self) -> RouteLookups:
        """About routes."""
        return RouteLookups(self.instance, self.decisions)

    @cached_property
    def grid(self) -> GridLookups:
        """About the grid."""
        return GridLookups(self.instance, self.decisions)

    @cached_property
    def network(self) -> NetworkLookups:
        """About networks."""
        return NetworkLookups(self.instance, self.decisions)

    @cached_property
    def supply(self) -> SupplyLookups:
        """About green gas and heat."""
        return SupplyLookups(self.instance, self.decisions)

    @cached_property
    def support(self) -> SupportLookups:
        """About public money."""
        return SupportLookups(self.instance, self.decisions)

    @cached_property
    def targets(self) -> TargetLookups:
        """About targets."""
        return TargetLookups(self.instance, self.decisions)
