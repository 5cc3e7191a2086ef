"""Caps on emissions."""

import pytest

from routeplan.model.build import build
from routeplan.model.targets import emission_target
from small import best, optimum, prices, row, small, without

# Gas costs 10 and CO2 nothing, so that nothing is to be gained by moving: per year the oven costs 0.1 on gas and
# 0.4 on electricity, the kiln 0.2 and 0.8. Staying costs 4 x 0.3 = 1.2.
CHEAP_GAS = {"gas": 10.0, "co2": 0.0}


def capped(targets, **tables):
    """The small instance with cheap gas and with targets."""
    return small(prices=prices(**CHEAP_GAS), targets="scope,period,cap,price\n" + targets, **tables)


def test_emission_target_reads():
    """What the scope emits stands against its cap."""
    assert row(build(capped("all,2032,4,")), "emission_target", "all", 2032) == (
        "2.0*runs[oven,gas,2032] + 4.0*runs[kiln,gas,2032]  <=  4.0"
    )


def test_emission_target_of_a_sector_reads():
    """Only the sector's processes count; a price lets emissions rise above the cap."""
    model = build(capped("sector:food,2032,1,50\nregion:west,2032,3,"))
    assert row(model, "emission_target", "sector:food", 2032) == (
        "2.0*runs[oven,gas,2032]  <=  1.0 + overshoot['sector:food',2032]"
    )
    assert row(model, "emission_target", "region:west", 2032) == "4.0*runs[kiln,gas,2032]  <=  3.0"


@pytest.mark.nightly
def test_emission_target_moves_the_cheapest_process_in_time():
    """At most 4 of 6 kt in 2032: the oven moves then, 2 x 0.1 + 2 x 0.4, and the kiln stays, 4 x 0.2."""
    instance = capped("all,2032,4,")
    assert best(instance).objective == pytest.approx(1.8)
    assert optimum(instance, without(emission_target)) == pytest.approx(1.2)


@pytest.mark.parametrize(("price", "cost", "above"), [(100, 1.2 + 2 * 0.2, [2.0]), (200, 1.8, [])])
@pytest.mark.some(1)
def test_a_target_with_a_price_may_be_missed(price, cost, above):
    """2 kt above the cap cost 0.2 a year at 100 EUR/t, less than the oven's 0.3; at 200 they cost 0.4."""
    result = best(capped(f"all,2032,4,{price}"))
    assert result.objective == pytest.approx(cost)
    assert result["overshoot"]["amount"].tolist() == above


@pytest.mark.nightly
def test_removed_co2_does_not_count_against_a_target():
    """The oven leaves 1 kt and removes 3: the cap of 0.5 still holds it at nothing but electricity."""
    instance = capped(
        "sector:food,2030,0.5,",
        options="""
            process,route,current,capex,electricity,gas,captured,emissions,removed
            oven,gas,1,0,0,10,0,2,0
            oven,capture,0,0,0,10,3,1,3
            oven,electric,0,0.8,8,0,0,0,0
            kiln,gas,1,0,0,20,0,4,0""",
    )
    assert row(build(instance), "emission_target", "sector:food", 2030) == (
        "2.0*runs[oven,gas,2030] + runs[oven,capture,2030]  <=  0.5"
    )
    assert best(instance).objective == pytest.approx(4 * (0.4 + 0.2))


def test_a_scope_that_emits_nothing_has_no_row():
    """The oven emits nothing whatever it runs: 0 <= 1 always holds, and is not written as a row."""
    model = build(
        capped(
            "sector:food,2030,1,",
            options="process,route,current,capex,gas,emissions\noven,gas,1,0,10,0\nkiln,gas,1,0,20,4",
        )
    )
    assert len(model.pyomo.emission_target) == 0
    assert model.written["emission_target"].constant == {("sector:food", 2030): (0.0, 1.0)}
    assert model.broken == []
