"""The program: what a column or row is, what holds at a point, and the programs that are made of it."""

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from routeplan.data.read import read
from routeplan.errors import UsageError
from routeplan.model.build import FAMILIES, build
from routeplan.model.compile import compile_model
from routeplan.model.elastic import elastic
from routeplan.model.family import Family
from routeplan.model.matrices import switched
from routeplan.model.program import Program
from routeplan.model.stack import stack, tied
from routeplan.model.variables import BOUNDS, VARIABLES
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits, Solution
from routeplan.solving.exact import exact
from routeplan.solving.methods import Task
from routeplan.solving.progress import ProgressLog
from small import OVEN, OVEN_OPTIONS, prices, small, with_settings

LIMITS = Limits(threads=1)


def test_a_switched_row_holds_a_column_unless_its_switch_is_on() -> None:
    """x0 <= 2, and to 5 with the switch x2: x0 - 3 x2 <= 2. x1 >= 1, and to 0 with it: x1 + x2 >= 1."""
    rows = switched(np.array([0, 1]), np.array([2, 2]), np.array([3.0, -1.0]), 4)
    assert rows.toarray().tolist() == [[1.0, 0.0, -3.0, 0.0], [0.0, 1.0, 1.0, 0.0]]


def program(*settings, **tables) -> Program:
    return compile_model(build(small(*settings, **tables)))


def solved(made: Program) -> Solution:
    return run(made.matrices, LIMITS)


def least(made: Program) -> float | None:
    found = solved(made)
    return None if found.status is Ending.INFEASIBLE else found.objective


def table(made: Program, variable: str, x) -> dict[tuple[object, ...], float]:
    """Values of a variable that are not 0, by index."""
    block = made.columns[variable]
    keys = zip(*(block.table[name] for name in block.variable.index), strict=True)
    return {key: value for key, value in zip(keys, block.values(x).tolist(), strict=True) if abs(value) > 1e-9}


def test_every_column_and_row_tells_what_it_is() -> None:
    """There and back: the position of an index, and the index at that position."""
    made = program()
    for position in range(made.matrices.rows.shape[1]):
        variable, index = made.column_at(position)
        assert made.column(variable, *index) == position
    for position in range(made.matrices.rows.shape[0]):
        family, index = made.row_at(position)
        assert made.row(family, *index) == position
    assert made.named().column_names[made.column("runs", "oven", "gas", 2030)] == "runs[oven,gas,2030]"


def test_a_row_that_no_decision_can_change_has_no_position() -> None:
    """Nothing asks for room in the harbour."""
    made = program(
        areas="area,name,parent\nregion,,\ntown,,region\nharbour,,",
        headroom="area,period,firm,flexible\nharbour,2030,1,2",
    )
    assert made.row("firm_headroom", "harbour", 2030) == -1
    rows = made.activity("firm_headroom", np.zeros(made.matrices.rows.shape[1]))
    assert rows.values.tolist() == [["harbour", 2030, 0.0, 1.0], ["harbour", 2032, 0.0, 0.0]]


def test_what_is_not_there_is_told() -> None:
    """Variables, families and indices, each with what there is."""
    made = program()
    for ask, message in (
        (lambda: made.column("run", "oven"), "no variable is called 'run' (did you mean 'runs'?); variables: "),
        (
            lambda: made.activity("headroom", np.zeros(1)),
            "no family is called 'headroom' (did you mean 'firm_headroom'?)",
        ),
        (lambda: made.row("node_balance", "port"), "node_balance[port] is no row; its index is carrier, node, period"),
        (lambda: made.column("runs", "oven", "coal", 2030), "runs[oven,coal,2030] is no column: the instance has"),
    ):
        with pytest.raises(UsageError) as refused:
            ask()
        assert str(refused.value).startswith(message)


ALTERED = """
    process,route,current,capex,electricity,gas,emissions,first_year,last_year
    oven,gas,1,0,0,10,2,,
    oven,electric,0,0.8,8,0,0,2031,
    oven,saver,0,0.1,0,5,1,,2030"""


def reason(made: Program, variable: str, *index: object) -> tuple[str, str]:
    absence = made.why_absent(variable, *index)
    return absence.rule, absence.text.partition(".")[0]


