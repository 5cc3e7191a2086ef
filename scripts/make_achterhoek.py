"""Write the tables of instances/achterhoek that follow from its sites: python scripts/make_achterhoek.py [FOLDER].

The folder's other tables are written by hand and stay as they are. Nothing here is drawn at random.
"""

import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pandas as pd

from routeplan.data.csv_text import csv_text
from routeplan.data.datapackage import DATAPACKAGE_FILE, datapackage_of
from routeplan.data.write import write_text
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.estimate.derivation import derived, joined, key_of
from routeplan.estimate.energy import demand_from_emissions
from routeplan.estimate.surroundings.links import candidate_links
from routeplan.estimate.surroundings.prices import prices_of
from routeplan.estimate.technology.demand import checked_demand, spare_capacity
from routeplan.estimate.technology.options import SiteOptions, options_for_sites
from routeplan.schema.frames import typed
from routeplan.schema.inputs import INPUT_TABLES

FOLDER = Path(__file__).parents[1] / "instances" / "achterhoek"
REGION = "Achterhoek"
COMMITTED = {("food-3.drying", "mvr"): 2028}
"""Options already ordered, which run from this year in spite of the usual lead time."""

ORDERED = "first_year, since it is ordered already"

LEAST_CAPTURE = 60.0
"""Emissions of a paper mill's steam process from which capture is on offer [kt/yr]: the largest mill captures at
its boiler house, which emits more than this one process does."""

WITHOUT_GREEN_GAS = [("hot_steam", "all"), ("furnace", "all")]
"""Kinds and sectors whose rows for green gas are left out: no pot pays for it there."""

WITH_GREEN_GAS = [("furnace", "metals")]

STOPS = {"hot_water": 4.0, "drying": 4.0, "steam": 5.0, "hot_steam": 5.0}
"""Years between the stops in which boilers can be rebuilt: a little sooner than elsewhere."""

LEAST_USE = {"hydrogen": 15.0, "co2": 15.0}
"""Hydrogen [GWh/yr] or captured CO2 [kt/yr] of a site below which no link to it is looked for: asphalt plants, which
run some 2000 hours a year, stay below it."""

SOURCE_COLUMNS = ["source", "source_confidence"]
"""Last columns of every table. A row is trusted as much as the weakest of the figures that its source names."""


def main(folder: Path) -> None:
    """Make the tables and write them, each row with its source."""
    tables = _own(load_defaults())
    given = pd.read_csv(folder / "note_sites.csv")
    periods = pd.read_csv(folder / "periods.csv")
    demand, demand_traces = demand_from_emissions(given, tables)
    demand = checked_demand(demand, tables)
    made = _mended(options_for_sites(demand, tables, periods))
    prices, price_traces = prices_of(tables, sorted(set(_groups(given, tables))), list(periods["period"]))
    links, link_traces = _links(folder, given, made, tables)
    frames = _with_sources(made, tables) | {
        "sites": _sites(given, demand, tables),
        "prices": _attributed(prices, price_traces["parameters"].set_axis(prices.index)),
        "links": links,
        "wishes": _wishes(made, given),
    }
    for name, frame in frames.items():
        _write(folder, name, frame)
    derivation = joined([demand_traces, _spare_traces(frames["sites"]), made.derivation, price_traces, link_traces])
    derivation.to_csv(folder / "derivation.csv", index=False, lineterminator="\n")
    write_text(folder / DATAPACKAGE_FILE, datapackage_of(REGION.lower(), folder))


def _own(tables: DefaultTables) -> DefaultTables:
    """The default tables with the few figures and choices that differ here."""
    choices, kinds = tables["choices"].copy(), tables["kinds"].copy()
    mills = (choices["route"] == "ccs") & (choices["sector"] == "paper")
    choices.loc[mills, "least_emissions"] = LEAST_CAPTURE
    green = choices["route"].isin(["green_gas", "green_gas_blend"])
    pairs = pd.MultiIndex.from_frame(choices[["kind", "sector"]])
    again = choices[green & pairs.isin([(kind, "all") for kind, _ in WITH_GREEN_GAS])]
    sectors = again["kind"].map(dict(WITH_GREEN_GAS))
    choices = pd.concat([choices[~(green & pairs.isin(WITHOUT_GREEN_GAS))], again.assign(sector=sectors)])
    for kind, years in STOPS.items():
        kinds.loc[kinds["kind"] == kind, ["stop_interval", "confidence"]] = [years, "L"]
    return DefaultTables({**tables.frames, "choices": choices, "kinds": kinds})


