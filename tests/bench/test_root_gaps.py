"""Root gaps: of the relaxation, to the optimum or to the best that runs have found."""

from dataclasses import replace
from pathlib import Path

import pytest

from routeplan.bench.best import best_objectives
from routeplan.bench.check import Checked, Evaluated, Violation
from routeplan.bench.check_runs import Judged, Verdict
from routeplan.bench.instances import INSTANCES, Stored, stored
from routeplan.bench.judged_runs import Run
from routeplan.bench.root_gaps import root_gaps, with_root_gaps
from routeplan.bench.suites import Drawn
from routeplan.bench.ways import Way
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.records import Record

TREE, MESH = Drawn("net-tree", "XS"), Drawn("net-mesh", "S")
BY_CUSTOMER = Way("commodity")


@pytest.fixture
def made(tmp_path: Path) -> dict[str, Stored]:
    return {origin.name: stored(origin, tmp_path / INSTANCES, [BY_CUSTOMER]) for origin in (TREE, MESH)}


def a_run(name: str, objective: float | None, verdict: Verdict = Verdict.OK, **more: object) -> Run:
    """A run with a point of this objective, or without any."""
    none = Violation()
    point = None if objective is None else Evaluated(objective, none, none, none)
    checked = None if point is None else Checked(point, point)
    outcome = Outcome(Ended.RETURNED, Usage(1.0, 1.0, 1.0), {"status": "feasible"})
    record = Record("a", {"instance": name, "setting": "s", **more}, outcome)
    return Run(record, Judged("one", "run", verdict, "", checked))


def test_where_no_optimum_is_known_the_best_right_point_counts(made: dict[str, Stored], tmp_path: Path) -> None:
    """Not that of a wrong run; each formulation that was run has its own relaxation, and so its own gap."""
    runs = [
        a_run(MESH.name, 900.0),
        a_run(MESH.name, 800.0, formulation="commodity"),
        a_run(MESH.name, 100.0, Verdict.WRONG_POINT),
        a_run(MESH.name, None),
    ]
    table = root_gaps(runs, tmp_path).set_index("formulation")
    assert list(table.index) == ["", "commodity"]
    for formulation, each in (("", made[MESH.name]), ("commodity", made[MESH.name].given(BY_CUSTOMER))):
        bound = each.manifest.lp_bound
        assert table.loc[formulation, "best"] == 800.0
        assert table.loc[formulation, "lp_bound"] == bound
        assert table.loc[formulation, "root_gap"] == pytest.approx((800.0 - bound) / 800.0)
    assert table.loc["commodity", "root_gap"] < table.loc["", "root_gap"]


def test_a_known_optimum_counts_more_than_any_run(made: dict[str, Stored], tmp_path: Path) -> None:
    """It is 243 by construction; a run may have found less good points, or none."""
    for runs in ([a_run(TREE.name, 300.0)], [a_run(TREE.name, None)]):
        row = root_gaps(runs, tmp_path).iloc[0]
        assert (row["best"], row["root_gap"]) == (243.0, made[TREE.name].manifest.root_gap)


def test_without_any_point_there_is_no_gap(made: dict[str, Stored], tmp_path: Path) -> None:
    """Nor of an instance whose manifest is gone, which is left out."""
    table = root_gaps([a_run(MESH.name, None), a_run("net-mesh-S-7", 1.0)], tmp_path)
    assert table["instance"].tolist() == [MESH.name]
    assert table[["best", "root_gap"]].isna().all(axis=None)


def test_manifests_of_a_report_have_the_gaps(made: dict[str, Stored]) -> None:
    """Of what no run is about they stay as they are."""
    manifests = {name: each.manifest for name, each in made.items()}
    told = with_root_gaps(manifests, {MESH.name: 800.0})
    assert told[TREE.name] == manifests[TREE.name]
    bound = manifests[MESH.name].lp_bound
    assert told[MESH.name].root_gap == pytest.approx((800.0 - bound) / 800.0)


@pytest.mark.parametrize(("exact", "best"), [([900.0, 850.0], 850.0), ([], 800.0)])
def test_a_point_that_misses_a_row_is_the_best_only_where_no_other_is(exact: list[float], best: float) -> None:
    """Missed by 1e-5 it passes, and 800 may be below the optimum: 850 obeys all rows."""
    loose = a_run(MESH.name, 800.0)
    missed = replace(loose.judged.checked.given, row=Violation(1e-5, "row R1", 1.0))
    loose = Run(loose.record, replace(loose.judged, checked=Checked(missed, missed)))
    assert best_objectives([loose, *(a_run(MESH.name, each) for each in exact)], {}) == {MESH.name: best}