def test_an_absent_column_tells_the_rule_that_rules_it_out() -> None:
    """First and last year, with the year."""
    made = program(**OVEN, options=ALTERED)
    assert reason(made, "runs", "oven", "electric", 2030) == ("first_year", "its first year is 2031")
    assert reason(made, "start", "oven", "electric", 2030) == ("first_year", "its first year is 2031")
    assert reason(made, "start", "oven", "saver", 2032) == ("last_year", "its last year is 2030")
    with pytest.raises(UsageError) as refused:
        made.column("runs", "oven", "electric", 2030)
    assert str(refused.value) == (
        "runs[oven,electric,2030] is no column: its first year is 2031. An option runs in no period before its first "
        "year."
    )


def test_a_start_outside_the_windows_and_one_that_no_pot_pays_are_told_apart() -> None:
    """A stop in 2032 only; and a gap without any support."""
    made = program(**OVEN, options=OVEN_OPTIONS, windows="process,period\noven,2032")
    assert reason(made, "start", "oven", "electric", 2030) == (
        "windows",
        "the process has no maintenance stop in this period",
    )
    dear = OVEN_OPTIONS.replace("0.8,8", "8,8")
    made = program(with_settings(participation=True), **OVEN, options=dear)
    absence = made.why_absent("start", "oven", "electric", 2030)
    # Four annuities of 2, less 4 x 0.3 by which the bill of a year is lower (0.2 against 0.5).
    assert (absence.rule, absence.text) == (
        "payable_start",
        "its funding gap is 6.8 M EUR, of which all pots together may pay 0. A start whose funding gap all pots "
        "together cannot pay is ruled out.",
    )


@pytest.mark.nightly
def test_links_hubs_and_works_are_ruled_out_before_their_first_year() -> None:
    """The pipe from 2032 on; a branch to nowhere never."""
    links = """
        link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
        pipe,hydrogen,port,tiles,pipe,candidate,10,2032,,0,1
        branch,hydrogen,port,bakery,pipe,candidate,10,,,0,0"""
    made = program(links=links)
    assert reason(made, "built", "pipe", "thin", 2030)[0] == "infrastructure_first_year"
    assert reason(made, "flow", "pipe", "backward", 2032)[0] == "one_way"
    assert reason(made, "built", "branch", "thin", 2032)[0] == "reachable_links"


def test_every_rule_of_the_page_bounds_declared_variables() -> None:
    """The page of decisions is complete: each rule names variables of it, each variable has index and meaning."""
    assert {variable.name for bound in BOUNDS for variable in bound.on} <= set(VARIABLES)
    assert all(variable.index and variable.meaning.endswith(".") for variable in VARIABLES.values())
    assert list(VARIABLES) == list(program().columns)


def test_a_program_can_be_pickled() -> None:
    """Plain data, for another process: no Pyomo object is in it."""
    made = program()
    blob = pickle.dumps(made)
    assert b"pyomo" not in blob
    again = pickle.loads(blob)
    assert least(again) == pytest.approx(4.8)
    assert again.named().column_names == made.named().column_names


def test_values_and_points_are_the_same_thing() -> None:
    """There and back."""
    made = program()
    x = solved(made).x
    assert made.point(made.values(x)).tolist() == x.tolist()


def test_activity_tells_use_and_what_is_allowed_with_what_is_added() -> None:
    """The oven on electricity needs 3 MW, 1 of which is spare: 2 requested, so that 3 are allowed."""
    made = program()
    rows = made.activity("contract_room", solved(made).x).set_index(["contract", "period"])
    assert rows.loc[("bakery", 2030)].tolist() == pytest.approx([3.0, 3.0])
    pipe = made.activity("link_capacity", solved(made).x)
    assert pipe[["used", "allowed"]].values.tolist() == [pytest.approx([20.0, 25.0])] * 2


def capped() -> Program:
    """The small program with caps of -1 kt/yr, which it cannot keep: nothing emits less than 0."""
    return program(targets="scope,period,cap,price\nall,2030,3,\nall,2032,3,").with_row_bounds(
        "emission_target", np.nan, -1.0
    )


