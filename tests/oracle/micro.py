"""Random instances of two or three sites, with every feature of the format, small enough to try every plan."""

from random import Random

from from_rows import Row, Rows, instance_from_rows

from routeplan.instance import Instance
from routeplan.schema.inputs import ITEMS, ITEMS_WITHOUT_ALL, VALUED_ITEMS
from routeplan.settings import Settings

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

PRICES = {
    "electricity": 60.0,
    "flexible_electricity": 40.0,
    "gas": 35.0,
    "green_gas": 60.0,
    "hydrogen": 70.0,
    "heat": 35.0,
    "co2": 80.0,
    "co2_removed": 50.0,
    "co2_storage": 40.0,
    "grid_fee": 50.0,
    "flexible_fee": 20.0,
}
MOST_ITEMS = {2: 4, 3: 3}
"""How much can be built at most, by number of periods."""


def micro(seed: int) -> Instance:
    """Make the instance of a seed."""
    maker = Maker(Random(seed))
    return instance_from_rows(maker.settings(f"micro-{seed}"), maker.tables())


class Maker:
    """Draws the tables of one instance; each method draws one or a few of them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lengths = [random.randint(1, 4) for _ in range(random.choice([2, 3, 3]))]
        self.periods = [2028 + sum(self.lengths[:t]) for t in range(len(self.lengths))]
        self.end = 2028 + sum(self.lengths)
        self.sites = [f"s{number}" for number in range(1, random.choice([3, 3, 4]))]
        self.processes = {f"{site}-a": site for site in self.sites}
        if len(self.sites) == 2 and self.chance(0.3):
            self.processes["s1-b"] = "s1"
        self.room = MOST_ITEMS[len(self.periods)]
        self.emitted = 0.0
        self.used: dict[str, set[str]] = {}

    def chance(self, share: float) -> bool:
        """Whether something of this probability happens."""
        return self.random.random() < share

    def near(self, number: float, spread: float = 0.4) -> float:
        """A number near this one, of two decimals."""
        return round(number * self.random.uniform(1 - spread, 1 + spread), 2)

    def year(self, share: float) -> int | None:
        """Some year of the horizon, or a little before or after it; usually none."""
        return self.random.randint(2027, self.end + 1) if self.chance(share) else None

    def settings(self, name: str) -> Settings:
        """Rates, participation and objective."""
        choice = self.random.choice
        return Settings(
            name,
            currency_year=2025,
            base_year=choice([2025, 2028, 2030]),
            discount_rate=choice([0.0, 0.03, 0.1]),
            firm_rate=choice([0.0, 0.07, 0.12]),
            participation=self.chance(0.7),
            support_years=choice([1, 3, 7, 15]),
            objective="emissions" if self.chance(0.15) else "cost",
        )

    def tables(self) -> dict[str, Rows]:
        """Every table."""
        tables: dict[str, Rows] = {
            "periods": [{"period": year, "years": years} for year, years in zip(self.periods, self.lengths, strict=True)],
            "routes": [
                {"route": route, "family": family, "lifetime": life, "temporary": temporary}
                for route, (family, life, temporary) in ROUTES.items()
            ],
            "processes": [{"process": process, "site": site, "kind": "any"} for process, site in self.processes.items()],
        }
        tables["sites"] = [self._site(site) for site in self.sites]
        tables["options"] = [option for process in self.processes for option in self._options(process)]
        tables |= self._grid() | self._networks() | self._factors() | self._support()
        tables |= {"prices": self._prices(), "supply": self._supply(), "targets": self._targets(tables["sites"])}
        return {**tables, "decided": self._decided(tables)}

    # Sites and options

    def _site(self, site: str) -> Row:
        area = self.random.choice(["top", "left"])
        return {
            "site": site,
            "sector": self.random.choice(["food", "metal"]),
            "region": self.random.choice(["north", "south"]),
            "area": area,
            "lat": 52.0,
            "lon": 6.0,
            "spare_capacity": self.near(3.0) if self.chance(0.5) else 0.0,
            "contract": f"park-{area}" if self.chance(0.4) else "",
            "price_group": self.random.choice(["all", "large"]),
        }

    def _options(self, process: str) -> list[Row]:
        gas = self.near(60.0, 0.6)
        fixed = self.near(0.4)
        chosen = self.random.sample([route for route in ROUTES if route != "keep"], self.random.choice([1, 2, 2, 2, 3]))
        self.used[process] = set(chosen)
        self.emitted += gas * 0.2
        keep: Row = {"process": process, "route": "keep", "current": 1, "capex": 0.0, "fixed_cost": fixed, "gas": gas}
        ends = self.year(0.3)
        keep = {**keep, "emissions": round(gas * 0.2, 2), "last_year": ends}
        return [keep, *(self._option(process, route, gas) for route in chosen)]

    def _option(self, process: str, route: str, gas: float) -> Row:
        amounts = {name: round(share * gas, 2) for name, share in self._shares(route).items()}
        first, last = self.year(0.25), self.year(0.25)
        if first is not None and last is not None:
            first, last = min(first, last), max(first, last)
        return {
            "process": process,
            "route": route,
            "current": 0,
            "capex": self.near(0.05 * gas, 0.8),
            "fixed_cost": self.near(0.4),
            **amounts,
            "first_year": first,
            "last_year": last,
            "lifetime": self.random.randint(1, 12) if self.chance(0.3) else None,
        }

    def _shares(self, route: str) -> dict[str, float]:
        """What an option uses, by GWh of gas burnt today."""
        some = self.random.uniform
        if route == "saver":
            return {"gas": 0.8, "electricity": -0.05, "emissions": 0.16, "firm_capacity": -some(0, 0.03)}
        if route == "boiler":
            return {"electricity": 0.9, "firm_capacity": some(0.05, 0.15)}
        if route in ("hybrid", "rental"):
            share = {"gas": 0.4, "flexible_electricity": 0.5, "emissions": 0.08}
            return {**share, "flexible_capacity": some(0.05, 0.2), "firm_capacity": some(-0.02, 0.05)}
        if route == "capture":
            share = {"gas": 1.05, "electricity": 0.04, "firm_capacity": 0.02, "captured": 0.18}
            return {**share, "emissions": 0.02, "removed": self.random.choice([0.0, 0.04])}
        return {{"burner": "hydrogen", "blend": "green_gas", "network": "heat"}[route]: 1.0, "emissions": 0.01}

    def _factors(self) -> dict[str, Rows]:
        """Trends of capex, activity and maintenance windows."""
        cells = [(process, year) for process in self.processes for year in self.periods]
        stopped = [process for process in self.processes if self.chance(0.25)]
        return {
            "trends": [
                {"route": route, "period": year, "capex": self.near(0.9)}
                for route in ROUTES
                for year in self.periods
                if self.chance(0.3)
            ],
            "activity": [
                {"process": process, "period": year, "factor": self.random.choice([0.0, 0.5, 0.8, 1.2])}
                for process, year in cells
                if self.chance(0.2)
            ],
            "windows": [
                {"process": process, "period": year} for process, year in cells if process in stopped and self.chance(0.7)
            ],
        }

    # Grid and networks

    def _grid(self) -> dict[str, Rows]:
        limited = [area for area in ("top", "left") if self.chance(0.75)]
        tables: dict[str, Rows] = {
            "areas": [{"area": "top"}, {"area": "left", "parent": "top"}],
            "headroom": [
                {"area": area, "period": year, "firm": self.near(4.0, 0.99), "flexible": self.near(4.0, 0.99)}
                for area in limited
                for year in self.periods
                if self.chance(0.8)
            ],
        }
        if self.chance(0.4):
            self.room -= 1
            cable: Row = {"reinforcement": "cable", "area": self.random.choice(["top", "left"]), "capacity": self.near(8.0)}
            tables["reinforcements"] = [{**cable, **self._investment()}]
        return tables

    def _investment(self) -> Row:
        return {"capex": self.near(3.0), "lifetime": self.random.randint(1, 20), "first_year": self.year(0.3)}

    def _networks(self) -> dict[str, Rows]:
        users = {"hydrogen": "burner", "co2": "capture"}
        wanted = {
            carrier: [site for process, site in self.processes.items() if route in self.used[process]]
            for carrier, route in users.items()
        }
        tables: dict[str, list[Row]] = {"nodes": [], "sources": [], "links": [], "hubs": []}
        sizes = [size for carrier in users for size in self._sizes(carrier)]
        for carrier in self.random.sample(sorted(users), 2):
            for name in ("port", "mid"):
                tables["nodes"].append({"node": f"{carrier}-{name}", "carrier": carrier, "lat": 52.0, "lon": 6.0})
            if wanted[carrier]:
                tables["sources"] += self._sources(carrier)
                tables["hubs"] += self._hubs(carrier)
                tables["links"] += self._links(carrier, sorted(set(wanted[carrier])), sizes)
        return {**tables, "sizes": sizes}

    def _sizes(self, carrier: str) -> list[Row]:
        much = {"hydrogen": 60.0, "co2": 12.0}[carrier]
        kinds = [("pipe", "small", 1.0), *([("pipe", "large", 2.0)] if self.chance(0.4) else []), ("truck", "fleet", 0.7)]
        return [
            {
                "carrier": carrier,
                "mode": mode,
                "size": size,
                "capacity": self.near(much * scale),
                "capex_per_km": round(0.04 * scale, 2) if mode == "pipe" else 0.0,
                "capex_fixed": self.near(0.4),
                "fixed_cost_share": self.random.choice([0.0, 0.02, 0.1]),
                "lifetime": self.random.randint(2, 20),
            }
            for mode, size, scale in kinds
        ]

    def _sources(self, carrier: str) -> list[Row]:
        much, price = {"hydrogen": (90.0, 55.0), "co2": (20.0, 30.0)}[carrier]
        places = [f"{carrier}-port", *(self.sites[:1] if self.chance(0.2) else [])]
        return [
            {"node": node, "carrier": carrier, "period": year, "capacity": self.near(much), "price": self.near(price)}
            for node in places
            for year in self.periods
            if self.chance(0.9)
        ]

    def _hubs(self, carrier: str) -> list[Row]:
        if self.room == 0 or self.chance(0.5):
            return []
        self.room -= 1
        much, price, power = {"hydrogen": (60.0, 8.0, 1.4), "co2": (12.0, 35.0, 0.05)}[carrier]
        hub: Row = {"hub": f"hub-{carrier}", "option": "works", "node": f"{carrier}-mid", "carrier": carrier}
        return [
            {
                **hub,
                "area": self.random.choice(["top", "left"]),
                "fixed_cost": self.near(0.2),
                "capacity": self.near(much),
                "price": self.near(price),
                "electricity": power,
                "firm_capacity": self.random.choice([0.0, 0.7]),
                "flexible_capacity": self.random.choice([0.0, 2.5]),
                **self._investment(),
            }
        ]

    def _links(self, carrier: str, sites: list[str], sizes: list[Row]) -> list[Row]:
        """A backbone, a branch to each site (or from site to site), one-way in the direction of use at times."""
        ways = [(f"{carrier}-port", f"{carrier}-mid"), *((f"{carrier}-mid", site) for site in sites)]
        if len(sites) > 1 and self.chance(0.4):
            ways[-1] = (sites[0], sites[1])
        if self.chance(0.2):
            ways.append((f"{carrier}-port", sites[0]))
        return [self._link(carrier, number, *way, sizes) for number, way in enumerate(ways)]

    def _link(self, carrier: str, number: int, begin: str, end: str, sizes: list[Row]) -> Row:
        mode = self.random.choice(["pipe", "pipe", "truck"])
        count = sum(1 for size in sizes if (size["carrier"], size["mode"]) == (carrier, mode))
        candidate = count <= self.room and self.chance(0.7)
        self.room -= count if candidate else 0
        ends = (begin, end) if (carrier == "hydrogen") != self.chance(0.1) else (end, begin)
        return {
            "link": f"{carrier}-{number}",
            "carrier": carrier,
            "from": ends[0],
            "to": ends[1],
            "mode": mode,
            "status": "candidate" if candidate else "planned",
            "length": self.near(20.0),
            "first_year": self.year(0.3),
            "capacity": None if candidate else self.near({"hydrogen": 80.0, "co2": 15.0}[carrier]),
            "variable_cost": self.near(2.0) if self.chance(0.6) else 0.0,
            "one_way": self.random.choice([0, 1]),
        }

    # Prices, supply, support, targets and what is decided

    def _prices(self) -> list[Row]:
        rows: list[Row] = []
        for item in [*ITEMS, *(f"{item}_value" for item in VALUED_ITEMS)]:
            for group in ("all", "large"):
                needed = group == "all" and item not in ITEMS_WITHOUT_ALL
                rows += [
                    {"item": item, "group": group, "period": year, "price": self.near(PRICES[item.removesuffix("_value")])}
                    for year in self.periods
                    if needed or self.chance(0.3)
                ]
        return rows

    def _supply(self) -> list[Row]:
        return [
            {
                "commodity": commodity,
                "zone": zone,
                "step": f"{zone}-step{step}",
                "period": year,
                "quantity": self.near(50.0, 0.9),
                "price": self.near(45.0),
            }
            for commodity in ("green_gas", "heat")
            if self.chance(0.6)
            for zone in self.random.sample(["", "north", "south"], 2)
            for step in (1, 2)
            for year in self.periods
            if zone and self.chance(0.8)
        ]

    def _support(self) -> dict[str, Rows]:
        pots = [{"pot": f"pot{number}", "carry_over": self.random.choice([0, 1])} for number in (1, 2)]
        rich = self.random.choice([10.0, 40.0, 150.0])
        budgets = [
            {"pot": pot["pot"], "period": year, "amount": self.near(rich, 0.9)}
            for pot in pots
            for year in self.periods
            if self.chance(0.8)
        ]
        families = sorted({ROUTES[route][0] for route in ROUTES} - {"current"})
        rows = [self._row_of_support(pot["pot"], family) for pot in pots for family in families if self.chance(0.75)]
        return {"pots": pots, "budgets": budgets, "support": rows}

    def _row_of_support(self, pot: str | int, family: str) -> Row:
        return {
            "pot": pot,
            "family": family,
            "sector": self.random.choice(["all", "all", "food"]),
            "basis": self.random.choice(["funding_gap", "funding_gap", "capex"]),
            "first_year": self.random.randint(2025, 2030),
            "last_year": self.random.randint(2030, self.end + 1) if self.chance(0.3) else None,
            "share": self.random.choice([0.4, 0.8, 1.0, 1.0]),
            "cap": self.near(10.0, 0.8) if self.chance(0.3) else None,
        }

    def _targets(self, sites: Rows) -> list[Row]:
        named = {f"{kind}:{site[kind]}" for site in sites for kind in ("sector", "region")}
        scopes = self.random.sample(["all", *sorted(named)], 2)
        return [
            {
                "scope": scope,
                "period": year,
                "cap": round(self.emitted * self.random.uniform(0.2, 1.2), 1),
                "price": None if self.chance(0.3) else self.near(100.0, 0.99),
            }
            for scope in scopes
            for year in self.periods
            if self.chance(0.3)
        ]

    def _decided(self, tables: dict[str, Rows]) -> list[Row]:
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
                "period": self.random.choice(self.periods),
                "value": self.random.choice([0, 1]),
            }
            for decision, item, choice in self.random.sample(choices, self.random.choice([0, 0, 1, 2]))
        ]
