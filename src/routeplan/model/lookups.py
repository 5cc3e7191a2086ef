"""Look-ups for the equations: the same facts as in the tables, by index, so that a row is found at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import networkx as nx
import pandas as pd

from routeplan.instance import Instance
from routeplan.model.decisions import Decisions, in_scope
from routeplan.schema.inputs import SUPPLIED

Index = tuple[Any, ...]
Terms = dict[Index, list[tuple[Index, float]]]
"""For each row, the decisions that stand in it and their coefficients."""

NEED = {"hydrogen": "hydrogen", "co2": "captured"}
"""The column of options that each carrier balances."""


def tuples(table: pd.DataFrame, *columns: str) -> list[Index]:
    """Rows of some columns, as tuples of Python values."""
    return list(zip(*(table[column].tolist() for column in columns), strict=True))


def terms(table: pd.DataFrame, row: tuple[str, ...], decision: tuple[str, ...], value: str) -> Terms:
    """Collect for each row the decisions in it, those with coefficient 0 left out."""
    some = table[table[value] != 0]
    found: Terms = defaultdict(list)
    for key, index, coefficient in zip(tuples(some, *row), tuples(some, *decision), some[value].tolist(), strict=True):
        found[key].append((index, coefficient))
    return found


def values(table: pd.DataFrame, key: tuple[str, ...], value: str) -> dict[Index, Any]:
    """One value for each key."""
    return dict(zip(tuples(table, *key), table[value].tolist(), strict=True))


@dataclass(frozen=True)
class Lookups:
    """What the equations ask for, computed when first asked.

    Parameters
    ----------
    instance : Instance
        The instance.
    decisions : Decisions
        What may be decided.
    """

    instance: Instance
    decisions: Decisions
    periods: list[int] = field(init=False)
    before: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        periods = self.instance.horizon.first.tolist()
        object.__setattr__(self, "periods", periods)
        object.__setattr__(self, "before", dict(zip(periods[1:], periods[:-1], strict=True)))

    # routes

    @cached_property
    def routes_at(self) -> dict[Index, list[Any]]:
        """Routes that a process may run in a period."""
        found: dict[Index, list[Any]] = defaultdict(list)
        for process, route, period in tuples(self.decisions["runs"], "process", "route", "period"):
            found[process, period].append(route)
        return found

    @cached_property
    def current(self) -> dict[Any, Any]:
        """Current route of each process."""
        options = self.instance["options"]
        return dict(tuples(options[options["current"] == 1], "process", "route"))

    @cached_property
    def starts_alive(self) -> dict[Index, list[int]]:
        """Starts of a temporary option whose life covers a period."""
        start = self.decisions["start"]
        bridges = start[start["temporary"] == 1]
        alive: dict[Index, list[int]] = defaultdict(list)
        for process, route, begin, lifetime in tuples(bridges, "process", "route", "period", "lifetime"):
            for period in self.periods:
                if begin <= period < begin + lifetime:
                    alive[process, route, period].append(begin)
        return alive

    # grid

    @cached_property
    def spare_capacity(self) -> dict[Any, float]:
        """Capacity still free in each contract [MW]."""
        return dict(self.instance["sites"].groupby("contract")["spare_capacity"].sum())

    @cached_property
    def firm_capacity(self) -> Terms:
        """Firm capacity of each option, by contract and period [MW]."""
        return terms(self.decisions["runs"], ("contract", "period"), ("process", "route", "period"), "firm_capacity")

    @cached_property
    def whole_capacity(self) -> Terms:
        """Firm and flexible capacity of each option, by contract and period [MW]."""
        runs = self.decisions["runs"]
        both = runs.assign(both=runs["firm_capacity"] + runs["flexible_capacity"])
        return terms(both, ("contract", "period"), ("process", "route", "period"), "both")

    @cached_property
    def _areas_above(self) -> dict[Any, list[Any]]:
        """Each area, and all areas that contain it."""
        areas = self.instance["areas"]
        tree = nx.DiGraph()
        tree.add_nodes_from(areas["area"])
        tree.add_edges_from(tuples(areas[areas["parent"] != ""], "area", "parent"))
        return {area: [area, *nx.descendants(tree, area)] for area in tree}

    def _under_areas(self, pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
        """Things of each area and of all areas below it, from pairs of thing and area."""
        found: dict[Any, list[Any]] = defaultdict(list)
        for thing, area in pairs:
            for above in self._areas_above[area]:
                found[above].append(thing)
        return found

    @cached_property
    def contracts_in(self) -> dict[Any, list[Any]]:
        """Contracts in each area and below it."""
        sites = self.instance["sites"].drop_duplicates("contract")
        return self._under_areas(tuples(sites, "contract", "area"))

    @cached_property
    def hubs_in(self) -> dict[Any, list[tuple[Any, Any, float, float]]]:
        """Hub options in each area and below it: hub, option, firm and firm + flexible capacity [MW]."""
        hubs = self.instance["hubs"]
        both = hubs["firm_capacity"] + hubs["flexible_capacity"]
        things = tuples(hubs.assign(both=both), "hub", "option", "firm_capacity", "both")
        return self._under_areas(zip(things, hubs["area"].tolist(), strict=True))

    @cached_property
    def headroom(self) -> dict[Index, tuple[float, float]]:
        """Firm, and firm + flexible, headroom by area and period [MW], for areas that set a limit."""
        given = self.instance["headroom"]
        rows = dict(zip(tuples(given, "area", "period"), tuples(given, "firm", "flexible"), strict=True))
        limited = given["area"].drop_duplicates().tolist()
        every = {(area, period): rows.get((area, period), (0.0, 0.0)) for area in limited for period in self.periods}
        return {index: (firm, firm + flexible) for index, (firm, flexible) in every.items()}

    @cached_property
    def reinforcements_of(self) -> dict[Any, list[tuple[Any, float]]]:
        """An area's own reinforcements and their capacity [MW]."""
        found: dict[Any, list[tuple[Any, float]]] = defaultdict(list)
        for area, reinforcement, capacity in tuples(
            self.instance["reinforcements"], "area", "reinforcement", "capacity"
        ):
            found[area].append((reinforcement, capacity))
        return found

    # networks

    @cached_property
    def inflow(self) -> dict[Index, list[Index]]:
        """Flows that arrive at each carrier, node and period."""
        return self._flows("head")

    @cached_property
    def outflow(self) -> dict[Index, list[Index]]:
        """Flows that leave each carrier, node and period."""
        return self._flows("tail")

    def _flows(self, end: str) -> dict[Index, list[Index]]:
        flow = self.decisions["flow"]
        found: dict[Index, list[Index]] = defaultdict(list)
        for node, index in zip(
            tuples(flow, "carrier", end, "period"), tuples(flow, "link", "direction", "period"), strict=True
        ):
            found[node].append(index)
        return found

    @cached_property
    def hubs_at(self) -> dict[Index, list[Index]]:
        """Hub options that may handle something at each carrier, node and period."""
        output = self.decisions["output"]
        found: dict[Index, list[Index]] = defaultdict(list)
        for node, index in zip(
            tuples(output, "carrier", "node", "period"),
            tuples(output, "hub", "option", "period"),
            strict=True,
        ):
            found[node].append(index)
        return found

    @cached_property
    def need(self) -> dict[str, Terms]:
        """By carrier: hydrogen used or CO2 captured by each option, by site and period [GWh/yr or kt/yr]."""
        runs = self.decisions["runs"]
        decision = ("process", "route", "period")
        return {carrier: terms(runs, ("site", "period"), decision, column) for carrier, column in NEED.items()}

    @cached_property
    def node_periods(self) -> list[Index]:
        """Every carrier, node and period at which anything can flow, enter, leave or be used."""
        needed = ((carrier, *index) for carrier in NEED for index in self.need[carrier])
        drawn = tuples(self.decisions["drawn"], "carrier", "node", "period")
        return list(dict.fromkeys([*needed, *self.inflow, *self.outflow, *self.hubs_at, *drawn]))

    @cached_property
    def planned_capacity(self) -> dict[Index, float]:
        """Capacity that comes by itself, by link and period."""
        flow = self.decisions["flow"]
        return values(flow.assign(planned=flow["capacity"].fillna(0.0)), ("link", "period"), "planned")

    @cached_property
    def sizes_of(self) -> dict[Index, list[tuple[Any, float]]]:
        """Sizes that may be built, and their capacity, by link and period."""
        found: dict[Index, list[tuple[Any, float]]] = defaultdict(list)
        for link, period, size, capacity in tuples(self.decisions["built"], "link", "period", "size", "size_capacity"):
            found[link, period].append((size, capacity))
        return found

    @cached_property
    def hub_capacity(self) -> dict[Index, float]:
        """Capacity of a hub option, by hub and option."""
        return values(self.instance["hubs"], ("hub", "option"), "capacity")

    # supply, support, targets

    @cached_property
    def use(self) -> Terms:
        """Use of the supplied commodities by each option, by commodity, region and period [GWh/yr]."""
        supplied = set(self.instance["supply"]["commodity"])
        found: Terms = defaultdict(list)
        for commodity in SUPPLIED:
            if commodity in supplied:
                table = self.decisions["runs"].assign(commodity=commodity)
                row = ("commodity", "region", "period")
                found |= terms(table, row, ("process", "route", "period"), commodity)
        return found

    @cached_property
    def steps(self) -> dict[Index, list[Any]]:
        """Steps of supply by commodity, zone and period."""
        found: dict[Index, list[Any]] = defaultdict(list)
        for commodity, zone, step, period in tuples(self.decisions["taken"], "commodity", "zone", "step", "period"):
            found[commodity, zone, period].append(step)
        return found

    @cached_property
    def brought_of(self) -> dict[Index, list[Any]]:
        """Regions that may be brought some of the zone `all`, by commodity and period."""
        found: dict[Index, list[Any]] = defaultdict(list)
        for commodity, region, period in tuples(self.decisions["brought"], "commodity", "region", "period"):
            found[commodity, period].append(region)
        return found

    @cached_property
    def grants_of_pot(self) -> dict[Index, list[Index]]:
        """Grants that a pot may pay in a period."""
        found: dict[Index, list[Index]] = defaultdict(list)
        for index in tuples(self.decisions["grant"], "process", "route", "period", "pot"):
            found[index[3], index[2]].append(index)
        return found

    @cached_property
    def pots_of_start(self) -> dict[Index, list[Any]]:
        """Pots that may support a start."""
        found: dict[Index, list[Any]] = defaultdict(list)
        for process, route, period, pot in tuples(self.decisions["grant"], "process", "route", "period", "pot"):
            found[process, route, period].append(pot)
        return found

    @cached_property
    def money(self) -> dict[Index, float]:
        """Budget by pot and period [M EUR]."""
        return values(self.instance["budgets"], ("pot", "period"), "amount")

    @cached_property
    def carries_over(self) -> dict[Any, bool]:
        """Whether what a pot has left may be spent later."""
        return {pot: bool(carry) for pot, carry in tuples(self.instance["pots"], "pot", "carry_over")}

    @cached_property
    def grant_limit(self) -> dict[Index, float]:
        """Most that a pot may pay for a start [M EUR]."""
        return values(self.decisions["grant"], ("process", "route", "period", "pot"), "limit")

    @cached_property
    def funding_gap(self) -> dict[Index, float]:
        """What the firm lacks at a start [M EUR], where it lacks anything and must be given it."""
        if not self.instance.settings.participation:
            return {}
        start = self.decisions["start"]
        return values(start[start["funding_gap"] > 0], ("process", "route", "period"), "funding_gap")

    @cached_property
    def emissions(self) -> Terms:
        """Emissions of each option, by the scope of a target and period [kt/yr]."""
        runs = self.decisions["runs"]
        found: Terms = defaultdict(list)
        for scope in self.instance["targets"]["scope"].unique():
            covered = runs[in_scope(runs, scope)].assign(scope=scope)
            found |= terms(covered, ("scope", "period"), ("process", "route", "period"), "emissions")
        return found

    @cached_property
    def caps(self) -> dict[Index, float]:
        """Caps on emissions by scope and period [kt/yr]."""
        return values(self.instance["targets"], ("scope", "period"), "cap")

    # strengthening

    @cached_property
    def most_asked(self) -> dict[Index, float]:
        """Largest total use of each carrier in each period [GWh/yr or kt/yr]."""
        runs = self.decisions["runs"]
        most: dict[Index, float] = defaultdict(float)
        for carrier, column in NEED.items():
            by_process = runs.groupby(["process", "period"])[column].max()
            for period, amount in by_process.groupby("period").sum().items():
                most[carrier, period] = float(amount)
        return most

    @cached_property
    def tight_capacity(self) -> dict[Index, list[tuple[Any, float]]]:
        """Sizes with a capacity above all that can be asked, cut to it, for links that are not planned."""
        built = self.decisions["built"]
        asked = [self.most_asked[index] for index in tuples(built, "carrier", "period")]
        cut = built.assign(asked=asked, cut=built["size_capacity"].clip(upper=pd.Series(asked, index=built.index)))
        loose = cut[cut["size_capacity"] > cut["asked"]].drop_duplicates(["link", "period"])
        tight = cut.merge(loose[["link", "period"]], on=["link", "period"])
        found: dict[Index, list[tuple[Any, float]]] = defaultdict(list)
        for link, period, size, capacity in tuples(tight, "link", "period", "size", "cut"):
            found[link, period].append((size, capacity))
        return found

    @cached_property
    def built_at(self) -> dict[Index, list[Index]]:
        """Candidate links that end at each carrier, node and period."""
        built = self.decisions["built"]
        found: dict[Index, list[Index]] = defaultdict(list)
        for carrier, begin, end, period, link, size in tuples(built, "carrier", "from", "to", "period", "link", "size"):
            for node in (begin, end):
                found[carrier, node, period].append((link, size, period))
        return found

    @cached_property
    def use_place(self) -> dict[Index, Index]:
        """Carrier, node and period at which an option needs a network, where nothing but candidates reaches it."""
        flow = self.decisions["flow"]
        planned = flow[flow["status"] == "planned"]
        served = {
            *tuples(planned, "carrier", "head", "period"),
            *tuples(planned, "carrier", "tail", "period"),
            *tuples(self.decisions["drawn"], "carrier", "node", "period"),
        }
        places: dict[Index, Index] = {}
        for carrier, needs in self.need.items():
            for (site, period), uses in needs.items():
                if (carrier, site, period) not in served:
                    places |= {index: (carrier, site, period) for index, _ in uses}
        return places
