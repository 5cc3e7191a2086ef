"""Suites: which instances are solved with which settings, within which limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from routeplan.bench.origins import Drawn as Drawn
from routeplan.bench.origins import Origin
from routeplan.bench.own_files import KINDS, MPS_FILES, FromFile, Kind, shipped_instances
from routeplan.bench.yaml_file import read_yaml
from routeplan.errors import DataError, Problem
from routeplan.instance.rules.words import did_you_mean

POSITIVE = {"type": "number", "exclusiveMinimum": 0}
SEEDS = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0, "description": "a whole number, 0 or more"},
    "minItems": 1,
    "uniqueItems": True,
    "description": "a list of different whole numbers, 0 or more",
}
STEPS = {
    "anyOf": [{"type": "integer", "minimum": 0}, {**SEEDS}],
    "description": "a step of a series, or a list of different ones: whole numbers, 0 or more",
}
ENTRY = {"type": "object", "description": "a family with a size and seeds, or a file", "additionalProperties": False}
FILES = {
    "instance": "folder or workbook of an instance, or the name of one that is shipped",
    "mps": "an MPS file",
    "facility": "a problem of facility location of the OR-Library",
    "network": "a fixed-charge network of FCNetLib as JSON",
}
"""What a suite may name in place of a family, by its key."""

OF_FAMILY: dict[str, Any] = {
    **ENTRY,
    "required": ["family", "size"],
    "properties": {
        "family": {
            "type": "string",
            "description": f"the name of a family of instances; or, in place of all, {', '.join(FILES)} and a file",
        },
        "size": {"type": "string", "description": "one of the family's sizes"},
        "seeds": {**SEEDS, "description": "seeds of the instances: a list of different whole numbers"},
        "step": STEPS,
    },
}
OPTIMUM = {"type": "number", "description": "the least objective: a finite number"}


def _of_file(key: str) -> dict[str, Any]:
    """Schema of an instance of a file."""
    more = {"optimum": OPTIMUM} if key == MPS_FILES else {}
    path = {"type": "string", "minLength": 1, "description": f"{FILES[key]}: a path, from the folder of the suite"}
    return {**ENTRY, "required": [key], "properties": {key: path, **more}}


def _one_of(keys: Sequence[str]) -> dict[str, Any]:
    """Schema of an instance: that of the first of the keys that it has, else that of a family."""
    if not keys:
        return OF_FAMILY
    return {"if": {"required": [keys[0]]}, "then": _of_file(keys[0]), "else": _one_of(keys[1:])}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "a mapping of keys and values",
    "additionalProperties": False,
    "required": ["about", "seconds", "memory", "instances", "settings"],
    "properties": {
        "about": {"type": "string", "minLength": 1, "description": "what the suite is for, in a sentence"},
        "seconds": {**POSITIVE, "description": "the time limit of a run, in seconds, above 0"},
        "memory": {**POSITIVE, "description": "the memory limit of a run, in MB, above 0"},
        "gap": {**POSITIVE, "description": "the relative gap at which an instance is solved, above 0"},
        "threads": {"type": "integer", "minimum": 1, "description": "threads of the solver, 1 or more"},
        "seeds": {**SEEDS, "description": "seeds of the solver: a list of different whole numbers, 0 or more"},
        "settings": {
            "type": "array",
            "items": {"type": "string", "description": "the name of a setting"},
            "minItems": 1,
            "uniqueItems": True,
            "description": "a list of different names of settings",
        },
        "instances": {
            "type": "array",
            "minItems": 1,
            "description": "a list of families, each with a size and seeds",
            "items": _one_of(list(FILES)),
        },
    },
}

GAP = 1e-4
"""Relative gap at which an instance is solved, where the suite says nothing else: the default of most solvers."""


@dataclass(frozen=True)
class Suite:
    """What is solved, how, and within which limits.

    Parameters
    ----------
    name, about : str
        Its name, and what it is for.
    seconds : float
        Time limit of a run [s].
    memory : float
        Memory limit of a run [MB of 1e6 bytes].
    instances : sequence of Origin
        What the instances are made of.
    settings : sequence of str
        Names of settings.
    gap : float
        Relative gap at which an instance is solved.
    threads : int
        Threads of the solver.
    seeds : sequence of int
        Seeds of the solver.
    """

    name: str
    about: str
    seconds: float
    memory: float
    instances: Sequence[Origin]
    settings: Sequence[str]
    gap: float = GAP
    threads: int = 1
    seeds: Sequence[int] = (0,)

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return len(self.instances) * len(self.settings) * len(self.seeds)


def read_suite(file: Path | str) -> Suite:
    """Read a suite from its file of YAML.

    Parameters
    ----------
    file : path
        The file; the suite has its name.

    Raises
    ------
    DataError
        With every problem of the file.
    """
    path = Path(file)
    held, lines = read_yaml(path, SCHEMA)
    origins: dict[str, tuple[Origin, int]] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(held["instances"]):
        line = lines["instances", number]
        try:
            named = _origins(entry, path, line)
        except DataError as error:
            problems += error.problems
            continue
        for origin in named:
            first = origins.setdefault(origin.name, (origin, line))
            if first[0] is not origin:
                text = f"{origin.name} stands on line {first[1]} too; allowed: once, and files of different names"
                problems.append(Problem(path.name, line, text))
    if problems:
        raise DataError(problems)
    more = {key: held[key] for key in ("gap", "threads", "seeds") if key in held}
    instances = [origin for origin, _ in origins.values()]
    return Suite(path.stem, held["about"], held["seconds"], held["memory"], instances, tuple(held["settings"]), **more)


def _origins(entry: Mapping[str, Any], suite: Path, line: int) -> list[Origin]:
    """What the instances of an entry are made of.

    Raises
    ------
    DataError
        When there is no such file.
    """
    kind = next((each for each in KINDS if each.key in entry), None)
    if kind is not None:
        return [_from_file(kind, entry, suite, line)]
    return [
        Drawn(entry["family"], entry["size"], seed, step)
        for seed in entry.get("seeds", [0])
        for step in _steps(entry.get("step", 0))
    ]


def _from_file(kind: Kind, entry: Mapping[str, Any], suite: Path, line: int) -> FromFile:
    given, optimum = entry[kind.key], entry.get("optimum")
    file = suite.absolute().parent / given
    known = shipped_instances() if kind.key == "instance" else []
    if not file.exists() and given not in known:
        more = "".join(f", or one of {', '.join(known)}" if known else "")
        text = f"'{kind.key}' is {given!r}, and there is none; allowed: {FILES[kind.key]}, from the folder of this file"
        raise DataError([Problem(suite.name, line, f"{text}{more}", kind.key)])
    if optimum is not None and not isfinite(optimum):
        raise DataError([Problem(suite.name, line, f"'optimum' is {optimum}; allowed: {OPTIMUM['description']}")])
    return FromFile(kind, str(file.resolve()) if file.exists() else given, optimum, Problem(suite.name, line, ""))


def _steps(given: int | list[int]) -> list[int]:
    return [given] if isinstance(given, int) else given


def find_suite(name: str, folder: Path) -> Suite:
    """Read a suite by its name in a folder of suites, or by the path of its file.

    Raises
    ------
    DataError
        When there is none, or it has problems.
    """
    known = {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    if name not in known and Path(name).is_file():
        return read_suite(name)
    if name not in known:
        listed = ", ".join(known) or "a file of YAML"
        raise DataError(
            [Problem(str(folder), 0, f"has no suite '{name}'{did_you_mean(name, known)}; allowed: {listed}")]
        )
    return read_suite(known[name])
