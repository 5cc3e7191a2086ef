"""Check of an installation: versions, the machine, and the solver's answers to known programs."""

import platform
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path
from typing import Any

import numpy as np
from packaging.requirements import Requirement

from routeplan.errors import FaultError
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices
from routeplan.solver.doctor_cases import CASES, Case
from routeplan.solver.highs import run
from routeplan.solver.machine import Machine, machine_at_hand
from routeplan.solver.solution import Ending, Limits
from routeplan.tolerances import CHECKUP
from routeplan.version import __version__

PATIENCE = 60.0
"""Seconds after which the solver has failed a case; a hundredth of a second should do."""

PACKAGE = "routeplan"
PROJECT = Path(__file__).parents[3] / "pyproject.toml"
"""In a source tree, what the code needs now; what pip noted when it was installed may be older. Elsewhere: no file."""


@dataclass(frozen=True)
class Verdict:
    """Verdict on the solver's answer to a case.

    Parameters
    ----------
    case : Case
        The program and its least value.
    told : str
        What the solver says.
    right : bool
        Whether that is right.
    """

    case: Case
    told: str
    right: bool


@dataclass(frozen=True)
class Checkup:
    """Findings of the check of an installation.

    Parameters
    ----------
    versions : mapping of str to str
        Versions of Python, of routeplan, and of every package that it needs.
    unfit : tuple of str
        Packages that it needs and that are not there, or in a version that it does not allow; one sentence each.
    missing : mapping of str to tuple of str
        By extra of routeplan, the packages of it that are not installed; extras that are complete left out.
    machine : Machine
        What it runs on.
    verdicts : tuple of Verdict
        What the solver makes of each case.
    """

    versions: Mapping[str, str]
    unfit: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]
    machine: Machine
    verdicts: tuple[Verdict, ...]

    @property
    def well(self) -> bool:
        """Whether every package is as it must be, and every answer of the solver right."""
        return not self.unfit and all(verdict.right for verdict in self.verdicts)


def checkup(cases: Sequence[Case] | None = None) -> Checkup:
    """Check an installation; takes a second or two.

    Parameters
    ----------
    cases : sequence of Case, optional
        Programs with known least values that the solver is asked; those of `routeplan.solver.doctor_cases` when None.

    Returns
    -------
    Checkup
        Versions, missing extras, the machine and the solver's answers.
    """
    needed = _needed()
    versions = {"python": platform.python_version(), PACKAGE: __version__}
    versions |= {one.name: _installed(one.name) or "-" for one in needed}
    extras = {extra: _lacking(extra) for extra in _extras()}
    missing = {extra: names for extra, names in extras.items() if names}
    verdicts = tuple(map(verdict, CASES if cases is None else cases))
    return Checkup(versions, _unfit(needed), missing, machine_at_hand(), verdicts)


def verdict(case: Case) -> Verdict:
    """Solve a case in the way in which plans are found, and judge the answer.

    Parameters
    ----------
    case : Case
        The case.
    """
    try:
        outcome = run(case.programme, Limits(deadline=time.monotonic() + PATIENCE, threads=1))
    except FaultError as fault:
        return Verdict(case, str(fault), False)
    if outcome.status is not Ending.OPTIMAL or outcome.x is None or outcome.objective is None:
        return Verdict(case, outcome.status.value, False)
    close = abs(outcome.objective - case.least) <= CHECKUP * max(1.0, abs(case.least))
    obeyed = _obeys(case.programme, outcome.x)
    told = f"{outcome.objective:.6g}" + ("" if obeyed else ", at a point that breaks rows")
    return Verdict(case, told, close and obeyed)


def _obeys(programme: Matrices, x: FloatArray) -> bool:
    """Whether a point keeps rows, bounds and whole numbers."""
    used = programme.rows @ x
    slack = CHECKUP * np.maximum(1.0, abs(programme.rows) @ np.abs(x))
    rows = (used >= programme.row_lower - slack) & (used <= programme.row_upper + slack)
    bounds = (x >= programme.lower - CHECKUP) & (x <= programme.upper + CHECKUP)
    whole = np.abs(x - np.round(x)) <= CHECKUP
    return bool(rows.all() and bounds.all() and whole[programme.integer].all())


def _needed(extra: str = "") -> list[Requirement]:
    """Packages that routeplan needs here, with one of its extras or with none."""
    every = [Requirement(text) for text in _stated(extra)]
    return [one for one in every if one.marker is None or one.marker.evaluate({"extra": extra})]


def _stated(extra: str) -> list[str]:
    """Requirements as they are written; of an installed package those of all extras, each with its marker."""
    if not PROJECT.is_file():
        return requires(PACKAGE) or []
    project = _project()
    return [*project["dependencies"], *project["optional-dependencies"].get(extra, [])]


def _extras() -> list[str]:
    if not PROJECT.is_file():
        return metadata(PACKAGE).get_all("Provides-Extra") or []
    return list(_project()["optional-dependencies"])


def _project() -> dict[str, Any]:
    return tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]  # type: ignore[no-any-return]  # of any TOML


def _lacking(extra: str) -> tuple[str, ...]:
    """Packages that an extra adds and that are not installed."""
    always = {one.name for one in _needed()}
    return tuple(one.name for one in _needed(extra) if one.name not in always and _installed(one.name) is None)


def _unfit(needed: list[Requirement]) -> tuple[str, ...]:
    found = [(one, _installed(one.name)) for one in needed]
    return tuple(
        f"{one.name} {there or 'is not installed'}; allowed: {one.specifier or 'any version'}"
        for one, there in found
        if there is None or not one.specifier.contains(there, prereleases=True)
    )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
