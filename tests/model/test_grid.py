"""The electricity grid: room in contracts, headroom of areas, reinforcements."""

import pytest

from routeplan.instance.instance import Instance
from routeplan.model.build import FAMILIES, build
from routeplan.model.decisions import list_decisions
from routeplan.model.grid import (
    connection_covers_request,
    connection_room,
    contract_room,
    firm_headroom,
    stays_reinforced,
    total_headroom,
)
from routeplan.result.result import Status
from small import OVEN, OVEN_OPTIONS, best, least, optimum, prices, routes, row, small, table, without

FULL = "area,period,firm,flexible\ntown,2030,1,10\ntown,2032,1,10"
"""Firm room for 1 MW; the oven's 3 MW less 1 MW of spare room need 2."""

FLEXIBLE_OVEN = """
    process,route,current,capex,electricity,gas,firm_capacity,flexible_capacity,emissions
    oven,gas,1,0,0,10,0,0,2
    oven,electric,0,0.8,8,0,{firm},{flexible},0"""

ONE_CONTRACT = """
    site,name,sector,region,area,lat,lon,spare_capacity,contract
    bakery,,food,east,town,52.0,6.0,1,park
    tiles,,ceramics,west,town,52.1,6.1,0.5,park"""


def test_contract_room_reads():
    """What the oven needs stands against spare room and request."""
    assert row(build(small()), "contract_room", "bakery", 2030) == (
        "3.0*runs[oven,electric,2030]  <=  1.0 + request[bakery,2030]"
    )


def test_contract_room_adds_up_the_sites_of_a_contract():
    """Two sites share a contract with 1 + 0.5 MW to spare; the burner frees 0.5 MW."""
    shared = small(
        sites=ONE_CONTRACT,
        options="""
            process,route,current,capex,electricity,gas,hydrogen,firm_capacity
            oven,gas,1,0,0,10,0,0
            oven,electric,0,0.8,8,0,0,3
            kiln,gas,1,0,0,20,0,0
            kiln,burner,0,0.4,0,0,20,-0.5""",
    )
    assert row(build(shared), "contract_room", "park", 2030) == (
        "3.0*runs[oven,electric,2030] - 0.5*runs[kiln,burner,2030]  <=  1.5 + request[park,2030]"
    )


PEAKS = """
    site,name,sector,region,area,lat,lon,spare_capacity,contract,coincidence
    bakery,,food,east,town,52.0,6.0,0,park,{bakery}
    tiles,,ceramics,west,town,52.1,6.1,0,park,{tiles}"""
"""One contract, full today, of two sites with their own peaks."""

BOTH_ELECTRIC = """
    process,route,current,capex,electricity,gas,firm_capacity,flexible_capacity,emissions
    oven,gas,1,0,0,10,0,0,2
    oven,electric,0,0.8,8,0,3,1,0
    kiln,gas,1,0,0,20,0,0,4
    kiln,electric,0,0.8,16,0,3,0,0"""
"""Options for both that need 3 MW: a year 0.4 against 0.5 M EUR (oven) and 0.4 + 0.2 against 1.0 (kiln)."""


def peaks(bakery: float, tiles: float, **changed) -> Instance:
    """Two sites that share a contract, with the shares of their capacity that meet its peak."""
    return small(sites=PEAKS.format(bakery=bakery, tiles=tiles), options=BOTH_ELECTRIC, **changed)


def test_what_is_asked_of_a_contract_is_what_meets_its_peak():
    """Of 3 MW the bakery asks for a half and the tile works for a quarter; of 3 + 1 MW for a half."""
    model = build(peaks(0.5, 0.25))
    assert row(model, "contract_room", "park", 2030) == (
        "1.5*runs[oven,electric,2030] + 0.75*runs[kiln,electric,2030]  <=  request[park,2030]"
    )
    assert row(model, "connection_room", "park", 2030) == (
        "2.0*runs[oven,electric,2030] + 0.75*runs[kiln,electric,2030]  <=  connection[park,2030]"
    )


