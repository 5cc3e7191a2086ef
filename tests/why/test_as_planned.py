"""What stays as planned, and the program of the rest."""

import time
from pathlib import Path

import numpy as np
import pytest

from kilns import KILNS, kilns
from routeplan.data.read import read
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.program import Program
from routeplan.result.amounts import amounts_in
from routeplan.result.result import Result
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits
from routeplan.solving.solve import solve
from routeplan.why.as_planned import Free, Reduced, reduced
from small import best

ACHTERHOEK = Path(__file__).parents[2] / "instances" / "achterhoek"


def left(program: Program, plan: Result, free: Free) -> Reduced:
    """The program of what is left to decide beside a plan."""
    return reduced(program.matrices, *free.fixed(program, amounts_in(program, plan.tables)))


def of_sites(instance: Instance, sites: set[str]) -> Free:
    """What these sites do is left to decide, with hydrogen for them."""
    processes = instance["processes"]
    own = instance["sites"].query("site in @sites")["contract"]
    return Free(set(processes.loc[processes["site"].isin(sites), "process"]), set(own), {"hydrogen"}, {"hydrogen"})


@pytest.mark.nightly
def test_where_all_is_left_the_program_is_the_whole_one() -> None:
    """Of a plan in which nothing is built, not a side or bound of it differs."""
    instance = kilns(9.0)
    whole = compile_model(build(instance)).matrices
    found = left(compile_model(build(instance)), best(instance), of_sites(instance, set(KILNS)))
    assert list(found.columns) == list(range(len(whole.cost)))
    assert (found.matrices.by_row != whole.by_row[found.rows]).nnz == 0
    assert np.array_equal(found.matrices.row_lower, whole.row_lower[found.rows])
    assert np.array_equal(found.matrices.row_upper, whole.row_upper[found.rows])
    assert np.array_equal(found.matrices.upper, whole.upper)
    assert found.matrices.offset == whole.offset


@pytest.mark.parametrize("site", KILNS)
def test_the_rest_costs_what_the_plan_costs(site: str) -> None:
    """Beside the best plan a kiln can do no better, and need do no worse."""
    instance = kilns(1.5)
    plan = best(instance)
    found = run(left(compile_model(build(instance)), plan, of_sites(instance, {site})).matrices, Limits())
    assert found.objective == pytest.approx(plan.objective, abs=1e-4)


def test_rows_without_anything_fixed_keep_their_sides() -> None:
    """Sides of 1e-6 where 0 is meant made HiGHS tell wrong optima."""
    instance = kilns(1.5)
    program = compile_model(build(instance))
    plan = best(instance)
    free = of_sites(instance, {KILNS[0]})
    fixed, values = free.fixed(program, amounts_in(program, plan.tables))
    found = reduced(program.matrices, fixed, values)
    untouched = (program.matrices.rows[:, np.flatnonzero(fixed)] @ values[fixed])[found.rows] == 0.0
    assert untouched.any()
    for name in ("row_lower", "row_upper"):
        sides = getattr(program.matrices, name)[found.rows]
        assert np.array_equal(getattr(found.matrices, name)[untouched], sides[untouched]), name


@pytest.mark.nightly
def test_presolve_changes_no_optimum() -> None:
    """Of each site of a region: what HiGHS proves with presolve is what it proves without."""
    plan = solve(read(ACHTERHOEK), gap=0.01)
    instance = plan.instance
    program = compile_model(build(instance))
    for site in instance["sites"]["site"]:
        matrices = left(program, plan, of_sites(instance, {site})).matrices
        with_it, without = (
            run(matrices, Limits(1e-7, time.monotonic() + 60, options=options)) for options in ({}, {"presolve": "off"})
        )
        assert with_it.objective == pytest.approx(without.objective, abs=1e-4), site
