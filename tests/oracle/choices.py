"""What can be chosen in a micro instance: each way of a process through its options, each moment to build.

Written from the text of the mathematics alone, in plain loops.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from continuous_rest import can_be_granted
from year_by_year import Option, Prices, Row, Years, rows_of

from routeplan.instance.instance import Instance


@dataclass(frozen=True)
class Way:
    """One way of a process through the periods.

    Parameters
    ----------
    process : str
        The process.
    routes : tuple of str
        Option in each period.
    starts : tuple of (period's place, route)
        Options started, renewals of bridges included.
    cost : float
        Cost of options and of running them, but for what is shared.
    """

    process: str
    routes: tuple[str, ...]
    starts: tuple[tuple[int, str], ...]
    cost: float


@dataclass(frozen=True)
class Item:
    """Something that is built, opened or reinforced once and for all.

    Parameters
    ----------
    decision, item, choice : str
        As in the table `decided`.
    row : dict
        What it is: a size, a hub option or a reinforcement.
    costs : list of float
        Cost of having it from each period on.
    """

    decision: str
    item: str
    choice: str
    row: Row
    costs: list[float]


class Choices:
    """Everything that can be chosen in an instance, and what is decided by that choice alone."""

    def __init__(self, instance: Instance) -> None:
        self.settings = instance.settings
        self.tables = {name: rows_of(instance, name) for name in instance}
        self.years = Years.of(instance)
        self.T = range(len(self.years.first))
        self.place = {year: t for t, year in enumerate(self.years.first)}
        self.prices = Prices(instance)
        self.sites = {row["site"]: row for row in self.tables["sites"]}
        self.site_of = {row["process"]: self.sites[row["site"]] for row in self.tables["processes"]}
        self.routes = {row["route"]: row for row in self.tables["routes"]}
        self.unlimited = tuple({"green_gas", "heat"} - {row["commodity"] for row in self.tables["supply"]})
        self.decided = {
            (row["decision"], row["item"], row["choice"], self.place[row["period"]]): row["value"]
            for row in self.tables["decided"]
        }
        self.options = {(row["process"], row["route"]): self._option(row) for row in self.tables["options"]}
        self.current = {process: route for (process, route), option in self.options.items() if option.row["current"]}
        self.items = [*self._links(), *self._hubs(), *self._reinforcements()]
        self.budgets = {(row["pot"], self.place[row["period"]]): row["amount"] for row in self.tables["budgets"]}
        self.memory: dict[Any, Any] = {}

    def remember(self, key: Any, answer: Callable[[], Any]) -> Any:
        """Answer a question once."""
        if key not in self.memory:
            self.memory[key] = answer()
        return self.memory[key]

    def _option(self, row: Row) -> Option:
        process, route = row["process"], row["route"]
        activity = {r["period"]: r["factor"] for r in self.tables["activity"] if r["process"] == process}
        trend = {r["period"]: r["capex"] for r in self.tables["trends"] if r["route"] == route}
        return Option(
            row,
            self.routes[route],
            self.site_of[process]["price_group"],
            [activity.get(year, 1.0) for year in self.years.first],
            [trend.get(year, 1.0) for year in self.years.first],
            self.years,
            self.prices,
        )

    # What can be built

    def _item(self, decision: str, item: str, choice: str, row: Row, capex: float, yearly: Sequence[float]) -> Item:
        years = self.years
        lasting = [
            years.charge(capex, int(row["lifetime"]), t, years.horizon)
            + sum(years.worth(u) * yearly[u] for u in self.T[t:])
            for t in self.T
        ]
        return Item(decision, item, choice, row, [*lasting, 0.0])

    def _links(self) -> Iterator[Item]:
        for link in self.tables["links"]:
            for size in self.tables["sizes"]:
                if link["status"] == "candidate" and (size["carrier"], size["mode"]) == (link["carrier"], link["mode"]):
                    capex = size["capex_per_km"] * link["length"] + size["capex_fixed"]
                    row = {**size, "first_year": link["first_year"]}
                    yearly = [size["fixed_cost_share"] * capex for _ in self.T]
                    yield self._item("built", link["link"], size["size"], row, capex, yearly)

    def _hubs(self) -> Iterator[Item]:
        for hub in self.tables["hubs"]:
            yearly = [
                hub["fixed_cost"]
                + hub["firm_capacity"] * self.prices.value("grid_fee", "all", year) / 1000
                + hub["flexible_capacity"] * self.prices.value("flexible_fee", "all", year) / 1000
                for year in self.years.first
            ]
            yield self._item("open", hub["hub"], hub["option"], hub, hub["capex"], yearly)

    def _reinforcements(self) -> Iterator[Item]:
        for row in self.tables["reinforcements"]:
            yield self._item("reinforced", row["reinforcement"], "", row, row["capex"], [0.0 for _ in self.T])

    def moments(self, item: Item) -> list[int]:
        """The periods from which an item may be in place; the number of periods stands for never."""
        found = []
        for first in range(len(self.T) + 1):
            early = first < len(self.T) and not self.years.allowed({"first_year": item.row["first_year"]}, first)
            asked = [self.decided.get((item.decision, item.item, item.choice, t)) for t in self.T]
            if not early and all(value in (None, int(t >= first)) for t, value in zip(self.T, asked, strict=True)):
                found.append(first)
        return found

    def layouts(self) -> list[tuple[float, tuple[int, ...]]]:
        """Cost and first periods of every way to build, cheapest first."""
        ways = product(*(self.moments(item) for item in self.items))
        costed = ((sum(item.costs[t] for item, t in zip(self.items, way, strict=True)), way) for way in ways)
        return sorted(costed)

    # CarrierGraph of a process

    def ways(self, process: str) -> Iterator[Way]:
        """Every way of a process that its own rules allow."""
        for routes in product([route for p, route in self.options if p == process], repeat=len(self.T)):
            if self._may_run(process, routes):
                for starts in self._starts(process, routes):
                    if self._may_start(process, routes, starts):
                        yield Way(process, routes, starts, self._way_cost(process, routes, starts))

    def _may_run(self, process: str, routes: tuple[str, ...]) -> bool:
        before = self.current[process]
        for t, route in enumerate(routes):
            if not self.years.allowed(self.options[process, route].row, t):
                return False
            if route != before:
                if route == self.current[process]:
                    return False
                left = self.options[process, before]
                stays = not left.row["current"] and not left.temporary
                if stays and self.years.allowed(left.row, t):
                    return False
            before = route
        decided = {key[2:]: value for key, value in self.decided.items() if key[:2] == ("runs", process)}
        return all(value == int(routes[t] == route) for (route, t), value in decided.items())

    def _starts(self, process: str, routes: tuple[str, ...]) -> Iterator[tuple[tuple[int, str], ...]]:
        """What must be started, with every choice of renewals of bridges."""
        choices: list[list[bool]] = []
        before = self.current[process]
        for route in routes:
            renewable = self.options[process, route].temporary
            choices.append([True] if route != before else [False, True] if renewable else [False])
            before = route
        for chosen in product(*choices):
            yield tuple((t, route) for t, route in enumerate(routes) if chosen[t])

    def _may_start(self, process: str, routes: tuple[str, ...], starts: tuple[tuple[int, str], ...]) -> bool:
        windows = {self.place[row["period"]] for row in self.tables["windows"] if row["process"] == process}
        if windows and any(t not in windows for t, _ in starts):
            return False
        for t, route in enumerate(routes):
            option = self.options[process, route]
            if option.temporary:
                begun = [self.years.first[u] for u, started in starts if started == route and u <= t]
                if not any(self.years.first[t] < year + option.life for year in begun):
                    return False
        return self.granted(tuple((process, *start) for start in starts))

    def _way_cost(self, process: str, routes: tuple[str, ...], starts: tuple[tuple[int, str], ...]) -> float:
        running = sum(
            self.years.worth(t) * self.options[process, route].society_cost(t, self.unlimited)
            for t, route in enumerate(routes)
        )
        begun = {route: {t for t, started in starts if started == route} for route in routes}
        beyond = sum(self.options[process, route].overrun(t, routes, begun[route]) for t, route in starts)
        return running + beyond + sum(self.options[process, route].charge(t) for t, route in starts)

    # Support

    def granted(self, starts: tuple[tuple[str, int, str], ...]) -> bool:
        """Whether the gaps of these starts can be covered together."""
        if not self.settings.participation:
            return True
        gaps = [(process, t, route, self.gap(process, t, route)) for process, t, route in starts]
        covered = [(process, t, route, gap) for process, t, route, gap in gaps if gap > 0]
        claims = [(t, gap, self.limits(process, t, route, gap)) for process, t, route, gap in covered]
        return bool(
            self.remember(("granted", starts), partial(can_be_granted, claims, self.tables["pots"], self.budgets))
        )

    def gap(self, process: str, t: int, route: str) -> float:
        """The funding gap of a start."""
        current = self.options[process, self.current[process]]
        return self.options[process, route].funding_gap(current, t, self.settings.support_years)

    def limits(self, process: str, t: int, route: str, gap: float) -> dict[str, float]:
        """What each pot may pay for a start at most."""
        best: dict[str, float] = {}
        for row in self.tables["support"]:
            fits = row["family"] == self.routes[route]["family"] and row["sector"] in (
                "all",
                self.site_of[process]["sector"],
            )
            if fits and self.years.allowed(row, t):
                basis = gap if row["basis"] == "funding_gap" else self.options[process, route].capex(t)
                limit = row["share"] * basis
                limit = limit if row["cap"] is None else min(limit, row["cap"])
                best[row["pot"]] = max(best.get(row["pot"], 0.0), limit)
        return best
