"""The whole chain on two tiny instances: run, ended and gone on, in parts, again: always the same table."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from routeplan.bench.instances import INSTANCES, stored
from routeplan.bench.run_suite import POINTS, entrants, jobs_of
from routeplan.bench.settings import read_settings
from routeplan.bench.shipped import SETTINGS, shipped_folder
from routeplan.bench.solve_one import solve_one
from routeplan.bench.solvers.contract import Budget
from routeplan.bench.suites import read_suite
from routeplan.cli.main import app

pytestmark = pytest.mark.slow

SUITE = """about: Two tiny instances.
seconds: 20
memory: 2000
instances:
  - {family: net-tree, size: XS}
  - {family: infeasible-cut, size: XS}
settings: [highs-default, highs-no-presolve]
"""

RUNS = 4

TIMES = ("seconds", "wall", "cpu", "peak")
"""What differs when the same is run again."""

Table = list[dict[str, Any]]


def typed(*words: object) -> Result:
    return CliRunner().invoke(app, ["bench", *map(str, words)])


def ran(suite: Path, out: Path, *words: object) -> int:
    """Run, and how many new runs it tells of."""
    ended = typed("run", "--suite", suite, "--out", out, *words)
    assert ended.exit_code == 0, ended.output
    told = re.match(rf"new in {re.escape(str(out))}: (\d+) runs?; ", ended.stdout)
    assert told is not None, ended.stdout
    return int(told[1])


def table(runs: Path) -> Table:
    """What the check says of each run, but for times."""
    checked = json.loads(typed("check", runs, "--json").stdout)
    assert checked["wrong"] == []
    rows = [{name: value for name, value in row.items() if name not in TIMES} for row in checked["runs"]]
    return sorted(rows, key=lambda row: (row["instance"], row["setting"]))


def keys(runs: Path) -> list[str]:
    """Key of each record, in the order of the lines; all lines are whole."""
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(runs.glob("*.jsonl")))
    assert text == "" or text.endswith("\n")
    return [json.loads(line)["key"] for line in text.splitlines()]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("suite") / "tiny.yaml"
    file.write_text(SUITE, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def whole(suite: Path) -> Path:
    """The folder of a suite that has run, two runs at a time."""
    ran(suite, suite.parent / "whole", "--at-once", 2)
    return suite.parent / "whole"


@pytest.fixture(scope="module")
def expected(whole: Path) -> Table:
    return table(whole)


@pytest.fixture
def begun(whole: Path, tmp_path: Path) -> Path:
    """A folder with the instances alone."""
    shutil.copytree(whole / INSTANCES, tmp_path / "runs" / INSTANCES)
    return tmp_path / "runs"


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    """A copy of all that has run."""
    return Path(shutil.copytree(whole, tmp_path / "runs"))


def test_both_settings_solve_both_instances(whole: Path, expected: Table) -> None:
    """The tree costs 243 by construction, and the other instance has no point."""
    found = {(row["instance"], row["setting"]): (row["ended"], row["objective"], row["solved"]) for row in expected}
    assert found == {
        (instance, setting): (*ended, True)
        for instance, ended in (("net-tree-XS-0", ("optimal", 243.0)), ("infeasible-cut-XS-0", ("infeasible", None)))
        for setting in ("highs-default", "highs-no-presolve")
    }
    assert len(set(keys(whole))) == len(keys(whole)) == RUNS
    assert len(list((whole / POINTS).iterdir())) == 2


def test_what_is_recorded_is_not_run_again(suite: Path, copied: Path) -> None:
    """The same command a second time does nothing."""
    before = (copied / "runs.jsonl").read_bytes()
    assert ran(suite, copied) == 0
    assert (copied / "runs.jsonl").read_bytes() == before


def started(suite: Path, runs: Path) -> "subprocess.Popen[str]":
    """Start the command by itself, and wait until it has recorded a run."""
    words = [sys.executable, "-m", "routeplan", "bench", "run", "--suite", str(suite), "--out", str(runs)]
    process = subprocess.Popen(words, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 60.0
    while not ((runs / "runs.jsonl").is_file() and (runs / "runs.jsonl").stat().st_size):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    return process


@pytest.mark.nightly
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_killed_in_the_middle_it_goes_on_without_loss_or_repetition(suite: Path, begun: Path, expected: Table) -> None:
    """Half a line that is left is cut off; each job has one record in the end, and the table is the same."""
    process = started(suite, begun)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = keys(begun)
    with (begun / "runs.jsonl").open("ab") as file:
        file.write(b'{"format": 1, "key": "0123')
    told = ran(suite, begun, "--at-once", 2)
    assert told == RUNS - len(kept)
    assert keys(begun)[: len(kept)] == kept
    assert len(set(keys(begun))) == len(keys(begun)) == RUNS
    assert table(begun) == expected


@pytest.mark.nightly
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_hands_over_what_is_recorded(suite: Path, begun: Path) -> None:
    """It tells how many, ends with code 130, and leaves no half of anything; the same command goes on."""
    process = started(suite, begun)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    recorded = len(keys(begun))
    assert f"recorded in {begun}: {recorded} of {RUNS} runs; the same command goes on\n" in error
    assert "Traceback" not in error
    assert 1 <= recorded < RUNS
    assert not [file for file in begun.rglob("*") if "-new" in file.name or file.name.endswith(".part")]
    assert ran(suite, begun, "--at-once", 2) == RUNS - recorded


@pytest.mark.nightly
def test_two_shards_merged_give_the_same_table(suite: Path, begun: Path, expected: Table, tmp_path: Path) -> None:
    """Each in a folder of its own, as on machines that know nothing of each other."""
    parts = [tmp_path / "one", tmp_path / "two"]
    for number, part in enumerate(parts, start=1):
        shutil.copytree(begun, part)
        assert ran(suite, part, "--shard", f"{number}/2", "--at-once", 2) == 2
        assert [file.name for file in part.glob("*.jsonl")] == [f"shard-{number}-of-2.jsonl"]
    merged = typed("merge", *parts, "--out", tmp_path / "all")
    assert (merged.exit_code, merged.stdout) == (0, f"in {tmp_path / 'all'}: {RUNS} runs\n")
    assert table(tmp_path / "all") == expected
    assert ran(suite, tmp_path / "all") == 0


@pytest.mark.nightly
@pytest.mark.filterwarnings("default")  # of the cluster's own packages
def test_a_cluster_of_dask_gives_the_same_table(suite: Path, begun: Path, expected: Table) -> None:
    """Each worker runs one job at a time."""
    distributed = pytest.importorskip("distributed", reason='needs the extra "cluster"')
    workers = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**workers) as cluster:
        ran(suite, begun, "--dask", cluster.scheduler_address)
    assert len(set(keys(begun))) == RUNS
    assert table(begun) == expected


def test_a_worker_finds_the_files_whatever_its_working_folder(
    whole: Path, suite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are absolute, and are no part of what a run is about: it has the same key everywhere."""
    monkeypatch.chdir(whole.parent)
    known = read_suite(suite)
    here = Path(whole.name)
    instances = [stored(drawn, here / INSTANCES) for drawn in known.instances]
    there, _ = entrants(known.settings, read_settings(shipped_folder(SETTINGS)))
    jobs = jobs_of(known, instances, there, here)
    assert {job.key for job in jobs} == set(keys(whole))
    for job in jobs:
        assert Path(job.arguments["mps"]).parent == whole / INSTANCES
        assert Path(job.arguments["point"]).parent == whole / POINTS


