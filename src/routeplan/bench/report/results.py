"""What a report tells of: the runs that may be shown, as a table, and the setting that others are held against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import pandas as pd

from routeplan.bench.families.manifest import Manifest
from routeplan.bench.judged_runs import Run, as_frame, status_of
from routeplan.bench.measures import gap
from routeplan.bench.solvers.contract import Status
from routeplan.bench.statistics import refuse_runs
from routeplan.bench.trajectory import Event, mean_until
from routeplan.errors import UsageError
from routeplan.instance.rules.words import none_called
from routeplan.runs.outcome import Ended

BASE = "highs-default"
"""Setting that others are held against where none is asked for and this one was run."""

LATE = 2.0
"""Time after its limit by which a run must have answered [s], as the contract of solvers says."""

NOT_SHOWN = "a run that is not shown"
"""What stands for the name of a run that is left out."""


class Trouble(StrEnum):
    """Why a run has not solved its instance."""

    NONE = ""
    WRONG = "wrong answer"
    TIME = "out of time"
    MEMORY = "out of memory"
    CRASH = "crash"
    LATE = "late"
    EARLY = "gave up early"


@dataclass(frozen=True, eq=False)
class Results:
    """Runs to report on.

    Parameters
    ----------
    runs : tuple of Run
        Those that are shown.
    frame : DataFrame
        A row for each, in their order: the columns of `as_frame`, and ``size``, ``trouble`` and ``primal_dual`` (mean
        gap until the limit, between 0 and 1).
    base : str
        Setting that the others are held against.
    left_out : int
        Runs that are left out because the licence of their solver forbids publishing.
    manifests : mapping of str to Manifest
        Numbers of the instances, by name, as far as they are known.
    reasons : mapping of str to str
        Why there are these settings, by name, as far as it is known.
    """

    runs: tuple[Run, ...]
    frame: pd.DataFrame
    base: str
    left_out: int = 0
    manifests: Mapping[str, Manifest] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> list[str]:
        """Names of the settings: the base, then the others by name."""
        return [self.base, *self.others]

    @property
    def others(self) -> list[str]:
        """Names of the settings besides the base."""
        return sorted(set(self.frame["setting"]) - {self.base})

    @property
    def instances(self) -> list[str]:
        """Names of the instances, by name."""
        return sorted(set(self.frame["instance"]))

    @property
    def limit(self) -> float:
        """Longest time that a run may take [s]."""
        return float(self.frame["limit"].max())


def results_of(
    runs: Sequence[Run],
    *,
    base: str | None = None,
    private: bool = False,
    manifests: Mapping[str, Manifest] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Results:
    """Choose what is shown of runs, and put it into a table.

    Parameters
    ----------
    runs : sequence of Run
        Judged runs.
    base : str, optional
        Setting that the others are held against; `BASE` where it was run, else the first by name.
    private : bool
        Whether solvers are shown too whose licence forbids publishing.
    manifests : mapping of str to Manifest, optional
        Numbers of the instances, by name.
    reasons : mapping of str to str, optional
        Why there are these settings, by name.

    Raises
    ------
    DataError
        When the runs contradict each other (see `refuse_runs`).
    UsageError
        When nothing is left to show, or there are no runs of the base.
    """
    shown = list(runs) if private else _published(runs)
    if not shown:
        text = "no run of a solver whose licence lets results be published" if runs else "no run"
        raise UsageError(f"there is {text}; allowed: runs to show, or --private")
    frame = as_frame(shown).assign(
        size=[str(run.about.get("size", "")) for run in shown],
        trouble=[str(trouble_of(run)) for run in shown],
        primal_dual=[primal_dual_of(run) for run in shown],
    )
    refuse_runs(frame)
    known = sorted(set(frame["setting"]))
    if base is not None and base not in known:
        raise UsageError(none_called("setting", [base], known, f"allowed: {', '.join(known)}"))
    chosen = base or (BASE if BASE in known else known[0])
    return Results(tuple(shown), frame, chosen, len(runs) - len(shown), manifests or {}, reasons or {})


def _published(runs: Sequence[Run]) -> list[Run]:
    """Runs that may be published; the others are not even named where they speak against these."""
    hidden = [run for run in runs if not _publishable(run)]
    names = sorted((f"{run.judged.solver} {run.judged.run}" for run in hidden), key=len, reverse=True)
    return [_without(run, names) for run in runs if _publishable(run)]


def _publishable(run: Run) -> bool:
    return run.about.get("publishable") is True


def _without(run: Run, names: Iterable[str]) -> Run:
    sentence = run.judged.sentence
    for name in names:
        sentence = sentence.replace(name, NOT_SHOWN)
    return run if sentence == run.judged.sentence else Run(run.record, replace(run.judged, sentence=sentence))


def trouble_of(run: Run) -> Trouble:
    """Why a run has not solved its instance; none where it has."""
    if not run.right:
        return Trouble.WRONG
    if run.solved:
        return Trouble.NONE
    ended = run.record.outcome.ended
    if ended is not Ended.RETURNED:
        return _ENDED.get(ended, Trouble.CRASH)
    if status_of(run.record) is Status.FAILED:
        return Trouble.CRASH
    if "mem" in str(run.answer.get("raw", "")).lower():
        return Trouble.MEMORY
    seconds, limit = float(run.answer.get("seconds") or 0.0), float(run.about["seconds"])
    if seconds > limit + LATE:
        return Trouble.LATE
    # Solvers look at the clock now and then, and some a little before it is up.
    return Trouble.TIME if seconds >= 0.95 * limit else Trouble.EARLY


_ENDED = {Ended.TIME: Trouble.LATE, Ended.MEMORY: Trouble.MEMORY}


def closing_events(run: Run) -> list[Event]:
    """The events of a run, and its end where it is solved: then the gap is closed, as far as was asked.

    There are none where its answer is wrong.
    """
    if not run.right:
        return []
    events = sorted((Event(*event) for event in run.answer.get("events", [])), key=lambda event: event.seconds)
    if not run.solved:
        return events
    return [*(event for event in events if event.seconds < _end(run)), Event(_end(run))]


def gap_at(run: Run, event: Event) -> float:
    """Gap of a run at one of its closing events, between 0 and 1; 0 once it is solved, also where there is no point."""
    return 0.0 if run.solved and event.seconds >= _end(run) else gap(event.incumbent, event.bound)


def _end(run: Run) -> float:
    """Time at which a run is solved, as the statistics count it [s]."""
    return min(float(run.answer["seconds"]), float(run.about["seconds"]))


def primal_dual_of(run: Run) -> float:
    """Mean gap of a run until its limit, between 0 and 1; 1 where its answer is wrong."""
    return mean_until(float(run.about["seconds"]), closing_events(run), lambda event: gap_at(run, event))
