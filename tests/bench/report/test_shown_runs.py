"""What a report tells of: which runs are shown, and why runs have not solved their instances."""

import pytest
from made_runs import run

from routeplan.bench.report.results import Trouble, primal_dual_of, results_of, trouble_of
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
