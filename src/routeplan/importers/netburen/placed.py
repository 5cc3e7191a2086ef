"""Sites placed below the stations on which they hang: areas of sites, and new areas, with what made them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

import pandas as pd

from routeplan.errors import Message, UsageError
from routeplan.estimate.derivation import derived, joined
from routeplan.importers.netburen.maps import AREA_MAP, SITE_MAP, read_map
from routeplan.importers.netburen.sites import Found, find_sites, stations_of_sites
from routeplan.importers.netburen.stations import Fed, find_areas
from routeplan.importers.netburen.topology import Left, Topology, read_topology
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.language.refusals import refusals_in
from routeplan.schema.column import Table
from routeplan.schema.frames import typed
from routeplan.schema.inputs import AREAS, SITES

WITHIN = 0.1
"""Distance [km] within which the only site is taken for a usage point of another name."""


@dataclass(frozen=True)
class Placed:
    """An instance whose sites hang on the stations of the grid operator.

    Parameters
    ----------
    instance : Instance
        The instance; tables ``sites`` (column ``area`` alone) and ``areas`` (new rows alone) may be other than before.
    before : Instance
        The instance as it was.
    derivation : DataFrame
        Rows of ``derivation.csv``: what in the file changed which area.
    stations : DataFrame
        Stations that feed sites: ``station``, ``area``, ``how``, ``parent`` and ``sites`` (how many).
    sites : DataFrame
        Usage points that are a site: ``usage_point``, ``site``, ``how``, ``station``, ``area_before``, ``area``.
    left : DataFrame
        What was not understood or not used: ``what`` and ``why``.
    warnings : tuple of str
        What the user should look at.
    language : Language
        That of all texts.
    """

    instance: Instance
    before: Instance
    derivation: pd.DataFrame
    stations: pd.DataFrame
    sites: pd.DataFrame
    left: pd.DataFrame
    warnings: tuple[str, ...]
    language: Language = Language.ENGLISH

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that may be other than before."""
        return AREAS, SITES

    @property
    def replaced_by(self) -> tuple[str, ...]:
        """Its derivation tells of single columns: what is told of the others stays."""
        return "table", "key", "column"

    @property
    def words(self) -> Words:
        """The words of its language."""
        return Words(self.language)

    def source(self, place: str) -> Message:
        """What the column ``source`` says of rows that changed; `place` is where the derivation is."""
        return Message("grid operator's stations (Netburen): see {place}", place=place)


def place_sites(
    file: Path | str,
    instance: Instance,
    *,
    sites: Path | str | None = None,
    areas: Path | str | None = None,
    within: float = WITHIN,
    language: Language | str = Language.ENGLISH,
) -> Placed:
    """Place sites below the stations on which they hang, by the grid operator's data product Netburen.

    The area of a site becomes that of its station: one of the instance, or a new one below the present area of the
    site, without headroom of its own. Only sites below one station can share a contract. Contracts, spare capacity
    and headroom stay as they are, and so does a site of which the file does not tell one station.

    Parameters
    ----------
    file : path
        JSON file of the data product Nettopologie for energy hubs, version 1.0.0.
    instance : Instance
        The instance.
    sites : path, optional
        MAP.csv, with columns ``connection`` (EAN, name or address of a usage point) and ``site``.
    areas : path, optional
        MAP.csv, with columns ``station`` and ``area``.
    within : float, optional
        Distance [km] within which the only site is taken for a usage point that is called as no site; 0: none is.
    language : Language or str, optional
        Language of messages, and of what the column ``source`` says: ``en`` or ``nl``.

    Raises
    ------
    UsageError
        When the distance is none.
    DataError
        With everything that is wrong with the file, or with one of the maps.
    """
    words = Words(language)
    with refusals_in(words):
        if not (isfinite(within) and within >= 0.0):
            raise UsageError(Message("the distance is {within}; allowed: kilometres, 0 or more", within=within))
        placed = _read_and_placed(Path(file), instance, _path(sites), _path(areas), within)
    return _told(placed, words)


def _path(given: Path | str | None) -> Path | None:
    return None if given is None else Path(given)


def _read_and_placed(file: Path, instance: Instance, sites: Path | None, areas: Path | None, within: float) -> Placed:
    topology = read_topology(file)
    names = {name for point in topology.points for name in point.names}
    site_map = read_map(sites, SITE_MAP, names, set(instance["sites"]["site"]))
    codes = {name for station in topology.stations for name in (station.code, station.name)}
    area_map = read_map(areas, AREA_MAP, codes, set(instance["areas"]["area"]))
    found, no_site = find_sites(topology.points, instance["sites"], site_map, within)
    of_sites, apart = stations_of_sites(found, instance["sites"])
    fed, no_area = find_areas(topology.stations, of_sites, instance["sites"], instance["areas"], area_map)
    return _placed(instance, topology, found, fed, [*topology.left, *no_site, *apart, *no_area])


