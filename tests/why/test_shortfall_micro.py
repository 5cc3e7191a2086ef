"""Shortfall on random instances: what it tells is tried in the tables, limit by limit."""

import sys
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from granted import granted, holding

from routeplan.errors import DataError
from routeplan.instance.instance import Instance
from routeplan.schema.frames import typed
from routeplan.schema.inputs import DECIDED, TARGETS
from routeplan.solving.solve import solve
from routeplan.why.limit import Kind
from routeplan.why.shortfall import Shortfall, shortfall

sys.path.insert(0, str(Path(__file__).parents[1] / "oracle"))

from micro import micro

AMOUNTS = {
    "headroom": ["firm", "flexible"],
    "sources": ["capacity"],
    "supply": ["quantity"],
    "budgets": ["amount"],
    "sizes": ["capacity"],
    "hubs": ["capacity"],
}

OF_AMOUNTS = {Kind.TARGET, Kind.POT, Kind.GRID, Kind.SUPPLY, Kind.SOURCE, Kind.HUB_CAPACITY}
"""Kinds that a hundredth less of is tried; more of a link that is built in two sizes counts twice in the tables."""

NOT_IN_TABLES = {Kind.SUPPORT, Kind.ROUTE, Kind.LINK_CAPACITY}
"""Kinds that no table lifts or grants one by one."""


def hemmed_in(seed: int) -> Instance | None:
    """A random instance with options decided, a hard cap and little room; None where rules refuse these."""
    instance, random = micro(seed), Random(seed + 10**6)
    periods = instance["periods"]["period"].tolist()
    options = instance["options"][["process", "route"]].to_numpy().tolist()
    drawn = {(*random.choice(options), random.choice(periods)): random.choice([1, 1, 1, 0]) for _ in range(3)}
    rows = [("runs", process, route, period, value) for (process, route, period), value in drawn.items()]
    changed = {"decided": typed(DECIDED, pd.DataFrame(rows, columns=DECIDED.names))}
    if random.random() < 0.5:
        cap = [("all", random.choice(periods), round(random.uniform(0, 8), 2), None)]
        changed["targets"] = typed(TARGETS, pd.DataFrame(cap, columns=TARGETS.names))
    for name, columns in AMOUNTS.items():
        if random.random() < 0.5:
            changed[name] = instance[name]
            changed[name][columns] *= random.choice([0.1, 0.3, 0.6])
    try:
        return instance.replace(**changed)
    except DataError:
        return None


def has_plan(instance: Instance) -> bool:
    return solve(instance, threads=1).status.has_plan


def the_excesses_are_smallest(instance: Instance, told: Shortfall) -> None:
    """All of them make a plan; all but one do not, nor with a hundredth less of one."""
    missing = [(each.limit, each.amount) for each in told.excesses]
    assert has_plan(granted(instance, [(limit, amount * (1.0 + 1e-6)) for limit, amount in missing]))
    for number, (limit, amount) in enumerate(missing):
        rest = missing[:number] + missing[number + 1 :]
        assert not has_plan(granted(instance, rest)), limit
        if limit.kind in OF_AMOUNTS:
            assert not has_plan(granted(instance, [*rest, (limit, 0.99 * amount)])), limit


def the_conflict_is_minimal(instance: Instance, told: Shortfall) -> None:
    """There is no plan in which the group holds and all else is lifted; without any limit of it there is one."""
    assert not has_plan(holding(instance, told.conflict))
    for limit in told.conflict:
        assert has_plan(holding(instance, [each for each in told.conflict if each is not limit])), limit


@pytest.mark.nightly
@pytest.mark.parametrize("seeds", [range(at, at + 6) for at in range(0, 60, 6)], ids=str)
def test_what_is_told_of_random_instances_holds_in_their_tables(seeds: range) -> None:
    """Of instances with and without a plan; some lack one, or this would prove nothing."""
    tried = 0
    for seed in seeds:
        instance = hemmed_in(seed)
        if instance is None:
            continue
        told = shortfall(instance, threads=1)
        assert told.possible is has_plan(instance), seed
        if told.possible:
            continue
        assert told.smallest, seed
        assert told.minimal, seed
        tried += 1
        if not (NOT_IN_TABLES - {Kind.LINK_CAPACITY}) & {each.limit.kind for each in told.excesses}:
            the_excesses_are_smallest(instance, told)
        if not NOT_IN_TABLES & {limit.kind for limit in told.conflict}:
            the_conflict_is_minimal(instance, told)
    assert tried > 0
