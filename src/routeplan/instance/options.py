"""The option table: what each option is in each period, what it costs to start, and who may pay."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from routeplan.instance.grants import grant_limits, most_support, nearly_covered, payable
from routeplan.instance.horizon import Horizon
from routeplan.instance.instance import Instance
from routeplan.instance.money import funding_gap, overrun, paid_until_lasting, paid_until_temporary, yearly_firm_cost
from routeplan.instance.sites import asked_of_contracts
from routeplan.schema.inputs import COMMODITIES

SCALED_BY_ACTIVITY = (*COMMODITIES, "captured", "emissions", "removed")


@dataclass(frozen=True)
class Options:
    """The option table of an instance, from which model, network, warnings and summaries are made.

    Each of its tables is made when it is first asked for, and kept; `options_of` keeps them with the instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    """

    instance: Instance

    @cached_property
    def by_period(self) -> pd.DataFrame:
        """Every option in every period, whether it may run there or not.

        One row for each option and period, options in the table's order, periods within: the columns of ``options``
        with energy, captured, removed and emissions times the process's activity [GWh/yr, kt/yr], ``capex`` times the
        route's trend [M EUR] and ``lifetime`` filled from the route; ``period``, ``position``, ``site``, ``sector``,
        ``region``, ``contract``, ``group``, ``family``, ``temporary``; ``firm_asked`` and ``total_asked``, what it
        asks of its contract (`asked_of_contracts`) [MW]; ``option`` (row in ``options``), ``current_option`` (that of
        the process's current option); ``may_run`` (by its years) and ``may_start`` (by its years and the process's
        windows).
        """
        return _by_period(self.instance)

    @cached_property
    def may_run(self) -> pd.DataFrame:
        """Rows of `by_period` in which the option may run."""
        return self.by_period[self.by_period["may_run"]].reset_index(drop=True)

    @cached_property
    def current(self) -> pd.DataFrame:
        """Rows of `by_period` of current options: the case in which nothing changes."""
        return self.by_period[self.by_period["current"] == 1].reset_index(drop=True)

    @cached_property
    def starts(self) -> pd.DataFrame:
        """Every start that years and windows allow, with its cost to society and the firm.

        Rows of `by_period` that may start, with ``paid_until`` (year) and ``funding_gap`` [M EUR at the start] besides.
        """
        return _starts(self.instance, self.by_period)

    @cached_property
    def grants(self) -> pd.DataFrame:
        """Most that each pot may pay for each start: `grant_limits` of `starts`."""
        return grant_limits(self.instance, self.starts)

    @cached_property
    def most_support(self) -> "pd.Series[float]":
        """Most that all pots together may pay for each of `starts`, were it the only one [M EUR]."""
        return most_support(self.instance, self.starts, self.grants)

    @cached_property
    def payable_starts(self) -> pd.DataFrame:
        """Rows of `starts` that some mix of pots may pay for; all of them without participation."""
        return payable(self.instance, self.starts, self.grants)[0]

    @cached_property
    def unpayable_starts(self) -> pd.DataFrame:
        """Starts that no mix of pots may pay for: process, route, period, funding_gap and ``limit`` [M EUR]."""
        return payable(self.instance, self.starts, self.grants)[1]

    @cached_property
    def reachable(self) -> pd.DataFrame:
        """Rows of `may_run` that a plan can hold: current ones, and those with a start by then that pots can pay."""
        key = ["process", "route"]
        paid = self.starts[nearly_covered(self.most_support, self.starts["funding_gap"]).to_numpy()]
        first = paid.groupby(key)["period"].min().rename("first_start").reset_index()
        use = self.may_run
        started = use[key].merge(first, on=key, how="left")["first_start"] <= use["period"]
        return use[(use["current"] == 1) | started].reset_index(drop=True)

    @cached_property
    def left_open(self) -> pd.DataFrame:
        """Rows of `reachable` that decisions leave open."""
        decided = self.instance["decided"]
        decided = decided[decided["decision"] == "runs"].rename(columns={"item": "process", "choice": "route"})
        key = ["process", "route", "period"]
        value = self.reachable[key].merge(decided[[*key, "value"]], on=key, how="left")["value"].to_numpy()
        chosen = pd.Series(value == 1, self.reachable.index)
        settled = chosen.groupby([self.reachable["process"], self.reachable["period"]]).transform("any")
        kept = np.flatnonzero((chosen | ~settled) & (value != 0))
        return self.reachable.iloc[kept].reset_index(drop=True)

    @cached_property
    def overruns(self) -> pd.DataFrame:
        """Payable starts of temporary options that can run on beyond their life.

        Rows of `payable_starts`, with ``life_end`` (year in which the life ends), ``ends_in`` (first year of the period
        inside which it does) and ``runs_until`` (year in which that period ends) besides.
        """
        return _overruns(self.instance.horizon, self.payable_starts)


def options_of(instance: Instance) -> Options:
    """The option table of an instance, made once."""
    return instance.made_once(Options)


def _by_period(instance: Instance) -> pd.DataFrame:
    """List every option in every period."""
    horizon = instance.horizon
    options = _with_places(instance)
    count, periods = len(options), len(horizon)
    use = options.loc[options.index.repeat(periods)].reset_index(drop=True)
    use["position"] = np.tile(np.arange(periods), count)
    use["period"] = horizon.first[use["position"]]
    factor = _factor(use, instance["activity"], "process", "factor")
    for name in SCALED_BY_ACTIVITY:
        use[name] = use[name] * factor
    use["capex"] = use["capex"] * _factor(use, instance["trends"], "route", "capex")
    use["may_run"] = ~(use["period"] < use["first_year"]) & ~(use["period"] > use["last_year"])
    use["may_start"] = use["may_run"] & (use["current"] == 0) & _in_window(use, instance["windows"])
    return use


def _with_places(instance: Instance) -> pd.DataFrame:
    """Options with columns of their route, process and site."""
    routes = instance["routes"].set_index("route")
    sites = instance["sites"].set_index("site")
    options = instance["options"].reset_index(drop=True)
    options["lifetime"] = options["lifetime"].fillna(options["route"].map(routes["lifetime"]))
    options["family"] = options["route"].map(routes["family"])
    options["temporary"] = options["route"].map(routes["temporary"])
    options["site"] = options["process"].map(instance["processes"].set_index("process")["site"])
    for name in ("sector", "region", "contract"):
        options[name] = options["site"].map(sites[name])
    options["group"] = options["site"].map(sites["price_group"])
    options = options.join(asked_of_contracts(instance, options).add_suffix("_asked"))
    options["option"] = np.arange(len(options))
    current = options[options["current"] == 1].set_index("process")["option"]
    options["current_option"] = options["process"].map(current)
    return options


def _factor(use: pd.DataFrame, table: pd.DataFrame, key: str, column: str) -> np.ndarray:
    """The factor that a table of (key, period) gives for each row, 1 where it has none."""
    found = use[[key, "period"]].merge(table[[key, "period", column]], on=[key, "period"], how="left")
    return found[column].fillna(1.0).to_numpy(float)


def _in_window(use: pd.DataFrame, windows: pd.DataFrame) -> np.ndarray:
    """Whether the process may start something in the period, by its maintenance stops."""
    free = ~use["process"].isin(windows["process"])
    listed = use[["process", "period"]].merge(windows.assign(listed=True), on=["process", "period"], how="left")
    return (free | listed["listed"].notna()).to_numpy(bool)


def _starts(instance: Instance, use: pd.DataFrame) -> pd.DataFrame:
    """List the starts among options by period, with `paid_until` and `funding_gap`."""
    starts = use[use["may_start"]].reset_index(drop=True)
    begin, life, last = starts["period"], starts["lifetime"], starts["last_year"]
    starts["paid_until"] = np.where(
        starts["temporary"] == 1,
        paid_until_temporary(instance.horizon, begin, life),
        paid_until_lasting(instance.horizon, begin, life, last),
    )
    starts["funding_gap"] = _gaps(instance, use, starts)
    return starts


def _overruns(horizon: Horizon, starts: pd.DataFrame) -> pd.DataFrame:
    """List the temporary ones among starts whose life ends inside a period, through which they can run on."""
    bridges = starts[starts["temporary"] == 1]
    possible, position = overrun(horizon, bridges["period"], bridges["lifetime"], bridges["last_year"])
    found = bridges.assign(
        life_end=(bridges["period"] + bridges["lifetime"]).astype("int64"),
        ends_in=horizon.first[position],
        runs_until=horizon.ends[position],
    )
    return found[possible].reset_index(drop=True)


def _gaps(instance: Instance, use: pd.DataFrame, starts: pd.DataFrame) -> np.ndarray:
    """Funding gap of each start, both bills taken at the prices and activity of every period."""
    horizon, settings = instance.horizon, instance.settings
    bills = yearly_firm_cost(use, instance.prices).reshape(-1, len(horizon))
    last_year = use["last_year"].to_numpy(float).reshape(-1, len(horizon))[:, 0]
    option, current = (starts[name].to_numpy(np.int64) for name in ("option", "current_option"))
    return funding_gap(
        horizon,
        settings.firm_rate,
        settings.support_years,
        start=starts["period"].to_numpy(np.int64),
        capex=starts["capex"].to_numpy(float),
        lifetime=starts["lifetime"].to_numpy(float),
        option_cost=bills[option],
        current_cost=bills[current],
        option_until=horizon.runs_until(last_year[option]),
        current_until=horizon.runs_until(last_year[current]),
    )


def in_scope(table: pd.DataFrame, scope: str) -> "pd.Series[bool]":
    """Whether a target's scope covers each row (with sector and region)."""
    kind, _, name = scope.partition(":")
    return table[kind] == name if name else pd.Series(True, index=table.index)
