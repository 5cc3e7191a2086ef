"""The worst-off coalition of a design's members, by one program, against all coalitions worked out by hand."""

import math
import random
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from rows_of_kilns import design, names_of, planned_of, row_of_kilns, saved_by

from routeplan.errors import NotKnown, UsageError
from routeplan.hubs.coalitions import PlannedCoalitions
from routeplan.hubs.compare import Search
from routeplan.hubs.design import Design, SharedContract
from routeplan.hubs.game import Answer, share_of
from routeplan.hubs.payers import Payers, payers_of_many
from routeplan.hubs.saving import NOBODY, Coalition
from routeplan.hubs.shapley import orders_drawn
from routeplan.hubs.worst_of_design import WorstOfDesign, worst_of_design
from routeplan.hubs.worth import worth_of
from routeplan.schema.hubs import CAPACITY, NUCLEOLUS, SHAPLEY

ALIKE = [0.8] * 9
"""Nine kilns that save 1.2 - 0.8 = 0.4 each; a hub of 2.0 takes five of them, and all save 3.6 - 2.0 = 1.6."""


@cache
def two() -> PlannedCoalitions:
    """Two kilns that save 0.7 and 0.5, and a hub of 1.1: both save 0.1, and one nothing."""
    return planned_of(row_of_kilns(1.1, [0.5, 0.7]), design())


@cache
def prepared(planned: PlannedCoalitions) -> WorstOfDesign:
    """The search for the worst coalition."""
    return worst_of_design(planned)


def told_of(planned: PlannedCoalitions) -> Payers:
    """Who pays what."""
    together = planned.known[planned.everyone].plan
    assert together is not None
    return payers_of_many(planned.design, together, planned, prepared(planned), most_plans=40)


def proper(names: list[str]) -> list[Coalition]:
    """Every coalition but nobody and everybody."""
    return [frozenset(some) for size in range(1, len(names)) for some in combinations(names, size)]


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(20))
def test_the_worst_coalition_is_that_of_all(seed: int) -> None:
    """Of 3 to 8 kilns with burners, a hub that may serve fewer and public money, which no part of them gets."""
    draw = random.Random(seed)
    count = draw.randint(3, 8)
    burners = [draw.choice([0.5, 0.6, 0.7, 0.85, 1.0, 1.3]) for _ in range(count)]
    capex, served, public_share = draw.choice([0.2, 0.5, 1.0]), draw.randint(2, count), draw.choice([0.0, 0.3])
    search = prepared(planned_of(row_of_kilns(capex, burners, served), design(public_share)))
    for _ in range(5):
        shares = {name: draw.uniform(-0.2, 0.6) for name in names_of(count)}
        excess = {
            some: saved_by(some, capex, burners, served) - share_of(some, shares) for some in proper(names_of(count))
        }
        coalition, bound = search(shares)
        assert bound == pytest.approx(max(excess.values()), abs=1e-3)
        assert excess[coalition] == pytest.approx(max(excess.values()), abs=1e-3)


@pytest.mark.nightly
@pytest.mark.parametrize("hydrogen", [False, True])
def test_no_coalition_gains_more_than_the_bound(hydrogen: bool) -> None:
    """Each planned; where a kiln uses hydrogen without the hub, plans put costs on others, which nobody saves."""
    sources = "node,carrier,period,capacity,price\nport,hydrogen,2030,20,29\nport,hydrogen,2032,20,29"
    instance = row_of_kilns(0.5, [0.5, 0.7, 0.9, 1.1], **({"sources": sources} if hydrogen else {}))
    planned = planned_of(instance, design(0.2))
    search, together = prepared(planned), planned.known[planned.everyone].plan
    assert together is not None
    planned.plan(proper(names_of(4)))
    worth = worth_of(planned.design, planned.without_hub(), together, planned.everyone)
    for seed in range(5):
        draw = random.Random(seed)
        shares = {name: draw.uniform(-0.2, 0.6) for name in names_of(4)}
        most = max(worth.value(some, planned.known[some]).low - share_of(some, shares) for some in proper(names_of(4)))
        assert search(shares)[1] >= most - 1e-6


@pytest.mark.nightly
def test_whoever_does_without_is_a_coalition_too() -> None:
    """One saves 0.7 at most, and the hub costs 1.1: whoever gets less than nothing is better off without."""
    search = prepared(two())
    assert search({"a": -0.2, "b": 0.1}) == (frozenset("a"), pytest.approx(0.2))
    assert search({"a": 0.3, "b": 0.1}) == (frozenset("b"), pytest.approx(-0.1))
    assert search({"a": -1.0, "b": -3.0}) == (frozenset("b"), pytest.approx(3.0))


