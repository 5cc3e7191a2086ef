"""What a report tells of: the runs that may be shown, as a table, and the setting that others are held against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import pandas as pd

from routeplan.bench.best import best_objectives, without_refuted
from routeplan.bench.families.manifest import Manifest
from routeplan.bench.judged_runs import Run, as_frame, status_of
from routeplan.bench.machines import most_run, run_on_several
from routeplan.bench.report.over_time import (
    NEAR,
    gap_left,
    primal_dual_of,
    primal_of,
    seconds_to_first,
    seconds_to_near,
)
from routeplan.bench.root_gaps import closed_at_root, with_root_gaps
from routeplan.bench.solvers.contract import Status
from routeplan.bench.statistics import KEY, refuse_runs
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
        A row for each, in their order: the columns of `as_frame`, and ``size``, ``trouble``, ``gap_left`` (at the end),
        ``primal_dual`` and ``primal`` (mean gap until the limit, to the bound and to the best known objective; gaps are
        between 0 and 1), ``first`` (time to the first point [s]), ``near_5``, ``near`` and ``near_01`` (times to a
        point within 5 %, 1 % and 0.1 % of that objective [s]), and ``root_closed`` (see `closed_at_root`); ``primal``
        and the last four are missing where no objective is known, and times too where there never is such a point.
    base : str
        Setting that the others are held against.
    left_out : int
        Runs that are left out because the licence of their solver forbids publishing.
    manifests : mapping of str to Manifest
        Numbers of the instances, by name, as far as they are known; root gaps are to the best known objective.
    reasons : mapping of str to str
        Why there are these settings, by name, as far as it is known.
    machine : str
        Machine that these runs are of, where several have run the same: their times are not mixed.
    whole : Results, optional
        The runs of all machines, where these are of one of them.
    """

    runs: tuple[Run, ...]
    frame: pd.DataFrame
    base: str
    left_out: int = 0
    manifests: Mapping[str, Manifest] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    machine: str = ""
    whole: "Results | None" = None

    @property
    def everywhere(self) -> "Results":
        """The runs of all machines."""
        return self.whole or self

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
    best: Mapping[str, float] | None = None,
    machine: str | None = None,
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
    best : mapping of str to float, optional
        Best known objective of instances, by name; that of these runs and of the manifests.
    machine : str, optional
        Machine whose times are shown, where several have run the same; that with the most runs.

    Raises
    ------
    DataError
        When the runs contradict each other (see `refuse_runs`).
    UsageError
        When nothing is left to show, or there are no runs of the base or on the machine.
    """
    shown = list(runs) if private else _published(runs)
    if not shown:
        text = "no run of a solver whose licence lets results be published" if runs else "no run"
        raise UsageError(f"there is {text}; allowed: runs to show, or --private")
    given = without_refuted(manifests or {}, shown)
    reached = best_objectives(shown, given) if best is None else best
    frame = _as_frame(shown, reached, {name: each.lp_bound for name, each in given.items()})
    refuse_runs(frame, [*KEY, "machine"])
    here = _machine(frame, machine)
    of_one = frame[frame["machine"] == here] if here else frame
    known = sorted(set(of_one["setting"]))
    if base is not None and base not in known:
        raise UsageError(none_called("setting", [base], known, f"allowed: {', '.join(known)}"))
    chosen = base or (BASE if BASE in known else known[0])
    known_gaps = with_root_gaps(given, reached)
    whole = Results(tuple(shown), frame, chosen, len(runs) - len(shown), known_gaps, reasons or {})
    if not here:
        return whole
    kept = tuple(run for run in shown if run.record.machine == here)
    return replace(whole, runs=kept, frame=of_one.reset_index(drop=True), machine=here, whole=whole)


def _machine(frame: pd.DataFrame, asked: str | None) -> str:
    """The machine whose times are shown; "" where the runs of all are put together."""
    known = sorted(set(frame["machine"]))
    if asked is not None and asked not in known:
        raise UsageError(none_called("machine", [asked], known, f"allowed: {', '.join(known)}"))
    return asked or (most_run(frame) if run_on_several(frame) else "")


def _as_frame(runs: Sequence[Run], best: Mapping[str, float], relaxations: Mapping[str, float | None]) -> pd.DataFrame:
    known = [best.get(run.about["instance"]) for run in runs]
    pairs = list(zip(runs, known, strict=True))
    return as_frame(runs).assign(
        size=[str(run.about.get("size", "")) for run in runs],
        trouble=[str(trouble_of(run)) for run in runs],
        gap_left=[gap_left(run) for run in runs],
        primal_dual=[primal_dual_of(run) for run in runs],
        primal=pd.Series([None if to is None else primal_of(run, to) for run, to in pairs], dtype=float),
        first=pd.Series([seconds_to_first(run) for run in runs], dtype=float),
        **{name: _seconds_to_near(pairs, within) for name, within in NEAR.items()},
        root_closed=pd.Series(
            [closed_at_root(run, to, relaxations.get(run.about["instance"])) for run, to in pairs], dtype=float
        ),
    )


def _seconds_to_near(pairs: Sequence[tuple[Run, float | None]], within: float) -> "pd.Series[float]":
    """Time of each run to a point within a gap to its best known objective [s]."""
    return pd.Series([None if to is None else seconds_to_near(run, to, within) for run, to in pairs], dtype=float)


def _published(runs: Sequence[Run]) -> list[Run]:
    """Runs that may be published; the others are not even named where they speak against these."""
    hidden = [run for run in runs if not _publishable(run)]
    names = sorted((f"{run.judged.solver} {run.judged.run}" for run in hidden), key=len, reverse=True)
    return [_without(run, names) for run in runs if _publishable(run)]


def _publishable(run: Run) -> bool:
    return run.about.get("publishable") is True


def _without(run: Run, names: Iterable[str]) -> Run:
    sentence, refuted = run.judged.sentence, run.judged.refuted
    for name in names:
        sentence, refuted = (told.replace(name, NOT_SHOWN) for told in (sentence, refuted))
    return Run(run.record, replace(run.judged, sentence=sentence, refuted=refuted))


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
