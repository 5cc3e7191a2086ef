"""The runs of a suite: each instance with each setting and seed, as jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from routeplan.bench.families.family import refuse_unknown_formulation
from routeplan.bench.families.known import KNOWN_FORMULATIONS
from routeplan.bench.instances import Stored
from routeplan.bench.settings import Setting
from routeplan.bench.solve_one import solve_one
from routeplan.bench.solvers.contract import Budget, Prepares, Solver, TakesStart
from routeplan.bench.solvers.known import solver
from routeplan.bench.solvers.packages import MissingPackage
from routeplan.bench.suites import Suite
from routeplan.bench.ways import Way
from routeplan.errors import UsageError, counted
from routeplan.instance.rules.words import none_called
from routeplan.runs.job import Job, Resources, key_of
from routeplan.runs.records import Record

POINTS = "points"
"""Folder of the best points, beside the records of their runs."""

MACHINE_DIGITS = 8
"""Digits of the fingerprint of a machine's name, in the name of the file of a point."""

LATE = 10.0
"""Time that a run may take beyond its limit, before it is ended [s]: reading and writing count too."""

PREPARING = 300.0
"""Time that a run may take besides, where the solver prepares what the file is of [s]: a large model is built anew."""

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
    prepares : bool
        Whether the solver prepares what the file is of, before its time begins.
    """

    setting: Setting
    version: str
    publishable: bool
    prepares: bool = False


def entrants(names: Sequence[str], settings: Mapping[str, Setting]) -> tuple[list[Entrant], list[Skipped]]:
    """Find the settings of these names; those whose solver is missing, or cannot do what is asked, are left out.

    Raises
    ------
    UsageError
        When there is no setting, solver or formulation of a name, or a solver refuses the options of a setting.
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
            _refuse_formulation(setting)
        except MissingPackage as error:
            skipped.append(Skipped(name, str(error)))
            continue
        except UsageError as error:
            wrong.append(f"{name}: {error}")
            continue
        except Exception as error:  # whatever a package of somebody else's does
            wrong.append(f"{name}: the solver '{setting.solver}' breaks down: {type(error).__name__}: {error}")
            continue
        if why := _why_skipped(setting, found, version):
            skipped.append(Skipped(name, why))
        else:
            there.append(Entrant(setting, version, found.publishable, isinstance(found, Prepares)))
    if wrong:
        raise UsageError("\n".join(wrong))
    return there, skipped


def _why_skipped(setting: Setting, found: Solver, version: str) -> str:
    """Why a solver that is there cannot be run with a setting; empty where it can."""
    if not setting.allows(version):
        return f"{setting.solver} is {version}; needed: {setting.requires}"
    if setting.warm_start and not isinstance(found, TakesStart):
        return f"{setting.solver} cannot be given a point to begin from"
    return ""


def _refuse_formulation(setting: Setting) -> None:
    """Refuse a formulation that no family knows."""
    if setting.formulation:
        refuse_unknown_formulation(setting.formulation, KNOWN_FORMULATIONS)


def jobs_of(suite: Suite, instances: Sequence[Stored], there: Sequence[Entrant], folder: Path) -> list[Job]:
    """List the runs of a suite.

    Parameters
    ----------
    suite : Suite
        The suite: budget and seeds.
    instances : sequence of Stored
        Its instances, made in the ways in which the settings want them; a setting is left out of those that cannot be
        given in its way.
    there : sequence of Entrant
        Its settings.
    folder : Path
        Folder of the records; the points of the runs go below it.
    """
    return [
        _job(suite, given, entrant, seed, folder)
        for instance in instances
        for entrant in there
        if (given := instance.given(entrant.setting.way)) is not None
        for seed in suite.seeds
    ]


def left_out(instances: Sequence[Stored], there: Sequence[Entrant]) -> list[Skipped]:
    """List the settings that are left out of some instances, which cannot be given in their way."""
    lacking = [
        (entrant.setting, [each for each in instances if each.given(entrant.setting.way) is None]) for entrant in there
    ]
    return [Skipped(setting.name, _why_left_out(setting.way, without)) for setting, without in lacking if without]


def _why_left_out(way: Way, without: Sequence[Stored]) -> str:
    what = f"not known in the formulation {way.formulation}" if way.formulation else "known without a start"
    asked = f"{what}, or without a start" if way.formulation and way.start else what
    families = ", ".join(dict.fromkeys(each.manifest.family for each in without))
    return f"it is left out of {counted(len(without), 'instance')} {asked} ({families})"


def _job(suite: Suite, instance: Stored, entrant: Entrant, seed: int, folder: Path) -> Job:
    setting, manifest = entrant.setting, instance.manifest
    budget = Budget(suite.seconds, suite.memory, suite.gap, suite.threads, seed)
    about = {
        "instance": instance.name,
        "family": manifest.family,
        "size": manifest.size,
        "sha256": manifest.sha256,
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
        **_more_about(setting, instance),
    }
    late = max(LATE, 0.1 * suite.seconds) + (PREPARING if entrant.prepares else 0.0)
    most = Resources(suite.seconds + late, suite.memory + WORKER, suite.threads)
    # Absolute, for a worker on another machine may have another working folder.
    mps = str(instance.mps.absolute())
    arguments: dict[str, Any] = {
        "mps": mps,
        "solver": setting.solver,
        "options": dict(setting.options),
        "budget": budget,
    }
    if instance.start is not None:
        arguments["start"] = str(instance.start.absolute())
    point = str(point_of(folder.absolute(), key_of(about)))
    return Job(solve_one, {**arguments, "point": point}, about, most, group_name(instance.name, seed))


def group_name(instance: str, seed: int) -> str:
    """Group of the runs of an instance with a seed: they are run next to each other, and on one machine."""
    return f"{instance} seed {seed}"


def _more_about(setting: Setting, instance: Stored) -> dict[str, Any]:
    """What a run is about besides; nothing of it where it is as usual, so that keys of earlier records stay."""
    more = {"formulation": setting.formulation, "warm_start": setting.warm_start, "step": instance.manifest.step}
    return {name: value for name, value in more.items() if value}


def point_of(folder: Path, key: str, machine: str = "") -> Path:
    """File of the best point of a run.

    Parameters
    ----------
    folder : Path
        Folder of the records.
    key : str
        Key of the run.
    machine : str
        Name of the machine, where several have run the same and their records are merged.
    """
    of = f"-{sha256(machine.encode()).hexdigest()[:MACHINE_DIGITS]}" if machine else ""
    return folder / POINTS / f"{key}{of}.npz"


def point_there(folder: Path, record: Record) -> Path:
    """File of the best point of a recorded run, which need not be there."""
    own = point_of(folder, record.key, record.machine)
    return own if own.exists() else point_of(folder, record.key)


def run_name(about: Mapping[str, Any]) -> str:
    """What a run is called, of what it is about."""
    return f"{about['instance']} {about['setting']} seed {about['seed']}"
