"""Which usage point is which site: by the planner's map, else by name, else by distance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from routeplan.errors import Message, listed
from routeplan.importers.netburen.maps import Map
from routeplan.importers.netburen.topology import Left, UsagePoint
from routeplan.instance.horizon import FloatArray
from routeplan.instance.rules.words import folded
from routeplan.network.sphere import distance, on_sphere

BY_MAP = Message("by the map of sites")
BY_NAME = Message("by name")

_METRES = 1000.0


@dataclass(frozen=True)
class Found:
    """A usage point that is a site.

    Parameters
    ----------
    point : UsagePoint
        The usage point.
    site : str
        The site.
    how : str
        How it was found.
    """

    point: UsagePoint
    site: str
    how: str


def find_sites(
    points: Sequence[UsagePoint], sites: pd.DataFrame, site_map: Map, within: float
) -> tuple[list[Found], list[Left]]:
    """Find the site of each usage point.

    What the map says of a usage point holds; else a site that is called as it is (id or name); else, of those whose
    place is known, the only site within a distance. A site that was found in a surer way is found in no other.

    Parameters
    ----------
    points : sequence of UsagePoint
        The usage points.
    sites : DataFrame
        The table ``sites``.
    site_map : dict of str to str
        Site by name of a usage point; "" is left out.
    within : float
        The distance [km].

    Returns
    -------
    found : list of Found
        Usage points that are a site.
    left : list of Left
        The others, with the reason.
    """
    mapped, others = _by_map(points, site_map)
    named, left, others = _by_name(others, sites, {each.site for each in mapped})
    near, far = _by_distance(others, sites, {each.site for each in (*mapped, *named)}, within)
    return [*mapped, *named, *near], [*left, *far]


def _by_map(points: Sequence[UsagePoint], site_map: Map) -> tuple[list[Found], list[UsagePoint]]:
    """The usage points that the map names, but for those it leaves out; and all others."""
    said = [next((site_map[key] for key in map(folded, point.names) if key in site_map), None) for point in points]
    found = [Found(point, site, BY_MAP) for point, site in zip(points, said, strict=True) if site]
    return found, [point for point, site in zip(points, said, strict=True) if site is None]


def _by_name(
    points: Sequence[UsagePoint], sites: pd.DataFrame, taken: set[str]
) -> tuple[list[Found], list[Left], list[UsagePoint]]:
    """The usage points that are called as one site is, as several are, and as none is."""
    called: dict[str, set[str]] = {}
    for site, name in zip(sites["site"], sites["name"], strict=True):
        for key in {folded(site), folded(name)} - {""}:
            called.setdefault(key, set()).add(site)
    found, left, others = [], [], []
    for point in points:
        own = sorted(set().union(*(called.get(folded(name), set()) for name in point.names)))
        if len(own) == 1 and own[0] not in taken:
            found.append(Found(point, own[0], BY_NAME))
        elif len(own) == 1:
            why = Message("is called as site {site}, which the map of sites finds elsewhere", site=own[0])
            left.append(Left(point.called, why))
        elif own:
            left.append(Left(point.called, Message("is called as several sites are: {sites}", sites=", ".join(own))))
        else:
            others.append(point)
    return found, left, others


def _by_distance(
    points: Sequence[UsagePoint], sites: pd.DataFrame, taken: set[str], within: float
) -> tuple[list[Found], list[Left]]:
    known = [point for point in points if point.at.known]
    left = [
        Left(point.called, Message("is called as no site, and its place is not told"))
        for point in points
        if not point.at.known
    ]
    found: list[Found] = []
    for point, kilometres in zip(known, _distances(known, sites), strict=True):
        near = pd.Series(kilometres, sites["site"])
        near = near[near <= within].sort_values(kind="stable")
        if len(near) == 1 and near.index[0] not in taken:
            how = Message("nearest site, {metres} m away", metres=round(float(near.iloc[0]) * _METRES))
            found.append(Found(point, str(near.index[0]), how))
        else:
            left.append(Left(point.called, _why(near, within)))
    return found, left


def _distances(points: Sequence[UsagePoint], sites: pd.DataFrame) -> FloatArray:
    """Kilometres from each usage point to each site."""
    one = on_sphere([point.at.lat for point in points], [point.at.lon for point in points])
    other = on_sphere(sites["lat"], sites["lon"])
    return np.asarray(distance(one[:, None, :], other[None, :, :]))


def _why(near: "pd.Series[float]", within: float) -> Message:
    """Why a usage point was given to no site by its place."""
    metres = round(within * _METRES)
    if near.empty:
        return Message("is called as no site, and none lies within {metres} m", metres=metres)
    if len(near) == 1:
        return Message(
            "lies {away} m from site {site}, which was found elsewhere in a surer way",
            away=round(float(near.iloc[0]) * _METRES),
            site=near.index[0],
        )
    sites = [
        Message("{site} at {away} m", site=site, away=round(kilometres * _METRES)) for site, kilometres in near.items()
    ]
    return Message("has several sites within {metres} m: {sites}", metres=metres, sites=listed(sites))


def stations_of_sites(found: Sequence[Found], sites: pd.DataFrame) -> tuple[dict[str, str], list[Left]]:
    """Find the one station on which each site hangs.

    Left as they are: sites of which the file tells several stations, and those whose contract is of a site that does
    not hang on the same station, because a contract hangs on one.

    Parameters
    ----------
    found : sequence of Found
        The usage points that are a site.
    sites : DataFrame
        The table ``sites``.

    Returns
    -------
    stations : dict of str to str
        Code of the station by site.
    left : list of Left
        Sites that are left as they are, with the reason.
    """
    told: dict[str, list[str]] = {}
    for each in found:
        told.setdefault(each.site, []).append(each.point.station)
    stations = {site: codes[0] for site, codes in told.items() if len(set(codes)) == 1}
    several = [
        Left(site, Message("hangs on several stations: {stations}", stations=", ".join(dict.fromkeys(codes))))
        for site, codes in told.items()
        if len(set(codes)) > 1
    ]
    apart = _apart(stations, sites)
    left = [
        Left(site, Message("shares contract {contract} with {others}: not known to hang on the same station", **facts))
        for site, facts in apart.items()
    ]
    return {site: code for site, code in stations.items() if site not in apart}, [*several, *left]


def _apart(stations: dict[str, str], sites: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Sites that share a contract with sites of another or an unknown station, each with contract and those sites."""
    contract = sites.set_index("site")["contract"]
    members = {shared: list(names) for shared, names in contract.groupby(contract).groups.items() if shared}
    apart = {}
    for site, station in stations.items():
        others = [each for each in members.get(contract[site], [site]) if stations.get(each) != station]
        if others:
            apart[site] = {"contract": contract[site], "others": ", ".join(others)}
    return apart
