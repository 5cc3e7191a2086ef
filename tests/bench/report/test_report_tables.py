"""Numbers of a report."""

import math
from dataclasses import replace

import numpy as np
import pytest
from made_runs import LIMIT, manifest, run

from routeplan.bench.report.comparisons import pair_table, ranking_table, scaling_table, seed_spread, two_settings
from routeplan.bench.report.course import gap_curve, gaps_of, profile_at, solved_at, solved_curve
from routeplan.bench.report.csv_files import csv_tables
from routeplan.bench.report.look import marks
from routeplan.bench.report.outcome_parts import headline_part
from routeplan.bench.report.pair_parts import grid_part
from routeplan.bench.report.results import results_of
from routeplan.bench.report.tables import broken_runs, failures, headline, instance_table, machines, setting_table
from routeplan.runs.outcome import Ended


def two(wrong=""):
    """The base solves two instances in 1 s, and another in 3 s; one answer of the other may be wrong."""
    return results_of(
        [
            run("a-S-0", seconds=1.0),
            run("a-S-1", seconds=1.0),
            run("a-S-0", "other", seconds=3.0, wrong=wrong),
            run("a-S-1", "other", seconds=3.0),
        ]
    )


def test_a_wrong_answer_counts_as_unsolved_in_every_number():
    """In counts, means, penalties, gaps, curves, profiles and pairs: as a run with nothing at its limit of 100 s."""
    results = two(wrong="it claims too much")
    row = headline(results).set_index("setting").loc["other"]
    assert (row["solved"], row["solved_runs"], row["wrong"]) == (1, 1, 1)
    assert row["mean"] == pytest.approx(math.sqrt((100.0 + 10.0) * (3.0 + 10.0)) - 10.0)
    assert row["par10"] == pytest.approx((10 * 100.0 + 3.0) / 2)
    assert row["primal_dual"] == pytest.approx((1.0 + 0.015 + 0.5 * 0.015) / 2)  # nothing for 1.5 s, then half
    curve = solved_curve(results)
    assert curve.loc[curve["setting"] == "other", "share"].max() == 50.0
    assert profile_at(results).set_index("setting").loc["other", "100 times"] == 50.0
    assert gap_curve(results).groupby("setting")["high"].min()["other"] > 0.0
    pair = pair_table(results).iloc[0]
    assert (pair["only_base"], pair["only_setting"], pair["both"]) == (1, 0, 1)
    assert pair["factor"] == pytest.approx(math.sqrt((2.0 / 101.0) * (2.0 / 4.0)))
    assert instance_table(results).set_index("instance")["solved_by"].to_dict() == {"a-S-0": 1, "a-S-1": 2}
    assert two_settings(results, "other")["solved"].tolist() == ["highs-default alone", "both"]


def test_without_a_wrong_answer_all_are_solved():
    """So that the test above is about the wrong answer."""
    assert headline(two())["solved"].tolist() == [2, 2]


def test_the_best_objective_of_all_runs_is_what_points_are_held_against():
    """10 by the base: the other, with 12 from the start, is 1/6 away; of an instance without a point nothing is known.

    By construction 8 is known: then the base is 1/5 away from it, and neither is ever within 1 %.
    """
    runs = [
        run("a-S-0", seconds=40.0, point=10.0),
        run("a-S-0", "other", events=[[0.0, 12.0, 6.0]], point=12.0),
        run("b-S-0"),
    ]
    found = headline(results_of(runs)).set_index("setting")
    assert found["primal"].to_dict() == {"highs-default": pytest.approx(0.2), "other": pytest.approx(1 / 6)}
    assert found["near"].to_dict() == {"highs-default": pytest.approx(20.0), "other": pytest.approx(LIMIT)}
    assert found["near_5"].to_dict() == found["near_01"].to_dict() == found["near"].to_dict()
    assert found["first"].to_dict() == {"highs-default": pytest.approx(20.0), "other": pytest.approx(0.0)}
    assert found["gap_left"].to_dict() == {"highs-default": pytest.approx(0.5), "other": pytest.approx(7 / 12)}
    known = {"a-S-0": replace(manifest("a-S-0", 3), optimum=8.0)}
    found = headline(results_of(runs, manifests=known)).set_index("setting")
    assert found.loc["highs-default", "primal"] == pytest.approx(0.2 + 0.8 * 0.2)
    assert found["near"].tolist() == pytest.approx([LIMIT, LIMIT])


