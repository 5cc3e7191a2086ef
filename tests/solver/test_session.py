"""A program that stays in the solver: changed, solved again, with prices and bounds that can be trusted."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from test_highs import hard, program

from routeplan.errors import FaultError, UsageError
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.solver import session as session_module
from routeplan.solver.highs import run
from routeplan.solver.session import Session
from routeplan.solver.solution import Ending, Limits, dual_bound
from routeplan.solver.worker import any_abandoned
from small import crowd

# Bread at 2 and cake at 3 M EUR: at least 4 of both together, at most 3 of bread. Best: 3 and 1, 9 in all.
SHOP = program([2, 3], [[1, 1]], [4], [np.inf], 10, whole=False)
SHOP = replace(SHOP, upper=np.array([3.0, 10.0]))


def test_a_linear_program_has_prices() -> None:
    """One more of both costs 3, another cake; one more of bread would save 1."""
    with Session(SHOP, Limits()) as session:
        found = session.solve()
    assert found.x.tolist() == pytest.approx([3.0, 1.0])
    assert (found.objective, found.bound) == (pytest.approx(9.0), pytest.approx(9.0))
    assert found.duals.tolist() == pytest.approx([3.0])
    assert found.reduced_costs.tolist() == pytest.approx([-1.0, 0.0])


def test_a_program_with_whole_numbers_has_none() -> None:
    """Prices of a mixed-integer program do not exist."""
    with Session(replace(SHOP, integer=np.array([True, True])), Limits()) as session:
        found = session.solve()
    assert (found.objective, found.duals, found.reduced_costs) == (pytest.approx(9.0), None, None)


def test_changes_are_solved_from_where_it_was() -> None:
    """Each change moves the best by what the arithmetic says."""
    with Session(SHOP, Limits()) as session:
        assert session.solve().objective == pytest.approx(9.0)
        session.change_costs(np.array([1]), np.array([1.0]))  # cake at 1: four cakes
        assert session.solve().objective == pytest.approx(4.0)
        session.change_bounds(np.array([1]), np.array([0.0]), np.array([1.0]))  # one cake at most: 3 x 2 + 1
        assert session.solve().objective == pytest.approx(7.0)
        session.change_row_bounds(np.array([0]), np.array([2.0]), np.array([np.inf]))  # two will do: 1 + 2
        assert session.solve().objective == pytest.approx(3.0)
        session.add_rows(sparse.csr_array([[0.0, 1.0]]), np.array([-np.inf]), np.array([0.5]))  # half a cake: 0.5 + 3
        assert session.solve().objective == pytest.approx(3.5)
        pie = sparse.csc_array([[1.0], [0.0]])
        session.add_columns(pie, np.array([0.25]), np.array([0.0]), np.array([1.0]))  # a pie at 0.25: 0.25 + 0.5 + 1
        found = session.solve()
        assert found.objective == pytest.approx(1.75)
        assert session.matrices.value(found.x) == pytest.approx(1.75)


def test_what_is_made_impossible_can_be_mended() -> None:
    """Fifty of both are not to be had; four are again."""
    with Session(SHOP, Limits()) as session:
        session.change_row_bounds(np.array([0]), np.array([50.0]), np.array([np.inf]))
        assert session.solve().status is Ending.INFEASIBLE
        session.change_row_bounds(np.array([0]), np.array([4.0]), np.array([np.inf]))
        assert session.solve().objective == pytest.approx(9.0)


def test_a_change_that_the_solver_refuses_is_a_fault() -> None:
    """There is no seventh column."""
    with Session(SHOP, Limits()) as session, pytest.raises(FaultError) as refused:
        session.change_bounds(np.array([6]), np.array([0.0]), np.array([1.0]))
    assert str(refused.value) == "the solver does not take changeColsBounds"


@pytest.mark.parametrize("method", ["simplex", "ipm", "pdlp"])
def test_each_method_for_linear_programs_finds_the_same(method: str) -> None:
    """The relaxation of a hard program: the same value, to what first-order methods reach."""
    relaxed = hard(30, 3).relaxed()
    with Session(relaxed, Limits()) as session:
        best = session.solve().objective
    with Session(relaxed, Limits(options={"solver": method})) as session:
        found = session.solve()
    assert found.status is Ending.OPTIMAL
    assert found.objective == pytest.approx(best, rel=1e-3)
    assert found.bound <= best + 1e-3 * abs(best)


@pytest.mark.parametrize("seed", range(20))
def test_any_prices_prove_a_bound(seed: int) -> None:
    """Weak duality: whatever the prices, the bound is no higher than the best; the best prices reach it."""
    random = np.random.default_rng(seed)
    relaxed = replace(hard(12, 3, seed).relaxed(), offset=7.0)
    with Session(relaxed, Limits()) as session:
        best = session.solve()
    assert dual_bound(relaxed, best.duals) == pytest.approx(best.objective)
    for _ in range(10):
        assert dual_bound(relaxed, random.normal(size=3)) <= best.objective + 1e-9


def test_prices_that_count_on_no_bound_count_for_nothing() -> None:
    """The row has no upper bound: a price below 0 is taken as 0, and what is left is 0 x cost."""
    assert dual_bound(SHOP, np.array([-5.0])) == 0.0
    assert dual_bound(SHOP, np.array([2.5])) == pytest.approx(4 * 2.5 + (2 - 2.5) * 3)


def test_a_linear_program_that_is_stopped_early_has_a_bound_that_holds() -> None:
    """After some iterations of the simplex method: told apart from a limit on time, and never above the best."""
    relaxed = hard(400, 60).relaxed()
    with Session(relaxed, Limits()) as session:
        best = session.solve().objective
    options = {"simplex_iteration_limit": 20, "presolve": "off"}
    with Session(relaxed, Limits(options=options)) as session:
        stopped = session.solve()
    assert stopped.status is Ending.ITERATION_LIMIT
    assert stopped.bound <= best + 1e-6 * abs(best)


@pytest.mark.nightly
def test_a_deadline_is_that_of_each_run() -> None:
    """Seconds do not add up over the runs of a session."""
    with Session(hard(), Limits(threads=1)) as session:
        for _ in range(2):
            begun = time.monotonic()
            assert session.solve(deadline=begun + 1.0).status is Ending.TIME_LIMIT
            assert time.monotonic() - begun >= 0.5


def test_a_session_that_is_interrupted_gives_its_run_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Ctrl-C in the waiting thread is raised there at once, and ends the run in the other."""
    session, begun = (
        Session(hard(), Limits(threads=1), on_bounds=lambda objective, bound: begun.set()),
        threading.Event(),
    )

    def press(*given: object) -> None:
        begun.wait(30.0)
        raise KeyboardInterrupt

    monkeypatch.setattr("concurrent.futures.Future.result", press)
    with pytest.raises(KeyboardInterrupt):
        session.solve()
    monkeypatch.undo()
    session.close()
    assert session.ended.wait(30.0)


