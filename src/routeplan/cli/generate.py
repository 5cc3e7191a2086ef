"""``routeplan generate``: an instance of synthetic sites, of any size."""

from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.made import beside, say_next, say_where
from routeplan.cli.output import OUT
from routeplan.cli.refuse import refuse_to_replace_instance
from routeplan.errors import Message, UsageError
from routeplan.generate.knobs import Knobs
from routeplan.language.language import Words
from routeplan.language.refusals import refusals_in
from routeplan.schema.periods import HORIZON_END, PERIODS

EXAMPLES = """Examples:

routeplan generate --sites 60 --seed 1 --out sixty

routeplan generate --sites 330 --seed 1 --headroom 0.5 --emission-cap 0.2

routeplan generate --sites 330 --seed 1 --area G15 --area G16 --out limburg

routeplan generate --sites 1000 --seed 7 --periods 2026,2030,2035,2040,2050"""

_TUNED = "Knobs"

_YEARS = ",".join(map(str, (*PERIODS, HORIZON_END)))

Sites = Annotated[int, typer.Option(help="Number of sites, 6 to 30,000.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same instance, on any machine.")]
Periods = Annotated[
    str, typer.Option(metavar="YEARS", help="First years of the periods, with commas between; last the horizon's end.")
]
Out = Annotated[Path | None, typer.Option(help="Folder of the instance, or workbook (.xlsx); its name when left out.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace an instance that is there; notes in its folder are kept.")
]
Tables = Annotated[Path | None, typer.Option(help="Folder of CSV files to use in place of default tables.")]
Language = Annotated[str, typer.Option(help="Language of messages, sources and README: en or nl.")]
Areas = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="AREA", help="Keep the sites of this congestion area; may be repeated."),
]
Headroom = Annotated[float, typer.Option(help="Factor on the room of every congestion area.", rich_help_panel=_TUNED)]
Hydrogen = Annotated[float, typer.Option(help="Factor on the price of hydrogen.", rich_help_panel=_TUNED)]
Storage = Annotated[float, typer.Option(help="Factor on the price of CO2 storage.", rich_help_panel=_TUNED)]
Cap = Annotated[
    float | None,
    typer.Option(help="Share of today's emissions that may remain in the last period.", rich_help_panel=_TUNED),
]
CapPrice = Annotated[float, typer.Option(help="Price of what is above the cap, EUR/t.", rich_help_panel=_TUNED)]
Budget = Annotated[float, typer.Option(help="Factor on the pots of public money.", rich_help_panel=_TUNED)]
Links = Annotated[
    int,
    typer.Option(
        help="Nearest nodes, and nearest sites, to which a site may be linked. Links that can hardly pay are "
        "left out afterwards, so beyond about 6 few are added.",
        rich_help_panel=_TUNED,
    ),
]
Clustering = Annotated[
    float, typer.Option(help="Share of the sites that are put within 2 km of another.", rich_help_panel=_TUNED)
]
Wishes = Annotated[float, typer.Option(help="Projects that firms want, a site on average.", rich_help_panel=_TUNED)]


def generate(
    sites: Sites,
    seed: Seed,
    periods: Periods = _YEARS,
    out: Out = None,
    language: Language = "en",
    tables: Tables = None,
    area: Areas = None,
    overwrite: Overwrite = False,
    headroom: Headroom = Knobs.headroom,
    hydrogen_price: Hydrogen = Knobs.hydrogen_price,
    storage_price: Storage = Knobs.storage_price,
    emission_cap: Cap = Knobs.emission_cap,
    cap_price: CapPrice = Knobs.cap_price,
    budget: Budget = Knobs.budget,
    candidate_links: Links = Knobs.candidate_links,
    clustering: Clustering = Knobs.clustering,
    wishes: Wishes = Knobs.wishes,
) -> None:
    """Make an instance of synthetic sites that look like Dutch industry outside the big clusters.

    README.md says what is weak in it, derivation.csv where each number comes from.
    """
    knobs = Knobs(
        headroom,
        hydrogen_price,
        storage_price,
        emission_cap,
        cap_price,
        budget,
        candidate_links,
        clustering,
        wishes,
    )
    folder = out or cli.generated_folder(sites, seed, area or ())
    words = Words(language)
    with refusals_in(words):
        refuse_to_replace_instance(folder, overwrite)
        years = _years(periods)
    made = routeplan.generate(sites, seed, years=years, knobs=knobs, tables=tables, areas=area or (), language=language)
    routeplan.write_generated(made, folder, overwrite=overwrite)
    say_where(made.instance, folder, words)
    OUT.say(words("How it was made, and what is weak in it: {place}", place=beside(folder, words)))
    say_next(folder, words)


def _years(periods: str) -> list[int]:
    parts = [part.strip() for part in periods.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise UsageError(
            Message(
                "--periods is {periods}; allowed: years with commas between, such as 2026,2030,2040", periods=periods
            )
        )
    return [int(part) for part in parts]
