"""Work of ``routeplan bench tune`` and ``routeplan bench export``."""

from pathlib import Path

import pandas as pd

from routeplan.bench.export_oeb import Exported, export_oeb
from routeplan.bench.shipped import SETTINGS, known_settings, shipped_folder, suite_called
from routeplan.bench.space import SPACES, find_space
from routeplan.bench.tune import Study, Trial, tune
from routeplan.bench.tuned import Validated, validate, write_winner
from routeplan.cli.output import ERR, OUT
from routeplan.errors import UsageError

VALID = "valid"
"""Folder of the comparison, in that of the study."""


def exported_oeb(runs: Path, out: Path, contributor: str, url: str, licence: str) -> Exported:
    """Write instances in the form of the Open Energy Benchmark."""
    return export_oeb(runs, out, contributor=contributor, url=url, licence=licence)


def print_tuned(
    space_name: str,
    suite_name: str,
    out: Path,
    *,
    solver: str | None,
    more: Path | None,
    trials: int,
    seconds: float,
    at_once: int,
) -> str:
    """Tune, print what was found, and return the outcome in a sentence."""
    space = find_space(space_name, shipped_folder(SPACES))
    if solver not in (None, space.solver):
        raise UsageError(f"the solver is {solver}, and {space_name} is of {space.solver}; allowed: a space of {solver}")
    suite = suite_called(suite_name)
    study = tune(
        space, known_settings(more), suite, out, trials=trials, seconds=seconds, at_once=at_once, on_trial=_say
    )
    _print_best(study)
    validated = validate(study, out / VALID)
    _print_candidates(validated)
    written = write_winner(validated, suite.name, out / SETTINGS)
    return validated.told if written is None else f"{validated.told} It is written to {written}"


def _say(trial: Trial) -> None:
    ERR.say(f"trial {trial.number}: {trial.why if trial.mean is None else f'{trial.mean:.2f} s'}")


def _print_best(study: Study) -> None:
    stopped = sum(trial.mean is None for trial in study.trials)
    ERR.say(f"{len(study.trials)} trials, {stopped} of them stopped; the default takes {study.mean:.2f} s")
    rows = [(trial.number, trial.mean, _options(study, trial)) for trial in study.better[:10]]
    OUT.table("Faster than the default [s]", pd.DataFrame(rows, columns=["trial", "mean", "options"]), decimals=2)


def _options(study: Study, trial: Trial) -> str:
    default = study.default.setting.options
    changed = {name: value for name, value in trial.setting.options.items() if default.get(name) != value}
    return ", ".join(
        f"{name} {value:.3g}" if type(value) is float else f"{name} {value}" for name, value in changed.items()
    )


def _print_candidates(validated: Validated) -> None:
    rows = [
        (each.trial.number, factor.value, *(factor.interval or (None, None)), each.comparison.wilcoxon_holm, each.wrong)
        for each in validated.candidates
        for factor in [each.comparison.factor_penalised]
    ]
    columns = ["trial", "times as fast", "from", "to", "p (Wilcoxon, Holm)", "wrong"]
    OUT.table("On other instances", pd.DataFrame(rows, columns=columns), decimals=3)
