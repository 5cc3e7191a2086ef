"""Which runs can be held against each other: those of one budget, each setting in one way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from routeplan.bench.solvers.contract import Status
from routeplan.bench.suites import Suite
from routeplan.errors import DataError, Problem, counted
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome, Usage
from routeplan.runs.records import Record

BUDGET = ("seconds", "memory", "gap", "threads")
"""What is the same in all runs of an instance, which are held against each other."""

WAY = ("sha256", "solver", "version", "options", "publishable", "formulation", "warm_start")
"""What is the same whenever an instance is run with a setting and seed, besides the budget."""

ABOUT = ("instance", "family", "size", "sha256", "setting", "solver", "version", "publishable", "seed", *BUDGET)
"""What a record of a run is about, at least."""


def refuse_mixing(records: Sequence[Record], jobs: Sequence[Job] = ()) -> None:
    """Refuse runs that cannot be held against each other: those of a folder, and those to be run there.

    Parameters
    ----------
    records : sequence of Record
        Records of the folder.
    jobs : sequence of Job
        What is to be run.

    Raises
    ------
    DataError
        With each record that is of no run, or of another budget than others of its instance, or of a setting that was
        run in two ways.
    """
    _refuse_what_is_no_run(records)
    known = {record.key for record in records}
    asked = [Record(job.key, job.about, _NOT_YET) for job in jobs if job.key not in known]
    _refuse_mixed(by_instance([*asked, *records]))


def of_another_suite(records: Sequence[Record], suite: Suite) -> list[str]:
    """Say of which instances and budgets a folder holds runs besides those of a suite; nothing where of none.

    Parameters
    ----------
    records : sequence of Record
        Records of the folder.
    suite : Suite
        The suite.
    """
    asked = Record("", {name: getattr(suite, name) for name in BUDGET}, _NOT_YET)
    known = {origin.name for origin in suite.instances}
    others = [record for record in records if record.about["instance"] not in known]
    counts = Counter(differing(record, asked, BUDGET) for record in others)
    more = "check, compare and report put them together; allowed too: a folder for each suite"
    return [
        f"the folder holds {counted(count, 'run')} of instances of another suite"
        f"{f', with another budget ({differs})' if differs else ''}; {more}"
        for differs, count in counts.items()
    ]


_NOT_YET = Outcome(Ended.STOPPED, Usage(0.0, 0.0, 0.0))


class _OfInstance(Protocol):
    @property
    def about(self) -> Mapping[str, Any]: ...


Kind = TypeVar("Kind", bound=_OfInstance)


def by_instance(runs: Iterable[Kind]) -> dict[str, list[Kind]]:
    """Sort runs, or records of them, by the instance that they are about."""
    found: dict[str, list[Kind]] = {}
    for run in runs:
        found.setdefault(run.about["instance"], []).append(run)
    return found


def _refuse_mixed(sorted_runs: Mapping[str, Sequence[Record]]) -> None:
    if mixed := [problem for name in sorted(sorted_runs) for problem in _mixed(sorted_runs[name])]:
        raise DataError(mixed)


def _refuse_what_is_no_run(records: Sequence[Record]) -> None:
    wrong = [
        Problem(record.file, record.line, "is no run of a benchmark; allowed: what bench run has written")
        for record in records
        if not _is_run(record)
    ]
    if wrong:
        raise DataError(wrong)


def _is_run(record: Record) -> bool:
    about, outcome = record.about, record.outcome
    if not set(ABOUT) <= set(about) or not str(about["instance"]).rpartition("-")[2].isdecimal():
        return False
    return outcome.ended is not Ended.RETURNED or outcome.returned.get("status") in set(Status)


def _mixed(records: Sequence[Record]) -> Iterator[Problem]:
    """Runs of an instance that cannot be held against the others."""
    first = records[0]
    known: dict[tuple[object, ...], Record] = {}
    for record in records:
        about = record.about
        earlier = known.setdefault((about["setting"], about["seed"]), record)
        if differs := differing(record, first, BUDGET):
            text = f"{about['instance']} has another budget than {_where(first)} ({differs})"
            yield Problem(record.file, record.line, f"{text}; allowed: one, or a folder for each suite")
        elif earlier.key != record.key:  # what several machines have run has one key
            differs = differing(record, earlier, WAY)
            text = f"{about['setting']} on {about['instance']} was run otherwise than {_where(earlier)} ({differs})"
            yield Problem(record.file, record.line, f"{text}; allowed: once, or a folder for each")


def _where(record: Record) -> str:
    return f"in {record.place}" if record.file else "is asked now"


def differing(record: Record, other: Record, names: Iterable[str]) -> str:
    """In what two records differ, of what they are about: ``seconds 5 for 20``; "" where in nothing."""
    pairs = [(name, record.about.get(name), other.about.get(name)) for name in names]
    return ", ".join(f"{name} {here} for {there}" for name, here, there in pairs if here != there)
