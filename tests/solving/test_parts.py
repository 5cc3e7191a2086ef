"""A bound by parts: never above the optimum, never below the relaxation, and found part by part."""

import threading

import numpy as np
import pytest
from scipy import sparse

from junction import joined
from routeplan.instance.horizon import FloatArray
from routeplan.model.compile import program_of
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver import highs
from routeplan.solver.session import Session
from routeplan.solver.solution import Limits, Relaxation, dual_bound
from routeplan.solving import parts
from routeplan.solving.course import Course
from routeplan.solving.large import PARTS, by_parts
from routeplan.solving.methods import Task
from routeplan.solving.neighbourhood import PartSolver
from routeplan.solving.parts import bound_of_parts, parts_of
from routeplan.solving.progress import ProgressLog
from routeplan.solving.relaxed import relaxed
from routeplan.solving.search import Others, searched
from routeplan.solving.start import Start
from small import crowd

LIMITS = Limits(threads=1, gap=1e-9)


def relaxation(matrices: Matrices) -> Relaxation:
    with Session(matrices.relaxed(), LIMITS) as session:
        found = session.solve()
    assert found.x is not None and found.duals is not None
    return Relaxation(matrices, found.x, found.duals)


def bound(matrices: Matrices, most: int, known: float = np.inf) -> float:
    return bound_of_parts(relaxation(matrices), known, LIMITS, lambda objective, bound: None, most)


def knapsacks() -> Matrices:
    """Two pairs of things to leave undone, at least 3 of sizes 2 and 2 in each pair, and one row that joins all.

    Each pair alone: both must be done, as one gives 2: cost 1 + 1 = 2, while its relaxation takes 1.5 of them. The row
    that joins them allows three in all, so that nothing is feasible with whole numbers but for what is beyond it.
    """
    rows = np.array([[2.0, 2.0, 0.0, 0.0], [0.0, 0.0, 2.0, 2.0], [1.0, 1.0, 1.0, 1.0]])
    return Matrices(
        rows=sparse.csc_array(rows),
        row_lower=np.array([3.0, 3.0, -np.inf]),
        row_upper=np.array([np.inf, np.inf, 4.0]),
        lower=np.zeros(4),
        upper=np.ones(4),
        cost=np.ones(4),
        offset=10.0,
        integer=np.ones(4, dtype=bool),
    )


def test_parts_of_two_knapsacks() -> None:
    """Two columns a part: the relaxation costs 10 + 2 x 1.5, whole numbers 10 + 2 x 2, which parts prove."""
    matrices = knapsacks()
    found = [(part.columns.tolist(), part.rows.tolist()) for part in parts_of(matrices, 2)]
    assert found == [([0, 1], [0]), ([2, 3], [1])]
    assert relaxation(matrices).bound == pytest.approx(13.0)
    assert bound(matrices, 2) == pytest.approx(14.0)


@pytest.mark.parametrize("most", [1, 10, 40, 200, 10**6])
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.some(4)
def test_the_bound_lies_between_relaxation_and_optimum(seed: int, most: int) -> None:
    """However large parts may be; where one part is the whole, its bound is the optimum."""
    matrices = program_of(joined(seed)).matrices
    optimum = highs.run(matrices, LIMITS)
    assert optimum.x is not None and optimum.objective is not None
    found, slack = bound(matrices, most, optimum.objective), 1e-6 * max(1.0, abs(optimum.objective))
    assert relaxation(matrices).bound - slack <= found <= optimum.objective + slack
    if most == 10**6:
        assert found == pytest.approx(optimum.objective, rel=1e-6)


