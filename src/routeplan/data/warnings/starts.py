"""Starts that no pot can pay for."""

from itertools import groupby
from operator import itemgetter

from routeplan.errors import Problem, short_number
from routeplan.instance.grants import covered
from routeplan.instance.options import Options
from routeplan.instance.rules.findings import Findings


def too_dear(findings: Findings, options: Options) -> None:
    """Note each option with starts that all pots together cannot pay for, where firms move only when they do."""
    if not options.instance.settings.participation:
        return
    starts = options.starts.assign(most=options.most_support)
    short = starts[~covered(starts["most"], starts["funding_gap"])]
    columns = ["option", "process", "route", "period", "funding_gap", "most"]
    rows = short[columns].sort_values(["option", "period"]).itertuples(index=False, name=None)
    for option, cases in groupby(rows, key=itemgetter(0)):
        line = findings.line("options", option)
        findings.add(Problem("options.csv", line, _text(list(cases)), column="route"))


def _text(cases: list[tuple[int, str, str, int, float, float]]) -> str:
    """What is lacking of one option, with the period in which it lacks most."""
    _, process, route = cases[0][:3]
    periods = ", ".join(str(case[3]) for case in cases)
    *_, worst, gap, most = max(cases, key=lambda case: case[4] - case[5])
    when = f"at worst, in {worst}, " if len(cases) > 1 else ""
    return (
        f"no pots can pay for process '{process}' to start route '{route}' in {periods}: "
        f"{when}its funding gap is {short_number(gap)} M EUR and they may pay {short_number(most)}"
    )
