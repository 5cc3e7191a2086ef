"""Plans: what a solver's raw values become."""

import numpy as np
import pytest

from routeplan.model.build import build
from routeplan.plan import plan_tables, tidy_plan
from routeplan.solving.exact import solve
from small import BIOGAS, OVEN, crowd, small, with_rows


def raw(model, **amounts):
    """Raw values of a model, 0 but for those given by kind and index."""
    values = {name: np.zeros(len(kind.table)) for name, kind in model.decisions.kinds.items()}
    for kind, given in amounts.items():
        keys = model.decisions.kinds[kind].keys()
        for index, value in given.items():
            values[kind][keys.index(index)] = value
    return values


RUNS = {
    ("oven", "gas", 2030): 1.0,
    ("oven", "gas", 2032): 1.0,
    ("kiln", "burner", 2030): 0.9999999,
    ("kiln", "gas", 2030): 1e-8,
    ("kiln", "burner", 2032): 1.0,
}


def test_whole_numbers_become_whole():
    """What the solver leaves a hair from 0 or 1 is 0 or 1."""
    model = build(small())
    runs = plan_tables(tidy_plan(model, raw(model, runs=RUNS)))["runs"]
    assert runs.values.tolist() == [
        ["kiln", 2030, "burner"],
        ["kiln", 2032, "burner"],
        ["oven", 2030, "gas"],
        ["oven", 2032, "gas"],
    ]


def test_amounts_that_are_rounding_are_gone():
    """1e-8 GWh is nobody's plan."""
    model = build(small())
    drawn = {("port", "hydrogen", 2030): 1e-8, ("port", "hydrogen", 2032): 20.0}
    table = plan_tables(tidy_plan(model, raw(model, runs=RUNS, drawn=drawn)))["drawn"]
    assert table.values.tolist() == [["port", "hydrogen", 2032, 20.0]]


def test_starts_follow_from_what_runs():
    """The kiln starts its burner in 2030, whatever the solver says of starts."""
    model = build(small())
    start = {("oven", "electric", 2030): 1.0, ("kiln", "burner", 2032): 0.4}
    table = plan_tables(tidy_plan(model, raw(model, runs=RUNS, start=start)))["starts"]
    assert table[["process", "route", "period"]].values.tolist() == [["kiln", "burner", 2030]]


def test_requests_are_the_least_that_is_needed():
    """The solver asks for 2 MW that nothing uses; in 2032 the oven needs 3 less 1 MW to spare."""
    model = build(small())
    runs = RUNS | {("oven", "gas", 2032): 0.0, ("oven", "electric", 2032): 1.0}
    request = {("bakery", 2030): 2.0, ("bakery", 2032): 2.0}
    table = plan_tables(tidy_plan(model, raw(model, runs=runs, request=request)))["requests"]
    assert table.values.tolist() == [["bakery", 2032, 2.0, 2.0]]


def test_requests_come_with_the_connections_that_cover_them():
    """An oven of 1 MW firm, which is free, and 2 MW flexible: a connection of 2 MW, and no request."""
    options = """
        process,route,current,capex,electricity,gas,firm_capacity,flexible_capacity,emissions
        oven,gas,1,0,0,10,0,0,2
        oven,electric,0,0.8,8,0,1,2,0"""
    model = build(small(**OVEN, options=options))
    runs = {("oven", "electric", 2030): 1.0, ("oven", "electric", 2032): 1.0}
    table = plan_tables(tidy_plan(model, raw(model, runs=runs)))["requests"]
    assert table.values.tolist() == [["bakery", 2030, 0.0, 2.0], ["bakery", 2032, 0.0, 2.0]]


STEPS = """
    commodity,zone,step,period,quantity,price
    green_gas,east,farms,2030,4,0
    green_gas,east,farms,2032,4,0
    green_gas,all,import,2030,9,0"""


def test_regions_are_brought_the_least_that_they_need():
    """The east needs 6 GWh/yr beside 4 of its own, and the west nothing: 6 of the 9 that were free for all are bought.

    In 2032 nobody burns green gas, so that none is bought.
    """
    model = build(small(options=BIOGAS, supply=STEPS))
    runs = {("oven", "biogas", 2030): 1.0, ("kiln", "gas", 2030): 1.0}
    runs |= {("oven", "gas", 2032): 1.0, ("kiln", "gas", 2032): 1.0}
    taken = {("green_gas", "east", "farms", period): 4.0 for period in (2030, 2032)}
    taken |= {("green_gas", "all", "import", 2030): 9.0}
    brought = {("green_gas", "east", 2030): 7.0, ("green_gas", "west", 2030): 2.0}
    plan = tidy_plan(model, raw(model, runs=runs, taken=taken, brought=brought))
    tables = plan_tables(plan)
    assert tables["supplied"][["zone", "period", "amount"]].values.tolist() == [["all", 2030, 6.0], ["east", 2030, 4.0]]
    limits = tables["limits"].query("limit == 'supply_balance'")
    assert limits[["zone", "used", "bound"]].values.tolist() == [["all", 6.0, 6.0], ["east", 10.0, 10.0]]


