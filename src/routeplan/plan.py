"""A plan: the values of all decisions, tidied, and the result tables that are made of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.horizon import FloatArray
from routeplan.model.build import Model, emission_years
from routeplan.model.costs import CostTerm
from routeplan.model.decisions import in_scope
from routeplan.plan_limits import limits
from routeplan.plan_supply import DUST, amounts_of, least_supply
from routeplan.schema.inputs import COMMODITIES
from routeplan.schema.results import COST_TERMS, RESULT_TABLES

START = ["process", "route", "period"]


@dataclass(frozen=True)
class Plan:
    """Values of all decisions of a model.

    Parameters
    ----------
    model : Model
        The model.
    values : mapping of str to FloatArray
        Values of each kind of decision, in the order of its table.
    """

    model: Model
    values: dict[str, FloatArray]

    def chosen(self, kind: str) -> pd.DataFrame:
        """Rows of a kind of decision that are not 0, with their ``value``."""
        table: pd.DataFrame = self.model.decisions[kind].assign(value=self.values[kind])
        return table[table["value"] != 0.0]

    @property
    def cost(self) -> float:
        """Discounted cost [M EUR]."""
        return float(sum((term.discounted * self.values[term.decision][term.row]).sum() for term in self.model.terms))

    @property
    def emission_years(self) -> float:
        """Sum over periods of their years times emissions [kt]."""
        weights = emission_years(self.model.instance, self.model.decisions)
        return float((weights * self.values["runs"]).sum())


def tidy_plan(model: Model, values: dict[str, FloatArray]) -> Plan:
    """Make a plan of raw values: whole numbers whole, dust gone, and nothing larger than it need be.

    Starts follow from what runs, grants equal funding gaps; requests, overshoots, and what is bought of green gas and
    heat are the least that is needed: none of this need cost anything, so that a solver may leave them larger.
    """
    values = values | {"flow": _netted(model, values["flow"])}
    tidy = {
        name: np.where(kind.table["whole"], np.round(values[name]), np.where(values[name] < DUST, 0.0, values[name]))
        for name, kind in model.decisions.kinds.items()
    }
    tidy["start"] = _starts(model, tidy)
    tidy["overrun"] = _overruns(model, tidy)
    tidy["grant"] = _grants(model, tidy)
    tidy |= _capacities(model, tidy)
    tidy |= least_supply(model, tidy)
    tidy["overshoot"] = _overshoot(model, tidy)
    return Plan(model, tidy)


def _netted(model: Model, flow: FloatArray) -> FloatArray:
    """Flows without what a link carries both ways at once, which serves nobody and need not cost anything."""
    ways = model.decisions["flow"][["link", "period"]].assign(flow=flow).groupby(["link", "period"])["flow"]
    there_and_back = np.where(ways.transform("size") == 2, ways.transform("min"), 0.0)
    return np.asarray(flow - there_and_back, dtype=float)


def _starts(model: Model, values: dict[str, FloatArray]) -> FloatArray:
    """Lasting options start when they begin to run; bridges as the solver chose, where they run."""
    runs, start = model.decisions["runs"], model.decisions["start"]
    periods = model.instance.horizon.first
    running = runs[START].assign(now=values["runs"])
    later = running.rename(columns={"now": "before"})
    following = dict(zip(periods[:-1].tolist(), periods[1:].tolist(), strict=True))
    later = later.assign(period=later["period"].map(following)).dropna(subset="period")
    known = start[START].merge(running, on=START, how="left").merge(later, on=START, how="left").fillna(0.0)
    switched = np.maximum(known["now"] - known["before"], 0.0)
    return np.where(start["temporary"] == 1, np.minimum(np.round(values["start"]), known["now"]), switched)


def _overruns(model: Model, values: dict[str, FloatArray]) -> FloatArray:
    """Temporary options that run on beyond their life without a later start."""
    overrun, start = model.decisions["overrun"], model.decisions["start"]
    began = start[START].assign(started=values["start"])
    runs = model.decisions["runs"][START].assign(on=values["runs"]).rename(columns={"period": "ends_in"})
    known = overrun.merge(runs, on=["process", "route", "ends_in"], how="left").merge(began, on=START, how="left")
    later = overrun.reset_index().merge(began.rename(columns={"period": "later"}), on=["process", "route"])
    later = later[(later["later"] > later["period"]) & (later["later"] <= later["ends_in"])]
    renewed = later.groupby("index")["started"].sum().reindex(overrun.index, fill_value=0.0)
    beyond = known["started"].to_numpy(float) + known["on"].to_numpy(float) - 1.0 - renewed.to_numpy(float)
    return np.asarray(np.maximum(beyond, 0.0))


def _grants(model: Model, values: dict[str, FloatArray]) -> FloatArray:
    """Grants that add up to the funding gap of each start."""
    grant = model.decisions["grant"].assign(value=values["grant"])
    start = model.decisions["start"][[*START, "funding_gap"]].assign(started=values["start"])
    known = grant.merge(start, on=[*START], how="left", suffixes=("_row", ""))
    paid = known.groupby(START)["value"].transform("sum")
    factor = np.where(paid > 0, known["funding_gap"] * known["started"] / paid.where(paid > 0, 1.0), 0.0)
    return np.asarray(known["value"] * factor, dtype=float)


def _capacities(model: Model, values: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """The least request and connection of each contract and period [MW]."""
    runs = model.decisions["runs"]
    spare = model.instance["sites"].groupby("contract")["spare_capacity"].sum()
    firm = runs["firm_capacity"] * values["runs"]
    need = runs[["contract", "period"]].assign(
        request=firm, connection=firm + runs["flexible_capacity"] * values["runs"]
    )
    needed = need.groupby(["contract", "period"]).sum().reset_index()
    room = needed["contract"].map(spare)
    needed["request"] = (needed["request"] - room).clip(lower=0.0)
    needed["connection"] = (needed["connection"] - room).clip(lower=needed["request"])
    keys = ["contract", "period"]
    return {
        name: amounts_of(model.decisions[name][keys], needed.set_index(keys)[name])
        for name in ("request", "connection")
    }


def _overshoot(model: Model, values: dict[str, FloatArray]) -> FloatArray:
    """Emissions above each cap that has a price."""
    runs, table = model.decisions["runs"], model.decisions["overshoot"]
    emitted = runs["emissions"] * values["runs"]
    found = np.zeros(len(table))
    for scope in table["scope"].unique():
        total = emitted[in_scope(runs, scope)].groupby(runs["period"]).sum()
        rows = (table["scope"] == scope).to_numpy()
        found[rows] = (table.loc[rows, "period"].map(total).fillna(0.0) - table.loc[rows, "cap"]).clip(lower=0.0)
    return np.where(found < DUST, 0.0, found)


def plan_tables(plan: Plan) -> dict[str, pd.DataFrame]:
    """Make every table of a result of a plan, but for its progress."""
    flows = plan.chosen("flow")
    flows["flow"] = np.where(flows["direction"] == "forward", flows["value"], -flows["value"])
    hubs = plan.chosen("open").merge(
        plan.chosen("output")[["hub", "option", "period", "value"]].rename(columns={"value": "output"}),
        on=["hub", "option", "period"],
        how="left",
    )
    tables = {
        "runs": plan.chosen("runs"),
        "starts": plan.chosen("start"),
        "grants": plan.chosen("grant").rename(columns={"value": "amount"}),
        "built": _first_period(plan.chosen("built"), ["link", "size"]),
        "flows": flows.groupby(["carrier", "link", "period"], sort=False)["flow"].sum().reset_index(),
        "drawn": plan.chosen("drawn").rename(columns={"value": "amount"}),
        "hubs": hubs.assign(open=1, output=hubs["output"].fillna(0.0)),
        "supplied": plan.chosen("taken").rename(columns={"value": "amount"}),
        "requests": _requests(plan),
        "reinforced": _first_period(plan.chosen("reinforced"), ["reinforcement"]),
        "overshoot": plan.chosen("overshoot").rename(columns={"value": "amount"}),
        "emissions": _emissions(plan),
        "energy": _energy(plan),
        "limits": limits(plan.model, plan.values),
        **_costs(plan),
    }
    return {name: _as_declared(name, table) for name, table in tables.items()}


def _as_declared(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table's declared columns, in the order of its key."""
    declared = RESULT_TABLES[name]
    return table.sort_values(list(declared.key), kind="stable")[declared.names].reset_index(drop=True)


