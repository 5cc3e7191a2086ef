"""A plan beside its instance, in the shapes in which the checks read it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from routeplan.checker.lookup import after, before, index_of, lasting, marked, placed, positions
from routeplan.checker.violation import BoolArray, Rows
from routeplan.horizon import FloatArray, Horizon, IntArray
from routeplan.instance import Instance
from routeplan.result import Result
from routeplan.schema.inputs import ALL, COMMODITIES

SCALED = (*COMMODITIES, "captured", "emissions", "removed")
"""Columns of ``options`` that are multiplied with the process's activity."""

OPTION = ["process", "route"]


@dataclass(frozen=True)
class Plan:
    """An instance and a result with a plan for it, whose tables are known to be well formed.

    Parameters
    ----------
    instance : Instance
        The tables as solved.
    result : Result
        The plan.
    """

    instance: Instance
    result: Result

    @property
    def horizon(self) -> Horizon:
        """The periods."""
        return self.instance.horizon

    def rows(self, family: str, unit: "str | pd.Series[str]", ids: pd.DataFrame) -> Rows:
        """Make the rows of a claim about these things in every period."""
        return Rows(family, unit, ids, self.horizon.first)

    def given(self, table: str, columns: list[str], index: pd.Index, values: str, missing: float = 0.0) -> FloatArray:
        """Spread a column of an input table by thing and period, shape (N, T)."""
        return placed(self.instance[table], columns, index, self.horizon, values, missing)

    def listed(self, table: str, columns: list[str], index: pd.Index, values: str) -> FloatArray:
        """Spread a column of a result table by thing and period, shape (N, T); an absent row is 0."""
        return placed(self.result[table], columns, index, self.horizon, values)

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
    def contract_index(self) -> pd.Index:
        """The contracts' ids."""
        return index_of(self.contracts, ["contract"])

    @cached_property
    def options(self) -> pd.DataFrame:
        """One row an option (N of them), with what its route and its site say."""
        routes = self.instance["routes"].rename(columns={"lifetime": "route_life"})
        about_site = self.sites[["site", "sector", "region", "contract", "group"]]
        options = (
            self.instance["options"]
            .merge(self.instance["processes"], on="process", how="left", validate="m:1")
            .merge(about_site, on="site", how="left", validate="m:1")
            .merge(routes, on="route", how="left", validate="m:1")
        )
        return options.assign(life=options["lifetime"].fillna(options["route_life"]))

    @cached_property
    def option_index(self) -> pd.Index:
        """The options' keys."""
        return index_of(self.options, OPTION)

    @cached_property
    def process_index(self) -> pd.Index:
        """The processes' ids."""
        return index_of(self.instance["processes"], ["process"])

    @cached_property
    def site_index(self) -> pd.Index:
        """The sites' ids."""
        return index_of(self.sites, ["site"])

    @cached_property
    def process_of(self) -> IntArray:
        """Position of each option's process, shape (N,)."""
        return positions(self.options, ["process"], self.process_index)

    @cached_property
    def site_of(self) -> IntArray:
        """Position of each option's site, shape (N,)."""
        return positions(self.options, ["site"], self.site_index)

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
        """Which options run in which periods, shape (N, T)."""
        return marked(self.result["runs"], OPTION, self.option_index, self.horizon)

    @cached_property
    def starts(self) -> BoolArray:
        """Which options start in which periods, shape (N, T)."""
        return marked(self.result["starts"], OPTION, self.option_index, self.horizon)

    @cached_property
    def started(self) -> tuple[IntArray, IntArray]:
        """The starts as positions of options and of periods, both of shape (S,)."""
        rows, periods = np.nonzero(self.starts)
        return rows, periods

    @cached_property
    def capex(self) -> FloatArray:
        """Investment at a start of each option in each period [M EUR], shape (N, T)."""
        routes = index_of(self.instance["routes"], ["route"])
        trend = self.given("trends", ["route"], routes, "capex", missing=1.0)
        return np.asarray(
            self.options["capex"].to_numpy(float)[:, np.newaxis] * trend[positions(self.options, ["route"], routes)]
        )

    @cached_property
    def activity(self) -> FloatArray:
        """Production against today, shape (P, T)."""
        return self.given("activity", ["process"], self.process_index, "factor", missing=1.0)

    def use(self, rows: IntArray, periods: IntArray) -> pd.DataFrame:
        """List what options use in periods (both given by position), as `routeplan.money` reads it."""
        use = self.options.iloc[rows].reset_index(drop=True)
        factor = self.activity[self.process_of[rows], periods]
        scaled = {column: use[column].to_numpy(float) * factor for column in SCALED}
        places = {"process_position": self.process_of[rows], "site_position": self.site_of[rows]}
        return use.assign(position=periods, **places, **scaled)

    @cached_property
    def running(self) -> pd.DataFrame:
        """What every option that runs uses, one row an option and period."""
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
    def size_index(self) -> pd.Index:
        """Keys of `sizes`."""
        return index_of(self.sizes, ["link", "size"])

    @cached_property
    def built(self) -> BoolArray:
        """Which sizes of candidate links are in place, shape (sizes, T)."""
        return lasting(self.result["built"], ["link", "size"], self.size_index, self.horizon)

    @cached_property
    def hubs(self) -> pd.DataFrame:
        """One row a hub option."""
        return self.instance["hubs"]

    @cached_property
    def hub_index(self) -> pd.Index:
        """Keys of `hubs`."""
        return index_of(self.hubs, ["hub", "option"])

    @cached_property
    def open(self) -> BoolArray:
        """Which hub options are open, shape (hubs, T)."""
        return self.listed("hubs", ["hub", "option"], self.hub_index, "open") > 0.0

    @cached_property
    def output(self) -> FloatArray:
        """What hub options handle [GWh/yr or kt/yr], shape (hubs, T)."""
        return self.listed("hubs", ["hub", "option"], self.hub_index, "output")

    @cached_property
    def reinforced(self) -> BoolArray:
        """Which reinforcements are in place, shape (reinforcements, T)."""
        table = self.instance["reinforcements"]
        return lasting(self.result["reinforced"], ["reinforcement"], index_of(table, ["reinforcement"]), self.horizon)
