"""Which area a station is: by the planner's map, else by name, else a new one below the present area of its sites."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from routeplan.errors import Message
from routeplan.importers.capacity.naming import id_of
from routeplan.importers.netburen.maps import Map
from routeplan.importers.netburen.topology import Left, Station
from routeplan.instance.rules.words import folded

MAPPED = Message("by the map of stations")
MATCHED = Message("an area of this name")
ADDED = Message("new area, without a limit of its own")


@dataclass(frozen=True)
class Fed:
    """A station and the sites that hang on it.

    Parameters
    ----------
    station : Station
        The station.
    sites : tuple of str
        Its sites.
    area : str
        The area that it is.
    parent : str
        The area above a new one; "" where the area is one of the instance.
    how : str
        How it was found.
    """

    station: Station
    sites: tuple[str, ...]
    area: str
    parent: str
    how: str


def find_areas(
    stations: Sequence[Station], of_sites: dict[str, str], sites: pd.DataFrame, areas: pd.DataFrame, area_map: Map
) -> tuple[list[Fed], list[Left]]:
    """Find the area of each station that feeds a site.

    Parameters
    ----------
    stations : sequence of Station
        The stations.
    of_sites : dict of str to str
        Code of the station by site.
    sites, areas : DataFrame
        These tables of the instance.
    area_map : dict of str to str
        Area by name of a station; "" is left out.

    Returns
    -------
    fed : list of Fed
        Stations with an area.
    left : list of Left
        Stations that are left out, with the reason.
    """
    present = sites.set_index("site")["area"]
    called = _called(areas)
    fed: list[Fed] = []
    left: list[Left] = []
    for station in stations:
        own = tuple(site for site, code in of_sites.items() if code == station.code)
        if not own:
            left.append(Left(station.code, Message("feeds no site that was found")))
            continue
        found = _area_of(station, own, sorted(set(present[list(own)])), called, area_map)
        if isinstance(found, Fed):
            fed.append(found)
        elif found:
            left.append(Left(station.code, found))
    return _without_clashes(fed, left)


def _called(areas: pd.DataFrame) -> dict[str, list[str]]:
    """Areas by what they are called: id or name."""
    called: dict[str, list[str]] = {}
    for area, name in zip(areas["area"], areas["name"], strict=True):
        for key in {folded(area), folded(name)} - {""}:
            called.setdefault(key, []).append(area)
    return called


def _area_of(
    station: Station, sites: tuple[str, ...], present: list[str], called: dict[str, list[str]], area_map: Map
) -> "Fed | str":
    """The area of a station, or why it has none; "" where the map leaves it out."""
    keys = dict.fromkeys(map(folded, (station.code, station.name)))
    for key in keys:
        if key in area_map:
            return Fed(station, sites, area_map[key], "", MAPPED) if area_map[key] else ""
    names = dict.fromkeys((*keys, folded(id_of(station.code))))
    own = list(dict.fromkeys(area for key in names for area in called.get(key, [])))
    if len(own) == 1:
        return Fed(station, sites, own[0], "", MATCHED)
    if own:
        return Message("is called as several areas are: {areas}", areas=", ".join(own))
    if not station.is_named:
        return Message("has no name in the file; the map of stations can say which area it is")
    if len(present) > 1:
        return Message(
            "feeds sites of several areas ({areas}); the map of stations can say which area it is",
            areas=", ".join(present),
        )
    return Fed(station, sites, id_of(station.code), present[0], ADDED)


def _without_clashes(fed: list[Fed], left: list[Left]) -> tuple[list[Fed], list[Left]]:
    """Leave out stations that would be one new area with another; of the map or a name, several may be one area."""
    new = [each.area for each in fed if each.parent]
    clash = [each for each in fed if each.parent and new.count(each.area) > 1]
    why = [
        Left(each.station.code, Message("would be area {area}, as another station would", area=each.area))
        for each in clash
    ]
    return [each for each in fed if each not in clash], [*left, *why]
