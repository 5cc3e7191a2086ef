"""Family 14: green gas and heat, bought in steps, by region and from everywhere."""

import numpy as np
import pandas as pd

from routeplan.horizon import FloatArray
from routeplan.schema.inputs import ALL, SUPPLIED
from routeplan.units import ENERGY
from routeplan.verify.lookup import index_of, positions, summed
from routeplan.verify.plan import Plan
from routeplan.verify.violation import TOLERANCE, Limit, Violation

STEP = ["commodity", "zone", "step"]


def limited_commodities(plan: Plan) -> tuple[str, ...]:
    """Commodities that have a supply table; the others are without limit."""
    given = set(plan.instance["supply"]["commodity"])
    return tuple(commodity for commodity in SUPPLIED if commodity in given)


def steps(plan: Plan) -> pd.DataFrame:
    """Every step that there is in some period."""
    return plan.instance["supply"][STEP].drop_duplicates(ignore_index=True)


def taken(plan: Plan) -> FloatArray:
    """Read what is bought from each of `steps` [GWh/yr], shape (steps, T)."""
    return plan.listed("supplied", STEP, index_of(steps(plan), STEP), "amount")


def step_prices(plan: Plan) -> FloatArray:
    """Price of each of `steps` [EUR/MWh], shape (steps, T)."""
    return plan.given("supply", STEP, index_of(steps(plan), STEP), "price")


def supply_step(plan: Plan) -> Limit:
    """Hold what is bought from a step to its quantity."""
    quantity = plan.given("supply", STEP, index_of(steps(plan), STEP), "quantity")
    return Limit(plan.rows("supply_step", ENERGY, steps(plan)), "amount bought", taken(plan), quantity)


def supply_signs(plan: Plan) -> list[Violation]:
    """Hold what is bought to 0 or more."""
    rows = plan.rows("supply_step", "", steps(plan))
    return rows.never(taken(plan) < -TOLERANCE, "the amount bought is below 0")


def supply_balance(plan: Plan) -> list[Violation]:
    """Hold what regions use beyond their own zones to what zone `all` supplies."""
    found: list[Violation] = []
    for commodity in limited_commodities(plan):
        brought = _used_beyond_own(plan, commodity).sum(axis=0, keepdims=True)
        everywhere = _taken_from(plan, commodity, pd.Index([ALL]))
        ids = pd.DataFrame({"commodity": [commodity], "zone": [ALL]})
        rows = plan.rows("supply_balance", ENERGY, ids)
        found += rows.at_most("use beyond what the regions' own zones supply", brought, everywhere)
    return found


def _used_beyond_own(plan: Plan, commodity: str) -> FloatArray:
    """Add up what each region must have brought in [GWh/yr], shape (regions, T)."""
    regions = index_of(plan.sites, ["region"])
    used = summed(plan.used_at_sites(commodity), positions(plan.sites, ["region"], regions), len(regions))
    return np.maximum(0.0, used - _taken_from(plan, commodity, regions))


def _taken_from(plan: Plan, commodity: str, zones: pd.Index) -> FloatArray:
    """Add up what is bought of a commodity in each zone [GWh/yr], shape (zones, T)."""
    of_commodity = (steps(plan)["commodity"] == commodity).to_numpy()
    zone = positions(steps(plan)[of_commodity], ["zone"], zones)
    return summed(taken(plan)[of_commodity], zone, len(zones))
