"""Minimal blocker sets, each against sets that are found by trying every one of them."""

import sys
from itertools import chain, combinations
from pathlib import Path

import pytest

from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from routeplan.solver.solution import Limits
from routeplan.solving.solve import solve
from routeplan.why import blockers as module
from routeplan.why.blockers import blockers
from routeplan.why.lifted import liftable
from routeplan.why.limit import Kind, Limit
from routeplan.why.project import Planned, Project, project

sys.path.insert(0, str(Path(__file__).parents[1] / "oracle"))

from lifted_by_hand import feasible
from micro import micro

TRIED = 2
"""Most limits in a set of which all are tried."""


def plan_of(instance: Instance) -> Result | None:
    result = solve(instance, gap=1e-6)
    return result if result.objective is not None else None


def projects_of(instance: Instance) -> list[tuple[str, str, int]]:
    """One option in one period for each process: the last that is not current, in the first period."""
    options = instance["options"]
    new = options[options["current"] == 0].groupby("process")["route"].last()
    return [(process, route, int(instance.horizon.first[0])) for process, route in new.items()]


OF_PROCESSES = (Kind.LEAD_TIME, Kind.STOP, Kind.SUPPORT)


def of_concern(limits: tuple[Limit, ...], instance: Instance, process: str) -> tuple[Limit, ...]:
    """Limits without those of other processes, which stay as they are, and without supply of other regions."""
    site = instance["processes"].set_index("process")["site"][process]
    zones = ("all", instance["sites"].set_index("site")["region"][site])
    return tuple(
        limit
        for limit in limits
        if (limit.kind not in OF_PROCESSES or limit.place[0] == process)
        and (limit.kind is not Kind.SUPPLY or limit.place[1] in zones)
    )


def tried(
    instance: Instance, plan: Result, wanted: tuple[str, str, int], limits: tuple[Limit, ...]
) -> set[frozenset[Limit]]:
    """Every minimal set of at most `TRIED` limits, by trying them."""
    found: set[frozenset[Limit]] = set()
    for chosen in chain.from_iterable(combinations(limits, size) for size in range(TRIED + 1)):
        each = frozenset(chosen)
        if not any(known <= each for known in found) and feasible(instance, plan, wanted, each):
            found.add(each)
    return found


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(200))
def test_every_set_is_that_found_by_trying(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", TRIED)
    monkeypatch.setattr(module, "MOST_SETS", 10**6)
    instance = micro(seed)
    plan = plan_of(instance)
    if plan is None:
        pytest.skip("the instance has no plan")
    liftable_ = liftable(instance)
    for wanted in projects_of(instance)[:1]:
        forced: Project | None = project(Planned(liftable_, plan.tables), *wanted[:2]).forced(*wanted[1:])
        found = blockers(forced, Limits())
        small = {each for each in found.sets if len(each) <= TRIED}
        expected = tried(instance, plan, wanted, of_concern(liftable_.limits, instance, wanted[0]))
        assert found.complete
        assert found.possible is (frozenset() in expected)
        assert small == expected - {frozenset()}
