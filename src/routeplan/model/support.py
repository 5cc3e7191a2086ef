"""Public money: budgets of pots, limits of grants, and the firm's business case."""

from functools import cached_property
from typing import Any

from routeplan.model.decisions import tuples
from routeplan.model.family import Sides, at_most
from routeplan.model.lookups import Lookups, every, gathered, values
from routeplan.model.variables import Index, Variables
from routeplan.schema.units import MONEY


class SupportLookups(Lookups):
    """Budgets of pots, limits of grants, and funding gaps."""

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
        """Whether the unspent budget of each pot may be spent later."""
        return {pot: bool(carry) for pot, carry in tuples(self.instance["pots"], "pot", "carry_over")}

    @cached_property
    def limit(self) -> dict[Index, float]:
        """Most that a pot may pay for a start [M EUR]."""
        return values(self.decisions["grant"], ("process", "route", "period", "pot"), "limit")

    @cached_property
    def funding_gap(self) -> dict[Index, float]:
        """Funding gap of the firm at a start [M EUR], where it is above 0 and grants must cover it."""
        if not self.instance.settings.participation:
            return {}
        start = self.decisions["start"]
        return values(start[start["funding_gap"] > 0], ("process", "route", "period"), "funding_gap")

    def pots(self) -> list[Index]:
        """Every pot in every period."""
        return self.in_every_period(self.carries_over)

    def lacking_starts(self) -> list[Index]:
        """Every start with a funding gap."""
        return list(self.funding_gap)


@at_most(SupportLookups, "pot", "period", over=SupportLookups.pots, unit=MONEY, limit=True)
def pot_budget(m: Variables, data: SupportLookups, pot: str, period: int) -> Sides:
    r"""A pot pays no more than its budget; what it has left may be spent later where it carries over.

    .. math:: \sum grant_{prtq} \le amount_{qt}, \qquad
              \sum_{u \le t} \sum grant_{pruq} \le \sum_{u \le t} amount_{qu} \text{ with carry-over}
    """
    counted = [earlier for earlier in data.periods if earlier <= period] if data.carries_over[pot] else [period]
    paid = sum(m.grant[grant] for year in counted for grant in data.grants_of[pot, year])
    return paid, sum(data.budget.get((pot, year), 0.0) for year in counted)


@at_most(SupportLookups, "process", "route", "period", "pot", over=every(Variables.grant), unit=MONEY)
def support_limit(m: Variables, data: SupportLookups, process: str, route: str, period: int, pot: str) -> Sides:
    r"""A grant is paid at a start only, and no more than the best rule of the pot allows.

    .. math:: grant_{prtq} \le \min(cap, share \cdot basis) \, start_{prt}
    """
    limit = data.limit[process, route, period, pot]
    return m.grant[process, route, period, pot], limit * m.start[process, route, period]


@at_most(SupportLookups, "process", "route", "period", over=SupportLookups.lacking_starts, unit=MONEY)
def business_case(m: Variables, data: SupportLookups, process: str, route: str, period: int) -> Sides:
    r"""A firm starts an option only when grants cover its funding gap.

    .. math:: gap_{prt} \, start_{prt} \le \sum_q grant_{prtq}

    gap: `routeplan.instance.money.funding_gap` [M EUR].
    """
    lacking = data.funding_gap[process, route, period] * m.start[process, route, period]
    return lacking, sum(m.grant[process, route, period, pot] for pot in data.pots_for[process, route, period])
