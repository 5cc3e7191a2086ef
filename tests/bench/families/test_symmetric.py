"""Identical copies are identical, and the smallest instance is right."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from programs import solved

from routeplan.bench.families.symmetric import COPIES, ROOM, STATION_COST, SYMMETRIC
from routeplan.errors import UsageError
from routeplan.instance.horizon import IntArray
from routeplan.model.matrices import Matrices


def counts(matrices: Matrices) -> tuple[int, int]:
    """Sites and stations: each site has a row, each station a row and a column, each site a column for every one."""
    rows, columns = matrices.rows.shape
    sites = int((matrices.row_lower == 1.0).sum())
    assert columns == sites * (rows - sites + 1) + rows - sites
    return sites, rows - sites


def same_in_order(matrices: Matrices, rows: IntArray, columns: IntArray) -> bool:
    """Whether a program with its rows and columns in another order is the same."""
    moved = matrices.rows[rows][:, columns]
    costs = np.array_equal(matrices.cost, matrices.cost[columns])
    return costs and (moved != matrices.rows).nnz == 0 and np.array_equal(matrices.row_upper, matrices.row_upper[rows])


def swapped(matrices: Matrices, sites: tuple[int, int] = (0, 0), stations: tuple[int, int] = (0, 0)) -> bool:
    """Whether the program is the same when two sites, and two stations, change places."""
    number, bins = counts(matrices)
    site, station = np.arange(number), np.arange(bins)
    site[list(sites)], station[list(stations)] = site[list(sites[::-1])], station[list(stations[::-1])]
    choice = np.arange(number * (bins + 1)).reshape(number, bins + 1)
    choice = choice[site][:, np.append(station, bins)]
    columns = np.append(choice.ravel(), choice.size + station)
    return same_in_order(matrices, np.append(site, number + station), columns)


def test_copies_are_interchangeable() -> None:
    """Two sites of a kind may change places, and any two stations; sites of two kinds may not."""
    matrices = SYMMETRIC.make("S", 2).matrices
    stations = counts(matrices)[1]
    assert swapped(matrices, sites=(0, COPIES - 1)) and swapped(matrices, sites=(COPIES, COPIES + 1))
    assert swapped(matrices, stations=(0, stations - 1))
    assert not swapped(matrices, sites=(0, COPIES))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.some(3)
def test_one_kind_against_every_choice(seed: int) -> None:
    """Five sites stay or choose a station, in every way: each station that is used is paid for."""
    matrices = replace(SYMMETRIC, copies=5).make("XS", seed).matrices
    sites, stations = counts(matrices)
    use, stay = matrices.by_row[[sites]].toarray()[0, 0], matrices.cost[stations]
    costs = []
    for choice in product(range(stations + 1), repeat=sites):
        load = np.bincount(choice, minlength=stations + 1)[:stations] * use
        if (load <= ROOM).all():
            moved = sum(each < stations for each in choice)
            costs.append(moved * stay / 2.0 + (sites - moved) * stay + STATION_COST * (load > 0).sum())
    assert solved(matrices).objective == pytest.approx(min(costs))


def test_a_station_is_worth_it_only_when_it_is_full() -> None:
    """What one site saves pays for no station, what fills one does."""
    matrices = SYMMETRIC.make("L", 0).matrices
    sites, stations = counts(matrices)
    use = matrices.by_row[[sites]].toarray()[0, : sites * (stations + 1) : stations + 1]
    saving = matrices.cost[: sites * (stations + 1) : stations + 1]
    assert (saving < STATION_COST).all() and (ROOM * saving / use > STATION_COST).all()


def test_sizes_of_other_families_are_refused() -> None:
    """The message says what a size counts here."""
    with pytest.raises(UsageError, match=r"allowed: XS, S, M, L, XL \(1, 3, 5, 8, 16 kinds of sites\)$"):
        SYMMETRIC.make("whole", 0)
