"""From a folder of runs to a report of them."""

from pathlib import Path

import pandas as pd
import pytest
from made_runs import LIMIT, run

from routeplan.bench.instances import INSTANCES, stored
from routeplan.bench.suites import Drawn
from routeplan.cli.bench_report_work import written_benchmark_report
from routeplan.errors import DataError, UsageError
from routeplan.runs.records import Record, as_line

DRAWN = Drawn("net-form-tree-path", "XS", 0)
"""An instance whose optimum is known by construction, so that it has a point."""


@pytest.fixture
def folder(tmp_path):
    """Runs of one instance: one reached its limit, and one claims in vain that there is no point."""
    instance = stored(DRAWN, tmp_path / INSTANCES)
    made = [
        run(DRAWN.name, status="no_plan", events=[[LIMIT, None, None]]),
        run(DRAWN.name, "liar", 1.0, status="infeasible", events=[[1.0, None, None]]),
    ]
    records = [each.record for each in made]
    lines = [
        as_line(Record(str(place), {**each.about, "sha256": instance.manifest.sha256}, _nothing(each)))
        for place, each in enumerate(records)
    ]
    (tmp_path / "runs.jsonl").write_bytes(b"".join(lines))
    return tmp_path


def _nothing(record):
    """The outcome of a run that has neither a point nor a bound."""
    record.outcome.returned.update(objective=None, bound=None)
    return record.outcome


def report(folder: Path, **more):
    return written_benchmark_report(
        folder, folder / "report", **{"base": None, "settings": None, "private": False, **more}
    )


@pytest.mark.nightly
def test_a_wrong_answer_is_found_and_told_first(folder):
    """Nobody but the instance's known optimum speaks against it."""
    written, left_out = report(folder)
    page = written.page
    text = page.read_text(encoding="utf-8")
    assert left_out == ""
    assert "claims that there is no point; the optimum is" in text.split('<section id="failures">')[0]
    assert pd.read_csv(page.with_name("wrong.csv"))["setting"].tolist() == ["liar"]
    assert pd.read_csv(page.with_name("summary.csv"))["solved"].tolist() == [0, 0]


@pytest.mark.nightly
def test_the_reason_of_a_setting_comes_from_its_file(folder):
    """Of one that is shipped, and of one in a folder of the user's own."""
    (folder / "mine").mkdir()
    (folder / "mine" / "liar.yaml").write_text("solver: highs\nwhy: to see who finds out\n", encoding="utf-8")
    written, _ = report(folder, settings=folder / "mine")
    assert "to see who finds out" in written.page.read_text(encoding="utf-8")


def test_a_folder_without_runs_is_refused(tmp_path):
    """With what is allowed."""
    with pytest.raises(DataError, match="allowed: a folder that bench run has written"):
        report(tmp_path)


def test_an_unknown_base_is_refused_before_anything_is_written(folder):
    """The report does not begin to be there."""
    with pytest.raises(UsageError, match="allowed: highs-default, liar"):
        report(folder, base="lair")
    assert not (folder / "report").exists()
