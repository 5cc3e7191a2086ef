"""Time: periods, years inside and outside them, and what money in each year is worth."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routeplan.instance.horizon import Horizon

UNHURRIED = settings(deadline=None, derandomize=True)
"""The same examples in every run, however busy the machine."""


def horizon(firsts=(2026, 2028, 2033, 2040), base_year=2026, rate=0.04):
    """Periods of 2, 5 and 7 years; the last first year is the end of the horizon."""
    years = [later - first for first, later in pairwise(firsts)]
    return Horizon(np.array(firsts[:-1]), np.array(years), base_year, rate)


def test_the_end_is_the_first_year_no_longer_planned():
    """The last period of 7 years begins in 2033."""
    assert horizon().end == 2040
    assert horizon().ends.tolist() == [2028, 2033, 2040]


def test_the_weight_of_a_period_is_the_sum_of_its_years():
    """At 25 % from 2026: 1 + 0.8 in the first period; 0.64 + 0.512 in the next."""
    assert horizon((2026, 2028, 2030), rate=0.25).weight.tolist() == pytest.approx([1.8, 1.152])


def test_the_base_year_moves_all_weights_alike():
    """One year earlier as base: everything is worth 1 / 1.25 of it."""
    later = horizon((2026, 2028, 2030), base_year=2025, rate=0.25)
    assert later.weight.tolist() == pytest.approx([1.8 / 1.25, 1.152 / 1.25])


def test_without_discounting_a_period_weighs_its_years():
    """Rate 0: every year counts 1."""
    assert horizon(rate=0.0).weight.tolist() == [2.0, 5.0, 7.0]


@UNHURRIED
@given(
    begin=st.integers(2020, 2045), end=st.integers(2020, 2045), rate=st.floats(0.0, 0.5), base=st.integers(2020, 2035)
)
def test_discounted_years_are_a_plain_sum_over_years(begin, end, rate, base):
    """Years outside the horizon count nothing."""
    total = 0.0
    for year in range(begin, end):
        if 2026 <= year < 2040:
            total += (1 + rate) ** -(year - base)
    found = horizon(base_year=base, rate=rate).discounted_years(begin, end)
    assert float(found) == pytest.approx(total, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("year", "position"),
    [(2019, 0), (2026, 0), (2027, 0), (2028, 1), (2032, 1), (2033, 2), (2039, 2), (2040, 2), (2099, 2)],
)
def test_a_year_lies_in_the_period_begun_last(year, position):
    """Before the horizon the first period counts, beyond it the last."""
    assert horizon().period_of(year) == position


def test_periods_are_found_by_their_first_years():
    """Positions 0 .. T-1, in any order and number."""
    assert horizon().position([2033, 2026, 2028, 2033]).tolist() == [2, 0, 1, 2]


@pytest.mark.parametrize(
    ("last_year", "until"),
    [
        (np.nan, np.inf),
        (2040, np.inf),  # the horizon's end or later ends nothing
        (2039, 2040),  # the period of 2033 still begins by then, and runs to its end
        (2033, 2040),
        (2032, 2033),
        (2028, 2033),
        (2027, 2028),
        (2025, 2026),  # before the first period: never
    ],
)
def test_a_last_year_lets_the_period_that_it_lies_in_end(last_year, until):
    """Years are tested by the first year of a period alone."""
    assert horizon().runs_until(last_year) == until
