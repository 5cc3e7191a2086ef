"""The optimum of a micro instance by trying everything that can be chosen.

Choices split the rest into small questions (a carrier or a commodity in one period, the grants of a set of starts)
that are answered once each. A plan is passed over only when its own cost, to which nothing negative can be added, is
no less than that of a plan already found.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

from choices import Choices, Way
from continuous_rest import CLOSE, least_network_cost, least_supply_cost
from grid_room import grid_holds
from year_by_year import Row

from routeplan.instance.instance import Instance

MISSED = 1e-6
"""Emissions within this of the least, relatively, count as the least."""
IMPOSSIBLE = float("inf")


@dataclass(frozen=True)
class Optimum:
    """Status, and what is reached: kt or M EUR, and M EUR."""

    status: str
    objective: float | None = None
    cost: float | None = None


@dataclass(frozen=True)
class Joint:
    """A way for each process, that obeys the targets and the supply.

    Parameters
    ----------
    cost : float
        Cost, but for networks and what is built.
    emissions : float
        Sum over the years of the horizon [kt].
    ways : tuple of Way
        One for each process.
    """

    cost: float
    emissions: float
    ways: tuple[Way, ...]

    def routes(self, t: int) -> tuple[str, ...]:
        """What the processes run in a period."""
        return tuple(way.routes[t] for way in self.ways)


def optimum(instance: Instance) -> Optimum:
    """Find the optimum of an instance by brute force."""
    return Brute(instance).optimum()


class Brute(Choices):
    """The search over joint ways and layouts."""

    def __init__(self, instance: Instance) -> None:
        super().__init__(instance)
        self.processes = list(self.current)
        self.in_order = self.layouts()

    def optimum(self) -> Optimum:
        """Try everything."""
        joints = list(self.joints())
        if self.settings.objective == "emissions":
            joints = self._least_emissions(joints)
        cost = self._least_cost(joints)
        if cost == IMPOSSIBLE:
            return Optimum("infeasible")
        if self.settings.objective == "emissions":
            return Optimum("optimal", min(joint.emissions for joint in joints), cost)
        return Optimum("optimal", cost, cost)

    def _least_emissions(self, joints: list[Joint]) -> list[Joint]:
        """The joint ways that reach the least emissions at which anything is possible."""
        for joint in sorted(joints, key=lambda joint: joint.emissions):
            if self._least_cost([joint]) < IMPOSSIBLE:
                most = joint.emissions + MISSED * max(1.0, joint.emissions)
                return [other for other in joints if joint.emissions <= other.emissions <= most]
        return []

    def _least_cost(self, joints: list[Joint]) -> float:
        best = IMPOSSIBLE
        joints = sorted(joints, key=lambda joint: joint.cost)
        for layout_cost, layout in self.in_order:
            for joint in joints:
                if layout_cost + joint.cost >= best:
                    break
                total = layout_cost + joint.cost + self._shared_cost(joint, layout)
                if total < best and self.granted(
                    tuple((way.process, *start) for way in joint.ways for start in way.starts)
                ):
                    best = total
        return best

    # Joint ways

    def joints(self) -> Iterator[Joint]:
        """Every combination of the processes' ways that targets and supply allow."""
        for ways in product(*(list(self.ways(process)) for process in self.processes)):
            shared = [
                self.remember(("use", t, routes), partial(self._use, t, routes))
                for t, routes in enumerate(zip(*(way.routes for way in ways), strict=True))
            ]
            if IMPOSSIBLE not in shared:
                cost = sum(way.cost for way in ways) + sum(shared)
                emissions = sum(
                    (self.years.end[t] - self.years.first[t]) * self._emitted(process, way.routes[t], t)
                    for process, way in zip(self.processes, ways, strict=True)
                    for t in self.T
                )
                yield Joint(cost, emissions, ways)

    def _use(self, t: int, routes: tuple[str, ...]) -> float:
        """Cost of overshoot and of supplied commodities over a period."""
        costs = [
            self._overshoot_cost(t, routes),
            *(self._supply_cost(commodity, t, routes) for commodity in ("green_gas", "heat")),
        ]
        return self.years.worth(t) * sum(costs)

    def _emitted(self, process: str, route: str, t: int) -> float:
        return self.options[process, route].amount("emissions", t)

    def _overshoot_cost(self, t: int, routes: tuple[str, ...]) -> float:
        total = 0.0
        for target in self.tables["targets"]:
            if target["period"] == self.years.first[t]:
                over = self._in_scope(target["scope"], t, routes) - target["cap"]
                if target["price"] is None and over > CLOSE:
                    return IMPOSSIBLE
                if target["price"] is not None:
                    total += max(0.0, over) * target["price"] / 1000
        return total

    def _in_scope(self, scope: str, t: int, routes: tuple[str, ...]) -> float:
        kind, _, name = scope.partition(":")
        return sum(
            self._emitted(process, route, t)
            for process, route in zip(self.processes, routes, strict=True)
            if kind == "all" or self.site_of[process][kind] == name
        )

    def _supply_cost(self, commodity: str, t: int, routes: tuple[str, ...]) -> float:
        if commodity in self.unlimited:
            return 0.0
        used: dict[str, float] = defaultdict(float)
        for process, route in zip(self.processes, routes, strict=True):
            used[self.site_of[process]["region"]] += self.options[process, route].amount(commodity, t)
        steps = [
            row
            for row in self.tables["supply"]
            if (row["commodity"], row["period"]) == (commodity, self.years.first[t])
        ]
        cost = self.remember((commodity, t, *used.items()), partial(least_supply_cost, used, steps))
        return IMPOSSIBLE if cost is None else float(cost)

    # Grid and networks

    def _shared_cost(self, joint: Joint, layout: tuple[int, ...]) -> float:
        """Cost of what flows; infinite where the grid or a network cannot bear it."""
        total = 0.0
        for t in self.T:
            routes, there = joint.routes(t), tuple(t >= first for first in layout)
            total += self.remember(("period", t, routes, there), partial(self._period_cost, t, routes, there))
        return total

    def _period_cost(self, t: int, routes: tuple[str, ...], there: tuple[bool, ...]) -> float:
        if not grid_holds(self, t, routes, self._in_place("open", there), self._in_place("reinforced", there)):
            return IMPOSSIBLE
        return self.years.worth(t) * sum(
            self._network_cost(carrier, t, routes, there) for carrier in ("hydrogen", "co2")
        )

    def _network_cost(self, carrier: str, t: int, routes: tuple[str, ...], there: tuple[bool, ...]) -> float:
        asked: dict[str, float] = defaultdict(float)
        column = "hydrogen" if carrier == "hydrogen" else "captured"
        for process, route in zip(self.processes, routes, strict=True):
            asked[self.site_of[process]["site"]] += self.options[process, route].amount(column, t)
        links = [
            (link, self._link_capacity(link, t, there)) for link in self.tables["links"] if link["carrier"] == carrier
        ]
        sources = [
            row for row in self.tables["sources"] if (row["carrier"], row["period"]) == (carrier, self.years.first[t])
        ]
        power = self.prices.value("electricity", "all", self.years.first[t])
        hubs = [
            (hub["node"], hub["capacity"], hub["price"] + hub["electricity"] * power)
            for hub in self._in_place("open", there)
            if hub["carrier"] == carrier
        ]
        key = (carrier, t, *asked.items(), *(capacity for _, capacity in links), *hubs)
        towards = 1 if carrier == "hydrogen" else -1
        cost = self.remember(key, partial(least_network_cost, asked, links, sources, hubs, towards))
        return IMPOSSIBLE if cost is None else float(cost)

    def _in_place(self, decision: str, there: tuple[bool, ...]) -> list[Row]:
        return [
            item.row for item, placed in zip(self.items, there, strict=True) if placed and item.decision == decision
        ]

    def _link_capacity(self, link: Row, t: int, there: tuple[bool, ...]) -> float:
        if link["status"] == "planned":
            return float(link["capacity"]) if self.years.allowed({"first_year": link["first_year"]}, t) else 0.0
        return sum(
            item.row["capacity"]
            for item, placed in zip(self.items, there, strict=True)
            if placed and (item.decision, item.item) == ("built", link["link"])
        )
