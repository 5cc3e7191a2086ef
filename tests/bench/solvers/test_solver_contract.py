"""What every solver must do, each as far as its package is installed."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from solver_cases import (
    AMPLE,
    as_maximum,
    free_and_continuous,
    hard,
    infeasible,
    infeasible_linear,
    knapsack,
    least_by_trying,
    programme,
    ranges,
    unbounded,
)

from routeplan.bench.mps import Form, write_mps
from routeplan.bench.solvers.contract import Answer, Budget, Solver, Status, TakesStart
from routeplan.bench.solvers.known import OURS
from routeplan.bench.solvers.known import solver as solver_called
from routeplan.bench.solvers.packages import installed_version
from routeplan.errors import UsageError
from routeplan.model.matrices import Matrices

SMALL = {"knapsack": knapsack(), "ranges": ranges(), "knapsack, worst": as_maximum(knapsack())}


@pytest.fixture(params=OURS)
def solver(request: pytest.FixtureRequest) -> Solver:
    """Each solver that is installed."""
    found = solver_called(request.param)
    if installed_version(found.package) is None:
        pytest.skip(f"{found.package} is not installed")
    return found


def never() -> bool:
    return False


def solved(
    solver: Solver, matrices: Matrices, folder: Path, budget: Budget = AMPLE, form: Form = Form.FREE, **options: object
) -> Answer:
    path = write_mps(matrices, folder / "model.mps.gz", form)
    return solver.solve(path, budget, options, never)  # type: ignore[arg-type]


def assert_feasible(matrices: Matrices, x: np.ndarray | None) -> None:
    assert x is not None
    assert x.shape == matrices.cost.shape
    used = matrices.rows @ x
    assert (used >= matrices.row_lower - 1e-6).all() and (used <= matrices.row_upper + 1e-6).all()
    assert (x >= matrices.lower - 1e-6).all() and (x <= matrices.upper + 1e-6).all()
    assert np.abs(x - np.round(x))[matrices.integer].max(initial=0.0) <= 1e-6


@pytest.mark.parametrize("case", SMALL)
def test_the_least_value_is_found(solver: Solver, tmp_path: Path, case: str) -> None:
    """The value is that of trying every point, and the point has it."""
    matrices = SMALL[case]
    answer = solved(solver, matrices, tmp_path)
    least = least_by_trying(matrices)
    assert answer.status is Status.OPTIMAL
    assert_feasible(matrices, answer.x)
    assert answer.x is not None
    assert matrices.value(answer.x) == pytest.approx(least, abs=1e-6)
    assert (answer.objective, answer.bound) == (pytest.approx(least, abs=1e-6), pytest.approx(least, abs=1e-5))


@pytest.mark.parametrize("form", Form)
def test_both_forms_are_the_same_programme(solver: Solver, tmp_path: Path, form: Form) -> None:
    """Fixed and free files give the same least value."""
    answer = solved(solver, ranges(), tmp_path, form=form)
    assert answer.objective == pytest.approx(least_by_trying(ranges()), abs=1e-6)


def test_the_point_is_in_the_order_of_the_file(solver: Solver, tmp_path: Path) -> None:
    """Free, negative, integer and unused columns each have their own value, whatever order the solver keeps."""
    matrices, best = free_and_continuous()
    answer = solved(solver, matrices, tmp_path)
    assert answer.status is Status.OPTIMAL
    assert answer.x == pytest.approx(best, abs=1e-6)
    assert answer.objective == pytest.approx(matrices.value(best), abs=1e-6)


def test_values_keep_their_digits(solver: Solver, tmp_path: Path) -> None:
    """A large value is not rounded to what looks nice: 1e6 + 1/3 to nine decimals."""
    matrices, _ = free_and_continuous()
    exact = 1e6 + 1 / 3
    changed = replace(matrices, lower=matrices.lower.copy(), upper=matrices.upper.copy())
    changed.lower[3] = changed.upper[3] = exact
    answer = solved(solver, changed, tmp_path)
    assert answer.x is not None
    assert answer.x[3] == pytest.approx(exact, abs=1e-9)


def test_a_constant_is_part_of_the_objective(solver: Solver, tmp_path: Path) -> None:
    """No solver mistakes its sign."""
    shifted = replace(knapsack(), offset=100.0)
    answer = solved(solver, shifted, tmp_path)
    assert answer.objective == pytest.approx(least_by_trying(knapsack()) + 100.0, abs=1e-6)


@pytest.mark.parametrize("matrices", [infeasible(), infeasible_linear()], ids=["integer", "linear"])
def test_what_cannot_be_is_infeasible(solver: Solver, tmp_path: Path, matrices: Matrices) -> None:
    """There is no point, and none is told."""
    answer = solved(solver, matrices, tmp_path)
    assert (answer.status, answer.x, answer.objective) == (Status.INFEASIBLE, None, None)
    assert answer.raw


@pytest.mark.parametrize("matrices", [unbounded(), unbounded().relaxed()], ids=["integer", "linear"])
def test_what_has_no_end_is_unbounded(solver: Solver, tmp_path: Path, matrices: Matrices) -> None:
    """It is told apart from what cannot be."""
    assert solved(solver, matrices, tmp_path).status is Status.UNBOUNDED


def test_a_linear_programme_is_solved(solver: Solver, tmp_path: Path) -> None:
    """Without integers: x + y >= 4, x - y >= 1 and nothing else: 4, with a bound of as much."""
    matrices = infeasible_linear()
    wider = replace(matrices, row_upper=np.full(3, np.inf))
    answer = solved(solver, wider, tmp_path)
    assert (answer.status, answer.objective, answer.bound) == (Status.OPTIMAL, pytest.approx(4.0), pytest.approx(4.0))


def test_the_bound_at_the_root_is_told(solver: Solver, tmp_path: Path) -> None:
    """Least x + 1.5 y with 2 x + 2 y >= 3 is 1.5 without integers and 2 with them; any cut of the root closes all."""
    matrices = programme([[2, 2]], [(3, np.inf)], [(0, 5), (0, 5)], [1, 1.5], [True, True])
    answer = solved(solver, matrices, tmp_path)
    cuts = solver.name != "glpk"  # which has none unless it is asked for them, and branches
    assert answer.objective == pytest.approx(2.0, abs=1e-6)
    assert answer.root_bound == pytest.approx(2.0 if cuts else 1.5, abs=1e-5)


def test_the_bound_at_the_root_is_not_that_of_the_tree(solver: Solver, tmp_path: Path) -> None:
    """A market split whose relaxation is 0: the tree proves far more than its root."""
    answer = solved(solver, hard(16), tmp_path, Budget(seconds=1.0))
    assert answer.bound is not None and answer.root_bound is not None and answer.nodes is not None
    assert -1e-6 <= answer.root_bound <= answer.bound + 1e-6
    assert answer.nodes > 1
    if answer.status is Status.OPTIMAL:
        assert answer.root_bound < answer.bound - 1.0


def test_what_has_no_point_has_no_bound_at_the_root(solver: Solver, tmp_path: Path) -> None:
    """As it has no bound."""
    assert solved(solver, infeasible(), tmp_path).root_bound is None


@pytest.mark.some(1)
def test_the_time_limit_is_kept(solver: Solver, tmp_path: Path) -> None:
    """After a second there is a point without a proof, within two seconds more."""
    began = time.monotonic()
    answer = solved(solver, hard(), tmp_path, Budget(seconds=1.0))
    assert time.monotonic() - began < 3.0
    assert answer.status is Status.FEASIBLE
    assert_feasible(hard(), answer.x)
    assert answer.objective is not None and answer.bound is not None
    assert answer.bound <= answer.objective


@pytest.mark.nightly
def test_the_trajectory_only_gets_better(solver: Solver, tmp_path: Path) -> None:
    """Moments rise, points and bounds improve, and the last event is the answer."""
    answer = solved(solver, hard(), tmp_path, Budget(seconds=0.5))
    seconds = [event.seconds for event in answer.events]
    points = [event.incumbent for event in answer.events if event.incumbent is not None]
    bounds = [event.bound for event in answer.events if event.bound is not None]
    assert (sorted(seconds), sorted(points, reverse=True), sorted(bounds)) == (seconds, points, bounds)
    assert points
    assert bounds
    assert seconds[0] >= 0.0
    assert seconds[-1] <= answer.seconds
    assert (answer.events[-1].incumbent, answer.events[-1].bound) == (
        pytest.approx(answer.objective, abs=1e-6),
        pytest.approx(answer.bound, abs=1e-6),
    )


@pytest.mark.parametrize("gap", [0.05, 0.5])
@pytest.mark.parametrize("seed", [2, 3])
def test_no_bound_is_above_the_optimum_when_a_gap_ends_the_search(
    solver: Solver, tmp_path: Path, gap: float, seed: int
) -> None:
    """Neither in the answer nor on the way, however early it ends; the optimum is that of trying every point."""
    random = np.random.default_rng(seed)
    weights, cost = random.integers(1, 20, (2, 9)), random.integers(1, 30, 9)
    sides = [(total // 3, np.inf) for total in weights.sum(axis=1)]
    cover = programme(weights.tolist(), sides, [(0, 1)] * 9, cost.tolist(), [True] * 9)
    answer = solved(solver, cover, tmp_path, Budget(seconds=20.0, gap=gap))
    assert answer.status is Status.OPTIMAL
    bounds = [answer.bound, *(event.bound for event in answer.events)]
    assert all(bound is None or bound <= least_by_trying(cover) + 1e-6 for bound in bounds)


@pytest.mark.some(1)
def test_a_run_ends_when_it_is_asked_to(solver: Solver, tmp_path: Path) -> None:
    """Half a second into a run of a minute it is stopped, and says so; its point is kept."""
    path = write_mps(hard(), tmp_path / "model.mps")
    began = time.monotonic()
    answer = solver.solve(path, Budget(seconds=60.0), {}, lambda: time.monotonic() > began + 0.5)
    assert time.monotonic() - began < 2.5
    assert answer.status is Status.FEASIBLE
    assert_feasible(hard(), answer.x)
    assert "asked to stop" in answer.raw


def test_a_memory_limit_is_told(solver: Solver, tmp_path: Path) -> None:
    """A megabyte is used up at once, and that is said."""
    began = time.monotonic()
    answer = solved(solver, hard(), tmp_path, Budget(seconds=60.0, memory=1.0))
    assert time.monotonic() - began < 5.0
    assert answer.status in (Status.FEASIBLE, Status.NO_PLAN)
    assert "mem" in answer.raw.lower()


def test_a_wide_gap_ends_the_search(solver: Solver, tmp_path: Path) -> None:
    """What is within the gap asked for counts as optimal: of 100 + slack, one part in two is soon reached."""
    shifted = replace(hard(), offset=100.0)
    answer = solved(solver, shifted, tmp_path, Budget(seconds=20.0, gap=0.5))
    assert answer.status is Status.OPTIMAL
    assert answer.objective is not None and answer.bound is not None
    assert answer.objective - answer.bound <= 0.5 * answer.objective + 1e-6
    assert max(event.bound for event in answer.events if event.bound is not None) == pytest.approx(answer.bound)
    assert answer.seconds < 10.0


def test_a_stop_that_raises_ends_the_run(solver: Solver, tmp_path: Path) -> None:
    """What the caller raises comes out, and the solver does not go on."""

    def broken() -> bool:
        raise KeyboardInterrupt

    path = write_mps(hard(), tmp_path / "model.mps")
    with pytest.raises(KeyboardInterrupt):
        solver.solve(path, Budget(seconds=60.0), {}, broken)


def test_a_version_is_told(solver: Solver) -> None:
    """It is in the provenance of each run."""
    assert solver.version().strip()
    assert isinstance(solver, Solver)


def test_what_is_no_programme_fails(solver: Solver, tmp_path: Path) -> None:
    """A file that the solver cannot read is a failure of the run, not an exception."""
    path = tmp_path / "model.mps"
    path.write_text("NAME x\nROWS\n nonsense here too much\nENDATA\n")
    answer = solver.solve(path, AMPLE, {}, never)
    assert (answer.status, answer.x) == (Status.FAILED, None)
    assert answer.raw


def test_a_file_that_is_not_there_is_refused(solver: Solver, tmp_path: Path) -> None:
    """It is said before the solver begins."""
    with pytest.raises(UsageError, match="is not there; allowed: an MPS file"):
        solver.solve(tmp_path / "model.mps", AMPLE, {}, never)


def test_unknown_options_are_refused(solver: Solver, tmp_path: Path) -> None:
    """A solver would go on silently without them."""
    with pytest.raises(UsageError, match="no option 'no_such_option'"):
        solver.check_options({"no_such_option": 1})
    with pytest.raises(UsageError, match="no option 'no_such_option'"):
        solved(solver, knapsack(), tmp_path, no_such_option=1)


def begun(solver: Solver, matrices: Matrices, folder: Path, start: np.ndarray, seconds: float = 20.0) -> Answer:
    """What a solver answers that begins from a point; one that cannot is left out by its own word."""
    if not isinstance(solver, TakesStart):
        pytest.skip(f"{solver.name} cannot be given a point to begin from")
    path = write_mps(matrices, folder / "model.mps.gz")
    return solver.solve_from(path, Budget(seconds), {}, never, start)


@pytest.mark.parametrize("seconds", [0.2, 20.0])
def test_from_an_optimum_no_solver_gets_worse(solver: Solver, tmp_path: Path, seconds: float) -> None:
    """Even in a moment; with time it is proven."""
    matrices = SMALL["knapsack"]
    best = solved(solver, matrices, tmp_path)
    assert best.x is not None
    answer = begun(solver, matrices, tmp_path, np.round(best.x), seconds)
    assert_feasible(matrices, answer.x)
    assert answer.x is not None
    assert matrices.value(answer.x) == pytest.approx(least_by_trying(matrices), abs=1e-6)
    assert answer.status is Status.OPTIMAL or seconds < 1.0


def slack_alone(matrices: Matrices) -> np.ndarray:
    """The point of `hard` at which no part is taken: each row is made up by its first slack."""
    x = np.zeros(len(matrices.cost))
    x[~matrices.integer] = np.stack([matrices.row_lower, np.zeros(5)], axis=1).ravel()
    return x


@pytest.mark.nightly
def test_a_point_to_begin_from_is_there_at_once(solver: Solver, tmp_path: Path) -> None:
    """Of a programme that takes long the answer after a moment is at least as good as the start."""
    matrices = hard()
    start = slack_alone(matrices)
    assert np.allclose(matrices.rows @ start, matrices.row_lower)
    answer = begun(solver, matrices, tmp_path, start, 0.5)
    assert answer.status is Status.FEASIBLE
    assert_feasible(matrices, answer.x)
    assert answer.objective is not None and answer.objective <= matrices.value(start) + 1e-6


@pytest.mark.parametrize("case", SMALL)
@pytest.mark.parametrize("value", [0.0, 0.5, 1000.0])
@pytest.mark.some(3)
def test_a_start_that_breaks_rows_does_no_harm(solver: Solver, tmp_path: Path, case: str, value: float) -> None:
    """Each row or bound that it may break: the least value is found all the same, at a point that obeys them."""
    matrices = SMALL[case]
    answer = begun(solver, matrices, tmp_path, np.full(len(matrices.cost), value))
    assert answer.status is Status.OPTIMAL
    assert_feasible(matrices, answer.x)
    assert answer.objective == pytest.approx(least_by_trying(matrices), abs=1e-6)


def test_which_solvers_begin_from_a_point() -> None:
    """GLPK's search has no place for one, and the method of `solve` has its own."""
    assert {name for name in OURS if isinstance(solver_called(name), TakesStart)} == {"highs", "scip", "cbc"}
