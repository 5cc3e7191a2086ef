"""What a coalition saves for itself where its plan changes what others pay, worked out by hand.

Three kilns save 0.7, 0.5 and 0.3 M EUR on the hydrogen of a hub of 0.5. Without it the first has that of a source,
which is 1 EUR/MWh cheaper and suffices for one. So the hub brings 0.5 + 0.3 - 0.5 = 0.3, and all of that to b and c. In
one network the three pay one price, the mean of 20 GWh at 29 and 40 at 30: 1/3 EUR/MWh below that of the hub.
"""

from functools import cache

import pytest
from rows_of_kilns import design, planned_of, row_of_kilns

from routeplan.hubs.coalitions import PlannedCoalitions
from routeplan.hubs.game import Answer
from routeplan.hubs.parts import PartsOfSaving
from routeplan.hubs.payers import payers, payers_of_many
from routeplan.hubs.saving import Coalition
from routeplan.hubs.worst_of_design import worst_of_design
from routeplan.hubs.worth import worth_of
from routeplan.result.result import Result
from routeplan.schema.hubs import CAPACITY, NUCLEOLUS

SOURCES = "node,carrier,period,capacity,price\nport,hydrogen,2030,20,29\nport,hydrogen,2032,20,29"
TWO = frozenset("bc")
SHIFTED = 4 * 40 / 3 / 1000
"""What b and c pay less for 40 GWh in each of four years, and a more than the 29 of the source [M EUR]."""


@cache
def beside_hydrogen() -> PlannedCoalitions:
    """The kilns, of whom all together and b and c are planned."""
    planned = planned_of(row_of_kilns(0.5, [0.5, 0.7, 0.9], sources=SOURCES), design())
    planned.plan([TWO])
    return planned


def plan_of(coalition: Coalition) -> Result:
    plan = beside_hydrogen().known[coalition].plan
    assert plan is not None
    return plan


@pytest.mark.nightly
def test_what_a_plan_puts_on_others_is_no_saving() -> None:
    """Costs of b and c fall by 0.3 and what a pays more for its hydrogen; of that nobody saves anything."""
    planned = beside_hydrogen()
    worth = worth_of(planned.design, planned.without_hub(), plan_of(planned.everyone), planned.everyone)
    assert planned.known[TWO].low == pytest.approx(0.3, abs=1e-3)
    assert worth.own_saving(plan_of(TWO), TWO) == pytest.approx(0.3 + SHIFTED, abs=1e-3)
    assert worth.value(TWO, planned.known[TWO]).low == pytest.approx(0.3, abs=1e-3)


@pytest.mark.nightly
def test_members_make_good_what_they_put_on_others() -> None:
    """Where a is no member, b and c pay the hub, the part of its hydrogen that they use, and what a pays more.

    Of 60 GWh in the network b and c use 40, so 2/3 of the 40 of the hub.
    """
    planned = beside_hydrogen()
    planned.plan([frozenset("b"), frozenset("c")])
    alone = {each: planned.known[each] for each in (frozenset(), frozenset("b"), frozenset("c"), TWO)}
    told = payers(planned.design, planned.without_hub(), plan_of(TWO), alone)
    assert told.others == pytest.approx(-SHIFTED, abs=1e-3)
    paid_in_all = sum(told.pays[CAPACITY].values())
    parts = PartsOfSaving(sum(told.gains.values()), paid_in_all, told.public, max(0.0, told.others), 0.3)
    assert (parts.as_planned, parts.anew) == pytest.approx((0.3, 0.0), abs=1e-3)
    assert told.saving.low == pytest.approx(0.3, abs=1e-3)
    for paid in told.pays.values():
        assert sum(paid.values()) == pytest.approx(0.5 + 2 / 3 * 4 * 40 * 30 / 1000 + SHIFTED, abs=1e-3)


@pytest.mark.nightly
def test_a_key_is_proven_to_suit_all_where_they_share_a_network() -> None:
    """B and c keep the 0.3. By capacity a pays a third of 0.5 + 4 x 40 x 30, more than it gains, and does without.

    It gains what its part of the hub's hydrogen costs, 2/3 of 20 GWh at 30, less 2/3 EUR/MWh that its own costs more.
    """
    planned = beside_hydrogen()
    together = plan_of(planned.everyone)
    worst = worst_of_design(planned)
    told = payers_of_many(planned.design, together, planned, worst, most_plans=8)
    assert told.in_core[NUCLEOLUS].answer is Answer.YES
    assert told.in_core[CAPACITY].answer is Answer.NO
    assert told.in_core[CAPACITY].coalition == frozenset("a")
    assert told.gains["a"] == pytest.approx((4 * 20 * 30 * 2 / 3 - 4 * 20 * 2 / 3) / 1000, abs=1e-3)
    assert told.pays[CAPACITY]["a"] == pytest.approx((0.5 + 4 * 40 * 30 / 1000) / 3, abs=1e-3)
