"""An instance of any number of synthetic sites that look like Dutch dispersed industry."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from routeplan.errors import Message, UsageError, listed
from routeplan.estimate.assemble import default_settings, instance_from_sites
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.estimate.derivation import joined
from routeplan.estimate.site_inputs import GIVEN
from routeplan.estimate.write import write_estimated
from routeplan.estimate.years import period_refusals, periods_between
from routeplan.generate.country import country_of
from routeplan.generate.demand import demand_of, price_groups
from routeplan.generate.derivation import drawn
from routeplan.generate.knobs import Knobs
from routeplan.generate.places import places_of
from routeplan.generate.readme import readme
from routeplan.generate.request import YEARS, Request, instance_name
from routeplan.generate.sizes import sizes_of
from routeplan.generate.stations import with_stations
from routeplan.generate.targets import targets_of
from routeplan.generate.wishes import wishes_of
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.language.refusals import refusals_in
from routeplan.schema.frames import typed
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import Settings

LEAST_SITES, MOST_SITES = 6, 30_000
_MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Generated:
    """A generated instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    derivation : DataFrame
        Where its numbers come from.
    request : Request
        What was asked.
    links_left_out : int
        Candidate links that were found, but lie on no way that is cheap enough.
    """

    instance: Instance
    derivation: pd.DataFrame
    request: Request
    links_left_out: int


def generate(
    sites: int,
    seed: int,
    *,
    years: Sequence[int] = YEARS,
    knobs: Knobs | None = None,
    tables: Path | str | None = None,
    areas: Sequence[str] = (),
    language: Language | str = Language.ENGLISH,
) -> Generated:
    """Make an instance of synthetic sites.

    The same arguments give the same instance everywhere. Time and memory grow in proportion to the sites.

    Parameters
    ----------
    sites : int
        Number of sites, 6 to 30,000. Up to 330, the number that is known, they are a part of the country; more are
        a larger country, in which supply, grid and budgets grow with them.
    seed : int
        Any whole number that is not negative.
    years : sequence of int
        First years of the periods, and the horizon's end.
    knobs : Knobs, optional
        What makes the instance hard.
    tables : path, optional
        Folder of the user's: default tables there take the place of the package's.
    areas : sequence of str
        Congestion areas whose sites are kept, with their share of the country; every area when empty.
    language : Language or str
        Language of messages, sources and README: ``en`` or ``nl``.

    Raises
    ------
    UsageError
        When an argument makes no sense, or no site is left.
    DataError
        When a default table of the user's breaks rules.
    """
    knobs = knobs or Knobs()
    words = Words(language)
    with refusals_in(words):
        _check(sites, seed, years, knobs)
        own = "" if tables is None else Path(tables).as_posix()
        request = Request(sites, seed, tuple(years), knobs, tuple(areas), own, words.language)
        return _generated(request, country_of(load_defaults(tables), sites, knobs))


def _generated(request: Request, defaults: DefaultTables) -> Generated:
    sites, seed, knobs, areas, years = request.sites, request.seed, request.knobs, request.areas, request.years
    given, given_traces = _within(areas, *_given(sites, seed, knobs, defaults), defaults)
    settings = _settings(request, len(given), defaults)
    made = instance_from_sites(settings, given, periods_between(years[:-1], years[-1]), defaults)
    grid, grid_traces = with_stations(made.instance.tables, given)
    targets, target_traces = targets_of(made.instance.tables, settings.base_year, knobs)
    wishes = wishes_of(made.instance.tables, knobs.wishes, seed, defaults)
    added = {**grid, "targets": targets, "wishes": wishes}
    instance = made.instance.replace(**{name: typed(INPUT_TABLES[name], frame) for name, frame in added.items()})
    own = made.derivation[~_drawn_here(made.derivation)]
    traces = [drawn(seed, knobs, defaults), given_traces, own, grid_traces, target_traces]
    return Generated(instance, joined(traces), request, made.links_left_out)


def write_generated(generated: Generated, folder: Path | str, *, overwrite: bool = False) -> None:
    """Write a generated instance, with ``README.md`` and ``derivation.csv`` beside its tables, or as sheets of notes.

    Parameters
    ----------
    generated : Generated
        What `generate` returned.
    folder : path
        Folder of the instance, or its workbook (.xlsx).
    overwrite : bool
        Whether an instance that is there may be replaced; files of others in it are kept.

    Raises
    ------
    UsageError
        When the folder holds something already, and it may not or must not be replaced.
    """
    text = readme(generated.instance, generated.request, generated.links_left_out, Path(folder))
    with refusals_in(Words(generated.request.language)):
        write_estimated(generated.instance, generated.derivation, text, folder, overwrite=overwrite)


def _check(sites: int, seed: int, years: Sequence[int], knobs: Knobs) -> None:
    """Refuse arguments that make no sense, every one at once."""
    wrong: list[str] = [
        Message("{name} is {value}; allowed: {low} to {high}", name=name, value=value, low=f"{low:,}", high=f"{high:,}")
        for name, value, low, high in (
            (Message("sites"), sites, LEAST_SITES, MOST_SITES),
            (Message("seed"), seed, 0, _MOST_SEED),
        )
        if not low <= value <= high
    ]
    wrong += [*knobs.refusals(), *period_refusals(years[:-1], years[-1] if years else 0)]
    if wrong:
        raise UsageError(listed(wrong, "\n"))


def _given(count: int, seed: int, knobs: Knobs, tables: DefaultTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sites in the columns that `instance_from_sites` takes."""
    sites = sizes_of(count, seed, tables)
    places = places_of(sites, seed, knobs.clustering, tables)
    demand, traces = demand_of(sites, seed, tables)
    given = sites[["site", "sector", "biogenic_co2"]].join([demand.drop(columns=["site", "sector"]), places])
    numbered = " " + sites["number"].astype(str) + ", " + places["place"]
    given["name"] = sites["sector"].str.replace("_", " ").str.capitalize() + numbered
    given["name_nl"] = sites["sector"].map(Words(Language.DUTCH).name).str.capitalize() + numbered
    given["price_group"] = price_groups(sites, tables)
    return given[[name for name in GIVEN.names if name in given]], traces


