"""Who pays what of the hub of three kilns: gains, keys, the core and public money, worked out by hand."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from kilns import KILNS, kilns
from routeplan.errors import UsageError
from routeplan.hubs.apply import with_designs
from routeplan.hubs.coalitions import savings
from routeplan.hubs.design import Design, OpenedHub
from routeplan.hubs.game import Answer
from routeplan.hubs.payers import Payers, payers
from routeplan.hubs.saving import Coalition, Saving
from routeplan.result.result import Result
from routeplan.schema.hubs import CAPACITY, CAPACITY_KM, NUCLEOLUS, SHAPLEY
from small import best

EVERYONE = frozenset(KILNS)


DESIGN = Design("harbour", hubs=(OpenedHub("harbour", "electrolysis", 2030),))


@cache
def planned(capex: float) -> tuple[Result, dict[Coalition, Saving]]:
    """The plan without the hub, and what every coalition saves with it."""
    instance = kilns(capex)
    without = best(with_designs(instance, [DESIGN]))
    coalitions: list[Coalition] = [frozenset(each) for size in (1, 2, 3) for each in combinations(KILNS, size)]
    return without, savings(instance, [DESIGN], DESIGN, coalitions, without)


def found(capex: float, public_share: float = 0.0) -> Payers:
    """What the kilns gain and pay, with a hub of this capex."""
    without, told = planned(capex)
    together = told[EVERYONE].plan
    assert together is not None
    return payers(replace(DESIGN, public_share=public_share), without, together, told)


@pytest.mark.nightly
def test_alike_members_pay_alike() -> None:
    """Each gains 4.0 on gas less 0.4 for the burner and 0.4 for the pipe: 3.2.

    All save 2.4 - 1.5 = 0.9, so that 8.7 is paid: the hub, and 3 x 2.4 for hydrogen.
    """
    told = found(1.5)
    assert told.cost == pytest.approx(1.5, abs=1e-4)
    assert (told.saving.low, told.saving.high) == pytest.approx((0.9, 0.9), abs=1e-3)
    assert list(told.gains.values()) == pytest.approx([3.2] * 3, abs=1e-3)
    for key in (CAPACITY, SHAPLEY, NUCLEOLUS):
        assert list(told.pays[key].values()) == pytest.approx([2.9] * 3, abs=1e-3), key
    assert {answer.answer for key, answer in told.in_core.items() if key != CAPACITY_KM} == {Answer.YES}


@pytest.mark.nightly
def test_whatever_the_key_the_same_is_paid_in_all() -> None:
    """The gains less what is saved; by distance the kiln at the port pays least."""
    told = found(1.5)
    for paid in told.pays.values():
        assert sum(paid.values()) == pytest.approx(8.7, abs=1e-3)
    by_distance = told.pays[CAPACITY_KM]
    assert by_distance["a"] > by_distance["b"] > by_distance["c"] > 0.0


@pytest.mark.nightly
def test_the_public_bears_its_share_of_the_hub_alone() -> None:
    """0.4 of 1.5: each pays 0.2 less. The core is not empty without: no public money is needed, whatever is given."""
    told = found(1.5, public_share=0.4)
    assert told.public == pytest.approx(0.6, abs=1e-4)
    assert list(told.pays[SHAPLEY].values()) == pytest.approx([2.7] * 3, abs=1e-3)
    assert told.needed_share == pytest.approx((0.0, 0.0), abs=1e-3)


@pytest.mark.nightly
def test_what_is_paid_is_what_it_costs_even_where_it_does_not_pay() -> None:
    """A hub of 3.0 brings 2.4: all lose 0.6, and pay 3.0 + 7.2. Whoever does without is better off.

    Public money of 0.6 makes good for that, 20 % of the hub: then nobody alone, who saves nothing, is better off.
    """
    told = found(3.0)
    assert (told.saving.low, told.saving.high) == pytest.approx((-0.6, -0.6), abs=1e-3)
    for paid in told.pays.values():
        assert sum(paid.values()) == pytest.approx(10.2, abs=1e-3)
    assert told.in_core[NUCLEOLUS].answer is Answer.NO
    assert told.needed_share == pytest.approx((0.2, 0.2), abs=1e-3)
    assert found(3.0, public_share=0.201).in_core[NUCLEOLUS].answer is Answer.YES
    assert found(3.0, public_share=0.199).in_core[NUCLEOLUS].answer is Answer.NO


def test_a_coalition_of_which_nothing_is_known_is_named() -> None:
    """Nobody can be told what it pays then."""
    without = best(with_designs(kilns(1.5), [DESIGN]))
    told = {frozenset(["a"]): Saving(0.0, 0.0), frozenset(["a", "b"]): Saving(0.0, 1.0)}
    with pytest.raises(UsageError, match="of the coalition b nothing is proven"):
        payers(DESIGN, without, without, told)
