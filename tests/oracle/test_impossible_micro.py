"""What is named as impossible, on random instances with random decisions and caps: the solver finds no plan either."""

from random import Random

import pandas as pd
import pytest
from micro import micro

from routeplan.errors import DataError
from routeplan.instance.impossible import impossible
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
from routeplan.result.result import Status
from routeplan.schema.frames import typed
from routeplan.schema.inputs import DECIDED, TARGETS
from routeplan.solving.solve import solve

SEEDS = range(40)


def hemmed_in(seed: int) -> Instance | None:
    """A random instance with options decided for and against, and a hard cap; None where rules refuse these."""
    instance, random = micro(seed), Random(seed)
    periods = instance["periods"]["period"].tolist()
    options = instance["options"][["process", "route"]].to_numpy().tolist()
    drawn = {
        (*random.choice(options), random.choice(periods)): random.randint(0, 1) for _ in range(random.randint(1, 4))
    }
    rows = [("runs", process, route, period, value) for (process, route, period), value in drawn.items()]
    decided = typed(DECIDED, pd.DataFrame(rows, columns=DECIDED.names))
    cap = pd.DataFrame([("all", random.choice(periods), round(random.uniform(0, 8), 2), None)], columns=TARGETS.names)
    try:
        return instance.replace(decided=decided, targets=typed(TARGETS, cap))
    except DataError:
        return None


@pytest.mark.parametrize("seeds", [SEEDS[at : at + 8] for at in range(0, 40, 8)], ids=str)
@pytest.mark.nightly
def test_what_is_named_has_no_plan(seeds: range) -> None:
    """No instance that has a plan is called impossible; and some are called so, or this would prove nothing."""
    named = 0
    for seed in seeds:
        instance = hemmed_in(seed)
        if instance is not None and impossible(Options(instance)):
            named += 1
            assert solve(instance, threads=1).status is Status.INFEASIBLE, seed
    assert named > 0
