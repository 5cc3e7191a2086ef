"""What ``result.json`` claims: objective, cost, bound, gap and status."""

from dataclasses import replace

import pandas as pd
import pytest
from changes import complaints
from hand_made import BOUND, COST, instance, planned, result, tables

from routeplan.result.result import Record, Result, Status


def test_a_wrong_cost_is_refused() -> None:
    """Cost and objective are both held to the decisions, and the listed terms to the cost."""
    assert complaints(replace(result(), cost=COST + 1.0, objective=COST + 1.0, bound=COST + 1.0)) == [
        "objective: the cost is 29.485208 M EUR; recomputed: 28.485208 M EUR",
        "objective: the sum of the discounted costs listed is 28.485208 M EUR; cost: 29.485208 M EUR",
        "objective: the objective is 29.485208 M EUR; recomputed: 28.485208 M EUR",
    ]


def test_a_wrong_objective_is_refused() -> None:
    """With objective `cost` the objective is the cost."""
    assert complaints(replace(result(), objective=COST - 0.0005)) == [
        "objective: the objective is 28.484708 M EUR; recomputed: 28.485208 M EUR",
    ]


def test_wrong_total_emissions_are_refused() -> None:
    """With objective `emissions` it is 2 x 5.2 + 2 x 1.2 = 12.8 kt, discounted by nothing."""
    green = replace(instance(), settings=replace(instance().settings, objective="emissions"))
    assert complaints(replace(result(), instance=green, objective=12.7, bound=12.7)) == [
        "objective: the objective is 12.7 kt; recomputed: 12.8 kt",
    ]


def test_a_bound_above_the_objective_is_refused() -> None:
    """A bound that a plan beats is no bound."""
    assert complaints(replace(result(), bound=28.5)) == [
        "bound: the bound is 28.5; allowed: at most the objective, 28.485208",
    ]


@pytest.mark.parametrize("bound", [float("nan"), float("inf")])
def test_a_bound_that_is_no_number_is_refused(bound: float) -> None:
    """Neither NaN nor infinity passes as a bound."""
    assert "bound" in {text.partition(":")[0] for text in complaints(replace(result(), bound=bound))}


@pytest.mark.parametrize("claim", ["objective", "cost", "bound"])
def test_a_plan_states_what_it_is_worth(claim: str) -> None:
    """A plan without an objective, a cost or a bound is none."""
    family = "bound" if claim == "bound" else "objective"
    assert complaints(replace(result(), **{claim: None})) == [f"{family} ({claim}): it is not stated"]


def test_an_optimal_plan_has_the_gap_asked() -> None:
    """A gap of 2.8485208 / 28.485208 = 0.1 is no 0.0001."""
    assert complaints(replace(result(), bound=0.9 * COST)) == [
        "gap: the status is optimal with a gap of 0.1 where 0.0001 was asked",
    ]


def test_a_plan_with_the_gap_asked_is_optimal() -> None:
    """A gap of half the objective is what was asked, so the plan may not be called merely feasible."""
    asked = Record(method="by hand", gap_asked=0.5)
    assert complaints(replace(result(), status=Status.FEASIBLE, bound=COST / 2, record=asked)) == [
        "gap: the status is feasible with a gap of 0.5 where 0.5 was asked",
    ]


def test_no_gap_of_saving_where_a_process_is_decided_to_move() -> None:
    """The furnace is decided to move, so that doing nothing is no option to compare with."""
    assert complaints(replace(result(), gap_of_saving=0.5)) == [
        "gap: the gap of saving is stated, but doing nothing is not an option here; allowed: none",
    ]


def _free(bound: float, gap_of_saving: float | None) -> Result:
    """The plan without targets and decisions: the cost is 0.072 + 0.06912 of overshoot less.

    Doing nothing takes 10 + 6 + 20 + 5 = 41 GWh/yr of gas at 25 in 2030, and 45 in 2032 (the furnace makes a
    fifth more); fixed costs are 0.3; it emits 2 + 1.2 + 4 + 3 = 10.2 kt/yr at 120, and 11 at 150:
    1.025 + 0.3 + 1.224 = 2.549 M EUR/yr, then 1.125 + 0.3 + 1.65 = 3.075; 2.549 x 1.8 + 3.075 x 1.152 = 8.1306.
    """
    made, cost = tables(), COST - 0.14112
    plan = planned(
        overshoot=made["overshoot"][:0],
        costs=made["costs"][made["costs"]["term"] != "overshoot"],
        limits=made["limits"][made["limits"]["limit"] != "emission_target"],
    )
    free = instance().replace(targets=instance()["targets"][:0], decided=instance()["decided"][:0])
    return replace(
        plan,
        instance=free,
        status=Status.FEASIBLE,
        cost=cost,
        objective=cost,
        bound=bound,
        gap_of_saving=gap_of_saving,
    )


def test_the_gap_of_saving_compares_with_doing_nothing() -> None:
    """(28.344088 - 5) / (8.1306 - 5)."""
    expected = (28.344088 - 5.0) / (8.1306 - 5.0)
    assert complaints(_free(5.0, expected)) == []
    assert complaints(_free(5.0, 0.5)) == [f"gap: the gap of saving is 0.5; recomputed: {expected:.10g}"]
    assert complaints(_free(5.0, None)) == [f"gap: the gap of saving is not stated; recomputed: {expected:.10g}"]


def test_no_gap_of_saving_where_doing_nothing_is_no_dearer() -> None:
    """Doing nothing costs 8.1306; with a bound of 9 there is nothing to save."""
    assert complaints(_free(9.0, None)) == []
    assert complaints(_free(9.0, 0.5)) == [
        "gap: the gap of saving is 0.5; recomputed: none, since doing nothing is no dearer",
    ]


def test_no_plan_has_no_rows() -> None:
    """A status without a plan comes with empty tables and no objective; how it was searched may be told."""
    tried = pd.DataFrame({"seconds": [1.0], "stage": ["search"], "objective": [None], "bound": [3.0]})
    empty = {name: table[:0] for name, table in tables().items()} | {"progress": tried}
    nothing = Result(instance(), Status.NO_PLAN, Record(method="by hand"), tables=empty)
    assert complaints(nothing) == []
    runs = tables()["runs"]
    assert complaints(replace(nothing, tables={**empty, "runs": runs}, objective=COST, bound=BOUND)) == [
        "table:runs: it has rows; allowed with status no_plan: none",
        "objective (objective): it is 28.485208; allowed with status no_plan: none",
    ]
