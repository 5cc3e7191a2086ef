"""The tables of a plan that `solve` and `show` print."""

from typing import Any

import pandas as pd

from routeplan.cli.output import Output
from routeplan.instance.basis import said_of_all
from routeplan.language.language import Words
from routeplan.report.names import word_names
from routeplan.result.result import Result, Status
from routeplan.result.summary import (
    as_json,
    cost_by_term,
    emissions_by_period,
    emissions_by_site,
    energy_by_commodity,
    goal_unit,
    overview,
    public_money,
    routes_by_period,
    routes_by_process,
    wide,
)
from routeplan.result.summary_limits import exceeded_by, grid, limits_that_bind, targets

MEANING = {
    Status.OPTIMAL: "a plan, proven to be within the gap that was asked",
    Status.FEASIBLE: "a plan, with a wider gap than was asked",
    Status.INFEASIBLE: "proven: no plan obeys every row",
    Status.NO_PLAN: "no plan was found, and none was proven impossible",
}


def plan_as_json(result: Result, sites: bool = False) -> dict[str, Any]:
    """Return all tables of a result as one nested dictionary; the routes of each site only if `sites` is set."""
    return as_json(result, sites)


def print_overview(out: Output, result: Result) -> None:
    """Print the status of a solve and its proof."""
    facts = overview(result)
    scenario = f", scenario {facts['scenario']}" if facts["scenario"] else ""
    out.say(f"{facts['instance']}{scenario}", style="bold")
    out.say(f"status   {result.status}: {MEANING[result.status]}")
    if result.record.reason:
        out.say(f"reason   {result.record.reason}")
    if facts["advice"]:
        out.say(f"to try   {facts['advice']}")
    if result.objective is not None and result.cost is not None:
        out.say(f"cost     {result.cost:,.2f} M EUR, discounted, at society's values (not what firms pay)")
    out.say(f"money    of {facts['currency_year']}, discounted to {facts['base_year']}")
    out.say(f"rates    {format_rates(result)}")
    if result.objective is not None and facts["minimises"] == "emissions":
        out.say(f"emitted  {result.objective:,.2f} kt over all periods")
    if result.bound is not None and result.gap is not None:
        out.say(f"bound    {result.bound:,.2f} {goal_unit(result)}: no plan is better than this")
        out.say(f"gap      {result.gap:.4%}")
    out.say(f"seconds  {result.record.seconds:,.1f}\n")


def format_rates(result: Result) -> str:
    """Both discount rates, each with its use."""
    facts = overview(result)
    return f"society {_percent(facts['discount_rate'])}, firms {_percent(facts['firm_rate'])} a year"


def _percent(rate: float) -> str:
    return f"{100.0 * rate:.4g} %"


def print_routes_and_co2(out: Output, result: Result) -> None:
    """Print the number of processes and sites on each family of routes, and the CO2, by period."""
    words = Words()
    routes = routes_by_period(result)
    routes = routes.assign(family=routes["family"].map(word_names(routes["family"], words)))
    both = routes["processes"].astype(str) + " (" + routes["sites"].astype(str) + ")"
    out.table("Processes (sites) by family of routes", wide(routes.assign(both=both), ["family"], "both", "-"))
    co2 = emissions_by_period(result)
    out.table("CO2, kt/yr", co2.rename(columns=words.name))


def print_plan(out: Output, result: Result) -> None:
    """Print everything about a plan but its sites."""
    print_routes_and_co2(out, result)
    _print_targets(out, result)
    out.table("Energy of all processes, GWh/yr", wide(energy_by_commodity(result), ["commodity"], "amount", 0.0))
    _print_grid(out, result)
    _print_costs(out, result)
    _print_public_money(out, result)
    binding = limits_that_bind(result)
    if not binding.empty:
        out.table("Limits that bind (99.9 % used or more) or, at a price, are exceeded", _periods_together(binding))