def _groups(sites: pd.DataFrame, tables: DefaultTables) -> pd.Series:
    """Price group of each site: that of its sector, but sites outside the ETS pay as small ones."""
    groups = sites["sector"].map(tables["sectors"].set_index("sector")["price_group"])
    return groups.where((sites["pattern"] == "ets") | (groups == "mineral"), "small")


def _sites(given: pd.DataFrame, demand: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    return given.rename(columns={"station": "area"}).assign(
        region=REGION,
        contract=given["site"],
        spare_capacity=spare_capacity(demand, tables).to_numpy(),
        price_group=_groups(given, tables),
        source=given["source"] + "; room in the contract estimated",
        source_confidence="L",
    )


def _spare_traces(sites: pd.DataFrame) -> pd.DataFrame:
    rule = "electricity / full load hours x (contract_factor - peak_factor)"
    used = "general.csv: contract_factor (L), peak_factor (M)"
    return derived("sites", sites["site"], "spare_capacity", sites["spare_capacity"], rule, used)


def _with_sources(made: SiteOptions, tables: DefaultTables) -> dict[str, pd.DataFrame]:
    """Tables of the technology step, each row with a source that names its default table, and its confidence."""
    technologies, kinds = tables["technologies"], tables["kinds"].set_index("kind")
    capex = technologies[technologies["parameter"].str.contains("capex")]
    kind = made.windows["process"].map(made.processes.set_index("process")["kind"])
    stops = "assumption: a stop every " + kind.map(kinds["stop_interval"]).map("{:g}".format) + " years (L)"
    used = "technology " + _trusted(made.options["route"], technologies) + "; derivation.csv"
    return {
        "processes": _attributed(made.processes, "heat bands of the sector (default table sectors, M-L)"),
        "routes": _attributed(made.routes, _marked(made.routes["route"], tables["routes"].set_index("route"))),
        "options": _attributed(made.options, used),
        "trends": _attributed(made.trends, "capex by year of technology " + _trusted(made.trends["route"], capex)),
        "windows": _attributed(made.windows, stops),
    }


def _attributed(frame: pd.DataFrame, source: "pd.Series[str] | str") -> pd.DataFrame:
    """A table with its source, and the least confidence that ends a bracket of it, as in ``(default sizes, M-L)``."""
    sourced = frame.assign(source=source)
    marks = sourced["source"].str.findall(r"\b([HML](?:-[HML])?)\)").str.join("-")
    return sourced.assign(source_confidence=marks.map(_weakest))


def _weakest(marks: str) -> str:
    """L of ``M-L`` or ``H-M-L``: a row is known as well as the weakest of its figures."""
    return max(marks.split("-"), key="HML".index)


def _trusted(routes: "pd.Series[str]", technologies: pd.DataFrame) -> "pd.Series[str]":
    """Each technology's default table, and the least confidence among its figures."""
    trust = technologies.groupby("route")["confidence"].agg("-".join).map(_weakest)
    return routes + " (default table technologies, " + routes.map(trust) + ")"


def _marked(names: pd.Series, rows: pd.DataFrame) -> pd.Series:
    return names.map(rows["source"]) + " (" + names.map(rows["confidence"]) + ")"


def _mended(made: SiteOptions) -> SiteOptions:
    """Options with the years of what is ordered already, and the rows that say so."""
    pairs = pd.MultiIndex.from_frame(made.options[["process", "route"]])
    years = pd.Series([COMMITTED.get(pair, float("nan")) for pair in pairs], made.options.index)
    ordered = made.options[years.notna()].assign(first_year=years)
    keys, told = key_of(ordered, "process", "route"), made.derivation
    usual = (told["table"] == "options") & (told["column"] == "first_year") & told["key"].isin(keys)
    traces = derived("options", keys, "first_year", ordered["first_year"], ORDERED, "first_year (assumption, L)")
    return replace(
        made,
        options=made.options.assign(first_year=years.fillna(made.options["first_year"])),
        derivation=joined([told[~usual], traces]),
    )


def _links(
    folder: Path, sites: pd.DataFrame, made: SiteOptions, tables: DefaultTables
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The links given by hand, and candidates for the sites that would use enough of a carrier."""
    nodes, given = pd.read_csv(folder / "nodes.csv"), pd.read_csv(folder / "note_links.csv")
    owner = made.processes.set_index("process")["site"]
    use = made.options.assign(site=made.options["process"].map(owner))
    found = []
    for carrier, column in (("hydrogen", "hydrogen"), ("co2", "captured")):
        most = use.groupby(["site", "process"])[column].max().groupby("site").sum()
        users = sites[sites["site"].isin(most.index[most >= LEAST_USE[carrier]])].reset_index(drop=True)
        ends = nodes[(nodes["carrier"] == carrier) & (nodes["node"] != "co2-maasvlakte")]
        found.append(candidate_links(users, ends, carrier, tables, 2026)[0])
    candidates = pd.concat(found, ignore_index=True)
    rule = "great circle x detour_factor, at least 1 km"
    traces = derived(
        "links", key_of(candidates, "link"), "length", candidates["length"], rule, "general.csv: detour_factor (M)"
    )
    source = "candidate: nearest nodes and sites; detour, lead time and costs: default table general (M-L)"
    return pd.concat([given, _attributed(candidates, source)], ignore_index=True), traces


def _wishes(made: SiteOptions, sites: pd.DataFrame) -> pd.DataFrame:
    """Two wishes a site, and one more at every sixth: 2.1 a site, as 700 initiatives are at 330 sites; all made up."""
    owner = made.processes.set_index("process")["site"]
    routes = made.routes.set_index("route")
    wishes = made.options[made.options["current"] == 0].assign(site=made.options["process"].map(owner))
    wishes = wishes[wishes["route"].map(routes["temporary"]) == 0]
    draw = pd.Series(
        [zlib.crc32(f"{a} {b}".encode()) for a, b in zip(wishes["process"], wishes["route"], strict=True)], wishes.index
    )
    # Electrification first: it is what most of the initiatives are about.
    second = wishes["route"].map(routes["family"]) != "electrification"
    wishes = wishes.assign(draw=draw, second=second).sort_values(["second", "draw"])
    first = wishes[~wishes["second"]].groupby("site").head(1)
    rest = wishes[~wishes.index.isin(first.index)].sort_values("draw")
    rank = rest.groupby("site").cumcount()
    place = rest["site"].map({site: row for row, site in enumerate(sites["site"])})
    chosen = pd.concat([first, rest[(rank == 0) | ((rank == 1) & (place % 6 == 0))]])
    chosen = chosen.loc[sorted(chosen.index)].reset_index(drop=True)
    maturity = chosen["draw"].mod(3).map({0: "firm", 1: "planned", 2: "idea"})
    years = chosen["draw"].mod(4).map({0: 2028, 1: 2030, 2: 2030, 3: 2033})
    return chosen.assign(
        project="project-" + (chosen.index + 1).astype(str).str.zfill(2),
        period=years,
        maturity=maturity,
        source="made up: 2.1 wishes a site (FD 2025: 700 initiatives at 330 sites)",
        source_confidence="L",
    )


def _write(folder: Path, name: str, frame: pd.DataFrame) -> None:
    """Write a table in the form of the package, with its source and confidence as the last columns."""
    table = INPUT_TABLES[name]
    lines = csv_text(table, typed(table, frame.reset_index(drop=True))).splitlines()
    source = frame[SOURCE_COLUMNS].to_csv(index=False, lineterminator="\n").splitlines()
    text = "".join(f"{line},{cell}\n" for line, cell in zip(lines, source, strict=True))
    (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