def test_what_an_option_frees_counts_as_far_as_it_meets_the_peak():
    """The burner's 0.5 MW free 0.2 at a coincidence of 0.4; a contract asks for at most what its oven may need."""
    freed = peaks(1, 0.4).replace(
        options=table(
            "options",
            "process,route,current,firm_capacity,capex,gas\noven,gas,1,0,0,10\noven,electric,0,3,0,0\n"
            "kiln,gas,1,0,0,20\nkiln,burner,0,-0.5,0,0",
        )
    )
    assert row(build(freed), "contract_room", "park", 2030) == (
        "3.0*runs[oven,electric,2030] - 0.2*runs[kiln,burner,2030]  <=  request[park,2030]"
    )
    assert set(list_decisions(freed)["request"]["upper"]) == {3.0}


def test_the_largest_request_is_what_meets_the_peak():
    """Half of 3 MW and a quarter of 3 MW, and with the oven's flexible 1 MW another half."""
    decisions = list_decisions(peaks(0.5, 0.25))
    assert set(decisions["request"]["upper"]) == {2.25}
    assert set(decisions["connection"]["upper"]) == {2.75}


ROOM_FOR_ONE = {"headroom": "area,period,firm,flexible\ntown,2030,3,9\ntown,2032,3,9"}
"""3 MW of firm room, for two options of 3 MW."""


def test_there_is_room_for_both_whose_peaks_fall_apart_where_there_was_for_one():
    """At 0.5 both fit in 3 MW: 4 x (0.4 + 0.6). At 1 the kiln alone moves, which saves most: 4 x (0.5 + 0.6)."""
    apart, together = best(peaks(0.5, 0.5, **ROOM_FOR_ONE)), best(peaks(1, 1, **ROOM_FOR_ONE))
    assert routes(apart) == {"oven": ["electric"] * 2, "kiln": ["electric"] * 2}
    assert apart.objective == pytest.approx(4.0)
    assert apart["requests"][["request", "connection"]].to_numpy().tolist() == [[3.0, 3.5]] * 2
    assert routes(together) == {"oven": ["gas"] * 2, "kiln": ["electric"] * 2}
    assert together.objective == pytest.approx(4.4)


def test_fees_are_paid_on_all_capacity_whenever_its_peak_is():
    """10 EUR/kW/yr on 3 + 3 MW firm and 20 on 1 MW flexible cost 0.08 M EUR/yr: 4 x (0.4 + 0.6 + 0.08)."""
    fees = prices(grid_fee=10.0, flexible_fee=20.0)
    assert best(peaks(0.5, 0.5, prices=fees, **ROOM_FOR_ONE)).objective == pytest.approx(4.32)


def test_contract_room_makes_the_oven_ask_for_room_that_is_not_there():
    """Only 1 MW of firm room for 2: the oven stays, 4 x (0.5 + 0.8). Without the row it would ask for nothing."""
    full = small(headroom=FULL)
    assert best(full).objective == pytest.approx(5.2)
    assert optimum(full, without(contract_room)) == pytest.approx(4.8)


@pytest.mark.nightly
def test_a_contract_with_room_enough_has_no_row():
    """With 3 MW to spare the oven can never ask for anything: no request, no row."""
    roomy = small(
        sites="""
            site,name,sector,region,area,lat,lon,spare_capacity
            bakery,,food,east,town,52.0,6.0,3
            tiles,,ceramics,west,town,52.1,6.1,0""",
        headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,0,0",
    )
    model = build(roomy)
    for family in ("contract_room", "connection_room", "connection_covers_request", "firm_headroom"):
        assert len(getattr(model.pyomo, family)) == 0
    assert best(roomy).objective == pytest.approx(4.8)


def test_connection_room_reads():
    """Firm and flexible capacity together stand against the connection."""
    model = build(small(**OVEN, options=FLEXIBLE_OVEN.format(firm=2, flexible=1.5)))
    assert row(model, "connection_room", "bakery", 2030) == (
        "3.5*runs[oven,electric,2030]  <=  1.0 + connection[bakery,2030]"
    )


