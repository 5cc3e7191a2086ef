"""Sites, options and what changes them over time, for random instances."""

from draw import AREAS, Draw
from from_rows import Row, Rows

ROUTES = {
    "keep": ("current", 30, 0),
    "saver": ("efficiency", 2, 1),
    "boiler": ("electrification", 6, 0),
    "hybrid": ("flex_e", 5, 0),
    "rental": ("flex_e", 4, 1),
    "capture": ("ccs", 8, 0),
    "burner": ("hydrogen", 3, 0),
    "blend": ("green_gas", 3, 1),
    "network": ("heat", 12, 0),
}
"""Family, lifetime and whether temporary."""


def site_row(draw: Draw, site: str) -> Row:
    """A site, at times one of a park that shares a contract."""
    in_park = draw.park != "" and draw.chance(0.8)
    area = draw.park if in_park else draw.random.choice(AREAS)
    return {
        "site": site,
        "sector": draw.random.choice(["food", "metal"]),
        "region": draw.random.choice(["north", "south"]),
        "area": area,
        "lat": 52.0,
        "lon": 6.0,
        "spare_capacity": draw.near(3.0) if draw.chance(0.5) else 0.0,
        "contract": "park" if in_park else "",
        "price_group": draw.random.choice(["all", "large"]),
    }


def sharing(draw: Draw, sites: list[Row]) -> list[Row]:
    """The sites, most of those that share a contract with peaks that do not wholly coincide."""
    shared = [site["site"] for site in sites if site["contract"]]
    if len(shared) < 2:
        return sites
    drawn = {site: draw.apart.choice([1.0, 0.8, 0.5, 0.25]) for site in shared}
    return [{**site, "coincidence": drawn.get(site["site"])} for site in sites]


def options_of(draw: Draw, process: str) -> list[Row]:
    """Two or three options beside the current one; those that need a network are drawn more often."""
    gas = draw.near(60.0, 0.6)
    fixed = draw.near(0.4)
    shared = draw.random.sample(["burner", "burner", "capture"], draw.random.choice([0, 1, 1, 2]))
    others = draw.random.sample([route for route in ROUTES if route not in ("keep", "burner", "capture")], 2)
    chosen = list(dict.fromkeys([*shared, *others]))[: draw.random.choice([2, 2, 3])]
    draw.used[process] = set(chosen)
    draw.emitted += gas * 0.2
    keep: Row = {"process": process, "route": "keep", "current": 1, "capex": 0.0, "fixed_cost": fixed, "gas": gas}
    ends = draw.year(0.15)
    keep = {**keep, "emissions": round(gas * 0.2, 2), "last_year": ends}
    return [keep, *(option_row(draw, process, route, gas) for route in chosen)]


def option_row(draw: Draw, process: str, route: str, gas: float) -> Row:
    """An option in place of so much gas."""
    amounts = {name: round(share * gas, 2) for name, share in shares(draw, route).items()}
    first, last = draw.year(0.25), draw.year(0.25)
    if first is not None and last is not None:
        first, last = min(first, last), max(first, last)
    return {
        "process": process,
        "route": route,
        "current": 0,
        "capex": draw.near(0.05 * gas, 0.8),
        "fixed_cost": draw.near(0.4),
        **amounts,
        "first_year": first,
        "last_year": last,
        "lifetime": draw.random.randint(1, 12) if draw.chance(0.3) else None,
    }


def shares(draw: Draw, route: str) -> dict[str, float]:
    """What an option uses, by GWh of gas burnt today."""
    some = draw.random.uniform
    if route == "saver":
        return {"gas": 0.8, "electricity": -0.05, "emissions": 0.16, "firm_capacity": -some(0, 0.03)}
    if route == "boiler":
        return {"electricity": 0.9, "firm_capacity": some(0.05, 0.15)}
    if route in ("hybrid", "rental"):
        share = {"gas": 0.4, "flexible_electricity": 0.5, "emissions": 0.08}
        return {**share, "flexible_capacity": some(0.05, 0.2), "firm_capacity": some(-0.02, 0.05)}
    if route == "capture":
        share = {"gas": 1.05, "electricity": 0.04, "firm_capacity": 0.02, "captured": 0.18}
        return {**share, "emissions": 0.02, "removed": draw.random.choice([0.0, 0.04])}
    return {{"burner": "hydrogen", "blend": "green_gas", "network": "heat"}[route]: 1.0, "emissions": 0.01}


def factors(draw: Draw) -> dict[str, Rows]:
    """Trends of capex, activity and maintenance windows."""
    cells = [(process, year) for process in draw.processes for year in draw.periods]
    stopped = [process for process in draw.processes if draw.chance(0.25)]
    return {
        "trends": [
            {"route": route, "period": year, "capex": draw.near(0.9)}
            for route in ROUTES
            for year in draw.periods
            if draw.chance(0.3)
        ],
        "activity": [
            {"process": process, "period": year, "factor": draw.random.choice([0.0, 0.5, 0.8, 1.2])}
            for process, year in cells
            if draw.chance(0.2)
        ],
        "windows": [
            {"process": process, "period": year} for process, year in cells if process in stopped and draw.chance(0.7)
        ],
    }