def _first_period(table: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    return table.groupby(key, sort=False)["period"].min().reset_index()


def _requests(plan: Plan) -> pd.DataFrame:
    """Every connection, with the request that it covers."""
    keys = ["contract", "period"]
    connection = plan.chosen("connection").rename(columns={"value": "connection"})
    request = plan.chosen("request").rename(columns={"value": "request"})
    return connection.merge(request[[*keys, "request"]], on=keys, how="left").fillna({"request": 0.0})


def _emissions(plan: Plan) -> pd.DataFrame:
    amounts = ["emissions", "captured", "removed"]
    return plan.chosen("runs").groupby(["site", "period"], sort=False)[amounts].sum().reset_index()


def _energy(plan: Plan) -> pd.DataFrame:
    runs = plan.chosen("runs")
    long = runs.melt(["process", "period"], list(COMMODITIES), var_name="commodity", value_name="amount")
    return long[long["amount"] != 0.0].astype({"commodity": "str"})


def _booked(plan: Plan, terms: Iterable[CostTerm]) -> pd.DataFrame:
    """Every cost of a plan: term, site (where it has one), period, cost and discounted."""
    periods = plan.model.instance.horizon.first
    parts = []
    for term in terms:
        value = plan.values[term.decision][term.row]
        some = value != 0.0
        table = plan.model.decisions[term.decision]
        site = (
            table["site"].to_numpy()[term.row[some]] if "site" in table else np.full(int(some.sum()), "", dtype=object)
        )
        parts.append(
            pd.DataFrame(
                {
                    "term": term.term,
                    "site": site,
                    "period": periods[term.booked[some]],
                    "cost": term.cost[some] * value[some],
                    "discounted": term.discounted[some] * value[some],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _costs(plan: Plan) -> dict[str, pd.DataFrame]:
    booked = _booked(plan, plan.model.terms)
    order = pd.CategoricalDtype(list(COST_TERMS), ordered=True)
    costs = booked.groupby(["term", "period"])[["cost", "discounted"]].sum().reset_index()
    costs = costs.sort_values("term", key=lambda terms: terms.astype(order))
    of_sites = booked[booked["site"] != ""]
    site_costs = of_sites.groupby(["site", "term", "period"], sort=False)["cost"].sum().reset_index()
    return {"costs": costs, "site_costs": site_costs}
