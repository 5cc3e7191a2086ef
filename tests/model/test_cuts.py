"""Rows over larger sets: no option runs behind a cut that nothing crosses."""

import numpy as np
import pytest

from junction import HUB, JUNCTION, joined
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.cuts import ConnectionCuts
from routeplan.model.program import Program
from routeplan.solver import highs
from routeplan.solver.solution import Limits, Solution
from small import best, small


def relaxation(compiled: Program) -> Solution:
    return highs.run(compiled.matrices.relaxed(), Limits(threads=1))


def rows_of(compiled: Program, point: np.ndarray) -> list[str]:
    """The rows that a point breaks, as text."""
    names = compiled.named().column_names
    return [
        " ".join(f"{value:+.0f} {names[column]}" for column, value in zip(row.indices, row.data, strict=True))
        for row in ConnectionCuts(compiled).separate(point)
    ]


def chosen(compiled: Program, **values: dict[tuple[object, ...], float]) -> np.ndarray:
    """A point in which some decisions have these values, and the others are 0."""
    point = np.zeros(compiled.matrices.rows.shape[1])
    for kind, given in values.items():
        columns = {index: compiled.column(kind, *index) for index in given}
        for index, value in given.items():
            point[columns[index]] = value
    return point


def test_the_trunk_must_be_there_as_well_as_the_tap():
    """Half a trunk carries the 20 of 40 that may be asked, but half a trunk connects nobody."""
    compiled = compile_model(build(small(**JUNCTION)))
    point = chosen(
        compiled,
        runs={("kiln", "burner", 2030): 1.0},
        built={("tap", "wide", 2030): 1.0, ("trunk", "wide", 2030): 0.5},
    )
    assert rows_of(compiled, point) == ["+1 runs[kiln,burner,2030] -1 built[trunk,wide,2030]"]


def test_an_open_hub_is_a_way_too():
    """The hub at the junction stands in the row beside the trunk; half of each is enough."""
    compiled = compile_model(build(small(**JUNCTION, hubs=HUB)))
    runs, tap = {("kiln", "burner", 2030): 1.0}, {("tap", "wide", 2030): 1.0}
    half = {("trunk", "wide", 2030): 0.5}
    assert rows_of(compiled, chosen(compiled, runs=runs, built=tap | half)) == [
        "+1 runs[kiln,burner,2030] -1 built[trunk,wide,2030] -1 open[works,electrolysis,2030]"
    ]
    opened = {("works", "electrolysis", 2030): 0.5}
    assert rows_of(compiled, chosen(compiled, runs=runs, built=tap | half, open=opened)) == []


def test_what_comes_by_itself_is_a_way():
    """A planned trunk crosses every cut."""
    planned = JUNCTION["links"].replace("candidate,10,,0", "planned,10,,0").replace("one_way", "one_way,capacity")
    planned = "\n".join(
        line + (",80" if "trunk" in line else ",") if ",hydrogen," in line else line for line in planned.splitlines()
    )
    compiled = compile_model(build(small(**{**JUNCTION, "links": planned})))
    point = chosen(compiled, runs={("kiln", "burner", 2030): 1.0}, built={("tap", "wide", 2030): 1.0})
    assert rows_of(compiled, point) == []


def test_a_one_way_link_is_a_way_in_one_direction_only():
    """Turned round, the trunk brings nothing from the port."""
    turned = JUNCTION["links"].replace("port,junction,pipe,candidate,10,,0", "junction,port,pipe,candidate,10,,1")
    compiled = compile_model(build(small(**{**JUNCTION, "links": turned})))
    built = {("tap", "wide", 2030): 1.0, ("trunk", "wide", 2030): 1.0}
    point = chosen(compiled, runs={("kiln", "burner", 2030): 1.0}, built=built)
    assert rows_of(compiled, point) == ["+1 runs[kiln,burner,2030]"]


def test_captured_co2_needs_a_way_out():
    """CO2 is looked at against its flow: the one-way ship out of the junction is a way, into it none."""
    ways = JUNCTION["links"].replace("hydrogen", "co2").replace("trunk,co2,port,junction", "trunk,co2,junction,port")
    capture = """
        process,route,current,capex,gas,captured,emissions
        oven,gas,1,0,10,0,2
        kiln,gas,1,0,20,0,4
        kiln,capture,0,0.4,20,3,1"""
    tables = {
        "options": capture,
        "nodes": JUNCTION["nodes"].replace("hydrogen", "co2"),
        "links": ways.replace("junction,port,pipe,candidate,10,,0", "junction,port,pipe,candidate,10,,1"),
        "sizes": JUNCTION["sizes"].replace("hydrogen", "co2"),
        "sources": "node,carrier,period,capacity,price\nport,co2,2030,5,20\nport,co2,2032,5,20",
    }
    compiled = compile_model(build(small(**tables)))
    runs, tap = {("kiln", "capture", 2030): 1.0}, {("tap", "wide", 2030): 1.0}
    assert rows_of(compiled, chosen(compiled, runs=runs, built=tap)) == [
        "+1 runs[kiln,capture,2030] -1 built[trunk,wide,2030]"
    ]
    whole = {("trunk", "wide", 2030): 1.0}
    assert rows_of(compiled, chosen(compiled, runs=runs, built=tap | whole)) == []


def test_the_rows_bring_the_bound_nearer():
    """A half trunk over four years costs 0.2, a whole one 0.4; both taps' 0.004 are whole already.

    The oven stays on gas for 4 x 0.5; the kiln's burner takes 4 x 0.6 + 0.4.
    """
    compiled = compile_model(build(small(**JUNCTION)))
    first = relaxation(compiled)
    assert first.objective == pytest.approx(4 * 0.5 + 4 * 0.6 + 0.4 + 0.2 + 0.004)
    rows = ConnectionCuts(compiled).separate(first.x)
    after = highs.run(compiled.matrices.relaxed().with_rows(rows, np.zeros(rows.shape[0])), Limits(threads=1))
    assert after.objective == pytest.approx(4 * 0.5 + 4 * 0.6 + 0.4 + 0.4 + 0.004)
    assert best(small(**JUNCTION)).objective == pytest.approx(after.objective)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.some(2)
def test_no_plan_is_lost(seed: int):
    """Every row that the relaxation breaks holds in the best plan found without such rows."""
    compiled = compile_model(build(joined(seed)))
    plan = highs.run(compiled.matrices, Limits(threads=1))
    rows = ConnectionCuts(compiled).separate(relaxation(compiled).x)
    assert (rows @ plan.x <= 1e-6).all()
    assert rows_of(compiled, plan.x) == []
