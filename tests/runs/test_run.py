"""Many jobs: recorded as they end, and gone on with after any end."""

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import calls
import psutil
import pytest
from calls import job

from routeplan.errors import DataError, UsageError
from routeplan.runs.job import Job
from routeplan.runs.merge import merge_records
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.process import run_job
from routeplan.runs.records import Read, Record, as_line, done, journal, read_records
from routeplan.runs.run import run_all
from routeplan.runs.shards import Shard, shard_of

DOUBLES = [job(calls.double, number=number) for number in range(4)]


def doubles(folder: Path) -> list[int]:
    return sorted(record.outcome.returned["double"] for record in read_records(folder).records)


def test_each_job_is_run_once(tmp_path: Path) -> None:
    """The same call a second time has nothing to do."""
    seen: list[str] = []
    new = run_all(DOUBLES, tmp_path, at_once=2, on_record=lambda record: seen.append(record.key))
    assert doubles(tmp_path) == [0, 2, 4, 6]
    assert seen == [record.key for record in new] and len(new) == 4
    assert run_all(DOUBLES, tmp_path) == []


def test_failures_are_results_and_run_again_when_asked(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    jobs = [job(calls.fail), job(calls.count, mark=str(mark))]
    assert {record.outcome.ended for record in run_all(jobs, tmp_path / "runs")} == {Ended.RAISED, Ended.RETURNED}
    again = run_all(jobs, tmp_path / "runs", again=[Ended.RAISED])
    assert [record.about["call"] for record in again] == ["fail"]
    assert mark.read_text(encoding="utf-8") == "run\n"
    assert len(read_records(tmp_path / "runs").latest()) == 2


@pytest.mark.nightly
def test_a_killed_runner_loses_the_run_in_flight_alone(tmp_path: Path) -> None:
    """Killed with -9 in the middle, the same command goes on; what it had started ends with it."""
    folder, started, counted = tmp_path / "runs", tmp_path / "started", tmp_path / "counted"
    code = (
        "import calls\nfrom calls import job\nfrom routeplan.runs.run import run_all\n"
        f"quick = job(calls.count, mark={str(counted)!r})\n"
        f"run_all([quick], {str(folder)!r})\n"
        f"run_all([quick, job(calls.sleep, seconds=60, mark={str(started)!r})], {str(folder)!r})\n"
    )
    runner = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 60
    while not started.exists() or not started.read_text(encoding="utf-8"):
        assert runner.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    pid = int(started.read_text(encoding="utf-8"))
    while psutil.pid_exists(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    jobs = [job(calls.count, mark=str(counted)), job(calls.double, number=5)]
    assert [record.about["call"] for record in run_all(jobs, folder)] == ["double"]
    assert counted.read_text(encoding="utf-8") == "run\n"


def test_half_a_record_is_told_and_its_job_run_again(tmp_path: Path) -> None:
    run_all(DOUBLES, tmp_path)
    file = tmp_path / "runs.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    (cut,) = read_records(tmp_path).cut
    assert str(cut) == "runs.jsonl:4: the record was cut in half, and counts for nothing"
    assert len(run_all(DOUBLES, tmp_path)) == 1
    assert (doubles(tmp_path), read_records(tmp_path).cut) == ([0, 2, 4, 6], ())


WAYS = {
    "the second half is gone": lambda lines: [lines[0], lines[1][:40] + b"\n", *lines[2:]],
    "and the next is in the same line": lambda lines: [lines[0], lines[1][:40] + lines[2], *lines[3:]],
    "within a letter of two bytes": lambda lines: [lines[0], lines[1][:40] + b"\xc3\n", *lines[2:]],
    "after a few letters": lambda lines: [lines[0], b'{"fo\n', *lines[2:]],
    "the first half is gone": lambda lines: [lines[0], lines[1][40:], *lines[2:]],
    "zeros, as after a power cut": lambda lines: [lines[0], b"\0" * 40 + b"\n", *lines[2:]],
    "and is zeros up to the next": lambda lines: [lines[0], b"\0" * 40 + lines[2], *lines[3:]],
}
"""How the second of several lines may be cut in half, each by its lines."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.some(1)
def test_half_a_record_in_the_middle_is_told_and_its_job_run_again(way: str, tmp_path: Path) -> None:
    """Whatever was appended to it later: of four records three are read, and one job is run."""
    run_all(DOUBLES, tmp_path)
    file = tmp_path / "runs.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    lost = json.loads(lines[1])["key"]
    file.write_bytes(b"".join(WAYS[way](lines)))
    read = read_records(tmp_path)
    behind = "; the one behind it in the same line counts" if way.startswith("and") else ""
    (cut,) = read.cut
    assert str(cut) == f"runs.jsonl:2: the record was cut in half, and counts for nothing{behind}"
    assert [record.key for record in read.records] == [json.loads(line)["key"] for line in (lines[0], *lines[2:])]
    assert [record.key for record in run_all(DOUBLES, tmp_path)] == [lost]
    assert doubles(tmp_path) == [0, 2, 4, 6]
    assert run_all(DOUBLES, tmp_path) == []


def test_half_a_record_before_half_a_record_is_told_once(tmp_path: Path) -> None:
    """Two halves in one line are worth nothing, nor is one before a record of another format."""
    run_all(DOUBLES[:1], tmp_path)
    good = (tmp_path / "runs.jsonl").read_bytes()
    other = json.dumps({**json.loads(good), "format": 99}).encode()
    (tmp_path / "other.jsonl").write_bytes(good[:40] + good[:50] + b"\n" + good[:40] + other + b"\n")
    read = read_records(tmp_path)
    assert [(problem.file, problem.line) for problem in read.cut] == [("other.jsonl", 1), ("other.jsonl", 2)]
    assert not [problem for problem in read.cut if "behind" in problem.text]
    assert len(read.records) == 1


def test_lines_that_are_no_records_are_refused_all_at_once(tmp_path: Path) -> None:
    run_all(DOUBLES[:1], tmp_path)
    good = (tmp_path / "runs.jsonl").read_text(encoding="utf-8")
    other = json.dumps({**json.loads(good), "format": 99})
    (tmp_path / "other.jsonl").write_text(f"no JSON\n{good}{other}\n[]\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        run_all(DOUBLES, tmp_path)
    assert [problem.line for problem in refused.value.problems] == [1, 3, 4]
    assert all("allowed: a line of JSON of format 1" in str(problem) for problem in refused.value.problems)


def test_two_programs_do_not_write_to_one_file(tmp_path: Path) -> None:
    with journal(tmp_path, "runs"), pytest.raises(UsageError, match="another program"):
        run_all(DOUBLES, tmp_path)


def test_a_job_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="given twice"):
        run_all([*DOUBLES, DOUBLES[0]], tmp_path)


@pytest.mark.nightly
def test_what_is_stopped_is_not_recorded(tmp_path: Path) -> None:
    """So that it is run again next time."""
    until = time.monotonic() + 1.5
    assert run_all([job(calls.sleep, seconds=60)], tmp_path, stop=lambda: time.monotonic() > until) == []
    assert read_records(tmp_path).records == ()


def test_any_executor_will_do(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        run_all(DOUBLES, tmp_path, executor=executor)
    assert doubles(tmp_path) == [0, 2, 4, 6]


class Lost(Executor):
    """Its worker is gone before any job is done."""

    def submit(self, *_: Any, **__: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_exception(ConnectionError("gone"))
        return future


def test_a_lost_worker_is_a_result(tmp_path: Path) -> None:
    (record,) = run_all(DOUBLES[:1], tmp_path, executor=Lost())
    assert record.outcome.ended is Ended.CRASHED
    assert record.outcome.told == "its worker was lost: ConnectionError: gone"


def test_shards_together_have_each_job_once(tmp_path: Path) -> None:
    """In one folder or in several, merged: the same as without them."""
    parts = [Shard(number, 3).part(DOUBLES) for number in (1, 2, 3)]
    assert sorted(each.key for part in parts for each in part) == sorted(each.key for each in DOUBLES)
    for number, part in enumerate(parts):
        run_all(part, tmp_path / str(number), name="shard")
    merged = merge_records([tmp_path / "0", tmp_path / "1", tmp_path / "2"], tmp_path / "all")
    assert len(merged) == 4 and doubles(tmp_path / "all") == [0, 2, 4, 6]
    assert run_all(DOUBLES, tmp_path / "all") == []


def test_jobs_of_a_group_are_in_one_shard() -> None:
    """Whatever the order in which they are given; of 7 groups each of 3 shards has 2 or 3."""
    jobs = [replace(job(calls.double, number=number), group=f"group {number % 7}") for number in range(21)]
    parts = [Shard(number, 3).part(jobs) for number in (1, 2, 3)]
    groups = [{each.group for each in part} for part in parts]
    assert sorted(name for names in groups for name in names) == sorted({each.group for each in jobs})
    assert [len(names) for names in groups] == [3, 2, 2]
    assert [len(part) for part in parts] == [9, 6, 6]
    assert [Shard(number, 3).part(jobs[::-1]) for number in (1, 2, 3)] == parts


@pytest.mark.parametrize(
    ("shards", "dealt"),
    [(1, ["abcdef"]), (2, ["ade", "bcf"]), (3, ["af", "be", "cd"]), (8, [*"abcdef", "", ""])],
)
def test_groups_are_dealt_to_and_fro(shards: int, dealt: list[str]) -> None:
    """1, 2, 3, 3, 2, 1, so that no shard has the first of each pair; where there are more shards, some are empty."""
    assert [Shard(number, shards).groups("fedcba") for number in range(1, shards + 1)] == [set(each) for each in dealt]


def test_a_shard_that_had_nothing_to_run_is_merged(tmp_path: Path) -> None:
    """Its file is empty; a folder of nothing but such is refused."""
    for number in (1, 2):
        run_all(Shard(number, 2).part(DOUBLES[:1]), tmp_path / str(number), name=Shard(number, 2).name)
    merged = merge_records([tmp_path / "1", tmp_path / "2"], tmp_path / "all")
    assert [record.key for record in merged] == [DOUBLES[0].key]
    with pytest.raises(DataError, match="2: has no records"):
        merge_records([tmp_path / "2"], tmp_path / "no")


@pytest.mark.parametrize(("text", "task"), [("2/3", {}), ("slurm", {"ID": "11", "MIN": "10", "COUNT": "3"})])
def test_a_shard_is_read(text: str, task: dict[str, str]) -> None:
    assert shard_of(text, {f"SLURM_ARRAY_TASK_{name}": value for name, value in task.items()}) == Shard(2, 3)


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "slurm", ""])
def test_a_shard_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="shard"):
        shard_of(text, {})


def changed(folder: Path, target: Path, **machine: object) -> Path:
    """The records of a folder as another machine would have made them."""
    target.mkdir()
    lines = [json.loads(line) for line in (folder / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["outcome"]["machine"].update(machine)
    (target / "runs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return target


def test_what_is_merged_tells_of_records_that_were_cut(tmp_path: Path) -> None:
    """With the path of the file; what is whole is merged."""
    run_all(DOUBLES, tmp_path / "one")
    file = tmp_path / "one" / "runs.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], lines[1][:40] + b"\n", lines[2], lines[3][:40]]))
    told: list[str] = []
    merged = merge_records([tmp_path / "one"], tmp_path / "all", lambda problem: told.append(str(problem)))
    assert told == [f"{file}:{line}: the record was cut in half, and counts for nothing" for line in (2, 4)]
    assert [record.key for record in merged] == [json.loads(lines[number])["key"] for number in (0, 2)]
    assert read_records(tmp_path / "all").cut == ()


def test_machines_are_told_apart(tmp_path: Path) -> None:
    """Records of two machines are merged, unless both go by one name; the same records are there once."""
    run_all(DOUBLES[:2], tmp_path / "here")
    there = changed(tmp_path / "here", tmp_path / "there", name="there", cores=64)
    both = merge_records([tmp_path / "here", there, tmp_path / "here"], tmp_path / "both")
    assert len(both) == 4
    namesake = changed(tmp_path / "here", tmp_path / "namesake", cores=64)
    with pytest.raises(DataError, match="cores 64"):
        merge_records([tmp_path / "here", namesake], tmp_path / "no")
    assert not (tmp_path / "no").exists()


def test_a_folder_without_records_and_a_target_with_some_are_refused(tmp_path: Path) -> None:
    run_all(DOUBLES[:1], tmp_path / "one")
    with pytest.raises(DataError, match="has no records"):
        merge_records([tmp_path / "none"], tmp_path / "all")
    with pytest.raises(UsageError, match="has records already"):
        merge_records([tmp_path / "one"], tmp_path / "one")


def test_a_call_is_the_same_in_this_process(tmp_path: Path) -> None:
    """What is recorded is what the job returned, read back."""
    one: Job = DOUBLES[3]
    (record,) = run_all([one], tmp_path)
    assert read_records(tmp_path).records[0].outcome == record.outcome
    assert record.outcome.returned == run_job(one).returned == calls.double(3)


def on(machine: str, ended: Ended = Ended.RETURNED, *, started: str = "", replaces: tuple[str, ...] = ()) -> Record:
    """A record of one job."""
    outcome = Outcome(ended, Usage(1.0, 1.0, 1.0), machine={"name": machine} if machine else {}, started=started)
    return Record("a" * 16, {"call": "double"}, outcome, replaces=replaces)


def read(*records: Record) -> Read:
    return Read(records)


def test_each_machine_has_a_record_of_its_own() -> None:
    """The last of each counts, whatever another has."""
    first, again, other = on("one", Ended.CRASHED), on("one"), on("two", Ended.TIME)
    assert list(read(first, other, again).latest().values()) == [other, again]
    assert done(read(first, again, other)) == {"a" * 16}


def test_what_one_machine_has_done_needs_not_be_run_again() -> None:
    """Unless all of its records ended so; a record that replaces others stands for them."""
    crashed, right = on("one", Ended.CRASHED), on("two")
    assert done(read(crashed, right), again=[Ended.CRASHED]) == {"a" * 16}
    assert done(read(crashed, on("two", Ended.CRASHED)), again=[Ended.CRASHED]) == set()
    again = on("two", Ended.CRASHED, replaces=("one",))
    assert list(read(on("one", Ended.RAISED), again).latest().values()) == [again]


def test_what_was_run_again_counts_by_the_clock() -> None:
    """The file of a shard is read after that of all, in which the job may have been run again."""
    again, first = on("one", started="2026-01-02T00:00:00"), on("one", Ended.CRASHED, started="2026-01-01T00:00:00")
    assert list(read(again, first).latest().values()) == [again]
    elsewhere = on("two", started="2026-01-02T00:00:00", replaces=("one",))
    assert list(read(elsewhere, first).latest().values()) == [elsewhere]


def test_a_job_run_again_on_another_machine_replaces_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its failure on the first is told no more; nor is that of a worker that was lost, which has no name."""
    jobs = [job(calls.fail), job(calls.double, number=1)]
    for machine, again in (("one", []), ("two", [Ended.RAISED])):
        monkeypatch.setattr("routeplan.runs.process.this_machine", lambda name=machine: {"name": name})
        run_all(jobs, tmp_path, again=again)
    latest = read_records(tmp_path).latest()
    assert sorted((machine, record.about["call"]) for (_, machine), record in latest.items()) == [
        ("one", "double"),
        ("two", "fail"),
    ]
    replaced = [record.replaces for record in read_records(tmp_path).records]
    assert sorted(replaced) == [(), (), ("one",)]


def test_merging_keeps_what_was_replaced_elsewhere(tmp_path: Path) -> None:
    """In one folder the job was run again on a second machine; in another, the first machine did it well."""
    folders = {"again": [on("one", Ended.CRASHED), on("two", replaces=("one",))], "well": [on("one")]}
    for name, records in folders.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "runs.jsonl").write_bytes(b"".join(map(as_line, records)))
    merge_records([tmp_path / "well", tmp_path / "again"], tmp_path / "all")
    kept = read_records(tmp_path / "all").latest().values()
    assert sorted((record.machine, record.outcome.ended) for record in kept) == [
        ("one", Ended.RETURNED),
        ("two", Ended.RETURNED),
    ]


def test_jobs_of_a_group_run_next_to_each_other(tmp_path: Path) -> None:
    """In an order that does not follow the one in which they are given; the group is no part of the key."""
    jobs = [replace(job(calls.double, number=number), group=str(number % 3)) for number in range(9)]
    order = [each.group for each in sorted(jobs, key=lambda each: each.place)]
    assert len(list(groupby(order))) == 3
    assert {each.key for each in jobs} == {job(calls.double, number=number).key for number in range(9)}
    ungrouped = [replace(each, group="") for each in jobs]
    assert sorted(ungrouped, key=lambda each: each.place) == sorted(ungrouped, key=lambda each: each.key)
    new = [record.key for record in run_all(jobs[:4], tmp_path)]
    assert new == [each.key for each in sorted(jobs[:4], key=lambda each: each.place)]
