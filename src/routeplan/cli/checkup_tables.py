"""The tables that `doctor` prints."""

import textwrap

import pandas as pd

from routeplan.cli.output import OUT
from routeplan.solver.doctor import Checkup, Verdict


def print_checkup(found: Checkup) -> None:
    """Print versions, the machine, what is missing, and whether the solver can be trusted."""
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
