"""Public money: budgets of pots, limits of grants, and the firm's business case."""

from typing import Any

from routeplan.model import sets
from routeplan.model.family import Row, constraint, total
from routeplan.units import MONEY


@constraint("pot", "period", over=sets.pots, unit=MONEY, limit=True)
def pot_budget(m: Any, pot: str, period: int) -> Row:
    r"""A pot pays no more than its budget; what it has left may be spent later where it carries over.

    .. math:: \sum grant_{prtq} \le amount_{qt}, \qquad
              \sum_{u \le t} \sum grant_{pruq} \le \sum_{u \le t} amount_{qu} \text{ with carry-over}
    """
    support, periods = m.data.support, m.data.periods
    counted = [earlier for earlier in periods if earlier <= period] if support.carries_over[pot] else [period]
    paid = total(m.grant[index] for year in counted for index in support.grants_of[pot, year])
    return paid <= sum(support.budget.get((pot, year), 0.0) for year in counted)


@constraint("process", "route", "period", "pot", over=sets.every("grant"), unit=MONEY)
def support_limit(m: Any, process: str, route: str, period: int, pot: str) -> Row:
    r"""A grant is paid at a start only, and no more than the best rule of the pot allows.

    .. math:: grant_{prtq} \le \min(cap, share \cdot basis) \, start_{prt}
    """
    limit = m.data.support.limit[process, route, period, pot]
    return total([m.grant[process, route, period, pot]]) <= limit * m.start[process, route, period]


@constraint("process", "route", "period", over=sets.lacking_starts, unit=MONEY)
def business_case(m: Any, process: str, route: str, period: int) -> Row:
    r"""A firm starts an option only when grants cover its funding gap.

    .. math:: gap_{prt} \, start_{prt} \le \sum_q grant_{prtq}

    gap: `routeplan.money.funding_gap` [M EUR].
    """
    pots = m.data.support.pots_for[process, route, period]
    lacking = m.data.support.funding_gap[process, route, period] * m.start[process, route, period]
    return lacking <= total(m.grant[process, route, period, pot] for pot in pots)
