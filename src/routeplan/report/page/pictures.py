"""The pictures of a page, in its order: one place to add another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import pandas as pd

from routeplan.language.language import Language, Words
from routeplan.report.charts.axis import Extent
from routeplan.report.charts.costs import costs_table, extent_of_costs, plot_costs
from routeplan.report.charts.emissions import emissions_table, extent_of_emissions, plot_emissions
from routeplan.report.charts.energy import energy_table, extent_of_energy, plot_energy
from routeplan.report.charts.limits import limits_table, plot_limits
from routeplan.report.charts.public_money import most_by_pot, plot_public_money, public_money_table
from routeplan.report.charts.routes import (
    extent_of_routes,
    plot_routes,
    plot_routes_by_sector,
    routes_by_sector_table,
    routes_table,
)
from routeplan.report.map.plot import plot_map, window_of
from routeplan.report.map.projection import Window
from routeplan.report.map.table import map_table
from routeplan.result.result import Result

Shared = Callable[[Sequence[Result]], dict[str, Any]]
"""What the pictures of several results have in common, so that they can be compared: arguments of their function."""


def _nothing(results: Sequence[Result]) -> dict[str, Any]:
    return {}


def _one_window(results: Sequence[Result]) -> dict[str, Any]:
    """Common window of the maps, unless the plans are of other instances."""
    if len({result.instance.sha256 for result in results}) > 1:
        return {}
    return {"window": reduce(Window.joined, map(window_of, results))}


def _one_scale(extent_of: Callable[[Result], Extent]) -> Shared:
    """Common ends of the y axis."""

    def ends(results: Sequence[Result]) -> dict[str, Any]:
        extents = list(map(extent_of, results))
        return {"top": max(each.top for each in extents), "bottom": min(each.bottom for each in extents)}

    return ends


def _one_scale_by_pot(results: Sequence[Result]) -> dict[str, Any]:
    """Common height of the y axis of each pot."""
    tops: dict[str, float] = {}
    for most in map(most_by_pot, results):
        tops |= {pot: max(amount, tops.get(pot, 0.0)) for pot, amount in most.items()}
    return {"tops": tops}


@dataclass(frozen=True)
class Picture:
    """A picture of a page.

    Parameters
    ----------
    key : str
        Its address on the page.
    short, heading, note : str
        Its name in a list, what it shows, and what to look for; English texts, which catalogues translate.
    plot : callable
        Draws it, of a result in a language.
    table : callable, optional
        The numbers in it, for those who cannot see it.
    shared : callable, optional
        What the pictures of several results have in common.
    wide : bool, optional
        Whether it takes the page's whole width; others share it.
    moves : bool, optional
        Whether it shows one period at a time, so that it needs a slider, and can be zoomed.
    """

    key: str
    short: str
    heading: str
    plot: Callable[..., Any]
    table: Callable[[Result, Words], pd.DataFrame] | None = None
    shared: Shared = _nothing
    note: str = ""
    wide: bool = False
    moves: bool = False

    def side_by_side(self, results: Sequence[Result], language: Language) -> list[Any]:
        """Draw the picture of each result, so that they can be compared."""
        # One alone has what it needs by itself: to reckon it here too would be work done twice.
        shared = self.shared(results) if len(results) > 1 else {}
        return [self.plot(result, language, **shared) for result in results]


PICTURES = (
    Picture(
        "map",
        "Map",
        "Map",
        plot_map,
        map_table,
        _one_window,
        note="What each site runs in the chosen period, the links and hubs in use, and how full the grid is.",
        wide=True,
        moves=True,
    ),
    Picture("routes", "Routes", "Routes over time", plot_routes, routes_table, _one_scale(extent_of_routes)),
    Picture("co2", "CO2", "CO2 over time", plot_emissions, emissions_table, _one_scale(extent_of_emissions)),
    Picture("sectors", "Sectors", "Routes by sector", plot_routes_by_sector, routes_by_sector_table, wide=True),
    Picture("costs", "Cost", "Cost over time", plot_costs, costs_table, _one_scale(extent_of_costs)),
    Picture("energy", "Energy", "Energy over time", plot_energy, energy_table, _one_scale(extent_of_energy)),
    Picture("limits", "Limits", "How full the limits are", plot_limits, limits_table, wide=True),
    Picture(
        "money",
        "Public money",
        "Public money by pot",
        plot_public_money,
        public_money_table,
        _one_scale_by_pot,
        wide=True,
    ),
)