def test_relaxed_rows_tell_their_excess_by_name() -> None:
    """All electric and hydrogen emits 0 kt: 1 above a cap of -1, in both periods, at 0.5 each beside 4.8."""
    made = capped()
    assert least(made) is None
    eased = elastic(made, "emission_target", 0.5)
    found = solved(eased)
    assert found.objective == pytest.approx(4.8 + 2 * 0.5)
    assert table(eased, "excess_emission_target", found.x) == {("all", 2030): 1.0, ("all", 2032): 1.0}
    rows = eased.activity("emission_target", found.x)
    assert rows[["used", "allowed"]].values.tolist() == [[0.0, 0.0]] * 2


def test_some_rows_can_stay_hard() -> None:
    """NaN as price: the cap of 2032 is as hard as it was."""
    assert least(elastic(capped(), "emission_target", [0.5, np.nan])) is None


@pytest.mark.nightly
def test_equations_are_relaxed_both_ways() -> None:
    """No route at all for the kiln: one is missing in each period."""
    made = program().fixed("runs", np.where(program().columns["runs"].table["process"] == "kiln", 0.0, np.nan))
    assert least(made) is None
    eased = elastic(made, "one_route_per_process", 100.0)
    found = solved(eased)
    assert table(eased, "shortfall_one_route_per_process", found.x) == {("kiln", 2030): 1.0, ("kiln", 2032): 1.0}
    assert found.objective == pytest.approx(4 * 0.4 + 2 * 100.0)


def test_variables_are_fixed_by_their_table() -> None:
    """The oven stays on gas: 4 x 0.5 and 4 x 0.8."""
    made = program()
    runs = made.columns["runs"].table
    stays = np.where((runs["process"] == "oven") & (runs["route"] == "gas"), 1.0, np.nan)
    assert least(made.fixed("runs", stays)) == pytest.approx(5.2)
    assert least(made) == pytest.approx(4.8)


@pytest.mark.nightly
def test_rows_can_be_taken_out_and_put_in() -> None:
    """Without the caps the plan is free; with a row that forbids every start all stays as it is."""
    assert least(capped().without("emission_target")) == pytest.approx(4.8)
    made = program()
    starts = made.columns["start"].present
    entries = sparse.csr_array(
        (np.ones(len(starts)), (np.zeros(len(starts), dtype=int), starts)), shape=(1, made.matrices.rows.shape[1])
    )
    still = made.with_rows("no_start", pd.DataFrame({"rule": ["all"]}), entries, np.array([0.0]))
    assert least(still) == pytest.approx(6.0)
    assert still.row_at(still.row("no_start", "all")) == ("no_start", ("all",))
    with pytest.raises(UsageError):
        still.with_rows("no_start", pd.DataFrame({"rule": ["all"]}), entries, np.array([0.0]))


def test_a_restricted_program_leaves_columns_at_rest() -> None:
    """Without the columns of the pipe the kiln stays on gas: 4 x (0.4 + 1.0)."""
    made = program()
    kept = np.ones(made.matrices.rows.shape[1], dtype=bool)
    kept[made.columns["built"].present] = False
    small_one = made.restricted_to(kept)
    found = solved(small_one)
    assert found.objective == pytest.approx(4 * 1.4)
    assert small_one.values(found.x)["built"].tolist() == [0.0, 0.0]
    assert made.matrices.value(made.point(small_one.values(found.x))) == pytest.approx(4 * 1.4)


def futures() -> dict[str, Program]:
    """Cheap gas, at which all stays as it is (4 x (0.3 + 0.6)), and gas as it is (4.8)."""
    return {"cheap": program(prices=prices(gas=10.0)), "dear": program()}


@pytest.mark.nightly
def test_programs_side_by_side_cost_what_they_cost_alone() -> None:
    """Each by its weight."""
    both = futures()
    assert least(stack(both)) == pytest.approx(sum(least(made) for made in both.values()))
    weights = {"cheap": 0.25, "dear": 0.75}
    expected = sum(weights[name] * least(made) for name, made in both.items())
    made = stack(both, weights)
    found = solved(made)
    assert found.objective == pytest.approx(expected)
    assert made.column("runs", "dear", "oven", "gas", 2030) != made.column("runs", "cheap", "oven", "gas", 2030)
    used = made.activity("link_capacity", found.x).set_index(["scenario", "link", "period"])["used"]
    assert used["dear", "pipe", 2030] == pytest.approx(20.0)


