"""Checks of the supply of green gas and heat: steps bought by region and in zone `all`."""

from itertools import product

import numpy as np

from routeplan.checker.keys import Keys
from routeplan.checker.lookup import index_of, positions, summed
from routeplan.checker.plan import Plan, once
from routeplan.checker.violation import TOLERANCE, Limit, Violation
from routeplan.instance.horizon import FloatArray
from routeplan.schema.inputs import ALL, SUPPLIED
from routeplan.schema.units import ENERGY

STEP = ["commodity", "zone", "step"]
ZONE = ["commodity", "zone"]


@once
def limited_commodities(plan: Plan) -> tuple[str, ...]:
    """Commodities that have a supply table; the others are without limit."""
    given = set(plan.instance["supply"]["commodity"].tolist())
    return tuple(commodity for commodity in SUPPLIED if commodity in given)


@once
def steps(plan: Plan) -> Keys:
    """Every step that there is in some period."""
    return index_of(plan.instance["supply"], STEP)


@once
def taken(plan: Plan) -> FloatArray:
    """Amount bought from each of `steps` [GWh/yr], shape (steps, T)."""
    return plan.listed("supplied", STEP, steps(plan), "amount")


def step_prices(plan: Plan) -> FloatArray:
    """Price of each of `steps` [EUR/MWh], shape (steps, T)."""
    return plan.given("supply", STEP, steps(plan), "price")


def supply_step(plan: Plan) -> Limit:
    """Check the amount bought from each step against its quantity."""
    quantity = plan.given("supply", STEP, steps(plan), "quantity")
    return Limit(plan.rows("supply_step", ENERGY, steps(plan)), "amount bought", taken(plan), quantity)


def supply_signs(plan: Plan) -> list[Violation]:
    """Check that amounts bought are 0 or more."""
    rows = plan.rows("supply_step", "", steps(plan))
    return rows.never(taken(plan) < -TOLERANCE, "the amount bought is below 0")


def supply_balance(plan: Plan) -> Limit:
    """Check the use of regions beyond their own zones against the supply of zone `all`.

    Each region is brought what it uses beyond its own zone, so that its row always holds; whether there is so much
    to be brought is what the row of zone `all` tells.
    """
    zones = [*dict.fromkeys(plan.sites["region"].tolist()), ALL]
    index = Keys(tuple(ZONE), list(product(limited_commodities(plan), zones)))
    everywhere = (index["zone"] == ALL)[:, np.newaxis]
    bought = summed(taken(plan), positions(steps(plan), ZONE, index), len(index))
    used = _used_in_zones(plan, index)
    brought = np.where(everywhere, 0.0, np.maximum(0.0, used - bought))
    source = index.find((commodity, ALL) for commodity in index["commodity"])
    sent = summed(brought, source, len(index))
    rows = plan.rows("supply_balance", ENERGY, index)
    return Limit(rows, "use beyond what the regions' own zones supply", used + sent, bought + brought)


def _used_in_zones(plan: Plan, zones: Keys) -> FloatArray:
    """Use of each commodity in each zone [GWh/yr], shape (zones, T); none in zone `all`, which has no sites."""
    regions = plan.sites["region"].tolist()
    used = [
        summed(plan.used_at_sites(commodity), zones.find((commodity, region) for region in regions), len(zones))
        for commodity in SUPPLIED
    ]
    return np.asarray(np.sum(used, axis=0))
