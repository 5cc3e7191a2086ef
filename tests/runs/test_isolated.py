"""A job under BenchExec: each ending is told as that of a job which the runner watches itself."""

import time
from pathlib import Path

import calls
import pytest
from calls import job

from routeplan.errors import UsageError
from routeplan.runs.isolated import refuse_without_benchexec, run_job_isolated
from routeplan.runs.job import Resources
from routeplan.runs.outcome import Ended
from routeplan.runs.process import run_job
from routeplan.runs.records import read_records
from routeplan.runs.run import run_all


@pytest.fixture(autouse=True, scope="module")
def benchexec() -> None:
    """BenchExec, where the system lets it make control groups."""
    try:
        refuse_without_benchexec()
    except UsageError as error:
        pytest.skip(str(error))


def test_what_a_call_returns_is_the_outcome() -> None:
    outcome = run_job_isolated(job(calls.double, number=21))
    assert (outcome.ended, outcome.returned, outcome.told) == (Ended.RETURNED, {"double": 42}, "")
    assert 0 < outcome.usage.wall < 30 and outcome.usage.cpu > 0 and outcome.usage.peak > 1


@pytest.mark.some(1)
@pytest.mark.parametrize("call", [calls.fail, calls.crash, calls.leave], ids=["error", "signal", "exit"])
def test_what_goes_wrong_is_told_as_without_it(call: object) -> None:
    isolated, watched = run_job_isolated(job(call)), run_job(job(call))  # type: ignore[arg-type]
    assert (isolated.ended, isolated.told) == (watched.ended, watched.told)
    assert isolated.ended in (Ended.RAISED, Ended.CRASHED)


@pytest.mark.nightly
def test_a_job_whose_time_is_up_is_ended() -> None:
    outcome = run_job_isolated(job(calls.wait_until_asked, Resources(seconds=1.5)))
    assert (outcome.ended, outcome.told) == (Ended.TIME, "took more than 1.5 s")
    assert outcome.usage.wall < 10


def test_memory_of_the_whole_tree_never_exceeds_its_limit() -> None:
    """Three hundred MB in a process that the job starts, and 150 are allowed."""
    outcome = run_job_isolated(job(calls.eat, Resources(seconds=30, memory=150), megabytes=300))
    assert (outcome.ended, outcome.told) == (Ended.MEMORY, "asked for more than 150 MB")
    assert outcome.usage.peak <= 151


@pytest.mark.nightly
def test_a_job_is_stopped_when_asked() -> None:
    began = time.monotonic()
    outcome = run_job_isolated(job(calls.wait_until_asked), stop=lambda: time.monotonic() > began + 1.0)
    assert outcome.ended is Ended.STOPPED


@pytest.mark.nightly
def test_many_jobs_are_recorded(tmp_path: Path) -> None:
    jobs = [job(calls.double, number=number) for number in (1, 2, 3)]
    run_all(jobs, tmp_path, at_once=2, run=run_job_isolated)
    assert sorted(each.outcome.returned["double"] for each in read_records(tmp_path).records) == [2, 4, 6]
