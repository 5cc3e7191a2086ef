"""Tidy plans: from the solver's point to the tables of a result."""

from dataclasses import replace

import numpy as np
import pytest

from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.decisions import tuples
from routeplan.result.plan import PlannedValues, plan_tables
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.solving import polish
from routeplan.solving.polish import _least_amounts, polished
from routeplan.solving.solve import solve
from small import BIOGAS, OVEN, crowd, small


def polished_tables(instance, **amounts):
    """Tables of the tidy plan of a point that is 0 but for what is given by variable and index."""
    program = compile_model(build(instance))
    values = {name: np.zeros(len(block.table)) for name, block in program.columns.items()}
    for name, given in amounts.items():
        keys = tuples(program.columns[name].table, *program.columns[name].variable.index)
        for index, value in given.items():
            values[name][keys.index(index)] = value
    return plan_tables(PlannedValues(instance, program, polished(program, program.point(values), Limits())))


BUILT = {("pipe", "thin", 2030): 1.0, ("pipe", "thin", 2032): 1.0}
RUNS = {
    ("oven", "gas", 2030): 1.0,
    ("oven", "gas", 2032): 1.0,
    ("kiln", "burner", 2030): 0.9999999,
    ("kiln", "gas", 2030): 1e-8,
    ("kiln", "burner", 2032): 1.0,
}


def test_whole_numbers_become_whole():
    """What the solver leaves a hair from 0 or 1 is 0 or 1."""
    instance = small()
    runs = polished_tables(instance, runs=RUNS, built=BUILT)["runs"]
    assert runs.values.tolist() == [
        ["kiln", 2030, "burner"],
        ["kiln", 2032, "burner"],
        ["oven", 2030, "gas"],
        ["oven", 2032, "gas"],
    ]


@pytest.mark.nightly
def test_amounts_that_are_rounding_are_gone():
    """1e-8 GWh is nobody's plan: the kiln burns hydrogen from 2032 on."""
    runs = RUNS | {("kiln", "burner", 2030): 1e-9, ("kiln", "gas", 2030): 1.0}
    drawn = {("port", "hydrogen", 2030): 1e-8, ("port", "hydrogen", 2032): 20.0}
    table = polished_tables(small(), runs=runs, built=BUILT, drawn=drawn)["drawn"]
    assert table.values.tolist() == [["port", "hydrogen", 2032, 20.0]]


def test_starts_follow_from_what_runs():
    """The kiln starts its burner in 2030, whatever the solver says of starts."""
    instance = small()
    start = {("oven", "electric", 2030): 1.0, ("kiln", "burner", 2032): 0.4}
    table = polished_tables(instance, runs=RUNS, built=BUILT, start=start)["starts"]
    assert table[["process", "route", "period"]].values.tolist() == [["kiln", "burner", 2030]]


def test_requests_are_the_least_that_is_needed():
    """The solver asks for 2 MW that nothing uses; in 2032 the oven needs 3 less 1 MW to spare."""
    instance = small()
    runs = RUNS | {("oven", "gas", 2032): 0.0, ("oven", "electric", 2032): 1.0}
    request = {("bakery", 2030): 2.0, ("bakery", 2032): 2.0}
    table = polished_tables(instance, runs=runs, built=BUILT, request=request)["requests"]
    assert table.values.tolist() == [["bakery", 2032, 2.0, 2.0]]


def test_requests_come_with_the_connections_that_cover_them():
    """An oven of 1 MW firm, which is free, and 2 MW flexible: a connection of 2 MW, and no request."""
    options = """
        process,route,current,capex,electricity,gas,firm_capacity,flexible_capacity,emissions
        oven,gas,1,0,0,10,0,0,2
        oven,electric,0,0.8,8,0,1,2,0"""
    instance = small(**OVEN, options=options)
    runs = {("oven", "electric", 2030): 1.0, ("oven", "electric", 2032): 1.0}
    table = polished_tables(instance, runs=runs)["requests"]
    assert table.values.tolist() == [["bakery", 2030, 0.0, 2.0], ["bakery", 2032, 0.0, 2.0]]


