"""Contradictions that the tables of an instance show before any search: no plan can obey them."""

import numpy as np

from routeplan.errors import Problem
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
        Processes without any option in a period, options that are decided where they may not run, and caps without a
        price that lie below the least that can be emitted; sorted by place.
    """
    known = lines or {}
    return sorted([*_without_option(options, known), *_decided_in_vain(options, known), *_caps_too_low(options, known)])


def _without_option(options: Options, lines: Lines) -> list[Problem]:
    """Processes that may run nothing in some period."""
    periods = options.instance["periods"]["period"].tolist()
    runs = options.may_run.groupby("process")["period"].agg(set)
    found = []
    for row, process in enumerate(options.instance["processes"]["process"].tolist()):
        lacking = [period for period in periods if period not in runs.get(process, set())]
        if lacking:
            when = ", ".join(map(str, lacking))
            text = f"process '{process}' has no option that may run in {when}, so that there is no plan"
            found.append(Problem("processes.csv", line_of(lines, "processes", row), text, "process"))
    return found


def _decided_in_vain(options: Options, lines: Lines) -> list[Problem]:
    """Options that are decided to run in a period in which they may not, by their years."""
    decided = options.instance["decided"]
    runs = decided[(decided["decision"] == "runs") & (decided["value"] == 1)]
    key = ["process", "route", "period"]
    asked = runs.rename(columns={"item": "process", "choice": "route"})[key].reset_index(names="row")
    years = options.by_period[[*key, "may_run", "first_year", "last_year"]]
    wrong = asked.merge(years, on=key, how="left").query("may_run == False")
    rows = zip(*(wrong[name].tolist() for name in ["row", *key, "first_year", "last_year"]), strict=True)
    return [
        Problem(
            "decided.csv",
            line_of(lines, "decided", row),
            f"process '{process}' is decided to run '{route}' in {period}, outside the years of that option "
            f"({_years(first, last)}), so that there is no plan",
            "period",
        )
        for row, process, route, period, first, last in rows
    ]


def _years(first: float, last: float) -> str:
    begin, end = ("" if np.isnan(year) else f"{year:.0f}" for year in (first, last))
    return f"from {begin}" if not end else f"until {end}" if not begin else f"{begin} to {end}"


def _caps_too_low(options: Options, lines: Lines) -> list[Problem]:
    """Caps without a price below the sum of what each process emits at least."""
    least = options.may_run.groupby(["process", "period", "sector", "region"])["emissions"].min().reset_index()
    targets = options.instance["targets"]
    found = []
    for row, target in targets[targets["price"].isna()].iterrows():
        inside = least[(least["period"] == target["period"]) & in_scope(least, str(target["scope"]))]
        total, cap = float(inside["emissions"].sum()), float(target["cap"])
        if total > cap + FEASIBILITY * max(1.0, abs(cap)):
            text = (
                f"target {target['scope']} of {target['period']}: the cap is {cap:g} kt/yr and has no price, and its "
                f"sites emit {total:g} whatever they run, so that there is no plan"
            )
            found.append(Problem("targets.csv", line_of(lines, "targets", int(str(row))), text, "cap"))
    return found
