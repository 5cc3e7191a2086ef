"""A report of runs of two machines: times of one, wrong answers of both, and whether the ranking survives."""

import pytest
from made_runs import MACHINE, run

from routeplan.bench.report.comparisons import ranking_table
from routeplan.bench.report.csv_files import csv_tables
from routeplan.bench.report.page import benchmark_page
from routeplan.bench.report.results import results_of
from routeplan.bench.report.setup_parts import environment_part
from routeplan.bench.report.tables import machines, wrong_answers
from routeplan.errors import UsageError

OTHER = {**MACHINE, "name": "cellar"}
SETTINGS = ("highs-default", "b", "c")


def on_both(**wrong):
    """Three settings on two instances of one family; in the cellar their order is another one.

    On the desk they take 1, 2 and 4 s; in the cellar 1, 4 and 2 s.
    """
    return [
        run(f"mesh-S-{number}", setting, seconds, machine=machine, **(wrong if machine is OTHER else {}))
        for machine, times in ((MACHINE, (1.0, 2.0, 4.0)), (OTHER, (1.0, 4.0, 2.0)))
        for number in range(2)
        for setting, seconds in zip(SETTINGS, times, strict=True)
    ]


def test_times_are_those_of_one_machine():
    """Of as many runs, the machine that is first by name; another is shown when it is asked for."""
    results = results_of(on_both())
    assert (results.machine, len(results.runs), len(results.everywhere.runs)) == ("cellar", 6, 12)
    assert set(results.frame["machine"]) == {"cellar"} and len(results.frame) == 6
    desk = results_of(on_both(), machine="desk")
    assert desk.frame.groupby("setting")["seconds"].mean().to_dict() == dict(
        zip(SETTINGS, (1.0, 2.0, 4.0), strict=True)
    )
    assert desk.left_out == results.left_out == 0
    with pytest.raises(
        UsageError, match=r"no machine is called 'desc' \(did you mean 'desk'\?\); allowed: cellar, desk"
    ):
        results_of(on_both(), machine="desc")


def test_the_ranking_between_machines_is_told():
    """Of three pairs of settings, two stay in their order and one turns: tau is (2 - 1) / 3."""
    table = ranking_table(results_of(on_both())).set_index("between")
    assert table.loc["machines", "tau"] == pytest.approx(1.0 / 3.0)
    assert (table.loc["machines", "rankings"], table.loc["machines", "instances"]) == (2, 2)
    assert table.loc["machines", "why"] == ""


def test_a_setting_that_one_machine_lacks_is_left_out_of_the_rankings():
    """The order of the others is told all the same: it turns."""
    kept = [each for each in on_both() if (each.record.machine, each.about["setting"]) != ("desk", "highs-default")]
    table = ranking_table(results_of(kept)).set_index("between")
    assert table.loc["machines", "tau"] == pytest.approx(-1.0)


def test_wrong_answers_of_every_machine_are_told():
    """With the machine; and each machine is listed with its runs."""
    results = results_of(on_both(wrong="no"), machine="desk")
    assert wrong_answers(results)["machine"].tolist() == ["cellar"] * 6
    assert machines(results)[["machine", "runs"]].to_numpy().tolist() == [["cellar", 6], ["desk", 6]]
    tables = csv_tables(results)
    assert (len(tables["runs"]), len(tables["wrong"]), tables["summary"]["runs"].sum()) == (12, 6, 6)


@pytest.mark.nightly
def test_the_page_says_whose_times_it_shows():
    """It is no alarm that there are two, where they are not mixed; of shards it is."""
    page = benchmark_page(results_of(on_both()))
    assert "Times on this page are those of cellar alone." in page
    assert "are mixed here" not in page
    shards = [each for number, each in enumerate(on_both()) if number in (0, 1, 8)]
    assert "Times of different machines are mixed here" in benchmark_page(results_of(shards))


def test_no_alarm_is_raised_where_settings_were_run_on_the_same_machine():
    """An instance on each, with all settings: that is said, and is no alarm; with one setting elsewhere it is one."""
    both = on_both()
    fair = environment_part(results_of([*both[:3], *both[9:]]))
    assert fair.notes[0].startswith("Times of different machines stand on this page, but all settings of an instance")
    assert not fair.alarm
    mixed = environment_part(results_of([*both[:2], both[8], *both[9:]]))
    assert mixed.notes[0].startswith("Times of different machines are mixed here")
    assert mixed.alarm
