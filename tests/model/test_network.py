"""Hydrogen and CO2 networks: balance at nodes, capacity of links and hubs, what stays once it is there."""

import pytest

from routeplan.model.build import build
from routeplan.model.network import hub_capacity, link_capacity, node_balance, stays_built, stays_open
from routeplan.result.result import Status
from small import KILN, best, optimum, row, small, with_rows, without

CAPTURE = {
    # Per year: 20 GWh x 30 + 1 kt x 100 left + 0.4 / 4 for the capex = 0.8, and storage and transport besides.
    "options": """
        process,route,current,capex,gas,captured,emissions
        kiln,gas,1,0,20,0,4
        kiln,capture,0,0.4,20,3,1""",
    "sources": "node,carrier,period,capacity,price\nstore,co2,2030,3,20\nstore,co2,2032,3,20",
    "links": """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        ship,co2,tiles,store,barge,planned,10,,5,4,1""",
    "sizes": "carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime",
}

HUB = """
    hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime,first_year
    works,electrolysis,port,town,hydrogen,0.2,{capacity},25,0,0,0,4,{first_year}"""


def test_node_balance_reads():
    """Hydrogen: what arrives and is drawn is used."""
    model = build(small())
    assert row(model, "node_balance", "hydrogen", "tiles", 2030) == (
        "flow[pipe,forward,2030] - flow[pipe,backward,2030]  ==  20.0*runs[kiln,burner,2030]"
    )
    assert row(model, "node_balance", "hydrogen", "port", 2030) == (
        "flow[pipe,backward,2030] - flow[pipe,forward,2030] + drawn[port,hydrogen,2030]  ==  0"
    )


def test_node_balance_of_a_hub_reads():
    """What a hub supplies enters at its node."""
    model = build(small(hubs=HUB.format(capacity=25, first_year="")))
    assert row(model, "node_balance", "hydrogen", "port", 2030) == (
        "flow[pipe,backward,2030] - flow[pipe,forward,2030] + drawn[port,hydrogen,2030]"
        " + output[works,electrolysis,2030]  ==  0"
    )


def test_node_balance_of_co2_reads():
    """CO2: what arrives and is captured is stored; a one-way link carries nothing back."""
    model = build(small(**KILN, **CAPTURE))
    assert row(model, "node_balance", "co2", "tiles", 2030) == (
        "- flow[ship,forward,2030] + 3.0*runs[kiln,capture,2030]  ==  0"
    )
    assert row(model, "node_balance", "co2", "store", 2030) == "flow[ship,forward,2030]  ==  drawn[store,co2,2030]"


def test_node_balance_makes_hydrogen_come_from_somewhere():
    """Without it hydrogen and its pipe cost nothing: the burner costs 0.1 a year, the oven 0.4."""
    assert best(small()).objective == pytest.approx(4.8)
    assert optimum(small(), without(node_balance)) == pytest.approx(4 * (0.1 + 0.4))


@pytest.mark.nightly
def test_captured_co2_is_carried_and_stored():
    """3 kt at 20 + 4 EUR/t cost 0.072 a year: 0.872 with capture, 1.0 without. Without storage capture is free."""
    instance = small(**KILN, **CAPTURE)
    result = best(instance)
    assert result.objective == pytest.approx(4 * 0.872)
    assert result["flows"]["flow"].tolist() == [3.0, 3.0]
    assert optimum(instance, without(node_balance)) == pytest.approx(4 * 0.8)


@pytest.mark.nightly
def test_a_source_that_gives_too_little_leaves_the_kiln_on_gas():
    """15 GWh/yr for a need of 20: 4 x 0.4 + 4 x 1.0."""
    short = small(sources="node,carrier,period,capacity,price\nport,hydrogen,2030,15,30\nport,hydrogen,2032,15,30")
    assert best(short).objective == pytest.approx(5.6)


