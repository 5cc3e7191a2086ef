"""Rows found on the relaxation change no optimum of instances with every feature on."""

import pytest
from micro import micro

from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.matrices import Matrices
from routeplan.solver import highs
from routeplan.solver.solution import Ending, Limits
from routeplan.solving.cutting import with_cutting_planes

LIMITS = Limits(threads=1)


def least(problem: Matrices) -> float | None:
    outcome = highs.run(problem, LIMITS)
    return None if outcome.status is Ending.INFEASIBLE else outcome.objective


@pytest.mark.parametrize("seed", range(300, 330))
@pytest.mark.some(3)
def test_no_optimum_changes_with_every_feature_on(seed: int) -> None:
    """One-way links, hubs, sources at sites, decided things: the same optimum with and without the rows."""
    compiled = compile_model(build(micro(seed)))
    tight = with_cutting_planes(compiled, compiled.matrices, LIMITS)
    assert least(tight) == pytest.approx(least(compiled.matrices))