def test_a_point_of_a_run_that_was_stopped_is_not_taken_for_that_of_the_next(whole: Path, tmp_path: Path) -> None:
    """It is removed before the solver begins; this instance has no point."""
    point = tmp_path / "point.npz"
    point.write_bytes(b"of before")
    mps = next((whole / INSTANCES).glob("infeasible-cut-*.mps.gz"))
    answer = solve_one(str(mps), "highs", {}, Budget(20.0), str(point))
    assert answer["status"] == "infeasible"
    assert not point.exists()


@pytest.mark.nightly
def test_what_crashed_is_run_again_when_asked(suite: Path, copied: Path, expected: Table) -> None:
    """And only that: as if one run had crashed the first time."""
    lines = [json.loads(line) for line in (copied / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    lines[1]["outcome"] |= {"ended": "crashed", "returned": {}, "told": "ended by signal SIGSEGV"}
    (copied / "runs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert ran(suite, copied) == 0
    assert ran(suite, copied, "--again", "time") == 0
    assert ran(suite, copied, "--again", "crashed", "--again", "raised") == 1
    assert keys(copied) == [line["key"] for line in (*lines, lines[1])]
    assert table(copied) == expected


@pytest.mark.nightly
def test_a_setting_of_ones_own_runs_instead_of_the_suites(suite: Path, begun: Path, tmp_path: Path) -> None:
    """It extends one that is shipped, and is recorded with the options of both."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "sure.yaml").write_text("extends: highs-default\nwhy: x\noptions: {presolve: 'off'}\n", encoding="utf-8")
    assert ran(suite, begun, "--settings", mine, "--setting", "sure", "--at-once", 2) == 2
    told = [json.loads(line)["about"] for line in (begun / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {about["setting"] for about in told} == {"sure"}
    assert {tuple(about["options"].items()) for about in told} == {
        (("presolve_rule_off", 4259840), ("presolve", "off"))
    }
    assert all(row["solved"] for row in table(begun))


def test_instances_of_a_suite_are_made_without_running(suite: Path, tmp_path: Path) -> None:
    """And are the same as those of a run."""
    made = typed("make", "--suite", suite, "--out", tmp_path)
    assert made.stdout.endswith(f"in {tmp_path / INSTANCES}: 2 instances\n")
    assert [file.name for file in tmp_path.iterdir()] == [INSTANCES]
    assert len(list((tmp_path / INSTANCES).iterdir())) == 4


def elsewhere(line: dict[str, Any]) -> dict[str, Any]:
    """The record as of another machine."""
    machine = {**line["outcome"]["machine"], "name": "elsewhere"}
    return {**line, "outcome": {**line["outcome"], "machine": machine}}


def test_a_point_is_that_of_the_machine_whose_record_counts(copied: Path, tmp_path: Path) -> None:
    """Both machines ran the same; that of the folder named last counts, which has lost its points."""
    other = Path(shutil.copytree(copied, tmp_path / "other"))
    lines = [json.loads(line) for line in (other / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    (other / "runs.jsonl").write_text("".join(json.dumps(elsewhere(line)) + "\n" for line in lines), encoding="utf-8")
    shutil.rmtree(other / POINTS)
    for folders, wrong in (((copied, other), 2), ((other, copied), 0)):
        out = tmp_path / f"merged-{wrong}"
        assert typed("merge", *folders, "--out", out).exit_code == 0
        checked = json.loads(typed("check", out, "--json").stdout)
        assert [len(checked["runs"]), len(checked["wrong"])] == [RUNS, wrong]


@pytest.mark.parametrize("name", ["processor", "cores", "memory"])
def test_two_machines_of_one_name_are_not_merged(name: str, copied: Path, tmp_path: Path) -> None:
    """Their times would be taken for those of one: the record is told, and what differs."""
    other = Path(shutil.copytree(copied, tmp_path / "other"))
    lines = [json.loads(line) for line in (other / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["outcome"]["machine"][name] = 7
    (other / "runs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ended = typed("merge", copied, other, "--out", tmp_path / "all")
    assert ended.exit_code == 2
    assert f"{other / 'runs.jsonl'}:1: machine '" in ended.stderr
    assert f"is another one than in {copied / 'runs.jsonl'}:1 ({name} 7 for" in ended.stderr
    assert not (tmp_path / "all").exists()
