"""A cost is shared by a key, to the last digit, and games and divisions that make no sense are refused."""

import math
import random
from collections.abc import Mapping

import pytest
from games import exactly, game_of, sure

from routeplan.errors import UsageError
from routeplan.hubs.core import in_core
from routeplan.hubs.game import Game, Value
from routeplan.hubs.shares import by_capacity, by_things, summing_to


def test_capacity_is_a_key() -> None:
    """30 MW of 40 pay three quarters; who takes nothing pays nothing."""
    assert by_capacity(12.0, {"a": 30.0, "b": 10.0, "c": 0.0}) == {"a": 9.0, "b": 3.0, "c": 0.0}


HUB, LINK = ("hub", "harbour"), ("link", "quay")


def test_each_thing_is_paid_by_its_own_use() -> None:
    """A hub of 6 is used by a (30 GWh/yr) and b (10), a quay of 2 by b (300 kt/yr) and c (100).

    a pays 4.5, b 1.5 + 1.5 = 3, c 0.5; summed over units c, with 100 of 440, would pay more than a.
    """
    uses = {HUB: {"a": 30.0, "b": 10.0}, LINK: {"b": 300.0, "c": 100.0}}
    shares = by_things(uses, {HUB: 6.0, LINK: 2.0}, ["a", "b", "c", "d"])
    assert shares == pytest.approx({"a": 4.5 / 8, "b": 3.0 / 8, "c": 0.5 / 8, "d": 0.0})


def test_who_uses_two_things_does_not_count_twice() -> None:
    """Hub and pipe of one design carry the same 20 GWh/yr of a; b has 20 from the hub alone, which costs 3 of 4."""
    uses = {HUB: {"a": 20.0, "b": 20.0}, LINK: {"a": 20.0}}
    assert by_things(uses, {HUB: 3.0, LINK: 1.0}, ["a", "b"]) == pytest.approx({"a": 2.5 / 4, "b": 1.5 / 4})


def test_what_is_not_used_is_paid_as_what_is() -> None:
    """Nobody uses the quay: its cost goes with that of the hub."""
    uses = {HUB: {"a": 3.0, "b": 1.0}, LINK: {"a": 0.0}}
    assert by_things(uses, {HUB: 1.0, LINK: 9.0}, ["a", "b"]) == pytest.approx({"a": 0.75, "b": 0.25})
    assert by_things({LINK: {"a": 0.0}}, {LINK: 9.0}, ["a", "b"]) == {"a": 0.0, "b": 0.0}


def test_things_that_cost_nothing_count_alike() -> None:
    """As contracts do: a has three quarters of one and b all of the other."""
    uses = {("contract", "one"): {"a": 3.0, "b": 1.0}, ("contract", "two"): {"b": 8.0}}
    assert by_things(uses, {}, ["a", "b"]) == pytest.approx({"a": 0.375, "b": 0.625})


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
