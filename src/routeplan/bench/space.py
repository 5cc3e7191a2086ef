"""Spaces of options: what a solver may be tuned by, each option with its reason, in a file of YAML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from routeplan.bench.settings import Option
from routeplan.bench.solvers.known import solver
from routeplan.bench.yaml_file import SUFFIX, Lines, read_yaml
from routeplan.errors import DataError, Problem, UsageError
from routeplan.instance.rules.words import did_you_mean

SPACES = "spaces"
"""Folder of the spaces that are shipped."""

OPTION: dict[str, Any] = {
    "type": "object",
    "description": "a reason, and a range or choices",
    "additionalProperties": False,
    "required": ["why"],
    "properties": {
        "why": {"type": "string", "minLength": 1, "description": "what the option trades for what, in a sentence"},
        "range": {
            "type": "array",
            "items": {"type": "number", "description": "a number"},
            "minItems": 2,
            "maxItems": 2,
            "description": "two numbers, the smaller first",
        },
        "whole": {"type": "boolean", "description": "true where only whole numbers of the range will do, or false"},
        "log": {"type": "boolean", "description": "true where factors count rather than differences, or false"},
        "choices": {
            "type": "array",
            "items": {"type": ["boolean", "integer", "number", "string"], "description": "a value of the option"},
            "minItems": 2,
            "uniqueItems": True,
            "description": "a list of two different values or more",
        },
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "a mapping of keys and values",
    "additionalProperties": False,
    "required": ["about", "solver", "default", "options"],
    "properties": {
        "about": {"type": "string", "minLength": 1, "description": "what the options are about, in a sentence"},
        "solver": {"type": "string", "description": "the name of a solver, such as highs"},
        "default": {"type": "string", "description": "the name of the setting to beat, whose options come first"},
        "options": {
            "type": "object",
            "description": "options by the solver's own names, one or more",
            "minProperties": 1,
            "additionalProperties": OPTION,
        },
    },
}


@dataclass(frozen=True)
class Range:
    """An option that is a number.

    Parameters
    ----------
    name : str
        Name of the option.
    low, high : float
        Its least and its largest value.
    whole : bool
        Whether it is a whole number.
    log : bool
        Whether factors count rather than differences.
    """

    name: str
    low: float
    high: float
    whole: bool = False
    log: bool = False

    @property
    def tried(self) -> tuple[Option, ...]:
        """Values that the solver must take: both ends."""
        return (int(self.low), int(self.high)) if self.whole else (float(self.low), float(self.high))


@dataclass(frozen=True)
class Choices:
    """An option that has one of some values."""

    name: str
    values: tuple[Option, ...]

    @property
    def tried(self) -> tuple[Option, ...]:
        """Values that the solver must take: all of them."""
        return self.values


@dataclass(frozen=True)
class Space:
    """What a solver may be tuned by.

    Parameters
    ----------
    solver : str
        Name of the solver.
    default : str
        Name of the setting to beat; its other options are kept.
    options : tuple of Range or Choices
        The options.
    """

    solver: str
    default: str
    options: tuple[Range | Choices, ...]

    @property
    def fingerprint(self) -> str:
        """Fingerprint of its options: whoever goes on tuning must go on in the same space."""
        return sha256(repr(self).encode()).hexdigest()


def read_space(file: Path | str) -> Space:
    """Read a space from its file of YAML.

    Parameters
    ----------
    file : path
        The file.

    Raises
    ------
    DataError
        With every problem of the file: a range that is none, an option with neither range nor choices, and values that
        the solver refuses.
    UsageError
        When there is no such solver, or it is not installed.
    """
    path = Path(file)
    held, lines = read_yaml(path, SCHEMA)
    problems = [
        Problem(path.name, lines.get(("options", name, key), lines["options", name]), text, f"options.{name}")
        for name, option in held["options"].items()
        for key, text in _wrong(name, option)
    ]
    if problems:
        raise DataError(sorted(problems))
    options = tuple(_option(name, option) for name, option in held["options"].items())
    if refused := list(_refused(path, held["solver"], options, lines)):
        raise DataError(refused)
    return Space(held["solver"], held["default"], options)


def find_space(name: str, folder: Path) -> Space:
    """Read a space by the path of its file, or by its name in a folder of spaces.

    Raises
    ------
    DataError, UsageError
        When there is none, or as `read_space`.
    """
    if Path(name).is_file():
        return read_space(name)
    names = {file.stem: file for file in sorted(folder.glob(f"*{SUFFIX}"))}
    if name not in names:
        listed = ", ".join(names) or "a file of YAML"
        text = f"has no space '{name}'{did_you_mean(name, names)}; allowed: {listed}"
        raise DataError([Problem(str(folder), 0, text)])
    return read_space(names[name])


def _option(name: str, held: Mapping[str, Any]) -> Range | Choices:
    if "choices" in held:
        return Choices(name, tuple(held["choices"]))
    low, high = held["range"]
    return Range(name, low, high, held.get("whole", False), held.get("log", False))


def _wrong(name: str, held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What no schema says well, and the key that it is about."""
    if ("range" in held) == ("choices" in held):
        has = "both range and choices" if "range" in held else "neither range nor choices"
        yield "", f"'{name}' has {has}; allowed: one of them"
        return
    if "choices" in held:
        alone = [key for key in ("whole", "log") if key in held]
        yield from ((key, f"'{key}' stands beside choices; allowed: only beside a range") for key in alone)
        return
    low, high = held["range"]
    if not low < high:
        yield "range", f"'range' is {[low, high]}; allowed: two numbers, the smaller first"
    elif held.get("log") and low <= 0:
        yield "range", f"'range' is {[low, high]} with log; allowed: numbers above 0"
    if held.get("whole") and not (float(low).is_integer() and float(high).is_integer()):
        yield "range", f"'range' is {[low, high]} with whole; allowed: whole numbers"


def _refused(path: Path, name: str, options: tuple[Range | Choices, ...], lines: Lines) -> Iterator[Problem]:
    """Values that the solver refuses, once for each option."""
    found = solver(name)
    found.version()  # refuses a solver that is not installed, once and not for each option
    for option in options:
        for value in option.tried:
            try:
                found.check_options({option.name: value})
            except UsageError as error:
                yield Problem(path.name, lines["options", option.name], str(error), f"options.{option.name}")
                break
