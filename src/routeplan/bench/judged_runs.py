"""Runs read back from their records, and what each of them is worth."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from routeplan.bench.check_runs import Claim, Judged, Verdict, judged
from routeplan.bench.comparable import by_instance, refuse_mixing
from routeplan.bench.instances import INSTANCES, Stored, manifest_of, read_stored
from routeplan.bench.measures import gap
from routeplan.bench.mps import read_mps
from routeplan.bench.origins import source_of_optimum
from routeplan.bench.plans import OnUnread, PlanReader
from routeplan.bench.run_suite import point_there
from routeplan.bench.solvers.contract import Status
from routeplan.errors import DataError, Problem
from routeplan.instance.horizon import FloatArray
from routeplan.runs.outcome import Ended
from routeplan.runs.records import OnCut, Record, read_records


def seconds_of(record: Record) -> float:
    """Time that a solver took [s]; of one that was ended from outside, that of its process until then."""
    outcome = record.outcome
    return float(outcome.returned.get("seconds", outcome.usage.wall)) if _returned(record) else outcome.usage.wall


def _returned(record: Record) -> bool:
    return record.outcome.ended is Ended.RETURNED


@dataclass(frozen=True, eq=False)
class Run:
    """A run and what it is worth.

    Parameters
    ----------
    record : Record
        Its record.
    judged : Judged
        The verdict on what its solver claims.
    """

    record: Record
    judged: Judged

    @property
    def about(self) -> Mapping[str, Any]:
        """What was run."""
        return self.record.about

    @property
    def answer(self) -> Mapping[str, Any]:
        """What the solver said; empty where it said nothing."""
        return self.record.outcome.returned

    @property
    def right(self) -> bool:
        """Whether nothing that is at hand speaks against it."""
        return self.judged.verdict is Verdict.OK

    @property
    def solved(self) -> bool:
        """Whether it ended in time with a proof within the gap asked, and nothing speaks against it."""
        proven = status_of(self.record) in (Status.OPTIMAL, Status.INFEASIBLE, Status.UNBOUNDED)
        return self.right and proven and self.seconds <= self.about["seconds"]

    @property
    def seconds(self) -> float:
        """Time that the solver took [s]; of one that was ended from outside, until then."""
        return seconds_of(self.record)

    @property
    def ended(self) -> str:
        """How it ended: by the solver's status, or as the runner ended it."""
        outcome = self.record.outcome
        return str(self.answer["status"]) if outcome.ended is Ended.RETURNED else str(outcome.ended)


def status_of(record: Record) -> Status:
    """Status that a run claims; of one that was ended from outside, none."""
    if not _returned(record):
        return Status.FAILED
    return Status(record.outcome.returned["status"])


def judge(folder: Path, on_unread: OnUnread | None = None, on_cut: OnCut | None = None) -> list[Run]:
    """Judge every run of a folder: each by its own point, and by all others of its instance.

    Of plans the plan checker reads the point too (`plans.PlanModel.why_refused`).

    Parameters
    ----------
    folder : Path
        Folder of the records, with the instances and the points below it.
    on_unread : callable, optional
        Told of instances whose plans the plan checker cannot read, and why.
    on_cut : callable, optional
        Told of records that were cut in half.

    Raises
    ------
    DataError
        When there are no records, or others than those of runs; an instance is gone or is not what its manifest
        describes; or runs of an instance cannot be held against each other: their budgets differ, or a setting was
        run in two ways.
    """
    sorted_records = sorted(by_instance(records_of(folder, on_cut)).items())
    return [run for name, these in sorted_records for run in _judged(folder, name, these, on_unread)]


def records_of(folder: Path, on_cut: OnCut | None = None) -> list[Record]:
    """Read the records of a folder of runs that can be held against each other.

    Raises
    ------
    DataError
        When there are none, or others than those of runs, or they cannot be held against each other.
    """
    read = read_records(folder)
    if on_cut is not None:
        for problem in read.cut:
            on_cut(problem)
    records = list(read.latest().values())
    if not records:
        raise DataError(
            [Problem(str(folder), 0, "has no records of runs; allowed: a folder that bench run has written")]
        )
    refuse_mixing(records)
    return records


