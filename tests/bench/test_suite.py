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

import numpy as np
import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from routeplan.bench.families.manifest_file import read_manifest
from routeplan.bench.instances import INSTANCES, stored
from routeplan.bench.run_suite import POINTS, entrants, jobs_of
from routeplan.bench.settings import read_settings
from routeplan.bench.shipped import SETTINGS, shipped_folder
from routeplan.bench.solve_one import solve_one
from routeplan.bench.solvers.contract import Budget
from routeplan.bench.starts import write_start
from routeplan.bench.suites import read_suite
from routeplan.cli.main import app
from routeplan.cli.output import OUT

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
        [held] = part.glob("*.jsonl")
        told = [json.loads(line)["about"] for line in held.read_text(encoding="utf-8").splitlines()]
        assert {about["setting"] for about in told} == {"highs-default", "highs-no-presolve"}
        assert len({(about["instance"], about["seed"]) for about in told}) == 1
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


def test_a_record_holds_the_bound_at_the_root(whole: Path, tmp_path: Path) -> None:
    """It is no less than the relaxation, and no more than the optimum, which is known by construction."""
    manifest = read_manifest(next((whole / INSTANCES).glob("net-tree-*.json")))
    mps = next((whole / INSTANCES).glob("net-tree-*.mps.gz"))
    answer = solve_one(str(mps), "highs", {}, Budget(20.0), str(tmp_path / "point.npz"))
    assert manifest.lp_bound - 1e-6 <= answer["root_bound"] <= manifest.optimum + 1e-6


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
        (("presolve_rule_off", 4263936), ("presolve", "off"))
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


