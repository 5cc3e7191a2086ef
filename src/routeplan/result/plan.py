"""A plan: the values of all decisions, and the result tables that are made of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray
from routeplan.instance.instance import Instance
from routeplan.model.costs import CostTerm
from routeplan.model.program import Program
from routeplan.result.limits import limits
from routeplan.schema.inputs import COMMODITIES
from routeplan.schema.results import COST_TERMS, RESULT_TABLES


@dataclass(frozen=True)
class PlannedValues:
    """Values of all decisions of an instance's program.

    Parameters
    ----------
    instance : Instance
        The instance.
    program : Program
        Its program.
    values : mapping of str to FloatArray
        Values of each variable, in the order of its table.
    """

    instance: Instance
    program: Program
    values: dict[str, FloatArray]

    def chosen(self, variable: str) -> pd.DataFrame:
        """Rows of a variable that are not 0, with their ``value``."""
        table: pd.DataFrame = self.program.columns[variable].table.assign(value=self.values[variable])
        return table[table["value"] != 0.0]

    @property
    def cost(self) -> float:
        """Discounted cost [M EUR]."""
        terms = self.program.terms
        return float(sum((term.discounted * self.values[term.decision][term.row]).sum() for term in terms))

    @property
    def emission_years(self) -> float:
        """Sum over periods of their years times emissions [kt]."""
        return float(self.program.emissions @ self.program.point(self.values))


def plan_tables(plan: PlannedValues) -> dict[str, pd.DataFrame]:
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
        "limits": limits(plan.instance, plan.program, plan.values),
        **_costs(plan),
    }
    return {name: _as_declared(name, table) for name, table in tables.items()}


def _as_declared(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table's declared columns, in the order of its key."""
    declared = RESULT_TABLES[name]
    return table.sort_values(list(declared.key), kind="stable")[declared.names].reset_index(drop=True)


def _first_period(table: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    return table.groupby(key, sort=False)["period"].min().reset_index()


def _requests(plan: PlannedValues) -> pd.DataFrame:
    """Every connection, with the request that it covers."""
    keys = ["contract", "period"]
    connection = plan.chosen("connection").rename(columns={"value": "connection"})
    request = plan.chosen("request").rename(columns={"value": "request"})
    return connection.merge(request[[*keys, "request"]], on=keys, how="left").fillna({"request": 0.0})


def _emissions(plan: PlannedValues) -> pd.DataFrame:
    amounts = ["emissions", "captured", "removed"]
    return plan.chosen("runs").groupby(["site", "period"], sort=False)[amounts].sum().reset_index()


def _energy(plan: PlannedValues) -> pd.DataFrame:
    runs = plan.chosen("runs")
    long = runs.melt(["process", "period"], list(COMMODITIES), var_name="commodity", value_name="amount")
    return long[long["amount"] != 0.0].astype({"commodity": "str"})


def _booked(plan: PlannedValues, terms: Iterable[CostTerm]) -> pd.DataFrame:
    """Every cost of a plan: term, site (where it has one), period, cost and discounted."""
    periods = plan.instance.horizon.first
    parts = []
    for term in terms:
        value = plan.values[term.decision][term.row]
        some = value != 0.0
        table = plan.program.columns[term.decision].table
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


def _costs(plan: PlannedValues) -> dict[str, pd.DataFrame]:
    booked = _booked(plan, plan.program.terms)
    order = pd.CategoricalDtype(list(COST_TERMS), ordered=True)
    costs = booked.groupby(["term", "period"])[["cost", "discounted"]].sum().reset_index()
    costs = costs.sort_values("term", key=lambda terms: terms.astype(order))
    of_sites = booked[booked["site"] != ""]
    site_costs = of_sites.groupby(["site", "term", "period"], sort=False)["cost"].sum().reset_index()
    return {"costs": costs, "site_costs": site_costs}
