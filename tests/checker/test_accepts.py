"""What the checker accepts: plans that hold, however they are written down."""

from dataclasses import replace

import pytest
from changes import complaints, with_row, with_value
from hand_made import instance, planned, result, tables

from routeplan.result.result import Record, Result, Status


def test_the_plan_reckoned_by_hand_holds() -> None:
    """A plan whose every number is derived on paper passes every check."""
    assert complaints(result()) == []


def test_the_order_of_rows_does_not_matter() -> None:
    """Tables written backward say the same."""
    backward = {name: table[::-1] for name, table in tables().items()}
    assert complaints(planned(**backward)) == []


def test_rows_of_zero_may_be_listed() -> None:
    """An absent row is 0, so a row of 0 says no more than none."""
    plan = tables()
    zeros = {
        "energy": with_row(plan["energy"], process="oven", period=2030, commodity="heat", amount=0.0),
        "requests": with_row(plan["requests"], contract="bakery", period=2030, request=0.0, connection=0.0),
        "hubs": with_row(plan["hubs"], hub="quay", option="terminal", period=2030, open=0, output=0.0),
        "costs": with_row(plan["costs"], term="co2_removed", period=2030, cost=0.0, discounted=0.0),
        "limits": with_row(plan["limits"], area="town", period=2030, used=0.0, bound=0.0),
        "flows": with_row(plan["flows"], carrier="co2", link="barge", period=2030, flow=0.0),
    }
    assert complaints(planned(**zeros)) == []


def test_the_limits_table_may_name_the_carrier_of_a_link() -> None:
    """Rows are told apart by what names the limit; more key columns do no harm."""
    limits = with_value(tables()["limits"], "carrier", "co2", link="barge")
    assert complaints(planned(limits=limits)) == []


def test_a_row_holds_when_it_is_missed_by_the_tolerance() -> None:
    """The county's 6 MW may be missed by 6e-6 MW, and are by 5e-6 (5.999995 allowed)."""
    less = with_value(instance()["headroom"], "flexible", 1.999995, area="county", period=2032)
    assert complaints(replace(result(), instance=instance().replace(headroom=less))) == []


def test_a_row_does_not_hold_beyond_the_tolerance() -> None:
    """The county's 6 MW are missed by 7e-6 MW."""
    less = with_value(instance()["headroom"], "flexible", 1.999993, area="county", period=2032)
    assert complaints(replace(result(), instance=instance().replace(headroom=less))) == [
        "total_headroom (area county, period 2032): new capacity is 6 MW; allowed: at most 5.999993 MW",
        "table:limits (limit total_headroom, area county, period 2032): bound is 6 MW; recomputed: 5.999993 MW",
    ]


def test_without_participation_there_are_no_grants() -> None:
    """The same plan without grants holds where firms move by themselves."""
    free = replace(instance(), settings=replace(instance().settings, participation=False))
    limits = with_value(tables()["limits"], "used", 0.0, limit="pot_budget")
    plan = planned(grants=tables()["grants"][:0], limits=limits)
    assert complaints(replace(plan, instance=free)) == []


def test_the_objective_may_be_emissions() -> None:
    """Two years of 5.2 and two of 1.2 kt/yr are 12.8 kt; the cost stays what it was."""
    green = replace(instance(), settings=replace(instance().settings, objective="emissions"))
    plan = replace(result(), instance=green, objective=12.8, bound=12.8)
    assert complaints(plan) == []


def test_an_emissions_plan_may_lack_the_proof_of_its_second_stage() -> None:
    """With objective `emissions` a gap of 0 does not make a plan optimal: its cost may not be proven."""
    green = replace(instance(), settings=replace(instance().settings, objective="emissions"))
    plan = replace(result(), status=Status.FEASIBLE, instance=green, objective=12.8, bound=12.8)
    assert complaints(plan) == []


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.NO_PLAN])
def test_a_result_without_a_plan_holds_when_it_is_empty(status: Status) -> None:
    """There is nothing to check, and nothing is claimed."""
    assert complaints(Result(instance(), status, Record(method="by hand"))) == []
