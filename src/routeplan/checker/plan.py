"""A plan and its instance, in the arrays and tables that the checks read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from routeplan.checker.keys import Keys
from routeplan.checker.lookup import after, before, index_of, lasting, marked, placed, positions
from routeplan.checker.violation import ClaimRows
from routeplan.instance.horizon import BoolArray, FloatArray, Horizon, IntArray
from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from routeplan.schema.inputs import ALL, COMMODITIES

SCALED = (*COMMODITIES, "captured", "emissions", "removed")
"""Columns of ``options`` that are multiplied with the process's activity."""

OPTION = ["process", "route"]

Value = TypeVar("Value")


@dataclass(frozen=True)
class Plan:
    """An instance and a result with a plan for it, whose tables are known to be well formed.

    Parameters
    ----------
    instance : Instance
        The tables as solved.
    result : Result
        The plan.

    Attributes
    ----------
    memory : dict
        Values of the functions decorated with `once`.
    """

    instance: Instance
    result: Result
    memory: dict[Callable[["Plan"], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def horizon(self) -> Horizon:
        """The periods."""
        return self.instance.horizon

    def rows(self, family: str, unit: str | list[str], keys: Keys) -> ClaimRows:
        """Make the rows of a claim about these things in every period."""
        return ClaimRows(family, unit, keys, self.horizon.first)

    def given(self, table: str, columns: Sequence[str], index: Keys, values: str, missing: float = 0.0) -> FloatArray:
        """Spread a column of an input table by thing and period, shape (N, T)."""
        return placed(self.instance.tables[table], columns, index, self.horizon, values, missing)

    def listed(self, table: str, columns: Sequence[str], index: Keys, values: str) -> FloatArray:
        """Spread a column of a result table by thing and period, shape (N, T); an absent row is 0."""
        return placed(self.result.tables[table], columns, index, self.horizon, values)

    @cached_property
    def sites(self) -> pd.DataFrame:
        """One row a site, its contract and price group filled in."""
        sites = self.instance["sites"]
        alone = sites["contract"] == ""
        return sites.assign(
            contract=sites["contract"].mask(alone, sites["site"]),
            group=sites["price_group"].mask(sites["price_group"] == "", ALL),
        )

    @cached_property
    def contracts(self) -> pd.DataFrame:
        """One row a grid contract, with its area and the capacity still free inside it."""
        return self.sites.groupby("contract", sort=False, as_index=False).agg(
            area=("area", "first"), spare=("spare_capacity", "sum")
        )

    @cached_property
    def contract_index(self) -> Keys:
        """The contracts' ids."""
        return index_of(self.contracts, ["contract"])

    @cached_property
    def options(self) -> pd.DataFrame:
        """One row an option (N of them), with the columns of its site and its route."""
        options, routes = self.instance["options"], self.instance["routes"]
        route = positions(options, ["route"], self.route_index)
        about_site = {name: self.sites[name].array[self.site_of] for name in ("sector", "group")}
        about_route = {name: routes[name].array[route] for name in ("family", "temporary")}
        life = options["lifetime"].fillna(routes["lifetime"].take(route).set_axis(options.index))
        return options.assign(**about_site, **about_route, life=life)

    @cached_property
    def option_index(self) -> Keys:
        """The options' keys."""
        return index_of(self.instance["options"], OPTION)

    @cached_property
    def process_index(self) -> Keys:
        """The processes' ids."""
        return index_of(self.instance["processes"], ["process"])

    @cached_property
    def site_index(self) -> Keys:
        """The sites' ids."""
        return index_of(self.sites, ["site"])

    @cached_property
    def route_index(self) -> Keys:
        """The routes' ids."""
        return index_of(self.instance["routes"], ["route"])

    @cached_property
    def process_of(self) -> IntArray:
        """Position of each option's process, shape (N,)."""
        return positions(self.instance["options"], ["process"], self.process_index)

    @cached_property
    def site_of(self) -> IntArray:
        """Position of each option's site, shape (N,)."""
        return positions(self.instance["processes"], ["site"], self.site_index)[self.process_of]

    @cached_property
    def current_of(self) -> IntArray:
        """Position of each process's current option, shape (P,)."""
        current = np.zeros(len(self.process_index), dtype=np.int64)
        rows = np.flatnonzero(self.is_current)
        current[self.process_of[rows]] = rows
        return current

    @cached_property
    def is_current(self) -> BoolArray:
        """Whether each option is the current one of its process, shape (N,)."""
        return np.asarray(self.options["current"] == 1)

    @cached_property
    def is_temporary(self) -> BoolArray:
        """Whether each option is temporary, shape (N,)."""
        return np.asarray(self.options["temporary"] == 1)

    @cached_property
    def too_early(self) -> BoolArray:
        """Periods before an option's first year, shape (N, T)."""
        return before(self.options["first_year"], self.horizon)

    @cached_property
    def too_late(self) -> BoolArray:
        """Periods after an option's last year, shape (N, T)."""
        return after(self.options["last_year"], self.horizon)

    @cached_property
    def runs(self) -> BoolArray:
        """Whether each option runs in each period, shape (N, T)."""
        return marked(self.result["runs"], OPTION, self.option_index, self.horizon)

    @cached_property
    def starts(self) -> BoolArray:
        """Whether each option starts in each period, shape (N, T)."""
        return marked(self.result["starts"], OPTION, self.option_index, self.horizon)

    @cached_property
    def started(self) -> tuple[IntArray, IntArray]:
        """The starts as positions of options and of periods, both of shape (S,)."""
        rows, periods = np.nonzero(self.starts)
        return rows, periods

    @cached_property
    def capex(self) -> FloatArray:
        """Investment at a start of each option in each period [M EUR], shape (N, T)."""
        trend = self.given("trends", ["route"], self.route_index, "capex", missing=1.0)
        today = self.options["capex"].to_numpy(float)[:, np.newaxis]
        return np.asarray(today * trend[positions(self.options, ["route"], self.route_index)])

    @cached_property
    def activity(self) -> FloatArray:
        """Production against today, shape (P, T)."""
        return self.given("activity", ["process"], self.process_index, "factor", missing=1.0)

    def use(self, rows: IntArray, periods: IntArray) -> pd.DataFrame:
        """Use of options in periods (both given by position), in the columns that `routeplan.instance.money` reads."""
        use = self.options.iloc[rows].reset_index(drop=True)
        factor = self.activity[self.process_of[rows], periods]
        scaled = {column: use[column].to_numpy(float) * factor for column in SCALED}
        places = {"process_position": self.process_of[rows], "site_position": self.site_of[rows]}
        return use.assign(position=periods, **places, **scaled)

    @cached_property
    def running(self) -> pd.DataFrame:
        """Use of every option that runs, one row an option and period."""
        rows, periods = np.nonzero(self.runs)
        return self.use(rows, periods)

    def _totals(self, amounts: FloatArray, groups: IntArray, count: int) -> FloatArray:
        """Add up amounts of `running` by group and period, shape (count, T)."""
        length = len(self.horizon)
        cell = groups * length + self.running["position"].to_numpy(int)
        totals: FloatArray = np.bincount(cell, weights=amounts, minlength=count * length).astype(float)
        return totals.reshape(count, length)

    def by_site(self, amounts: FloatArray) -> FloatArray:
        """Add up amounts of `running` by site and period, shape (sites, T)."""
        return self._totals(amounts, self.running["site_position"].to_numpy(int), len(self.site_index))

    def used_at_sites(self, column: str) -> FloatArray:
        """Total of a column of ``options`` by site and period, activity counted, shape (sites, T)."""
        return self.by_site(self.running[column].to_numpy(float))

    def used_by_processes(self, column: str) -> FloatArray:
        """Total of a column of ``options`` by process and period, activity counted, shape (P, T)."""
        processes = self.running["process_position"].to_numpy(int)
        return self._totals(self.running[column].to_numpy(float), processes, len(self.process_index))

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """One row a candidate link and a size in which it may be built, with the investment."""
        links = self.instance["links"]
        candidates = links[links["status"] == "candidate"]
        both = candidates.merge(self.instance["sizes"], on=["carrier", "mode"], how="inner", suffixes=("_of_link", ""))
        return both.assign(capex=both["capex_per_km"] * both["length"] + both["capex_fixed"])

    @cached_property
    def size_index(self) -> Keys:
        """Keys of `sizes`."""
        return index_of(self.sizes, ["link", "size"])

    @cached_property
    def built(self) -> BoolArray:
        """Whether each size of a candidate link is in place in each period, shape (sizes, T)."""
        return lasting(self.result["built"], ["link", "size"], self.size_index, self.horizon)

    @cached_property
    def hubs(self) -> pd.DataFrame:
        """One row a hub option."""
        return self.instance["hubs"]

    @cached_property
    def hub_index(self) -> Keys:
        """Keys of `hubs`."""
        return index_of(self.hubs, ["hub", "option"])

    @cached_property
    def open(self) -> BoolArray:
        """Whether each hub option is open in each period, shape (hubs, T)."""
        return self.listed("hubs", ["hub", "option"], self.hub_index, "open") > 0.0

    @cached_property
    def output(self) -> FloatArray:
        """Amount that each hub option handles [GWh/yr or kt/yr], shape (hubs, T)."""
        return self.listed("hubs", ["hub", "option"], self.hub_index, "output")

    @cached_property
    def reinforcement_index(self) -> Keys:
        """The reinforcements' ids."""
        return index_of(self.instance["reinforcements"], ["reinforcement"])

    @cached_property
    def reinforced(self) -> BoolArray:
        """Whether each reinforcement is in place in each period, shape (reinforcements, T)."""
        return lasting(self.result["reinforced"], ["reinforcement"], self.reinforcement_index, self.horizon)


def once(compute: Callable[[Plan], Value]) -> Callable[[Plan], Value]:
    """Decorate a function of a plan that several checks ask for: each plan computes it once and keeps the value."""

    @wraps(compute)
    def kept(plan: Plan) -> Value:
        if compute not in plan.memory:
            plan.memory[compute] = compute(plan)
        value: Value = plan.memory[compute]
        return value

    return kept
