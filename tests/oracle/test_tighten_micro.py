"""Rows found on the relaxation change no optimum of instances with every feature on."""

import threading

import pytest
from micro import micro

from routeplan import highs
from routeplan.highs import Answer, Effort
from routeplan.matrices import Matrices
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.solving.tighten import tightened

EFFORT = Effort(threads=1)


def least(problem: Matrices) -> float | None:
    outcome = highs.run(problem, EFFORT)
    return None if outcome.answer is Answer.INFEASIBLE else outcome.objective


@pytest.mark.parametrize("seed", range(300, 330))
def test_no_optimum_changes_with_every_feature_on(seed: int) -> None:
    """One-way links, hubs, sources at sites, decided things: the same optimum with and without the rows."""
    compiled = compile_model(build(micro(seed)))
    tight = tightened(compiled, compiled.matrices, EFFORT, threading.Event())
    assert least(tight) == pytest.approx(least(compiled.matrices))
