"""Random games have the divisions that two other libraries tell: coopgame-py and coopgt."""

import random
from itertools import combinations

import coopgame
import pytest
from coopgt.core import find_core_point, is_in_core
from coopgt.shapley_value import calculate as shapley_by_coopgt
from games import exactly, game_by, largest_excess

from routeplan.hubs.core import core_is_empty, in_core, needed_from_outside
from routeplan.hubs.game import Answer, Game
from routeplan.hubs.least_core import least_core
from routeplan.hubs.nucleolus import nucleolus
from routeplan.hubs.shapley import shapley

SEEDS = range(100)


def drawn(seed: int) -> tuple[Game, list[float]]:
    """A game of 3 to 7 players, and its values in the order of binary numbers.

    By turns: values at random, of which few have a core; few different values, many of them equal; values that grow
    with the square of the number of players, of which many have a core.
    """
    draw = random.Random(seed)
    count = 3 + seed % 5
    kinds = (
        lambda size: draw.uniform(-10.0, 10.0) * size,
        lambda size: float(draw.randint(0, 3)),
        lambda size: size**2 * draw.uniform(0.8, 1.2),
    )
    values = [0.0, *(kinds[seed % 3](number.bit_count()) for number in range(1, 2**count))]
    players = [f"p{place}" for place in range(count)]
    return game_by(players, lambda some: values[sum(1 << players.index(name) for name in some)]), values[1:]


@pytest.mark.some(30)
@pytest.mark.parametrize("seed", SEEDS)
def test_divisions_are_those_of_coopgame(seed: int) -> None:
    """Shapley value, least excess and nucleolus; of the prenucleolus where nobody can be given what it saves alone."""
    game, values = drawn(seed)
    other = coopgame.Game(values)
    assert list(shapley(game).share.values()) == pytest.approx(coopgame.shapley(other), abs=1e-9)
    least = least_core(game)
    assert least.excess == pytest.approx(coopgame.least_core(other, "preimputation")["epsilon"], abs=1e-8)
    assert largest_excess(game, least.shares) == pytest.approx(least.excess, abs=1e-8)
    found = nucleolus(game)
    assert found.rational == (sum(game.value([name]).low for name in game.players) <= game.total.low)
    domain = "imputation" if found.rational else "preimputation"
    assert list(found.shares.values()) == pytest.approx(coopgame.nucleolus(other, domain)["allocation"], abs=1e-7)
    assert largest_excess(game, found.shares) == pytest.approx(found.excess, abs=1e-8)
    assert exactly(found.shares, game.total.low)
    assert (core_is_empty(game) is Answer.NO) == other.has_nonempty_core()


@pytest.mark.some(18)
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed % 5 < 3])
def test_divisions_are_those_of_coopgt(seed: int) -> None:
    """Of 3 to 5 players, as it goes through all orders: Shapley value, core, and whether divisions are in it."""
    game, _ = drawn(seed)
    places = range(1, len(game.players) + 1)
    other = {
        some: game.value([game.players[place - 1] for place in some]).low
        for size in range(len(game.players) + 1)
        for some in combinations(places, size)
    }
    assert list(shapley(game).share.values()) == pytest.approx(list(shapley_by_coopgt(other)), abs=1e-9)
    point = find_core_point(other)
    assert (core_is_empty(game) is Answer.NO) == (point is not None)
    for shares in (shapley(game).share, nucleolus(game).shares):
        if abs(largest_excess(game, shares)) > 1e-6:  # at the border rounding decides
            summed = {**other, tuple(places): sum(shares.values())}  # it takes no rounding of the total
            assert (in_core(game, shares).answer is Answer.YES) == is_in_core(summed, list(shares.values()))


@pytest.mark.some(10)
@pytest.mark.parametrize("seed", SEEDS[:20])
def test_what_is_needed_from_outside_opens_the_core(seed: int) -> None:
    """With it the least excess is 0; where it is none, the least excess is at most 0."""
    game, _ = drawn(seed)
    needed = needed_from_outside(game)
    assert needed.low == pytest.approx(needed.high, abs=1e-7)
    richer = game_by(game.players, lambda some: game.value(some).low + needed.high * (some == game.everyone))
    excess = least_core(richer).excess
    assert excess == pytest.approx(0.0, abs=1e-8) if needed.high > 0.0 else excess <= 1e-8