def _judged(folder: Path, name: str, records: Sequence[Record], on_unread: OnUnread | None) -> Iterator[Run]:
    usual = _instance(folder, name, "", records[0])
    forms = {"": usual}
    for record in records:
        formulation = formulation_of(record)
        if formulation not in forms:
            forms[formulation] = _instance(folder, name, formulation, record)
    _refuse_others(name, forms, records)
    claims = [claim_of(record, folder) for record in records]
    given = {formulation: read_mps(forms[formulation].mps) for formulation in {each.formulation for each in claims}}
    plans = PlanReader(usual.manifest, on_unread)
    stated = source_of_optimum(usual.manifest)
    verdicts = judged(given, claims, usual.manifest.optimum, plans.why_refused, stated)
    return (Run(record, verdict) for record, verdict in zip(records, verdicts, strict=True))


def formulation_of(record: Record) -> str:
    """Formulation of the instance that a run was given; empty for the usual one."""
    return str(record.about.get("formulation", ""))


def _refuse_others(name: str, forms: Mapping[str, Stored], records: Sequence[Record]) -> None:
    """Refuse runs of other instances of the same name than those that are there."""
    differing = {
        record.about["sha256"]
        for record in records
        if record.about["sha256"] != forms[formulation_of(record)].manifest.sha256
    }
    base = forms[""].manifest.sha256
    differing |= {each.manifest.base for formulation, each in forms.items() if formulation} - {base}
    if differing:
        text = f"{name} was another instance in some runs (SHA-256 {', '.join(sorted(differing))}); allowed: one"
        raise DataError([Problem(records[0].file, 0, text)])


def _instance(folder: Path, name: str, formulation: str, record: Record) -> Stored:
    manifest = manifest_of(name, folder / INSTANCES, formulation)
    if manifest is None:
        told = f"{name} in the formulation {formulation}" if formulation else name
        raise DataError([Problem(str(folder / INSTANCES), 0, f"lacks {told}, which {record.place} is about")])
    return read_stored(manifest)


def claim_of(record: Record, folder: Path) -> Claim:
    """What a run claims, with its point from the folder of the records."""
    told = record.outcome.returned
    run = f"{record.about['setting']} seed {record.about['seed']} on {record.machine}"
    return Claim(
        record.about["solver"],
        run,
        status_of(record),
        told.get("objective"),
        told.get("bound"),
        _point(point_there(folder, record)),
        record.about["gap"],
        formulation_of(record),
    )


def _point(file: Path) -> FloatArray | None:
    """A point from its file; None where there is none, or it cannot be read, which counts as none."""
    try:
        with file.open("rb") as opened, np.load(opened) as held:
            return np.asarray(held["x"], dtype=float)
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, zlib.error):
        return None


def as_frame(runs: Sequence[Run]) -> pd.DataFrame:
    """Runs as a table: a row a run, with what the statistics of a suite need and what people look for."""
    return pd.DataFrame([_row(run) for run in runs])


def _row(run: Run) -> dict[str, Any]:
    about, answer, usage = run.about, run.answer, run.record.outcome.usage
    point = run.judged.checked
    objective = point.objective if point is not None and run.right else None
    bound = answer.get("bound") if run.right else None
    limit = float(about["seconds"])
    return {
        "instance": about["instance"],
        "family": about["family"],
        "setting": about["setting"],
        "solver": about["solver"],
        "version": about["version"],
        "publishable": about["publishable"],
        "seed": about["seed"],
        "machine": run.record.machine,
        "ended": run.ended,
        "verdict": str(run.judged.verdict),
        "solved": run.solved,
        "seconds": run.seconds if run.solved else limit,
        "limit": limit,
        "objective": objective,
        "bound": bound,
        "gap": gap(objective, bound),
        "nodes": answer.get("nodes"),
        "wall": usage.wall,
        "cpu": usage.cpu,
        "peak": usage.peak,
    }
