"""Rows that cannot hold, family by family: no plan, and never a traceback.

A row without any decision in it that is broken already is named; only `one_route_per_process` can have one, and
`test_constant_rows.py` and `test_obeyed.py` show why no other family can. A row with decisions in it is broken by what
the table `decided` fixes or by other rows: the solver proves that, and the family is shown to be the cause by what a
plan costs once it is left out.
"""

import pytest

from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.family import Family
from routeplan.model.grid import connection_room, contract_room, firm_headroom, stays_reinforced, total_headroom
from routeplan.model.network import hub_capacity, link_capacity, node_balance, stays_built, stays_open
from routeplan.model.routes import bridge_ends, no_way_back, starts_when_switching, stays_started
from routeplan.model.strengthen import connected_before_use
from routeplan.model.supply import supply_balance, supply_shared
from routeplan.model.support import business_case, pot_budget
from routeplan.model.targets import emission_target
from routeplan.result.result import Status
from small import OVEN, OVEN_OPTIONS, best, optimum, prices, row, small, with_settings, without

OVEN_ONLY = {**OVEN, "options": OVEN_OPTIONS}

NO_LINKS = "link,carrier,from,to,mode,status,length"


def decided(*rows: str) -> str:
    """The table of decisions fixed in advance."""
    return "\n".join(("decision,item,choice,period,value", *rows))


def cost_without(family: Family, instance: Instance) -> float | None:
    """Least cost when a family is left out of a model that no plan obeys with it; the row in question has decisions."""
    assert build(instance).broken == []
    result = best(instance)
    assert (result.status, result.objective) == (Status.INFEASIBLE, None)
    return optimum(instance, without(family))


def test_one_route_per_process_names_a_process_with_nothing_left_to_run():
    """Gas ends in 2031 and electricity begins in 2033: no route in the period of 2032."""
    options = """
        process,route,current,capex,electricity,gas,first_year,last_year
        oven,gas,1,0,0,10,,2031
        oven,electric,0,0.8,8,0,2033,"""
    result = best(small(**OVEN, options=options))
    assert (result.status, result.objective) == (Status.INFEASIBLE, None)
    assert result.record.reason == (
        "processes.csv:2: process 'oven' has no option that may run and be paid for in 2032, so that there is no plan; "
        "one_route_per_process[oven,2032]: 0  ==  1"
    )
    assert list(result.tables) == ["progress"]


# Routes. The oven costs 0.5 a year on gas.


@pytest.mark.nightly
def test_starts_when_switching_forbids_a_run_outside_the_windows():
    """The oven must run on electricity in 2030 and may start it only in 2032. Without its start it costs 0.2 a year."""
    instance = small(**OVEN_ONLY, windows="process,period\noven,2032", decided=decided("runs,oven,electric,2030,1"))
    assert cost_without(starts_when_switching, instance) == pytest.approx(4 * 0.2)


# The saver, a bridge of two years: 5 GWh x 30 + 1 kt x 100 = 0.25 a year, and 0.1 at each start.
SAVER = {
    **OVEN,
    "options": """
        process,route,current,capex,electricity,gas,emissions
        oven,gas,1,0,0,10,2
        oven,saver,0,0.1,0,5,1""",
}


@pytest.mark.nightly
def test_no_way_back_forbids_gas_after_the_bridge():
    """The saver is decided for 2030 and gas for 2032: 2 x 0.25 + 0.1, and 2 x 0.5."""
    instance = small(**SAVER, decided=decided("runs,oven,saver,2030,1", "runs,oven,gas,2032,1"))
    assert cost_without(no_way_back, instance) == pytest.approx(1.6)


@pytest.mark.nightly
def test_stays_started_forbids_to_leave_a_lasting_option():
    """Electricity is decided for 2030 and against in 2032: 2 x 8 x 25, then green gas, 2 x 10 x 45."""
    instance = small(
        **OVEN,
        prices=prices(green_gas=45.0),
        options="""
            process,route,current,capex,electricity,gas,green_gas
            oven,gas,1,0,0,10,0
            oven,electric,0,0,8,0,0
            oven,biogas,0,0,0,0,10""",
        decided=decided("runs,oven,electric,2030,1", "runs,oven,electric,2032,0"),
    )
    assert cost_without(stays_started, instance) == pytest.approx(0.4 + 0.9)


@pytest.mark.nightly
def test_bridge_ends_forbids_a_bridge_beyond_its_life():
    """The saver may start only in 2030, lives two years, and must run in 2032: 4 x 0.25 + 0.1 if it lived on."""
    instance = small(**SAVER, windows="process,period\noven,2030", decided=decided("runs,oven,saver,2032,1"))
    assert cost_without(bridge_ends, instance) == pytest.approx(1.1)


