"""``routeplan doctor``: whether all is well with an installation."""

import textwrap
from typing import Any

import pandas as pd
import typer

from routeplan.cli.command import ExitCode
from routeplan.cli.options import AsJson
from routeplan.cli.output import OUT
from routeplan.doctor import Checkup, Verdict, checkup

EXAMPLES = """Examples:

routeplan doctor

routeplan doctor --json > doctor.json

Exit codes: 0 all is well, 1 a package is lacking or of a wrong version, or an answer of the solver is wrong."""


def doctor(as_json: AsJson = False) -> None:
    """Look the installation over: versions, the machine, what is missing, and whether the solver can be trusted.

    The solver is asked small programmes that releases of HiGHS got wrong, and whose right answers are known.
    """
    found = checkup()
    if as_json:
        OUT.json(_as_json(found))
    else:
        _print(found)
    raise typer.Exit(ExitCode.DONE if found.well else ExitCode.NO)


def _print(found: Checkup) -> None:
    OUT.table("Versions", pd.DataFrame(list(found.versions.items()), columns=["", "version"]))
    memory = "unknown" if found.machine.memory is None else f"{found.machine.memory:,.1f} GiB"
    OUT.say("Machine", style="bold")
    OUT.say(f"{found.machine.system}; {found.machine.cores} cores; {memory} of memory\n")
    for text in found.unfit:
        OUT.say(text, style="red")
    for extra, names in found.missing.items():
        OUT.say(f"not installed, but only needed for routeplan[{extra}]: {', '.join(names)}")
    OUT.say("" if found.unfit or found.missing else "Nothing is missing.\n")
    rows = [("right" if each.right else "WRONG", each.case.name, each.told) for each in found.verdicts]
    OUT.table("Programmes whose answers are known", pd.DataFrame(rows, columns=["", "programme", "the solver says"]))
    wrong = [each for each in found.verdicts if not each.right]
    for each in wrong:
        _print_wrong(each)
    if wrong:
        highspy = found.versions.get("highspy", "")
        OUT.say(f"Do not trust plans made with highspy {highspy}: pip install --upgrade highspy", style="red")
    elif found.well:
        OUT.say("All is well: every answer of the solver is right.", style="green")


def _print_wrong(verdict: Verdict) -> None:
    text = (
        f"{verdict.case.name}: the solver says {verdict.told}; right is {verdict.case.least:g}, because "
        f"{verdict.case.why}. Known: {verdict.case.known}."
    )
    OUT.say("\n".join(textwrap.wrap(text, max(40, OUT.width), break_long_words=False, break_on_hyphens=False)) + "\n")


def _as_json(found: Checkup) -> dict[str, Any]:
    return {
        "well": found.well,
        "versions": dict(found.versions),
        "unfit": list(found.unfit),
        "missing": {extra: list(names) for extra, names in found.missing.items()},
        "system": found.machine.system,
        "cores": found.machine.cores,
        "memory_gib": found.machine.memory,
        "programmes": [
            {
                "name": each.case.name,
                "right": each.right,
                "told": each.told,
                "least": each.case.least,
                "why": each.case.why,
                "known": each.case.known,
            }
            for each in found.verdicts
        ],
    }
