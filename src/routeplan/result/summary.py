"""Summaries of a result: small tables made from its large ones, printed or not."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from routeplan.instance.basis import said_beside
from routeplan.instance.options import options_of
from routeplan.instance.sites import at_sites
from routeplan.result.result import Result, Status
from routeplan.result.summary_limits import grid, limits_that_bind, targets
from routeplan.schema import units
from routeplan.schema.inputs import COMMODITIES, FAMILIES
from routeplan.schema.results import COST_TERMS

ADVICE = {
    Status.INFEASIBLE: (
        "give the targets a price, so that they may be overshot, or leave out decided, windows or last years: "
        "once there is a plan, what was left out stood in its way"
    ),
    Status.NO_PLAN: "allow more seconds, or give the targets a price, so that a plan is easier to find",
}
"""What to try when there is no plan."""

MONEY_SETTINGS = ("currency_year", "base_year", "discount_rate", "firm_rate")
"""Settings without which a sum of money says little."""


def overview(result: Result) -> dict[str, Any]:
    """Overview of a solve: instance, status, objective, bound and gap.

    Returns
    -------
    dict
        ``instance``, ``scenario``, ``status``, ``minimises`` (``cost`` or ``emissions``), ``objective`` and
        ``bound`` [M EUR, or kt], ``gap``, ``cost`` [M EUR, discounted], what money means (``currency_year``,
        ``base_year`` to which is discounted, ``discount_rate`` of society and ``firm_rate``, fractions per year),
        ``seconds``, the ``reason`` when there is no plan or one with too wide a gap, and without a plan an
        ``advice``; None where there is none.
    """
    return {
        "instance": result.instance.name,
        "scenario": result.instance.scenario,
        "status": str(result.status),
        "minimises": result.instance.settings.objective,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "cost": result.cost,
        **{name: getattr(result.instance.settings, name) for name in MONEY_SETTINGS},
        "seconds": result.record.seconds,
        "reason": result.record.reason or None,
        "advice": ADVICE.get(result.status),
    }


def goal_unit(result: Result) -> str:
    """Unit of the objective: of a cost, or of emissions over all periods."""
    return "kt" if result.instance.settings.objective == "emissions" else units.MONEY


def routes_by_period(result: Result) -> pd.DataFrame:
    """Count the processes, and the sites, that run each family of routes in each period.

    Returns
    -------
    DataFrame
        ``family``, ``period``, ``processes``, ``sites``; families in the schema's order. A site counts in
        each family that one of its processes runs.
    """
    instance = result.instance
    runs = result["runs"]
    runs["family"] = runs["route"].map(instance["routes"].set_index("route")["family"])
    runs = at_sites(instance, runs)
    counted = runs.groupby(["family", "period"]).agg(processes=("process", "nunique"), sites=("site", "nunique"))
    return in_order(counted.reset_index(), "family", FAMILIES)


def emissions_by_period(result: Result) -> pd.DataFrame:
    """Add up the CO2 of all sites, beside what they would emit if nothing changed.

    Returns
    -------
    DataFrame
        ``period``, ``as_today`` (every process on its current option), ``emissions``, ``captured``,
        ``removed`` [kt/yr]; a row for each period.
    """
    current = options_of(result.instance).current
    today = current.groupby("period")["emissions"].sum().rename("as_today")
    planned = result["emissions"].groupby("period")[["emissions", "captured", "removed"]].sum()
    return (
        planned.reindex(today.index, fill_value=0.0).pipe(lambda rows: pd.concat([today, rows], axis=1)).reset_index()
    )


def cost_by_term(result: Result) -> pd.DataFrame:
    """Split the cost into its terms.

    Returns
    -------
    DataFrame
        ``term``, ``period``, ``cost`` [M EUR/yr], ``discounted`` [M EUR over the period]; terms in the order
        of the format, those that are 0 throughout left out.
    """
    costs = result["costs"]
    matters = costs.groupby("term")["cost"].transform(lambda cost: cost.abs().max()) > 0
    return in_order(costs[matters], "term", COST_TERMS)


def energy_by_commodity(result: Result) -> pd.DataFrame:
    """Add up the energy of all processes.

    Returns
    -------
    DataFrame
        ``commodity``, ``period``, ``amount`` [GWh/yr]; commodities in the order of the format, those that nobody
        ever uses left out.
    """
    energy, periods = result["energy"], result.instance["periods"]["period"]
    keys = ["commodity", "period"]
    used = energy.loc[energy["amount"] != 0.0, "commodity"].unique()
    every = pd.MultiIndex.from_product([used, periods], names=keys)
    amount = energy.groupby(keys)["amount"].sum().reindex(every, fill_value=0.0)
    return in_order(amount.reset_index(), "commodity", COMMODITIES)


def public_money(result: Result) -> pd.DataFrame:
    """Compare the grants of each pot with its budget.

    Returns
    -------
    DataFrame
        ``pot``, ``period``, ``granted``, ``budget`` [M EUR for the whole period]; a row for each pot and
        period in which it pays or has money.
    """
    keys = ["pot", "period"]
    budget = result.instance["budgets"].set_index(keys)["amount"].rename("budget")
    granted = result["grants"].groupby(keys)["amount"].sum().rename("granted")
    both = pd.concat([granted, budget], axis=1).fillna(0.0).reset_index()
    both = both[(both["granted"] > 0) | (both["budget"] > 0)]
    return in_order(both, "pot", tuple(result.instance["pots"]["pot"]))


def routes_by_process(result: Result) -> pd.DataFrame:
    """List the first route of each process, and each change after that.

    Returns
    -------
    DataFrame
        ``site``, ``process``, ``period`` (the first in which it runs), ``route``; processes in the order of
        their table.
    """
    processes = result.instance["processes"][["site", "process"]]
    runs = processes.merge(result["runs"], on="process").sort_values("period", kind="stable")
    changes = runs["route"] != runs.groupby("process")["route"].shift()
    place = {process: number for number, process in enumerate(processes["process"])}
    found = runs[changes].sort_values("process", key=lambda names: names.map(place), kind="stable")
    return found[["site", "process", "period", "route"]].reset_index(drop=True)


def emissions_by_site(result: Result) -> pd.DataFrame:
    """List the emissions of each site in each period.

    Returns
    -------
    DataFrame
        ``site``, ``sector``, ``period``, ``emissions`` [kt/yr]; 0 where the result has no row.
    """
    places = result.instance["sites"][["site", "sector"]]
    every = places.merge(result.instance["periods"][["period"]], how="cross")
    emitted = result["emissions"][["site", "period", "emissions"]]
    return every.merge(emitted, on=["site", "period"], how="left").fillna({"emissions": 0.0})


def said_of_sites(result: Result) -> pd.DataFrame:
    """List the sites of which something must be said wherever their plan is shown.

    Returns
    -------
    DataFrame
        ``site``, ``said``.
    """
    sites = result.instance["sites"]
    told = sites.assign(said=said_beside(sites))
    return told.loc[told["said"] != "", ["site", "said"]].reset_index(drop=True)


def wide(frame: pd.DataFrame, rows: list[str], value: str, empty: Any = 0) -> pd.DataFrame:
    """Turn a table with a row for each period into one with a column for each, rows in the order they come.

    Parameters
    ----------
    frame : DataFrame
        A table with the columns `rows`, ``period`` and `value`.
    rows : list of str
        Columns that name a row.
    value : str
        Column whose cells are spread out.
    empty : optional
        What a cell without a row shows.
    """
    spread = frame.set_index([*rows, "period"])[value].unstack("period", fill_value=empty)
    order = frame[rows].drop_duplicates()
    named = spread.reindex(pd.MultiIndex.from_frame(order) if len(rows) > 1 else order[rows[0]])
    return named.rename(columns=str).rename_axis(columns=None).reset_index()


def emitted_in_all(result: Result) -> float:
    """CO2 that a plan emits over all its years [kt]."""
    horizon, emissions = result.instance.horizon, result["emissions"]
    return float((emissions["emissions"] * horizon.years[horizon.position(emissions["period"])]).sum())


def records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """List the rows of a table as plain numbers and text, None where a number is missing: ready for JSON."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{name: _plain(value) for name, value in row.items()} for row in plain.to_dict("records")]


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def as_json(result: Result, sites: bool = False) -> dict[str, Any]:
    """Everything above as one nested dictionary, for machines.

    Parameters
    ----------
    result : Result
        A result, with a plan or without.
    sites : bool, optional
        Whether to include `routes_by_process`, `emissions_by_site`, and `said_of_sites`.
    """
    if not result.status.has_plan:
        return overview(result)
    tables = {
        "routes": routes_by_period(result),
        "emissions": emissions_by_period(result),
        "costs": cost_by_term(result),
        "targets": targets(result),
        "energy": energy_by_commodity(result),
        "grid": grid(result),
        "public_money": public_money(result),
        "limits_that_bind": limits_that_bind(result),
    }
    if sites:
        tables["said_of_sites"] = said_of_sites(result)
        tables["routes_by_process"] = routes_by_process(result)
        tables["emissions_by_site"] = emissions_by_site(result)
    return overview(result) | {name: records(table) for name, table in tables.items()}


def in_order(frame: pd.DataFrame, column: str, order: tuple[str, ...]) -> pd.DataFrame:
    """Sort by a column whose words have an order of their own, then by period."""
    place = frame[column].map({word: number for number, word in enumerate(order)})
    return frame.assign(_place=place).sort_values(["_place", "period"]).drop(columns="_place").reset_index(drop=True)
