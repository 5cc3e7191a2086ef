"""The method of `solve` as an entrant of benchmarks: on plans, and on any other programme."""

from dataclasses import replace
from pathlib import Path

import pytest

from routeplan.bench.check import checked
from routeplan.bench.families.known import family_called
from routeplan.bench.instances import Stored, stored
from routeplan.bench.mps import read_mps
from routeplan.bench.solvers.contract import Answer, Budget, Status
from routeplan.bench.solvers.highs import Highs
from routeplan.bench.solvers.own_methods import ExactMethod, LargeMethod, OwnMethod
from routeplan.bench.suites import Drawn
from routeplan.bench.ways import Way
from routeplan.errors import DataError

BUDGET = Budget(60.0, gap=1e-6)
SAME = 1e-5
"""Two objectives proven to within the gap of the budget differ by no more, relatively, give or take the tolerances."""


@pytest.fixture(scope="module", params=["budgets", "hard-country"])
def plan(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return stored(Drawn(request.param, "XS", 3), tmp_path_factory.mktemp("instances"))


def solved(method: OwnMethod | Highs, instance: Stored, stop: bool = False, **budget: float) -> Answer:
    return method.solve(instance.mps, replace(BUDGET, **budget), {}, lambda: stop)  # type: ignore[arg-type]


@pytest.mark.nightly
@pytest.mark.parametrize("method", [ExactMethod(), LargeMethod()])
def test_it_finds_the_optimum_of_the_file(plan: Stored, method: OwnMethod) -> None:
    ours, theirs = solved(method, plan), solved(Highs(), plan)
    assert (ours.status, theirs.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert ours.objective is not None and theirs.objective is not None
    assert abs(ours.objective - theirs.objective) <= SAME * max(1.0, abs(theirs.objective))
    assert ours.bound is not None and ours.bound <= theirs.objective + SAME * max(1.0, abs(theirs.objective))
    assert ours.x is not None
    point = checked(read_mps(plan.mps), ours.x)
    assert point.feasible
    assert abs(float(point.objective) - ours.objective) <= SAME * max(1.0, abs(ours.objective))


@pytest.mark.nightly
def test_the_constant_of_a_plan_is_a_column_of_its_file(plan: Stored) -> None:
    program = family_called(plan.manifest.family).program(plan.manifest.size, plan.manifest.seed)  # type: ignore[attr-defined]
    answer = solved(ExactMethod(), plan)
    assert answer.x is not None
    assert len(answer.x) == plan.manifest.columns == program.matrices.rows.shape[1] + (program.asked.offset != 0.0)


@pytest.mark.nightly
def test_a_plan_without_strengthening_rows_is_solved_as_such(plan: Stored) -> None:
    """From its own file: the optimum is that of the instance, and the point has as many columns."""
    way = Way("plain")
    given = stored(Drawn(plan.manifest.family, "XS", 3), plan.mps.parent, [way]).given(way)
    assert given is not None and given.manifest.rows < plan.manifest.rows
    usual, plain = solved(ExactMethod(), plan), solved(ExactMethod(), given)
    assert plain.status is Status.OPTIMAL and usual.objective is not None and plain.objective is not None
    assert abs(plain.objective - usual.objective) <= SAME * max(1.0, abs(usual.objective))
    assert plain.x is not None and checked(read_mps(given.mps), plain.x).feasible


@pytest.mark.nightly
def test_an_end_that_is_asked_for_hands_over_what_there_is(plan: Stored) -> None:
    answer = solved(ExactMethod(), plan, stop=True)
    assert answer.status in (Status.FEASIBLE, Status.NO_PLAN, Status.OPTIMAL)
    assert "asked to stop" in answer.raw or answer.status is Status.OPTIMAL


def test_a_programme_that_is_no_plan_goes_to_highs(tmp_path: Path) -> None:
    tree = stored(Drawn("net-tree", "XS", 0), tmp_path)
    answer = solved(ExactMethod(), tree)
    assert answer.status is Status.OPTIMAL and tree.manifest.optimum is not None
    assert answer.objective == pytest.approx(tree.manifest.optimum, rel=SAME)


@pytest.mark.nightly
def test_a_file_of_another_model_is_refused(tmp_path: Path) -> None:
    plan, other = stored(Drawn("sites", "XS", 0), tmp_path), stored(Drawn("sites", "XS", 1), tmp_path)
    manifest = other.mps.with_name(other.mps.name.removesuffix(".mps.gz") + ".json")
    mine = plan.mps.with_name(plan.mps.name.removesuffix(".mps.gz") + ".json")
    mine.write_bytes(manifest.read_bytes().replace(other.manifest.sha256.encode(), b"0" * 64))
    with pytest.raises(DataError, match=f"{other.name}: is of another model than this version of routeplan makes"):
        ExactMethod().prepare(plan.mps)
