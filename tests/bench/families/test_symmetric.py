"""Identical copies are identical, and the smallest instance is right."""

from dataclasses import replace

import numpy as np
import pytest
from programs import solved

from routeplan.bench.families.symmetric import COPIES, OPTIONS, PERIODS, SYMMETRIC
from routeplan.errors import UsageError

EACH = OPTIONS * PERIODS + 1
"""Columns of a site."""


def test_copies_are_interchangeable() -> None:
    """Two sites of a kind change places, columns and rows, and the program is the same; of other kinds it is not."""
    matrices = SYMMETRIC.make("S", 2).matrices

    def swapped(one: int, other: int) -> bool:
        sites, columns = matrices.rows.shape[0] - PERIODS, matrices.rows.shape[1]
        row, column = np.arange(sites + PERIODS), np.arange(columns).reshape(sites, EACH)
        row[[one, other]], column[[one, other]] = row[[other, one]], column[[other, one]]
        moved = matrices.rows[row][:, column.ravel()]
        same = (moved != matrices.rows).nnz == 0 and np.array_equal(matrices.cost, matrices.cost[column.ravel()])
        return bool(same and np.array_equal(matrices.row_upper, matrices.row_upper[row]))

    assert swapped(0, COPIES - 1) and swapped(COPIES, COPIES + 1)
    assert not swapped(0, COPIES)


@pytest.mark.parametrize("seed", range(2))
def test_one_kind_against_every_choice(seed: int) -> None:
    """Four sites with seven choices each are all tried."""
    matrices = replace(SYMMETRIC, copies=4).make("XS", seed).matrices
    choice = np.stack(np.meshgrid(*[np.arange(EACH)] * 4, indexing="ij"), axis=-1).reshape(-1, 4)
    column = choice + EACH * np.arange(4)
    use = matrices.by_row[-PERIODS:].toarray()
    fits = np.all([use[t][column].sum(axis=1) <= matrices.row_upper[4 + t] for t in range(PERIODS)], axis=0)
    assert solved(matrices).objective == pytest.approx(matrices.cost[column].sum(axis=1)[fits].min())


def test_an_earlier_start_saves_more_and_uses_room_longer() -> None:
    """Of each option the starts cost more and more, and appear in fewer rows of room; staying costs most."""
    matrices = SYMMETRIC.make("XS", 0).matrices
    cost = matrices.cost[: EACH - 1].reshape(OPTIONS, PERIODS)
    assert (np.diff(cost, axis=1) > 0).all() and matrices.cost[EACH - 1] > cost.max()
    entries = np.diff(matrices.rows.indptr)[:EACH]
    assert entries.tolist() == [4, 3, 2, 4, 3, 2, 1]


def test_sizes_of_other_families_are_refused() -> None:
    """The message says what a size counts here."""
    with pytest.raises(UsageError, match=r"allowed: XS \(1 kinds of sites\), S \(3 kinds of sites\)"):
        SYMMETRIC.make("whole", 0)
