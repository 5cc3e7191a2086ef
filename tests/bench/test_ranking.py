"""Agreement of rankings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_tables import table, times
from scipy import stats

from routeplan.bench.ranking import agreement, agreement_without_best, kendall
from routeplan.errors import DataError, UsageError


def seeds(*each, families=None):
    """Runs of several seeds, each as `times` takes them."""
    return pd.concat([times(families, **runs).assign(seed=seed) for seed, runs in enumerate(each)], ignore_index=True)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=8, unique=True))
def test_a_reversed_ranking(scores):
    """The same ranking agrees by 1, the reversed one by -1."""
    assert kendall(scores, [3 * score for score in scores]) == 1.0
    assert kendall(scores, [-score for score in scores]) == -1.0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=9))
def test_ties_are_those_of_scipy(pairs):
    """Tau-b, as scipy has it."""
    first, second = zip(*pairs, strict=True)
    expected = stats.kendalltau(first, second).statistic
    assert kendall(first, second) == pytest.approx(expected, nan_ok=True)


def test_one_pair_of_three_swapped():
    """Two of three pairs agree and one does not: 1 / 3."""
    assert kendall([1, 2, 3], [1, 3, 2]) == pytest.approx(1 / 3)


def test_infinite_scores_can_be_ranked():
    """Two that solve nothing are tied, behind all others."""
    assert kendall([1, np.inf, np.inf], [1, 2, 2]) == 1.0


def test_seeds_that_agree():
    """Whatever instance is drawn, "a" is before "b"."""
    found = agreement(seeds({"a": [1, 2], "b": [3, 4]}, {"a": [2, 2], "b": [5, 6]}), resamples=50)
    assert (found.tau, found.interval, found.rankings, found.instances) == (1.0, (1.0, 1.0), 2, 2)


def test_seeds_that_differ_by_hand():
    """Three seeds, the last reversed: of three pairs of rankings one agrees, (1 - 1 - 1) / 3."""
    forth, back = {"a": [1, 1], "b": [2, 2]}, {"a": [2, 2], "b": [1, 1]}
    assert agreement(seeds(forth, forth, back), resamples=50).tau == pytest.approx(-1 / 3)


def test_the_interval_tells_how_much_hangs_on_instances():
    """The second seed reverses one instance of two: drawn twice, or not at all, it turns the agreement."""
    found = agreement(seeds({"a": [1, 1], "b": [2, 2]}, {"a": [1, 3], "b": [9, 1]}))
    assert found.tau == 1.0
    assert found.interval == (-1.0, 1.0)


def test_machines_can_be_ranked_by():
    """Runs of the same seed on two machines, which disagree."""
    runs = pd.concat([times(a=[1], b=[2]).assign(machine="slow"), times(a=[2], b=[1]).assign(machine="quick")])
    found = agreement(runs, "machine")
    assert (found.tau, found.interval) == (-1.0, None)  # one instance: nothing to draw from


def test_nothing_but_ties_has_no_agreement():
    """All settings at the limit with every seed."""
    runs = seeds({"a": [100, 100], "b": [100, 100]}, {"a": [100, 100], "b": [100, 100]})
    assert (agreement(runs).tau, agreement(runs).interval) == (None, None)


def test_only_instances_that_all_have_are_ranked_by():
    """A run that is missing takes its instance out for all."""
    runs = seeds({"a": [1, 9], "b": [2, 1]}, {"a": [1, 9], "b": [2, 1]})
    part = runs.drop(index=runs.index[(runs["instance"] == "i1") & (runs["setting"] == "b") & (runs["seed"] == 1)])
    assert agreement(part).instances == 1


def test_leaving_out_the_best_may_turn_the_others():
    """Within twice the least time "best" is on 4 instances, "b" on 3 and "c" on 2; without "best", "c" is before "b".

    The least times of all are 1, 1, 10, 10 and 1, so "b" is near on the last three, and "c" on the third and fourth.
    The least times of "b" and "c" are 4, 4, 15, 15 and 1: "b" is near on the last three still, "c" on the first four.
    """
    runs = times(best=[1, 1, 10, 10, 40], b=[12, 9, 15, 15, 1], c=[4, 4, 20, 20, 2.5])
    assert agreement_without_best(runs, resamples=20).tau == -1.0


def test_leaving_out_the_best_may_change_nothing():
    """All are as many times slower than the next on each instance."""
    found = agreement_without_best(times(a=[1, 2, 3], b=[1.5, 3, 9], c=[1.5, 9, 27]), resamples=20)
    assert (found.tau, found.rankings, found.instances) == (1.0, 2, 3)


@pytest.mark.parametrize(
    ("runs", "by", "said"),
    [
        (times(a=[1], b=[2]), "machine", "runs have no column machine; allowed: instance, family"),
        (times(a=[1], b=[2]), "seed", "rankings by seed cannot be compared; allowed: two or more, of the same two"),
        (seeds({"a": [1]}, {"a": [1]}), "seed", "rankings by seed cannot be compared"),
        (seeds({"a": [1], "b": [1]}, {"a": [1]}), "seed", "rankings by seed cannot be compared"),
    ],
)
def test_what_cannot_be_ranked_is_refused(runs, by, said):
    """A column that is not there; too few rankings, settings or common instances."""
    with pytest.raises(UsageError, match=said):
        agreement(runs, by)


def test_runs_that_are_there_twice_are_refused():
    """The same seed twice on one machine; on two machines it is fine."""
    runs = table(("i", "f", "a", 0, 1), ("i", "f", "a", 0, 2)).assign(machine="slow")
    with pytest.raises(DataError, match="allowed: one run with the same instance, setting, seed, machine"):
        agreement(runs, "machine")


def test_two_settings_have_no_ranking_without_the_best():
    """One is left, which has no ranking."""
    with pytest.raises(UsageError, match="2 settings share 2 instances; allowed: 3 or more, and 1 or more"):
        agreement_without_best(times(a=[1, 1], b=[2, 2]))


def test_rankings_of_different_settings_are_refused():
    """Two numbers against three."""
    with pytest.raises(UsageError, match=r"rankings have the shapes \(2,\) and \(3,\); allowed: the same number"):
        kendall([1, 2], [1, 2, 3])