def _placed(before: Instance, topology: Topology, found: list[Found], fed: list[Fed], left: list[Left]) -> Placed:
    area = {site: each.area for each in fed for site in each.sites}
    old, areas = before["sites"], _with_new(before["areas"], fed)
    sites = old.assign(area=[area.get(site, here) for site, here in zip(old["site"], old["area"], strict=True)])
    untold = [site for site in old["site"] if site not in area]
    instance = before.replace(sites=typed(SITES, sites), areas=areas)
    return Placed(
        instance=instance,
        before=before,
        derivation=_derivation(instance, before, topology, found, fed),
        stations=_stations(fed),
        sites=_sites(found, instance, before),
        left=pd.DataFrame([(each.what, each.why) for each in left], columns=["what", "why"], dtype="object"),
        warnings=(*_nobody_placed(area), *_untold(untold if area else []), *_outside(instance, before)),
    )


def _with_new(areas: pd.DataFrame, fed: Sequence[Fed]) -> pd.DataFrame:
    new = [
        {"area": each.area, "name": each.station.name, "parent": each.parent, "queue": 0.0}
        for each in fed
        if each.parent
    ]
    if not new:
        return areas
    return typed(
        AREAS, pd.concat([areas, pd.DataFrame(new).reindex(columns=areas.columns, fill_value="")], ignore_index=True)
    )


def _derivation(
    instance: Instance, before: Instance, topology: Topology, found: list[Found], fed: list[Fed]
) -> pd.DataFrame:
    """What in the file made the area of each site that moved, and the parent of each new area."""
    moved = _moved(instance, before)
    place = {each.site: f"{each.point.place}, {each.how}" for each in reversed(found)}
    rows: list[tuple[str, str, str, str, str, str]] = [
        ("sites", site, "area", area, "station of the usage point", place[site])
        for site, area in zip(moved["site"], moved["area"], strict=True)
    ]
    rows += [
        ("areas", each.area, "parent", each.parent, "area of its sites before", each.station.place)
        for each in fed
        if each.parent
    ]
    return joined(
        [
            derived(table, pd.Series([key]), column, pd.Series([value]), rule, f"{topology.file}: {cited}")
            for table, key, column, value, rule, cited in rows
        ]
    )


def _moved(instance: Instance, before: Instance) -> pd.DataFrame:
    """Sites of another area than before: ``site``, ``area_before``, ``area``."""
    rows = instance["sites"][["site", "area"]].assign(area_before=before["sites"]["area"])
    return rows[rows["area"] != rows["area_before"]]


def _stations(fed: Sequence[Fed]) -> pd.DataFrame:
    rows = [(each.station.name, each.area, each.how, each.parent, len(each.sites)) for each in fed]
    return pd.DataFrame(rows, columns=["station", "area", "how", "parent", "sites"])


def _sites(found: Sequence[Found], instance: Instance, before: Instance) -> pd.DataFrame:
    now, then = (some["sites"].set_index("site")["area"] for some in (instance, before))
    rows = [
        (each.point.called, each.site, each.how, each.point.station, then[each.site], now[each.site]) for each in found
    ]
    return pd.DataFrame(rows, columns=["usage_point", "site", "how", "station", "area_before", "area"])


def _nobody_placed(area: dict[str, str]) -> list[str]:
    return [] if area else [Message("no site of the instance was placed: it stays as it was")]


def _untold(sites: list[str]) -> list[str]:
    if not sites:
        return []
    return [
        Message("the file does not tell the station of these sites, whose area stays: {sites}", sites=", ".join(sites))
    ]


def _outside(instance: Instance, before: Instance) -> list[str]:
    """Warn of sites that left the area whose limits held for them: the new one does not lie in it."""
    parent = instance["areas"].set_index("area")["parent"]
    return [
        Message(
            "site {site} moves from area {old} to {new}, which does not lie in it: the limits of {old} no longer "
            "hold for the site",
            site=row.site,
            old=row.area_before,
            new=row.area,
        )
        for row in _moved(instance, before).itertuples(index=False)
        if row.area_before not in _lineage(str(row.area), parent)
    ]


def _lineage(area: str, parent: "pd.Series[str]") -> list[str]:
    """An area and those that contain it; the rules of the format refuse a ring."""
    found = [area]
    while above := parent[found[-1]]:
        found.append(above)
    return found


def _told(placed: Placed, words: Words) -> Placed:
    """Say all texts in the language."""
    return replace(
        placed,
        stations=placed.stations.assign(how=placed.stations["how"].map(words.told)),
        sites=placed.sites.assign(how=placed.sites["how"].map(words.told)),
        left=placed.left.assign(why=placed.left["why"].map(words.told)),
        warnings=tuple(map(words.told, placed.warnings)),
        language=words.language,
    )
