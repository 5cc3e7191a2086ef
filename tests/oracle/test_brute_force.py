"""The model against brute force: both are given the same instances, and must find the same optimum."""

import pytest
from brute import optimum
from micro import micro

from routeplan.solving.solve import solve


@pytest.mark.parametrize("seed", range(240))
@pytest.mark.some(2)
def test_no_plan_is_better_than_the_optimum(seed: int) -> None:
    """Trying every plan of a random instance finds the status, objective and cost that solve reports."""
    instance = micro(seed)
    found, tried = solve(instance, gap=0.0, threads=1), optimum(instance)
    assert found.status == tried.status
    if tried.objective is None or tried.cost is None:
        assert (found.objective, found.cost) == (None, None)
    else:
        assert found.objective == pytest.approx(tried.objective, rel=1e-6, abs=1e-6)
        assert found.cost == pytest.approx(tried.cost, rel=1e-6, abs=1e-6)