@pytest.mark.parametrize("most", [10, 100, 1000])
def test_parts_share_nothing_and_are_no_larger_than_allowed(most: int) -> None:
    """Each column and row is in one part at most, rows have columns of their part alone, and prices prove no less."""
    matrices = program_of(crowd(12)).matrices
    found = list(parts_of(matrices, most))
    for taken in ([part.columns for part in found], [part.rows for part in found]):
        each = np.concatenate(taken)
        assert len(np.unique(each)) == len(each)
    for part in found:
        assert len(part.columns) <= most
        assert np.isin(matrices.by_row[part.rows].indices, part.columns).all()
    priced = relaxation(matrices)
    inside = np.zeros(matrices.rows.shape[0], dtype=bool)
    inside[np.concatenate([part.rows for part in found])] = True
    cost = matrices.cost - matrices.rows.T @ np.where(inside, 0.0, priced.duals)
    alone = np.ones(matrices.rows.shape[1], dtype=bool)
    alone[np.concatenate([part.columns for part in found])] = False
    total = dual_bound(matrices, np.where(inside, 0.0, priced.duals)) - matrices.least(cost)
    total += matrices.restricted_to(alone).least(cost[alone])
    total += sum(dual_bound(part.program(matrices, cost), priced.duals[part.rows]) for part in found)
    assert total == pytest.approx(priced.bound, rel=1e-9)


def test_a_bound_above_a_known_point_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that errs proves nothing; what prices prove stays."""
    matrices = knapsacks()
    monkeypatch.setattr(parts, "_proven", lambda program, limits: 99.0)
    assert bound(matrices, 2, matrices.value(np.ones(4))) == pytest.approx(13.0)


def test_a_part_that_is_called_infeasible_proves_nothing() -> None:
    """The whole has points, so that the answer is wrong; here it is right, and all the same not for a part to say."""
    matrices = knapsacks()
    priced = relaxation(matrices)
    impossible = Relaxation(matrices.with_numbers(row_lower=np.array([3.0, 5.0, -np.inf])), priced.x, priced.duals)
    found = bound_of_parts(impossible, np.inf, LIMITS, lambda objective, bound: None, 2)
    # The other part is lifted by 0.5; of the impossible one counts what prices prove: 5 instead of 3 at the price 0.5.
    assert found == pytest.approx(impossible.bound + 0.5)


def test_a_stop_ends_it_with_what_is_proven() -> None:
    """Before the first part: what prices prove."""
    stop = threading.Event()
    stop.set()
    stopped = Limits(threads=1, stop=stop.is_set)
    matrices = knapsacks()
    assert bound_of_parts(relaxation(matrices), np.inf, stopped, lambda objective, bound: None, 2) == pytest.approx(
        13.0
    )


@pytest.mark.parametrize("threads", [1, None])
def test_parts_are_a_stage_of_the_search(threads: int | None) -> None:
    """The search of the whole goes on from their bound, and ends at the optimum."""
    program, task = program_of(joined(9)), Task(Limits(threads=threads, gap=0.0), ProgressLog())
    found = searched(program, task, Others(beside=(nothing,), bounders=(by_parts,)))
    optimum = highs.run(program.matrices, LIMITS)
    assert found.bound == pytest.approx(optimum.objective) == pytest.approx(program.matrices.value(found.x))
    assert PARTS in {entry.stage for entry in task.progress.entries}


def test_what_parts_prove_is_told_so() -> None:
    """Where their bound does, the search of the whole is not needed, and the stage that has proven it is told."""
    program = program_of(joined(9))
    optimum = highs.run(program.matrices, LIMITS)
    task = Task(Limits(threads=1, gap=1e-6), ProgressLog(), Start(x=optimum.x))
    assert program.matrices.rows.shape[1] <= parts.MOST  # one part, so that its bound is the optimum
    tight = relaxed(program.matrices, LIMITS)
    assert tight is not None
    assert tight.relaxation.bound < optimum.objective - 1e-3  # which the relaxation does not prove
    found = searched(program, task, Others(bounders=(by_parts,)))
    assert (found.proven, found.found_by, found.proved_by) == (True, "start", PARTS)


def nothing(program: Program, relaxed: FloatArray | None, solver: PartSolver, task: Task, course: Course) -> None:
    """Finds no point."""