# The grid. The oven costs 0.4 a year on electricity, and needs 3 MW, of which 1 MW is free; the kiln 0.8.


@pytest.mark.parametrize("family", [contract_room, firm_headroom], ids=lambda family: family.name)
@pytest.mark.some(1)
def test_firm_room_forbids_what_is_decided_beyond_it(family):
    """The oven must run on electricity and has 1 MW of firm room for 2: it need not ask, or there is no limit."""
    headroom = "area,period,firm,flexible\ntown,2030,1,10\ntown,2032,1,10"
    instance = small(headroom=headroom, decided=decided("runs,oven,electric,2030,1"))
    assert cost_without(family, instance) == pytest.approx(4 * (0.4 + 0.8))


@pytest.mark.parametrize("family", [connection_room, total_headroom], ids=lambda family: family.name)
@pytest.mark.nightly
def test_room_forbids_flexible_use_that_is_decided_beyond_it(family):
    """3 MW of flexible use less 1 MW to spare need 2 of 1 + 0.5 MW: no need to ask, or no limit, is 4 x 0.4."""
    options = """
        process,route,current,capex,electricity,gas,flexible_capacity
        oven,gas,1,0,0,10,0
        oven,electric,0,0.8,8,0,3"""
    headroom = "area,period,firm,flexible\ntown,2030,1,0.5\ntown,2032,1,0.5"
    instance = small(**OVEN, options=options, headroom=headroom, decided=decided("runs,oven,electric,2030,1"))
    assert cost_without(family, instance) == pytest.approx(1.6)


@pytest.mark.nightly
def test_total_headroom_forbids_a_hub_that_is_decided_beyond_it():
    """The works draw 2 MW firm, for which there is room, and 1.5 MW flexible, for 1: they cost 0.2 / 4 a year.

    With hydrogen at 30 from the works as well as from the port they serve nothing: 4 x 1.2 + 4 x 0.05.
    """
    instance = small(
        sites=ROOMY,
        headroom="area,period,firm,flexible\ntown,2030,2,1\ntown,2032,2,1",
        hubs="""
            hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
            works,electrolysis,port,town,hydrogen,0.2,25,30,0,2,1.5,4""",
        decided=decided("open,works,electrolysis,2030,1"),
    )
    assert row(build(instance), "total_headroom", "town", 2030) == "3.5*open[works,electrolysis,2030]  <=  3.0"
    assert cost_without(total_headroom, instance) == pytest.approx(4 * 1.2 + 4 * 0.05)


ROOMY = """
    site,name,sector,region,area,lat,lon,spare_capacity
    bakery,,food,east,town,52.0,6.0,3
    tiles,,ceramics,west,town,52.1,6.1,0"""
"""The bakery has all that its oven needs, so that no site asks for room."""


@pytest.mark.nightly
def test_stays_reinforced_forbids_to_take_a_cable_away():
    """The cable is decided for 2030 and against in 2032: two years of 0.32 / 4, beside 4 x 0.4."""
    instance = small(
        **OVEN_ONLY,
        reinforcements="reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,2,0.32,4,",
        decided=decided("reinforced,cable,,2030,1", "reinforced,cable,,2032,0"),
    )
    assert cost_without(stays_reinforced, instance) == pytest.approx(1.6 + 2 * 0.08)


# Networks. The kiln costs 1.0 a year on gas; on hydrogen 0.1 and the hydrogen, at 30 0.6; the pipe costs 0.1.


@pytest.mark.nightly
def test_node_balance_forbids_hydrogen_from_nowhere():
    """No link reaches the kiln, which is decided to burn hydrogen: for nothing if it need not come from anywhere."""
    alone = small(links=NO_LINKS, decided=decided("runs,kiln,burner,2030,1"))
    assert row(build(alone), "node_balance", "hydrogen", "tiles", 2030) == "0  ==  20.0*runs[kiln,burner,2030]"
    assert cost_without(node_balance, alone) == pytest.approx(4 * (0.4 + 0.1))


def test_connected_before_use_forbids_what_no_link_reaches():
    """It says so by itself: the burner must run, and may not, even where nobody asks where hydrogen comes from."""
    alone = small(links=NO_LINKS, decided=decided("runs,kiln,burner,2030,1"))
    assert optimum(alone, (*without(node_balance), connected_before_use)) is None
    assert optimum(alone, without(node_balance)) == pytest.approx(4 * (0.4 + 0.1))


