"""Green gas and heat: what regions use is bought from steps of supply."""

import pytest

from routeplan.model.build import build
from routeplan.model.supply import supply_balance, supply_shared
from small import BIOGAS, best, optimum, prices, row, small, without

STEPS = """
    commodity,zone,step,period,quantity,price
    green_gas,east,farms,2030,4,20
    green_gas,east,farms,2032,4,20
    green_gas,all,import,2030,{quantity},40
    green_gas,all,import,2032,{quantity},40"""


def supplied(quantity, **tables):
    """Both processes may burn green gas: 4 GWh/yr of farms in the east, and what is imported for all regions."""
    return small(options=BIOGAS, supply=STEPS.format(quantity=quantity), **tables)


def test_supply_balance_reads():
    """Use in the region stands against its own steps and what is brought."""
    model = build(supplied(30))
    assert row(model, "supply_balance", "green_gas", "east", 2030) == (
        "10.0*runs[oven,biogas,2030]  <=  taken[green_gas,east,farms,2030] + brought[green_gas,east,2030]"
    )
    assert row(model, "supply_balance", "green_gas", "west", 2030) == (
        "20.0*runs[kiln,biogas,2030]  <=  brought[green_gas,west,2030]"
    )


def test_supply_balance_makes_green_gas_be_bought():
    """The oven takes 4 x 20 + 6 x 40 = 0.32 a year, the kiln 20 x 40 = 0.8. Without the row nothing is bought."""
    instance = supplied(30)
    result = best(instance)
    assert result.objective == pytest.approx(4 * (0.32 + 0.8))
    assert result["supplied"]["amount"].tolist() == [26.0, 26.0, 4.0, 4.0]
    assert optimum(instance, without(supply_balance)) == pytest.approx(0.0)


@pytest.mark.nightly
def test_a_region_does_not_use_what_another_ones_zone_supplies():
    """Nothing is imported: the farms' 4 GWh/yr help neither the oven, which needs 10, nor the kiln in the west."""
    assert best(supplied(0)).objective == pytest.approx(6.0)


@pytest.mark.nightly
def test_a_commodity_without_supply_has_no_row():
    """No row in supply at all: green gas is without limit at its price of 45: 0.45 and 0.9 a year."""
    instance = small(options=BIOGAS, prices=prices(green_gas=45.0))
    model = build(instance)
    assert len(model.pyomo.supply_balance) == len(model.pyomo.supply_shared) == 0
    assert best(instance).objective == pytest.approx(4 * (0.45 + 0.9))


@pytest.mark.nightly
def test_a_commodity_with_other_rows_is_not_there_in_a_period_without_any():
    """Imports in 2032 only: in 2030 nothing can be used, so that both stay on gas till 2032."""
    instance = small(
        options=BIOGAS, supply="commodity,zone,step,period,quantity,price\ngreen_gas,all,import,2032,30,40"
    )
    assert row(build(instance), "supply_balance", "green_gas", "east", 2030) == "10.0*runs[oven,biogas,2030]  <=  0"
    # 2 x (0.5 + 1.0) on gas, then 2 x 30 x 40.
    assert best(instance).objective == pytest.approx(2 * 1.5 + 2 * 1.2)


def test_supply_shared_reads():
    """What all regions are brought stands against the steps of the zone of all."""
    assert row(build(supplied(30)), "supply_shared", "green_gas", 2030) == (
        "brought[green_gas,east,2030] + brought[green_gas,west,2030]  <=  taken[green_gas,all,import,2030]"
    )


@pytest.mark.nightly
def test_supply_shared_lets_no_two_regions_have_the_same_gas():
    """20 GWh/yr imported serve the kiln (saving 0.2 a year) or the oven (saving 0.18), not both.

    Without the row each region would be brought it, for nothing: the oven's 4 GWh/yr of farms are not needed.
    """
    instance = supplied(20)
    assert best(instance).objective == pytest.approx(4 * (0.5 + 0.8))
    assert optimum(instance, without(supply_shared)) == pytest.approx(0.0)


def test_a_commodity_without_the_zone_of_all_has_no_shared_row():
    """Only the east has steps: nothing can be brought."""
    east = small(options=BIOGAS, supply="commodity,zone,step,period,quantity,price\ngreen_gas,east,farms,2030,10,20")
    model = build(east)
    assert len(model.pyomo.supply_shared) == 0
    assert row(model, "supply_balance", "green_gas", "east", 2030) == (
        "10.0*runs[oven,biogas,2030]  <=  taken[green_gas,east,farms,2030]"
    )
