"""Obstacles: what stands in the way of projects by the tables of a plan and its instance, without any solve.

Each is a condition that every start obeys when all other processes do what the plan says, so that a project with an
obstacle is impossible. The contrary does not hold: limits are looked at one by one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import pandas as pd

from routeplan.model.lookups import gathered
from routeplan.network.needs import NEED
from routeplan.schema.inputs import ALL
from routeplan.tolerances import FITS
from routeplan.why.facts import Facts
from routeplan.why.limit import Kind
from routeplan.why.money_left import money_left
from routeplan.why.new_capacity import grid_left
from routeplan.why.obstacle import Obstacle, TableAnswer
from routeplan.why.supply_left import sources_left, supply_left
from routeplan.why.wishes import Wish

CLEAR = 1e-4
"""Share of what is asked, or of 1 where that is less, by which it must exceed what is left: solvers have tolerances."""

ORDER = (
    Kind.LEAD_TIME, Kind.STOP, Kind.DECIDED, Kind.REACH, Kind.GRID, Kind.SOURCE, Kind.SUPPLY, Kind.SUPPORT, Kind.POT,
)  # fmt: skip
"""In this order obstacles are told: whether it may start, whether it is reached, whether there is room, and money."""

Option = tuple[str, str]


def answers_from_tables(facts: Facts, wishes: Sequence[Wish]) -> list[TableAnswer]:
    """Tell what the tables say of projects.

    Parameters
    ----------
    facts : Facts
        Facts of the plan, for all sites of the projects.
    wishes : sequence of Wish
        The projects.
    """
    obstacles = Obstacles(facts, wishes)
    return [obstacles.answer(wish) for wish in wishes]


class Obstacles:
    """What stands in the way of some options by the tables, at whatever time they start.

    Parameters
    ----------
    facts : Facts
        Facts of the plan, for all sites of the projects.
    wishes : sequence of Wish
        Projects with these options.
    """

    def __init__(self, facts: Facts, wishes: Sequence[Wish]) -> None:
        self._facts, instance = facts, facts.result.instance
        self._horizon = instance.horizon
        asked = pd.MultiIndex.from_tuples({(wish.process, wish.route) for wish in wishes}, names=["process", "route"])
        every = facts.options.by_period
        uses = every[pd.MultiIndex.from_frame(every[["process", "route"]]).isin(asked)]
        self._bridges = set(_keys(uses[uses["temporary"] == 1]))
        self._uses = uses[uses["may_run"]].reset_index(drop=True)
        runs = facts.result["runs"]
        self._planned = set(zip(runs["process"], runs["route"], runs["period"].astype(int), strict=True))
        self._money = {process: money_left(facts.result, process) for process in dict.fromkeys(uses["process"])}

    def answer(self, wish: Wish) -> TableAnswer:
        """What the tables say of a project."""
        later = [int(period) for period in self._horizon.first if period >= wish.period]
        clear = (period for period in later if self._has(wish.moved_to(period)) or not self.at(wish.moved_to(period)))
        planned = self._has(wish)
        return TableAnswer(wish, planned, () if planned else self.at(wish), next(clear, None))

    def _has(self, wish: Wish) -> bool:
        return (wish.process, wish.route, wish.period) in self._planned

    def at(self, wish: Wish) -> tuple[Obstacle, ...]:
        """What stands in the way of a start, each limit once: of the first period in which it does, until the last."""
        found = [*self._of_timing(wish), *self._while_it_runs(wish), *self._of_money(wish)]
        once: dict[tuple[Kind, tuple[str, ...]], Obstacle] = {}
        for each in sorted(found, key=lambda each: (ORDER.index(each.kind), each.place, each.period)):
            limit = each.kind, each.place
            once[limit] = replace(once.get(limit, each), until=each.until)
        return tuple(once.values())

    def _of_timing(self, wish: Wish) -> Iterator[Obstacle]:
        """That the option is not there then, or that the process has no stop."""
        first, last = self._years[wish.process, wish.route]
        if wish.period < first or wish.period > last:
            yield Obstacle(Kind.LEAD_TIME, (wish.process, wish.route), wish.period)
        if wish.period not in (self._stops[wish.process] or [wish.period]):
            yield Obstacle(Kind.STOP, (wish.process,), wish.period)

    @cached_property
    def _years(self) -> dict[Option, tuple[float, float]]:
        """First and last year of each option; without end where there is none."""
        options = self._facts.result.instance["options"]
        first, last = options["first_year"].fillna(float("-inf")), options["last_year"].fillna(float("inf"))
        return dict(zip(_keys(options), zip(first.astype(float), last.astype(float), strict=True), strict=True))

    @cached_property
    def _stops(self) -> dict[str, list[int]]:
        windows = self._facts.result.instance["windows"]
        return gathered(windows["process"].tolist(), windows["period"].tolist())

    def _while_it_runs(self, wish: Wish) -> Iterator[Obstacle]:
        """What leaves no room for it: then, and later too where it is no bridge, as it must run on."""
        option = wish.process, wish.route
        for each in self._in_use.get(option, ()):
            if each.period == wish.period or (each.period > wish.period and option not in self._bridges):
                yield each

    @cached_property
    def _in_use(self) -> dict[Option, list[Obstacle]]:
        """What leaves no room for each option, in every period in which it may run."""
        found: dict[Option, list[Obstacle]] = defaultdict(list)
        for option, obstacle in (*self._grid(), *self._supply(), *self._network(), *self._decided()):
            found[option].append(replace(obstacle, until=self._horizon.last_years[obstacle.period]))
        return found

    def _grid(self) -> Iterator[tuple[Option, Obstacle]]:
        rows = _lacking(grid_left(self._facts, self._uses))
        yield from _told(rows, Kind.GRID, rows[["area", "room"]])

    def _supply(self) -> Iterator[tuple[Option, Obstacle]]:
        rows = _lacking(supply_left(self._facts, self._uses))
        yield from _told(rows, Kind.SUPPLY, rows[["commodity", "zone"]])

    def _network(self) -> Iterator[tuple[Option, Obstacle]]:
        """Networks that do not reach the site, and sources and hubs that have too little left where one does."""
        needs = sources_left(self._facts, self._uses)
        afar = self._afar(needs)
        # What no network brings is no amount.
        unreached = needs[afar].assign(asked=float("nan"), left=float("nan"))
        yield from _told(unreached, Kind.REACH, unreached[["site", "carrier"]])
        rows = _lacking(needs[~afar])
        yield from _told(rows, Kind.SOURCE, rows.assign(node=ALL)[["node", "carrier"]])

    def _afar(self, needs: pd.DataFrame) -> "pd.Series[bool]":
        """Whether nothing that supplies or stores can be reached."""
        key = ["site", "carrier", "period"]
        reached = [self._facts.reached(carrier) for carrier in NEED if (needs["carrier"] == carrier).any()]
        if not reached:
            return pd.Series(False, needs.index)
        source = pd.concat(reached).set_index(key)["source"]
        return needs[key].join(source, on=key)["source"] == ""

    def _decided(self) -> Iterator[tuple[Option, Obstacle]]:
        """What is decided against, and the options of a process for which another one is decided."""
        decided = self._facts.result.instance["decided"]
        rows = decided[decided["decision"] == "runs"].rename(columns={"item": "process"})
        both = self._uses[["process", "route", "period"]].merge(rows, on=["process", "period"])
        against = both[(both["choice"] == both["route"]) == (both["value"] == 0)]
        place = against.assign(value=against["value"].astype(str))[["decision", "process", "choice", "value"]]
        yield from _told(against.assign(asked=float("nan"), left=float("nan")), Kind.DECIDED, place)

    def _of_money(self, wish: Wish) -> Iterator[Obstacle]:
        """A funding gap above what may be paid, or above what pots have left of that."""
        found = self._facts.gaps.of(wish)
        if found is None or not self._facts.result.instance.settings.participation:
            return
        if found.payable < found.gap * FITS:
            yield Obstacle(Kind.SUPPORT, (wish.process, wish.route), wish.period, found.gap, found.payable)
            return
        left = self._money[wish.process][wish.period]
        paid = sum(min(most, float(left[pot])) for pot, most in found.by_pot.items())
        if found.gap - paid > CLEAR * max(1.0, found.gap):
            yield Obstacle(Kind.POT, tuple(found.by_pot), wish.period, found.gap, paid)


def _keys(table: pd.DataFrame) -> list[Option]:
    return list(zip(table["process"], table["route"], strict=True))


def _lacking(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that ask for more than is left."""
    asked, left = rows["asked"].astype(float), rows["left"].astype(float)
    return rows[(asked > 0.0) & (asked - left > CLEAR * asked.clip(lower=1.0))]


def _told(rows: pd.DataFrame, kind: Kind, places: pd.DataFrame) -> Iterator[tuple[Option, Obstacle]]:
    """Rows as obstacles of their options."""
    at = [tuple(map(str, place)) for place in places.itertuples(index=False, name=None)]
    amounts = zip(rows["period"].astype(int), rows["asked"].astype(float), rows["left"].astype(float), strict=True)
    for option, place, (period, asked, left) in zip(_keys(rows), at, amounts, strict=True):
        yield option, Obstacle(kind, place, period, asked, max(0.0, left) if left == left else left)
