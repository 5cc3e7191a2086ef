"""Comparison of two settings on the same instances."""

from itertools import product
from math import comb, isclose

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from run_tables import times

from routeplan.bench.bootstrap import interval, resampled
from routeplan.bench.pairs import Counts, Factor, bracket, compared, compared_with, factor, paired
from routeplan.bench.significance import holm, mcnemar, wilcoxon
from routeplan.bench.statistics import aggregated
from routeplan.errors import DataError, UsageError

COUNTS = st.integers(0, 12)
POSITIVE = st.lists(st.floats(0.01, 90), min_size=2, max_size=6)


def pairs_of(first, second, families=None):
    return paired(aggregated(times(families, a=first, b=second)), "a", "b")


def test_a_factor_by_hand():
    """(4 + 1) / (0 + 1) is 5 and (4 + 1) / (124 + 1) is 1 / 25 with a shift of 1; their mean is sqrt(1 / 5)."""
    runs = times(a=[4, 4], b=[0, 124]).assign(limit=1000.0, solved=True)
    found = compared(runs, "a", "b").factor
    assert isclose(found.value, 5**-0.5)
    low, high = found.interval  # a resample has the first twice, the second twice, or both
    assert (low, high) == pytest.approx((1 / 25, 5))


@settings(max_examples=10, deadline=None)
@given(POSITIVE, st.sampled_from([0.01, 1000.0]))
def test_a_factor_has_no_unit(seconds, unit):
    """In another unit, with the shift in that unit, it is the same."""
    pairs = pairs_of(seconds, seconds[::-1])
    scaled = pairs.assign(seconds_first=pairs["seconds_first"] * unit, seconds_second=pairs["seconds_second"] * unit)
    assert isclose(factor(scaled, 2 * unit, resamples=10).value, factor(pairs, 2, resamples=10).value)


@pytest.mark.nightly
@settings(max_examples=5, deadline=None)
@given(POSITIVE)
def test_a_factor_turned_round_is_its_inverse(seconds):
    """So is its interval, and the p-values stay."""
    runs = times(a=seconds, b=[time**0.5 for time in seconds])
    forth, back = (compared(runs, *names, resamples=50) for names in (("a", "b"), ("b", "a")))
    assert isclose(forth.factor.value * back.factor.value, 1)
    assert (forth.wilcoxon, forth.mcnemar) == pytest.approx((back.wilcoxon, back.mcnemar))
    assert forth.factor.equal == back.factor.equal


def test_what_is_censored_and_solved_is_counted():
    """Both, one, the other and none solve; where none does the limit is compared, and 10 limits as well."""
    found = compared(times(a=[1, 1, 100, 100, 1], b=[1, 100, 1, 100, 100]), "a", "b")
    assert found.solved == Counts(both=1, first=2, second=1, neither=1)
    assert (found.censored.one, found.censored.both) == (3, 1)
    # Ratios: 1, 2 / 101, 101 / 2, 1 and 2 / 101; with ten limits 2 / 1001 and so on.
    assert found.factor.value == pytest.approx((2 / 101) ** (1 / 5))
    assert found.factor_penalised.value == pytest.approx((2 / 1001) ** (1 / 5))
    assert found.mcnemar == 1.0  # 2 against 1: an even chance gives as much either way


def test_all_ties():
    """Nothing differs: the factor is 1, its interval too, and no test says otherwise."""
    found = compared(times(a=[1, 2, 3], b=[1, 2, 3]), "a", "b")
    assert found.factor == Factor(3, 1.0, (1.0, 1.0))
    assert found.factor.equal
    assert (found.wilcoxon, found.mcnemar) == (1.0, 1.0)


def test_all_censored():
    """Nobody solves anything: equal by the limit, and no bracket has an instance."""
    found = compared(times(a=[100, 100], b=[100, 100]), "a", "b")
    assert (found.factor.value, found.censored.both, found.solved.neither) == (1.0, 2, 2)
    assert {factor for _, factor in found.brackets} == {Factor(0, None, None)}
    assert not found.brackets[0][1].equal


def test_one_instance():
    """There is a factor, but nothing to draw from; the same for families of one instance each."""
    found = compared(times(a=[3], b=[1]), "a", "b")
    assert (found.factor, found.wilcoxon) == (Factor(1, 2.0, None), 1.0)
    assert compared(times(["f", "g"], a=[3, 3], b=[1, 1]), "a", "b").factor.interval is None


