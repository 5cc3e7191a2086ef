"""Cost of a plan, term by term, from the instance's tables and the plan's decisions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.checker.keys import Keys
from routeplan.checker.lookup import summed
from routeplan.checker.network import PLACE, drawn, flows, sources
from routeplan.checker.plan import Plan, once
from routeplan.checker.supply import limited_commodities, step_prices, steps, taken
from routeplan.checker.targets import overshoot_cost
from routeplan.checker.violation import Violation
from routeplan.instance.horizon import BoolArray, FloatArray, IntArray
from routeplan.instance.money import (
    SOCIETY_ITEMS,
    overrun,
    paid_until_lasting,
    paid_until_temporary,
    payments,
    yearly_society_costs,
)
from routeplan.schema.inputs import ALL, SUPPLIED
from routeplan.schema.results import COST_TERMS
from routeplan.schema.units import MONEY, MONEY_PER_YEAR, PER_MILLION

UNNAMED = Keys((), [()])
"""The key of a single thing, which needs none."""


@dataclass(frozen=True)
class Booked:
    """Money by thing and period.

    Parameters
    ----------
    mean : FloatArray, shape (N, T)
        Undiscounted mean over each period [M EUR/yr].
    discounted : FloatArray, shape (N, T)
        Discounted sum over each period [M EUR].
    """

    mean: FloatArray
    discounted: FloatArray

    @property
    def total(self) -> "Booked":
        """All things together, N = 1."""
        return Booked(self.mean.sum(axis=0, keepdims=True), self.discounted.sum(axis=0, keepdims=True))

    def __add__(self, other: "Booked") -> "Booked":
        return Booked(self.mean + other.mean, self.discounted + other.discounted)


def throughout(plan: Plan, yearly: FloatArray) -> Booked:
    """Book what is paid throughout each period [M EUR/yr]; an array of shape (T,) is one thing."""
    mean = np.atleast_2d(yearly)
    return Booked(mean, mean * plan.horizon.weight)


@once
def site_terms(plan: Plan) -> dict[str, Booked]:
    """Terms that belong to sites, each with N = the sites."""
    bought = tuple(commodity for commodity in SUPPLIED if commodity not in limited_commodities(plan))
    yearly = yearly_society_costs(plan.running, plan.instance.prices, (*SOCIETY_ITEMS, *bought))
    terms = {term: throughout(plan, plan.by_site(cost)) for term, cost in yearly.items()}
    return terms | {"options": _options(plan)}


def _options(plan: Plan) -> Booked:
    """Annuities of the options that start, by site."""
    option, period = plan.started
    begin = plan.horizon.first[period]
    life, last_year = (plan.options[name].to_numpy(float)[option] for name in ("life", "last_year"))
    until = np.where(
        plan.is_temporary[option],
        paid_until_temporary(plan.horizon, begin, life),
        paid_until_lasting(plan.horizon, begin, life, last_year),
    )
    paid = payments(plan.horizon, plan.capex[option, period], life, begin, until)
    return Booked(*(summed(amounts, plan.site_of[option], len(plan.sites)) for amounts in paid)) + _overruns(plan)


def _overruns(plan: Plan) -> Booked:
    """Annuities of temporary options in the years that they run beyond their life, by site."""
    option, period = plan.started
    begin = plan.horizon.first[period]
    life, last_year = (plan.options[name].to_numpy(float)[option] for name in ("life", "last_year"))
    possible, ends_in = overrun(plan.horizon, begin, life, last_year)
    begun = plan.starts.cumsum(axis=1)
    # No start after this one, up to the period in which its life ends.
    anew = begun[option, ends_in] > begun[option, period]
    runs_on = possible & plan.is_temporary[option] & plan.runs[option, ends_in] & ~anew
    option, period, ends_in = option[runs_on], period[runs_on], ends_in[runs_on]
    life_end = (begin + life)[runs_on].astype(int)
    paid = payments(plan.horizon, plan.capex[option, period], life[runs_on], life_end, plan.horizon.ends[ends_in])
    return Booked(*(summed(amounts, plan.site_of[option], len(plan.sites)) for amounts in paid))


@once
def all_terms(plan: Plan) -> dict[str, Booked]:
    """Every term of the objective `cost`, each with N = 1; a term without cost may be missing."""
    terms = {term: booked.total for term, booked in site_terms(plan).items()}
    for term, booked in {**_energy_and_carriers(plan), **_infrastructure(plan), **_hub_fees(plan)}.items():
        terms[term] = terms[term] + booked if term in terms else booked
    return terms


def _energy_and_carriers(plan: Plan) -> dict[str, Booked]:
    """Book the costs of energy and CO2 that enter or leave the networks, and of emissions above targets."""
    bought = taken(plan) * step_prices(plan)
    handled = drawn(plan) * plan.given("sources", PLACE, sources(plan), "price")
    commodity, carrier = steps(plan)["commodity"], sources(plan)["carrier"]
    per_unit = plan.instance["links"]["variable_cost"].to_numpy(float)[:, np.newaxis]
    thousands = {
        **{name: _where(bought, commodity == name) for name in limited_commodities(plan)},
        "hydrogen": _where(handled, carrier == "hydrogen"),
        "co2_storage": _where(handled, carrier == "co2"),
        "transport": (np.abs(flows(plan)) * per_unit).sum(axis=0),
        "hub_output": (plan.output * _output_costs(plan)).sum(axis=0),
        "overshoot": overshoot_cost(plan),
    }
    return {term: throughout(plan, cost / PER_MILLION) for term, cost in thousands.items()}


def _where(amounts: FloatArray, rows: BoolArray) -> FloatArray:
    return np.asarray(amounts[rows].sum(axis=0))


def _output_costs(plan: Plan) -> FloatArray:
    """Cost of a unit handled by each hub option, its electricity at society's value, shape (hubs, T)."""
    electricity = plan.hubs["electricity"].to_numpy(float)[:, np.newaxis] * _value(plan, "electricity")
    return plan.hubs["price"].to_numpy(float)[:, np.newaxis] + electricity


