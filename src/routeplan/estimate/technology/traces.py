"""Where the numbers of options, routes and trends come from, for ``derivation.csv``."""

import pandas as pd

from routeplan.estimate.citations import figure_in, figures, general, taken_over
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import cited, derived, explained, joined, key_of, whole_column
from routeplan.estimate.technology.parameters import CAPEX_BASES
from routeplan.estimate.technology.rules import option_rules
from routeplan.schema.inputs import ROUTES

Cites = dict[str, "str | pd.Series[str]"]

AT_HOTTEST = "demand, all of it at the hottest process of the site"
"""Place of CO2 that is not from gas."""


def option_traces(options: pd.DataFrame, use: pd.DataFrame, tables: DefaultTables, base_year: int) -> pd.DataFrame:
    """Rule and parameters of every number in ``options`` that is not its column's default."""
    key = key_of(options, "process", "route")
    technologies = _by_route(tables, base_year)
    routes = tables["routes"].set_index("route", drop=False)
    years = figures(tables, "routes", routes, "lead_time", "first_year", "last_year")
    given = {name: use["route"].isin(texts.index) for name, texts in technologies.items()}
    given["first_year"] = use["route"].isin(routes.index[routes["first_year"].notna()])
    cites = _of_options(use, tables, base_year)
    cites |= {name: use["route"].map(texts) for name, texts in (technologies | years).items()}
    parts = [whole_column("options", ["current"], "1 on the route by which the process runs today", "none")]
    for column, rule in option_rules(use, given).items():
        # A capex of 0 is told too: it has no default.
        made = options[column].notna() & ((options[column] != 0) | (column == "capex"))
        parts.append(explained("options", key[made], column, options.loc[made, column], rule[made], cites))
    return joined(parts)


def _of_options(use: pd.DataFrame, tables: DefaultTables, base_year: int) -> Cites:
    """What process, kind, sector, choice and the table ``general`` put into the formulas."""
    names = ["gas_emission_factor", "peak_factor", "flexible_hours", "capture_reference_size"]
    kinds = tables["kinds"].set_index("kind", drop=False)
    sectors = tables["sectors"].set_index("sector", drop=False)
    return {
        **general(tables, *names),
        "base_year": cited("base_year", base_year, "instance.toml"),
        "gas": cited("gas", use["gas_today"], "processes"),
        "full_load_hours": cited("full_load_hours", use["full_load_hours"], "demand"),
        **{name: cited(name, use[name], AT_HOTTEST) for name in ("process_co2", "biogenic_co2")},
        "gas_efficiency": use["kind"].map(figures(tables, "kinds", kinds, "gas_efficiency")["gas_efficiency"]),
        "dilute": use["sector"].map(figures(tables, "sectors", sectors, "dilute")["dilute"]),
        "share": use["share_cited"],
        "captured": cited("captured", use["captured"], "options.csv"),
        "capex": cited("capex", use["capex"], "options.csv"),
        "gas_left": cited("gas_left", use["gas"], "options.csv, gas"),
    }


def _by_route(tables: DefaultTables, base_year: int) -> "dict[str, pd.Series[str]]":
    """Parameters of each route: capex of the base year, all else of the reference year."""
    rows = tables["technologies"].set_index("route", drop=False)
    reference = tables.general("reference_year")
    found = {name: pd.Series(dtype="str") for name in _PARAMETERS}
    for name, of_name in rows.groupby("parameter"):
        year = base_year if "capex" in str(name) else reference
        found[str(name)] = figure_in(tables, "technologies", of_name, str(name), year)
    return found


_PARAMETERS = (*CAPEX_BASES, "efficiency", "fixed_cost", "fixed_cost_share", "capture_rate", "scale_exponent")


def route_traces(routes: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Lives and flags of the routes, as their default table has them."""
    rows = tables["routes"]
    return taken_over(tables, "routes", rows[rows["route"].isin(routes["route"])], ROUTES)


def trend_traces(trends: pd.DataFrame, tables: DefaultTables, base_year: int) -> pd.DataFrame:
    """Rule of the factors on capex: what a kW of heat, a MWh/yr or a t/yr costs in a year, over the base year's."""
    rows = tables["technologies"].set_index("route", drop=False)
    bases = rows[rows["parameter"].isin(CAPEX_BASES)]
    years = sorted({base_year, *trends["period"]})
    costs = {year: _of_routes(figure_in(tables, "technologies", bases, _in(bases, year), year)) for year in years}
    efficient = rows[rows["parameter"] == "efficiency"]
    efficiency = figure_in(tables, "technologies", efficient, "efficiency", tables.general("reference_year"))
    per_heat = {
        year: _of_routes(_in(bases, year).mask(_needs(bases, efficiency), _in(bases, year) + " / efficiency"))
        for year in years
    }
    rules, used = [], []
    for route, period in trends[["route", "period"]].itertuples(index=False, name=None):
        sums = (" + ".join(per_heat[year][route]) for year in (period, base_year))
        rules.append("({}) / ({})".format(*sums))
        cites = [text for year in dict.fromkeys((period, base_year)) for text in costs[year][route]]
        used.append("; ".join([*cites, *efficiency[efficiency.index == route]]))
    key = key_of(trends, "route", "period")
    return derived("trends", key, "capex", trends["capex"], _column(rules, trends), _column(used, trends))


def _in(rows: pd.DataFrame, year: int) -> "pd.Series[str]":
    return rows["parameter"] + f"_{year}"


def _needs(bases: pd.DataFrame, efficiency: "pd.Series[str]") -> "pd.Series[bool]":
    """Whether a capex is for a kW of input, of which a kW of heat needs 1 / efficiency."""
    return (bases["parameter"] == "capex_input") & bases["route"].isin(efficiency.index)


def _of_routes(texts: "pd.Series[str]") -> dict[str, list[str]]:
    return {str(route): list(of_route) for route, of_route in texts.groupby(level=0)}


def _column(texts: list[str], rows: pd.DataFrame) -> "pd.Series[str]":
    return pd.Series(texts, index=rows.index, dtype="str")