def test_a_node_at_which_nothing_happens_has_no_row():
    """The CO2 store has no link and no source: it has no balance."""
    places = {(carrier, node) for carrier, node, _ in build(small()).pyomo.node_balance}
    assert places == {("hydrogen", "tiles"), ("hydrogen", "port")}


def test_link_capacity_reads():
    """Both directions together stand against what is planned and built."""
    model = build(
        small(
            sizes="""
                carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
                hydrogen,pipe,thin,10,0.02,0,0,4
                hydrogen,pipe,wide,15,0.03,0,0,4"""
        )
    )
    assert row(model, "link_capacity", "pipe", 2030) == (
        "flow[pipe,forward,2030] + flow[pipe,backward,2030]"
        "  <=  10.0*built[pipe,thin,2030] + 15.0*built[pipe,wide,2030]"
    )


def test_link_capacity_of_a_planned_link_reads():
    """What is planned counts from its first year on, in one direction where it is one way."""
    model = build(small(**KILN, **CAPTURE))
    assert row(model, "link_capacity", "ship", 2030) == "flow[ship,forward,2030]  <=  5.0"


@pytest.mark.nightly
def test_link_capacity_adds_up_sizes():
    """The kiln's 20 GWh/yr need both sizes: 0.2 / 4 + 0.3 / 4 = 0.125 a year instead of 0.1."""
    instance = small(
        sizes="""
            carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime
            hydrogen,pipe,thin,10,0.02,0,0,4
            hydrogen,pipe,wide,15,0.03,0,0,4"""
    )
    result = best(instance)
    assert result.objective == pytest.approx(4 * (0.4 + 0.825))
    assert result["built"][["size", "period"]].values.tolist() == [["thin", 2030], ["wide", 2030]]
    # Without the row the pipe need not be built.
    assert optimum(instance, without(link_capacity)) == pytest.approx(4 * (0.4 + 0.7))


@pytest.mark.nightly
def test_a_link_before_its_first_year_has_no_row():
    """The pipe can be used from 2032 on: no flow, no row and no hydrogen in 2030; 2 x 1.0, then 2 x 0.8."""
    late = small(
        links="""
            link,carrier,from,to,mode,status,length,first_year,capacity
            pipe,hydrogen,port,tiles,pipe,candidate,10,2031,"""
    )
    assert list(build(late).pyomo.link_capacity) == [("pipe", 2032)]
    assert best(late).objective == pytest.approx(4 * 0.4 + 2.0 + 1.6)


def test_a_pipe_decided_before_its_first_year_is_infeasible_by_name():
    """It is decided for 2030 and can be used from 2032 on."""
    result = best(
        small(
            links="""
                link,carrier,from,to,mode,status,length,first_year,capacity
                pipe,hydrogen,port,tiles,pipe,candidate,10,2032,""",
            decided="decision,item,choice,period,value\nbuilt,pipe,thin,2030,1",
        )
    )
    assert result.status is Status.INFEASIBLE
    assert result.record.reason == "as_decided[built,pipe,thin,2030]: 1 <= 0"


def test_stays_built_reads():
    """A link stands against itself a period later."""
    assert row(build(small()), "stays_built", "pipe", "thin", 2032) == (
        "built[pipe,thin,2030]  <=  built[pipe,thin,2032]"
    )


@pytest.mark.nightly
def test_stays_built_keeps_paying_for_the_pipe():
    """A planned pipe comes in 2032: the candidate is needed for two years only, at 0.1 a year, and paid for four."""
    instance = small(links=with_rows("links", PLANNED_LATER))
    assert best(instance).objective == pytest.approx(4 * (0.4 + 0.7) + 4 * 0.1)
    assert optimum(instance, without(stays_built)) == pytest.approx(4 * (0.4 + 0.7) + 2 * 0.1)


PLANNED_LATER = """
    link,carrier,from,to,mode,status,length,first_year,capacity
    trunk,hydrogen,port,tiles,pipe,planned,10,2032,20"""


