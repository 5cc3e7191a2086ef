"""A job in a process of its own: every way in which it can end is a result."""

import time
from pathlib import Path

import calls
import psutil
import pytest
from calls import job

from routeplan.errors import UsageError
from routeplan.runs.job import Job, Resources
from routeplan.runs.outcome import Ended
from routeplan.runs.process import GRACE, run_job


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has waited for has."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_what_a_call_returns_is_the_outcome() -> None:
    outcome = run_job(job(calls.double, number=21))
    assert (outcome.ended, outcome.returned, outcome.told) == (Ended.RETURNED, {"double": 42}, "")
    assert 0 < outcome.usage.wall < 30 and outcome.usage.cpu > 0 and outcome.usage.peak > 1
    assert outcome.machine["cores"] >= 1


def test_an_error_is_told_with_what_was_printed() -> None:
    outcome = run_job(job(calls.fail))
    assert (outcome.ended, outcome.told) == (Ended.RAISED, "ValueError: no such thing")
    assert "on the way" in outcome.printed and "Traceback" in outcome.printed


def test_a_crash_is_told_by_its_signal() -> None:
    outcome = run_job(job(calls.crash))
    assert (outcome.ended, outcome.told) == (Ended.CRASHED, "ended by signal SIGABRT")


def test_an_exit_without_a_word_is_a_crash() -> None:
    assert run_job(job(calls.leave)).told == "ended by itself, with exit code 7"


def test_what_json_cannot_hold_is_an_error_of_the_call() -> None:
    outcome = run_job(job(calls.tell, value=1))
    assert outcome.ended is Ended.RAISED and "TypeError" in outcome.told


@pytest.mark.nightly
def test_a_job_whose_time_is_up_hands_over_what_it_has() -> None:
    outcome = run_job(job(calls.wait_until_asked, Resources(seconds=1.5)))
    assert (outcome.ended, outcome.returned) == (Ended.TIME, {"best": 42})
    assert outcome.told == "took more than 1.5 s"


@pytest.mark.nightly
def test_a_deaf_job_is_ended_with_all_that_it_has_started(tmp_path: Path) -> None:
    """Those too that are in a session of their own."""
    mark = tmp_path / "pid"
    outcome = run_job(job(calls.turn_a_deaf_ear, Resources(seconds=2), mark=str(mark)))
    assert outcome.ended is Ended.TIME
    assert 2 <= outcome.usage.wall < 2 + GRACE + 5
    assert gone(int(mark.read_text(encoding="utf-8")))


def test_too_much_memory_of_the_whole_tree_ends_a_job() -> None:
    """Three hundred MB in a process that the job starts, and 150 are allowed."""
    outcome = run_job(job(calls.eat, Resources(seconds=30, memory=150), megabytes=300))
    assert outcome.ended is Ended.MEMORY and outcome.told.endswith("allowed: 150 MB")
    assert outcome.usage.peak > 150


def test_what_asks_for_all_memory_at_once_is_given_none() -> None:
    """Sixteen GiB are never there to be looked at."""
    outcome = run_job(job(calls.eat_at_once, Resources(seconds=30, memory=200)))
    assert outcome.ended is Ended.MEMORY and "MemoryError" in outcome.told
    assert 1 < outcome.usage.peak < 200


@pytest.mark.nightly
def test_memory_between_two_looks_counts() -> None:
    """A hundred MB that are taken and given back at once are told, and those of the runner are not."""
    held = bytearray(300_000_000)
    outcome = run_job(job(calls.take_and_give_back, Resources(seconds=30, memory=250), megabytes=100))
    assert outcome.ended is Ended.RETURNED and 100 < outcome.usage.peak < 250 < len(held) / 1e6
    assert run_job(job(calls.take_and_give_back, Resources(seconds=30, memory=90), megabytes=100)).ended is Ended.MEMORY


@pytest.mark.nightly
def test_processor_time_of_what_a_job_starts_counts() -> None:
    assert run_job(job(calls.burn, seconds=0.5)).usage.cpu >= 0.5


@pytest.mark.nightly
def test_a_job_is_stopped_when_asked() -> None:
    asked_at = time.monotonic() + 1.0
    outcome = run_job(job(calls.sleep, seconds=60), stop=lambda: time.monotonic() > asked_at)
    assert outcome.ended is Ended.STOPPED
    assert outcome.usage.wall < 1 + GRACE + 5


@pytest.mark.parametrize("resources", [{"seconds": 0}, {"memory": -1}, {"threads": 0}, {"seconds": float("nan")}])
def test_limits_that_allow_nothing_are_refused(resources: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="allowed: more than 0"):
        Resources(**resources)  # type: ignore[arg-type]


def test_a_call_that_no_other_process_can_import_is_refused() -> None:
    with pytest.raises(UsageError, match="allowed: a function of a module"):
        Job(lambda: {}, {}, {"number": 1})


def test_what_json_cannot_hold_cannot_be_what_a_job_is_about() -> None:
    with pytest.raises(UsageError, match="JSON"):
        Job(calls.double, {"number": 1}, {"number": float("nan")})


def test_the_key_is_of_what_a_job_is_about_alone() -> None:
    """Not of the order in which it is said, nor of where the job finds its files."""
    one = Job(calls.sleep, {"mark": "/here"}, {"a": 1, "b": 2})
    assert one.key == Job(calls.sleep, {"mark": "/there"}, {"b": 2, "a": 1}).key
    assert one.key != Job(calls.sleep, {"mark": "/here"}, {"a": 1, "b": 3}).key
