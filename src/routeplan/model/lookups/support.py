"""Look-ups about public money."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from routeplan.instance import Instance
from routeplan.model.decisions import Decisions, Index, tuples
from routeplan.model.lookups.gather import gathered, values


@dataclass(frozen=True)
class SupportLookups:
    """What the equations about public money ask for."""

    instance: Instance
    decisions: Decisions

    @cached_property
    def grants_of(self) -> dict[Index, list[Index]]:
        """Grants that a pot may pay in a period."""
        grant = self.decisions["grant"]
        return gathered(tuples(grant, "pot", "period"), tuples(grant, "process", "route", "period", "pot"))

    @cached_property
    def pots_for(self) -> dict[Index, list[Any]]:
        """Pots that may support a start."""
        grant = self.decisions["grant"]
        return gathered(tuples(grant, "process", "route", "period"), grant["pot"].tolist())

    @cached_property
    def budget(self) -> dict[Index, float]:
        """Budget by pot and period [M EUR]."""
        return values(self.instance["budgets"], ("pot", "period"), "amount")

    @cached_property
    def carries_over(self) -> dict[Any, bool]:
        """Whether what a pot has left may be spent later."""
        return {pot: bool(carry) for pot, carry in tuples(self.instance["pots"], "pot", "carry_over")}

    @cached_property
    def limit(self) -> dict[Index, float]:
        """Most that a pot may pay for a start [M EUR]."""
        return values(self.decisions["grant"], ("process", "route", "period", "pot"), "limit")

    @cached_property
    def funding_gap(self) -> dict[Index, float]:
        """What the firm lacks at a start [M EUR], where it lacks anything and must be given it."""
        if not self.instance.settings.participation:
            return {}
        start = self.decisions["start"]
        return values(start[start["funding_gap"] > 0], ("process", "route", "period"), "funding_gap")
