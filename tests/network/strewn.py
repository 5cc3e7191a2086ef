"""Small random networks with dead ends, trucks beside pipes, one-way links and hubs, for tests by brute force."""

from random import Random

import pandas as pd

from routeplan.instance.instance import Instance
from small import small, with_settings

PERIODS = (2030, 2032)


def strewn(seed: int, sites: int = 4, nodes: int = 3) -> Instance:
    """Sites and nodes with a few links between them; every site may come to need hydrogen, half of them hand over CO2.

    Parameters
    ----------
    seed : int
        The same seed draws the same.
    sites, nodes : int
        How many sites, and nodes of each carrier.
    """
    random = Random(seed)
    names = [f"s{number}" for number in range(sites)]
    inland = {carrier: [f"{carrier}{number}" for number in range(nodes)] for carrier in ("hydrogen", "co2")}
    return small(
        with_settings(discount_rate=0.1),
        sites="site,name,sector,region,area,lat,lon\n" + "\n".join(f"{site},,food,east,town,52,6" for site in names),
        processes="process,site,kind\n" + "\n".join(f"{site},{site},kiln" for site in names),
        options=pd.DataFrame([row for site in names for row in _options(random, site)]),
        nodes=pd.DataFrame(
            [{"node": node, "carrier": carrier, "lat": 52, "lon": 6} for carrier in inland for node in inland[carrier]]
        ),
        sources=pd.DataFrame([row for carrier in inland for row in _sources(random, carrier, inland[carrier], names)]),
        links=pd.DataFrame([row for carrier in inland for row in _links(random, carrier, names + inland[carrier])]),
        sizes=pd.DataFrame([row for carrier in inland for row in _sizes(random, carrier)]),
        hubs=pd.DataFrame([_hub(random, carrier, inland[carrier][1]) for carrier in inland]),
    )


def _options(random: Random, site: str) -> list[dict[str, object]]:
    gas = random.uniform(5, 30)
    found = [
        {"process": site, "route": "gas", "current": 1, "capex": 0, "gas": gas, "emissions": gas / 4},
        {"process": site, "route": "burner", "capex": random.uniform(0, 1), "hydrogen": gas * 0.9},
    ]
    if random.random() < 0.5:
        found.append({"process": site, "route": "capture", "capex": 0.3, "gas": gas, "captured": gas / 5})
    return found


def _sources(random: Random, carrier: str, nodes: list[str], sites: list[str]) -> list[dict[str, object]]:
    places = [nodes[0], *([random.choice(sites)] if random.random() < 0.2 else [])]
    return [
        {
            "node": node,
            "carrier": carrier,
            "period": period,
            "capacity": random.choice([0, 8, 100]),
            "price": random.uniform(10, 40),
        }
        for node in places
        for period in PERIODS
    ]


def _links(random: Random, carrier: str, places: list[str]) -> list[dict[str, object]]:
    """Eleven links between any places; of two with the same ends one is a truck, or planned."""
    known, found = set(), []
    for number in range(11):
        begin, end = random.sample(places, 2)
        mode, status = random.choice(["pipe", "pipe", "truck"]), random.choice(["candidate"] * 3 + ["planned"])
        kind = (frozenset((begin, end)), mode, status)
        if kind in known:
            continue
        known.add(kind)
        found.append(
            {
                "link": f"{carrier}-{number}",
                "carrier": carrier,
                "from": begin,
                "to": end,
                "mode": mode,
                "status": status,
                "length": random.uniform(1, 30),
                "first_year": random.choice([None, None, 2031]),
                "capacity": random.choice([0, 6, 60]) if status == "planned" else None,
                "variable_cost": random.uniform(0, 5) if mode == "truck" else random.choice([0, 1]),
                "one_way": int(random.random() < 0.3),
            }
        )
    return found


def _sizes(random: Random, carrier: str) -> list[dict[str, object]]:
    pipes = [("pipe", f"p{size}", 8.0 * size, 0.02 * size**0.6) for size in (1, 2, 4)]
    return [
        {
            "carrier": carrier,
            "mode": mode,
            "size": size,
            "capacity": capacity,
            "capex_per_km": per_km,
            "capex_fixed": random.uniform(0, 0.1),
            "fixed_cost_share": 0.02,
            "lifetime": random.choice([4, 10, 20]),
        }
        for mode, size, capacity, per_km in [*pipes, ("truck", "bay", 10.0, 0.0)]
    ]


def _hub(random: Random, carrier: str, node: str) -> dict[str, object]:
    return {
        "hub": f"hub-{carrier}",
        "option": "works",
        "node": node,
        "area": "town",
        "carrier": carrier,
        "capex": random.uniform(0, 2),
        "fixed_cost": 0.1,
        "capacity": random.choice([0, 15, 60]),
        "price": random.uniform(5, 20),
        "electricity": 0.2,
        "firm_capacity": 0.0,
        "flexible_capacity": 0.0,
        "lifetime": 10,
        "first_year": random.choice([None, 2032]),
    }
