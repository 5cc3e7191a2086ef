"""Public money: the budgets of pots, support, and the business case of each start."""

import numpy as np
import pandas as pd

from routeplan.checker.keys import Keys
from routeplan.checker.lookup import index_of, placed, positions, summed
from routeplan.checker.plan import OPTION, Plan, once
from routeplan.checker.violation import TOLERANCE, Limit, Violation
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.money import funding_gap, yearly_firm_cost
from routeplan.schema.inputs import ALL
from routeplan.schema.units import MONEY

GRANT = [*OPTION, "pot"]


@once
def grant_keys(plan: Plan) -> Keys:
    """Every option and pot with a grant in some period."""
    return index_of(plan.result["grants"], GRANT)


@once
def grants(plan: Plan) -> FloatArray:
    """Support paid at starts [M EUR], shape (`grant_keys`, T)."""
    return plan.listed("grants", GRANT, grant_keys(plan), "amount")


@once
def funding_gaps(plan: Plan) -> FloatArray:
    """Funding gap of each start of the plan [M EUR], shape (N options, T); 0 where nothing starts."""
    option, period = plan.started
    current = plan.current_of[plan.process_of[option]]
    costs = _firm_costs(plan, np.concatenate([option, current]))
    last_year = plan.options["last_year"].to_numpy(float)
    gaps = np.zeros(plan.starts.shape)
    gaps[option, period] = funding_gap(
        plan.horizon,
        plan.instance.settings.firm_rate,
        plan.instance.settings.support_years,
        start=plan.horizon.first[period],
        capex=plan.capex[option, period],
        lifetime=plan.options["life"].to_numpy(float)[option],
        option_cost=costs[: len(option)],
        current_cost=costs[len(option) :],
        option_until=plan.horizon.runs_until(last_year[option]),
        current_until=plan.horizon.runs_until(last_year[current]),
    )
    return gaps


def _firm_costs(plan: Plan, options: IntArray) -> FloatArray:
    """Yearly cost to the firm of options in every period [M EUR/yr], shape (len(options), T)."""
    length = len(plan.horizon)
    use = plan.use(np.repeat(options, length), np.tile(np.arange(length), len(options)))
    return yearly_firm_cost(use, plan.instance.prices).reshape(len(options), length)


def starts_table(plan: Plan) -> list[Violation]:
    """Check the investment and funding gap of every start against the tables."""
    rows = plan.rows("table:starts", MONEY, plan.option_index)
    capex, gap = (plan.listed("starts", OPTION, plan.option_index, name) for name in ("capex", "funding_gap"))
    return [
        *rows.equal("capex", capex, plan.capex * plan.starts),
        *rows.equal("funding gap", gap, funding_gaps(plan)),
    ]


def business_case(plan: Plan) -> list[Violation]:
    """Check the grants of every start against its funding gap; none is paid without participation."""
    rows = plan.rows("business_case", MONEY, plan.option_index)
    paid = summed(grants(plan), positions(grant_keys(plan), OPTION, plan.option_index), len(plan.options))
    due = funding_gaps(plan) if plan.instance.settings.participation else np.zeros(paid.shape)
    words = "funding gap:" if plan.instance.settings.participation else "allowed without participation:"
    return rows.equal("support paid", paid, due, words)


def pot_budget(plan: Plan) -> Limit:
    """Check a pot's grants against its budget; with carry-over, cumulative grants against cumulative budgets."""
    pots = plan.instance["pots"]
    index = index_of(pots, ["pot"])
    spent = summed(grants(plan), positions(grant_keys(plan), ["pot"], index), len(index))
    budget = plan.given("budgets", ["pot"], index, "amount")
    carries = (pots["carry_over"] == 1).to_numpy()[:, np.newaxis]
    used, bound = (np.where(carries, np.cumsum(money, axis=1), money) for money in (spent, budget))
    return Limit(plan.rows("pot_budget", MONEY, index), "support paid", used, bound)


def support_limit(plan: Plan) -> list[Violation]:
    """Check each grant against the best row of `support` that fits its start."""
    rows = plan.rows("support_limit", MONEY, grant_keys(plan))
    return [
        *rows.never(grants(plan) < -TOLERANCE, "the support paid is below 0"),
        *rows.at_most("support paid", grants(plan), _most_support(plan)),
    ]


def _most_support(plan: Plan) -> FloatArray:
    """Most that each pot may pay at each start [M EUR], shape (`grant_keys`, T); 0 where no row fits."""
    listed = plan.result["grants"][[*GRANT, "period"]]
    option = positions(listed, OPTION, plan.option_index)
    period = plan.horizon.position(listed["period"])
    start = listed.assign(
        family=plan.options["family"].to_numpy()[option],
        site_sector=plan.options["sector"].to_numpy()[option],
        capex=(plan.capex * plan.starts)[option, period],
        funding_gap=funding_gaps(plan)[option, period],
    )
    offers = start.merge(plan.instance["support"], on=["pot", "family"], how="inner")
    offers = offers[_fits(offers)]
    basis = offers["capex"].where(offers["basis"] == "capex", offers["funding_gap"])
    limit = np.fmin(offers["share"] * basis, offers["cap"])
    best = offers.assign(limit=limit).groupby([*GRANT, "period"])["limit"].max().reset_index()
    return placed(best, GRANT, grant_keys(plan), plan.horizon, "limit")


def _fits(offers: pd.DataFrame) -> "pd.Series[bool]":
    """Whether sector and years of a support row fit the start; an empty year is no limit."""
    sector = (offers["sector"] == ALL) | (offers["sector"] == offers["site_sector"])
    opened = ~(offers["period"] < offers["first_year"])
    return sector & opened & ~(offers["period"] > offers["last_year"])
