"""Run many jobs: those that have no record yet, on any executor."""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from routeplan.errors import UsageError
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.process import run_job
from routeplan.runs.records import Journal, Read, Record, done, journal, machines_of, read_records
from routeplan.solver.solution import Stop

OnRecord = Callable[[Record], None]


class Runner(Protocol):
    """Runs a job in a process of its own, and tells what came of it."""

    def __call__(self, job: Job, stop: Stop | None = None) -> Outcome:
        """Run a job, until it is to be stopped."""
        ...


RUNS = "runs"
"""Name of the file of records, unless it is that of a shard."""


def run_all(
    jobs: Sequence[Job],
    folder: Path | str,
    *,
    name: str = RUNS,
    at_once: int = 1,
    executor: Executor | None = None,
    run: Runner | None = None,
    again: Collection[Ended] = (),
    stop: Stop | None = None,
    on_record: OnRecord | None = None,
    read: Read | None = None,
) -> list[Record]:
    """Run the jobs of which the folder has no record yet, each in a process of its own, and record each at its end.

    A job that fails, crashes, takes too long or too much is recorded like any other. Ended at any moment, even by
    `kill -9`, the same call goes on where it was: what is lost are the jobs that were running.

    Parameters
    ----------
    jobs : sequence of Job
        The jobs; they are run in the order of their places (`Job.place`), so that no setting has the quiet hours to
        itself, and a machine that becomes busy is so for all of a group.
    folder : path
        Folder of the records.
    name : str
        Name of the file of records there.
    at_once : int
        How many run at a time on this machine.
    executor : Executor, optional
        What runs the jobs instead, on other machines: a pool of MPI, a cluster of Dask.
    run : Runner, optional
        Runs one job in a process of its own: `run_job` unless it is told, or `run_job_isolated` under BenchExec.
    again : collection of Ended
        Jobs that ended so are run again.
    stop : callable, optional
        Asked often whether to stop; a Ctrl-C stops too, and is raised here when what ran has ended.
    on_record : callable, optional
        Told of each new record.
    read : Read, optional
        What the folder holds, where the caller knows that already; else it is read.

    Returns
    -------
    list of Record
        The new records.

    Raises
    ------
    UsageError
        When two jobs are about the same, `at_once` is below 1, or another program writes to the file.
    DataError
        When the folder holds lines that are no records.
    """
    _refuse_same(jobs)
    if at_once < 1:
        raise UsageError(f"jobs at once are {at_once}; allowed: 1 or more")
    with journal(folder, name) as file:
        held, runner = read_records(folder) if read is None else read, run or run_job
        finished, earlier = done(held, again), machines_of(held)
        todo = sorted((job for job in jobs if job.key not in finished), key=lambda job: job.place)
        if executor is not None:
            return _recorded(executor, runner, todo, file, earlier, on_record)
        with _threads(at_once, runner, stop) as (pool, stoppable):
            return _recorded(pool, stoppable, todo, file, earlier, on_record)


def _refuse_same(jobs: Sequence[Job]) -> None:
    twice = [key for key, count in Counter(job.key for job in jobs).items() if count > 1]
    if twice:
        about = next(job.about for job in jobs if job.key == twice[0])
        raise UsageError(f"{len(twice)} jobs are given twice, such as {dict(about)}; allowed: each once")


@contextmanager
def _threads(at_once: int, run: Runner, stop: Stop | None) -> Iterator[tuple[Executor, Callable[[Job], Outcome]]]:
    """A thread for each job that runs; all are told to stop when one is interrupted."""
    stopped = threading.Event()
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="job")
    try:
        yield pool, partial(run, stop=lambda: stopped.is_set() or (stop is not None and stop()))
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


def _recorded(
    executor: Executor,
    run: Callable[[Job], Outcome],
    jobs: Sequence[Job],
    file: Journal,
    earlier: Mapping[str, Sequence[str]],
    on_record: OnRecord | None,
) -> list[Record]:
    """Hand over the jobs and record each as it ends, in place of its earlier records; not those that were stopped."""
    running: dict[Future[Outcome], Job] = {executor.submit(run, job): job for job in jobs}
    records = []
    try:
        for future in as_completed(running):
            outcome = _outcome(future)
            if outcome.ended is Ended.STOPPED:
                continue
            job = running[future]
            records.append(file.append(job, outcome, earlier.get(job.key, ())))
            if on_record is not None:
                on_record(records[-1])
    finally:
        for future in running:
            future.cancel()
    return records


def _outcome(future: "Future[Outcome]") -> Outcome:
    """Outcome of a job; where the machine that ran it is gone, that is told."""
    try:
        return future.result()
    except CancelledError:
        return Outcome(Ended.STOPPED, Usage(0.0, 0.0, 0.0))
    except Exception as error:  # whatever an executor raises of a worker that is lost
        return Outcome(
            Ended.CRASHED, Usage(0.0, 0.0, 0.0), told=f"its worker was lost: {type(error).__name__}: {error}"
        )
