"""A suite that was run twice: its figures, its runs one by one, and what so cannot be told."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from made_runs import LIMIT, manifest, run

from routeplan.bench.repeat import FIGURES, repeat, times_apart, untold
from routeplan.runs.outcome import Ended

BASE, OTHER = "highs-default", "other"


def made(**seconds):
    """Runs of instances by setting: ``made(other=[1, None])``, with the default of HiGHS as ``base``."""
    return [
        run(f"a-S-{place}", BASE if setting == "base" else setting, time, point=10.0)
        for setting, times in seconds.items()
        for place, time in enumerate(times)
    ]


def test_every_figure_stands_beside_itself():
    """Two instances in 1 s and 3 s, then in 2 s and 3 s, and one of two settings solves less the second time."""
    found = repeat(made(base=[1, 3], other=[5, 5]), made(base=[2, 3], other=[5, None])).figures
    assert found.groupby("setting", sort=False)["figure"].agg(list).to_dict() == {
        BASE: list(FIGURES),
        OTHER: list(FIGURES),
    }
    table = found.set_index(["setting", "figure"])
    mean = table.loc[(BASE, "mean")]
    first, second = math.sqrt(11 * 13) - 10, math.sqrt(12 * 13) - 10
    assert mean.tolist() == pytest.approx([first, second, second - first, second / first])
    assert table.loc[(BASE, "par10")].tolist() == pytest.approx([2.0, 2.5, 0.5, 1.25])
    assert table.loc[(OTHER, "par10"), "second"] == pytest.approx((5 + 10 * LIMIT) / 2)
    assert table.loc[(OTHER, "solved")].tolist() == [2, 1, -1, 0.5]
    wrong = table.loc[(BASE, "wrong")]
    assert wrong.tolist()[:3] == [0, 0, 0]
    assert pd.isna(wrong["ratio"])  # of nothing by nothing


def test_the_share_of_the_root_gap_stands_beside_itself_where_relaxations_are_known():
    """From 6 to 10, the root is at 8 the first time and at 9 the second."""
    known = {"a-S-0": replace(manifest("a-S-0", 3), lp_bound=6.0)}
    one, other = ([run("a-S-0", seconds=1.0, point=10.0, root_bound=bound)] for bound in (8.0, 9.0))
    table = repeat(one, other, known).figures.set_index("figure")
    assert table.loc["root_closed"].tolist()[1:] == pytest.approx([0.5, 0.75, 0.25, 1.5])


def test_points_are_held_against_the_best_of_both_times():
    """12 the first time and 10 the second: the first is (12 - 10) / 12 away from the start on."""
    events = [[0.0, 12.0, 5.0]]
    found = repeat([run(events=events, point=12.0)], [run(events=[[0.0, 10.0, 5.0]], point=10.0)]).figures
    assert found[found["figure"] == "primal"].iloc[0, 2:4].tolist() == pytest.approx([1 / 6, 0.0])


def test_what_runs_say_is_held_against_itself_one_by_one():
    """Verdict, how it ended, and objective; by rounding alone objectives do not differ."""
    first = [run(f"a-S-{place}", seconds=1.0, point=10.0) for place in range(4)]
    second = [
        run("a-S-0", seconds=1.0, point=10.0 * (1 + 1e-7)),
        run("a-S-1", seconds=1.0, point=10.1),
        run("a-S-2", seconds=1.0, point=10.0, wrong="no"),
        run("a-S-3", ended=Ended.CRASHED),
    ]
    found = repeat(first, second)
    table = found.runs.set_index("instance")[["same_verdict", "same_ended", "same_objective"]]
    assert table.to_numpy().tolist() == [
        [True, True, True],
        [True, True, False],
        [False, True, False],  # the objective of a wrong answer counts as none
        [True, False, False],
    ]
    assert found.agreeing == {"verdict": 3, "ended": 3, "objective": 1}
    assert found.disagreeing["instance"].tolist() == ["a-S-1", "a-S-2", "a-S-3"]


def test_the_largest_ratio_of_one_run_is_told_by_how_long_it_lasts():
    """1 ms and 5 ms, 4 s and 8 s, 30 s and 20 s; what reaches the limit once has no ratio."""
    table = times_apart(repeat(made(base=[0.001, 4, 30, 1]), made(base=[0.005, 8, 20, None])).runs)
    assert table["least"].tolist() == [0.0, 1.0, 10.0]
    assert table["runs"].tolist() == [3, 2, 1]
    assert table["largest"].tolist() == pytest.approx([5.0, 2.0, 1.5])
    assert table["median"].tolist() == pytest.approx([2.0, 1.75, 1.5])
    assert table["instance"].tolist() == ["a-S-0", "a-S-1", "a-S-2"]
    assert table.iloc[1][["seconds_first", "seconds_second"]].tolist() == [4.0, 8.0]


def test_one_setting_alone_shows_what_cannot_be_told():
    """(1 + 1) / (2 + 1) and 1: sqrt(2 / 3) times as fast, so 22.5 % is nothing; of the mean in its own way."""
    found = untold(repeat(made(base=[1, 3]), made(base=[2, 3])))
    mean = (math.sqrt(12 * 13) - 10) / (math.sqrt(11 * 13) - 10) - 1
    assert found.factor.share == pytest.approx(math.sqrt(3 / 2) - 1)
    assert found.mean.share == pytest.approx(mean)
    assert found.above_equal
    assert found.told == (
        "With this suite this machine cannot tell settings apart that differ by less than 22.5 % (highs-default "
        f"against itself) as bench compare counts, or by less than {math.ceil(1000 * mean) / 10:g} % (highs-default "
        "against itself) in their shifted geometric mean"
    )


def test_settings_may_change_more_against_each_other_than_by_themselves():
    """One takes 3 s for 1 s, the other 1 s for 3 s: with 1 s added 2 times, and 4 times against each other."""
    found = untold(repeat(made(base=[1], other=[3]), made(base=[3], other=[1])))
    assert found.factor.share == pytest.approx(4.0 - 1.0)
    assert (found.factor.first, found.factor.second) == (BASE, OTHER)


def test_times_that_are_alike_tell_little_apart():
    """A tenth of a per cent is as little as is told; no setting is called slower by that."""
    found = untold(repeat(made(base=[1.0, 2.0]), made(base=[1.0, 2.0])))
    assert found.factor.share == 0.0
    assert not found.above_equal
    assert "less than 0.1 % (highs-default against itself)" in found.told


def test_means_of_nothing_can_be_compared():
    """0 s count as a millisecond, the least that clocks tell."""
    found = untold(repeat(made(base=[0.0]), made(base=[0.002])))
    assert found.mean.share == pytest.approx(1.0, abs=0.01)


def test_where_nothing_is_solved_twice_nothing_can_be_said():
    """One run is solved the first time alone."""
    assert untold(repeat(made(base=[1.0, None]), made(base=[None, None]))) is None