def bought(steps, taken, brought):
    """What is bought when the oven, in the east, burns 10 GWh/yr of green gas in 2030, and more was bought."""
    model = build(small(options=BIOGAS, supply="commodity,zone,step,period,quantity,price\n" + steps))
    runs = {("oven", "biogas", 2030): 1.0, ("kiln", "gas", 2030): 1.0}
    runs |= {("oven", "gas", 2032): 1.0, ("kiln", "gas", 2032): 1.0}
    taken = {("green_gas", zone, step, 2030): amount for (zone, step), amount in taken.items()}
    brought = {("green_gas", "east", 2030): brought} if brought else {}
    tables = plan_tables(tidy_plan(model, raw(model, runs=runs, taken=taken, brought=brought)))
    return {(row.zone, row.step): row.amount for row in tables["supplied"].itertuples()}


def test_the_dearest_step_is_given_up_first():
    """Of 8 at 20, 3 at 5 and 6 at 10 EUR/MWh, 10 are used: 3, 6, and of the dearest the 1 that is left."""
    steps = "green_gas,east,late,2030,8,20\ngreen_gas,east,early,2030,3,5\ngreen_gas,east,middle,2030,6,10\n"
    taken = {("east", "late"): 8.0, ("east", "early"): 3.0, ("east", "middle"): 6.0}
    assert bought(steps, taken, 0.0) == {("east", "late"): 1.0, ("east", "early"): 3.0, ("east", "middle"): 6.0}


def test_a_dear_step_of_a_region_is_given_up_before_what_is_brought():
    """Own gas at 20 and 5, 4 of each, and 5 brought at 10, are 3 too much: they are of the own gas at 20."""
    steps = "green_gas,east,dear,2030,4,20\ngreen_gas,east,cheap,2030,4,5\ngreen_gas,all,import,2030,9,10\n"
    taken = {("east", "dear"): 4.0, ("east", "cheap"): 4.0, ("all", "import"): 5.0}
    assert bought(steps, taken, 5.0) == {("east", "dear"): 1.0, ("east", "cheap"): 4.0, ("all", "import"): 5.0}


def test_what_is_brought_is_given_up_before_cheaper_steps_of_a_region():
    """Own gas at 5, 8 of it, and 5 brought at 10, of which 3 too many: 2 are brought."""
    steps = "green_gas,east,cheap,2030,8,5\ngreen_gas,all,import,2030,9,10\n"
    taken = {("east", "cheap"): 8.0, ("all", "import"): 5.0}
    assert bought(steps, taken, 5.0) == {("east", "cheap"): 8.0, ("all", "import"): 2.0}


def test_what_a_link_carries_there_and_back_is_netted():
    """23 there and 3 back are 20 there: so say flows, limits and the cost of transport."""
    model = build(
        small(
            links="""
                link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
                pipe,hydrogen,port,tiles,pipe,candidate,10,,,5,0"""
        )
    )
    flow = {("pipe", "forward", 2030): 23.0, ("pipe", "backward", 2030): 3.0}
    flow |= {("pipe", "forward", 2032): 0.5, ("pipe", "backward", 2032): 20.5}
    built = {("pipe", "thin", 2030): 1.0, ("pipe", "thin", 2032): 1.0}
    tables = plan_tables(tidy_plan(model, raw(model, runs=RUNS, flow=flow, built=built)))
    assert tables["flows"]["flow"].tolist() == [20.0, -20.0]
    limits = tables["limits"].query("limit == 'link_capacity'")
    assert limits["used"].tolist() == [20.0, 20.0]
    transport = tables["costs"].query("term == 'transport'")
    assert transport["cost"].tolist() == pytest.approx([0.1, 0.1])


def test_one_way_links_are_left_as_they_are():
    """No other direction to net with."""
    lane = "link,carrier,from,to,mode,status,length,capacity,one_way\nlane,hydrogen,port,tiles,truck,planned,9,9,1"
    model = build(small(links=with_rows("links", lane)))
    flow = {("lane", "forward", 2030): 4.0}
    table = plan_tables(tidy_plan(model, raw(model, runs=RUNS, flow=flow)))["flows"]
    assert table.values.tolist() == [["hydrogen", "lane", 2030, 4.0]]


def test_a_plan_of_many_links_says_the_same_in_flows_and_limits():
    """Flows cost nothing here, so that a solver is free to send them there and back."""
    result = solve(crowd(), gap=0.05, threads=1)
    flows = result["flows"].set_index(["link", "period"])["flow"].abs()
    used = result["limits"].query("limit == 'link_capacity'").set_index(["link", "period"])["used"]
    assert used[used > 0].to_dict() == pytest.approx(flows.to_dict())