@pytest.mark.nightly
def test_connection_room_makes_flexible_use_ask_for_room_too():
    """3 MW of flexible capacity less 1 MW to spare need 2; the area has 1: gas, 4 x 0.5 instead of 4 x 0.4."""
    instance = small(
        **OVEN,
        options=FLEXIBLE_OVEN.format(firm=0, flexible=3),
        headroom="area,period,firm,flexible\ntown,2030,1,0\ntown,2032,1,0",
    )
    assert best(instance).objective == pytest.approx(2.0)
    assert optimum(instance, without(connection_room)) == pytest.approx(1.6)


@pytest.mark.nightly
def test_a_contract_that_can_need_no_more_than_it_has_has_no_connection_room_row():
    """1 MW of flexible use fits in the spare 1 MW: no connection, no row, and it moves where the area has no room."""
    instance = small(
        **OVEN,
        options=FLEXIBLE_OVEN.format(firm=0, flexible=1),
        headroom="area,period,firm,flexible\ntown,2030,0,0",
    )
    model = build(instance)
    assert len(model.pyomo.connection) == len(model.pyomo.connection_room) == 0
    assert best(instance).objective == pytest.approx(1.6)


def test_connection_covers_request_reads():
    """The request stands against the connection."""
    assert row(build(small()), "connection_covers_request", "bakery", 2030) == (
        "request[bakery,2030]  <=  connection[bakery,2030]"
    )


@pytest.mark.nightly
def test_connection_covers_request_lets_no_request_exceed_its_connection():
    """The request may be 2 MW: connection less twice the request is 2 - 4 at least; without the row 0 - 4."""
    stays = small(decided="decision,item,choice,period,value\nruns,oven,gas,2032,1")
    wanted = {"connection_bakery_2030": 1.0, "request_bakery_2030": -2.0}
    assert least(stays, FAMILIES, **wanted) == pytest.approx(-2.0)
    assert least(stays, without(connection_covers_request), **wanted) == pytest.approx(-4.0)


def test_a_contract_that_asks_for_no_firm_room_has_no_connection_to_cover_it():
    """3 MW of flexible use ask for a connection and never for a request: a row for the room, none for the request."""
    model = build(small(**OVEN, options=FLEXIBLE_OVEN.format(firm=0, flexible=3)))
    assert list(model.pyomo.connection_room) == [("bakery", 2030), ("bakery", 2032)]
    assert len(model.pyomo.request) == len(model.pyomo.connection_covers_request) == 0


AREAS_WITH_HUB = {
    "headroom": "area,period,firm,flexible\nregion,2030,2,1\nregion,2032,3,1",
    "reinforcements": "reinforcement,area,capacity,capex,lifetime,first_year\ncable,region,2,0.32,4,",
    "hubs": """
        hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
        works,electrolysis,port,town,hydrogen,0.2,25,25,0,4,0.5,4""",
}


def test_firm_headroom_reads():
    """Contracts and hubs below the area stand against its own room and its own reinforcements.

    The tile maker's contract can ask for nothing: 0.
    """
    assert row(build(small(**AREAS_WITH_HUB)), "firm_headroom", "region", 2032) == (
        "request[bakery,2032] + 4.0*open[works,electrolysis,2032]  <=  3.0 + 2.0*reinforced[cable,2032]"
    )


@pytest.mark.nightly
def test_firm_headroom_reaches_down_to_the_areas_below():
    """The town lies in the region, which has 1 MW for the oven's 2, and then 2: it moves in 2032.

    2 x 0.5 + 2 x 0.4 for the oven, 4 x 0.8 for the kiln.
    """
    instance = small(headroom="area,period,firm,flexible\nregion,2030,1,9\nregion,2032,2,9")
    result = best(instance)
    assert result.objective == pytest.approx(5.0)
    assert routes(result)["oven"] == ["gas", "electric"]
    assert optimum(instance, without(firm_headroom)) == pytest.approx(4.8)


