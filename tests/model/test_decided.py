"""Decisions fixed in advance."""

import pytest

from routeplan.model.build import build
from routeplan.model.routes import one_route_per_process
from routeplan.result.result import Status
from small import best, optimum, routes, small, without

HEADER = "decision,item,choice,period,value\n"


def test_what_is_decided_is_a_bound():
    """Decided for: both bounds 1; decided against: both 0; the rest stays free."""
    pyomo = build(small(decided=HEADER + "runs,oven,electric,2032,1\nbuilt,pipe,thin,2030,0")).pyomo
    assert pyomo.runs["oven", "electric", 2032].bounds == (1, 1)
    assert pyomo.built["pipe", "thin", 2030].bounds == (0, 0)
    assert pyomo.built["pipe", "thin", 2032].bounds == (0, 1)


def test_a_decision_against_the_pipe_costs_the_kiln_two_years():
    """No pipe in 2030: 2 x 1.0 on gas, then 2 x 0.8; the oven as ever, 4 x 0.4."""
    result = best(small(decided=HEADER + "built,pipe,thin,2030,0"))
    assert result.objective == pytest.approx(1.6 + 2.0 + 1.6)
    assert routes(result)["kiln"] == ["gas", "burner"]


@pytest.mark.nightly
def test_a_decision_for_gas_keeps_the_oven_there():
    """Gas in 2032 means gas in 2030 too, for there is no way back: 4 x 0.5 + 4 x 0.8."""
    result = best(small(decided=HEADER + "runs,oven,gas,2032,1"))
    assert result.objective == pytest.approx(5.2)
    assert result.status is Status.OPTIMAL


@pytest.mark.nightly
def test_a_decision_against_what_cannot_be_needs_nothing():
    """The burner is decided against before its first year, where it has no decision: nothing is broken."""
    instance = small(
        options="""
            process,route,current,capex,gas,hydrogen,emissions,first_year
            oven,gas,1,0,10,0,2,
            kiln,gas,1,0,20,0,4,
            kiln,burner,0,0.4,0,20,0,2032""",
        decided=HEADER + "runs,kiln,burner,2030,0",
    )
    assert build(instance).broken == []
    # The oven stays, 4 x 0.5; the kiln moves in 2032, 2 x 1.0 + 2 x 0.8.
    assert best(instance).objective == pytest.approx(5.6)


@pytest.mark.nightly
def test_every_decision_for_what_cannot_be_is_named():
    """Two runs before their first year: both are told, in the order of the table."""
    instance = small(
        options="""
            process,route,current,capex,electricity,gas,hydrogen,first_year
            oven,gas,1,0,0,10,0,
            oven,electric,0,0.8,8,0,0,2032
            kiln,gas,1,0,0,20,0,
            kiln,burner,0,0.4,0,0,20,2031""",
        decided=HEADER + "runs,oven,electric,2030,1\nruns,kiln,burner,2030,1",
    )
    result = best(instance)
    assert result.status is Status.INFEASIBLE
    assert result.record.reason.endswith(
        "as_decided[runs,oven,electric,2030]: 1 <= 0; as_decided[runs,kiln,burner,2030]: 1 <= 0"
    )


def test_two_decisions_against_each_other_are_infeasible():
    """The oven cannot run both of its routes; if it could, and the kiln none, that would cost 2 x 0.5 + 4 x 0.4."""
    instance = small(decided=HEADER + "runs,oven,gas,2030,1\nruns,oven,electric,2030,1")
    result = best(instance)
    assert (result.status, result.objective) == (Status.INFEASIBLE, None)
    assert optimum(instance, without(one_route_per_process)) == pytest.approx(2.6)