STEPS = """
    commodity,zone,step,period,quantity,price
    green_gas,east,farms,2030,4,0
    green_gas,east,farms,2032,4,0
    green_gas,all,import,2032,9,0"""

LATE_BIOGAS = {
    ("oven", "gas", 2030): 1.0,
    ("kiln", "gas", 2030): 1.0,
    ("oven", "biogas", 2032): 1.0,
    ("kiln", "gas", 2032): 1.0,
}
"""From 2032 on the oven, in the east, burns 10 GWh/yr of green gas."""


def test_regions_are_brought_the_least_that_they_need():
    """The east needs 6 GWh/yr beside 4 of its own, and the west nothing: 6 of the 9 that were free for all are bought.

    In 2030 nobody burns green gas, so that none is bought.
    """
    taken = {("green_gas", "east", "farms", period): 4.0 for period in (2030, 2032)}
    taken |= {("green_gas", "all", "import", 2032): 9.0}
    brought = {("green_gas", "east", 2032): 7.0, ("green_gas", "west", 2032): 2.0}
    instance = small(options=BIOGAS, supply=STEPS)
    tables = polished_tables(instance, runs=LATE_BIOGAS, taken=taken, brought=brought)
    assert tables["supplied"][["zone", "period", "amount"]].values.tolist() == [["all", 2032, 6.0], ["east", 2032, 4.0]]
    limits = tables["limits"].query("limit == 'supply_balance' and period == 2032")
    assert limits[["zone", "used", "bound"]].values.tolist() == [["all", 6.0, 6.0], ["east", 10.0, 10.0]]


def bought(steps, taken, brought):
    """What is bought in 2032, when more was bought than the oven burns."""
    instance = small(options=BIOGAS, supply="commodity,zone,step,period,quantity,price\n" + steps)
    taken = {("green_gas", zone, step, 2032): amount for (zone, step), amount in taken.items()}
    brought = {("green_gas", "east", 2032): brought} if brought else {}
    tables = polished_tables(instance, runs=LATE_BIOGAS, taken=taken, brought=brought)
    return {(row.zone, row.step): row.amount for row in tables["supplied"].itertuples()}


def test_the_dearest_step_is_given_up_first():
    """Of 8 at 20, 3 at 5 and 6 at 10 EUR/MWh, 10 are used: 3, 6, and of the dearest the 1 that is left."""
    steps = "green_gas,east,late,2032,8,20\ngreen_gas,east,early,2032,3,5\ngreen_gas,east,middle,2032,6,10\n"
    taken = {("east", "late"): 8.0, ("east", "early"): 3.0, ("east", "middle"): 6.0}
    assert bought(steps, taken, 0.0) == {("east", "late"): 1.0, ("east", "early"): 3.0, ("east", "middle"): 6.0}


def test_a_dear_step_of_a_region_is_given_up_for_what_is_brought():
    """Own gas at 20 and 5, 4 of each, and 9 to be brought at 10: the least cost takes the cheap 4, and brings 6."""
    steps = "green_gas,east,dear,2032,4,20\ngreen_gas,east,cheap,2032,4,5\ngreen_gas,all,import,2032,9,10\n"
    taken = {("east", "dear"): 4.0, ("east", "cheap"): 4.0, ("all", "import"): 5.0}
    assert bought(steps, taken, 5.0) == {("east", "cheap"): 4.0, ("all", "import"): 6.0}


def test_what_is_brought_is_given_up_before_cheaper_steps_of_a_region():
    """Own gas at 5, 8 of it, and 5 brought at 10, of which 3 too many: 2 are brought."""
    steps = "green_gas,east,cheap,2032,8,5\ngreen_gas,all,import,2032,9,10\n"
    taken = {("east", "cheap"): 8.0, ("all", "import"): 5.0}
    assert bought(steps, taken, 5.0) == {("east", "cheap"): 8.0, ("all", "import"): 2.0}