def test_zero_times_need_a_shift():
    """With one they are compared; without one 0 s would be infinitely faster."""
    assert compared(times(a=[0, 0], b=[0, 1]), "a", "b").factor.value == pytest.approx(2**-0.5)
    with pytest.raises(UsageError, match="a time is 0 s, which is infinitely faster than any other; allowed: a shift"):
        compared(times(a=[0, 0], b=[0, 1]), "a", "b", shift=0.0)


def test_brackets():
    """By the slower of the two, among what one of them solves: 10 s counts from 10 s, the limit from each."""
    pairs = pairs_of([0.5, 1, 10, 100, 100], [0.5, 0.5, 0.5, 0.5, 100])
    counts = [len(bracket(pairs, least)) for least in (0, 1, 10, 100)]
    assert counts == [4, 3, 2, 1]
    found = compared(times(a=[0.5, 1, 10, 100, 100], b=[0.5, 0.5, 0.5, 0.5, 100]), "a", "b")
    assert [(least, factor.instances) for least, factor in found.brackets] == [(0, 4), (1, 3), (10, 2), (100, 1)]


@pytest.mark.parametrize(("value", "equal"), [(1.0, True), (1.049, True), (1 / 1.049, True), (1.051, False)])
def test_equal_is_less_than_a_twentieth(value, equal):
    """Either way, whatever the number of instances; 1 / 1.049 is 0.953."""
    assert Factor(10, value, None).equal == equal


def test_instances_of_one_alone_are_left_out():
    """They are counted, and change nothing."""
    runs = times(a=[1, 2, 3], b=[2, 4, 6])
    part = runs[(runs["setting"] == "a") | (runs["instance"] != "i2")]
    found = compared(part, "a", "b")
    assert (found.left_out, found.factor.instances) == (1, 2)
    assert found.factor.value == pytest.approx((2 / 3 * 3 / 5) ** 0.5)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_resamples_keep_the_counts_of_families(families):
    """Each position is filled from its own family."""
    drawn = resampled(families, np.random.default_rng(0), 20)
    named = np.array(families)
    assert (named[drawn] == named).all()


def test_resamples_draw_with_replacement_and_evenly():
    """Of 4 instances each is drawn a quarter of the time, and some sample has one of them twice."""
    drawn = resampled("aaaa", np.random.default_rng(1), 4000)
    shares = np.bincount(drawn.ravel()) / drawn.size
    assert shares == pytest.approx([0.25] * 4, abs=0.02)  # the standard error is 0.0034
    assert any(len(set(sample)) < 4 for sample in drawn.tolist())


def test_the_spread_of_the_mean_is_its_standard_error():
    """Of two numbers a and b the mean has the standard error |a - b| / 2, for two families half as much each."""
    numbers = np.array([1.0, 4.0, 2.0, 10.0])
    one = numbers[:2][resampled("ff", np.random.default_rng(2), 20_000)].mean(axis=1)
    assert one.std() == pytest.approx(1.5, rel=0.02)
    both = numbers[resampled("ffgg", np.random.default_rng(3), 20_000)].mean(axis=1)
    assert both.std() == pytest.approx(((1.5 / 2) ** 2 + (4.0 / 2) ** 2) ** 0.5, rel=0.02)


def test_strata_narrow_the_interval():
    """Families differ, their instances do not: whatever is drawn, the factor is the same, sqrt(2 x 8) = 4."""
    pairs = pairs_of([3, 3, 15, 15], [1, 1, 1, 1], ["f", "f", "g", "g"])
    assert factor(pairs, 1).interval == pytest.approx((4, 4))
    assert factor(pairs.assign(family="f"), 1).interval == pytest.approx((2, 8))


def test_the_interval_is_the_middle_of_the_outcomes():
    """Of 0 to 1000 the middle 95 % are 25 to 975; what is no number is not counted."""
    assert interval([*range(1001), np.nan]) == pytest.approx((25, 975))
    assert interval([np.nan]) is None


def test_no_instances_to_draw_from_are_refused():
    """Nor no resamples."""
    with pytest.raises(UsageError, match="10 resamples of 0 instances; allowed: one or more of each"):
        resampled([], np.random.default_rng(0), 10)