@pytest.fixture
def other(copied: Path, tmp_path: Path) -> Path:
    """The same runs as of another machine, on which each took four times as long with highs-no-presolve."""
    folder = Path(shutil.copytree(copied, tmp_path / "other"))
    lines = [elsewhere(json.loads(line)) for line in (folder / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        slower = 4.0 if line["about"]["setting"] == "highs-no-presolve" else 1.0
        line["outcome"]["returned"]["seconds"] = slower * (1.0 + line["outcome"]["returned"]["seconds"])
    (folder / "runs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("first", ["copied", "other"])
@pytest.mark.some(1)
def test_runs_of_two_machines_are_judged_each_by_its_own_point(
    first: str, copied: Path, other: Path, tmp_path: Path
) -> None:
    """Both have run the same; one has lost its points, which those of the other do not stand in for."""
    shutil.rmtree(other / POINTS)
    folders = (copied, other) if first == "copied" else (other, copied)
    merged = typed("merge", *folders, "--out", tmp_path / "all")
    assert (merged.exit_code, merged.stdout) == (0, f"in {tmp_path / 'all'}: {2 * RUNS} runs\n")
    checked = json.loads(typed("check", tmp_path / "all", "--json").stdout)
    machine = json.loads((copied / "runs.jsonl").read_text(encoding="utf-8").splitlines()[0])["outcome"]["machine"]
    counts = {
        name: [run for run in checked["runs"] if run["machine"] == name] for name in ("elsewhere", machine["name"])
    }
    assert [len(runs) for runs in counts.values()] == [RUNS, RUNS]
    assert [sum(run["verdict"] == "wrong_point" for run in runs) for runs in counts.values()] == [2, 0]
    # Merged once more, each point is still that of its machine.
    assert typed("merge", tmp_path / "all", "--out", tmp_path / "again").exit_code == 0
    assert json.loads(typed("check", tmp_path / "again", "--json").stdout)["wrong"] == checked["wrong"]


def test_times_of_two_machines_are_told_apart(
    suite: Path, copied: Path, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By check and compare, machine by machine; what one machine has run is not run again on another."""
    monkeypatch.setattr(OUT, "width", 250)
    runs = tmp_path / "all"
    assert typed("merge", copied, other, "--out", runs).exit_code == 0
    assert ran(suite, runs) == 0
    checked = json.loads(typed("check", runs, "--json").stdout)
    settings = {(each["machine"], each["setting"]): each["runs"] for each in checked["settings"]}
    assert set(settings.values()) == {2} and len(settings) == 4
    compared = json.loads(typed("compare", runs, "--base", "highs-default", "--json").stdout)
    assert [each["instances"] for each in compared] == [2, 2]
    factors = {each["machine"]: each["factor"] for each in compared}
    (here,) = factors.keys() - {"elsewhere"}
    assert factors["elsewhere"] < 0.7 < 0.9 < factors[here]
    shown = typed("compare", runs, "--base", "highs-default", "--fail-if-slower", "1.2")
    assert shown.exit_code == 1 and shown.stderr == "slower than highs-default: highs-no-presolve\n"
    assert "Times faster than highs-default, on elsewhere" in shown.stdout


@pytest.mark.nightly
def test_the_report_of_two_machines_asks_whether_the_ranking_survives(
    copied: Path, other: Path, tmp_path: Path
) -> None:
    """Its times are of the one machine that is asked for, its table of runs has both."""
    runs, report = tmp_path / "all", tmp_path / "report"
    assert typed("merge", copied, other, "--out", runs).exit_code == 0
    ended = typed("report", runs, "--out", report, "--machine", "elsewhere")
    assert ended.exit_code == 0, ended.output
    page = (report / "index.html").read_text(encoding="utf-8")
    assert "there is one machine" not in page
    assert "Times on this page are those of elsewhere alone." in page
    assert len(pd.read_csv(report / "runs.csv")) == 2 * RUNS
    assert pd.read_csv(report / "summary.csv")["runs"].tolist() == [2, 2]
    refused = typed("report", runs, "--out", report, "--machine", "elswhere")
    assert refused.exit_code == 2
    assert "no machine is called 'elswhere' (did you mean 'elsewhere'?)" in refused.stderr


def test_points_of_merged_machines_give_way_to_that_of_a_new_run(copied: Path, other: Path, tmp_path: Path) -> None:
    """As when what crashed on both is run again: the point of either must not be taken for the new one."""
    runs = tmp_path / "all"
    assert typed("merge", copied, other, "--out", runs).exit_code == 0
    points = sorted(file.name for file in (runs / POINTS).iterdir())
    assert len(points) == 4 and all(re.fullmatch(r"[0-9a-f]{16}-[0-9a-f]{8}\.npz", name) for name in points)
    key = points[0].partition("-")[0]
    mps = next((runs / INSTANCES).glob("net-tree-*.mps.gz"))
    solve_one(str(mps), "highs", {}, Budget(20.0), str(runs / POINTS / f"{key}.npz"))
    assert sorted(file.name for file in (runs / POINTS).glob(f"{key}*")) == [f"{key}.npz"]


@pytest.mark.nightly
def test_runs_that_began_from_different_points_are_not_merged(copied: Path, tmp_path: Path) -> None:
    """They would be told as begun from one; alike but for rounding, one is kept."""
    other = Path(shutil.copytree(copied, tmp_path / "other"))
    mps = next((copied / INSTANCES).glob("net-tree-*.mps.gz"))
    name = mps.name.replace(".mps.gz", ".start.npz")
    for folder, value in ((copied, 0.0), (other, 1.0)):
        write_start(np.full(15, value), "0" * 64, folder / INSTANCES / name)
    ended = typed("merge", copied, other, "--out", tmp_path / "all")
    assert ended.exit_code == 2
    told = (
        f"{other / INSTANCES / name}: is another start than {copied / INSTANCES / name}; allowed: one of each instance"
    )
    assert told in ended.stderr
    write_start(np.full(15, 1e-9), "0" * 64, other / INSTANCES / name)
    assert typed("merge", copied, other, "--out", tmp_path / "all").exit_code == 0
    assert (tmp_path / "all" / INSTANCES / name).is_file()


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
