"""Families that stand over decisions: no row of theirs is without one, and what no data can break by itself.

Some value of the decision always obeys the row; only together with other rows can there be no plan, which
`test_impossible.py` shows. Families that stand over things are in `test_constant_rows.py`.
"""

import pytest

from routeplan.model.build import FAMILIES, STRENGTHENING, build
from routeplan.model.grid import connection_covers_request, connection_room, contract_room
from routeplan.model.network import hub_capacity, link_capacity
from routeplan.model.routes import no_spurious_start
from routeplan.model.strengthen import tight_link_capacity
from routeplan.model.supply import supply_shared
from routeplan.model.support import business_case, support_limit
from small import OVEN, OVEN_OPTIONS, best, least, prices, row, small, with_settings

OVEN_ONLY = {**OVEN, "options": OVEN_OPTIONS}

DECIDED = "decision,item,choice,period,value\n"

MAY_BE_CONSTANT = {
    "one_route_per_process",
    "no_way_back",
    "firm_headroom",
    "total_headroom",
    "pot_budget",
    "emission_target",
}
"""The families that stand over things in a table; the others stand over decisions, one of which is in each row."""

# A source, a store, a hub, green gas, a pot and a saver: every family has rows.
EVERYTHING = {
    "options": """
        process,route,current,capex,electricity,gas,green_gas,hydrogen,captured,firm_capacity,emissions,lifetime
        oven,gas,1,0,0,10,0,0,0,0,2,
        oven,electric,0,0.8,8,0,0,0,0,3,0,
        oven,saver,0,0.1,0,5,0,0,0,0,1,3
        kiln,gas,1,0,0,20,0,0,0,0,4,
        kiln,burner,0,9,0,0,0,20,0,0,0,
        kiln,capture,0,0.4,0,20,0,0,3,0,1,
        kiln,biogas,0,0,0,0,20,0,0,0,0,""",
    "headroom": "area,period,firm,flexible\ntown,2030,1,1",
    "reinforcements": "reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,2,0.32,4,",
    "hubs": """
        hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
        works,electrolysis,port,town,hydrogen,0.2,25,25,0,4,0.5,4""",
    "supply": "commodity,zone,step,period,quantity,price\ngreen_gas,all,import,2032,20,40",
    "pots": "pot,name,carry_over\nfund,,0",
    "budgets": "pot,period,amount\nfund,2030,9",
    "support": "pot,family,sector,basis,first_year,last_year,share,cap\nfund,hydrogen,all,funding_gap,,,1,",
    "targets": "scope,period,cap,price\nall,2032,4,",
}


@pytest.mark.parametrize(
    "name", [family.name for family in FAMILIES + STRENGTHENING if family.name not in MAY_BE_CONSTANT]
)
@pytest.mark.some(2)
def test_a_family_over_decisions_has_a_decision_in_every_row(name):
    """Its index set lists decisions, and the decision of the index stands in the row: none can be without any."""
    model = build(small(with_settings(participation=True), **EVERYTHING))
    assert len(getattr(model.pyomo, name)) > 0
    assert model.written[name].constant == {}


@pytest.mark.nightly
def test_no_spurious_start_is_obeyed_by_starting_nothing():
    """A start is at most its run: electricity may run in no period, and its start is 0, which it can always be."""
    stays = small(**OVEN_ONLY, decided=DECIDED + "runs,oven,electric,2030,0\nruns,oven,electric,2032,0")
    assert least(stays, (no_spurious_start,), start_oven_electric_2030=-1.0) == pytest.approx(0.0)
    assert best(stays).objective == pytest.approx(2.0)


def test_contract_room_is_obeyed_by_the_largest_request():
    """A request may be all that can be needed beyond what is spare, here 3 - 1 MW, so that there is always one enough.

    Only headroom makes it too much.
    """
    moves = small(**OVEN_ONLY, decided=DECIDED + "runs,oven,electric,2030,1")
    assert build(moves).pyomo.request["bakery", 2030].bounds == (0.0, 2.0)
    assert least(moves, (contract_room,), request_bakery_2030=1.0) == pytest.approx(2.0)


FLEXIBLE_OVEN = """
    process,route,current,capex,electricity,gas,firm_capacity,flexible_capacity,emissions
    oven,gas,1,0,0,10,0,0,2
    oven,electric,0,0.8,8,0,2,1.5,0"""
"""2 MW firm and 1.5 MW flexible, less 1 MW to spare: a request of 1 MW at most and a connection of 2.5 MW at most."""


def test_connection_room_is_obeyed_by_the_largest_connection():
    """A connection may be all that can be needed beyond what is spare, so that there is always one large enough."""
    moves = small(**OVEN, options=FLEXIBLE_OVEN, decided=DECIDED + "runs,oven,electric,2030,1")
    assert build(moves).pyomo.connection["bakery", 2030].bounds == (0.0, 2.5)
    assert least(moves, (connection_room,), connection_bakery_2030=1.0) == pytest.approx(2.5)


