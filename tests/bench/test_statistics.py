"""Means, penalties and counts of many runs, and curves over them."""

from math import isclose, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_tables import table, times

from routeplan.bench.curves import performance_profile, solved_over_time, virtual_best
from routeplan.bench.statistics import aggregated, counted_seconds, penalised_average, shifted_geometric_mean, summary
from routeplan.errors import DataError, UsageError

TIMES = st.lists(st.floats(0, 1e6), min_size=1, max_size=8)


def test_shifted_geometric_mean_by_hand():
    """(0 + 1)(3 + 1) is 4, whose root is 2, less the shift: 1. Without a shift 2 and 8 have 4; a 0 makes it 0."""
    assert isclose(shifted_geometric_mean([0, 3], 1), 1.0)
    assert isclose(shifted_geometric_mean([2, 8], 0), 4.0)
    assert shifted_geometric_mean([0, 8], 0) == 0.0


@given(st.floats(0, 1e6), st.integers(1, 6), st.floats(0.1, 100))
def test_the_mean_of_equal_numbers_is_that_number(number, count, shift):
    """Whatever the shift."""
    assert isclose(shifted_geometric_mean([number] * count, shift), number, rel_tol=1e-9, abs_tol=1e-9 * shift)


@given(TIMES, st.floats(0.1, 100))
def test_the_mean_lies_between_the_geometric_and_the_arithmetic(values, shift):
    """It grows with the shift, from the one to the other."""
    mean = shifted_geometric_mean(values, shift)
    slack = 1e-9 * (1 + max(values) + shift)
    assert shifted_geometric_mean(values, 0) - slack <= mean <= np.mean(values) + slack


@given(TIMES, st.sampled_from([0.001, 60.0]))
def test_the_mean_has_the_unit_of_its_values(values, unit):
    """In another unit, with the shift in that unit too, it is the same."""
    scaled = shifted_geometric_mean([value * unit for value in values], 10 * unit)
    assert isclose(scaled, shifted_geometric_mean(values, 10) * unit, rel_tol=1e-9, abs_tol=1e-9 * unit)


@pytest.mark.parametrize(
    ("values", "shift", "said"),
    [
        ([], 1.0, "nothing to take a mean of; allowed: one value or more"),
        ([1.0, -2.0], 1.0, "a value of a mean is -2; allowed: 0 or more"),
        ([nan], 1.0, "a value of a mean is nan; allowed: 0 or more"),
        ([1.0], -1.0, "the shift is -1 s; allowed: 0 or more"),
        ([1.0], nan, "the shift is nan s; allowed: 0 or more"),
    ],
)
def test_what_has_no_mean_is_refused(values, shift, said):
    """No values, or what is no time."""
    with pytest.raises(UsageError, match=said):
        shifted_geometric_mean(values, shift)


def test_what_a_run_counts():
    """Its time; the limit, or so many limits, where it is not solved, also when it stops early; never above it."""
    runs = table(*(("i", "f", "s", seed, time) for seed, time in enumerate([7, 100, 5, 101])))
    runs["solved"] = [True, False, False, True]
    assert counted_seconds(runs).tolist() == [7, 100, 100, 100]
    assert counted_seconds(runs, 10.0).tolist() == [7, 1000, 1000, 100]


def test_seeds_are_aggregated_first():
    """Seeds of 0 and 3 s have a mean of 1 s; of 3 s and the limit sqrt(4 x 101) - 1; half of them is not solved."""
    means = aggregated(
        table(("i", "f", "s", 0, 0), ("i", "f", "s", 1, 3), ("j", "g", "s", 0, 3), ("j", "g", "s", 1, 100))
    ).set_index("instance")
    assert means["seconds"].tolist() == pytest.approx([1.0, 404**0.5 - 1])
    assert means["solved"].tolist() == [True, False]
    assert means["censored"].tolist() == [False, True]
    assert means["solved_seeds"].tolist() == [2, 1]
    assert means["family"].tolist() == ["f", "g"]


def test_summary_by_hand():
    """Over two instances, the second solved by one seed of three.

    With a shift of 0 the first counts 4. The second has 1, 100 and 100: its mean with a shift of 1 is
    (2 x 101 x 101)^(1/3) - 1. PAR2 is the mean of 4 and (1 + 200 + 200) / 3, PAR10 of 4 and (1 + 1000 + 1000) / 3.
    """
    rows = [("i", "f", "s", 0, 4.0), *(("j", "f", "s", seed, time) for seed, time in enumerate([1.0, 100.0, 100.0]))]
    found = summary(table(*rows), shift=0.0).loc["s"]
    assert found["mean"] == pytest.approx((4 * ((2 * 101**2) ** (1 / 3) - 1)) ** 0.5)
    assert found["par2"] == pytest.approx((4 + 401 / 3) / 2)
    assert found["par10"] == pytest.approx((4 + 2001 / 3) / 2)
    assert found[["instances", "solved", "runs", "solved_runs"]].tolist() == [2, 1, 4, 2]


