"""Starts from a plan: of the same instance, of one like it, and of one that it does not fit at all."""

import numpy as np
import pytest

from routeplan.errors import UsageError
from routeplan.instance.horizon import BoolArray, FloatArray
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.result.result import Result, Status
from routeplan.solver.solution import Limits
from routeplan.solving.neighbourhood import solved_here
from routeplan.solving.solve import solve
from routeplan.solving.start import start_from
from routeplan.tolerances import FEASIBILITY
from small import crowd, prices, small


@pytest.fixture(scope="module")
def plan() -> Result:
    """The best plan: oven and kiln move in 2030, for 4 x (0.4 + 0.8)."""
    return solve(small(), gap=0.0)


def program_of(instance: Instance) -> Program:
    """The program of an instance."""
    return compile_model(build(instance))


def mended(program: Program, plan: Result) -> FloatArray | None:
    """The point to start from, mended where there is something to mend."""
    start = start_from(program, plan, Limits())
    return start.x if start.mending is None else start.mending(start.x, Limits(), solved_here)


def cost_of_start(instance: Instance, plan: Result) -> float:
    """What the point to start from comes to, once it is seen to obey every row."""
    program = program_of(instance)
    x = mended(program, plan)
    assert x is not None
    assert program.matrices.excess(x) <= FEASIBILITY
    whole = x[program.matrices.integer]
    assert np.abs(whole - np.round(whole)).max() <= FEASIBILITY
    return program.matrices.value(x)


def kiln_kept() -> Instance:
    """It is decided that the kiln stays on gas."""
    rows = "\n".join(f"runs,kiln,gas,{period},1" for period in (2030, 2032))
    return small(decided=f"decision,item,choice,period,value\n{rows}")


def test_a_plan_of_the_same_instance_is_the_start(plan: Result) -> None:
    """Nothing is decided anew: the point costs what the plan does."""
    assert cost_of_start(small(), plan) == pytest.approx(4.8)


def test_what_finds_no_room_is_decided_anew(plan: Result) -> None:
    """Without new capacity in town the oven stays on gas, 0.5 a year, and the kiln on hydrogen, 0.8: 4 x 1.3."""
    full = small(headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,0,0")
    assert cost_of_start(full, plan) == pytest.approx(5.2)


def test_what_is_decided_otherwise_is_followed(plan: Result) -> None:
    """The kiln is kept on gas, 1.0 a year, for which the pipe of the plan is left out: 4 x (0.4 + 1.0)."""
    assert cost_of_start(kiln_kept(), plan) == pytest.approx(5.6)


def test_what_the_instance_does_not_know_does_not_count(plan: Result) -> None:
    """The oven has left, and its route with it: the kiln does as planned, for 4 x 0.8."""
    alone = small(
        processes="process,site,kind\nkiln,tiles,kiln",
        options="process,route,current,capex,gas,hydrogen,emissions\nkiln,gas,1,0,20,0,4\nkiln,burner,0,0.4,0,20,0",
    )
    assert cost_of_start(alone, plan) == pytest.approx(3.2)


def test_there_is_no_start_where_there_is_no_plan(plan: Result) -> None:
    """No process may run anything: None, and no claim."""
    program = program_of(small())
    assert mended(program.fixed("runs", 0.0), plan) is None


@pytest.mark.nightly
def test_a_solve_that_is_stopped_at_once_hands_over_its_start() -> None:
    """Gas is 1 EUR/MWh dearer: what is known is handed over at its new cost, and says where it is from."""
    known = solve(crowd(12), gap=0.01, threads=1)
    again = solve(crowd(12).replace(prices=prices(gas=31.0)), gap=0.0, start=known, stop=lambda: True)
    gas = known["energy"].query("commodity == 'gas'")["amount"].sum()  # GWh/yr, in both periods of two years
    assert gas > 0.0
    assert again.objective == pytest.approx(known.objective + 2 * gas / 1000.0)
    assert (again.status, again.record.found_by) == (Status.FEASIBLE, "start")
    assert again.record.started_from == f"{known.instance.name}, {known.instance.sha256[:12]}"
    assert known.record.started_from is None


def test_what_was_proven_where_more_is_allowed_holds(plan: Result) -> None:
    """The pipe is decided, as it was planned: bound and plan of before answer at once, without a search."""
    decided = "decision,item,choice,period,value\nbuilt,pipe,thin,2030,1\nbuilt,pipe,thin,2032,1"
    stages: list[str] = []
    again = solve(small(decided=decided), gap=1e-6, start=plan, on_progress=lambda news: stages.append(news.stage))
    assert again.status is Status.OPTIMAL
    assert (again.objective, again.bound) == (pytest.approx(4.8), pytest.approx(4.8))
    assert (again.record.found_by, again.record.proved_by) == ("start", "start")


@pytest.mark.nightly
def test_what_was_proven_where_less_was_allowed_does_not_hold(plan: Result) -> None:
    """From a world without the oven's power to one with it: the bound of 5.2 is none of the best plan, 4.8."""
    full = solve(small(headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,0,0"), gap=0.0)
    assert full.bound == pytest.approx(5.2)
    assert start_from(program_of(small()), full, Limits()).bound == -np.inf


@pytest.mark.nightly
def test_a_start_does_not_keep_from_the_optimum(plan: Result) -> None:
    """From a plan of full stations to one of free ones: the best plan is found and proven all the same."""
    full = small(headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,0,0")
    begun = solve(small(), gap=0.0, start=solve(full, gap=0.0))
    assert begun.status is Status.OPTIMAL
    assert (begun.objective, begun.bound) == (pytest.approx(4.8), pytest.approx(4.8))


def test_what_is_no_plan_is_refused(plan: Result) -> None:
    """A result without a plan, and what is no result."""
    none = Result(small(), Status.NO_PLAN, plan.record)
    for wrong in (none, small()):
        with pytest.raises(UsageError, match=r"start is .*; allowed: a result with a plan"):
            solve(small(), start=wrong)  # type: ignore[arg-type]


def test_the_search_for_a_start_ends_where_nothing_more_is_near(plan: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no row ties to the rest is never reached by growing: then there is no start."""
    searched: list[int] = []

    def nothing(matrices: Matrices, free: BoolArray, *_: object, **__: object) -> None:
        searched.append(int(free.sum()))
        assert len(searched) < 20

    monkeypatch.setattr("routeplan.solving.start.decided_anew", nothing)
    assert mended(program_of(kiln_kept()), plan) is None
    assert len(searched) > 1
    assert sorted(set(searched)) == searched
