"""Tuning of a solver: settings of a space are tried on a suite, and the best are held against the default elsewhere.

Settings are proposed by the tree-structured Parzen estimator of Optuna (Akiba et al. 2019, doi
10.1145/3292500.3330701), raced over instances of the tune seeds, and stopped when they are clearly behind the default
(`race.clearly_behind`). What is minimised is the shifted geometric mean of the times, where a run that is not solved
counts ten limits; a wrong answer disqualifies a setting.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import Any

from routeplan.bench.instances import INSTANCES, Stored, stored
from routeplan.bench.origins import Origin
from routeplan.bench.pairs import PENALTY
from routeplan.bench.proposals import (
    ask_again,
    distributions,
    ended,
    is_complete,
    is_stopped,
    open_study,
    refuse_without_optuna,
    stop_early,
)
from routeplan.bench.race import Course, Raced, clearly_behind, laps, raced, slower_so_far
from routeplan.bench.run_suite import Entrant, entrants
from routeplan.bench.seeds import Split
from routeplan.bench.settings import Option, Setting
from routeplan.bench.space import Space
from routeplan.bench.suites import Drawn, Suite
from routeplan.bench.ways import USUAL, Way
from routeplan.errors import UsageError, counted

TRIALS = 50
"""Settings that are tried, unless another number is asked for."""

WRONG = "wrong"
"""What is noted of a trial whose answer is wrong."""

DIGITS = 10
"""Digits of the fingerprint of options in a trial's name: the same options are never run twice."""


@dataclass(frozen=True)
class Trial:
    """A setting that was tried.

    Parameters
    ----------
    number : int
        Which one, from 0.
    setting : Setting
        The setting.
    mean : float, optional
        Shifted geometric mean of what its runs count [s]; none when it was stopped or disqualified.
    why : str
        Why it was stopped or disqualified; empty otherwise.
    """

    number: int
    setting: Setting
    mean: float | None
    why: str = ""


OnTrial = Callable[[Trial], None]


@dataclass(frozen=True)
class Study:
    """What trying has found.

    Parameters
    ----------
    default : Entrant
        The setting to beat.
    mean : float
        Shifted geometric mean of what its runs count [s].
    trials : tuple of Trial
        All trials, those of earlier calls among them.
    course : Course
        What they were raced over.
    """

    default: Entrant
    mean: float
    trials: tuple[Trial, ...]
    course: Course

    @property
    def better(self) -> tuple[Trial, ...]:
        """Trials that are faster than the default here, the fastest first, each setting once."""
        found = {
            trial.setting.name: trial for trial in self.trials if trial.mean is not None and trial.mean < self.mean
        }
        return tuple(sorted(found.values(), key=lambda trial: (trial.mean, trial.number)))


def tune(
    space: Space,
    settings: Mapping[str, Setting],
    suite: Suite,
    folder: Path,
    *,
    trials: int = TRIALS,
    seconds: float = inf,
    at_once: int = 1,
    on_trial: OnTrial | None = None,
) -> Study:
    """Try settings of a space on the instances of the tune seeds; the same call goes on where it was ended.

    Parameters
    ----------
    space : Space
        What may be chosen.
    settings : mapping of str to Setting
        Settings, the space's default among them.
    suite : Suite
        Families, sizes and limits; its settings and its seeds of instances are left aside.
    folder : Path
        Folder of the study and of its runs.
    trials : int
        How many are tried in all, those of earlier calls counted.
    seconds : float
        Time after which no run begins and those that run are stopped, once the default is measured [s].
    at_once : int
        Runs at a time.
    on_trial : callable, optional
        Told of each trial as it ends.

    Returns
    -------
    Study
        What was found.

    Raises
    ------
    UsageError
        When Optuna or the solver is not installed, a number makes no sense, the default is of another solver, or the
        folder holds a study of something else.
    DataError
        When the folder holds lines that are no records.
    """
    _refuse(trials, seconds, at_once)
    default = default_of(space, settings)
    instances = instances_of(suite, Split.TUNE, folder / INSTANCES, default.setting.way)
    course = Course.begun(suite, instances, folder, at_once)
    study = open_study(folder, _fingerprint(space, default, suite))
    base = raced(course, default)
    until = time.monotonic() + seconds
    ask_again(study)
    while ended(study) < trials and time.monotonic() < until:
        trial = study.ask(fixed_distributions=distributions(space))
        found = _tried(study, trial, course, default, base, lambda: time.monotonic() > until)
        if found is not None and on_trial is not None:
            on_trial(found)
    told = (_told(trial, default) for trial in study.get_trials(deepcopy=False))
    return Study(default, base.mean, tuple(trial for trial in told if trial is not None), course)


