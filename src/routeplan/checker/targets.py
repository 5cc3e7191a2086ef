"""Emissions and their caps."""

import numpy as np

from routeplan.checker.lookup import index_of
from routeplan.checker.plan import Plan, once
from routeplan.checker.violation import Limit, Violation, exceeds
from routeplan.instance.horizon import BoolArray, FloatArray
from routeplan.schema.inputs import ALL
from routeplan.schema.units import CO2

STREAMS = ("emissions", "captured", "removed")


def emissions_table(plan: Plan) -> list[Violation]:
    """Check the table ``emissions`` against the emissions, capture and removal of the running options."""
    rows = plan.rows("emissions", CO2, plan.site_index)
    found: list[Violation] = []
    for stream in STREAMS:
        listed = plan.listed("emissions", ["site"], plan.site_index, stream)
        found += rows.equal(f"column '{stream}'", listed, plan.used_at_sites(stream))
    return found


def total_emissions(plan: Plan) -> float:
    """Emissions over the whole horizon [kt], undiscounted."""
    return float(np.sum(plan.used_at_sites("emissions") * plan.horizon.years))


@once
def emission_cap(plan: Plan) -> Limit:
    """Compare the emissions of each scope with its cap, as the table ``limits`` shows them."""
    scopes = index_of(plan.instance["targets"], ["scope"])
    cap = plan.given("targets", ["scope"], scopes, "cap", missing=np.inf)
    emissions = plan.used_at_sites("emissions")
    used = [emissions[_within(plan, scope)].sum(axis=0) for scope in scopes["scope"]]
    rows = plan.rows("emission_target", CO2, scopes)
    return Limit(rows, "CO2 emitted", np.reshape(used, cap.shape), cap)


def _within(plan: Plan, scope: str) -> BoolArray:
    """Whether a scope covers each site: all, those of a sector, or those of a region."""
    if scope == ALL:
        return np.ones(len(plan.sites), dtype=np.bool_)
    column, _, name = scope.partition(":")
    return np.asarray(plan.sites[column] == name)


@once
def _overshoot(plan: Plan) -> FloatArray:
    """Read the overshoot of each target [kt/yr], shape (scopes, T)."""
    return plan.listed("overshoot", ["scope"], emission_cap(plan).rows.keys, "amount")


@once
def overshoot_prices(plan: Plan) -> FloatArray:
    """Price of emissions above each cap [EUR/t], NaN where the cap is hard or there is none, shape (scopes, T)."""
    return plan.given("targets", ["scope"], emission_cap(plan).rows.keys, "price", missing=np.nan)


def _priced(plan: Plan) -> BoolArray:
    """Whether each target may be overshot at a price."""
    return ~np.isnan(overshoot_prices(plan))


def emission_target(plan: Plan) -> list[Violation]:
    """Check emissions against their caps, and emissions above a cap with a price against the overshoot listed."""
    limit = emission_cap(plan)
    allowed = limit.bound + np.where(_priced(plan), _overshoot(plan), 0.0)
    return limit.rows.at_most(limit.what, limit.used, allowed)


def above_hard_cap(plan: Plan) -> bool:
    """Whether emissions lie above a cap that has no price."""
    limit = emission_cap(plan)
    return bool((exceeds(limit.used, limit.bound) & ~_priced(plan)).any())


def overshoot_table(plan: Plan) -> list[Violation]:
    """Check the table ``overshoot`` against the emissions above caps that have a price."""
    limit = emission_cap(plan)
    above = np.where(_priced(plan), np.maximum(0.0, limit.used - limit.bound), 0.0)
    rows = plan.rows("table:overshoot", CO2, limit.rows.keys)
    return rows.equal("overshoot", _overshoot(plan), above)


def overshoot_cost(plan: Plan) -> FloatArray:
    """Price times overshoot [thousand EUR/yr], shape (T,)."""
    limit = emission_cap(plan)
    above = np.maximum(0.0, limit.used - limit.bound)
    return np.asarray(np.nansum(above * overshoot_prices(plan), axis=0))