def test_tied_programs_decide_the_same() -> None:
    """What runs is common: the better for both together, found by fixing each of the others' plans in turn."""
    both = futures()
    made = tied(stack(both), "runs")
    found = solved(made)
    runs = made.columns["runs"].table.assign(value=made.values(found.x)["runs"])
    cheap, dear = (runs[runs["scenario"] == name].reset_index(drop=True) for name in both)
    assert cheap["value"].tolist() == dear["value"].tolist()
    plans = [made.values(solved(made).x)["runs"] for made in both.values()]
    tried = [sum(least(made.fixed("runs", plan)) for made in both.values()) for plan in plans]
    assert sum(least(made) for made in both.values()) < found.objective <= min(tried) + 1e-9


@pytest.mark.nightly
def test_what_one_scenario_rules_out_is_ruled_out_for_all() -> None:
    """Electricity comes in 2032 in one of them: tied, the oven waits in the other too."""
    late = program(**OVEN, options=ALTERED.replace("oven,saver,0,0.1,0,5,1,,2030", "").rstrip())
    now = program(**OVEN, options=OVEN_OPTIONS)
    made = tied(stack({"late": late, "now": now}), "runs")
    found = solved(made)
    assert table(made, "runs", found.x).get(("now", "oven", "electric", 2030)) is None
    assert found.objective == pytest.approx(2 * 1.8)
    free = tied(stack({"late": late, "now": now}), "runs", until=2029)
    assert least(free) == pytest.approx(1.8 + 1.6)


@pytest.mark.nightly
def test_nothing_and_what_does_not_fit_cannot_be_stacked() -> None:
    """Cost and emissions have no common sum."""
    with pytest.raises(UsageError):
        stack({})
    with pytest.raises(UsageError):
        stack({"cost": program(), "co2": program(with_settings(objective="emissions"))})


def test_rows_that_no_decision_changes_cannot_be_relaxed() -> None:
    """Nobody has an option at all in 2032: the row of that period is broken, whatever a shortfall costs."""
    made = replace(program(), broken=("one_route_per_process[oven,2032]: 0  ==  1",))
    with pytest.raises(UsageError, match="no decision changes these rows"):
        elastic(made, "one_route_per_process", 100.0)


@pytest.mark.nightly
def test_only_a_stacked_program_can_be_tied() -> None:
    """And a variable must be there."""
    with pytest.raises(UsageError, match="a program of one scenario has nothing to tie"):
        tied(program(), "runs")
    with pytest.raises(UsageError, match="no variable is called 'run' "):
        tied(stack(futures()), "run")


@pytest.mark.nightly
def test_what_rests_at_a_value_in_one_scenario_has_it_in_all() -> None:
    """A column that is in no row of one of them, and rests at 1 there, is 1 in the other."""
    both = futures()
    block = both["cheap"].columns["runs"]
    stays = [index for index in block.row_of if index[:2] == ("oven", "gas")]
    at = np.array([block.row_of[index] for index in stays])
    position, rest = block.position.copy(), block.rest.copy()
    position[at], rest[at] = -1, 1.0
    cheap = replace(
        both["cheap"], columns={**both["cheap"].columns, "runs": replace(block, position=position, rest=rest)}
    )
    made = tied(stack({"cheap": cheap, "dear": both["dear"]}), "runs")
    rows = made.rows["common_runs"].table
    tied_rows = [made.row("common_runs", "cheap", *index) for index in stays]
    assert len(rows) > len(tied_rows)
    assert (
        made.matrices.row_upper[tied_rows].tolist() == [1.0] * len(stays) == made.matrices.row_lower[tied_rows].tolist()
    )


