"""Supply: green gas and heat, bought in steps, by region and from everywhere."""

from itertools import product

import numpy as np
import pandas as pd

from routeplan.checker.lookup import index_of, positions, summed
from routeplan.checker.plan import Plan
from routeplan.checker.violation import TOLERANCE, Limit, Violation
from routeplan.horizon import FloatArray
from routeplan.schema.inputs import ALL, SUPPLIED
from routeplan.units import ENERGY

STEP = ["commodity", "zone", "step"]
ZONE = ["commodity", "zone"]


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


def supply_balance(plan: Plan) -> Limit:
    """Hold what regions use beyond their own zones to what zone `all` supplies.

    Each region is brought what it uses beyond its own zone, so that its row always holds; whether there is so much
    to be brought is what the row of zone `all` tells.
    """
    zones = [*index_of(plan.sites, ["region"]), ALL]
    ids = pd.DataFrame(list(product(limited_commodities(plan), zones)), columns=ZONE)
    index = index_of(ids, ZONE)
    everywhere = (ids["zone"] == ALL).to_numpy()[:, np.newaxis]
    bought = summed(taken(plan), positions(steps(plan), ZONE, index), len(index))
    used = _used_in_zones(plan, index)
    brought = np.where(everywhere, 0.0, np.maximum(0.0, used - bought))
    sent = summed(brought, positions(ids.assign(zone=ALL), ZONE, index), len(index))
    rows = plan.rows("supply_balance", ENERGY, ids)
    return Limit(rows, "use beyond what the regions' own zones supply", used + sent, bought + brought)


def _used_in_zones(plan: Plan, zones: pd.Index) -> FloatArray:
    """Use of each commodity in each zone [GWh/yr], shape (zones, T); none in zone `all`, which has no sites."""
    sites = plan.sites.rename(columns={"region": "zone"})
    used = [
        summed(plan.used_at_sites(commodity), positions(sites.assign(commodity=commodity), ZONE, zones), len(zones))
        for commodity in SUPPLIED
    ]
    return np.asarray(np.sum(used, axis=0))
