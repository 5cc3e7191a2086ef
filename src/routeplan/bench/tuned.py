"""What tuning is worth: the best settings of a study against the default, on instances that it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from routeplan.bench.instances import INSTANCES, Stored
from routeplan.bench.judged_runs import Run, as_frame, judge
from routeplan.bench.pairs import Comparison, compared_with
from routeplan.bench.run_suite import Entrant, jobs_of
from routeplan.bench.seeds import Split
from routeplan.bench.settings import Setting
from routeplan.bench.tune import Study, Trial, instances_of
from routeplan.data.file_swap import file_written_aside
from routeplan.errors import UsageError
from routeplan.runs.run import run_all

CANDIDATES = 3
"""Settings that are held against the default."""

NOTHING = "nothing beats the default"


@dataclass(frozen=True)
class Candidate:
    """A setting on the instances of the valid seeds.

    Parameters
    ----------
    trial : Trial
        The trial in which it was found.
    comparison : Comparison
        The default against it.
    wrong : str
        Its first wrong answer; empty without any.
    """

    trial: Trial
    comparison: Comparison
    wrong: str = ""

    @property
    def beats(self) -> bool:
        """Whether it is faster: by more than a twentieth, with an interval above 1, and never wrong.

        What is not solved counts ten limits, as in tuning.
        """
        factor = self.comparison.factor_penalised
        if self.wrong or factor.value is None or factor.interval is None or factor.equal:
            return False
        return factor.value > 1.0 and factor.interval[0] > 1.0


@dataclass(frozen=True)
class Validated:
    """What tuning is worth.

    Parameters
    ----------
    candidates : tuple of Candidate
        The settings, the best of the study first.
    winner : Setting, optional
        The fastest of those that beat the default; none when nothing does.
    told : str
        The outcome, in a sentence.
    """

    candidates: tuple[Candidate, ...]
    winner: Setting | None
    told: str


def validate(study: Study, folder: Path) -> Validated:
    """Run the best settings of a study and its default on the instances of the valid seeds, and compare them.

    The best of several is the luckiest too: what it is worth in the end is measured with the test seeds.

    Parameters
    ----------
    study : Study
        The study.
    folder : Path
        Folder of the runs; what is recorded there is not run again.

    Raises
    ------
    UsageError
        When no instance of the valid seeds differs from those of the tune seeds.
    """
    best = _right(study)
    if not best:
        return Validated((), None, f"{NOTHING}: no setting was faster on the instances that it was tried on")
    instances = _unseen(study, folder)
    there = [study.default, *(replace(study.default, setting=trial.setting) for trial in best)]
    suite, course = study.course.suite, study.course
    run_all(jobs_of(suite, instances, there, folder), folder, at_once=course.at_once)
    return _outcome(study.default, _candidates(study.default, best, judge(folder)))


def write_winner(validated: Validated, suite: str, folder: Path) -> Path | None:
    """Write the winner as a setting, alone in its folder; without one, take away that of an earlier call.

    Parameters
    ----------
    validated : Validated
        What tuning is worth.
    suite : str
        Name of the suite.
    folder : Path
        Folder of the setting, to be given to ``bench run --settings``.

    Returns
    -------
    Path or None
        Its file.
    """
    for old in folder.glob("tuned-*.yaml"):
        old.unlink()
    won = validated.winner
    if won is None:
        return None
    held = {
        "solver": won.solver,
        "why": validated.told,
        "requires": won.requires,
        "formulation": won.formulation,
        "warm_start": won.warm_start,
        "options": dict(won.options),
    }
    file = folder / f"tuned-{won.solver}-{suite}.yaml"
    with file_written_aside(file) as aside:
        text = yaml.safe_dump({key: value for key, value in held.items() if value}, sort_keys=False, width=120)
        aside.write_text(text, encoding="utf-8")
    return file


def _right(study: Study) -> list[Trial]:
    """The best trials without an answer that any run of the study proves wrong: a late one may refute an early one."""
    if not study.better:
        return []
    wrong = {run.about["setting"] for run in judge(study.course.folder) if not run.right}
    return [trial for trial in study.better if trial.setting.name not in wrong][:CANDIDATES]


def _unseen(study: Study, folder: Path) -> tuple[Stored, ...]:
    """Instances of the valid seeds; of a family that has no others, none."""
    seen = {each.manifest.sha256 for each in study.course.instances}
    made = instances_of(study.course.suite, Split.VALID, folder / INSTANCES, study.default.setting.way)
    unseen = tuple(each for each in made if each.manifest.sha256 not in seen)
    if not unseen:
        raise UsageError(
            "every instance is the same for all seeds; allowed: a suite with a family that draws from them"
        )
    return unseen


def _candidates(default: Entrant, best: Sequence[Trial], runs: Sequence[Run]) -> tuple[Candidate, ...]:
    names = {default.setting.name, *(trial.setting.name for trial in best)}
    kept = [run for run in runs if run.about["setting"] in names]
    found = {each.second: each for each in compared_with(as_frame(kept), default.setting.name)}
    wrong = {run.about["setting"]: run.judged.sentence for run in reversed(kept) if not run.right}
    return tuple(Candidate(trial, found[trial.setting.name], wrong.get(trial.setting.name, "")) for trial in best)


def _outcome(default: Entrant, candidates: tuple[Candidate, ...]) -> Validated:
    winners = [candidate for candidate in candidates if candidate.beats]
    name = default.setting.name
    if not winners:
        return Validated(candidates, None, f"{NOTHING}: {_factors(candidates[0])}")
    won = max(winners, key=lambda candidate: candidate.comparison.factor_penalised.value or 0.0)
    told = f"Tuned with {default.setting.solver} {default.version} to beat {name}: {_factors(won)}."
    return Validated(candidates, won.trial.setting, told)


def _factors(candidate: Candidate) -> str:
    """How a candidate did, in words."""
    factor = candidate.comparison.factor_penalised
    if candidate.wrong:
        return f"{candidate.trial.setting.name} is wrong ({candidate.wrong})"
    between = "" if factor.interval is None else f", 95 % interval {factor.interval[0]:.3g} to {factor.interval[1]:.3g}"
    return f"{factor.value:.3g} times as fast on {factor.instances} other instances{between}"