def test_what_a_link_carries_there_and_back_is_netted():
    """23 there and 3 back are 20 there: so say flows, limits and the cost of transport."""
    instance = small(
        links="""
            link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
            pipe,hydrogen,port,tiles,pipe,candidate,10,,,5,0"""
    )
    flow = {("pipe", "forward", 2030): 23.0, ("pipe", "backward", 2030): 3.0}
    flow |= {("pipe", "forward", 2032): 20.5, ("pipe", "backward", 2032): 0.5}
    tables = polished_tables(instance, runs=RUNS, flow=flow, built=BUILT)
    assert tables["flows"]["flow"].tolist() == [20.0, 20.0]
    limits = tables["limits"].query("limit == 'link_capacity'")
    assert limits["used"].tolist() == [20.0, 20.0]
    transport = tables["costs"].query("term == 'transport'")
    assert transport["cost"].tolist() == pytest.approx([0.1, 0.1])


def test_free_flows_there_and_back_are_netted_too():
    """The least sum of amounts leaves no circle, whether it costs anything or not."""
    flow = {("pipe", way, period): 23.0 for way in ("forward", "backward") for period in (2030, 2032)}
    tables = polished_tables(small(), runs=RUNS, flow=flow, built=BUILT)
    assert tables["flows"]["flow"].tolist() == [20.0, 20.0]
    assert tables["limits"].query("limit == 'link_capacity'")["used"].tolist() == [20.0, 20.0]


@pytest.mark.nightly
def test_a_plan_of_many_links_says_the_same_in_flows_and_limits():
    """Flows cost nothing here, so that a solver is free to send them there and back."""
    result = solve(crowd(20), gap=0.05, threads=1)
    flows = result["flows"].set_index(["link", "period"])["flow"].abs()
    used = result["limits"].query("limit == 'link_capacity'").set_index(["link", "period"])["used"]
    assert used[used > 0].to_dict() == pytest.approx(flows.to_dict())


def test_a_point_that_cannot_be_tidied_is_kept_and_told(caplog):
    """Nobody can run both routes at once: the linear program of this point has no solution, and that is said."""
    both = RUNS | {("kiln", "gas", 2030): 1.0, ("kiln", "burner", 2030): 1.0}
    runs = polished_tables(small(), runs=both, built=BUILT)["runs"]
    assert len(runs.query("process == 'kiln' and period == 2030")) == 2
    assert [message.split(":")[0] for message in caplog.messages] == [
        "the plan is not tidied, since HiGHS did not solve its linear program (no point obeys every row)"
    ]


def test_prices_of_the_wrong_sign_bind_nothing():
    """Within HiGHS' tolerance a dual may count on a bound that a row does not have: the row stays as it is."""
    matrices = compile_model(build(small())).matrices
    rows, columns = matrices.rows.shape
    at_most = np.isneginf(matrices.row_lower)
    assert at_most.any()
    found = Solution(Ending.OPTIMAL, np.zeros(columns), 0.0, 0.0, np.full(rows, 1e-3), np.full(columns, -1e-3))
    least = _least_amounts(replace(matrices, upper=np.full(columns, np.inf)), found, matrices.integer)
    assert (least.row_lower[at_most] == -np.inf).all()
    assert (least.row_upper[at_most] == matrices.row_upper[at_most]).all()
    assert np.isfinite(least.lower).all()


def test_a_plan_without_prices_is_told_to_be_untidy(caplog, monkeypatch):
    """Without duals nobody knows what may be made smaller at no cost."""
    solved = polish.run
    monkeypatch.setattr(polish, "run", lambda matrices, limits: replace(solved(matrices, limits), duals=None))
    polished_tables(small(), runs=RUNS, built=BUILT)
    assert len(caplog.messages) == 1