@given(COUNTS, COUNTS)
def test_mcnemar_is_the_binomial_sum(first, second):
    """Twice the chance of so few or fewer heads among all that differ, at most 1."""
    total = first + second
    tail = sum(comb(total, heads) for heads in range(min(first, second) + 1)) / 2**total
    assert isclose(mcnemar(first, second), min(1.0, 2 * tail))


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=7, unique=True), st.integers(0, 127))
def test_wilcoxon_is_the_count_of_signs(sizes, signs):
    """Of all ways to give the ranks signs, the share whose sum is as far from even as the sum seen."""
    differences = [size if signs >> position & 1 else -size for position, size in enumerate(sizes)]
    ranks = range(1, len(sizes) + 1)
    seen = abs(sum(rank * np.sign(number) for rank, number in zip(ranks, sorted(differences, key=abs), strict=True)))
    sums = [abs(sum(map(int.__mul__, ranks, way))) for way in product((-1, 1), repeat=len(sizes))]
    assert isclose(wilcoxon(differences), sum(total >= seen for total in sums) / len(sums))


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_by_its_definition(p_values):
    """The largest multiple so far, and never below the p-value itself or above 1."""
    ordered = sorted(p_values)
    count = len(p_values)
    stepped = [max(min(1.0, (count - j) * ordered[j]) for j in range(k + 1)) for k in range(count)]
    assert holm(p_values) == pytest.approx([stepped[ordered.index(p_value)] for p_value in p_values])


def test_holm_by_hand():
    """0.01 x 3, then 0.03 x 2, then 0.04 x 1, which must not fall below the 0.06 before it."""
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_all_against_a_base():
    """By name, each as compared alone, with p-values adjusted for two tests."""
    runs = times(base=[8] * 6, quick=[1, 2, 3, 4, 5, 6], same=[8] * 6)
    quick, same = compared_with(runs, "base")
    assert (quick.first, quick.second, same.second) == ("base", "quick", "same")
    assert quick.wilcoxon == 2 / 2**6  # all six signs alike, one way or the other
    assert (quick.wilcoxon_holm, same.wilcoxon_holm) == (4 / 2**6, 1.0)
    assert quick.factor == compared(runs, "base", "quick").factor
    assert compared_with(runs[runs["setting"] == "base"], "base") == ()


def test_the_same_seed_gives_the_same_interval():
    """Another seed gives another, close to it."""
    runs = times(a=range(1, 31), b=[(7 * time) % 31 + 1 for time in range(1, 31)])
    found = compared(runs, "a", "b", seed=1)
    assert found == compared(runs.sample(frac=1, random_state=0), "a", "b", seed=1)
    other = compared(runs, "a", "b", seed=2).factor.interval
    assert other != found.factor.interval
    assert other == pytest.approx(found.factor.interval, rel=0.1)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("a", "c"), "there are no runs of c; allowed: a, b"),
        (("a", "a"), "a is compared with itself; allowed: two settings"),
    ],
)
def test_settings_that_cannot_be_compared_are_refused(names, said):
    """Unknown ones, and one with itself."""
    with pytest.raises(UsageError, match=said):
        compared(times(a=[1], b=[2]), *names)


def test_settings_without_a_common_instance_are_refused():
    """They were run on different ones; and a table without settings is none."""
    runs = pd.concat([times(a=[1]), times(b=[1]).assign(instance="other")])
    with pytest.raises(UsageError, match="a and b share no instance; allowed: settings that were run on the same ones"):
        compared(runs, "a", "b")
    with pytest.raises(DataError, match="missing: setting; allowed"):
        compared_with(runs.drop(columns="setting"), "a")


def test_what_is_too_short_is_not_called_equal():
    """Of 0.01 and 0.03 s, with 1 s added, the ratio is 1.02, whatever it is without; half are not most."""
    short, long = [0.01] * 4, [40.0] * 4
    assert compared(times(a=short, b=[0.03] * 4), "a", "b", resamples=100).verdict == "too short to tell"
    assert compared(times(a=short + long, b=short + long), "a", "b", resamples=100).verdict == "equal"
    found = compared(times(a=[*short, 1.0], b=[0.03] * 4 + [1.0]), "a", "b", resamples=100)
    assert (found.short, found.verdict) == (4, "too short to tell")
    assert compared(times(a=[0.1] * 4, b=[0.9] * 4), "a", "b", resamples=100).verdict != "too short to tell"