def test_where_no_objective_is_known_nothing_is_told_of_points():
    """Neither a mean nor a time."""
    assert headline(results_of([run(seconds=1.0)]))[["primal", "first", "near"]].isna().all(axis=None)


def closing():
    """The base closes 3 of 4 between 6 and 10, and all; the other a half, by a record that tells it and one of two."""
    known = {name: replace(manifest(name, 3), lp_bound=6.0) for name in ("a-S-0", "a-S-1")}
    runs = [
        run("a-S-0", seconds=1.0, point=10.0, root_bound=9.0),
        run("a-S-1", seconds=1.0, point=10.0, root_bound=10.0),
        run("a-S-0", "other", seconds=1.0, point=10.0, root_bound=8.0),
        run("a-S-1", "other", seconds=1.0, point=10.0),
        run("a-S-1", "wrong", seconds=1.0, point=10.0, root_bound=10.0, wrong="it claims too much"),
    ]
    return runs, known


def test_the_share_of_the_root_gap_is_a_mean_of_the_runs_that_tell_it():
    """Wrong answers, and records of runs that do not tell their root, count for none."""
    runs, known = closing()
    found = headline(results_of(runs, manifests=known)).set_index("setting")
    assert found["root_closed"].to_dict() == pytest.approx(
        {"highs-default": 0.875, "other": 0.5, "wrong": np.nan}, nan_ok=True
    )
    assert found["root_known"].to_dict() == {"highs-default": 2, "other": 1, "wrong": 0}


def test_without_a_gap_nothing_is_told_of_the_root():
    """A relaxation that is as good as the best point leaves nothing to close; one that nobody knows tells nothing."""
    runs, _ = closing()
    for bound in (10.0, None):
        known = {name: replace(manifest(name, 3), lp_bound=bound) for name in ("a-S-0", "a-S-1")}
        results = results_of(runs, manifests=known)
        assert headline(results)["root_closed"].isna().all()
        assert len(headline_part(results).exhibits) == 2


def test_the_page_says_of_how_many_runs_the_root_is_known():
    """Beside the share, in a table of its own."""
    runs, known = closing()
    table = headline_part(results_of(runs, manifests=known)).exhibits[2].table
    assert table is not None
    assert table.rows == [["highs-default", "87.5 %", "2", "2"], ["other", "50 %", "1", "2"], ["wrong", "–", "0", "1"]]


def test_failures_add_up_to_the_runs():
    """Each run is counted once."""
    runs = [run("a-S-0", seconds=1.0), run("a-S-1"), run("a-S-2", ended=Ended.CRASHED, told="signal 11")]
    results = results_of(runs)
    counts = failures(results).iloc[0]
    assert counts["runs"] == 3
    assert counts.drop(["setting", "runs"]).sum() == 3
    assert (counts["solved"], counts["out of time"], counts["crash"]) == (1, 1, 1)
    assert broken_runs(results)["told"].tolist() == ["signal 11"]


def test_shares_of_the_limit_are_those_of_the_runs():
    """Solved after 1 s and after 40 s of 100."""
    results = results_of([run("a-S-0", seconds=1.0), run("a-S-1", seconds=40.0)])
    assert solved_at(results).iloc[0, 1:].tolist() == [50.0, 50.0, 50.0, 50.0, 50.0, 100.0, 100.0]


def test_the_gap_of_a_run_is_that_of_its_last_event():
    """Nothing before 20 s, 10 above 5 before 40 s, then solved."""
    assert gaps_of(run(seconds=40.0), np.array([0.0, 19.0, 20.0, 39.0, 40.0, 100.0])).tolist() == [1, 1, 0.5, 0.5, 0, 0]


def test_seeds_are_told_apart():
    """9 s and 18 s: means of one instance, twice as large."""
    results = results_of([run(seconds=9.0, seed=0), run(seconds=18.0, seed=1)])
    row = seed_spread(results).iloc[0]
    assert (row["seeds"], row["ratio"]) == (2, pytest.approx(2.0))


