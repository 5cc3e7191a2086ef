"""Grid, hydrogen and CO2 networks of random instances."""

from draw import AREAS, Draw
from from_rows import Row, Rows


def grid(draw: Draw) -> dict[str, Rows]:
    """Areas one inside another, some of them limited, and perhaps a reinforcement."""
    limited = [area for area in AREAS if draw.chance(0.6)]
    tables: dict[str, Rows] = {
        "areas": [{"area": "top"}, {"area": "left", "parent": "top"}, {"area": "deep", "parent": "left"}],
        "headroom": [
            {"area": area, "period": year, "firm": draw.near(4.0, 0.99), "flexible": draw.near(4.0, 0.99)}
            for area in limited
            for year in draw.periods
            if draw.chance(0.8)
        ],
    }
    if draw.chance(0.4):
        draw.room -= 1
        cable: Row = {"reinforcement": "cable", "area": draw.random.choice(AREAS), "capacity": draw.near(8.0)}
        tables["reinforcements"] = [{**cable, **investment(draw)}]
    return tables


def networks(draw: Draw) -> dict[str, Rows]:
    """A port and a node inland for each carrier, with what brings them to the sites that may use them."""
    users = {"hydrogen": "burner", "co2": "capture"}
    wanted = {
        carrier: [site for process, site in draw.processes.items() if route in draw.used[process]]
        for carrier, route in users.items()
    }
    tables: dict[str, list[Row]] = {"nodes": [], "sources": [], "links": [], "hubs": []}
    sizes = [size for carrier in users for size in sizes_of(draw, carrier)]
    for carrier in draw.random.sample(sorted(users), 2):
        for name in ("port", "mid"):
            tables["nodes"].append({"node": f"{carrier}-{name}", "carrier": carrier, "lat": 52.0, "lon": 6.0})
        if wanted[carrier]:
            tables["sources"] += sources_of(draw, carrier)
            tables["hubs"] += hubs_of(draw, carrier)
            tables["links"] += links_of(draw, carrier, sorted(set(wanted[carrier])), sizes)
    return {**tables, "sizes": sizes}


def sizes_of(draw: Draw, carrier: str) -> list[Row]:
    """One or two sizes of pipe, and trucks."""
    much = {"hydrogen": 60.0, "co2": 12.0}[carrier]
    kinds = [
        ("pipe", "small", 1.0),
        *([("pipe", "large", 2.0)] if draw.chance(0.4) else []),
        ("truck", "fleet", 0.7),
    ]
    return [
        {
            "carrier": carrier,
            "mode": mode,
            "size": size,
            "capacity": draw.near(much * scale, 0.2),
            "capex_per_km": round(0.04 * scale, 2) if mode == "pipe" else 0.0,
            "capex_fixed": draw.near(0.4),
            "fixed_cost_share": draw.random.choice([0.0, 0.02, 0.1]),
            "lifetime": draw.random.randint(2, 20),
        }
        for mode, size, scale in kinds
    ]


def sources_of(draw: Draw, carrier: str) -> list[Row]:
    """A source at the port, and perhaps at a site."""
    much, price = {"hydrogen": (90.0, 40.0), "co2": (20.0, 20.0)}[carrier]
    places = [f"{carrier}-port", *(draw.sites[:1] if draw.chance(0.2) else [])]
    return [
        {"node": node, "carrier": carrier, "period": year, "capacity": draw.near(much), "price": draw.near(price)}
        for node in places
        for year in draw.periods
        if draw.chance(0.9)
    ]


def hubs_of(draw: Draw, carrier: str) -> list[Row]:
    """Up to two options of a hub inland, as far as there is room to try them."""
    designs = [design for design in ("works", "annex") if draw.chance(0.4)][: draw.room]
    draw.room -= len(designs)
    return [hub_row(draw, carrier, design) for design in designs]


def hub_row(draw: Draw, carrier: str, design: str) -> Row:
    """An option of the hub."""
    much, price, power = {"hydrogen": (80.0, 3.0, 0.5), "co2": (16.0, 12.0, 0.05)}[carrier]
    return {
        "hub": f"hub-{carrier}",
        "option": design,
        "node": f"{carrier}-mid",
        "carrier": carrier,
        "area": draw.random.choice(AREAS),
        "fixed_cost": draw.near(0.2),
        "capacity": draw.near(much),
        "price": draw.near(price),
        "electricity": power,
        "firm_capacity": draw.random.choice([0.0, 0.7]),
        "flexible_capacity": draw.random.choice([0.0, 2.5]),
        **investment(draw),
    }


def links_of(draw: Draw, carrier: str, sites: list[str], sizes: list[Row]) -> list[Row]:
    """A backbone, a branch to each site (or from site to site), one-way in the direction of use at times."""
    ways = [(f"{carrier}-port", f"{carrier}-mid"), *((f"{carrier}-mid", site) for site in sites)]
    if len(sites) > 1 and draw.chance(0.4):
        ways[-1] = (sites[0], sites[1])
    if draw.chance(0.2):
        ways.append((f"{carrier}-port", sites[0]))
    links = [link_row(draw, carrier, number, *way, sizes) for number, way in enumerate(ways)]
    return [*links, *twin_of(draw, links[-1])]


def link_row(draw: Draw, carrier: str, number: int, begin: str, end: str, sizes: list[Row]) -> Row:
    """A link: a candidate as far as there is room to try its sizes, planned otherwise."""
    mode = draw.random.choice(["pipe", "pipe", "truck"])
    count = sum(1 for size in sizes if (size["carrier"], size["mode"]) == (carrier, mode))
    candidate = count <= draw.room and draw.chance(0.7)
    draw.room -= count if candidate else 0
    ends = (begin, end) if (carrier == "hydrogen") != draw.chance(0.1) else (end, begin)
    return {
        "link": f"{carrier}-{number}",
        "carrier": carrier,
        "from": ends[0],
        "to": ends[1],
        "mode": mode,
        "status": "candidate" if candidate else "planned",
        "length": draw.near(20.0),
        "first_year": draw.year(0.3),
        "capacity": None if candidate else planned_capacity(draw, carrier),
        "variable_cost": draw.near(2.0) if draw.chance(0.6) else 0.0,
        "one_way": draw.random.choice([0, 1]),
    }


def planned_capacity(draw: Draw, carrier: str) -> float:
    """Capacity of a planned link."""
    return draw.near({"hydrogen": 60.0, "co2": 12.0}[carrier])


def twin_of(draw: Draw, link: Row) -> list[Row]:
    """At times a planned link beside a candidate one, or the way back of a planned one-way link."""
    if draw.chance(0.7) or (link["status"] == "planned" and not link["one_way"]):
        return []
    twin = {**link, "link": f"{link['link']}-twin", "status": "planned"}
    twin["capacity"] = planned_capacity(draw, str(link["carrier"]))
    if link["status"] == "planned":
        twin |= {"from": link["to"], "to": link["from"]}
    return [twin]


def investment(draw: Draw) -> Row:
    """What hubs and reinforcements have in common."""
    return {"capex": draw.near(3.0), "lifetime": draw.random.randint(1, 20), "first_year": draw.year(0.3)}
