"""A hub of three members, reckoned by hand, and what is told of it."""

import pytest
from games import between, exactly, game_of, savings_in

from routeplan.hubs.core import core_is_empty, in_core, needed_from_outside
from routeplan.hubs.game import Answer, Value
from routeplan.hubs.least_core import least_core
from routeplan.hubs.members import break_even, critical_members
from routeplan.hubs.nucleolus import nucleolus
from routeplan.hubs.shapley import shapley

HUB = game_of({"a": -6.0, "b": -9.0, "c": -12.0, "ab": 3.0, "ac": 0.0, "bc": -3.0, "abc": 12.0})
"""An electrolyser is too dear for one; a and b together save 3, all three 12."""


def test_the_shapley_value_is_what_each_adds_on_average() -> None:
    """Orders and what a adds: abc -6, acb -6, bac 3-(-9)=12, cab 0-(-12)=12, bca and cba 12-(-3)=15: 42 / 6 = 7.

    b: abc 3-(-6)=9, cba -3-(-12)=9, bac and bca -9, acb and cab 12-0=12: 24 / 6 = 4. c gets the rest of 12.
    """
    shares = shapley(HUB)
    assert shares.share == pytest.approx({"a": 7.0, "b": 4.0, "c": 1.0})
    assert shares.low == pytest.approx(shares.share)
    assert shares.high == pytest.approx(shares.share)
    assert shares.error == {"a": 0.0, "b": 0.0, "c": 0.0}


def test_the_nucleolus_levels_the_gains_of_all() -> None:
    """Each gets at most what it adds to the others: a 15, b 12, c 9, so that they claim 36 where there is 12.

    The excess of a pair is -(12 - share of the third - its value): for ab 3 - 12 + x_c = x_c - 9, for ac x_b - 12, for
    bc x_a - 15. All three are equal at x = (15 - t, 12 - t, 9 - t), which sums to 12 with t = 8: (7, 4, 1), with an
    excess of -8. Alone a has -6 - 7 = -13, b -13, c -13: all less. So the three pairs settle the division.
    """
    found = nucleolus(HUB)
    assert found.shares == pytest.approx({"a": 7.0, "b": 4.0, "c": 1.0})
    assert exactly(found.shares, 12.0)
    assert found.excess == pytest.approx(-8.0)
    assert found.rational
    assert least_core(HUB).excess == pytest.approx(-8.0)


def test_the_core_holds_what_no_pair_would_leave() -> None:
    """The third may ask for at most 12 - 3 = 9; with 10 for it, a and b get 2 and save 1 more alone."""
    assert in_core(HUB, {"a": 2.0, "b": 1.0, "c": 9.0}).answer is Answer.YES
    beyond = in_core(HUB, {"a": 1.0, "b": 1.0, "c": 10.0})
    assert beyond.answer is Answer.NO
    assert beyond.coalition == frozenset("ab")
    assert beyond.gain == Value(1.0, 1.0)
    assert core_is_empty(HUB) is Answer.NO
    assert needed_from_outside(HUB) == Value(0.0, 0.0)


def test_a_division_that_leaves_something_to_nobody_is_not_in_the_core() -> None:
    """All three save 12, and 11 are divided."""
    left = in_core(HUB, {"a": 6.0, "b": 4.0, "c": 1.0})
    assert left.answer is Answer.NO
    assert left.coalition == frozenset("abc")
    assert left.gain == Value(1.0, 1.0)


def test_two_members_make_the_hub_pay_and_two_are_critical() -> None:
    """Without a there is -3, without b 0, without c 3; a and b are the only pair that saves."""
    assert critical_members(savings_in(HUB), HUB.players) == {"a": Answer.YES, "b": Answer.YES, "c": Answer.NO}
    least = break_even(savings_in(HUB))
    assert (least.members, least.coalition, least.saving, least.perhaps) == (2, frozenset("ab"), Value(3.0, 3.0), None)


NEARLY = between(
    {"a": (-1, -1), "b": (-1, -1), "c": (-1, -1), "ab": (2, 4), "ac": (-1, 1), "bc": (-2, 0), "abc": (5, 6)}
)
"""The same of plans that are known to within a gap."""


def test_intervals_make_a_critical_member_one_perhaps() -> None:
    """Without a at most 0, without b -1 to 1, without c 2 or more."""
    assert critical_members(savings_in(NEARLY), NEARLY.players) == {
        "a": Answer.YES,
        "b": Answer.PERHAPS,
        "c": Answer.NO,
    }


def test_intervals_make_fewer_members_suffice_perhaps() -> None:
    """One may save here, two surely do; where no coalition surely saves, it stays with perhaps."""
    one = between({"a": (-1, 1), "b": (-1, -1), "ab": (1, 2)})
    least = break_even(savings_in(one))
    assert (least.members, least.coalition, least.perhaps) == (2, frozenset("ab"), 1)
    never = break_even(savings_in(between({"a": (-1, 0), "b": (-1, -1), "ab": (0, 2)})))
    assert (never.members, never.coalition, never.perhaps) == (None, None, 2)


def test_of_coalitions_that_save_the_surest_is_told() -> None:
    """Of two players, ab saves 1 at least, ac half, though perhaps more."""
    least = break_even(savings_in(between({"ab": (1, 2), "ac": (0.5, 5), "abc": (6, 6)})))
    assert (least.members, least.coalition, least.saving) == (2, frozenset("ab"), Value(1, 2))


def test_intervals_make_a_division_stable_perhaps() -> None:
    """Together a and b save 2 to 4: with 4 they stay, with 3 perhaps, and with 1.5 they go."""
    assert in_core(NEARLY, {"a": 3.0, "b": 1.0, "c": 1.0}).answer is Answer.YES
    perhaps = in_core(NEARLY, {"a": 2.0, "b": 1.0, "c": 2.0})
    assert perhaps.answer is Answer.PERHAPS
    assert perhaps.coalition == frozenset("ab")
    assert perhaps.gain == Value(-1.0, 1.0)
    gone = in_core(NEARLY, {"a": 1.0, "b": 0.5, "c": 4.0})
    assert gone.answer is Answer.NO
    assert gone.coalition == frozenset("ab")
    assert gone.gain == Value(0.5, 2.5)


def test_the_share_of_a_player_is_known_as_far_as_the_values_are() -> None:
    """Of two, a gets (v(a) - v(b) + v(ab)) / 2: (0 - 2 + 5) / 2 at least, (1 - 1 + 7) / 2 at most; b likewise."""
    shares = shapley(between({"a": (0, 1), "b": (1, 2), "ab": (5, 7)}))
    assert shares.share == pytest.approx({"a": (0.5 - 1.5 + 6) / 2, "b": (1.5 - 0.5 + 6) / 2})
    assert shares.low == pytest.approx({"a": 1.5, "b": (1 - 1 + 5) / 2})
    assert shares.high == pytest.approx({"a": 3.5, "b": (2 - 0 + 7) / 2})


def test_one_player_has_it_all() -> None:
    """There is nobody to divide with; without the player nobody saves anything."""
    alone = game_of({"a": 5.0})
    assert shapley(alone).share == {"a": 5.0}
    assert nucleolus(alone).shares == {"a": 5.0}
    assert least_core(alone).shares == {"a": 5.0}
    assert in_core(alone, {"a": 5.0}).answer is Answer.YES
    assert core_is_empty(alone) is Answer.NO
    assert critical_members(savings_in(alone), ["a"]) == {"a": Answer.YES}
    assert break_even(savings_in(alone)).members == 1
