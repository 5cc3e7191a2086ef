"""Parameters of CBC: which there are, and which values it takes."""

import re
import subprocess
from collections.abc import Mapping

from routeplan.bench.solvers.option_values import refuse_wrong, wrong_name, wrong_type
from routeplan.solver.solution import Option

BUDGETED = {
    "seconds": "seconds",
    "timeMode": "seconds",
    "maxMemory": "memory",
    "ratioGap": "gap",
    "allowableGap": "gap",
    "threads": "threads",
    "randomCbcSeed": "seed",
    "printingOptions": "the answer",
    "precisionOutput": "the answer",
    "outputFormat": "the answer",
    "logLevel": "the answer",
    "compactTables": "the answer",
    "useUTF8": "the answer",
    "messages": "the answer",
    "flushPerNewLine": "the answer",
    "direction": "the file",
    "cppGenerate": "the file",
}
"""Parameters that the budget is for, or that the adapter needs as they are."""

SECTION = re.compile(r"^\*\*\* (\w+) parameters: \*\*\*$")
TYPES: dict[str, type] = {"Integer": int, "Double": float, "Keyword": str}
"""Sections of the help, and the type of their values; the other sections are actions and files."""

COMPLAINTS = ("illegal", "possible options", "valid range", "unrecognized", "no match", "ambiguous")
"""Words with which CBC answers a value that it does not take; it goes on with its old one."""


def check_cbc_options(binary: str, options: Mapping[str, Option]) -> dict[str, Option]:
    """Check parameters of CBC by name, type and value.

    Parameters
    ----------
    binary : str
        CBC itself, which is asked.
    options : mapping of str to bool, int, float or str
        Parameters by CBC's names in full, such as ``cutsOnOff``.

    Raises
    ------
    UsageError
        With every parameter that CBC does not know or take, or that the budget is for.
    """
    if not options:
        return {}
    known = _known(_told(binary, "-?"))
    refuse_wrong(_wrong(binary, known, name, value) for name, value in options.items())
    return {name: known[name](value) for name, value in options.items()}


def _told(binary: str, *arguments: str) -> str:
    """What CBC prints, without the lines that it begins with."""
    ended = subprocess.run(
        [binary, *arguments, "-quit"], capture_output=True, stdin=subprocess.DEVNULL, text=True, encoding="utf-8"
    )
    return "\n".join(ended.stdout.splitlines()[3:])


def _known(told: str) -> dict[str, type]:
    """Every parameter with the type of its values; ``strat(egy)`` is a name with its abbreviation."""
    known: dict[str, type] = {}
    wanted: type | None = None
    for line in told.splitlines():
        if section := SECTION.match(line.strip()):
            wanted = TYPES.get(section[1])
        elif line.startswith("####"):
            wanted = None
        elif wanted is not None:
            known |= {name.replace("(", "").replace(")", ""): wanted for name in line.split()}
    return known


def _wrong(binary: str, known: Mapping[str, type], name: str, value: Option) -> str:
    """Problem of one parameter; empty where there is none."""
    if text := wrong_name("CBC", name, known, BUDGETED) or wrong_type(name, value, known[name]):
        return text
    told = _told(binary, f"-{name}", str(value)).lower()
    if (str(value).startswith(("-", "?")) and known[name] is str) or any(words in told for words in COMPLAINTS):
        return f"solver option '{name}' is {value!r}, which CBC does not take"
    return ""
