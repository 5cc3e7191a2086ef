"""Where there are too many players to ask all coalitions, the worst one is asked for, or orders are drawn."""

import random
from itertools import combinations

import pytest
from games import Enumerated, between, exactly, game_by, majority

from routeplan.errors import UsageError
from routeplan.hubs.core import core_is_empty, in_core, needed_from_outside
from routeplan.hubs.game import MOST_PLAYERS, Answer, Game, Value
from routeplan.hubs.least_core import least_core
from routeplan.hubs.nucleolus import nucleolus
from routeplan.hubs.shapley import shapley, shapley_of_all, shapley_of_sample


def uncertain(seed: int, players: int) -> Game:
    """A game of intervals: by turns the core is empty, perhaps empty, and not."""
    draw = random.Random(seed)
    power = (0.9, 1.15, 2.0)[seed // 3 % 3]
    names = [f"p{number}" for number in range(players)]
    values: dict[frozenset[str], Value] = {frozenset(): Value(0.0, 0.0)}
    for size in range(1, players + 1):
        for some in combinations(names, size):
            low = size**power * draw.uniform(0.8, 1.2)
            values[frozenset(some)] = Value(low, low + draw.uniform(0.0, 0.3))
    return Game(names, values.__getitem__)


def point_of(game: Game, seed: int) -> Game:
    """A game within the intervals of another."""
    draw = random.Random(seed)
    return game_by(game.players, lambda some: draw.uniform(game.value(some).low, game.value(some).high))


def enumerated(game: Game) -> Enumerated:
    """Finds the worst of all coalitions."""
    return Enumerated(game, game.proper_coalitions)


@pytest.mark.some(7)
@pytest.mark.parametrize("seed", range(12))
def test_the_worst_coalitions_suffice(seed: int) -> None:
    """Of 4 to 6 players: the answers are those of all coalitions, of which fewer are in the program."""
    game = uncertain(seed, 4 + seed % 3)
    sure = point_of(game, seed)
    found, whole = least_core(sure, enumerated(sure)), least_core(sure)
    assert found.excess == pytest.approx(whole.excess, abs=1e-8)
    assert found.bounds.high == pytest.approx(whole.excess, abs=1e-8)
    assert found.coalitions < whole.coalitions
    assert core_is_empty(sure, enumerated(sure)) is core_is_empty(sure)
    needed, needed_of_all = needed_from_outside(game, enumerated(game)), needed_from_outside(game)
    assert needed.high == pytest.approx(needed_of_all.high, abs=1e-7)
    assert needed.low <= needed_of_all.low + 1e-8
    shares = shapley(game).share
    assert in_core(game, shares, enumerated(game)).answer in {in_core(game, shares).answer, Answer.PERHAPS}


@pytest.mark.some(7)
@pytest.mark.parametrize("seed", range(12))
def test_every_game_within_the_intervals_keeps_what_is_told_of_them(seed: int) -> None:
    """Shapley value, least excess, need from outside, and whether the core is empty."""
    game = uncertain(seed, 4)
    told, least, needed, empty = shapley(game), least_core(game), needed_from_outside(game), core_is_empty(game)
    asked = least_core(game, enumerated(game))
    for draw in range(5):
        point = point_of(game, draw)
        share = shapley(point).share
        assert all(told.low[name] - 1e-9 <= share[name] <= told.high[name] + 1e-9 for name in game.players)
        excess = least_core(point).excess
        for bounds in (least.bounds, asked.bounds):
            assert bounds.low - 1e-8 <= excess <= bounds.high + 1e-8
        assert needed.low - 1e-8 <= needed_from_outside(point).high <= needed.high + 1e-8
        assert empty in {core_is_empty(point), Answer.PERHAPS}


def test_nine_players_without_a_majority_of_their_own() -> None:
    """Five of nine save 1: with equal shares they gain 1 - 5/9 = 4/9, and 9/5 must be there for none to gain.

    Equal shares are best, as the mean of all divisions that differ by the order of players is no worse.
    """
    game = majority(9)
    five = [frozenset(some) for some in combinations(game.players, 5)]
    worst = Enumerated(game, five)
    found = least_core(game, worst)
    assert found.excess == pytest.approx(4 / 9)
    assert found.bounds.high == pytest.approx(4 / 9)
    assert exactly(found.shares, 1.0)
    assert found.coalitions == 9 + worst.asked - 1
    needed = needed_from_outside(game, Enumerated(game, five))
    assert (needed.low, needed.high) == (pytest.approx(0.8), pytest.approx(0.8))
    assert core_is_empty(game, Enumerated(game, five)) is Answer.YES
    told = in_core(game, found.shares, Enumerated(game, five))
    assert told.answer is Answer.NO
    assert told.gain is not None
    assert told.gain.high == pytest.approx(4 / 9)


def test_a_gap_of_the_search_is_part_of_the_answer() -> None:
    """The bound is 0.2 above the worst coalition that is found: so much more may the least excess be, and so needed."""
    game = game_by(list("abc"), lambda some: float(len(some) == 3))
    worst = Enumerated(game, game.proper_coalitions, gap=0.2)
    exact = least_core(game)
    assert exact.excess == pytest.approx(-1 / 3)
    found = least_core(game, worst)
    assert found.excess == pytest.approx(-1 / 3)
    assert found.bounds.low == pytest.approx(-1 / 3)
    assert found.bounds.high == pytest.approx(-1 / 3 + 0.2)
    assert worst.asked <= len(game.proper_coalitions) + 1  # what is found a second time ends it
    shares = {"a": 0.9, "b": 0.1, "c": 0.0}
    assert in_core(game, shares).answer is Answer.YES
    told = in_core(game, shares, worst)
    assert told.answer is Answer.PERHAPS
    assert told.gain is not None
    assert told.gain.high == pytest.approx(0.2)


def test_a_gap_of_the_search_may_be_needed_from_outside_by_each() -> None:
    """Of a majority of three 3/2 must be there; with 0.2 more for each nobody gains, whatever the search missed."""
    game = majority(3)
    needed = needed_from_outside(game, Enumerated(game, game.proper_coalitions, gap=0.2))
    assert needed.low == pytest.approx(1.5 - 1.0)
    assert needed.high == pytest.approx(1.5 + 3 * 0.2 - 1.0)


def test_what_all_save_may_be_less_than_its_middle() -> None:
    """Pairs save 1, all three 0.7 to 1.3: equal shares leave a pair 1 - 2/3 * 1.3 at least, 1 - 2/3 * 0.7 at most."""
    game = between({"ab": (1, 1), "ac": (1, 1), "bc": (1, 1), "abc": (0.7, 1.3)})
    for found in (least_core(game), least_core(game, enumerated(game))):
        assert found.excess == pytest.approx(1 / 3)
        assert found.bounds.low == pytest.approx(1 - 2 / 3 * 1.3)
        assert found.bounds.high == pytest.approx(1 - 2 / 3 * 0.7)


def test_standard_errors_are_as_large_as_the_errors() -> None:
    """Over 60 samples of 30 pairs, errors in standard errors have a mean square near 1 for each of five players.

    Such a mean has a standard deviation of about sqrt(2 / 60) = 0.18, and of all 300 of 0.08 or more, as the players'
    errors sum to 0; a factor of the square root of 2 would show.
    """
    game = uncertain(3, 5)
    exact = shapley_of_all(game).share
    samples = [shapley_of_sample(game, 30, seed) for seed in range(60)]
    squares = [((each.share[name] - exact[name]) / each.error[name]) ** 2 for each in samples for name in exact]
    assert 0.7 < sum(squares) / len(squares) < 1.4


def test_a_sample_comes_near_the_exact_value() -> None:
    """Six players: each share is within four standard errors, its interval moves along, and more pairs err less."""
    game = uncertain(3, 6)
    exact, few, many = shapley_of_all(game), shapley_of_sample(game, 50, 1), shapley_of_sample(game, 400, 1)
    for name in game.players:
        assert abs(many.share[name] - exact.share[name]) <= 4 * many.error[name]
        assert many.error[name] < few.error[name]
        assert many.low[name] < many.share[name] < many.high[name]
    assert exactly(many.share, game.total.middle)


def test_pairs_of_orders_leave_no_chance_where_two_play() -> None:
    """The two orders of two players are one another's reverse: any sample is exact."""
    game = game_by(["a", "b"], lambda some: 5.0 if len(some) == 2 else float("a" in some))
    sampled = shapley_of_sample(game, 2, 0)
    assert sampled.share == pytest.approx({"a": 3.0, "b": 2.0})
    assert sampled.error == pytest.approx({"a": 0.0, "b": 0.0})


LARGE = majority(MOST_PLAYERS + 1)


@pytest.mark.parametrize("asked", [nucleolus, least_core, needed_from_outside, core_is_empty, shapley_of_all])
def test_too_many_players_are_refused(asked: object) -> None:
    """Where all coalitions are asked, and nobody finds the worst one."""
    assert callable(asked)
    with pytest.raises(UsageError, match=r"there are 9 players; allowed where all coalitions are asked: at most 8"):
        asked(LARGE)


@pytest.mark.parametrize(
    ("coalition", "bound", "text"),
    [
        (frozenset(), 0.0, "the worst coalition has 0 players; allowed: some of them, but not all"),
        (LARGE.everyone, 0.0, "the worst coalition has 9 players; allowed: some of them, but not all"),
        (frozenset({"stranger"}), 0.0, "the worst coalition names stranger; allowed: p0, "),
        (frozenset({"p0"}), float("nan"), "the largest excess is nan; allowed: a finite number"),
    ],
)
def test_a_worst_coalition_that_is_none_is_refused(coalition: frozenset[str], bound: float, text: str) -> None:
    """It must be one, and its excess a number."""
    with pytest.raises(UsageError, match=text):
        least_core(LARGE, lambda shares: (coalition, bound))


@pytest.mark.parametrize(
    ("pairs", "seed", "text"),
    [
        (1, 0, "pairs is 1; allowed: 2"),
        (2.5, 0, "pairs is 2.5"),
        (True, 0, "pairs is True"),
        (2, -1, "seed is -1; allowed: 0 or more"),
    ],
)
def test_a_sample_that_makes_no_sense_is_refused(pairs: int, seed: int, text: str) -> None:
    """Whole numbers, two pairs for an error."""
    with pytest.raises(UsageError, match=text):
        shapley(LARGE, pairs=pairs, seed=seed)
