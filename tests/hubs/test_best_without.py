"""What a group saves is held against the best that its members can do without the hub, however poor the plan without.

A source suffices for one kiln at the price of the hub. So without the hub the best is that one of the kilns that are
free moves, which saves what its burner leaves it.
"""

from itertools import combinations

import pytest
from rows_of_kilns import design, names_of, row_of_kilns

from routeplan.hubs.apply import with_designs
from routeplan.hubs.coalitions import best_without, savings
from routeplan.hubs.saving import Coalition
from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from small import best

SOURCES = "node,carrier,period,capacity,price\nport,hydrogen,2030,20,30\nport,hydrogen,2032,20,30"
BURNERS = [0.5, 0.7]
SAVES = {"a": 0.7, "b": 0.5}
"""As in `rows_of_kilns`: 1.2 less the burner."""


def world() -> Instance:
    """Two kilns, a source for one of them, and a hub of 0.4."""
    return row_of_kilns(0.4, BURNERS, sources=SOURCES)


def poor_plan(instance: Instance) -> Result:
    """A plan without the hub in which both stay on gas, though one of them could move to the source."""
    stay = [("runs", f"{kiln}.kiln", "burner", period, 0) for kiln in names_of(2) for period in (2030, 2032)]
    held = with_designs(instance, [design()])
    rows = held["decided"]
    rows = rows.reindex(range(len(rows) + len(stay)))
    rows.iloc[-len(stay) :] = stay
    return best(held.replace(decided=rows.astype(held["decided"].dtypes)))


@pytest.mark.nightly
def test_the_hub_is_not_credited_with_what_can_be_had_without_it() -> None:
    """Both move with the hub for 1.2 - 0.4; a moves without it for 0.7: it saves 0.1, where the poor plan says 0.8.

    A alone saves nothing by the hub, which costs it 0.4. B alone would move to the source in place of a, if a were on
    gas; but in the best plan of both a has it, so that b gains its 0.5 less the hub.
    """
    instance = world()
    poor = poor_plan(instance)
    assert poor.cost == pytest.approx(2 * 4 * 1.0)
    everyone = frozenset("ab")
    better = best_without(instance, [design()], everyone, poor)
    assert better is not None
    assert better.cost == pytest.approx(8.0 - 0.7, abs=1e-3)
    asked: list[Coalition] = [frozenset(some) for count in (1, 2) for some in combinations("ab", count)]
    told = savings(instance, [design()], design(), asked, poor)
    expected = {"ab": SAVES["a"] + SAVES["b"] - 0.4 - SAVES["a"], "a": -0.4, "b": SAVES["b"] - 0.4}
    for names, amount in expected.items():
        saving = told[frozenset(names)]
        assert saving.low - 1e-6 <= amount <= saving.high + 1e-6, names
        assert saving.high - saving.low < 1e-3


def test_sites_that_use_nothing_keep_the_plan_without() -> None:
    """Where b alone is asked for, a stays on gas as planned, poor as that is, and b has the source without the hub."""
    instance = world()
    better = best_without(instance, [design()], frozenset("b"), poor_plan(instance))
    assert better is not None
    assert set(better["runs"].query("route == 'burner'")["process"]) == {"b.kiln"}
    assert better.cost == pytest.approx(8.0 - 0.5, abs=1e-3)
