"""Prices, supply, support and targets of random instances."""

from draw import Draw
from from_rows import Row, Rows
from micro_sites import ROUTES

from routeplan.schema.inputs import ITEMS, ITEMS_WITHOUT_ALL, VALUED_ITEMS

PRICES = {
    "electricity": 60.0,
    "flexible_electricity": 40.0,
    "gas": 40.0,
    "green_gas": 60.0,
    "hydrogen": 50.0,
    "heat": 35.0,
    "co2": 120.0,
    "co2_removed": 50.0,
    "co2_storage": 30.0,
    "grid_fee": 50.0,
    "flexible_fee": 20.0,
}


def prices(draw: Draw) -> list[Row]:
    """Prices that must be given, and some of those that may."""
    rows: list[Row] = []
    for item in [*ITEMS, *(f"{item}_value" for item in VALUED_ITEMS)]:
        for group in ("all", "large"):
            needed = group == "all" and item not in ITEMS_WITHOUT_ALL
            rows += [
                {
                    "item": item,
                    "group": group,
                    "period": year,
                    "price": draw.near(PRICES[item.removesuffix("_value")]),
                }
                for year in draw.periods
                if needed or draw.chance(0.3)
            ]
    return rows


def supply(draw: Draw) -> list[Row]:
    """Steps of supply, at times in a zone without any site."""
    return [
        {
            "commodity": commodity,
            "zone": zone,
            "step": f"{zone}-step{step}",
            "period": year,
            "quantity": draw.near(50.0, 0.9),
            "price": draw.near(45.0),
        }
        for commodity in ("green_gas", "heat")
        if draw.chance(0.6)
        for zone in draw.random.sample(["", "north", "south"], 2)
        for step in (1, 2)
        for year in draw.periods
        if zone and draw.chance(0.8)
    ]


def support(draw: Draw) -> dict[str, Rows]:
    """Two pots, rich or poor, and what they pay for."""
    pots: list[Row] = [{"pot": f"pot{number}", "carry_over": draw.random.choice([0, 1])} for number in (1, 2)]
    rich = draw.random.choice([10.0, 40.0, 150.0])
    budgets: list[Row] = [
        {"pot": pot["pot"], "period": year, "amount": draw.near(rich, 0.9)}
        for pot in pots
        for year in draw.periods
        if draw.chance(0.8)
    ]
    families = sorted({ROUTES[route][0] for route in ROUTES} - {"current"})
    rows = [support_row(draw, str(pot["pot"]), family) for pot in pots for family in families if draw.chance(0.85)]
    return {"pots": pots, "budgets": budgets, "support": rows}


def support_row(draw: Draw, pot: str, family: str) -> Row:
    """What a pot pays for a family of routes."""
    return {
        "pot": pot,
        "family": family,
        "sector": draw.random.choice(["all", "all", "food"]),
        "basis": draw.random.choice(["funding_gap", "funding_gap", "capex"]),
        "first_year": draw.random.randint(2025, 2030),
        "last_year": draw.random.randint(2030, draw.end + 1) if draw.chance(0.3) else None,
        "share": draw.random.choice([0.4, 0.8, 1.0, 1.0]),
        "cap": draw.near(10.0, 0.8) if draw.chance(0.3) else None,
    }


def targets(draw: Draw, sites: Rows) -> list[Row]:
    """Hard and priced targets of two scopes."""
    named = {f"{kind}:{site[kind]}" for site in sites for kind in ("sector", "region")}
    scopes = draw.random.sample(["all", *sorted(named)], 2)
    return [
        {
            "scope": scope,
            "period": year,
            "cap": round(draw.emitted * draw.random.uniform(0.2, 1.2), 1),
            "price": None if draw.chance(0.2) else draw.near(100.0, 0.99),
        }
        for scope in scopes
        for year in draw.periods
        if draw.chance(0.3)
    ]
