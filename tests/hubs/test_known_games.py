"""Games of the literature have the divisions that it tells."""

import math

import pytest
from games import airport, bankruptcy, between, exactly, game_by, largest_excess, majority

from routeplan.hubs.core import core_is_empty, in_core, needed_from_outside
from routeplan.hubs.game import Answer, Value
from routeplan.hubs.least_core import least_core
from routeplan.hubs.nucleolus import nucleolus
from routeplan.hubs.shapley import shapley

TALMUD = [
    (100.0, {"100": 100 / 3, "200": 100 / 3, "300": 100 / 3}),
    (200.0, {"100": 50.0, "200": 75.0, "300": 75.0}),
    (300.0, {"100": 50.0, "200": 100.0, "300": 150.0}),
]
"""Kethubot 93a: what wives with claims of 100, 200 and 300 get of an estate (Aumann and Maschler 1985, table I)."""


@pytest.mark.parametrize(("estate", "shares"), TALMUD)
def test_the_nucleolus_divides_an_estate_as_the_talmud_does(estate: float, shares: dict[str, float]) -> None:
    """Aumann and Maschler (1985), "Game theoretic analysis of a bankruptcy problem from the Talmud"."""
    found = nucleolus(bankruptcy(estate, {name: float(name) for name in shares}))
    assert found.shares == pytest.approx(shares)
    assert exactly(found.shares, estate)


def test_the_nucleolus_divides_a_contested_garment() -> None:
    """Baba Metzia 2a: one claims it all, one a half; the half that is contested is halved."""
    assert nucleolus(bankruptcy(1.0, {"all": 1.0, "half": 0.5})).shares == pytest.approx({"all": 0.75, "half": 0.25})


def test_the_one_right_glove_is_worth_a_pair() -> None:
    """One right glove, two left ones: a pair saves 1.

    The right one adds 1 unless it comes first: 2/3. Each left one adds 1 in the one order of six in which it comes
    second, after the right one: 1/6. Where a left one gets e, the others leave it
    for 1.
    """
    game = game_by(["right", "left", "other"], lambda some: float("right" in some and len(some) > 1))
    assert shapley(game).share == pytest.approx({"right": 2 / 3, "left": 1 / 6, "other": 1 / 6})
    assert nucleolus(game).shares == pytest.approx({"right": 1.0, "left": 0.0, "other": 0.0})
    assert in_core(game, {"right": 1.0, "left": 0.0, "other": 0.0}).answer is Answer.YES
    left = in_core(game, {"right": 0.9, "left": 0.1, "other": 0.0})
    assert (left.answer, left.coalition) == (Answer.NO, frozenset({"right", "other"}))
    assert left.gain is not None
    assert left.gain.low == pytest.approx(0.1)


def test_who_needs_a_length_of_runway_pays_it_in_equal_parts() -> None:
    """The Shapley value of an airport (Littlechild and Owen 1973): each further length is shared by who uses it."""
    costs = {"small": 12.0, "middle": 20.0, "wide": 33.0, "jumbo": 41.0}
    lengths = {"small": 12.0 / 4, "middle": (20.0 - 12.0) / 3, "wide": (33.0 - 20.0) / 2, "jumbo": 41.0 - 33.0}
    paid, expected = 0.0, {}
    for name, part in lengths.items():
        paid += part
        expected[name] = -paid
    assert shapley(airport(costs)).share == pytest.approx(expected)


def test_a_large_airport_is_shared_by_sample_as_by_the_formula() -> None:
    """Twelve players: four standard errors hold each share, and the shares sum to the cost in every digit."""
    costs = {f"p{number:02}": float(number) for number in range(1, 13)}
    expected = {name: -sum(1.0 / (12 - step) for step in range(int(cost))) for name, cost in costs.items()}
    sampled = shapley(airport(costs), pairs=200, seed=4)
    assert sampled.pairs == 200
    assert all(abs(sampled.share[name] - expected[name]) <= 4 * sampled.error[name] for name in costs)
    assert 0.0 < max(sampled.error.values()) < 0.5
    assert exactly(sampled.share, -12.0)
    assert sampled == shapley(airport(costs), pairs=200, seed=4)
    assert sampled != shapley(airport(costs), pairs=200, seed=5)