def _value(plan: Plan, item: str) -> FloatArray:
    """Society's value of an item for the group `all`, shape (T,)."""
    positions = np.arange(len(plan.horizon))
    return plan.instance.prices.value(item, [ALL] * len(positions), positions)


def _hub_fees(plan: Plan) -> dict[str, Booked]:
    """Grid fees of open hubs."""
    terms = {"grid_fee": "firm_capacity", "flexible_fee": "flexible_capacity"}
    return {
        fee: throughout(plan, (plan.hubs[column].to_numpy(float) @ plan.open) * _value(plan, fee) / PER_MILLION)
        for fee, column in terms.items()
    }


def _infrastructure(plan: Plan) -> dict[str, Booked]:
    """Annuities of links, hubs and reinforcements from their first period on, and their upkeep."""
    reinforcements = plan.instance["reinforcements"]
    upkeep = (plan.sizes["capex"] * plan.sizes["fixed_cost_share"]).to_numpy(float) @ plan.built
    hub_upkeep = plan.hubs["fixed_cost"].to_numpy(float) @ plan.open
    return {
        "links": _annuities(plan, plan.sizes, plan.built),
        "link_upkeep": throughout(plan, upkeep),
        "hubs": _annuities(plan, plan.hubs, plan.open),
        "hub_upkeep": throughout(plan, hub_upkeep),
        "reinforcements": _annuities(plan, reinforcements, plan.reinforced),
    }


def _annuities(plan: Plan, things: pd.DataFrame, in_place: BoolArray) -> Booked:
    """Annuities of things that stay to the horizon, from the first period in which they are in place."""
    bought = in_place.any(axis=1)
    first: IntArray = in_place.argmax(axis=1)[bought]
    capex, life = (things[name].to_numpy(float)[bought] for name in ("capex", "lifetime"))
    until = np.full(len(first), plan.horizon.end)
    return Booked(*payments(plan.horizon, capex, life, plan.horizon.first[first], until)).total


def cost_terms(plan: Plan) -> list[Violation]:
    """Check every term of the table ``costs`` against the cost of the decisions."""
    expected = all_terms(plan)
    nothing = throughout(plan, np.zeros(len(plan.horizon)))
    terms = Keys(("term",), [(term,) for term in COST_TERMS])
    yearly, discounted = (plan.listed("costs", ["term"], terms, name) for name in ("cost", "discounted"))
    found: list[Violation] = []
    for row, term in enumerate(COST_TERMS):
        booked = expected.get(term, nothing)
        by_year, in_all = (plan.rows(f"cost:{term}", unit, UNNAMED) for unit in (MONEY_PER_YEAR, MONEY))
        found += by_year.equal("cost", yearly[[row]], booked.mean)
        found += in_all.equal("discounted cost", discounted[[row]], booked.discounted)
    return found


def total_cost(plan: Plan) -> float:
    """Discounted cost of the plan [M EUR]."""
    return float(sum(booked.discounted.sum() for booked in all_terms(plan).values()))


def site_costs_table(plan: Plan) -> list[Violation]:
    """Check the table ``site_costs`` against the terms that belong to sites."""
    terms = site_terms(plan)
    nothing = np.zeros((len(plan.sites), len(plan.horizon)))
    expected = np.concatenate([terms[term].mean if term in terms else nothing for term in COST_TERMS])
    sites = plan.sites["site"].tolist()
    keys = Keys(("site", "term"), [(site, term) for term in COST_TERMS for site in sites])
    listed = plan.listed("site_costs", keys.columns, keys, "cost")
    return plan.rows("table:site_costs", MONEY_PER_YEAR, keys).equal("cost", listed, expected)
