"""Proposals of settings by Optuna, with a study in a file, so that whoever is ended goes on."""

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from routeplan.bench.space import Choices, Range, Space
from routeplan.errors import UsageError

with suppress(ModuleNotFoundError):  # of the extra "tune", which need not be installed
    import optuna

EXTRA = "optuna"
"""What this module needs besides what routeplan itself does."""

STUDY = "study.db"
"""File of what Optuna knows."""

FINGERPRINT = "fingerprint"
"""What is noted of a study: what it is about."""


def refuse_without_optuna() -> None:
    """Refuse to tune where Optuna is not installed.

    Raises
    ------
    UsageError
        When it is not.
    """
    if find_spec(EXTRA) is None:
        raise UsageError('tuning needs the extra "tune": pip install "routeplan[tune]"')


def open_study(folder: Path, fingerprint: str) -> Any:
    """Open the study of a folder, or begin it.

    Parameters
    ----------
    folder : Path
        The folder.
    fingerprint : str
        What the study is about.

    Raises
    ------
    UsageError
        When the folder holds a study of something else, or a file of that name that is none.
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        study = optuna.create_study(
            storage=f"sqlite:///{(folder / STUDY).resolve()}", study_name="tune", load_if_exists=True
        )
    except Exception as error:  # whatever the database raises of a file that is none
        raise UsageError(f"{folder / STUDY} is no study: {type(error).__name__}; allowed: a new folder") from None
    known = study.user_attrs.get(FINGERPRINT)
    if known not in (None, fingerprint):
        raise UsageError(
            f"{folder} holds a study of another space, suite, default or version of the solver; allowed: a new folder"
        )
    study.set_user_attr(FINGERPRINT, fingerprint)
    # Another seed for what is left, or the first proposals would be made again.
    study.sampler = optuna.samplers.TPESampler(seed=len(study.get_trials(deepcopy=False)))
    return study


def ask_again(study: Any) -> None:
    """Queue what was being tried when the last call was ended; the runs that it had are not made again."""
    for trial in study.get_trials(deepcopy=False, states=(optuna.trial.TrialState.RUNNING,)):
        study.enqueue_trial(trial.params)
        study.tell(trial.number, state=optuna.trial.TrialState.FAIL)


def ended(study: Any) -> int:
    """Count the trials that have ended."""
    states = (optuna.trial.TrialState.COMPLETE, optuna.trial.TrialState.PRUNED)
    return len(study.get_trials(deepcopy=False, states=states))


def stop_early(study: Any, trial: Any) -> None:
    """Tell a study that a trial was clearly behind."""
    study.tell(trial, state=optuna.trial.TrialState.PRUNED)


def is_stopped(trial: Any) -> bool:
    """Whether a trial was stopped because it was clearly behind."""
    return bool(trial.state is optuna.trial.TrialState.PRUNED)


def is_complete(trial: Any) -> bool:
    """Whether a trial has a value."""
    return bool(trial.state is optuna.trial.TrialState.COMPLETE)


def distributions(space: Space) -> dict[str, Any]:
    """What may be proposed for each option of a space."""
    return {option.name: _distribution(option) for option in space.options}


def _distribution(option: Range | Choices) -> Any:
    if isinstance(option, Choices):
        return optuna.distributions.CategoricalDistribution(option.values)
    if option.whole:
        return optuna.distributions.IntDistribution(int(option.low), int(option.high), log=option.log)
    return optuna.distributions.FloatDistribution(float(option.low), float(option.high), log=option.log)