def default_of(space: Space, settings: Mapping[str, Setting]) -> Entrant:
    """Find the setting that a space is held against.

    Raises
    ------
    UsageError
        When there is none of its name, it is of another solver, or it cannot be run.
    """
    there, skipped = entrants([space.default], settings)
    if skipped:
        raise UsageError(f"{skipped[0].setting} cannot be run: {skipped[0].why}")
    if there[0].setting.solver != space.solver:
        of = there[0].setting.solver
        raise UsageError(f"the default {space.default} is a setting of {of}; allowed: one of {space.solver}")
    return there[0]


def instances_of(suite: Suite, split: Split, folder: Path, way: Way) -> tuple[Stored, ...]:
    """Make the instances of a suite's families and sizes with the seeds of a split, each program once.

    They are in the order of their seeds, so that the first ones are of all families; files come last. Those that cannot
    be given in the way of the setting to beat are left out.

    Raises
    ------
    UsageError
        When none is left.
    """
    kinds = dict.fromkeys((each.family, each.size, each.step) for each in suite.instances if not each.source)
    drawn = [Drawn(family, size, seed, step) for seed in split.seeds for family, size, step in kinds]
    origins: list[Origin] = [*drawn, *(each for each in suite.instances if each.source)]
    made = [stored(origin, folder, {way, Way(way.formulation)}) for origin in origins]
    found = {each.manifest.sha256: each for each in reversed(made) if each.given(way) is not None}
    if not found:
        raise UsageError("no instance of the suite can be given in the way of the default; allowed: another suite")
    return tuple(found.values())[::-1]


def proposed(default: Entrant, options: Mapping[str, Option]) -> Entrant:
    """The default with some other options."""
    merged = {**default.setting.options, **options}
    digits = sha256(repr(sorted(merged.items())).encode()).hexdigest()[:DIGITS]
    why = f"Tried in place of {default.setting.name}."
    return replace(default, setting=replace(default.setting, name=f"tried-{digits}", options=merged, why=why))


def _refuse(trials: int, seconds: float, at_once: int) -> None:
    refuse_without_optuna()
    wrong = [
        f"{name} is {value:g}; allowed: more than 0"
        for name, value in (("trials", trials), ("seconds", seconds), ("at once", at_once))
        if not value > 0
    ]
    if wrong:
        raise UsageError("\n".join(wrong))


def _fingerprint(space: Space, default: Entrant, suite: Suite) -> str:
    """What a study is about: times of other limits, instances or versions are no times to go on from."""
    kinds = sorted({(drawn.family, drawn.size, *([drawn.step] if drawn.step else [])) for drawn in suite.instances})
    limits = (float(suite.seconds), float(suite.memory), float(suite.gap), suite.threads, list(suite.seeds))
    about = (space.fingerprint, sorted(default.setting.options.items()), default.version, kinds, limits)
    way = () if default.setting.way == USUAL else (default.setting.way,)
    return sha256(repr((*about, *way)).encode()).hexdigest()


def _tried(
    study: Any, trial: Any, course: Course, default: Entrant, base: Raced, stop: Callable[[], bool]
) -> Trial | None:
    """Race what is proposed and tell the study; nothing, and it is asked again, when the time is up."""
    entrant = proposed(default, trial.params)
    found = Raced()
    for found in laps(course, entrant, base, stop=stop):
        trial.report(slower_so_far(found.seconds, base.seconds), step=len(found.seconds))
        if found.wrong:
            trial.set_user_attr(WRONG, found.wrong)
            # As bad as can be, so that the study learns to keep away from it.
            study.tell(trial, PENALTY * course.suite.seconds)
            break
        if found.ended:
            study.tell(trial, found.mean)
            break
        if clearly_behind(found.seconds, base.seconds):
            stop_early(study, trial)
            break
    else:
        return None
    return _told(study.get_trials(deepcopy=False)[trial.number], default)


def _told(trial: Any, default: Entrant) -> Trial | None:
    """A trial that has ended; nothing of any other."""
    setting = proposed(default, trial.params).setting
    if is_stopped(trial):
        runs = counted(max(trial.intermediate_values), "run")
        return Trial(trial.number, setting, None, f"clearly behind after {runs}")
    if not is_complete(trial):
        return None
    wrong = trial.user_attrs.get(WRONG, "")
    return Trial(trial.number, setting, None if wrong else float(trial.value), wrong)
