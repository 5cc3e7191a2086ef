"""The tables of a plan that `solve` and `show` print."""

from typing import Any

import pandas as pd

from routeplan.cli.output import Output
from routeplan.instance.basis import said_of_all
from routeplan.instance.names import names_in, told_apart, word_names
from routeplan.language.language import Words
from routeplan.report.charts.limit_names import limit_items, scope_name
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
from routeplan.result.summary_limits import exceeded_by, grid, limit_ids, limits_that_bind, shared_limits, targets

WORDS = Words()
"""The words of terminals, which are English."""

HUNDRED, THOUSAND = 100.0, 1000.0
"""Sums of M EUR from which decimals no longer matter."""

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
    out.say(f"money    of {facts['currency_year']}, discounted to {facts['base_year']}; rates: {format_rates(result)}")
    if result.objective is not None and facts["minimises"] == "emissions":
        out.say(f"emitted  {result.objective:,.2f} kt over all periods")
    if result.bound is not None and result.gap is not None:
        proven = f"{result.bound:,.2f} {goal_unit(result)}: no plan is better than this"
        out.say(f"bound    {proven}; gap {result.gap:.4%}")
    out.say(f"seconds  {result.record.seconds:,.1f}\n")


def format_rates(result: Result) -> str:
    """Both discount rates, each with its use."""
    facts = overview(result)
    return f"society {_percent(facts['discount_rate'])}, firms {_percent(facts['firm_rate'])} a year"


def _percent(rate: float) -> str:
    return f"{100.0 * rate:.4g} %"


def print_routes_and_co2(out: Output, result: Result) -> None:
    """Print the number of processes and sites on each family of routes, and the CO2, by period."""
    print_routes(out, result)
    out.table("CO2, kt/yr", emissions_by_period(result).rename(columns=WORDS.name))


def print_routes(out: Output, result: Result) -> None:
    """Print the number of processes and sites on each family of routes."""
    routes = routes_by_period(result)
    routes = routes.assign(family=routes["family"].map(word_names(routes["family"], WORDS)))
    both = routes["processes"].astype(str) + " (" + routes["sites"].astype(str) + ")"
    out.table("Processes (sites) by family of routes", wide(routes.assign(both=both), ["family"], "both", "-"))


def print_plan(out: Output, result: Result) -> None:
    """Print everything about a plan but its sites and what each area asks of the grid."""
    print_routes_and_co2(out, result)
    print_targets(out, result)
    energy = energy_by_commodity(result)
    energy = energy.assign(commodity=energy["commodity"].map(WORDS.name))
    out.table("Energy of all processes, GWh/yr", wide(energy, ["commodity"], "amount", 0.0))
    _print_costs(out, result)
    _print_public_money(out, result)
    print_limits(out, result)


def print_grid(out: Output, result: Result) -> None:
    """Print what the areas with new grid capacity ask for and have room for: firm, and firm with flexible."""
    found = grid(result)
    found = found[found.groupby("area")["total"].transform("max") > 0]
    if found.empty:
        return
    names = told_apart(names_in(result.instance, "areas", WORDS))
    found = found.assign(area=found["area"].map(names))
    for kind, use, room in (("Firm", "firm", "firm_headroom"), ("Firm and flexible", "total", "total_headroom")):
        cells = found.assign(cells=_short(found[use]) + "/" + _short(found[room]))
        title = f"{kind} grid capacity of areas, with all below them, MW asked for/room"
        out.table(title, wide(cells, ["area"], "cells", "-"))


def _short(megawatts: "pd.Series[float]") -> "pd.Series[str]":
    return megawatts.map("{:.3g}".format)


def print_limits(out: Output, result: Result, most: int | None = None, of_targets: bool = True) -> int:
    """Print the limits that bind, `most` of them where that is given; how many were left out is returned.

    Those of targets need not be among them where a table of targets is printed.
    """
    binding = limits_that_bind(result)
    if not of_targets:
        binding = binding[binding["limit"] != "emission_target"]
    if binding.empty:
        return 0
    limits = shared_limits(result)
    items = dict(zip(limit_ids(limits), limit_items(limits, result.instance, WORDS), strict=True))
    named = binding.assign(limit=binding["limit"].map(WORDS.name), item=binding["item"].map(items))
    together = _periods_together(named)
    shown = together.head(len(together) if most is None else most)
    out.table("Limits that bind (99.9 % used or more) or, at a price, are exceeded", shown)
    return len(together) - len(shown)


def print_sites(out: Output, result: Result) -> None:
    """Print what must be said of the sites, the CO2 and name of each, and the routes of its processes."""
    for text in said_of_all(result.instance["sites"]):
        out.say(f"{text}\n", style="bold")
    emitted = wide(emissions_by_site(result), ["site", "sector"], "emissions")
    emitted["sector"] = emitted["sector"].map(WORDS.name)
    names = emitted["site"].map(result.instance["sites"].set_index("site")["name"])
    if (names != "").any():
        emitted.insert(1, "name", names)
    out.table("CO2 of each site, kt/yr", emitted)
    routes = routes_by_process(result)
    cells = routes.assign(routes=routes["route"].map(WORDS.name) + " " + routes["period"].astype(str))
    out.table(
        "Routes of each process, and the period in which they begin",
        cells.groupby(["site", "process"], sort=False)["routes"].agg(", ".join).reset_index(),
    )


def _print_costs(out: Output, result: Result) -> None:
    terms = cost_by_term(result)
    if terms.empty:
        return
    terms = terms.assign(term=terms["term"].map(WORDS.name))
    costs = wide(terms, ["term"], "cost", 0.0)
    costs["discounted"] = costs["term"].map(terms.groupby("term")["discounted"].sum())
    costs.loc[len(costs)] = costs.sum().mask(costs.columns == "term", "total")
    decimals = 2 if costs["discounted"].iloc[-1] < THOUSAND else 0
    out.table("Cost at society's values, M EUR/yr (discounted: M EUR over all periods)", costs, decimals=decimals)


def print_targets(out: Output, result: Result) -> None:
    """Print the emissions against each cap, and the excess above it."""
    found = targets(result)
    if found.empty:
        return
    above = (" (+" + found["over"].map("{:,.1f}".format) + ")").where(found["over"] > 0, "")
    cells = _of(found["reached"], found["cap"], 1) + above
    scope = found["scope"].map(lambda scope: scope_name(scope, WORDS))
    table = wide(found.assign(cells=cells, scope=scope), ["scope"], "cells", "-")
    out.table("CO2 of targets, kt/yr of cap (+ above it)", table)


def _print_public_money(out: Output, result: Result) -> None:
    """Print the grants of each pot against its budget."""
    found = public_money(result)
    if found.empty:
        return
    decimals = 2 if found["budget"].max() < HUNDRED else 0
    found = found.assign(pot=found["pot"].map(told_apart(names_in(result.instance, "pots", WORDS))))
    spread = wide(found.assign(cells=_of(found["granted"], found["budget"], decimals)), ["pot"], "cells", "-")
    spread["granted in all"] = spread["pot"].map(found.groupby("pot")["granted"].sum())
    out.table("Public money, M EUR of budget (some pots carry over what is left)", spread, decimals=decimals)


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