@pytest.mark.nightly
def test_what_is_not_proven_in_time_stays_a_bound() -> None:
    """Without time the bound is as far as it is proven, above the largest excess; told to stop, there is no answer."""
    search = prepared(two())
    shares = {"a": 0.2, "b": -0.1}
    _, bound = replace(search, search=Search(1e-5, 1e-9))(shares)
    assert math.isfinite(bound)
    assert bound >= 0.1
    with pytest.raises(NotKnown, match="was stopped"):
        replace(search, stop=lambda: True)(shares)


@pytest.mark.nightly
def test_sites_that_share_a_contract_are_refused() -> None:
    """Who joins changes its room."""
    planned = two()
    shared = Design("shared", hubs=planned.design.hubs, contracts=(SharedContract("own", ("a", "b")),))
    with pytest.raises(UsageError, match=r"who joins changes the room of the contract that sites share \(own\)"):
        prepared(replace(planned, design=shared))


@pytest.mark.nightly
def test_nine_alike_kilns_pay_alike() -> None:
    """Each gains 0.4, and 2.4 for hydrogen: of 1.6 saved in all, each keeps 1.6 / 9, whatever the key.

    Eight that go alone save 1.2 and lose 8/9 of 1.6: no group is better off, and no public money is needed. In an
    order the first five add nothing and the others 0.4 each; so with its reverse the fifth adds 0, all others 0.2 on
    average. Of two pairs the mean has half of their difference as its standard error.
    """
    planned = planned_of(row_of_kilns(2.0, ALIKE), design())
    told = told_of(planned)
    assert (told.saving.low, told.saving.high) == pytest.approx((1.6, 1.6), abs=1e-3)
    for key in (CAPACITY, NUCLEOLUS):
        kept = [told.gains[name] - told.pays[key][name] for name in told.gains]
        assert kept == pytest.approx([1.6 / 9] * 9, abs=1e-3), key
        assert told.in_core[key].answer is Answer.YES
    assert told.shapley.pairs == 2
    middle = [names_of(9)[order[4]] for order in orders_drawn(9, 2)]
    for name in told.gains:
        in_pairs = [0.0 if name == fifth else 0.2 for fifth in middle]
        assert told.shapley.share[name] == pytest.approx(sum(in_pairs) / 2, abs=1e-3)
        assert told.shapley.error[name] == pytest.approx(abs(in_pairs[0] - in_pairs[1]) / 2, abs=1e-3)
    assert math.fsum(told.shapley.share.values()) == told.saving.middle
    assert sum(told.pays[SHAPLEY].values()) == pytest.approx(sum(told.gains.values()) - 1.6, abs=1e-3)
    assert told.needed is not None
    assert told.needed.high == pytest.approx(0.0, abs=1e-2)


@pytest.mark.nightly
def test_a_hub_that_serves_two_of_four_needs_public_money() -> None:
    """Any two save 0.8 - 0.5 = 0.3, so that each pair must keep that: 4 / 2 x 0.3 = 0.6, of which 0.3 is saved."""
    told = told_of(planned_of(row_of_kilns(0.5, ALIKE[:4], served=2), design()))
    assert (told.saving.low, told.saving.high) == pytest.approx((0.3, 0.3), abs=1e-3)
    assert told.in_core[NUCLEOLUS].answer is Answer.NO
    assert told.needed is not None
    assert (told.needed.low, told.needed.high) == pytest.approx((0.3, 0.3), abs=1e-2)


@pytest.mark.nightly
def test_a_stop_leaves_what_is_known() -> None:
    """Stopped once a sample is planned, the Shapley value is told, and of the core nothing; before, nothing is."""
    planned = two()
    planned.plan(proper(names_of(2)))
    stopped = replace(planned, stop=lambda: True)
    told = told_of(stopped)
    assert set(told.pays) >= {CAPACITY, SHAPLEY}
    assert NUCLEOLUS not in told.pays
    assert (told.in_core, told.needed, told.needed_share) == ({}, None, None)
    nothing = replace(stopped, known={each: planned.known[each] for each in (NOBODY, planned.everyone)})
    with pytest.raises(NotKnown, match="of 0 pairs of orders every group is planned"):
        told_of(nothing)


@pytest.mark.nightly
def test_nobody_pays_for_the_idle_hub_of_others() -> None:
    """A kiln alone that gains nothing by hydrogen: the hub of 1.0 stands idle, and is its own, all of it.

    By what all emit today half of the hub would fall to the other kiln.
    """
    planned = planned_of(row_of_kilns(1.0, [1.5, 0.1]), design(0.9))
    first = frozenset("a")
    planned.plan([first])
    together, plan = planned.known[planned.everyone].plan, planned.known[first].plan
    assert together is not None
    assert plan is not None
    worth = worth_of(planned.design, planned.without_hub(), together, planned.everyone)
    assert worth.own_saving(plan, first) == pytest.approx(-1.0, abs=1e-3)
    assert worth.value(first, planned.known[first]).high == pytest.approx(0.0, abs=1e-3)
