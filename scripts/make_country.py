"""Write instances/cluster6-nl, region-* and nine-cases: python scripts/make_country.py [FOLDER OF INSTANCES].

Tables and ``instance.toml`` are written anew; README, scenarios and notes are written by hand and stay.
"""

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd

from routeplan.data.csv_text import csv_text
from routeplan.data.datapackage import DATAPACKAGE_FILE, datapackage_of
from routeplan.data.write import settings_text, write_text
from routeplan.estimate.assemble import default_settings, instance_from_sites
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.estimate.energy import demand_from_emissions
from routeplan.estimate.years import periods_between
from routeplan.generate.generate import generate
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.periods import HORIZON_END, PERIODS
from routeplan.schema.settings import SETTINGS_FILE

INSTANCES = Path(__file__).parents[1] / "instances"
SITES, SEED = 330, 1
"""The country is what `routeplan generate --sites 330 --seed 1` makes, under a name of its own."""

REGIONS = {
    "region-groningen-drenthe": ("Groningen and Drenthe", "Groningen en Drenthe", ("G01", "G02")),
    "region-rivierenland": ("Arnhem, Nijmegen and Rivierenland", "Arnhem, Nijmegen en Rivierenland", ("G06",)),
    "region-brabant-oost": ("Central and eastern Noord-Brabant", "Midden- en Oost-Brabant", ("G14",)),
    "region-limburg": ("Limburg", "Limburg", ("G15", "G16")),
}
"""Regions of that country: title, title in Dutch, and congestion areas."""

ACTION_PLAN = {2026: 7.0, 2028: 10.6}
"""The action plan's 17.6 M EUR until 2030, by period [M EUR]; how it is spread over the years is assumed."""


def main(instances: Path) -> None:
    """Make each instance and write it."""
    country = generate(SITES, SEED).instance
    titles = f"Cluster 6 of the Netherlands: {SITES} made-up sites", f"Cluster 6: {SITES} fictieve locaties"
    save(named(country, "cluster6-nl", *titles), instances)
    for name, (title, title_nl, areas) in REGIONS.items():
        part = generate(SITES, SEED, areas=areas).instance
        sites = len(part["sites"])
        titles = f"{title}: the {sites} sites of cluster6-nl there", f"{title_nl}: de {sites} locaties van cluster6-nl"
        save(named(part, name, *titles), instances)
    given = pd.read_csv(instances / "nine-cases" / "note_sites.csv", dtype={"postcode": str})
    save(nine_cases(given, load_defaults()), instances)


def named(instance: Instance, name: str, title: str, title_nl: str) -> Instance:
    """The instance under a name and titles of its own."""
    return replace(instance, settings=replace(instance.settings, name=name, title=title, title_nl=title_nl))


def nine_cases(given: pd.DataFrame, tables: DefaultTables) -> Instance:
    """Make the nine cases of the action plan, with its money as a pot of its own."""
    demand, _ = demand_from_emissions(given, tables)
    sites = given[["site", "name", "name_nl", "place", "postcode", "contract"]].join(demand.drop(columns="site"))
    settings = default_settings(
        "nine-cases",
        PERIODS[0],
        tables,
        title="Nine cases: twelve made-up sites in ceramics, glass and food",
        title_nl="Negen casussen: twaalf fictieve locaties in keramiek, glas en voeding",
        description="Nine cases like those of the action plan for cluster 6, which are not public by name; "
        "sites, sizes and towns are invented.",
        description_nl="Negen casussen zoals die van het actieplan voor cluster 6, die niet met naam openbaar zijn; "
        "locaties, omvang en plaatsen zijn verzonnen.",
        sources={
            "sites": "invented (note_sites.csv); sizes after the EU ETS registry, 2021",
            "action_plan": "17.6 M EUR until 2030, for pilots; its share and cap are assumed",
        },
        words=Words(),
    )
    periods = periods_between(PERIODS, HORIZON_END)
    return with_action_plan(instance_from_sites(settings, sites, periods, tables).instance)


def with_action_plan(instance: Instance) -> Instance:
    """Add the action plan's pot, which pays half of a pilot's capex, up to 5 M EUR."""
    pots = pd.DataFrame(
        {
            "pot": ["action_plan"],
            "name": ["Action plan cluster 6"],
            "name_nl": ["Actieplan cluster 6"],
            "carry_over": [1],
        }
    )
    budgets = pd.DataFrame({"pot": "action_plan", "period": list(ACTION_PLAN), "amount": list(ACTION_PLAN.values())})
    families = ["electrification", "flex_e", "hydrogen", "green_gas"]
    terms = {"sector": "all", "basis": "capex", "first_year": 2026, "last_year": 2030.0, "share": 0.5, "cap": 5.0}
    support = pd.DataFrame({"pot": "action_plan", "family": families}).assign(**terms)
    added = {"pots": pots, "budgets": budgets, "support": support}
    return instance.replace(**{name: pd.concat([instance[name], rows]) for name, rows in added.items()})


def save(instance: Instance, instances: Path) -> None:
    """Write tables and settings; whatever else is in the folder stays."""
    folder = instances / instance.name
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / SETTINGS_FILE, settings_text(instance.settings))
    for name, table in INPUT_TABLES.items():
        if len(instance[name]) or not table.optional:
            write_text(folder / table.file, csv_text(table, instance[name]))
    write_text(folder / DATAPACKAGE_FILE, datapackage_of(instance.name, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else INSTANCES)
