"""Options of HiGHS: those set by routeplan, and those that a user may add."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import highspy

from routeplan.errors import FaultError, UsageError
from routeplan.instance.rules.words import did_you_mean
from routeplan.solver.silence import new_solver
from routeplan.solver.solution import Limits, Option
from routeplan.solver.user_scale import UserScale

PRESOLVE_AGGREGATOR = 1 << 12
"""Presolve rule that gives wrong answers on plans of which a part is decided, in HiGHS 1.16.

Some that have points it calls infeasible, others optimal at a value that is not the least, and on some HiGHS dies.
"""

PRESOLVE_ENUMERATION = 1 << 16
"""Presolve rule that calls feasible models of this kind infeasible in HiGHS 1.16."""

PRESOLVE_FOURIER_MOTZKIN = 1 << 22
"""Presolve rule that takes most of a solve of the country, and does not return on 1,000 sites, in HiGHS 1.16.

Neither a time limit nor an interrupt is heard in it.
"""

PRESOLVE_OFF = PRESOLVE_AGGREGATOR | PRESOLVE_ENUMERATION | PRESOLVE_FOURIER_MOTZKIN
"""Presolve rules that are off."""

OURS = {
    "mip_rel_gap": "gap",
    "mip_abs_gap": "gap",
    "time_limit": "seconds",
    "threads": "threads",
    "parallel": "threads",
    "random_seed": "seed",
    "output_flag": "log",
    "log_to_console": "log",
    "log_file": "log",
}
"""Options that have a parameter of their own."""

TYPES: dict[Any, type[Option]] = {
    highspy.HighsOptionType.kBool: bool,
    highspy.HighsOptionType.kInt: int,
    highspy.HighsOptionType.kDouble: float,
    highspy.HighsOptionType.kString: str,
}


def chosen(limits: Limits, *, presolve: bool) -> dict[str, Option]:
    """Every option of a run but its time: those set by routeplan, then those of the user."""
    options: dict[str, Option] = {
        "mip_rel_gap": limits.gap,
        "mip_abs_gap": UserScale.of(limits.options).absolute(limits.gap),
        "random_seed": limits.seed,
        "presolve_rule_off": PRESOLVE_OFF,
        "output_flag": limits.log is not None,
    }
    if limits.log is not None:
        options |= {"log_to_console": False, "log_file": str(limits.log)}
    if limits.threads is not None:
        options |= {"threads": limits.threads, "parallel": "on" if limits.threads > 1 else "off"}
    # A second run without presolve is how a wrong answer is found out: it is never overruled.
    return options | {"presolve": "choose"} | dict(limits.options) | ({} if presolve else {"presolve": "off"})


def apply(highs: Any, limits: Limits, *, presolve: bool) -> None:
    """Set the options of a run."""
    for name, value in chosen(limits, presolve=presolve).items():
        demand(highs.setOptionValue(name, value), f"option {name} = {value}")


def demand(status: Any, what: str) -> None:
    """Raise an error when the solver rejects a call: it would go on with its old value."""
    if status == highspy.HighsStatus.kError:
        raise FaultError(f"the solver does not take {what}")


def checked_options(options: Mapping[str, Option]) -> dict[str, Option]:
    """Check options of HiGHS by name, type and value.

    Parameters
    ----------
    options : mapping of str to bool, int, float or str
        Options by HiGHS' names.

    Raises
    ------
    UsageError
        With every option that HiGHS does not know or take, or that has a parameter of its own.
    """
    highs = new_solver()
    highs.setOptionValue("output_flag", False)
    wrong = [text for name, value in options.items() if (text := _wrong(highs, name, value))]
    if wrong:
        raise UsageError("; ".join(wrong))
    return {name: _typed(highs, name, value) for name, value in options.items()}


def _known(highs: Any) -> set[str]:
    """Names of options of HiGHS, to suggest: its object in Python lacks some, its file others, and both a few."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "options"
        demand(highs.writeOptions(str(file)), "a file for its options")
        lines = file.read_text(encoding="utf-8").splitlines()
    written = {line.partition("=")[0].strip() for line in lines if "=" in line and not line.startswith("#")}
    return written | {name for name in dir(highs.getOptions()) if not name.startswith("_")}


def _wrong(highs: Any, name: str, value: Option) -> str:
    """Problem of one option; empty where there is none."""
    if name in OURS:
        return f"solver option '{name}' is what {OURS[name]} is for"
    status, kind = highs.getOptionType(name)
    if status == highspy.HighsStatus.kError:
        return f"HiGHS has no option '{name}'{did_you_mean(name, sorted(_known(highs)))}"
    wanted = TYPES[kind]
    whole = wanted is float and isinstance(value, int) and not isinstance(value, bool)
    if type(value) is not wanted and not whole:
        return f"solver option '{name}' is {value!r}; allowed: {wanted.__name__}"
    if highs.setOptionValue(name, wanted(value)) == highspy.HighsStatus.kError:
        return f"solver option '{name}' is {value!r}, which HiGHS does not take"
    return ""


def _typed(highs: Any, name: str, value: Option) -> Option:
    return TYPES[highs.getOptionType(name)[1]](value)
