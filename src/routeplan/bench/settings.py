"""Settings of solvers: a file of YAML for each curve of a plot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from routeplan.bench.ways import Way
from routeplan.bench.yaml_file import SUFFIX, Lines, read_yaml
from routeplan.errors import DataError, Problem
from routeplan.instance.rules.words import did_you_mean

SCHEMA = {
    "type": "object",
    "description": "a mapping of keys and values",
    "additionalProperties": False,
    "required": ["why"],
    "properties": {
        "solver": {"type": "string", "description": "the name of a solver, such as highs"},
        "extends": {"type": "string", "description": "the name of another setting, whose options come first"},
        "why": {"type": "string", "minLength": 1, "description": "the reason for this setting, in a sentence or two"},
        "requires": {"type": "string", "description": "versions of the solver, such as >=1.16"},
        "options": {
            "type": "object",
            "description": "options by the solver's own names",
            "propertyNames": {"type": "string", "description": "the names of options, as texts"},
            "additionalProperties": {
                "type": ["boolean", "integer", "number", "string"],
                "description": "true or false, a number, or a text",
            },
        },
        "formulation": {
            "type": "string",
            "minLength": 1,
            "description": "the name of a formulation of instances, such as commodity",
        },
        "warm_start": {
            "type": "boolean",
            "description": "true or false: whether the solver is given a feasible point to begin from",
        },
    },
}

Option = bool | int | float | str


@dataclass(frozen=True)
class Setting:
    """A solver and its options.

    Parameters
    ----------
    name : str
        Name of its file, without the suffix.
    solver : str
        Name of the solver.
    options : mapping of str to bool, int, float or str
        Options by the solver's own names, those of the settings that it extends among them.
    requires : str
        Versions of the solver that it needs, as ``>=1.16``; "" for any.
    why : str
        The reason for it.
    formulation : str
        Formulation in which it is given instances; that of their family where empty.
    warm_start : bool
        Whether it is given the feasible point that an instance brings, to begin from.
    """

    name: str
    solver: str
    options: Mapping[str, Option] = field(default_factory=dict)
    requires: str = ""
    why: str = ""
    formulation: str = ""
    warm_start: bool = False

    @property
    def way(self) -> Way:
        """How it is given an instance."""
        return Way(self.formulation, self.warm_start)

    def allows(self, version: str) -> bool:
        """Whether a version of the solver will do."""
        return SpecifierSet(self.requires).contains(version, prereleases=True)


@dataclass(frozen=True)
class _Written:
    """A setting as its file has it."""

    file: Path
    held: Mapping[str, Any]
    lines: Lines

    def problem(self, key: str, text: str) -> Problem:
        return Problem(self.file.name, self.lines.get((key,), 0), text, key)


def read_settings(*folders: Path | str) -> dict[str, Setting]:
    """Read every setting in some folders and the folders in them, by name.

    Parameters
    ----------
    *folders : path
        The folders; each of their files ``NAME.yaml`` is a setting, which may extend one of another folder.

    Returns
    -------
    dict of str to Setting
        In the order of their names.

    Raises
    ------
    DataError
        With every problem of every file: what cannot be read, names that two files have, a setting that extends itself
        or one that is not there, a setting without a solver.
    """
    written: dict[str, _Written] = {}
    problems: list[Problem] = []
    for folder in map(Path, folders):
        problems += _read_into(written, folder)
    settings: dict[str, Setting] = {}
    for name in sorted(written):
        try:
            settings[name] = _setting(name, written)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(sorted(problems))
    return settings


def _read_into(written: dict[str, _Written], folder: Path) -> list[Problem]:
    """Add the settings of a folder as they are written, by name; the problems of their files."""
    problems: list[Problem] = []
    files = sorted(folder.rglob(f"*{SUFFIX}"))
    for file in files:
        if file.stem in written:
            text = f"is called as {written[file.stem].file} is; allowed: a name of its own"
            problems.append(Problem(str(file.relative_to(folder)), 0, text))
            continue
        try:
            written[file.stem] = _Written(file, *read_yaml(file, SCHEMA))
        except DataError as error:
            problems += error.problems
    if not files:
        problems.append(Problem(str(folder), 0, f"has no settings; allowed: a folder with files *{SUFFIX}"))
    return problems


def _setting(name: str, written: Mapping[str, _Written]) -> Setting:
    """A setting, with all that it extends.

    Raises
    ------
    DataError
        When what it extends is not there or extends it, or no solver is named.
    """
    chain = _chain(name, written)
    own = written[name]
    merged: dict[str, Any] = {}
    options: dict[str, Option] = {}
    for each in reversed(chain):
        merged |= written[each].held
        options |= written[each].held.get("options", {})
    if "solver" not in merged:
        raise DataError([own.problem("solver", f"'solver' is missing; allowed: {_described('solver')}")])
    solvers = {held["solver"] for each in chain if "solver" in (held := written[each].held)}
    if len(solvers) > 1:
        text = f"'extends' is {own.held['extends']!r}, a setting of another solver ({', '.join(sorted(solvers))})"
        raise DataError([own.problem("extends", f"{text}; allowed: one of the same solver")])
    try:
        SpecifierSet(merged.get("requires", ""))
    except InvalidSpecifier:
        text = f"'requires' is {merged['requires']!r}; allowed: {_described('requires')}"
        raise DataError([own.problem("requires", text)]) from None
    if endless := [key for key, value in options.items() if isinstance(value, float) and not isfinite(value)]:
        text = f"'options.{endless[0]}' is {options[endless[0]]}; allowed: a finite number"
        raise DataError([own.problem("options", text)])
    more = {key: merged[key] for key in ("requires", "formulation", "warm_start") if key in merged}
    return Setting(name, merged["solver"], options, why=own.held["why"], **more)


def _chain(name: str, written: Mapping[str, _Written]) -> list[str]:
    """A setting, the one that it extends, the one that that one extends, and so on."""
    chain = [name]
    while (extended := written[chain[-1]].held.get("extends")) is not None:
        last = written[chain[-1]]
        if extended in chain:
            text = f"'extends' leads back: {' extends '.join([*chain, extended])}; allowed: a setting that does not"
            raise DataError([last.problem("extends", text)])
        if extended not in written:
            text = f"'extends' is {extended!r}, and there is none{did_you_mean(extended, written)}"
            raise DataError([last.problem("extends", f"{text}; allowed: {', '.join(sorted(written))}")])
        chain.append(extended)
    return chain


def _described(key: str) -> str:
    return str(SCHEMA["properties"][key]["description"])  # type: ignore[index]
