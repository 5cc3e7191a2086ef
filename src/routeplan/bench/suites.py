"""Suites: which instances are solved with which settings, within which limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from routeplan.bench.origins import Drawn as Drawn
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
            "items": {
                "type": "object",
                "description": "a family, with a size and seeds",
                "additionalProperties": False,
                "required": ["family", "size"],
                "properties": {
                    "family": {"type": "string", "description": "the name of a family of instances"},
                    "size": {"type": "string", "description": "one of the family's sizes"},
                    "seeds": {**SEEDS, "description": "seeds of the instances: a list of different whole numbers"},
                    "step": STEPS,
                },
            },
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
    instances : sequence of Drawn
        The instances.
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
    instances: Sequence[Drawn]
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
    drawn = [
        (Drawn(each["family"], each["size"], seed, step), lines["instances", number])
        for number, each in enumerate(held["instances"])
        for seed in each.get("seeds", [0])
        for step in _steps(each.get("step", 0))
    ]
    known: dict[Drawn, int] = {}
    problems = [
        Problem(path.name, line, f"{each.name} stands on line {known[each]} too; allowed: once")
        for each, line in drawn
        if known.setdefault(each, line) != line
    ]
    if problems:
        raise DataError(problems)
    more = {key: held[key] for key in ("gap", "threads", "seeds") if key in held}
    return Suite(
        path.stem, held["about"], held["seconds"], held["memory"], list(known), tuple(held["settings"]), **more
    )


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