def print_sites(out: Output, result: Result) -> None:
    """Print what must be said of the sites, the CO2 and name of each, and the routes of its processes."""
    for text in said_of_all(result.instance["sites"]):
        out.say(f"{text}\n", style="bold")
    emitted = wide(emissions_by_site(result), ["site", "sector"], "emissions")
    names = emitted["site"].map(result.instance["sites"].set_index("site")["name"])
    if (names != "").any():
        emitted.insert(1, "name", names)
    out.table("CO2 of each site, kt/yr", emitted)
    routes = routes_by_process(result)
    cells = routes.assign(routes=routes["route"] + " " + routes["period"].astype(str))
    out.table(
        "Routes of each process, and the period in which they begin",
        cells.groupby(["site", "process"], sort=False)["routes"].agg(", ".join).reset_index(),
    )


def _print_costs(out: Output, result: Result) -> None:
    terms = cost_by_term(result)
    if terms.empty:
        return
    costs = wide(terms, ["term"], "cost", 0.0)
    costs["discounted"] = costs["term"].map(terms.groupby("term")["discounted"].sum())
    costs.loc[len(costs)] = costs.sum().mask(costs.columns == "term", "total")
    out.table("Cost at society's values, M EUR/yr (discounted: M EUR over all periods)", costs, decimals=2)


def _print_targets(out: Output, result: Result) -> None:
    """Print the emissions against each cap, and the excess above it."""
    found = targets(result)
    if found.empty:
        return
    above = (" (+" + found["over"].map("{:,.1f}".format) + ")").where(found["over"] > 0, "")
    cells = _of(found["reached"], found["cap"], 1) + above
    out.table("CO2 of targets, kt/yr of cap (+ above it)", wide(found.assign(cells=cells), ["scope"], "cells", "-"))


def _print_grid(out: Output, result: Result) -> None:
    """Print the areas with new grid capacity, firm capacity in one row and all of it in another."""
    found = grid(result)
    found = found[found.groupby("area")["total"].transform("max") > 0]
    if found.empty:
        return
    kinds = [
        found.assign(capacity=kind, cells=_of(found[use], found[room], 1))
        for kind, use, room in (("firm", "firm", "firm_headroom"), ("firm + flexible", "total", "total_headroom"))
    ]
    rows = pd.concat(kinds).sort_index(kind="stable")
    out.table("New grid capacity, MW of headroom", wide(rows, ["area", "capacity"], "cells", "-"))


def _print_public_money(out: Output, result: Result) -> None:
    """Print the grants of each pot against its budget."""
    found = public_money(result)
    if found.empty:
        return
    spread = wide(found.assign(cells=_of(found["granted"], found["budget"], 2)), ["pot"], "cells", "-")
    spread["granted in all"] = spread["pot"].map(found.groupby("pot")["granted"].sum())
    out.table("Public money, M EUR of budget (some pots carry over what is left)", spread, decimals=2)


def _of(used: pd.Series, limit: pd.Series, decimals: int) -> "pd.Series[str]":
    """Amount used and limit, as text."""
    number = f"{{:,.{decimals}f}}".format
    return used.map(number) + " of " + limit.map(number)


def format_excess(above: "pd.Series[float]") -> "pd.Series[str]":
    """Text of the excess above each limit, such as `exceeded_by` returns; empty where it is 0."""
    return (" (exceeded by " + above.map("{:,.4g}".format) + ")").where(above > 0, "")


def _periods_together(binding: pd.DataFrame) -> pd.DataFrame:
    """Merge the periods in which a limit binds into one row, each with its bound and the excess above it."""
    allowed = binding["period"].astype(str) + ": " + binding["bound"].map("{:,.4g}".format)
    cells = binding.assign(allows=allowed + format_excess(exceeded_by(binding)))
    together = cells.groupby(["limit", "item", "unit"], sort=False)["allows"]
    return together.agg(", ".join).reset_index()[["limit", "item", "allows", "unit"]]
