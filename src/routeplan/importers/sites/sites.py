"""From one sheet of sites to an instance; the default tables give what the sheet does not."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pandas as pd

from routeplan.errors import DataError, Problem, UsageError
from routeplan.estimate.assemble import default_settings, instance_from_sites
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.estimate.derivation import joined
from routeplan.estimate.futures import usual_scenarios
from routeplan.estimate.places import located, nearest_places
from routeplan.estimate.write import write_estimated
from routeplan.estimate.years import periods_between, refuse_periods
from routeplan.importers.sites.demand import demand_of
from routeplan.importers.sites.read import SitesGiven, read_sites
from routeplan.importers.sites.readme import readme
from routeplan.importers.sites.wishes import wished
from routeplan.instance.instance import Instance
from routeplan.instance.rd_new import is_rd_new, to_degrees
from routeplan.language.language import OF_SHEETS, Language, Words
from routeplan.language.refusals import refusals_in
from routeplan.schema.frames import typed
from routeplan.schema.inputs import AREAS
from routeplan.schema.periods import HORIZON_END, PERIODS
from routeplan.schema.settings import Settings

CONTRACT = "contract-"
"""How ids of shared contracts begin."""


@dataclass(frozen=True)
class ImportedSites:
    """Outcome of an import of a sheet of sites.

    Parameters
    ----------
    instance : Instance
        The instance.
    derivation : DataFrame
        ``table``, ``key``, ``column``, ``value``, ``rule``, ``parameters``: a row for each number that was estimated.
    warnings : tuple of str
        What the user should look at, in the language of the sheet.
    language : Language
        That of the sheet, or the one asked for.
    file : str
        Name of the sheet's file.
    links_left_out : int
        Candidate links that were found, but lie on no way that is cheap enough.
    """

    instance: Instance
    derivation: pd.DataFrame
    warnings: tuple[str, ...]
    language: Language
    file: str
    links_left_out: int


def import_sites(
    sheet: Path | str,
    *,
    name: str = "",
    title: str = "",
    tables: Path | str | None = None,
    periods: Sequence[int] = PERIODS,
    horizon_end: int = HORIZON_END,
    language: Language | str | None = None,
) -> ImportedSites:
    """Make an instance from one sheet with a row for each site.

    Parameters
    ----------
    sheet : path
        Workbook or CSV file, with headers in Dutch or English (`write_sites_template`).
    name, title : str
        Of the instance; by default they follow from the file's name.
    tables : path, optional
        Folder of the user's: default tables there take the place of the package's.
    periods : sequence of int
        First years of the periods.
    horizon_end : int
        The year after the last period.
    language : Language or str, optional
        Language of messages and README: ``nl`` or ``en``; by default that of the headers, and Dutch where they cannot
        be read.

    Raises
    ------
    DataError
        With every cell that makes no sense.
    UsageError
        When the periods make no sense.
    """
    asked = Words(language).language if language else None
    with refusals_in(Words(asked or OF_SHEETS)):
        refuse_periods(periods, horizon_end)
        defaults = load_defaults(tables)
    path = Path(sheet)
    given = read_sites(path, defaults, asked)
    words = Words(given.language)
    with refusals_in(words):
        settings = _settings(path, name, title, periods[0], defaults, words)
        return made_of(given, path.name, settings, periods_between(periods, horizon_end), defaults)


def made_of(
    given: SitesGiven, file: str, settings: Settings, periods: pd.DataFrame, tables: DefaultTables
) -> ImportedSites:
    """Make an instance of what is known of sites, whatever was read for it.

    Parameters
    ----------
    given : SitesGiven
        What is known.
    file : str
        What it was read from, for readers.
    settings : Settings
        Those of the instance.
    periods : DataFrame
        Table ``periods``.
    tables : DefaultTables
        The default tables.

    Raises
    ------
    DataError
        With every row that makes no sense, by the place and line that `given` names.
    """
    words = Words(given.language)
    sites = given.sites.assign(site=site_ids(given.sites["name"], _taken(given.sites, tables)))
    demand, traces = demand_of(sites, given.place, tables)
    known, nearest_towns = _inputs(sites, demand, tables)
    try:
        made = instance_from_sites(settings, known, periods, tables)
    except DataError as refused:
        raise DataError([_in_sheet(problem, given, words) for problem in refused.problems]) from None
    instance = _with_stations(made.instance, sites)
    table, unmet = wished(instance, [(sites["site"][position], wish) for position, wish in given.wishes])
    called = dict(zip(sites["site"], sites["name"], strict=True))
    warnings = [*given.warnings]
    warnings += [
        words("{site}: region and congestion area are those of the nearest town, {town}", site=site, town=town)
        for site, town in nearest_towns.items()
    ]
    warnings += [
        words(
            "{site}: no process can take {route} by then, so that this wish is left out",
            site=called[site],
            route=words.name(wish.what),
        )
        for site, wish in unmet
    ]
    whole = instance.replace(wishes=table)
    return ImportedSites(
        replace(whole, scenarios=usual_scenarios(whole)),
        joined([traces, made.derivation]),
        tuple(warnings),
        given.language,
        file,
        made.links_left_out,
    )


def _settings(path: Path, name: str, title: str, base_year: int, tables: DefaultTables, words: Words) -> Settings:
    return default_settings(
        name or slug(path.stem),
        base_year,
        tables,
        title=title or words("Industry of {region}", region=path.stem.replace("_", " ").replace("-", " ")),
        description=words(
            "Made from the sheet {file}: what firms know of their sites stands there, all else is estimated from the "
            "default tables; the derivation beside the tables says how. Networks, grid room and public money are "
            "stylised.",
            file=path.name,
        ),
        sources={"sites": path.name, "places": words("towns: GeoNames, CC BY 4.0")},
        words=words,
    )


def _in_sheet(problem: Problem, given: SitesGiven, words: Words) -> Problem:
    """A problem of the inputs as one of the sheet: its rows are told by their lines there."""
    if problem.file != "sites" or problem.line < 2:
        return problem
    line = int(given.sites["line"].iloc[problem.line - 2])
    if problem.column == "place":
        town = str(given.sites["place"].iloc[problem.line - 2])
        text = words("the town {town} is not known; add its postcode, or columns with coordinates", town=town)
        return Problem(given.place, line, text, problem.column)
    return Problem(given.place, line, problem.text, problem.column)


def _inputs(sites: pd.DataFrame, demand: pd.DataFrame, tables: DefaultTables) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """The inputs of `instance_from_sites`, and the nearest towns of sites whose own is not known.

    Places in metres of RD New become degrees. Where coordinates are given and no town that is known, region and
    congestion area are those of the nearest one.
    """
    kept = ["site", "name", "place", "postcode", "lat", "lon", "region", "area", "sector", "spare_capacity"]
    known = sites[kept].join(demand)
    metres = is_rd_new(known["lat"], known["lon"])
    known.loc[metres, "lat"], known.loc[metres, "lon"] = to_degrees(known.loc[metres, "lat"], known.loc[metres, "lon"])
    shared = sites["contract"].map(slug)
    known = known.assign(contract=shared.where(shared == "", CONTRACT + shared))
    open_ones = known[known[["lat", "lon"]].notna().all(axis=1) & (known[["region", "area"]] == "").any(axis=1)]
    lost = open_ones[located(open_ones, tables)["region"] == ""]
    if lost.empty:
        return known, pd.Series([], dtype="str")
    near = nearest_places(lost, tables)
    for name in ("region", "area"):
        known.loc[lost.index, name] = lost[name].where(lost[name] != "", near[name])
    return known, near["place"].set_axis(lost["name"])


def _with_stations(instance: Instance, sites: pd.DataFrame) -> Instance:
    """The instance with each station as an area inside that of its sites, without a limit of its own yet."""
    table = instance["sites"].merge(sites[["site", "station"]], on="site")
    named = table["station"].map(slug)
    inside = table["area"] + "-" + named
    stations = pd.DataFrame({"area": inside, "name": table["station"], "parent": table["area"], "queue": 0.0})
    stations = stations[(named != "").to_numpy()].drop_duplicates("area")
    areas = pd.concat([instance["areas"], typed(AREAS, stations)], ignore_index=True)
    moved = instance["sites"].assign(area=inside.where(named != "", table["area"]))
    return instance.replace(areas=areas, sites=moved)


def _taken(sites: pd.DataFrame, tables: DefaultTables) -> set[str]:
    """Ids that no site may have: those of nodes of the networks, and of contracts."""
    return {*tables["network_nodes"]["node"], *(CONTRACT + sites["contract"].map(slug))}


def slug(text: str) -> str:
    """An id made of any text: ``Bakkerij 't Hoekje`` is ``bakkerij-t-hoekje``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def site_ids(names: "pd.Series[str]", others: Collection[str] = ()) -> "pd.Series[str]":
    """Ids of sites made of their names; those of one name are numbered, past the ids of all that is called otherwise.

    Parameters
    ----------
    names : Series of str
        The names.
    others : collection of str
        Ids that no site may have.
    """
    plain = names.map(slug).replace("", "site").replace("all", "site-all")
    times = Counter([*plain, *others])
    taken = {each for each in times if times[each] == 1} | set(others)
    numbers = {each: count(1) for each in times}
    ids = []
    for each in plain:
        one = (
            each
            if times[each] == 1
            else next(made for number in numbers[each] if (made := f"{each}-{number}") not in taken)
        )
        taken.add(one)
        ids.append(one)
    return pd.Series(ids, names.index, dtype="str")


def write_imported_sites(imported: ImportedSites, folder: Path | str, *, overwrite: bool = False) -> None:
    """Write an imported instance, with the README and the derivation that document the import.

    Parameters
    ----------
    imported : ImportedSites
        What `import_sites` returned.
    folder : path
        Folder of the instance, or its workbook (.xlsx), in which they are sheets of notes.
    overwrite : bool
        Whether an instance that is there may be replaced; files of others in it are kept.

    Raises
    ------
    UsageError
        When the folder holds something already, and it may not or must not be replaced; or when something else than
        imported sites is given.
    """
    if not isinstance(imported, ImportedSites):
        raise UsageError(f"{imported!r} is no imported sheet of sites; routeplan.import_sites(sheet) makes one")
    text = readme(imported.instance, imported.file, imported.warnings, imported.language, Path(folder))
    with refusals_in(Words(imported.language)):
        write_estimated(imported.instance, imported.derivation, text, folder, overwrite=overwrite)