@pytest.mark.nightly
def test_an_area_with_some_rows_has_no_room_in_the_other_periods():
    """The town has a row for 2032 only: nothing fits in 2030."""
    instance = small(headroom="area,period,firm,flexible\ntown,2032,2,0")
    assert row(build(instance), "firm_headroom", "town", 2030) == "request[bakery,2030]  <=  0.0"
    assert best(instance).objective == pytest.approx(5.0)


def test_an_area_without_rows_sets_no_limit():
    """No row in headroom: the region has no row among the limits either."""
    model = build(small(headroom=FULL))
    assert list(model.pyomo.firm_headroom) == [("town", 2030), ("town", 2032)]


def test_total_headroom_reads():
    """Connections and the whole capacity of hubs stand against firm, flexible and reinforced room."""
    assert row(build(small(**AREAS_WITH_HUB)), "total_headroom", "region", 2030) == (
        "connection[bakery,2030] + 4.5*open[works,electrolysis,2030]  <=  3.0 + 2.0*reinforced[cable,2030]"
    )


@pytest.mark.nightly
def test_total_headroom_lets_flexible_use_fill_firm_room():
    """2 MW of flexible use ask for 1 beyond the spare one: firm room of 1 is enough, room of 0.9 is not.

    Electricity costs 4 x 0.4, gas 4 x 0.5.
    """
    for room, cost in ((1.0, 1.6), (0.9, 2.0)):
        instance = small(
            **OVEN,
            options=FLEXIBLE_OVEN.format(firm=0, flexible=2),
            headroom=f"area,period,firm,flexible\ntown,2030,{room},0\ntown,2032,{room},0",
        )
        assert best(instance).objective == pytest.approx(cost)
        assert optimum(instance, without(total_headroom)) == pytest.approx(1.6)


def test_stays_reinforced_reads():
    """A reinforcement stands against itself a period later."""
    assert row(build(small(**AREAS_WITH_HUB)), "stays_reinforced", "cable", 2032) == (
        "reinforced[cable,2030]  <=  reinforced[cable,2032]"
    )


@pytest.mark.nightly
def test_stays_reinforced_keeps_paying_for_the_cable():
    """The cable costs 0.32 / 4 = 0.08 a year and is needed only till 2032, when 2 MW come free.

    Waiting costs 2 x 0.5 + 2 x 0.4 = 1.8; the cable 4 x (0.4 + 0.08) = 1.92, and 1.76 if it could be taken away.
    """
    instance = small(
        **OVEN,
        options=OVEN_OPTIONS,
        headroom="area,period,firm,flexible\ntown,2032,2,0",
        reinforcements="reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,2,0.32,4,",
    )
    assert best(instance).objective == pytest.approx(1.8)
    assert optimum(instance, without(stays_reinforced)) == pytest.approx(1.76)


def test_a_reinforcement_of_the_second_period_has_its_first_row_there():
    """From 2032 on: not in place before, so that nothing forces it."""
    model = build(
        small(
            headroom="area,period,firm,flexible\ntown,2032,0,0",
            reinforcements="reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,2,0.32,4,2031",
        )
    )
    assert list(model.pyomo.reinforced) == [("cable", 2032)]
    assert row(model, "stays_reinforced", "cable", 2032) == "0  <=  reinforced[cable,2032]"


def test_a_reinforcement_after_the_horizon_has_no_row():
    """From 2033 on: it is in place in neither period, and nothing has to stay."""
    cable = "reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,2,0.32,4,2033"
    model = build(small(reinforcements=cable))
    assert len(model.pyomo.reinforced) == len(model.pyomo.stays_reinforced) == 0


def test_a_cable_decided_before_its_first_year_is_infeasible_by_name():
    """It is decided for 2030 and can be in place from 2032 on."""
    result = best(
        small(
            reinforcements="reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,2,0.32,4,2032",
            decided="decision,item,choice,period,value\nreinforced,cable,,2030,1",
        )
    )
    assert result.status is Status.INFEASIBLE
    assert result.record.reason == "as_decided[reinforced,cable,2030]: 1 <= 0"