def test_connection_covers_request_is_obeyed_by_the_largest_connection():
    """Firm is part of firm and flexible, so that the largest request still finds a connection that covers it.

    The largest request is 1, and the connection for it 1 too: -2 x 1 + 1.
    """
    instance = small(**OVEN, options=FLEXIBLE_OVEN)
    wanted = {"request_bakery_2030": -2.0, "connection_bakery_2030": 1.0}
    assert least(instance, (connection_covers_request,), **wanted) == pytest.approx(-1.0)


@pytest.mark.parametrize("family", [link_capacity, tight_link_capacity], ids=lambda family: family.name)
def test_what_a_link_may_carry_is_obeyed_by_carrying_nothing(family):
    """A capacity is 0 at least, and so may a flow be: here the pipe is decided against, and nothing flows."""
    closed = small(decided=DECIDED + "built,pipe,thin,2030,0")
    assert least(closed, (family,), flow_pipe_forward_2030=-1.0) == pytest.approx(0.0)


@pytest.mark.nightly
def test_tight_link_capacity_is_obeyed_where_nobody_asks():
    """A pipe that is decided and of use to nobody counts for nothing, carries nothing and is paid.

    The kiln stays on gas, 4 x 1.0, the oven moves, 4 x 0.4, and the pipe costs 4 x 0.1.
    """
    instance = small(options=NO_HYDROGEN, decided=DECIDED + "built,pipe,thin,2030,1")
    assert row(build(instance), "tight_link_capacity", "pipe", 2030) == (
        "flow[pipe,forward,2030] + flow[pipe,backward,2030]  <=  0.0*built[pipe,thin,2030]"
    )
    assert best(instance).objective == pytest.approx(4 * (0.4 + 1.0 + 0.1))


NO_HYDROGEN = """
    process,route,current,capex,electricity,gas,emissions
    oven,gas,1,0,0,10,2
    oven,electric,0,0.8,8,0,0
    kiln,gas,1,0,0,20,4"""


def test_hub_capacity_is_obeyed_by_handling_nothing():
    """An output can be 0, which is what closed works allow."""
    closed = small(hubs=EVERYTHING["hubs"], decided=DECIDED + "open,works,electrolysis,2030,0")
    assert least(closed, (hub_capacity,), output_works_electrolysis_2030=-1.0) == pytest.approx(0.0)


@pytest.mark.nightly
def test_supply_shared_is_obeyed_by_bringing_nothing():
    """What is brought together is 20 at most, whatever is used, which another family holds to what is brought."""
    instance = small(
        options="""
            process,route,current,capex,gas,green_gas
            oven,gas,1,0,10,0
            oven,biogas,0,0,0,10
            kiln,gas,1,0,20,0
            kiln,biogas,0,0,0,20""",
        supply="commodity,zone,step,period,quantity,price\ngreen_gas,all,import,2030,20,40",
        decided=DECIDED + "runs,oven,biogas,2030,1\nruns,kiln,biogas,2030,1",
    )
    wanted = {"brought_green_gas_east_2030": -1.0, "brought_green_gas_west_2030": -1.0}
    assert least(instance, (supply_shared,), **wanted) == pytest.approx(-20.0)


# At 75 for firms and 25 for society the oven's funding gap is 4 x 0.3 = 1.2 M EUR.
SUPPORTED = {
    **OVEN_ONLY,
    "prices": prices(electricity=75.0, electricity_value=25.0),
    "pots": "pot,name,carry_over\nfund,,0",
    "budgets": "pot,period,amount\nfund,2030,9",
    "support": "pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,funding_gap,,,1,",
}


def test_support_limit_is_obeyed_by_paying_nothing():
    """Without a start its row reads 0 <= limit x 0; no grant is ever decided, so that it can always be 0.

    A start would count 2, more than the 1.2 that can be granted for it: the best is neither.
    """
    instance = small(with_settings(participation=True), **SUPPORTED)
    wanted = {"grant_oven_electric_2030_fund": -1.0, "start_oven_electric_2030": 2.0}
    assert least(instance, (support_limit,), **wanted) == pytest.approx(0.0)


def test_business_case_is_obeyed_by_starting_nothing():
    """Without a start and a grant its row reads 0 <= 0; runs are decided, starts never."""
    instance = small(with_settings(participation=True), **SUPPORTED)
    wanted = {"start_oven_electric_2030": -1.0, "grant_oven_electric_2030_fund": 2.0}
    assert least(instance, (business_case,), **wanted) == pytest.approx(0.0)
