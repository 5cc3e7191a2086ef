"""The relaxation of what presolve leaves: between that of the program and its optimum, at a point of the program."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from junction import joined
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.matrices import Matrices
from routeplan.solver import highs
from routeplan.solver.presolve import Presolve
from routeplan.solver.solution import Ending, Limits, Option
from routeplan.solving.relaxed import relaxed
from routeplan.tolerances import FEASIBILITY

LIMITS = Limits(threads=1)


def program(seed: int) -> Matrices:
    """A random network."""
    return compile_model(build(joined(seed))).matrices


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.some(2)
def test_its_bound_lies_between_the_relaxation_and_the_optimum(seed: int) -> None:
    """On random networks; its point obeys every row of the program, and costs what is proven."""
    matrices = program(seed)
    best, plain = highs.run(matrices, LIMITS), highs.run(matrices.relaxed(), LIMITS)
    assert best.status is plain.status is Ending.OPTIMAL
    found = relaxed(matrices, LIMITS)
    assert found is not None
    bound, slack = found.relaxation.bound, FEASIBILITY * max(1.0, abs(best.objective))
    assert plain.objective - slack <= bound <= best.objective + slack
    assert matrices.relaxed().excess(found.x) <= FEASIBILITY
    assert matrices.value(found.x) == pytest.approx(bound)


@pytest.mark.nightly
def test_it_is_tighter_in_most_of_these() -> None:
    """So that the test above is about something: of some part of them presolve leaves something, and tightens it."""
    lifted = []
    for seed in range(40):
        matrices = program(seed)
        found, plain = relaxed(matrices, LIMITS), highs.run(matrices.relaxed(), LIMITS)
        assert found is not None
        lifted.append(found.relaxation.bound > plain.objective + 1e-3)
    assert np.count_nonzero(lifted) >= 10


@pytest.mark.parametrize("options", [{"presolve": "off"}, {"user_bound_scale": -3}, {"user_objective_scale": 2}])
def test_without_presolve_it_is_that_of_the_program(options: dict[str, Option]) -> None:
    """Switched off by the user, or in units of the user's, in which nothing of presolve is taken."""
    matrices = program(3)
    found = relaxed(matrices, replace(LIMITS, options=options))
    assert found is not None
    assert found.relaxation.matrices is matrices
    assert found.relaxation.bound == pytest.approx(highs.run(matrices.relaxed(), LIMITS).objective)


def test_a_point_of_what_is_left_is_one_of_the_program() -> None:
    """The optimum of what presolve leaves is that of the program, restored in all its columns."""
    matrices = program(3)
    with Presolve(matrices, LIMITS) as presolve:
        left = presolve.reduced()
        assert left is not None
        assert left.rows.shape[1] < matrices.rows.shape[1]
        found = highs.run(left, LIMITS)
        x = presolve.restored(found.x)
    assert matrices.excess(x) <= FEASIBILITY
    assert matrices.value(x) == pytest.approx(found.objective)
    assert found.objective == pytest.approx(highs.run(matrices, LIMITS).objective)


def test_a_stop_is_heard_before_the_relaxation() -> None:
    """Nothing is known then."""
    stop = threading.Event()
    stop.set()
    assert relaxed(program(3), replace(LIMITS, stop=stop.is_set)) is None


def test_a_program_without_point_has_no_relaxation() -> None:
    """Every column is held at -1, which no row allows."""
    matrices = program(3)
    columns = matrices.rows.shape[1]
    assert relaxed(matrices.with_fixed(np.ones(columns, dtype=bool), np.full(columns, -1.0)), LIMITS) is None
