"""Checks of the claims of ``result.json``: objective, cost, bound, gap and status."""

from routeplan.checker.costs import total_cost
from routeplan.checker.doing_nothing import doing_nothing, leaves_choices, may_stay
from routeplan.checker.form import PLAN_TABLES
from routeplan.checker.plan import Plan
from routeplan.checker.targets import above_hard_cap, total_emissions
from routeplan.checker.violation import TOLERANCE, Violation, differs, exceeds, quantity
from routeplan.result.result import Result, Status
from routeplan.schema.units import CO2, MONEY

TONNES = CO2.removesuffix("/yr")


def without_plan(result: Result) -> list[Violation]:
    """Check that a result without a plan has no rows, no objective and no cost."""
    full = [name for name in PLAN_TABLES if name in result.tables and len(result.tables[name])]
    found = [Violation(f"table:{name}", "", f"it has rows; allowed with status {result.status}: none") for name in full]
    claims = {"objective": result.objective, "cost": result.cost}
    return found + [
        Violation("objective", name, f"it is {claim:.10g}; allowed with status {result.status}: none")
        for name, claim in claims.items()
        if claim is not None
    ]


def unproven(result: Result) -> list[Violation]:
    """Report an objective, bound or cost that a result with a plan does not state."""
    claims = {"objective": result.objective, "bound": result.bound, "cost": result.cost}
    return [
        Violation("bound" if name == "bound" else "objective", name, "it is not stated")
        for name, claim in claims.items()
        if claim is None
    ]


def objective(plan: Plan) -> list[Violation]:
    """Check cost and objective against the decisions, and the table ``costs`` against the cost."""
    result = plan.result
    cost = total_cost(plan)
    listed = float(plan.result["costs"]["discounted"].sum())
    found = [
        *_same("cost", result.cost, cost, MONEY),
        *_same("sum of the discounted costs listed", listed, result.cost, MONEY, "cost:"),
    ]
    if plan.instance.settings.objective == "emissions":
        return [*found, *_same("objective", result.objective, total_emissions(plan), TONNES)]
    return [*found, *_same("objective", result.objective, cost, MONEY)]


def _same(
    name: str, stated: float | None, expected: float | None, unit: str, words: str = "recomputed:"
) -> list[Violation]:
    if stated is None or expected is None or not differs(stated, expected):
        return []
    text = f"the {name} is {quantity(stated, unit)}; {words} {quantity(expected, unit)}"
    return [Violation("objective", "", text)]


def bound(plan: Plan) -> list[Violation]:
    """Check that the bound is no higher than the objective."""
    result = plan.result
    if result.objective is None or result.bound is None or not exceeds(result.bound, result.objective):
        return []
    text = f"the bound is {result.bound:.10g}; allowed: at most the objective, {result.objective:.10g}"
    return [Violation("bound", "", text)]


def gap(plan: Plan) -> list[Violation]:
    """Check the status against the gap, and the gap of saving against its definition."""
    return [*_status(plan), *_gap_of_saving(plan)]


def _status(plan: Plan) -> list[Violation]:
    """Compare gap and gap asked; with `emissions` a second stage may be what keeps a plan from optimal."""
    has, asked = plan.result.gap, plan.result.record.gap_asked
    if has is None:
        return []
    text = f"the status is {plan.result.status} with a gap of {has:.10g} where {asked:.10g} was asked"
    one_stage = plan.instance.settings.objective == "cost"
    # The objective is known to the tolerance, and so is the gap.
    too_good = plan.result.status is Status.OPTIMAL and not has <= asked + TOLERANCE
    too_bad = plan.result.status is Status.FEASIBLE and one_stage and has <= asked
    return [Violation("gap", "", text)] if too_good or too_bad else []


def _gap_of_saving(plan: Plan) -> list[Violation]:
    """Compare the gap of saving with its definition, wherever that needs no optimisation."""
    stated = plan.result.gap_of_saving
    if plan.instance.settings.objective == "emissions" or not may_stay(plan):
        text = "the gap of saving is stated, but doing nothing is not an option here; allowed: none"
        return [Violation("gap", "", text)] if stated is not None else []
    nothing = doing_nothing(plan)
    if _needs_choices(nothing) or plan.result.objective is None or plan.result.bound is None:
        return []
    saving = total_cost(nothing) - plan.result.bound
    missing = plan.result.objective - plan.result.bound
    room = TOLERANCE * max(1.0, abs(total_cost(nothing)))
    if abs(saving) <= room:
        return []
    if saving < 0.0:
        return [] if stated is None else [_wrong_gap_of_saving(stated, "none, since doing nothing is no dearer")]
    if stated is not None and abs(stated * saving - missing) <= room:
        return []
    return [_wrong_gap_of_saving(stated, f"{missing / saving:.10g}")]


def _wrong_gap_of_saving(stated: float | None, expected: str) -> Violation:
    has = "not stated" if stated is None else f"{stated:.10g}"
    return Violation("gap", "", f"the gap of saving is {has}; recomputed: {expected}")


def _needs_choices(nothing: Plan) -> bool:
    """Whether doing nothing leaves a choice (where to buy, what to build), or breaks a cap."""
    return leaves_choices(nothing) or above_hard_cap(nothing)
