"""Attribution of costs in the plans of random instances, which hold every feature of the format."""

import pytest
from micro import micro

from attributed import sums_to_the_plan
from routeplan.solving.solve import solve


@pytest.mark.parametrize("seed", range(240))
@pytest.mark.some(1)
def test_the_sites_of_a_random_instance_bear_the_cost_of_its_plan(seed: int) -> None:
    """Term by term and period by period, and in all."""
    result = solve(micro(seed), threads=1)
    if result.status.has_plan:
        sums_to_the_plan(result)
