"""A cost is shared by a key, to the last digit, and games and divisions that make no sense are refused."""

import math
import random
from collections.abc import Mapping

import pytest
from games import exactly, game_of, sure

from routeplan.errors import UsageError
from routeplan.hubs.core import in_core
from routeplan.hubs.game import Game, Value
from routeplan.hubs.members import break_even
from routeplan.hubs.shares import by_capacity, by_capacity_and_distance, summing_to


def test_capacity_is_a_key() -> None:
    """30 MW of 40 pay three quarters; who takes nothing pays nothing."""
    assert by_capacity(12.0, {"a": 30.0, "b": 10.0, "c": 0.0}) == {"a": 9.0, "b": 3.0, "c": 0.0}


def test_capacity_times_distance_is_a_key() -> None:
    """Of 10 MW at 3 km and 30 MW at 2 km, 30 and 60 MW km: a third and two thirds; at the hub nothing is paid."""
    shares = by_capacity_and_distance(9.0, {"a": 10.0, "b": 30.0, "c": 50.0}, {"a": 3.0, "b": 2.0, "c": 0.0})
    assert shares == pytest.approx({"a": 3.0, "b": 6.0, "c": 0.0})
    assert shares["c"] == 0.0


@pytest.mark.parametrize("seed", range(20))
def test_shares_sum_to_the_cost_in_every_digit(seed: int) -> None:
    """Of weights of any size, with no more than the last digits moved."""
    draw = random.Random(seed)
    weights = {f"p{number}": draw.random() * 10.0 ** draw.randint(-9, 9) for number in range(2 + seed)}
    cost = draw.uniform(-1e3, 1e3)
    shares = by_capacity(cost, weights)
    assert exactly(shares, cost)
    whole = sum(weights.values())
    assert shares == pytest.approx({name: cost * weight / whole for name, weight in weights.items()}, abs=1e-12)


def test_weights_of_any_size_do_not_overflow() -> None:
    """Half each, of the largest numbers."""
    assert by_capacity(2.0, {"a": 1.5e308, "b": 1.5e308}) == {"a": 1.0, "b": 1.0}


def test_the_rest_is_put_on_the_first_of_the_largest_shares() -> None:
    """Three tenths do not sum to 0.3 + 3e-17; of the rest only the first takes some, and what is 0 stays so."""
    third = {"a": 0.0, "b": 0.1, "c": 0.1, "d": 0.1}
    total = math.nextafter(math.fsum(third.values()), 1.0)
    shares = summing_to(third, total)
    assert exactly(shares, total)
    assert shares["b"] > 0.1
    assert (shares["a"], shares["c"], shares["d"]) == (0.0, 0.1, 0.1)


def test_who_has_nothing_gets_no_rest() -> None:
    """A total far below the last digit of shares of both signs stays out of reach."""
    assert summing_to({"a": 0.0, "b": 1e3, "c": -1e3}, 1e-20) == {"a": 0.0, "b": 1e3, "c": -1e3}


@pytest.mark.parametrize(
    ("cost", "capacity", "text"),
    [
        (1.0, {}, "there is no player; allowed: one or more"),
        (1.0, {"a": 0.0, "b": 0.0}, "nobody has a weight above 0; allowed: one player or more"),
        (1.0, {"a": -1.0, "b": 2.0}, "the capacity of a is -1.0; allowed: a finite number, 0 or more"),
        (1.0, {"a": math.nan}, "the capacity of a is nan"),
        (math.inf, {"a": 1.0}, "the cost is inf; allowed: a finite number"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(cost: float, capacity: Mapping[str, float], text: str) -> None:
    """Weights are finite and not negative, and one is above 0."""
    with pytest.raises(UsageError, match=text):
        by_capacity(cost, capacity)


def test_distances_are_those_of_the_same_players() -> None:
    """Both tables have the same names, and distances are weights too."""
    with pytest.raises(UsageError, match="one of capacity and distance lacks b, c; allowed: the same players in both"):
        by_capacity_and_distance(1.0, {"a": 1.0, "b": 1.0}, {"a": 1.0, "c": 1.0})
    with pytest.raises(UsageError, match=r"the distance of a is -2\.0"):
        by_capacity_and_distance(1.0, {"a": 1.0}, {"a": -2.0})


@pytest.mark.parametrize(
    ("players", "nobody", "text"),
    [
        ([], 0.0, "there is no player; allowed: one or more"),
        (["a", "b", "a"], 0.0, "players are named twice: a; allowed: each name once"),
        (["a"], 1.0, r"the empty coalition saves 1\.0 to 1\.0; allowed: 0 alone"),
    ],
)
def test_a_game_that_is_none_is_refused(players: list[str], nobody: float, text: str) -> None:
    """One player or more, each once, and nothing for nobody."""
    with pytest.raises(UsageError, match=text):
        Game(players, lambda some: sure(0.0 if some else nobody))


@pytest.mark.parametrize(("low", "high"), [(2.0, 1.0), (math.nan, 1.0), (0.0, math.inf), (-math.inf, 0.0)])
def test_a_value_that_is_no_interval_is_refused(low: float, high: float) -> None:
    """Finite, the lower bound first."""
    with pytest.raises(UsageError, match=r"a coalition saves .* to .*; allowed: finite numbers, the lower one first"):
        Value(low, high)


def test_a_coalition_is_asked_once() -> None:
    """A value may be the result of hours."""
    asked = []
    game = Game(["a", "b"], lambda some: asked.append(some) or sure(0.0))
    assert game.value(["a", "b"]) is game.value({"b", "a"})
    assert asked == [frozenset(), frozenset("ab")]
    with pytest.raises(UsageError, match="the coalition names z; allowed: a, b"):
        game.value(["a", "z"])


PAIR = game_of({"ab": 2.0, "a": 0.0, "b": 0.0})


@pytest.mark.parametrize(
    ("shares", "text"),
    [
        ({"a": 2.0}, "the division lacks b; allowed: a share for each player"),
        ({"a": 1.0, "b": 1.0, "c": 0.0}, "the division names c; allowed: a, b"),
        ({"a": math.nan, "b": 1.0}, "the share of a is nan; allowed: a finite number"),
        ({"a": 2.0, "b": 1.0}, r"the shares sum to 3\.0; allowed: at most 2\.0, which all save together"),
    ],
)
def test_a_division_that_is_none_is_refused(shares: Mapping[str, float], text: str) -> None:
    """A number for each player, and no more than there is."""
    with pytest.raises(UsageError, match=text):
        in_core(PAIR, shares)


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ([], "the order is empty"),
        (["a", "a"], "the order is a, a; allowed: one player or more, each once"),
        (["z"], "the order names z; allowed: a, b"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(order: list[str], text: str) -> None:
    """Players, each once."""
    with pytest.raises(UsageError, match=text):
        break_even(PAIR, order)
