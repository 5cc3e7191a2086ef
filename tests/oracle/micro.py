"""Random instances of two or three sites, with every feature of the format, small enough to try every plan."""

from draw import Draw
from from_rows import Row, Rows, instance_from_rows
from micro_money import prices, supply, support, targets
from micro_networks import grid, networks
from micro_sites import ROUTES, factors, options_of, sharing, site_row

from routeplan.instance.instance import Instance
from routeplan.schema.settings import Settings


def micro(seed: int) -> Instance:
    """Make the instance of a seed."""
    draw = Draw(seed)
    return instance_from_rows(settings(draw, f"micro-{seed}"), tables(draw))


def settings(draw: Draw, name: str) -> Settings:
    """Rates, participation and objective."""
    choice = draw.random.choice
    return Settings(
        name,
        currency_year=2025,
        base_year=choice([2025, 2028, 2030]),
        discount_rate=choice([0.0, 0.03, 0.1]),
        firm_rate=choice([0.0, 0.07, 0.12]),
        participation=draw.chance(0.6),
        support_years=choice([1, 3, 7, 15]),
        objective="emissions" if draw.chance(0.15) else "cost",
    )


def tables(draw: Draw) -> dict[str, Rows]:
    """Every table."""
    tables: dict[str, Rows] = {
        "periods": [{"period": year, "years": years} for year, years in zip(draw.periods, draw.lengths, strict=True)],
        "routes": [
            {"route": route, "family": family, "lifetime": life, "temporary": temporary}
            for route, (family, life, temporary) in ROUTES.items()
        ],
        "processes": [{"process": process, "site": site, "kind": "any"} for process, site in draw.processes.items()],
    }
    tables["sites"] = sharing(draw, [site_row(draw, site) for site in draw.sites])
    tables["options"] = [option for process in draw.processes for option in options_of(draw, process)]
    tables |= grid(draw) | networks(draw) | factors(draw) | support(draw)
    tables |= {"prices": prices(draw), "supply": supply(draw), "targets": targets(draw, tables["sites"])}
    return {**tables, "decided": decided(draw, tables)}


def decided(draw: Draw, tables: dict[str, Rows]) -> list[Row]:
    """At most two decisions, of any kind, for or against."""
    choices = [("runs", option["process"], option["route"]) for option in tables["options"]]
    choices += [("open", hub["hub"], hub["option"]) for hub in tables["hubs"]]
    choices += [("reinforced", row["reinforcement"], "") for row in tables.get("reinforcements", ())]
    choices += [
        ("built", link["link"], size["size"])
        for link in tables["links"]
        for size in tables["sizes"]
        if link["status"] == "candidate" and (link["carrier"], link["mode"]) == (size["carrier"], size["mode"])
    ]
    return [
        {
            "decision": decision,
            "item": item,
            "choice": choice,
            "period": draw.random.choice(draw.periods),
            "value": draw.random.choice([0, 1]),
        }
        for decision, item, choice in draw.random.sample(choices, draw.random.choice([0, 0, 0, 1, 2]))
    ]