def test_a_ranking_that_cannot_be_made_says_why():
    """One seed, one machine, and one setting."""
    found = ranking_table(results_of([run(seconds=1.0)]))
    assert found["tau"].isna().all()
    assert found["why"].tolist()[:2] == ["there is one seed", "there is one machine"]
    assert "allowed: 3 or more" in found["why"].iloc[2]


def test_sizes_need_a_known_number_of_columns():
    """Two sizes of one family, one of another."""
    runs = [run(name, seconds=1.0) for name in ("a-S-0", "a-M-0", "b-S-0")]
    known = {name: manifest(name, columns) for name, columns in (("a-S-0", 10), ("a-M-0", 20), ("b-S-0", 5))}
    assert scaling_table(results_of(runs, manifests=known))["columns"].tolist() == [10.0, 20.0]
    assert scaling_table(results_of(runs)).empty


def test_settings_say_in_what_they_differ():
    """From the base, whose own option they may lack."""
    runs = [
        run(seconds=1.0, options={"presolve": "on", "scale": 1}),
        run(seconds=1.0, setting="b", options={"presolve": "off", "scale": 1}),
        run(seconds=1.0, setting="c", options={"scale": 1}),
        run(seconds=1.0, setting="d", solver="other"),
    ]
    told = setting_table(results_of(runs, reasons={"b": "to see what it does"})).set_index("setting")
    assert told["difference"].tolist() == [
        "this is the base",
        "presolve = off",
        "presolve as by default",
        "another solver",
    ]
    assert told.loc["b", "why"] == "to see what it does"


def test_machines_are_told_with_their_load():
    """A run of 4 s takes 5 s on the clock here."""
    row = machines(results_of([run(seconds=4.0)])).iloc[0]
    assert (row["machine"], row["runs"], row["busy"], row["first"]) == (
        "desk",
        1,
        pytest.approx(0.8),
        "2026-01-02 03:04",
    )


def test_sums_of_the_tables_agree():
    """Runs, solved runs and wrong answers, counted in the table of runs and in the others."""
    tables = csv_tables(two(wrong="no"))
    assert tables["summary"]["runs"].sum() == len(tables["runs"])
    assert tables["summary"]["solved_runs"].sum() == tables["runs"]["solved"].sum()
    assert tables["summary"]["wrong"].sum() == len(tables["wrong"]) == (tables["runs"]["verdict"] != "ok").sum()
    assert tables["instances"]["solved_by"].sum() == tables["summary"]["solved"].sum()


@pytest.mark.parametrize(
    ("least", "most", "numbers"),
    [
        (0.01, 100.0, [0.01, 0.1, 1.0, 10.0, 100.0]),
        (1.0, 20.0, [1.0, 2.0, 5.0, 10.0, 20.0]),
        (0.9, 1.1, [0.9, 0.95, 1.0, 1.05, 1.1]),
    ],
)
def test_numbers_of_axes_are_round(least, most, numbers):
    """Powers of ten, with more between them where there are few."""
    assert marks(least, most) == pytest.approx(numbers)


def test_cells_of_many_settings_stand_in_tables_that_fit_a_page():
    """Of 17 settings 15 stand in the first; nothing where it was not run, and of 1 and 7 s √(2 · 8) - 1."""
    names = [f"other-{number:02}" for number in range(16)]
    runs = [
        *(run("a-S-0", seconds=seconds, seed=seed) for seed, seconds in ((0, 1.0), (1, 7.0))),
        *(run("a-S-0", name, seconds=None if number else 1.0) for number, name in enumerate(names)),
        run("a-S-1", "other-15", seconds=1.0, wrong="it claims too much"),
    ]
    first, more = [each.table for each in grid_part(results_of(runs)).exhibits]
    assert first.columns == ["Instance", "highs-default", *names[:14]]
    assert first.rows == [["a-S-0", "3", "1", *["–"] * 13], ["a-S-1", *[""] * 15]]
    assert (more.columns, more.rows) == (["Instance", *names[14:]], [["a-S-0", "–", "–"], ["a-S-1", "", "wrong"]])
