"""Stations below the congestion areas: a second level at which the grid can be full."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from routeplan.estimate.derivation import estimated, joined, key_of
from routeplan.estimate.formulas import Figure
from routeplan.estimate.technology.demand import BANDS
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.schema.inputs import AREAS, HEADROOM

MOST_SITES = 6
"""Sites that one station feeds at most; it feeds at least half as many, unless its area has fewer."""

ROOM_FOR_MORE = 1.3
"""Room of the stations together over that of their area, so that now the one and now the other is full."""

_ROOMS = ("firm", "flexible")
_ROOM = f"{{}}_of_area x part x {ROOM_FOR_MORE:g}"
"""Room of a station [MW], of either kind."""

_DIGITS = 2


def with_stations(
    tables: Mapping[str, pd.DataFrame], given: pd.DataFrame
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Put the sites of each area on stations below it.

    Sites that lie together share a station. A station has the part of its area's room that its sites have of the
    gas that the area's sites burn, times `ROOM_FOR_MORE`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables ``sites``, ``areas`` and ``headroom`` of an instance without stations.
    given : DataFrame
        Its sites as they were given: ``site``, ``place``, and gas by heat band [GWh/yr].

    Returns
    -------
    tables : dict of str to DataFrame
        The three tables with stations.
    derivation : DataFrame
        Where the room of the stations comes from.
    """
    sites = tables["sites"].assign(gas=given[list(BANDS)].sum(axis=1).to_numpy(), place=given["place"].to_numpy())
    sites["station"] = _stations(sites)
    stations = sites.groupby("station", sort=True, as_index=False).agg(
        area=("area", "first"), gas=("gas", "sum"), place=("place", "first"), sites=("site", "size")
    )
    stations["part"] = _parts(stations)
    room, traces = _room(stations, tables["headroom"])
    below = stations.rename(columns={"area": "parent", "station": "area"})
    names = {"name": "Station at " + below["place"], "name_nl": "Station bij " + below["place"]}
    below = below.assign(**names, queue=0.0, outline="")[AREAS.names]
    made = {
        "sites": tables["sites"].assign(area=sites["station"]),
        "areas": pd.concat([tables["areas"], below], ignore_index=True),
        "headroom": pd.concat([tables["headroom"], room[HEADROOM.names]], ignore_index=True),
    }
    return made, traces


def _stations(sites: pd.DataFrame) -> "pd.Series[str]":
    """Name the station of each site: its area and a number."""
    station = pd.Series("", sites.index, dtype="str")
    points = _points(sites)
    for area in sorted(set(sites["area"])):
        groups = _halved(points, np.flatnonzero(sites["area"] == area))
        width = len(str(len(groups)))
        for number, group in enumerate(groups, start=1):
            station.iloc[group] = f"{area}-{number:0{width}d}"
    return station


def _points(sites: pd.DataFrame) -> FloatArray:
    """Points on a flat map in which a unit is as long to the east as to the north, about."""
    return np.column_stack([sites["lat"].to_numpy(float), sites["lon"].to_numpy(float) * 0.61])


def _halved(points: FloatArray, rows: IntArray) -> list[IntArray]:
    """Halve a group across its longer side until each part has few enough sites."""
    if len(rows) <= MOST_SITES:
        return [rows]
    here = points[rows]
    longer = int(np.argmax(np.ptp(here, axis=0)))
    order = rows[np.lexsort((rows, here[:, 1 - longer], here[:, longer]))]
    middle = len(order) // 2
    return [*_halved(points, order[:middle]), *_halved(points, order[middle:])]


def _parts(stations: pd.DataFrame) -> "pd.Series[float]":
    """Part of the gas of its area that the sites of a station burn; where none burns any, part of the sites."""
    gas, sites = (stations.groupby("area")[name].transform("sum") for name in ("gas", "sites"))
    return (stations["gas"] / gas.where(gas > 0, np.nan)).fillna(stations["sites"] / sites)


def _room(stations: pd.DataFrame, headroom: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Room of each station and period, and its derivation."""
    room = stations[["station", "area", "part"]].merge(headroom, on="area", how="left")
    known = {f"{name}_of_area": Figure(room[name], "headroom.csv") for name in _ROOMS}
    known["part"] = Figure(room["part"], "gas of the sites of the station over that of the area")
    key = key_of(room, "station", "period")
    made = {name: estimated("headroom", key, name, _ROOM.format(name), known, _DIGITS) for name in _ROOMS}
    room = room.assign(area=room["station"], **{name: part["value"] for name, part in made.items()})
    return room, joined(list(made.values()))
