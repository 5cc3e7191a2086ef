"""What differs between the programs of two instances, and whether a bound of one holds in the other."""

from functools import cache
from itertools import product

import numpy as np
import pytest

from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.difference import Difference
from routeplan.model.program import Program
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits
from small import prices, small, with_rows

DECIDED = "decision,item,choice,period,value"
ROOM = "area,period,firm,flexible"

WORLDS: dict[str, Instance] = {
    "plain": small(),
    "roomy": small(headroom=f"{ROOM}\ntown,2030,9,0\ntown,2032,9,0"),
    "tight": small(headroom=f"{ROOM}\ntown,2030,1,0\ntown,2032,2,0"),
    "full": small(headroom=f"{ROOM}\ntown,2030,0,0\ntown,2032,0,0"),
    "dear gas": small(prices=prices(gas=40.0)),
    "pipe decided": small(decided=f"{DECIDED}\nbuilt,pipe,thin,2030,1\nbuilt,pipe,thin,2032,1"),
    "pipe ruled out": small(decided=f"{DECIDED}\nbuilt,pipe,thin,2030,0\nbuilt,pipe,thin,2032,0"),
    "oven decided": small(decided=f"{DECIDED}\nruns,oven,electric,2030,1\nruns,oven,electric,2032,1"),
    "second size": small(
        sizes=with_rows(
            "sizes",
            "carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime\n"
            "hydrogen,pipe,wide,50,0.05,0,0,4",
        )
    ),
    "late pipe": small(
        links="link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
        "pipe,hydrogen,port,tiles,pipe,candidate,10,2032,,0,0"
    ),
    "little hydrogen": small(
        sources="node,carrier,period,capacity,price\nport,hydrogen,2030,9,30\nport,hydrogen,2032,20,30"
    ),
}

PROGRAMS: dict[str, Program] = {name: compile_model(build(world)) for name, world in WORLDS.items()}


@cache
def least(name: str) -> float:
    """The optimum of a world; every one of them has a plan."""
    objective = run(PROGRAMS[name].matrices, Limits(threads=1)).objective
    assert objective is not None
    return objective


def named(program: Program, columns: np.ndarray) -> set[tuple[object, ...]]:
    """Variable and first index of some columns."""
    return {(variable, index[0]) for variable, index in map(program.column_at, np.flatnonzero(columns))}


@pytest.mark.nightly
def test_a_program_differs_in_nothing_from_itself() -> None:
    """No column has changed, and its own bound holds."""
    for program in PROGRAMS.values():
        same = Difference(program, program)
        assert not same.columns.any()
        assert same.only_tightens


@pytest.mark.some(6)
@pytest.mark.parametrize(
    ("before", "after", "tightens"),
    [
        ("roomy", "tight", True),
        ("tight", "full", True),
        ("tight", "roomy", False),
        ("plain", "pipe decided", True),
        ("plain", "pipe ruled out", True),
        ("pipe ruled out", "plain", False),
        ("pipe decided", "pipe ruled out", False),
        ("plain", "dear gas", False),  # the same is allowed, at another cost
        ("plain", "second size", False),
        ("second size", "plain", True),
        ("plain", "late pipe", True),
        ("plain", "little hydrogen", True),
        ("little hydrogen", "plain", False),
    ],
)
def test_what_allows_less_for_the_same_cost_only_tightens(before: str, after: str, tightens: bool) -> None:
    """As each pair is described."""
    assert Difference(PROGRAMS[before], PROGRAMS[after]).only_tightens == tightens


@pytest.mark.parametrize(
    ("before", "after"), [(one, other) for one, other in product(PROGRAMS, repeat=2) if one != other]
)
@pytest.mark.some(6)
def test_where_it_only_tightens_no_optimum_falls(before: str, after: str) -> None:
    """Over every pair of worlds: the optimum of what allows less is not below that of what allows more."""
    if Difference(PROGRAMS[before], PROGRAMS[after]).only_tightens:
        assert least(after) >= least(before) - 1e-6


def test_an_optimum_rises_where_it_tightens() -> None:
    """So that the test above is about something: without room the oven stays on gas, 0.4 M EUR dearer in all."""
    assert Difference(PROGRAMS["roomy"], PROGRAMS["full"]).only_tightens
    assert least("full") == pytest.approx(least("roomy") + 4 * 0.1)


def test_what_has_changed_is_named() -> None:
    """Another room in town concerns the bakery's connection; a decided pipe the pipe, and what flows in it."""
    room = Difference(PROGRAMS["roomy"], PROGRAMS["tight"])
    assert {("request", "bakery"), ("connection", "bakery")} & named(room.after, room.columns)
    assert not {name for name in named(room.after, room.columns) if "pipe" in name}
    pipe = Difference(PROGRAMS["plain"], PROGRAMS["pipe decided"])
    assert ("built", "pipe") in named(pipe.after, pipe.columns)
    assert ("runs", "oven") not in named(pipe.after, pipe.columns)
