"""Contradictions that the tables of an instance show before any search: no plan can obey them."""

from routeplan.errors import Problem
from routeplan.instance.impossible_decisions import (
    decided_back,
    decided_outside_years,
    decided_twice,
    decided_without_start,
    without_room,
)
from routeplan.instance.options import Options, in_scope
from routeplan.instance.rules.findings import Lines, line_of
from routeplan.tolerances import FEASIBILITY


def impossible(options: Options, lines: Lines | None = None) -> list[Problem]:
    """List what no plan of an instance can obey, as far as its tables alone tell.

    Parameters
    ----------
    options : Options
        The option table of the instance.
    lines : mapping of str to array of int, optional
        Line in the file of each row of a table; by default the rows follow the header without a gap.

    Returns
    -------
    list of Problem
        Processes without any option in a period, caps without a price that lie below the least that can be emitted,
        decisions that rule each other out, or that years, maintenance stops and public money rule out, and areas
        without the room for what must run; sorted by place.
    """
    known = lines or {}
    decisions = (decided_outside_years, decided_twice, decided_back, decided_without_start)
    some_decided = decisions if len(options.instance["decided"]) else ()
    rules = (_without_option, _caps_too_low, *some_decided, without_room)
    return sorted(problem for rule in rules for problem in rule(options, known))


def _without_option(options: Options, lines: Lines) -> list[Problem]:
    """Processes that may run nothing in some period."""
    periods = options.instance["periods"]["period"].tolist()
    processes = options.instance["processes"]["process"]
    runs = options.left_open.groupby("process")["period"]
    short = processes.map(runs.nunique()).fillna(0) < len(periods)
    found = []
    for row, process in processes[short].items():
        there = options.left_open.loc[options.left_open["process"] == process, "period"]
        when = ", ".join(str(period) for period in periods if period not in set(there))
        text = f"process '{process}' has no option that may run and be paid for in {when}, so that there is no plan"
        found.append(Problem("processes.csv", line_of(lines, "processes", int(str(row))), text, "process"))
    return found


def _caps_too_low(options: Options, lines: Lines) -> list[Problem]:
    """Caps without a price below the sum of what each process emits at least."""
    least = options.left_open.groupby(["process", "period", "sector", "region"])["emissions"].min().reset_index()
    targets = options.instance["targets"]
    found = []
    for row, target in targets[targets["price"].isna()].iterrows():
        inside = least[(least["period"] == target["period"]) & in_scope(least, str(target["scope"]))]
        total, cap = float(inside["emissions"].sum()), float(target["cap"])
        if total > cap + FEASIBILITY * max(1.0, abs(cap)):
            text = (
                f"target {target['scope']} of {target['period']}: the cap is {cap:g} kt/yr and has no price, and its "
                f"sites emit {total:g} at least, with what may run and be paid for, so that there is no plan"
            )
            found.append(Problem("targets.csv", line_of(lines, "targets", int(str(row))), text, "cap"))
    return found