@pytest.mark.nightly
def test_link_capacity_forbids_flow_through_a_pipe_that_is_decided_against():
    """The burner must run and the pipe may not be built: without the row hydrogen flows and no pipe is paid."""
    instance = small(decided=decided("runs,kiln,burner,2030,1", "built,pipe,thin,2030,0"))
    assert cost_without(link_capacity, instance) == pytest.approx(4 * (0.4 + 0.7))


@pytest.mark.nightly
def test_stays_built_forbids_to_take_a_pipe_away():
    """The pipe is decided for 2030 and against in 2032, when a burner would need it: the kiln stays on gas."""
    instance = small(decided=decided("built,pipe,thin,2030,1", "built,pipe,thin,2032,0"))
    assert cost_without(stays_built, instance) == pytest.approx(4 * (0.4 + 1.0) + 2 * 0.1)


HUB = """
    hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
    works,electrolysis,port,town,hydrogen,0.2,25,25,0,0,0,4"""
"""Hydrogen at 25: the kiln's costs 0.5 a year, and the hub 0.2 / 4."""


@pytest.mark.nightly
def test_hub_capacity_forbids_a_closed_hub_to_supply():
    """The burner must run and the only supply may not open: without the row it supplies and is not paid."""
    instance = small(
        sources="node,carrier,period,capacity,price",
        hubs=HUB,
        decided=decided("runs,kiln,burner,2030,1", "open,works,electrolysis,2030,0", "open,works,electrolysis,2032,0"),
    )
    assert cost_without(hub_capacity, instance) == pytest.approx(4 * (0.4 + 0.1 + 0.1 + 0.5))


@pytest.mark.nightly
def test_stays_open_forbids_to_close_a_hub():
    """The hub is decided open in 2030 and closed in 2032: two years at 0.75, and two at 0.8 from the port."""
    instance = small(hubs=HUB, decided=decided("open,works,electrolysis,2030,1", "open,works,electrolysis,2032,0"))
    assert cost_without(stays_open, instance) == pytest.approx(4 * 0.4 + 2 * 0.75 + 2 * 0.8)


# Supply. The oven would use 10 GWh/yr of green gas and the kiln 20, at no other cost.


def green_gas(quantity: float, *rows: str) -> Instance:
    """Both processes may burn green gas, of which some is imported for all regions; with what is decided."""
    steps = "".join(f"\ngreen_gas,all,import,{period},{quantity},40" for period in (2030, 2032))
    return small(
        options="""
            process,route,current,capex,gas,green_gas,emissions
            oven,gas,1,0,10,0,2
            oven,biogas,0,0,0,10,0
            kiln,gas,1,0,20,0,4
            kiln,biogas,0,0,0,20,0""",
        supply="commodity,zone,step,period,quantity,price" + steps,
        decided=decided(*rows),
    )


@pytest.mark.nightly
def test_supply_balance_forbids_use_beyond_what_a_region_can_get():
    """The kiln must burn 20 where 15 are supplied: for nothing if it need not be bought, and then the oven too."""
    assert cost_without(supply_balance, green_gas(15, "runs,kiln,biogas,2030,1")) == pytest.approx(0.0)


@pytest.mark.nightly
def test_supply_shared_forbids_two_regions_the_same_gas():
    """20 are imported, which is enough for each process, but both are decided to burn it."""
    both = green_gas(20, "runs,kiln,biogas,2030,1", "runs,oven,biogas,2030,1")
    assert cost_without(supply_shared, both) == pytest.approx(0.0)


# Support. At 75 for firms and 25 for society the oven's funding gap is 4 x 0.3 = 1.2 M EUR; 4 x 0.4 for society.


@pytest.mark.parametrize("family", [pot_budget, business_case], ids=lambda family: family.name)
@pytest.mark.some(1)
def test_a_pot_without_enough_money_forbids_a_start(family):
    """Electricity is decided and the fund has 1.1: it could overspend, or the firm could start at a loss."""
    instance = small(
        with_settings(participation=True),
        **OVEN_ONLY,
        prices=prices(electricity=75.0, electricity_value=25.0),
        pots="pot,name,carry_over\nfund,,0",
        budgets="pot,period,amount\nfund,2030,1.1",
        support="pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,funding_gap,,,1,",
        decided=decided("runs,oven,electric,2030,1"),
    )
    assert cost_without(family, instance) == pytest.approx(4 * 0.4)


# Targets.


def test_emission_target_forbids_a_hard_cap_that_no_option_meets():
    """No process may emit in 2030, and both have nothing but gas: 4 x (0.5 + 1.0) without the cap."""
    instance = small(
        options="process,route,current,capex,gas,emissions\noven,gas,1,0,10,2\nkiln,gas,1,0,20,4",
        targets="scope,period,cap,price\nall,2030,0,",
    )
    assert cost_without(emission_target, instance) == pytest.approx(6.0)
