"""Figures that the formulas of options name: their places, and their values for each option."""

import pandas as pd

from routeplan.estimate.citations import figure_in, figures, general
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.formulas import Figure

_HOTTEST = "demand, all of it at the hottest process of the site"
"""Place of CO2 that is not from gas."""

_GENERAL = ("gas_emission_factor", "peak_factor", "flexible_hours", "capture_reference_size")


def option_figures(use: pd.DataFrame, tables: DefaultTables, base_year: int) -> dict[str, Figure]:
    """Find the figures of process, kind, sector, choice, route and the table ``general`` for the formulas.

    Parameters
    ----------
    use : DataFrame
        As `candidates_of` returns it.
    tables : DefaultTables
        The default tables.
    base_year : int
        Year of the decisions: capex is of this year, and lead times run from it.
    """
    kinds = tables["kinds"].set_index("kind", drop=False)
    sectors = tables["sectors"].set_index("sector", drop=False)
    by_route = _technologies(tables, base_year) | _years(tables)
    return {
        **general(tables, *_GENERAL),
        "base_year": Figure(base_year, "instance.toml"),
        "gas": Figure(use["gas"], "processes"),
        "full_load_hours": Figure(use["full_load_hours"], "demand"),
        **{name: Figure(use[name], _HOTTEST) for name in ("process_co2", "biogenic_co2")},
        "gas_efficiency": figures(tables, "kinds", kinds, "gas_efficiency")["gas_efficiency"].at(use["kind"]),
        "dilute": figures(tables, "sectors", sectors, "dilute")["dilute"].at(use["sector"]),
        "share": Figure(use["share"], use["share_place"]),
        **{name: figure.at(use["route"]) for name, figure in by_route.items()},
    }


def _technologies(tables: DefaultTables, base_year: int) -> dict[str, Figure]:
    """Costs and efficiencies of routes: capex of the base year (trends carry it on), all else of the reference year."""
    rows = tables["technologies"].set_index("route", drop=False)
    reference = tables.general("reference_year")
    return {
        str(name): figure_in(tables, "technologies", of_name, base_year if "capex" in str(name) else reference)
        for name, of_name in rows.groupby("parameter")
    }


def _years(tables: DefaultTables) -> dict[str, Figure]:
    routes = tables["routes"].set_index("route", drop=False)
    return figures(tables, "routes", routes, "lead_time", "first_year", "last_year")