def _within(
    areas: Sequence[str], given: pd.DataFrame, traces: pd.DataFrame, tables: DefaultTables
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sites of these areas, and the derivation of their numbers."""
    known = list(tables["areas"]["area"])
    if unknown := [area for area in areas if area not in known]:
        raise UsageError(
            Message("there is no area {areas}; allowed: {known}", areas=", ".join(unknown), known=", ".join(known))
        )
    if not areas:
        return given, traces
    kept = given[given["area"].isin(areas)].reset_index(drop=True)
    if kept.empty:
        raise UsageError(Message("no site lies in {areas}; ask for more sites", areas=", ".join(areas)))
    return kept, traces[traces["key"].isin(kept["site"])]


def _settings(request: Request, kept: int, tables: DefaultTables) -> Settings:
    """Settings of an instance with `kept` of the sites that were asked for."""
    sites, seed, areas = request.sites, request.seed, request.areas
    words = Words(request.language)
    english, dutch = (_told(request, kept, Words(language)) for language in (Language.ENGLISH, Language.DUTCH))
    return default_settings(
        instance_name(sites, seed, areas),
        request.years[0],
        tables,
        title=english[0],
        description=english[1],
        title_nl=dutch[0],
        description_nl=dutch[1],
        sources={
            "sites": words("generated from seed {seed}; statistics of the EU ETS registry, 2021", seed=seed),
            "places": words("towns: GeoNames, CC BY 4.0"),
        },
        words=words,
    )


def _told(request: Request, kept: int, words: Words) -> tuple[str, str]:
    """Title and description of an instance with `kept` of the sites that were asked for."""
    sites = words.number(request.sites)
    title = words("{sites} made-up sites of dispersed industry, seed {seed}", sites=sites, seed=request.seed)
    if request.areas:
        title = words(
            "{kept} of {sites} made-up sites of dispersed industry that lie in {areas}, seed {seed}",
            kept=words.number(kept),
            sites=sites,
            areas=", ".join(request.areas),
            seed=request.seed,
        )
    return title, words(
        "Generated: sizes, towns and heat of the sites are drawn after the statistics of Dutch industry outside the "
        "five big clusters, and none of them is a real one; derivation.csv says how."
    )


def _drawn_here(traces: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row is about given coordinates; `drawn` has their derivation instead."""
    return (traces["table"] == "sites") & traces["column"].isin(["lat", "lon"])
