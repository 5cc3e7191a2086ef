"""The plan checker on one page: a plan against its instance, from the tables alone.

Written from the format and the mathematics, without the model and a solver, so that it can contradict both. It shares
on purpose, and takes on trust, `instance.money`, `instance.horizon` and `instance.prices` (annuities, payments,
discounting and prices), `schema` (the format and its units), `instance.instance` with the rules that every instance
obeys, `result.result`, and `errors`. It reaches no other module, not even by a detour;
tests/checker/test_independence.py holds it to that.
"""

from collections.abc import Callable

from routeplan.checker.costs import cost_terms, site_costs_table
from routeplan.checker.decided import as_decided
from routeplan.checker.form import malformed
from routeplan.checker.grid import (
    connection_covers_request,
    connection_room,
    contract_room,
    firm_headroom,
    requests_table,
    stays_reinforced,
    total_headroom,
)
from routeplan.checker.network import (
    flow_signs,
    hub_capacity,
    link_capacity,
    node_balance,
    source_capacity,
    stays_built,
    stays_open,
)
from routeplan.checker.plan import Plan
from routeplan.checker.proof import bound, gap, objective, unproven, without_plan
from routeplan.checker.routes import (
    allowed_years,
    bridge_ends,
    no_way_back,
    one_route_per_process,
    starts_when_switching,
    stays_started,
)
from routeplan.checker.supply import supply_balance, supply_signs, supply_step
from routeplan.checker.support import business_case, pot_budget, starts_table, support_limit
from routeplan.checker.tables import energy_table, limits_table, unknown_limits
from routeplan.checker.targets import emission_cap, emission_target, emissions_table, overshoot_table
from routeplan.checker.violation import Limit, Violation
from routeplan.errors import UsageError
from routeplan.instance.instance import Instance, refuse_unless_instance
from routeplan.result.result import Result, refuse_result_of_another, refuse_unsolved

__all__ = ["Violation", "verify"]

LIMITS: tuple[Callable[[Plan], Limit], ...] = (
    firm_headroom,
    total_headroom,
    source_capacity,
    link_capacity,
    hub_capacity,
    supply_step,
    supply_balance,
    pot_budget,
)
"""Limits that things share: held, and all listed in the table ``limits``."""

ROOM: tuple[Callable[[Plan], Limit], ...] = (contract_room, connection_room)
"""Limits of one contract: held, and right in the table ``limits`` where they are listed."""

CHECKS: tuple[Callable[[Plan], list[Violation]], ...] = (
    one_route_per_process,
    starts_when_switching,
    allowed_years,
    no_way_back,
    stays_started,
    bridge_ends,
    connection_covers_request,
    stays_reinforced,
    node_balance,
    flow_signs,
    stays_built,
    stays_open,
    supply_signs,
    support_limit,
    business_case,
    emission_target,
    as_decided,
)
"""What a plan must obey besides."""

TABLES: tuple[Callable[[Plan], list[Violation]], ...] = (
    starts_table,
    requests_table,
    overshoot_table,
    emissions_table,
    energy_table,
    cost_terms,
    site_costs_table,
)
"""Tables that follow from the decisions."""

CLAIMS: tuple[Callable[[Plan], list[Violation]], ...] = (objective, bound, gap)
"""What ``result.json`` says."""


def verify(instance: Instance, result: Result) -> tuple[Violation, ...]:
    """Recompute a result from the instance's tables and report everything that does not hold.

    Parameters
    ----------
    instance : Instance
        The instance as solved: of a result under a scenario, ``instance.under("late-grid")``.
    result : Result
        The result to check.

    Returns
    -------
    tuple of Violation
        Empty when the result holds. Tables that cannot be read as a plan of this instance (unknown ids,
        repeated keys, numbers that are none) are reported alone.

    Raises
    ------
    UsageError
        When the result is not of this instance, or the two are changed about.
    """
    _refuse_changed_about(instance, result)
    refuse_result_of_another(instance, result)
    if not result.status.has_plan:
        return tuple(without_plan(result))
    plan = Plan(instance, result)
    unreadable = [*unproven(result), *malformed(plan)]
    if unreadable:
        return tuple(unreadable)
    shared = [limit(plan) for limit in LIMITS]
    room = [limit(plan) for limit in ROOM]
    found = [violation for limit in (*shared, *room) for violation in limit.violations()]
    for check in (*CHECKS, *TABLES, *CLAIMS):
        found += check(plan)
    found += _limits(plan, [*shared, emission_cap(plan)], room)
    return tuple(found)


def _refuse_changed_about(instance: object, result: object) -> None:
    if isinstance(instance, Result) and isinstance(result, Instance):
        raise UsageError("the instance comes first: verify(instance, result)")
    refuse_unless_instance(instance)
    refuse_unsolved(result)


def _limits(plan: Plan, shared: list[Limit], room: list[Limit]) -> list[Violation]:
    """Check the table ``limits``: every shared limit, room in contracts where it is listed, and no other row."""
    return [
        *(violation for limit in shared for violation in limits_table(plan, limit, complete=True)),
        *(violation for limit in room for violation in limits_table(plan, limit, complete=False)),
        *unknown_limits(plan, {limit.rows.family for limit in (*shared, *room)}),
    ]
