"""Instances without a feasible point are so for the reason that is told."""

from itertools import product

import numpy as np
import pytest
from programs import solved

from routeplan.bench.families.infeasible import INFEASIBLE_CAP, INFEASIBLE_CUT, SITES, InfeasibleFamily, most_saved
from routeplan.bench.families.network import mesh_arcs
from routeplan.errors import UsageError
from routeplan.solver.solution import Ending


@pytest.mark.parametrize("family", [INFEASIBLE_CAP, INFEASIBLE_CUT], ids=lambda family: family.name)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.some(2)
def test_feasible_once_the_reason_is_lifted(family: InfeasibleFamily, seed: int) -> None:
    """One unit more of what is short, and there is a point."""
    short, lifted = family.make("S", seed), family.lifted("S", seed)
    assert solved(short.matrices).status is Ending.INFEASIBLE
    assert solved(lifted.matrices).status is Ending.OPTIMAL
    assert short.reason and not lifted.reason


@pytest.mark.parametrize("seed", range(3))
def test_the_cap_is_one_below_the_least_of_all_choices(seed: int) -> None:
    """Each choice in one area is tried: the most that is saved falls short of the cap by 1."""
    made, lifted = INFEASIBLE_CAP.make("XS", seed).matrices, INFEASIBLE_CAP.lifted("XS", seed).matrices
    use, saved = made.by_row[[0]].toarray()[0, :SITES], -made.by_row[[1]].toarray()[0, :SITES]
    choices = np.array(list(product((0.0, 1.0), repeat=SITES)))
    most = (choices @ saved)[choices @ use <= made.row_upper[0]].max()
    assert lifted.row_upper[1] == -most
    assert made.row_upper[1] == -most - 1.0
    assert made.row_upper[0] == lifted.row_upper[0] and (made.rows != lifted.rows).nnz == 0


@pytest.mark.parametrize("size", ["S", "M", "L", "XL"])
def test_the_relaxation_can_meet_the_cap(size: str) -> None:
    """The linear relaxation proves nothing."""
    assert solved(INFEASIBLE_CAP.make(size, 0).matrices.relaxed()).status is Ending.OPTIMAL


def test_the_cap_is_told_in_numbers() -> None:
    """A site emits what it can save and 10 more: the cap is what all emit less what must be saved."""
    made = INFEASIBLE_CAP.make("XS", 0)
    words = made.reason.split()
    cap, least = float(words[3]), float(words[6].rstrip(","))
    emitted = -made.matrices.by_row[[1]].toarray().sum() + 10.0 * SITES
    assert cap == emitted + made.matrices.row_upper[1] == least - 1.0


def test_most_saved_by_hand() -> None:
    """Room for 10: 6 and 4 save 13, more than 7 alone (12) or with nothing beside it; 11 fits nowhere."""
    assert most_saved(np.array([7.0, 6.0, 4.0, 11.0]), np.array([12.0, 8.0, 5.0, 99.0]), 10) == 13.0


def test_the_cut_carries_one_less_than_the_demand_behind_it() -> None:
    """Three by three nodes: the arcs from the first column to the second, and the demand of all but the first."""
    made = INFEASIBLE_CUT.make("XS", 4)
    tail, head = mesh_arcs(3)
    across = (tail % 3 == 0) & (head % 3 == 1)
    demand = np.append(0.0, made.matrices.row_upper[:8]).reshape(3, 3)
    behind = demand[:, 1:].sum()
    assert made.matrices.upper[: len(tail)][across].sum() == behind - 1.0
    told = f"the arcs across the middle carry {behind - 1:g} at most, and the demand behind them is {behind:g}"
    assert made.reason == told


@pytest.mark.parametrize("family", [INFEASIBLE_CAP, INFEASIBLE_CUT], ids=lambda family: family.name)
def test_what_cannot_be_made_cannot_be_lifted(family: InfeasibleFamily) -> None:
    """The same sizes are refused."""
    with pytest.raises(UsageError, match=rf"^size of {family.name} is 'XXL'"):
        family.lifted("XXL", 0)