def test_no_division_satisfies_every_majority_of_three() -> None:
    """Two of three save 1, as do all three. Equal shares leave two a third more to gain, and none leaves them less.

    Summed over the three pairs, who save 3, everyone counts twice: with x(N) = 1 the excesses sum to 3 - 2 = 1, so that
    one is 1/3 or more. For none to be above 0, x(N) must be 3/2: half a unit comes from outside.
    """
    game = majority(3)
    found = least_core(game)
    assert found.excess == pytest.approx(1 / 3)
    assert found.shares == pytest.approx(dict.fromkeys(game.players, 1 / 3))
    assert nucleolus(game).shares == pytest.approx(found.shares)
    assert core_is_empty(game) is Answer.YES
    needed = needed_from_outside(game)
    assert (needed.low, needed.high) == (pytest.approx(0.5), pytest.approx(0.5))
    told = in_core(game, found.shares)
    assert told.answer is Answer.NO
    assert told.coalition is not None
    assert len(told.coalition) == 2
    assert told.gain is not None
    assert told.gain.low == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("all_save", "empty", "needed"),
    [((1.0, 1.1), "yes", (0.25, 0.65)), ((1.0, 1.4), "perhaps", (0.0, 0.65)), ((1.65, 1.7), "no", (0.0, 0.0))],
)
def test_intervals_tell_whether_the_core_is_empty(
    all_save: tuple[float, float], empty: str, needed: tuple[float, float]
) -> None:
    """Each pair saves 0.9 to 1.1, so that all must save 1.35 to 1.65 for the core not to be empty.

    What is needed: 1.35 less the most that all save, at least; 1.65 less the least, at most; never less than 0. The
    least excess is (3 p - 2 t) / 3 for pairs that save p and a total of t.
    """
    game = between({"ab": (0.9, 1.1), "ac": (0.9, 1.1), "bc": (0.9, 1.1), "abc": all_save})
    assert core_is_empty(game) is Answer(empty)
    found = needed_from_outside(game)
    assert (found.low, found.high) == (pytest.approx(needed[0]), pytest.approx(needed[1]))
    bounds = least_core(game).bounds
    assert bounds.low == pytest.approx(0.9 - 2 * all_save[1] / 3)
    assert bounds.high == pytest.approx(1.1 - 2 * all_save[0] / 3)


def test_where_all_save_less_than_each_alone_the_prenucleolus_is_told() -> None:
    """Two save 2 each alone and 3 together: each gets half a unit less than alone."""
    found = nucleolus(game_by(["a", "b"], lambda some: 2.0 if len(some) == 1 else 3.0))
    assert not found.rational
    assert found.shares == pytest.approx({"a": 1.5, "b": 1.5})
    assert found.excess == pytest.approx(0.5)


def test_what_is_saved_alone_does_not_blur_what_is_saved_together() -> None:
    """A million times the majority game, each alone: the division is the third beyond it, to the euro's last part."""
    alone = {"a": 1e6, "b": 3e6, "c": 7e6}
    game = game_by(list(alone), lambda some: sum(alone[name] for name in some) + 1.0 * (len(some) > 1))
    for shares in (nucleolus(game).shares, least_core(game).shares):
        assert {name: shares[name] - alone[name] for name in alone} == pytest.approx(
            dict.fromkeys(alone, 1 / 3), abs=1e-8
        )
    assert needed_from_outside(game).low == pytest.approx(0.5, abs=1e-8)


def test_a_coalition_that_is_binding_by_chance_is_not_settled() -> None:
    """Of four players ab, and cd, save 1 each, all of them 2; ac saves 1 too.

    Since ab and cd sum to all, each gets 1 where the largest excess is least, at 0. That leaves x =
    (s, 1 - s, t, 1 - t), in which ac is binding by chance: its excess is 1 - s - t. The others: a -s, b s - 1, c -t,
    d t - 1, bd s + t - 2, ad t - s - 1, bc s - t - 1, and of triples, which save 1, abc -t, acd -s, abd t - 1 and
    bcd s - 1. The largest of s - 1, t - 1 and 1 - s - t is least where all are equal: at s = t = 2/3 it is -1/3, and
    the rest is below.
    """
    pairs = [frozenset("ab"), frozenset("cd"), frozenset("ac")]
    game = game_by(list("abcd"), lambda some: 2.0 if len(some) == 4 else float(any(pair <= some for pair in pairs)))
    found = nucleolus(game)
    assert found.shares == pytest.approx({"a": 2 / 3, "b": 1 / 3, "c": 2 / 3, "d": 1 / 3})
    assert found.excess == pytest.approx(0.0, abs=1e-9)
    assert math.isclose(largest_excess(game, found.shares), 0.0, abs_tol=1e-9)
    assert in_core(game, found.shares).answer is Answer.YES


def test_players_alike_are_treated_alike_and_idle_ones_get_nothing() -> None:
    """Five players, of whom the last adds nothing."""
    game = game_by(list("abcde"), lambda some: float(len(some - {"e"})) ** 2)
    for shares in (shapley(game).share, nucleolus(game).shares):
        assert shares == pytest.approx({"a": 4.0, "b": 4.0, "c": 4.0, "d": 4.0, "e": 0.0}, abs=1e-9)
    assert needed_from_outside(game) == Value(0.0, 0.0)