@pytest.mark.nightly
def test_what_is_there_is_not_absent() -> None:
    """Asked why a column is absent that is not, or in a program that does not know, it says so."""
    made = program()
    assert str(made.why_absent("runs", "oven", "gas", 2030)) == "it is not absent: the program decides on it"
    kept = np.ones(made.matrices.rows.shape[1], dtype=bool)
    kept[made.columns["built"].present] = False
    without = made.restricted_to(kept)
    link = made.columns["built"].row_of
    assert str(without.why_absent("built", *next(iter(link)))) == "it is in no row of this program, and keeps its value"
    assert str(stack(futures()).why_absent("runs", "dear", "oven", "x", 2030)) == (
        "it is not known what this program rules out"
    )


@pytest.mark.parametrize("family", ["link_capacity", "node_balance", "hub_capacity"])
@pytest.mark.some(1)
def test_strengthening_holds_no_longer_for_what_allows_more(family: str, shared_data: Path) -> None:
    """Without a family, the program has the optimum of a model that was built without it, by any method."""
    instance = read(shared_data / "agreed" / "instances" / "network-1")
    bare = compile_model(build(instance, tuple(one for one in FAMILIES if one.name != family)))
    loosened = compile_model(build(instance)).without(family)
    assert not loosened.strengthened
    assert least(loosened) == pytest.approx(least(bare))
    task = Task(Limits(), ProgressLog())
    assert exact(loosened, task).bound == pytest.approx(least(bare), rel=1e-6)


def test_what_allows_less_stays_strengthened() -> None:
    """A fixed decision, a lower limit: rows that cut off no plan before cut off none now."""
    made = program()
    runs = made.columns["runs"].table
    stays = np.where((runs["process"] == "oven") & (runs["route"] == "gas"), 1.0, np.nan)
    assert made.fixed("runs", stays).strengthened
    assert not elastic(made, "one_route_per_process", 1.0).strengthened


def test_the_sides_of_a_row_are_told_after_its_bound_was_lifted() -> None:
    """Nothing limits it then; put back, it is what it was."""
    made = program(headroom="area,period,firm,flexible\ntown,2030,5,5\ntown,2032,5,5")
    x = solved(made).x
    free = made.without("firm_headroom").activity("firm_headroom", x)
    assert free["used"].tolist() == made.activity("firm_headroom", x)["used"].tolist()
    assert np.isposinf(free["allowed"]).all()
    back = made.without("firm_headroom").with_row_bounds("firm_headroom", -np.inf, 5.0)
    assert back.activity("firm_headroom", x)["allowed"].tolist() == [5.0, 5.0]


def test_positions_that_are_not_there_are_refused() -> None:
    """Neither the last row nor a column that was left out is meant."""
    made = program()
    with pytest.raises(UsageError, match="there is no row -1"):
        made.row_at(-1)
    with pytest.raises(UsageError, match="there is no column 9999"):
        made.column_at(9999)
    kept = np.ones(made.matrices.rows.shape[1], dtype=bool)
    kept[made.columns["built"].present] = False
    restricted = made.restricted_to(kept)
    index = next(iter(made.columns["built"].row_of))
    with pytest.raises(UsageError, match="is no column: it is in no row of this program"):
        restricted.column("built", *index)
    with pytest.raises(UsageError, match="is in no row of this program, and keeps its value"):
        restricted.fixed("built", np.ones(len(made.columns["built"].table)))


def test_a_model_without_families_has_no_rows() -> None:
    """Each column is where it costs least, whatever the others are."""
    made = compile_model(build(small(), families=()))
    assert made.rows == {}
    assert made.matrices.rows.shape == (0, len(made.matrices.cost))
    cost, x = made.matrices.cost, np.where(made.matrices.cost > 0.0, made.matrices.lower, made.matrices.upper)
    paid = cost != 0.0
    assert least(made) == pytest.approx(made.matrices.offset + cost[paid] @ x[paid])


@pytest.mark.parametrize("family", FAMILIES[:2])
def test_a_family_can_be_compiled_alone(family: Family[Any]) -> None:
    """Its rows are those that it has among the others."""
    alone, among = (compile_model(build(small(), families=each)) for each in ((family,), FAMILIES))
    assert list(alone.rows) == [family.name]
    assert len(alone.rows[family.name].table) == len(among.rows[family.name].table) > 0
