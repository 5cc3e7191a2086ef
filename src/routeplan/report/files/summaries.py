"""The small tables of a result, declared as sheets: a description of each, and its columns with their units."""

from collections.abc import Callable

import pandas as pd

from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Result
from routeplan.result.summary import (
    cost_by_term,
    emissions_by_period,
    energy_by_commodity,
    public_money,
    routes_by_period,
    routes_by_process,
)
from routeplan.result.summary_limits import grid, limits_that_bind, targets
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.inputs import AREAS, PROCESSES, ROUTES, TARGETS
from routeplan.schema.results import COSTS, EMISSIONS, ENERGY, GRANTS, LIMITS, RUNS, SITE_COSTS

PERIOD = RUNS.column("period")


def _count(name: str, about: str) -> Column:
    return Column(name, Kind.WHOLE, about, units.ONE)


def _amount(name: str, about: str, unit: str) -> Column:
    return Column(name, Kind.NUMBER, about, unit)


SUMMARIES: tuple[tuple[Table, Callable[[Result], pd.DataFrame]], ...] = (
    (
        Table(
            "routes_by_period",
            "Processes and sites that run each family of routes.",
            (
                ROUTES.column("family"),
                PERIOD,
                _count("processes", "Processes that run the family."),
                _count("sites", "Sites with such a process."),
            ),
            key=("family", "period"),
        ),
        routes_by_period,
    ),
    (
        Table(
            "emissions_by_period",
            "CO2 of all sites.",
            (
                PERIOD,
                _amount("as_today", "Emitted if every process stayed on its current option.", units.CO2),
                *(EMISSIONS.column(name) for name in ("emissions", "captured", "removed")),
            ),
            key=("period",),
        ),
        emissions_by_period,
    ),
    (Table("cost_by_term", "Terms of the cost that are not 0 throughout.", COSTS.columns, COSTS.key), cost_by_term),
    (
        Table(
            "targets_reached",
            "CO2 of each target's scope beside its cap.",
            (
                *(TARGETS.column(name) for name in ("scope", "period", "cap")),
                _amount("reached", "What is emitted.", units.CO2),
                _amount("over", "What of it lies above the cap, at the target's price.", units.CO2),
            ),
            key=TARGETS.key,
        ),
        targets,
    ),
    (
        Table(
            "energy_by_commodity",
            "Energy of all processes.",
            tuple(ENERGY.column(name) for name in ("commodity", "period", "amount")),
            key=("commodity", "period"),
        ),
        energy_by_commodity,
    ),
    (
        Table(
            "grid",
            "New grid capacity that areas, with all below them, ask for, beside their headroom and reinforcements.",
            (
                AREAS.column("area"),
                PERIOD,
                _amount("firm", "Firm capacity asked for.", units.POWER),
                _amount("firm_headroom", "Firm capacity that fits.", units.POWER),
                _amount("total", "Firm and flexible capacity asked for.", units.POWER),
                _amount("total_headroom", "Firm and flexible capacity that fits.", units.POWER),
            ),
            key=("area", "period"),
        ),
        grid,
    ),
    (
        Table(
            "public_money",
            "What each pot pays, beside what is in it.",
            (
                GRANTS.column("pot"),
                PERIOD,
                _amount("granted", "Paid in the period.", units.MONEY),
                _amount("budget", "Money for the whole period.", units.MONEY),
            ),
            key=("pot", "period"),
        ),
        public_money,
    ),
    (
        Table(
            "limits_that_bind",
            "Shared limits of which 99.9 % or more is used; at a price some may be exceeded.",
            (
                LIMITS.column("limit"),
                Column("item", Kind.TEXT, "What the limit is of."),
                *(LIMITS.column(name) for name in ("period", "used", "bound", "unit")),
            ),
            key=("limit", "item", "period"),
        ),
        limits_that_bind,
    ),
    (
        Table(
            "routes_by_process",
            "What each process runs first, and each change after that.",
            (
                PROCESSES.column("site"),
                PROCESSES.column("process"),
                Column("period", Kind.WHOLE, "First calendar year of the first period in which it runs the route."),
                RUNS.column("route"),
            ),
            key=("process", "period"),
        ),
        routes_by_process,
    ),
    (
        Table(
            "attributed_costs",
            "Every cost of the plan, attributed to sites: what sites share is parted by use.",
            (SITE_COSTS.column("site"), *COSTS.columns),
            key=SITE_COSTS.key,
        ),
        attributed_costs,
    ),
)
"""Each with the function that makes its rows, in the order in which a reader asks."""
