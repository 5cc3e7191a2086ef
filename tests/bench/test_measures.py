"""Measures of one run, against sums by hand."""

from math import inf, isclose, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.bench.measures import (
    gap,
    primal_gap,
    primal_integral,
    root_gap_closed,
    seconds_to_first_point,
    seconds_to_gap,
)
from routeplan.bench.trajectory import Event, mean_until
from routeplan.errors import UsageError

# A run of 10 s: a bound of 50 at once, a point of 200 at 2 s and of 125 at 4 s, 100 proven at 8 s. The best is 100.
RUN = (
    Event(0.0, None, 50.0),
    Event(2.0, 200.0, None),
    Event(4.0, 125.0, 75.0),
    Event(8.0, 100.0, 100.0),
)
FINITE = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("incumbent", "bound", "expected"),
    [
        (0.0, 0.0, 0.0),
        (0.0, -0.0, 0.0),
        (200.0, 150.0, 0.25),  # 50 of 200
        (-150.0, -200.0, 0.25),
        (1.0, -1.0, 1.0),
        (5.0, 0.0, 1.0),  # 5 of 5
        (None, 5.0, 1.0),
        (5.0, None, 1.0),
        (inf, 5.0, 1.0),
        (5.0, -inf, 1.0),
        (inf, inf, 1.0),
        (nan, 5.0, 1.0),
    ],
)
def test_gap(incumbent, bound, expected):
    """By the rules of MIPcc23."""
    assert gap(incumbent, bound) == expected


@given(FINITE, FINITE, st.sampled_from([2.0, 0.25, 1024.0]))
def test_gap_is_a_share_without_unit(incumbent, bound, unit):
    """Between 0 and 1, the same in any unit and in either order."""
    assert 0.0 <= gap(incumbent, bound) <= 1.0
    assert isclose(gap(incumbent * unit, bound * unit), gap(incumbent, bound), abs_tol=1e-12)
    assert gap(bound, incumbent) == gap(incumbent, bound)


def test_primal_gap():
    """125 is 25 of 125 above 100; without a point all is missing."""
    assert primal_gap(125.0, 100.0) == 0.2
    assert primal_gap(None, 100.0) == 1.0


def test_primal_integral_by_hand():
    """2 s without a point, 2 s at a gap of 100 / 200, 4 s of 25 / 125, then none: 2 + 1 + 0.8 of 10 s."""
    assert isclose(primal_integral(RUN, 100.0, 10.0), 3.8 / 10)


def both(event):
    """Gap between point and bound."""
    return gap(event.incumbent, event.bound)


def test_primal_dual_integral_by_hand():
    """2 s without a point, 2 s of 150 / 200 (the bound is still 50), 4 s of 50 / 125, then none: 2 + 1.5 + 1.6."""
    assert isclose(mean_until(10.0, RUN, both), 5.1 / 10)


def test_integrals_end_at_the_limit():
    """By 3 s: 2 s without a point and 1 s at half; what is found at 4 s does not count."""
    assert isclose(primal_integral(RUN, 100.0, 3.0), 2.5 / 3)
    assert primal_integral((), 100.0, 3.0) == mean_until(3.0, (), both) == 1.0
    assert primal_integral((Event(5.0, 100.0),), 100.0, 3.0) == 1.0
    assert primal_integral((Event(0.0, 100.0),), 100.0, 3.0) == 0.0


def test_a_worse_value_changes_nothing():
    """A run keeps its best point and bound, whatever it reports later; NaN is no report."""
    worse = (*RUN, Event(8.0, 300.0, 0.0), Event(9.0, nan, -inf))
    assert primal_integral(worse, 100.0, 10.0) == primal_integral(RUN, 100.0, 10.0)
    assert mean_until(10.0, worse, both) == mean_until(10.0, RUN, both)


@given(st.lists(st.tuples(st.floats(0, 100), FINITE), max_size=6), st.floats(0.1, 100))
def test_an_integral_is_a_mean(pairs, limit):
    """Between the least and the largest gap, so between 0 and 1; an earlier point never makes it worse."""
    events = [Event(seconds, value) for seconds, value in sorted(pairs)]
    best = min([value for _, value in pairs], default=0.0)
    mean = primal_integral(events, best, limit)
    assert 0.0 <= mean <= 1.0 + 1e-12
    assert primal_integral([Event(0.0, best), *events], best, limit) <= mean + 1e-12


def test_times_to_points():
    """200 is half off, 125 a fifth, 100 nothing; a run without a point never gets there."""
    assert seconds_to_first_point(RUN) == 2.0
    assert [seconds_to_gap(RUN, 100.0, within) for within in (0.5, 0.2, 0.05, 0.0)] == [2.0, 4.0, 8.0, 8.0]
    assert seconds_to_gap(RUN, 90.0, 0.01) is None
    assert seconds_to_first_point(RUN[:1]) is None


def test_root_gap_closed():
    """From 60 to 90 on the way to 100 is 30 of 40; nothing is to be closed where the relaxation has the optimum."""
    assert root_gap_closed(60.0, 90.0, 100.0) == 0.75
    assert root_gap_closed(60.0, 60.0, 100.0) == 0.0
    assert root_gap_closed(100.0, 100.0, 100.0) is None
    assert root_gap_closed(100.0 - 1e-8, 100.0, 100.0) is None


def test_the_share_of_a_root_gap_is_between_0_and_1():
    """A root that was ended early at 50 closes nothing of 60 to 100; one that is above by rounding closes all."""
    assert root_gap_closed(60.0, 50.0, 100.0) == 0.0
    assert root_gap_closed(60.0, 100.0 + 1e-7, 100.0) == 1.0


def test_within_the_gap_asked_nothing_is_to_be_closed():
    """From 99.5 to 100 is half a percent."""
    assert root_gap_closed(99.5, 99.6, 100.0, gap_asked=0.01) is None
    assert root_gap_closed(99.5, 99.6, 100.0, gap_asked=0.001) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: primal_integral(RUN[::-1], 100.0, 10.0), "an event at 4 s follows one at 8 s; allowed: in the order"),
        (lambda: primal_integral((Event(-1.0),), 100.0, 10.0), "the time of an event is -1 s; allowed: 0 or more"),
        (lambda: primal_integral(RUN, inf, 10.0), "the best objective is inf; allowed: a finite number"),
        (lambda: primal_integral(RUN, 100.0, 0.0), "the time limit is 0 s; allowed: more than 0"),
        (lambda: primal_integral((Event(nan),), 100.0, 10.0), "the time of an event is nan s; allowed: 0 or more"),
        (lambda: root_gap_closed(-inf, 0.0, 1.0), "the relaxation's bound is -inf; allowed: a finite number"),
    ],
)
def test_what_is_no_run_is_refused(ask, said):
    """Times out of order or negative, and numbers that are none."""
    with pytest.raises(UsageError, match=said):
        ask()