def test_a_setting_that_solves_nothing():
    """Its mean is the limit, and its penalised means so many limits."""
    found = summary(times(s=[100, 100])).loc["s"]
    assert found["solved"] == 0
    assert found[["mean", "par2", "par10"]].tolist() == pytest.approx([100, 200, 1000])


def test_zero_times():
    """A mean of nothing but 0 is 0, not less by rounding."""
    assert summary(times(s=[0, 0])).loc["s", "mean"] == 0.0
    assert penalised_average(times(s=[0, 0]), 2.0).tolist() == [0.0]


def test_every_problem_of_a_table_is_told():
    """A negative time, a limit of 0, a run without setting, and an instance of two families."""
    runs = table(("i", "f", "s", 0, -1), ("i", "g", "s", 1, 2), ("j", "f", None, 0, 2))
    runs["limit"] = [100.0, 100.0, 0.0]
    with pytest.raises(DataError) as refused:
        aggregated(runs)
    assert [str(problem) for problem in refused.value.problems] == [
        "runs:2: column 'seconds' is -1; allowed: 0 or more",
        "runs:3: column 'family' is g; allowed: the same on all rows of an instance",
        "runs:4: column 'limit' is 0.0; allowed: more than 0",
        "runs:4: column 'setting' is empty; allowed: a value",
    ]


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (times(s=[1]).drop(columns=["seed", "limit"]), "missing: seed, limit; allowed: all of instance, family,"),
        (table(("i", "f", "s", 0, 1), limit="long"), "runs:1: column 'limit' holds text; allowed: numbers"),
        (times(s=[1]).iloc[:0], "there are no runs; allowed: one or more"),
        (table(("i", "f", "s", 0, 1), ("i", "f", "s", 0, 2)), "runs:3: column 'seed' is 0; allowed: one run with the"),
        (table(("i", "f", "s", 0, 1), solved="yes"), "column 'solved' is yes; allowed: True or False"),
        (table(("i", "f", "s", 0, nan)), "column 'seconds' is empty; allowed: a value"),
        (table(("i", "f", "s", 0, 1), ("i", "f", "t", 0, 2), limit=[5, 6]), "column 'limit' is 6; allowed: the same"),
    ],
)
def test_what_is_no_table_of_runs_is_refused(runs, said):
    """Columns or runs that are missing, there twice or contradict each other."""
    with pytest.raises(DataError, match=said):
        aggregated(runs)


def test_solved_over_time():
    """Of four runs of "a" one is solved by 1 s, two by 2 s and three at the end; "b" solves none."""
    found = solved_over_time(times(a=[1, 2, 50, 100], b=[100] * 4), [0.5, 1, 2, 1000])
    assert found["a"].tolist() == [0.0, 0.25, 0.5, 0.75]
    assert found["b"].tolist() == [0.0] * 4


def test_virtual_best():
    """The least time of those who solve it; missing where nobody does, also when somebody stops early."""
    runs = times(a=[1, 8, 3], b=[2, 4, 100])
    runs.loc[(runs["setting"] == "a") & (runs["instance"] == "i2"), "solved"] = False
    best = virtual_best(aggregated(runs))
    assert best.tolist() == pytest.approx([1, 4, nan], nan_ok=True)


def test_performance_profile_by_hand():
    """Best times 1, 4 and none: "a" is 1 and 2 times above, "b" 2 times and 1 time; the third counts for nobody."""
    means = aggregated(times(a=[1, 8, 100], b=[2, 4, 100]))
    found = performance_profile(means, virtual_best(means), [1, 1.5, 2])
    assert found["a"].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3])
    assert found["b"].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3])


def test_a_profile_keeps_its_best_when_a_setting_is_left_out():
    """The curve of "b" is the same with and without "a"."""
    means = aggregated(times(a=[1, 8], b=[4, 4]))
    best = virtual_best(means)
    alone = performance_profile(means[means["setting"] == "b"], best, [1, 2, 4])
    assert alone["b"].tolist() == performance_profile(means, best, [1, 2, 4])["b"].tolist() == [0.5, 0.5, 1.0]


def test_zero_times_are_within_any_factor():
    """0 s is within a factor of 1 of 0 s; 1 s is within none."""
    means = aggregated(times(a=[0], b=[1]))
    found = performance_profile(means, virtual_best(means), [1, 1e6])
    assert found["a"].tolist() == [1, 1]
    assert found["b"].tolist() == [0, 0]


def test_profiles_below_the_best_are_refused():
    """A factor below 1, and an instance that the best times do not know."""
    means = aggregated(times(a=[1, 2]))
    with pytest.raises(UsageError, match=r"a factor of a profile is 0\.5; allowed: 1 or more"):
        performance_profile(means, virtual_best(means), [0.5])
    with pytest.raises(UsageError, match="the best time is not given of i1; allowed: every instance"):
        performance_profile(means, virtual_best(means).drop("i1"), [1])
