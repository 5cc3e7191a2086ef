"""What is said of runs before their times are believed."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "report"))
from made_runs import MACHINE, manifest, run

from routeplan.bench.comparable import of_another_suite
from routeplan.bench.judged_runs import Run, as_frame
from routeplan.bench.remarks import remarks
from routeplan.bench.report.outcome_parts import headline_part, wrong_part
from routeplan.bench.report.results import results_of
from routeplan.bench.report.setup_parts import instances_part
from routeplan.bench.report.tables import instance_table
from routeplan.bench.suites import Drawn, Suite
from routeplan.runs.outcome import Usage


def with_share(setting: str, share: float, seconds: float = 50.0) -> Run:
    """A run that had a processor for a share of its time."""
    made = run(setting=setting, seconds=seconds)
    usage = Usage(seconds, share * seconds, 100.0)
    return Run(replace(made.record, outcome=replace(made.record.outcome, usage=usage)), made.judged)


def with_about(made: Run, **changed: object) -> Run:
    return Run(replace(made.record, about={**made.record.about, **changed}), made.judged)


def told(*runs: Run) -> list[str]:
    return remarks(runs, as_frame(runs))


def test_nothing_is_said_of_runs_that_had_their_processor() -> None:
    """Nor of short ones, of which starting a process is much."""
    assert told(with_share("a", 0.95), with_share("b", 0.86), with_share("c", 0.2, seconds=5.0)) == []


def test_shares_that_are_apart_are_told_by_setting() -> None:
    """The median of all, 90 %, says nothing of it; more threads than one are no more than all of the time."""
    [said] = told(with_share("a", 0.90), with_share("b", 0.79), with_share("c", 3.0))
    assert "in the median (b 79%, a 90%, c 100%)" in said


def test_the_report_says_that_the_machine_was_busy() -> None:
    """As check and compare do, at the headline."""
    part = headline_part(results_of([with_share("a", 0.5), with_share("b", 0.5)]))
    assert part.alarm and part.notes[0].startswith("The runs had a processor for 50% of their time")


def test_runs_of_several_budgets_are_not_put_together_in_silence() -> None:
    """Each budget is told by what differs."""
    other = with_about(run("mesh-S-1", seconds=1.0), seconds=5.0, threads=2)
    [said] = told(run(seconds=1.0), other)
    assert said.startswith("runs of several budgets are put together (seconds 5 and 100; threads 1 and 2)")


def test_runs_of_parts_on_machines_are_told() -> None:
    """Two instances, each run on another machine; then one of them with another setting on the other machine too."""
    lab = {**MACHINE, "name": "lab"}
    runs = [run(seconds=1.0), run("mesh-S-1", seconds=1.0, machine=lab)]
    [said] = told(*runs)
    assert said.startswith("runs of 2 machines are put together, each of all settings of an instance and seed: ")
    [said] = told(*runs, run(setting="mine", seconds=1.0, machine=lab))
    assert said.startswith("runs of 2 machines are put together, of which each has run a part: ")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"setting": "mine"}, []),
        ({"instance": "mesh-S-1"}, ["the folder holds 1 run of instances of another suite; check"]),
        (
            {"instance": "mesh-S-1", "seconds": 5},
            ["the folder holds 1 run of instances of another suite, with another budget (seconds 5 for 100.0); check"],
        ),
    ],
)
def test_another_suite_in_the_folder_is_told(changed: dict[str, object], said: list[str]) -> None:
    """Another setting of the same instances is no other suite."""
    suite = Suite("meshes", "A mesh.", 100.0, 2000, [Drawn("mesh", "S", 0)], ["highs-default"])
    found = of_another_suite([with_about(run(), **changed).record], suite)
    assert [each.partition(", compare")[0] for each in found] == said


def test_a_report_tells_a_refuted_optimum_first_and_does_not_use_it() -> None:
    """Who refutes it is not named where that may not be published."""
    why = "the optimum is 12 as the suite says, which is wrong: the point of hush hush seed 0 on desk has 10"
    shown = run(seconds=1.0, point=10.0)
    shown = Run(shown.record, replace(shown.judged, refuted=why))
    hidden = run(setting="hush", solver="hush", seconds=1.0, publishable=False)
    given = {"mesh-S-0": replace(manifest("mesh-S-0", 4), optimum=12.0, root_gap=0.5, lp_bound=5.0)}
    results = results_of([shown, hidden], manifests=given)
    part = wrong_part(results)
    assert part.alarm and part.notes[0].startswith("Wrong statements of instances")
    assert "hush" not in part.notes[0] and part.notes[1].startswith("None:")
    row = instance_table(results).iloc[0]
    assert (row["optimum"], row["root_gap"]) == (None, 0.5)  # (10 - 5) / 10


def test_the_table_of_instances_is_no_wider_than_a_page() -> None:
    """Sizes and difficulty are tables of their own."""
    part = instances_part(results_of([run(seconds=1.0)]))
    assert [each.table is not None and len(each.table.columns) for each in part.exhibits] == [10, 5]
