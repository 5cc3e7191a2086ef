"""What `shortfall` prints and writes, and what `solve` prints of it where there is no plan."""

from pathlib import Path
from typing import Any

from routeplan.cli.output import OUT
from routeplan.data.paths import quoted
from routeplan.data.write import write_text
from routeplan.errors import FaultError
from routeplan.instance.instance import TOGETHER, Instance
from routeplan.language.language import Language
from routeplan.result.summary import records
from routeplan.why.shortfall import Shortfall, shortfall

BRIEF_SECONDS = 4.0
"""Time that `solve` takes to tell briefly what is missing."""

BRIEF_ROWS = 6000
"""Options times periods from which on it takes longer to build the program than `solve` should take for that."""

BRIEF_LINES = 6
"""Lines that `solve` prints of what is missing."""


def print_shortfall(missing: Shortfall, language: Language) -> None:
    """Print what is missing, in a language."""
    for line in missing.told(language):
        OUT.say(line)


def shortfall_as_json(missing: Shortfall, language: Language) -> dict[str, Any]:
    """Return what is missing as plain data, with the text."""
    return {
        "instance": missing.instance.name,
        "scenario": missing.instance.scenario,
        "possible": missing.possible,
        "smallest": missing.smallest,
        "excesses": records(missing.table()),
        "minimal": missing.minimal,
        "conflict": records(missing.conflict_table()),
        "seconds": missing.seconds,
        "solves": missing.solves,
        "text": missing.told(language),
    }


def write_shortfall(missing: Shortfall, folder: Path, language: Language) -> None:
    """Write what is missing to a folder: ``excesses.csv``, ``conflict.csv`` and ``shortfall.txt``."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "excesses.csv", missing.table().to_csv(index=False, lineterminator="\n"))
    write_text(folder / "conflict.csv", missing.conflict_table().to_csv(index=False, lineterminator="\n"))
    write_text(folder / "shortfall.txt", "\n".join(missing.told(language)) + "\n")


def print_missing_briefly(instance: Instance, folder: Path) -> None:
    """Print in a few lines, and after a few seconds, what is missing; and the command that tells it in full.

    Parameters
    ----------
    instance : Instance
        An instance without a plan.
    folder : Path
        Where it was read.
    """
    lines = _brief(instance)
    for line in lines[:BRIEF_LINES]:
        OUT.say(line)
    if len(lines) > BRIEF_LINES:
        OUT.say(f"and {len(lines) - BRIEF_LINES:,} more")
    under = [word for name in (instance.scenario or "").split(TOGETHER) if name for word in ("--scenario", name)]
    OUT.say(f"What is missing, and why, in full: routeplan shortfall {quoted(folder, *under)}")


def _brief(instance: Instance) -> list[str]:
    """Sentences on what is missing; none where they would take too long, or the solver breaks down."""
    if len(instance["options"]) * len(instance["periods"]) > BRIEF_ROWS:
        return []
    try:
        return shortfall(instance, seconds=BRIEF_SECONDS, group=False).told_briefly()
    except (FaultError, KeyboardInterrupt):
        return []