@pytest.mark.nightly
def test_a_run_that_does_not_end_hands_over_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS is not told of the deadline, as in a presolve that does not hear it: its last point and bound count."""
    deaf = Session._run
    monkeypatch.setattr(Session, "_run", lambda session, until, start: deaf(session, float("inf"), start))
    problem = hard()
    found = run(problem, Limits(deadline=time.monotonic() + 2.0, threads=1))
    assert found.status is Ending.TIME_LIMIT
    assert (problem.rows @ found.x <= problem.row_upper + 1e-6).all()
    assert found.bound < found.objective == pytest.approx(problem.value(found.x))


@pytest.mark.nightly
def test_a_run_that_never_says_anything_hands_over_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked to stop before it has found anything; the session is of no use any more, and says so."""
    silent = threading.Event()
    monkeypatch.setattr(Session, "_run", lambda session, until, start: silent.wait())
    asked = threading.Event()
    problem = hard(12, 3)
    with Session(problem, Limits(stop=asked.is_set)) as session:
        threading.Timer(0.2, asked.set).start()
        found = session.solve(start=np.zeros(12))
        assert found.status is Ending.INTERRUPTED
        assert (found.objective, found.bound) == (0.0, -np.inf)
        assert any_abandoned()
        with pytest.raises(FaultError, match="still at work on a run that was given up"):
            session.change_costs(np.array([0]), np.array([1.0]))
    silent.set()


