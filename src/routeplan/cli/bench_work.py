"""Work of the commands of ``routeplan bench``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from routeplan.bench.comparable import of_another_suite, refuse_mixing
from routeplan.bench.instances import DIGITS, INSTANCES, Stored, manifest_of, stored
from routeplan.bench.judged_runs import seconds_of
from routeplan.bench.run_suite import (
    Entrant,
    Skipped,
    entrants,
    group_name,
    jobs_of,
    left_out,
    run_name,
)
from routeplan.bench.shipped import known_settings
from routeplan.bench.shipped import suite_called as suite_called
from routeplan.bench.suites import Suite
from routeplan.cli.bench_progress import telling_how_long
from routeplan.cli.bench_tables import amount, percent, tell_cut
from routeplan.cli.cluster import executor_of
from routeplan.cli.output import ERR, OUT
from routeplan.errors import UsageError, counted
from routeplan.instance.rules.words import none_called
from routeplan.runs.isolated import refuse_without_benchexec, run_job_isolated
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended
from routeplan.runs.process import run_job
from routeplan.runs.records import Read, Record, done, read_records
from routeplan.runs.run import RUNS, run_all
from routeplan.runs.shards import Shard, shard_of

AGAIN = (Ended.RAISED, Ended.CRASHED, Ended.TIME, Ended.MEMORY)
"""How a run may have ended to be run again."""

NOTHING_LEFT = "no setting is left to run"


def made_instances(suite: Suite, out: Path, there: Sequence[Entrant] = ()) -> list[Stored]:
    """Make the instances of a suite, in the ways in which settings want them, or find them where they were made."""
    refuse_file(out)
    ways = {entrant.setting.way for entrant in there}
    made = []
    for number, drawn in enumerate(suite.instances, start=1):
        new = manifest_of(drawn.name, out / INSTANCES) is None
        what = f"{'making ' if new else ''}instance {number} of {len(suite.instances)}: {drawn.name}"
        with telling_how_long(ERR, what, at_once=new):
            made.append(stored(drawn, out / INSTANCES, ways))
    return made


def refuse_file(out: Path) -> None:
    """Refuse a folder of runs that is a file."""
    if out.is_file():
        raise UsageError(f"{out} is a file; allowed: a folder, or a new name")


def print_instances(made: Sequence[Stored]) -> None:
    """Print what instances are like."""
    shown = ("rows", "columns", "nonzeros", "binaries", "presolved_rows", "presolved_columns", "lp_bound", "optimum")
    rows = [
        (
            each.name,
            *(amount(getattr(each.manifest, name)) for name in shown),
            percent(each.manifest.root_gap),
            each.manifest.sha256[:DIGITS],
        )
        for each in made
    ]
    names = [name.replace("presolved_", "presolved ") for name in shown]
    OUT.table("Instances", pd.DataFrame(rows, columns=["instance", *names, "root gap", "SHA-256"]))


def entrants_of(suite: Suite, more: Path | None, chosen: Sequence[str]) -> list[Entrant]:
    """Find the settings of a suite, or those chosen instead, that can be run; those that cannot are told of."""
    there, skipped = entrants(chosen or suite.settings, known_settings(more))
    _tell_skipped(skipped)
    if not there:
        raise UsageError(NOTHING_LEFT)
    return there


def _tell_skipped(skipped: Sequence[Skipped]) -> None:
    for each in skipped:
        ERR.say(f"skipped: {each.setting}: {each.why}", style="yellow")


@dataclass(frozen=True)
class Asked:
    """Which of the runs of a suite are asked for: a part, and those that ended so are run again."""

    part: Shard | None
    again: Sequence[Ended]


def asked_runs(shard: str | None, again: Sequence[str]) -> Asked:
    """Read which of the runs are asked for; before instances are made, which takes long."""
    return Asked(None if shard is None else shard_of(shard), _ended(again))


def run_suite(
    suite: Suite,
    there: Sequence[Entrant],
    out: Path,
    *,
    at_once: int,
    asked: Asked,
    dask: str | None,
    mpi: bool,
    isolated: bool,
) -> int:
    """Run what has no record yet, tell of each run as it ends, and count the new ones."""
    if isolated:
        refuse_without_benchexec()
    jobs = _jobs(suite, there, out, asked.part)
    told = _Told(jobs, suite, out, asked.again)
    with executor_of(dask, mpi) as executor:
        try:
            new = run_all(
                jobs,
                out,
                name=_name(asked.part),
                at_once=at_once,
                executor=executor,
                run=run_job_isolated if isolated else run_job,
                again=asked.again,
                on_record=told.ended,
            )
        except KeyboardInterrupt:
            # Counted in the folder: what was recorded in the last moment may not have been told.
            recorded = _number_of(jobs, read_records(out), asked.again)
            ERR.say(f"recorded in {out}: {recorded} of {counted(len(jobs), 'run')}; the same command goes on")
            raise
    return len(new)


def _jobs(suite: Suite, there: Sequence[Entrant], out: Path, part: Shard | None) -> list[Job]:
    """List the runs of a suite, or of its part; of a part, the instances that it needs are made alone.

    Raises
    ------
    UsageError
        When no setting can be run on any instance; of a part, that is told.
    """
    groups = {group_name(origin.name, seed): origin.name for origin in suite.instances for seed in suite.seeds}
    mine = set(groups) if part is None else part.groups(groups)
    needed = {groups[name] for name in mine}
    its = replace(suite, instances=[origin for origin in suite.instances if origin.name in needed])
    instances = made_instances(its, out, there)
    _tell_skipped(left_out(instances, there))
    jobs = [job for job in jobs_of(its, instances, there, out) if job.group in mine]
    if part is None and not jobs:
        raise UsageError(NOTHING_LEFT)
    if part is not None:
        _tell_part(part, len(mine), len(groups))
    return jobs


def _tell_part(part: Shard, mine: int, groups: int) -> None:
    """Tell how much of a suite a part has, and of one that is empty, why."""
    named = f"shard {part.number}/{part.of}"
    if mine:
        ERR.say(f"{named}: {mine} of {counted(groups, 'pair')} of instance and seed")
        return
    why = f"the suite has {counted(groups, 'pair')} of instance and seed, which are not parted"
    ERR.say(f"{named} is empty: {why}; useful: {groups} shards at most", style="yellow")


def _number_of(jobs: Sequence[Job], read: Read, again: Sequence[Ended]) -> int:
    """How many jobs need not be run."""
    return len({job.key for job in jobs} & done(read, again))


def _name(part: Shard | None) -> str:
    return RUNS if part is None else part.name


def _ended(again: Sequence[str]) -> list[Ended]:
    if unknown := [name for name in again if name not in AGAIN]:
        raise UsageError(none_called("way to end", unknown, AGAIN, f"allowed: {', '.join(AGAIN)}"))
    return [Ended(name) for name in again]


class _Told:
    """What is told of runs as they end."""

    def __init__(self, jobs: Sequence[Job], suite: Suite, out: Path, again: Sequence[Ended]) -> None:
        read = read_records(out)
        held = list(read.latest().values())
        refuse_mixing(held, jobs)
        for told in of_another_suite(held, suite):
            ERR.say(told, style="yellow")
        for problem in read.cut:
            tell_cut(problem)
        self.of = len(jobs)
        self.number = _number_of(jobs, read, again)
        if self.number:
            ERR.say(f"recorded already: {self.number} of {counted(self.of, 'run')}")

    def ended(self, record: Record) -> None:
        """Tell of a run that has ended."""
        self.number += 1
        ERR.say(f"{self.number}/{self.of} {run_name(record.about)}: {told_of(record)}")


def told_of(record: Record) -> str:
    """How a run has ended, and after how long: by the time that records and tables tell, and that is ranked."""
    outcome, seconds = record.outcome, seconds_of(record)
    if outcome.ended is Ended.RETURNED:
        return f"{outcome.returned.get('status', '')}, {seconds:.1f} s in the solver"
    return f"{outcome.ended}: {outcome.told}, {seconds:.1f} s in its process"
