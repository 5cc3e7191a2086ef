"""Races of settings over the instances of a suite, each run checked, until a setting is clearly behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path

import numpy as np

from routeplan.bench.check_runs import judged
from routeplan.bench.comparable import by_instance
from routeplan.bench.instances import Stored
from routeplan.bench.judged_runs import Run, as_frame, claim_of
from routeplan.bench.mps import read_mps
from routeplan.bench.origins import source_of_optimum
from routeplan.bench.pairs import EQUAL, PENALTY
from routeplan.bench.run_suite import Entrant, jobs_of
from routeplan.bench.statistics import SHIFT_OF_SEEDS, counted_seconds, logs, shifted_geometric_mean
from routeplan.bench.suites import Suite
from routeplan.bench.ways import Way
from routeplan.runs.job import Job
from routeplan.runs.records import Read, Record, read_records
from routeplan.runs.run import run_all
from routeplan.solver.solution import Stop

HOPE = 4.0
"""How many times faster than the default a setting is hoped to be on all that it has not been run on yet."""


@dataclass(frozen=True)
class Course:
    """What settings are raced over.

    Parameters
    ----------
    suite : Suite
        Limits and seeds of the solver.
    instances : tuple of Stored
        The instances, in the order in which they are run.
    folder : Path
        Folder of the records.
    at_once : int
        Runs at a time.
    known : dict of str to Record
        What the folder holds, by the keys of jobs; each race adds its runs, so that nothing is read twice.
    """

    suite: Suite
    instances: tuple[Stored, ...]
    folder: Path
    at_once: int = 1
    known: dict[str, Record] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def begun(cls, suite: Suite, instances: tuple[Stored, ...], folder: Path, at_once: int) -> "Course":
        """A course with what its folder holds already.

        Raises
        ------
        DataError
            When the folder holds lines that are no records.
        """
        known = {record.key: record for record in read_records(folder).latest().values()}
        return cls(suite, instances, folder, at_once, known)

    @property
    def runs(self) -> int:
        """Runs of a setting that is raced to the end."""
        return len(self.instances) * len(self.suite.seeds)


@dataclass(frozen=True)
class Raced:
    """How a setting did.

    Parameters
    ----------
    seconds : tuple of float
        What each run counts [s], in the order of the course: `PENALTY` limits where it is not solved, or wrongly.
    wrong : str
        Its first wrong answer; empty without any.
    records : tuple of Record
        The runs.
    ended : bool
        Whether every run of the course is there.
    """

    seconds: tuple[float, ...] = ()
    wrong: str = ""
    records: tuple[Record, ...] = field(default=(), repr=False)
    ended: bool = False

    @property
    def mean(self) -> float:
        """Shifted geometric mean of what its runs count [s]."""
        return shifted_geometric_mean(self.seconds, SHIFT_OF_SEEDS)


def raced(course: Course, entrant: Entrant) -> Raced:
    """Race a setting to the end, whatever comes of it."""
    return [Raced(), *laps(course, entrant)][-1]


def laps(
    course: Course, entrant: Entrant, default: Raced | None = None, *, stop: Stop | None = None
) -> Iterator[Raced]:
    """Race a setting, and tell after every few runs how it does, for as long as somebody asks.

    Parameters
    ----------
    course : Course
        What it is raced over.
    entrant : Entrant
        The setting.
    default : Raced, optional
        The default, whose points and bounds are held against those of the setting.
    stop : callable, optional
        Asked often whether to stop; the race is then over, and no run that was stopped counts.

    Yields
    ------
    Raced
        How it does so far.
    """
    jobs = jobs_of(course.suite, course.instances, [entrant], course.folder)
    others = {} if default is None else by_instance(default.records)
    so_far = Raced()
    for start in range(0, len(jobs), course.at_once):
        part = jobs[start : start + course.at_once]
        _run(course, part, stop)
        if any(job.key not in course.known for job in part):
            return
        so_far = _with(so_far, part, course, others)
        yield so_far


def _run(course: Course, part: Sequence[Job], stop: Stop | None) -> None:
    """Run what is not known yet of some jobs, and know it."""
    left = [job for job in part if job.key not in course.known]
    if left:
        read = Read(tuple(course.known.values()))
        new = run_all(left, course.folder, at_once=course.at_once, stop=stop, read=read)
        course.known.update((record.key, record) for record in new)


def _with(so_far: Raced, part: Sequence[Job], course: Course, others: dict[str, list[Record]]) -> Raced:
    """The race so far, with some more runs."""
    records = [course.known[job.key] for job in part]
    runs = [_judged(record, others.get(record.about["instance"], []), course) for record in records]
    counted = counted_seconds(as_frame(runs), PENALTY)
    seconds = (*so_far.seconds, *map(float, counted))
    wrong = next((run.judged.sentence for run in runs if not run.right), "")
    return Raced(seconds, so_far.wrong or wrong, (*so_far.records, *records), len(seconds) == course.runs)


def clearly_behind(seconds: Sequence[float], default: Sequence[float]) -> bool:
    r"""Whether a setting is behind the default even if all that is left goes as well as can be hoped.

    .. math:: \frac{1}{n} \left(\sum_{i \le k} \ln \frac{t_i + s}{d_i + s}
        - \sum_{i > k} \min\left(\ln h, \ln \frac{d_i + s}{s}\right)\right) > \ln 1.05

    So a setting is stopped after k of n runs when its shifted geometric mean, with each run that is left `HOPE` times
    (h) faster than the default's but none below 0 s, is more than `EQUAL` above that of the default.

    Parameters
    ----------
    seconds : sequence of float
        What its runs count so far [s].
    default : sequence of float
        What those of the default count [s], of which the first are the same runs.
    """
    mine, theirs = logs(seconds, SHIFT_OF_SEEDS), logs(default, SHIFT_OF_SEEDS)
    lost = float((mine - theirs[: len(mine)]).sum())
    hoped = float(np.minimum(log(HOPE), theirs[len(mine) :]).sum())
    return (lost - hoped) / len(theirs) > log(1.0 + EQUAL)


def slower_so_far(seconds: Sequence[float], default: Sequence[float]) -> float:
    """How many times slower than the default a setting is on the runs that it has had, by shifted geometric means."""
    mine, theirs = logs(seconds, SHIFT_OF_SEEDS), logs(default[: len(seconds)], SHIFT_OF_SEEDS)
    return float(np.exp((mine - theirs).mean()))


def _judged(record: Record, others: Sequence[Record], course: Course) -> Run:
    """A run with its verdict: by its own point, and by what others say of the instance."""
    instance = next(each for each in course.instances if each.name == record.about["instance"])
    claims = [claim_of(each, course.folder) for each in (record, *others) if each is record or each.key != record.key]
    ways = {claim.formulation: instance.given(Way(claim.formulation)) for claim in claims}
    forms = {formulation: read_mps(given.mps) for formulation, given in ways.items() if given is not None}
    return Run(record, judged(forms, claims, instance.manifest.optimum, stated=source_of_optimum(instance.manifest))[0])
