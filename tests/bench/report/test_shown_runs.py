"""What a report tells of: which runs are shown, and why runs have not solved their instances."""

from dataclasses import replace

import pytest
from made_runs import manifest, run

from routeplan.bench.report.over_time import gap_left, primal_dual_of, primal_of, seconds_to_first, seconds_to_near
from routeplan.bench.report.results import Trouble, results_of, trouble_of
from routeplan.errors import DataError, UsageError
from routeplan.runs.outcome import Ended


@pytest.mark.parametrize(
    ("made", "trouble"),
    [
        (run(seconds=4.0), Trouble.NONE),
        (run(), Trouble.TIME),
        (run(seconds=4.0, wrong="no"), Trouble.WRONG),
        (run(ended=Ended.CRASHED), Trouble.CRASH),
        (run(ended=Ended.RAISED), Trouble.CRASH),
        (run(status="failed"), Trouble.CRASH),
        (run(ended=Ended.MEMORY), Trouble.MEMORY),
        (run(raw="memory limit"), Trouble.MEMORY),
        (run(ended=Ended.TIME), Trouble.LATE),
        (run(seconds=103.0, status="feasible"), Trouble.LATE),
        (run(seconds=4.0, status="feasible"), Trouble.EARLY),
        (run(seconds=4.0, status="infeasible", events=[[4.0, None, None]]), Trouble.NONE),
    ],
)
def test_each_way_to_end_has_its_name(made, trouble):
    """The limit is 100 s, and an answer is late from 102 s on."""
    assert trouble_of(made) is trouble


def test_the_mean_gap_counts_the_time_before_both():
    """Nothing for 20 s of 100, a gap of 5 to 10 for 20 s, then solved: 0.2 + 0.2 / 2."""
    assert primal_dual_of(run(seconds=40.0)) == pytest.approx(0.2 + 0.5 * 0.2)


def test_events_out_of_order_are_put_into_it():
    """A solver may tell of its bound after its point, though it has had it before: 100 % for 10 s of 100, then half."""
    events = [[20.0, 10.0, 5.0], [10.0, 10.0, 5.0]]
    assert primal_dual_of(run(events=events)) == pytest.approx(0.1 + 0.5 * 0.9)


def test_the_mean_gap_of_a_proof_that_there_is_no_point_counts_until_then():
    """40 s of 100."""
    made = run(seconds=40.0, status="infeasible", events=[[40.0, None, None]])
    assert primal_dual_of(made) == pytest.approx(0.4)


def test_the_mean_gap_of_a_wrong_answer_is_that_of_none():
    """Whatever it claims."""
    assert primal_dual_of(run(seconds=1.0, wrong="no")) == 1.0
    assert primal_dual_of(run(ended=Ended.CRASHED)) == 1.0


def test_the_mean_gap_to_the_best_counts_points_alone():
    """Of 12 where 10 is known: nothing for 50 s of 100, then (12 - 10) / 12; never within 1 %."""
    made = run(events=[[50.0, 12.0, 1.0]], point=12.0)
    assert primal_of(made, 10.0) == pytest.approx(0.5 + 0.5 / 6)
    assert seconds_to_near(made, 10.0) is None
    assert seconds_to_near(made, 11.9) == 50.0  # 0.1 of 12 is less than 1 %
    assert seconds_to_near(made, 11.9, 0.001) is None
    assert seconds_to_near(made, 11.5, 0.05) == 50.0  # 0.5 of 12 is less than 5 %
    assert seconds_to_first(made) == 50.0


def test_a_point_that_no_event_tells_of_counts_at_the_end():
    """GLPK may tell of none; it has its point after 40 s of 100."""
    made = run(seconds=40.0, events=[[0.0, None, None]], point=10.0)
    assert primal_of(made, 10.0) == pytest.approx(0.4)
    assert seconds_to_near(made, 10.0) == 40.0


def test_the_gap_left_is_that_of_the_point_that_was_reckoned_again():
    """12 above 5 at the end; nothing where it is solved, all where its answer is wrong or it has no point."""
    assert gap_left(run(point=12.0)) == pytest.approx(7 / 12)
    assert gap_left(run(seconds=1.0, point=10.0)) == 0.0
    assert gap_left(run(seconds=1.0, status="infeasible")) == 0.0
    assert gap_left(run(seconds=1.0, point=10.0, wrong="no")) == 1.0
    assert gap_left(run()) == 1.0


def test_a_wrong_answer_has_no_good_point():
    """Whatever it claims."""
    made = run(seconds=1.0, point=10.0, wrong="no")
    assert primal_of(made, 10.0) == 1.0
    assert seconds_to_near(made, 10.0) is None


def test_the_base_is_the_default_of_highs_else_the_first():
    """By name, unless another is asked for."""
    both = [run(seconds=1.0, setting=name) for name in ("a", "highs-default")]
    assert results_of(both).base == "highs-default"
    assert results_of(both[:1]).base == "a"
    assert results_of(both, base="a").settings == ["a", "highs-default"]


def test_an_unknown_base_is_refused():
    """With those that there are."""
    with pytest.raises(UsageError, match="allowed: highs-default"):
        results_of([run()], base="highs-other")


def test_what_may_not_be_published_is_no_base():
    """Nor is it named among those that are allowed."""
    runs = [run(seconds=1.0), run(seconds=1.0, setting="secret", solver="secret", publishable=False)]
    with pytest.raises(UsageError) as refused:
        results_of(runs, base="mine")
    assert "secret" not in str(refused.value)
    assert results_of(runs, base="secret", private=True).base == "secret"


@pytest.mark.parametrize("runs", [[], [run(publishable=False)], [run(publishable=None)]])
def test_nothing_to_show_is_refused(runs):
    """Unless it says that it may be published, a run may not."""
    with pytest.raises(UsageError, match="allowed: runs to show, or --private"):
        results_of(runs)


def test_runs_that_contradict_each_other_are_refused():
    """The same run twice would count twice."""
    with pytest.raises(DataError, match="one run with the same instance, setting, seed"):
        results_of([run(seconds=1.0), run(seconds=2.0)])


@pytest.mark.parametrize(("private", "gap"), [(False, (12.0 - 9.0) / 12.0), (True, (10.0 - 9.0) / 10.0)])
def test_root_gaps_are_to_the_best_of_the_runs_that_are_shown(private, gap):
    """The relaxation has 9; the point of 10 is of a solver whose results may not be published, the other has 12."""
    runs = [run(point=12.0), run(setting="secret", solver="secret", publishable=False, point=10.0)]
    known = {"mesh-S-0": replace(manifest("mesh-S-0", 5), lp_bound=9.0)}
    assert results_of(runs, manifests=known, private=private).manifests["mesh-S-0"].root_gap == pytest.approx(gap)
