"""Steiner triple covering has the structure and the optima that are published."""

from itertools import combinations, product

import numpy as np
import pytest
from programs import solved

from routeplan.bench.families.steiner import OPTIMA, STEINER, lines
from routeplan.errors import UsageError


@pytest.mark.parametrize("points", [9, 27, 81])
def test_each_two_points_are_on_one_line(points: int) -> None:
    """That is what makes the lines a Steiner triple system, of points (points - 1) / 6 lines."""
    pairs = [pair for line in lines(points) for pair in combinations(sorted(line.tolist()), 2)]
    assert len(pairs) == len(set(pairs)) == points * (points - 1) // 2
    assert len(lines(points)) == points * (points - 1) // 6


def test_nine_points_against_every_choice() -> None:
    """512 choices: 5 points meet every line, no 4 do."""
    chosen = np.array(list(product((0, 1), repeat=9)))
    meets = (chosen[:, lines(9)].sum(axis=2) >= 1).all(axis=1)
    assert chosen[meets].sum(axis=1).min() == OPTIMA[9] == STEINER.make("XS", 0).optimum


@pytest.mark.nightly
def test_twenty_seven_points() -> None:
    """The published optimum of A27 is 18."""
    assert solved(STEINER.make("S", 0).matrices).objective == pytest.approx(18.0)


def test_a_seed_changes_the_order_alone() -> None:
    """Each point is on as many lines, in any order."""
    one, other = (STEINER.make("S", seed).matrices for seed in (0, 1))
    assert (one.rows != other.rows).nnz > 0
    for matrices in (one, other):
        assert set(np.diff(matrices.rows.indptr).tolist()) == {13}


def test_sizes_without_known_optimum_are_refused() -> None:
    """There is no XL."""
    with pytest.raises(UsageError, match=r"^size of steiner is 'XL'; allowed: XS, S, M, L \(9, 27, 81, 243 points\)$"):
        STEINER.make("XL", 0)
