"""Rows found on the relaxation: they can be left out, and change no optimum."""

import threading
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from junction import JUNCTION, joined
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.matrices import Matrices
from routeplan.model.program import Program
from routeplan.solver import highs
from routeplan.solver.solution import Ending, Limits
from routeplan.solving.cutting import with_cutting_planes
from small import small

LIMITS = Limits(threads=1)


def compiled(instance: Instance) -> Program:
    return compile_model(build(instance))


def tight(model: Program, rounds: int = 8) -> Matrices:
    return with_cutting_planes(model, model.matrices, LIMITS, rounds)


@cache
def strewn(seed: int) -> tuple[Program, Matrices]:
    """A random network, compiled, and with the rows that are found for it."""
    model = compiled(joined(seed))
    return model, tight(model)


def least(problem: Matrices) -> float | None:
    outcome = highs.run(problem, LIMITS)
    return None if outcome.status is Ending.INFEASIBLE else outcome.objective


def test_without_rounds_nothing_is_added() -> None:
    """It can be switched off."""
    model = compiled(small(**JUNCTION))
    assert tight(model, rounds=0) is model.matrices


def test_the_relaxation_reaches_the_optimum() -> None:
    """The kiln's burner and a whole trunk: 4 x 0.5 + 4 x 0.6 + 0.4 for the burner, 0.4 and 0.004 for the pipes."""
    assert least(tight(compiled(small(**JUNCTION))).relaxed()) == pytest.approx(5.204)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.some(2)
def test_no_optimum_changes(seed: int) -> None:
    """With and without the rows, and the bound of the relaxation lies between."""
    model, problem = strewn(seed)
    best = least(model.matrices)
    assert least(problem) == pytest.approx(best)
    assert least(model.matrices.relaxed()) - 1e-9 <= least(problem.relaxed()) <= best + 1e-9


@pytest.mark.nightly
def test_most_of_these_have_rows() -> None:
    """So that the test above is about something."""
    rows = [problem.rows.shape[0] - model.matrices.rows.shape[0] for model, problem in map(strewn, range(20))]
    assert np.count_nonzero(rows) >= 10


def test_a_stop_ends_the_rounds() -> None:
    """Ctrl-C before the first round: nothing is added."""
    model, stop = compiled(small(**JUNCTION)), threading.Event()
    stop.set()
    assert with_cutting_planes(model, model.matrices, replace(LIMITS, stop=stop.is_set)) is model.matrices


def test_an_impossible_problem_stays_as_it_is() -> None:
    """Nothing is learnt from a relaxation without a point."""
    model = compiled(small(**JUNCTION))
    columns = model.matrices.rows.shape[1]
    nothing = model.matrices.with_fixed(np.ones(columns, dtype=bool), np.full(columns, -1.0))
    assert with_cutting_planes(model, nothing, LIMITS) is nothing
