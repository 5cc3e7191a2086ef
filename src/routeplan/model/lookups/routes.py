"""Look-ups about routes."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from routeplan.instance import Instance
from routeplan.model.decisions import Decisions, Index, tuples
from routeplan.model.lookups.gather import gathered, values


@dataclass(frozen=True)
class RouteLookups:
    """What the equations about routes ask for."""

    instance: Instance
    decisions: Decisions

    @cached_property
    def at(self) -> dict[Index, list[Any]]:
        """Routes that a process may run in a period."""
        runs = self.decisions["runs"]
        return gathered(tuples(runs, "process", "period"), runs["route"].tolist())

    @cached_property
    def current(self) -> dict[Any, Any]:
        """Current route of each process."""
        options = self.instance["options"]
        return dict(tuples(options[options["current"] == 1], "process", "route"))

    @cached_property
    def starts_alive(self) -> dict[Index, list[int]]:
        """Starts of a temporary option whose life covers a period."""
        start = self.decisions["start"]
        bridges = start[start["temporary"] == 1][["process", "route", "period", "lifetime"]]
        every = bridges.rename(columns={"period": "begin"}).merge(self.instance["periods"][["period"]], how="cross")
        alive = every[(every["begin"] <= every["period"]) & (every["period"] < every["begin"] + every["lifetime"])]
        return gathered(tuples(alive, "process", "route", "period"), alive["begin"].tolist())

    @cached_property
    def life_ends_in(self) -> dict[Index, int]:
        """Period inside which the life of a start of a temporary option ends, where it can run on beyond it."""
        return values(self.decisions["overrun"], ("process", "route", "period"), "ends_in")