def test_planned_links_never_stay_built():
    """Only candidates are built."""
    assert list(build(small(links=with_rows("links", PLANNED_LATER))).pyomo.stays_built) == [("pipe", "thin", 2032)]


def test_hub_capacity_reads():
    """Output stands against capacity times open."""
    model = build(small(hubs=HUB.format(capacity=25, first_year="")))
    assert row(model, "hub_capacity", "works", "electrolysis", 2030) == (
        "output[works,electrolysis,2030]  <=  25.0*open[works,electrolysis,2030]"
    )


@pytest.mark.nightly
def test_hub_capacity_makes_the_hub_open():
    """Hydrogen of the hub costs 20 x 25 = 0.5 a year instead of 0.6, and the hub 0.2 / 4 = 0.05."""
    instance = small(hubs=HUB.format(capacity=25, first_year=""))
    assert best(instance).objective == pytest.approx(4 * (0.4 + 0.1 + 0.1 + 0.55))
    assert optimum(instance, without(hub_capacity)) == pytest.approx(4 * (0.4 + 0.1 + 0.1 + 0.5))


def test_a_hub_without_capacity_has_no_output_and_no_row():
    """Capacity 0: it may be open and handles nothing."""
    model = build(small(hubs=HUB.format(capacity=0, first_year="")))
    assert len(model.pyomo.output) == len(model.pyomo.hub_capacity) == 0
    assert len(model.pyomo.open) == 2


def test_a_hub_decided_before_its_first_year_is_infeasible_by_name():
    """It is decided open in 2030 and can be open from 2032 on."""
    result = best(
        small(
            hubs=HUB.format(capacity=25, first_year=2032),
            decided="decision,item,choice,period,value\nopen,works,electrolysis,2030,1",
        )
    )
    assert result.status is Status.INFEASIBLE
    assert result.record.reason == "as_decided[open,works,electrolysis,2030]: 1 <= 0"


def test_stays_open_reads():
    """A hub option stands against itself a period later."""
    model = build(small(hubs=HUB.format(capacity=25, first_year="")))
    assert row(model, "stays_open", "works", "electrolysis", 2032) == (
        "open[works,electrolysis,2030]  <=  open[works,electrolysis,2032]"
    )


@pytest.mark.nightly
def test_stays_open_keeps_paying_for_the_hub():
    """The source comes in 2032 at the hub's price: the hub is needed for two years, and paid for four.

    The kiln costs 0.1 + 0.1 + 0.5 a year, the hub 0.05.
    """
    instance = small(
        sources="node,carrier,period,capacity,price\nport,hydrogen,2032,50,25",
        hubs=HUB.format(capacity=25, first_year=""),
    )
    assert best(instance).objective == pytest.approx(4 * (0.4 + 0.7) + 4 * 0.05)
    assert optimum(instance, without(stays_open)) == pytest.approx(4 * (0.4 + 0.7) + 2 * 0.05)


def test_a_hub_after_the_horizon_has_no_row():
    """From 2033 on: it is open in neither period, and nothing has to stay."""
    model = build(small(hubs=HUB.format(capacity=25, first_year=2033)))
    assert len(model.pyomo.open) == len(model.pyomo.stays_open) == len(model.pyomo.hub_capacity) == 0


@pytest.mark.nightly
def test_a_hub_takes_co2_out_of_the_network():
    """A terminal at the store handles 3 kt for 25 EUR/t; the ship takes 4: 3 x 29 = 0.087 a year."""
    instance = small(
        **KILN,
        **(CAPTURE | {"sources": "node,carrier,period,capacity,price"}),
        hubs="""
            hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
            quay,terminal,store,town,co2,0,3,25,0,0,0,4""",
    )
    assert row(build(instance), "node_balance", "co2", "store", 2030) == (
        "flow[ship,forward,2030]  ==  output[quay,terminal,2030]"
    )
    assert best(instance).objective == pytest.approx(4 * (0.8 + 0.087))
