"""The terms of the cost: cost of one unit of each decision, by the period in which it is booked.

The objective is their discounted sum, and the tables of costs are made from the same coefficients.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.instance.money import (
    SOCIETY_ITEMS,
    annuity,
    hub_unit_cost,
    payments,
    yearly_hub_costs,
    yearly_link_costs,
    yearly_society_costs,
)
from routeplan.model.decisions import Decisions
from routeplan.schema.inputs import SUPPLIED
from routeplan.schema.units import PER_MILLION


@dataclass(frozen=True)
class CostTerm:
    """One term of the cost, for one kind of decision.

    Parameters
    ----------
    term : str
        Its name in ``costs.csv``.
    decision : str
        The kind of decision that it is a multiple of.
    row : IntArray, shape (N,)
        Row of the decision's table.
    booked : IntArray, shape (N,)
        Position of the period in which it is booked.
    cost : FloatArray, shape (N,)
        Undiscounted mean over that period, for one unit of the decision [M EUR/yr].
    discounted : FloatArray, shape (N,)
        Discounted, over that period [M EUR].
    """

    term: str
    decision: str
    row: IntArray
    booked: IntArray
    cost: FloatArray
    discounted: FloatArray


def cost_terms(instance: Instance, decisions: Decisions) -> list[CostTerm]:
    """Every term of the cost.

    Parameters
    ----------
    instance : Instance
        The instance, whose values (prices, where no value is given) count.
    decisions : Decisions
        What may be decided.
    """
    yearly = [*_running(instance, decisions), *_networks(decisions, instance), *_supplied(decisions)]
    terms = [_in_own_period(instance, decisions, *item) for item in yearly]
    return [*terms, *_options(instance, decisions)]


YearlyCost = tuple[str, str, "FloatArray | pd.Series[float]"]


def _in_own_period(
    instance: Instance, decisions: Decisions, term: str, decision: str, cost: "FloatArray | pd.Series[float]"
) -> CostTerm:
    """Cost term booked in the decision's own period, without decisions that cost nothing."""
    yearly = np.asarray(cost, dtype=float)
    row = np.flatnonzero(yearly).astype(np.int64)
    booked = instance.horizon.position(decisions[decision]["period"])[row]
    return CostTerm(term, decision, row, booked, yearly[row], yearly[row] * instance.horizon.weight[booked])


def _running(instance: Instance, decisions: Decisions) -> Iterator[YearlyCost]:
    """Costs of running options at the site, including green gas and heat without a table of supply."""
    supplied = set(instance["supply"]["commodity"])
    unlimited = tuple(commodity for commodity in SUPPLIED if commodity not in supplied)
    costs = yearly_society_costs(decisions["runs"], instance.prices, (*SOCIETY_ITEMS, *unlimited))
    for term, cost in costs.items():
        yield term, "runs", cost


def _options(instance: Instance, decisions: Decisions) -> Iterator[CostTerm]:
    """Annuities of started options, and of those that run on beyond their life, booked when they are paid."""
    start, overrun = decisions["start"], decisions["overrun"]
    yield _annuities(instance, "start", start, start["period"], start["paid_until"])
    yield _annuities(instance, "overrun", overrun, overrun["life_end"], overrun["runs_until"])


def _annuities(
    instance: Instance, decision: str, table: pd.DataFrame, begin: "pd.Series[int]", until: "pd.Series[int]"
) -> CostTerm:
    """Annuities of options that are paid from one year up to another."""
    capex, life = (table[name].to_numpy(float) for name in ("capex", "lifetime"))
    mean, discounted = payments(instance.horizon, capex, life, begin.to_numpy(np.int64), until.to_numpy(np.int64))
    row, booked = (position.astype(np.int64) for position in np.nonzero(mean))
    return CostTerm("options", decision, row, booked, mean[row, booked], discounted[row, booked])


def _networks(decisions: Decisions, instance: Instance) -> Iterator[YearlyCost]:
    """Carriers, links, hubs and reinforcements."""
    rate, prices = instance.settings.discount_rate, instance.prices
    drawn, flow, work = decisions["drawn"], decisions["flow"], decisions["reinforced"]
    for carrier, term in (("hydrogen", "hydrogen"), ("co2", "co2_storage")):
        yield term, "drawn", drawn["price"].where(drawn["carrier"] == carrier, 0.0) / PER_MILLION
    yield "transport", "flow", flow["variable_cost"] / PER_MILLION
    for term, cost in yearly_link_costs(decisions["built"], rate).items():
        yield term, "built", cost
    for term, cost in yearly_hub_costs(decisions["open"], prices, rate).items():
        yield term, "open", cost
    yield "hub_output", "output", hub_unit_cost(decisions["output"], prices) / PER_MILLION
    yield "reinforcements", "reinforced", annuity(work["capex"], work["lifetime"], rate)


def _supplied(decisions: Decisions) -> Iterator[YearlyCost]:
    """Green gas and heat at the prices of their steps, and emissions above targets."""
    taken, overshoot = decisions["taken"], decisions["overshoot"]
    for commodity in SUPPLIED:
        yield commodity, "taken", taken["price"].where(taken["commodity"] == commodity, 0.0) / PER_MILLION
    yield "overshoot", "overshoot", overshoot["price"] / PER_MILLION


def coefficients(terms: list[CostTerm], decisions: Decisions) -> dict[str, FloatArray]:
    """Discounted cost of one unit of each decision [M EUR], by kind, in the order of its table."""
    cost = {name: np.zeros(len(kind.table)) for name, kind in decisions.blocks.items()}
    for term in terms:
        np.add.at(cost[term.decision], term.row, term.discounted)
    return cost
