"""Published problems, told as instances: fixed-charge network flow and facility location.

Both become one period of one year in which every life ends, without discounting, so that an investment costs its
capex once. A site stands for each customer; its process may not stay as it is, and so must burn hydrogen: the
demand. Sources give hydrogen away, exactly as much as the problem supplies.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from from_rows import Row, Rows, instance_from_rows

from routeplan.instance.instance import Instance
from routeplan.schema.inputs import ITEMS, ITEMS_WITHOUT_ALL
from routeplan.schema.settings import Settings

YEAR = 2030
EUR_PER_MWH = 1000.0
"""EUR/MWh in a M EUR/GWh."""


@dataclass(frozen=True)
class FixedChargeNetwork:
    """Least cost of arcs that are paid for once and by the unit carried.

    Parameters
    ----------
    demand : mapping of str to float
        Inflow less outflow of each node; negative at sources.
    arcs : list of tuples
        From, to, parallel number, fixed cost, cost of a unit, capacity.
    optimum : float
        The published, proven value.
    """

    demand: dict[str, float]
    arcs: list[tuple[str, str, str, float, float, float]]
    optimum: float

    @classmethod
    def of(cls, path: Path) -> "FixedChargeNetwork":
        """Read a problem of FCNetLib."""
        problem = json.loads(path.read_text(encoding="utf-8"))
        return cls(problem["demand"], [tuple(arc) for arc in problem["arcs"]], problem["published_value"])

    def instance(self, scale: float) -> Instance:
        """The problem with money in units of 1 / scale M EUR.

        Parameters
        ----------
        scale : float
            M EUR for one unit of the problem's money.
        """
        capacities = {capacity for *_, capacity in self.arcs}
        if len(capacities) != 1 or len({arc[:2] for arc in self.arcs}) != len(self.arcs):
            raise ValueError("arcs of several capacities, or parallel ones, would need links of several modes")
        customers = {node: amount for node, amount in self.demand.items() if amount > 0}
        ends = sorted({end for arc in self.arcs for end in arc[:2]} - set(customers))
        links = [
            _link(number, arc[0], arc[1], status="candidate", length=arc[3], variable_cost=arc[4] * scale * EUR_PER_MWH)
            for number, arc in enumerate(self.arcs)
        ]
        sources = [_source(node, -amount) for node, amount in self.demand.items() if amount < 0]
        return _instance(customers, ends, links=links, sources=sources, sizes=[_size(capacities.pop(), scale)])


@dataclass(frozen=True)
class FacilityLocation:
    """Least cost of facilities to open and of serving each customer from one of them.

    Parameters
    ----------
    opening : list of float
        Fixed cost of each facility.
    demand : list of float
        Demand of each customer.
    serving : list of list of float
        Cost of serving all demand of a customer (first index) from a facility (second index).
    """

    opening: list[float]
    demand: list[float]
    serving: list[list[float]]

    @classmethod
    def of(cls, path: Path) -> "FacilityLocation":
        """Read a problem of the OR-Library; capacities are read over, as its uncapacitated optima do."""
        numbers = [float(word) for word in path.read_text(encoding="utf-8").split()]
        facilities, customers = int(numbers[0]), int(numbers[1])
        opening = numbers[3 : 2 + 2 * facilities : 2]
        rest = numbers[2 + 2 * facilities :]
        rows = [rest[row * (facilities + 1) : (row + 1) * (facilities + 1)] for row in range(customers)]
        return cls(opening, [row[0] for row in rows], [row[1:] for row in rows])

    def instance(self, scale: float) -> Instance:
        """The problem with money in units of 1 / scale M EUR: facilities are hubs that can serve everyone.

        Parameters
        ----------
        scale : float
            M EUR for one unit of the problem's money.
        """
        customers = {f"customer{number}": amount for number, amount in enumerate(self.demand)}
        ends = [f"facility{number}" for number in range(len(self.opening))]
        hubs = [self._hub(end, cost * scale) for end, cost in zip(ends, self.opening, strict=True)]
        pairs = [(facility, customer) for customer in range(len(customers)) for facility in range(len(ends))]
        links = [self._served(number, *pair, scale) for number, pair in enumerate(pairs)]
        return _instance(customers, ends, links=links, hubs=hubs)

    def _hub(self, node: str, capex: float) -> Row:
        row: Row = {"hub": f"at-{node}", "option": "facility", "node": node, "area": "area", "carrier": "hydrogen"}
        rest = dict.fromkeys(("price", "electricity", "firm_capacity", "flexible_capacity"), 0.0)
        return {**row, **rest, "capex": capex, "capacity": sum(self.demand), "lifetime": 1}

    def _served(self, number: int, facility: int, customer: int, scale: float) -> Row:
        demand = self.demand[customer]
        cost = self.serving[customer][facility] / demand * scale * EUR_PER_MWH
        ends = (f"facility{facility}", f"customer{customer}")
        return _link(number, *ends, status="planned", length=1.0, capacity=demand, variable_cost=cost)


def _instance(customers: dict[str, float], ends: list[str], **tables: Rows) -> Instance:
    """One period of one year, free of any price, in which each customer must burn hydrogen."""
    settings = Settings(
        "published", currency_year=YEAR, base_year=YEAR, discount_rate=0.0, firm_rate=0.0, participation=False
    )
    place: Row = {"lat": 52.0, "lon": 6.0}
    given: dict[str, Rows] = {
        "periods": [{"period": YEAR, "years": 1}],
        "areas": [{"area": "area"}],
        "sites": [{"site": site, "sector": "any", "region": "any", "area": "area", **place} for site in customers],
        "processes": [{"process": f"{site}-burns", "site": site, "kind": "any"} for site in customers],
        "routes": [_route("stay", "current"), _route("burn", "hydrogen")],
        "options": [option for site, amount in customers.items() for option in _options(f"{site}-burns", amount)],
        "nodes": [{"node": node, "carrier": "hydrogen", **place} for node in ends],
        "prices": [
            {"item": item, "group": "all", "period": YEAR, "price": 0.0}
            for item in ITEMS
            if item not in ITEMS_WITHOUT_ALL
        ],
    }
    return instance_from_rows(settings, {**given, **tables})


def _route(route: str, family: str) -> Row:
    return {"route": route, "family": family, "lifetime": 1, "temporary": 0}


def _options(process: str, demand: float) -> list[Row]:
    """A current option that ended the year before, and one that burns what is demanded."""
    stay: Row = {"process": process, "route": "stay", "current": 1, "capex": 0.0, "last_year": YEAR - 1}
    return [stay, {"process": process, "route": "burn", "current": 0, "capex": 0.0, "hydrogen": demand}]


def _source(node: str, capacity: float) -> Row:
    return {"node": node, "carrier": "hydrogen", "period": YEAR, "capacity": capacity, "price": 0.0}


def _link(number: int, begin: str, end: str, **columns: str | float) -> Row:
    return {
        "link": f"arc{number}",
        "carrier": "hydrogen",
        "from": begin,
        "to": end,
        "mode": "pipe",
        "one_way": 1,
        **columns,
    }


def _size(capacity: float, capex_per_km: float) -> Row:
    """A link's length is its fixed cost in the problem's money, a kilometre costs one unit of it."""
    kind: Row = {"carrier": "hydrogen", "mode": "pipe", "size": "full", "fixed_cost_share": 0.0, "lifetime": 1}
    return {**kind, "capacity": capacity, "capex_per_km": capex_per_km}
