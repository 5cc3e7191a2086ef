"""Links that are left out of generated instances: too dear to be in a best plan, also where networks are worth it."""

import pytest

from routeplan.estimate import assemble
from routeplan.generate.generate import generate
from routeplan.generate.knobs import Knobs
from routeplan.instance.instance import Instance
from routeplan.network.prune import prune_by_cost
from routeplan.solving.solve import solve

WORTH_IT = Knobs(hydrogen_price=0.5, storage_price=0.5, headroom=0.3, candidate_links=4)
"""Cheap hydrogen and storage beside a full grid, and more links to choose from than by default."""

TESTED = [(60, "G06", 2), (120, "G14", 1), (120, "G14", 3)]
"""Sites asked for, area and seed; 8 to 12 sites are left."""


@pytest.mark.nightly
@pytest.mark.parametrize(("count", "area", "seed"), TESTED)
def test_a_best_plan_with_all_links_costs_as_much(
    count: int, area: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenth of the candidates at least is left out, links are built, and the least cost is the same, proven."""
    pruned = generate(count, seed, knobs=WORTH_IT, areas=[area]).instance
    monkeypatch.setattr(assemble, "prune_by_cost", lambda instance: instance["links"])
    whole = generate(count, seed, knobs=WORTH_IT, areas=[area]).instance
    assert 8 <= len(whole["sites"]) <= 12
    assert candidates(pruned) < 0.9 * candidates(whole)
    assert set(pruned["links"]["link"]) == set(prune_by_cost(whole)["link"])
    least, all_links = (solve(instance, gap=0.0, threads=1) for instance in (pruned, whole))
    assert len(all_links["built"]) > 0
    assert least.objective == pytest.approx(all_links.objective, rel=1e-6)


def candidates(instance: Instance) -> int:
    return int((instance["links"]["status"] == "candidate").sum())
