"""The runs of a suite: each instance with each setting and seed, as jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from routeplan.bench.instances import Stored
from routeplan.bench.settings import Setting
from routeplan.bench.solve_one import solve_one
from routeplan.bench.solvers.contract import Budget
from routeplan.bench.solvers.known import solver
from routeplan.bench.solvers.packages import MissingPackage
from routeplan.bench.suites import Suite
from routeplan.errors import UsageError
from routeplan.instance.rules.words import none_called
from routeplan.runs.job import Job, Resources, key_of

POINTS = "points"
"""Folder of the best points, beside the records of their runs."""

LATE = 10.0
"""Time that a run may take beyond its limit, before it is ended [s]: reading and writing count too."""

WORKER = 512.0
"""Memory of the process that runs a solver in Python, beyond what the solver may use [MB of 1e6 bytes]."""


@dataclass(frozen=True)
class Skipped:
    """A setting that is left out, and why."""

    setting: str
    why: str


@dataclass(frozen=True)
class Entrant:
    """A setting whose solver is there.

    Parameters
    ----------
    setting : Setting
        The setting.
    version : str
        Version of the solver.
    publishable : bool
        Whether the solver's licence lets results be published.
    """

    setting: Setting
    version: str
    publishable: bool


def entrants(names: Sequence[str], settings: Mapping[str, Setting]) -> tuple[list[Entrant], list[Skipped]]:
    """Find the settings of these names; those whose solver is missing or of another version are left out.

    Raises
    ------
    UsageError
        When there is no setting or solver of a name, or a solver refuses the options of a setting.
    """
    if unknown := [name for name in names if name not in settings]:
        raise UsageError(none_called("setting", unknown, settings, f"settings: {', '.join(settings)}"))
    there: list[Entrant] = []
    skipped: list[Skipped] = []
    wrong: list[str] = []
    for name in dict.fromkeys(names):
        setting = settings[name]
        try:
            found = solver(setting.solver)
            version = found.version()
            found.check_options(setting.options)
        except MissingPackage as error:
            skipped.append(Skipped(name, str(error)))
            continue
        except UsageError as error:
            wrong.append(f"{name}: {error}")
            continue
        except Exception as error:  # whatever a package of somebody else's does
            wrong.append(f"{name}: the solver '{setting.solver}' breaks down: {type(error).__name__}: {error}")
            continue
        if setting.allows(version):
            there.append(Entrant(setting, version, found.publishable))
        else:
            skipped.append(Skipped(name, f"{setting.solver} is {version}; needed: {setting.requires}"))
    if wrong:
        raise UsageError("\n".join(wrong))
    return there, skipped


def jobs_of(suite: Suite, instances: Sequence[Stored], there: Sequence[Entrant], folder: Path) -> list[Job]:
    """List the runs of a suite.

    Parameters
    ----------
    suite : Suite
        The suite: budget and seeds.
    instances : sequence of Stored
        Its instances.
    there : sequence of Entrant
        Its settings.
    folder : Path
        Folder of the records; the points of the runs go below it.
    """
    return [
        _job(suite, instance, entrant, seed, folder)
        for instance in instances
        for entrant in there
        for seed in suite.seeds
    ]


def _job(suite: Suite, instance: Stored, entrant: Entrant, seed: int, folder: Path) -> Job:
    setting = entrant.setting
    budget = Budget(suite.seconds, suite.memory, suite.gap, suite.threads, seed)
    about = {
        "instance": instance.drawn.name,
        "family": instance.drawn.family,
        "size": instance.drawn.size,
        "sha256": instance.manifest.sha256,
        "setting": setting.name,
        "solver": setting.solver,
        "version": entrant.version,
        "publishable": entrant.publishable,
        "options": dict(setting.options),
        "seed": seed,
        "seconds": suite.seconds,
        "memory": suite.memory,
        "gap": suite.gap,
        "threads": suite.threads,
    }
    most = Resources(suite.seconds + max(LATE, 0.1 * suite.seconds), suite.memory + WORKER, suite.threads)
    # Absolute, for a worker on another machine may have another working folder.
    mps = str(instance.mps.absolute())
    arguments = {"mps": mps, "solver": setting.solver, "options": dict(setting.options), "budget": budget}
    return Job(solve_one, {**arguments, "point": str(point_of(folder.absolute(), key_of(about)))}, about, most)


def point_of(folder: Path, key: str) -> Path:
    """File of the best point of a run."""
    return folder / POINTS / f"{key}.npz"


def run_name(about: Mapping[str, Any]) -> str:
    """What a run is called, of what it is about."""
    return f"{about['instance']} {about['setting']} seed {about['seed']}"
