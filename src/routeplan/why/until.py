"""What a plan has for a process until a year: its routes, the bridges among them, their CO2 and cost."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.instance.money import yearly_firm_cost
from routeplan.instance.options import options_of
from routeplan.result.result import Result


@dataclass(frozen=True)
class Spell:
    """Years on end in which a process runs one route.

    Parameters
    ----------
    route : str
        The route.
    first, last : int
        Its first and last calendar year.
    bridge : bool
        Whether it is one that is to be left again.
    """

    route: str
    first: int
    last: int
    bridge: bool

    @property
    def years(self) -> str:
        """The years, in figures."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Until:
    """What the plan has for a process until a year.

    Parameters
    ----------
    spells : tuple of Spell
        What it runs, in the order of time; empty where nothing comes before that year.
    emissions, cost : float, optional
        CO2 [kt/yr] and what the firm pays to run it [M EUR/yr], as means over these years.
    bridge_emissions, bridge_cost : float, optional
        The same in the years of bridges; None where there are none.
    invested : float, optional
        What is invested [M EUR].
    """

    spells: tuple[Spell, ...] = ()
    emissions: float | None = None
    cost: float | None = None
    bridge_emissions: float | None = None
    bridge_cost: float | None = None
    invested: float | None = None

    def since(self, year: int) -> "tuple[Spell, ...]":
        """What it runs from a year on."""
        return tuple(spell for spell in self.spells if spell.last >= year)

    @property
    def bridges(self) -> tuple[str, ...]:
        """Routes that are bridges, each once."""
        return tuple(dict.fromkeys(spell.route for spell in self.spells if spell.bridge))

    def told(self, name: Callable[[str], str]) -> str:
        """The routes and their years, each route under the name that `name` gives it."""
        return "; ".join(f"{name(spell.route)} {spell.years}" for spell in self.spells)


class UntilThen:
    """Tells what a plan has for its processes until a year.

    Parameters
    ----------
    result : Result
        A result with a plan.
    """

    def __init__(self, result: Result) -> None:
        instance = result.instance
        use = options_of(instance).by_period.merge(result["runs"], on=["process", "route", "period"])
        use = use.assign(
            cost=yearly_firm_cost(use, instance.prices),
            years=instance.horizon.years[use["position"]],
            bridge=use["temporary"] == 1,
        )
        self._runs = use.sort_values("period").groupby("process")
        self._starts = result["starts"].groupby("process")

    def __call__(self, process: str, year: int | None) -> Until:
        """What the process does before a year; in all years of the plan when it is None."""
        runs = _before(self._runs.get_group(process), year)
        if runs.empty:
            return Until()
        bridges = runs[runs["bridge"]]
        return Until(
            spells=_spells(runs),
            emissions=_mean(runs, "emissions"),
            cost=_mean(runs, "cost"),
            bridge_emissions=_mean(bridges, "emissions"),
            bridge_cost=_mean(bridges, "cost"),
            invested=self._invested(process, year),
        )

    def _invested(self, process: str, year: int | None) -> float:
        if process not in self._starts.indices:
            return 0.0
        return float(_before(self._starts.get_group(process), year)["capex"].sum())


def _before(rows: pd.DataFrame, year: int | None) -> pd.DataFrame:
    return rows if year is None else rows[rows["period"] < year]


def _mean(runs: pd.DataFrame, amount: str) -> float | None:
    return None if runs.empty else float(np.average(runs[amount], weights=runs["years"]))


def _spells(runs: pd.DataFrame) -> tuple[Spell, ...]:
    number = (runs["route"] != runs["route"].shift()).cumsum()
    last = runs["period"] + runs["years"] - 1
    ends = {"route": "first", "period": "first", "last": "last", "bridge": "first"}
    spells = runs.assign(last=last).groupby(number).agg(ends)
    return tuple(
        Spell(str(route), int(first), int(end), bool(bridge))
        for route, first, end, bridge in spells.itertuples(index=False, name=None)
    )