def test_a_run_whose_time_is_up_is_not_begun() -> None:
    """What is known before is handed over."""
    with Session(hard(12, 3), Limits(deadline=time.monotonic() - 1.0)) as session:
        found = session.solve(start=np.zeros(12))
    assert (found.status, found.objective) == (Ending.TIME_LIMIT, 0.0)


def test_changes_that_fit_no_column_are_refused() -> None:
    """Too few numbers, or one that is none, never reach the solver."""
    with Session(SHOP, Limits()) as session:
        for cost in (np.array([7.0]), np.array([7.0, np.nan])):
            with pytest.raises(UsageError, match="changeColsCost takes a number, not NaN, for each of 2 places"):
                session.change_costs(np.array([0, 1]), cost)
        assert session.solve().objective == pytest.approx(9.0)


def test_a_session_that_is_closed_says_so() -> None:
    """It has no thread any more that could solve anything."""
    with Session(SHOP, Limits()) as session:
        pass
    with pytest.raises(FaultError, match="the session is closed"):
        session.solve()


@pytest.mark.parametrize("where", ["stop", "on_bounds"])
def test_what_a_function_of_the_caller_raises_is_raised(where: str) -> None:
    """Not a fault of the solver: the caller's own error comes back, and the run ends."""

    def wrong(*given: object) -> bool:
        raise ZeroDivisionError(where)

    limits = Limits(threads=1, stop=wrong) if where == "stop" else Limits(threads=1)
    with pytest.raises(ZeroDivisionError, match=where):
        run(hard(), limits, on_bounds=wrong if where == "on_bounds" else None)


def test_options_that_cut_points_off_prove_nothing() -> None:
    """With `objective_bound` HiGHS calls a program infeasible that has points; without, it finds the best."""
    found = run(hard(12, 3), Limits(options={"objective_bound": -1e9}))
    plain = run(hard(12, 3), Limits())
    assert (found.status, found.objective) == (Ending.OPTIMAL, pytest.approx(plain.objective))


def test_a_point_that_others_find_meanwhile_is_taken() -> None:
    """Offered once the search has begun, it is the best known soon, and the search can end with it."""
    matrices = compile_model(build(crowd(30))).matrices
    good = run(matrices, Limits(gap=0.2, threads=1))
    asked, best = [0], [np.inf]

    def offers() -> np.ndarray | None:
        asked[0] += 1
        return good.x if asked[0] == 2 else None

    def learn(objective: float | None, bound: float | None) -> None:
        best[0] = np.inf if objective is None else objective

    enough = Limits(threads=1, stop=lambda: best[0] <= good.objective + 1e-6, deadline=time.monotonic() + 60.0)
    found = run(matrices, enough, on_bounds=learn, offers=offers)
    assert asked[0] >= 2
    assert found.status is Ending.INTERRUPTED
    assert found.objective <= good.objective + 1e-6


def test_the_best_point_on_the_way_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS hands over the start instead of what it has found since: the better one, which it reported, counts."""
    whole = replace(SHOP, integer=np.array([True, True]))
    start = np.array([0.0, 10.0])  # ten cakes, for 30; the best costs 9
    honest = session_module._solution
    monkeypatch.setattr(
        session_module, "_solution", lambda highs, of: replace(honest(highs, of), x=start, objective=of.value(start))
    )
    with Session(whole, Limits(threads=1), presolve=False) as session:
        found = session.solve(start=start)
    assert (found.objective, whole.value(found.x)) == (pytest.approx(9.0), pytest.approx(9.0))
