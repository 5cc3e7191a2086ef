"""The checker of points: objective and violations by exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from routeplan.bench.check import COMPETITION, LOOSE, STRICT, Tolerance, checked
from routeplan.errors import UsageError
from routeplan.model.matrices import Matrices

INF = np.inf
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: number if abs(number) > 1e-30 else 0.0)


def program(rows, row_lower, row_upper, cost, *, lower=0.0, upper=10.0, integer=False, offset=0.0, **names):
    """A small program; columns are between 0 and 10 unless told otherwise."""
    count = len(cost)
    return Matrices(
        rows=sparse.csc_array(np.array(rows, dtype=float).reshape(-1, count)),
        row_lower=np.array(row_lower, dtype=float),
        row_upper=np.array(row_upper, dtype=float),
        lower=np.broadcast_to(np.asarray(lower, dtype=float), count),
        upper=np.broadcast_to(np.asarray(upper, dtype=float), count),
        cost=np.array(cost, dtype=float),
        offset=offset,
        integer=np.broadcast_to(np.asarray(integer), count),
        **names,
    )


def test_a_sum_that_floats_get_wrong():
    """Floats add 0.1 and 0.2 to 5.6e-17 above 0.3; the numbers that the three floats hold differ by half of that."""
    found = checked(program([[1, 1]], [-INF], [0.3], [1, 1]), [0.1, 0.2])
    assert found.given.row.amount == float(Fraction(0.1) + Fraction(0.2) - Fraction(0.3)) < 0.1 + 0.2 - 0.3
    assert found.objective == float(Fraction(0.1) + Fraction(0.2))


def test_a_sum_that_floats_lose_altogether():
    """1e16 + 1 - 1e16 is 1; floats that are added from the left make 0 of it."""
    row = [1e16, 1.0, -1e16]
    assert 1e16 + 1.0 - 1e16 == 0.0
    found = checked(program([row], [-INF], [0.75], row), [1.0, 1.0, 1.0])
    assert (found.objective, found.given.row.amount, found.feasible) == (1.0, 0.25, False)


def test_a_product_that_floats_round():
    """(1 + e)^2 is 1 + 2 e + e^2; floats drop the e^2, by which the row is violated."""
    e = 2.0**-30
    found = checked(program([[1 + e]], [-INF], [1 + 2 * e], [1]), [1 + e])
    assert (1 + e) * (1 + e) == 1 + 2 * e
    assert found.given.row.amount == e * e


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6), NUMBERS, NUMBERS)
def test_objective_and_rows_are_those_of_fractions(pairs, least, offset):
    """Objective and violation are the floats nearest to what fractions make of them."""
    row, x = (np.array(numbers) for numbers in zip(*pairs, strict=True))
    total = sum(Fraction(a) * Fraction(b) for a, b in pairs)
    found = checked(program([row], [least], [INF], row, offset=offset, lower=-INF, upper=INF), x)
    assert found.objective == float(total + Fraction(offset))
    assert found.given.row.amount == float(max(Fraction(0), Fraction(least) - total))


@pytest.mark.parametrize(
    ("miss", "strict", "loose"), [(2**-24, True, True), (2**-14, False, True), (2**-13, False, False)]
)
def test_a_row_may_be_missed_by_its_tolerance(miss, strict, loose):
    """2^-24 = 6e-8 is below 1e-6; 2^-14 = 6e-5 below 1e-4 only; 2^-13 = 1.2e-4 above both."""
    found = checked(program([[1, 1]], [2], [2], [1, 1]), [1, 1 - miss])
    assert (found.given.row.amount, found.given.row.where) == (miss, "row R1")
    assert (found.strictly_feasible, found.feasible) == (strict, loose)


LARGE = 2.0**20
"""A side of which a millionth is 1.05; up to 100, a millionth is less than the 1e-4 that any row may be missed by."""


@pytest.mark.parametrize(("miss", "allowed"), [(2.0**-14, True), (1.0, True), (1.0625, False), (2.0, False)])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_large_row_or_bound_may_be_missed_by_a_millionth_of_its_size(miss, allowed, sign):
    """As SCIP may leave it: x + y <= 2^20, or -x - y >= -2^20, is missed by a part of the sum, which is the larger.

    1 of 1048577 is below a millionth; 1.0625 of 1048577.0625 is above.
    """
    sides = ([-INF], [LARGE]) if sign > 0 else ([-LARGE], [INF])
    row = checked(program([[sign, sign]], *sides, [1, 1], upper=INF), [LARGE, miss])
    bound = checked(program([], [], [], [1], lower=-LARGE, upper=LARGE), [sign * (LARGE + miss)])
    for found, where in ((row, "row R1"), (bound, "column C1")):
        assert (found.given.sized.amount, found.given.sized.where) == (miss, where)
        assert found.given.sized.size == LARGE + miss
        assert found.feasible == (Fraction(miss) <= Fraction(1, 10**6) * (2**20 + Fraction(miss))) == allowed
        assert not found.strictly_feasible


def test_a_side_that_is_not_reached_is_the_size():
    """Of x >= 2^20, a millionth of the side counts, and not of the less that is there."""
    program_of_side = program([[1]], [LARGE], [INF], [1], upper=INF)
    assert checked(program_of_side, [LARGE - 1]).given.sized.size == LARGE
    assert checked(program_of_side, [LARGE - 1]).feasible
    assert not checked(program_of_side, [LARGE - 1.0625]).feasible


def test_large_terms_that_cancel_make_no_large_row():
    """What flows into a node, 2^20, must flow out: the sum is the miss, so 1e-4 is all that it may be."""
    node = program([[1, -1]], [0], [0], [1, 1], upper=INF)
    assert checked(node, [LARGE, LARGE + 2**-14]).feasible
    assert not checked(node, [LARGE, LARGE + 2**-13]).feasible


def test_a_large_row_does_not_excuse_a_small_one():
    """Of two rows, the larger miss is within a millionth of its size, and the smaller one is not: that is the worst."""
    both = program([[1, 0], [0, 1]], [-INF, -INF], [LARGE, 1], [1, 1], upper=INF)
    found = checked(both, [LARGE + 1, 1 + 2**-10])
    assert (found.given.row.where, found.given.sized.where) == ("row R1", "row R2")
    assert found.given.worst(LOOSE) == (found.given.sized, 1e-4)
    assert not found.feasible
    assert checked(both, [LARGE + 1, 1]).feasible
    assert found.given.most == 1.0


@pytest.mark.parametrize("miss", [1e-7, 1e-4, 1.1e-4])
def test_either_side_of_a_row_and_of_a_column(miss):
    """The same miss above and below, of a row 1 <= x <= 2 and of a column between 1 and 2."""
    row = program([[1]], [1], [2], [1])
    column = program([], [], [], [1], lower=1.0, upper=2.0)
    for point in (1 - miss, 2 + miss):
        exact = float(max(1 - Fraction(point), Fraction(point) - 2))
        assert checked(row, [point]).given.row.amount == exact
        assert checked(column, [point]).given.bound.amount == exact
        assert checked(row, [point]).feasible == checked(column, [point]).feasible == (exact <= 1e-4)


def test_integers_are_rounded_and_checked_again():
    """A link "built" to 0.00005 carries 0.5 through a big M of 1e4; whole, it is not built and carries nothing."""
    big = program([[1, -1e4]], [-INF], [0], [1, 100], integer=[False, True])
    found = checked(big, [0.5, 5e-5])
    assert found.given.integrality.amount == 5e-5
    assert found.strictly_feasible and not found.feasible_when_rounded
    assert found.rounded.row.amount == 0.5
    assert found.rounded.objective == 0.5


def test_the_worst_is_named():
    """Of several violations the largest is told, by the name of its row or column."""
    named = program(
        [[1, 0], [0, 1]], [2, 3], [INF, INF], [1, 1], upper=0.5, integer=True, row_names=("a", "b"),
        column_names=("x", "y"),
    )  # fmt: skip
    found = checked(named, [0.25, 0.75]).given
    assert (found.row.amount, found.row.where) == (2.25, "row b")
    assert (found.bound.amount, found.bound.where) == (0.25, "column y")
    assert (found.integrality.amount, found.integrality.where) == (0.25, "column x")
    assert found.worst(Tolerance(linear=1.0, integrality=0.01)) == (found.integrality, 0.01)


def test_what_holds_has_no_violation():
    """Rows without bounds, infinite bounds, and no rows at all."""
    free = program([[1, 1], [1, -1]], [-INF, 0], [INF, 0], [0, 0], lower=-INF, upper=INF, offset=3.5)
    assert checked(free, [7, 7]).given.within(Tolerance(0.0, 0.0))
    assert checked(free, [7, 7]).objective == 3.5
    assert checked(program([], [], [], [2]), [3]).given.within(Tolerance(0.0, 0.0))


def test_an_empty_row_is_checked_too():
    """0 >= 1 is violated by 1, whatever the point."""
    assert checked(program([[0, 0], [1, 0]], [1, 0], [INF, INF], [1, 1]), [0, 0]).given.row.amount == 1.0


def test_tolerances_grow():
    """What is feasible strictly is so by the competition's rules, and that by the loose ones."""
    assert STRICT.linear < COMPETITION.linear < LOOSE.linear
    assert STRICT.integrality == COMPETITION.integrality == LOOSE.integrality


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ([1.0], r"it has the shape \(1,\); allowed: \(2,\), one value for each column"),
        ([[1.0, 2.0]], r"shape \(1, 2\)"),
        ([1.0, np.nan], "column C2 is nan; allowed: numbers of at most 1e[+]100"),
        ([INF, 1.0], "column C1 is inf; allowed"),
    ],
)
def test_what_is_no_point_is_refused(x, said):
    """Another length, or a value that is no number."""
    with pytest.raises(UsageError, match=said):
        checked(program([], [], [], [1, 1]), x)
