"""Location of the sites: towns with Dutch industry, some sites beside others."""

import numpy as np
import pandas as pd

from routeplan.errors import DataError, Message, Problem
from routeplan.estimate.defaults import DefaultTables
from routeplan.generate.draws import picked, stratified, stream
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.land.land import on_dutch_land
from routeplan.schema.inputs import ALL

SPREAD = 0.25
"""Share of a sector's sites that lie where any industry does, not where the sector does: a table has few rows of it."""

FROM_TOWN, FROM_OTHER = 5.0, 2.0
"""Farthest that a site stands from the centre of its town, and from the site beside which it stands [km]."""

DRAWN_IN, TURNS = (0.75, 0.5, 0.25, 0.0), np.arange(8) * np.pi / 4.0
"""What is tried for a site that would stand in the sea or abroad: shares of the distance, then directions [rad]."""

_KM_PER_DEGREE = 111.2
_DIGITS = 4
_STEP = 0.0001


def places_of(sites: pd.DataFrame, seed: int, clustering: float, tables: DefaultTables) -> pd.DataFrame:
    """Draw the town of each site and its point near it; no two sites share a point.

    Parameters
    ----------
    sites : DataFrame
        With ``sector``.
    seed : int
        Seed of the instance.
    clustering : float
        Share of the sites that stand beside another one of their region.
    tables : DefaultTables
        The default tables: ``sector_places`` and ``places``.

    Returns
    -------
    DataFrame
        ``place``, ``postcode``, ``region``, ``area``, ``lat``, ``lon``, by the index of the sites.

    Raises
    ------
    DataError
        When the tables have no place for a sector.
    """
    towns = tables["places"].drop_duplicates(["lat", "lon"], ignore_index=True)
    town = np.full(len(sites), -1)
    random = stream(seed, "sites: towns")
    for sector in sorted(set(sites["sector"])):
        rows = np.flatnonzero(sites["sector"] == sector)
        town[rows] = picked(stratified(random, len(rows)), _weights(sector, towns, tables))
    beside = _beside(towns["region"].iloc[town], seed, clustering)
    town = np.where(beside >= 0, town[beside], town)
    lat, lon = _points(towns.iloc[town], beside, seed)
    found = towns.iloc[town][["place", "postcode", "region", "area"]].set_index(sites.index)
    return _apart(found.assign(lat=lat.round(_DIGITS), lon=lon.round(_DIGITS)))


def _weights(sector: str, towns: pd.DataFrame, tables: DefaultTables) -> FloatArray:
    """Weights of the towns for a sector: those of their region, shared out over its towns."""
    rows = tables["sector_places"]
    own, everyone = (rows[rows["sector"] == name].set_index("region")["weight"] for name in (sector, ALL))
    spread = everyone / everyone.sum() if own.empty else SPREAD * everyone / everyone.sum()
    weight = spread.add((1.0 - SPREAD) * own / own.sum(), fill_value=0.0) if len(own) else spread
    region = towns["region"]
    weights = (region.map(weight).fillna(0.0) / region.map(region.value_counts())).to_numpy(float)
    if not weights.any():
        text = Message("has no weight for {sector} in any region of places.csv", sector=sector)
        raise DataError([Problem("sector_places.csv", 0, text)])
    return weights


def _beside(regions: "pd.Series[str]", seed: int, clustering: float) -> IntArray:
    """Position of the site in the same region beside which a site stands; -1 for sites on their own."""
    random = stream(seed, "sites: clusters")
    follows, chance = stratified(random, len(regions)) < clustering, random.random_sample(len(regions))
    beside = np.full(len(regions), -1)
    for region in sorted(set(regions)):
        rows = np.flatnonzero(regions == region)
        # The first site of a region stands for itself, so that the others have one to stand beside.
        leaders = rows[~follows[rows] | (rows == rows[0])]
        followers = np.setdiff1d(rows, leaders)
        beside[followers] = leaders[(chance[followers] * len(leaders)).astype(np.int64)]
    return beside


def _points(towns: pd.DataFrame, beside: IntArray, seed: int) -> tuple[FloatArray, FloatArray]:
    """Points evenly over the disc around a town, or around the site beside which a site stands, on Dutch land."""
    random = stream(seed, "sites: points")
    radius, angle = np.sqrt(random.random_sample(len(towns))), 2.0 * np.pi * random.random_sample(len(towns))
    reach = np.where(beside >= 0, FROM_OTHER, FROM_TOWN) / _KM_PER_DEGREE
    lat, lon = _on_land(towns["lat"].to_numpy(float), towns["lon"].to_numpy(float), reach, radius, angle)
    near_lat, near_lon = _on_land(lat[beside], lon[beside], reach, radius, angle)
    return np.where(beside >= 0, near_lat, lat), np.where(beside >= 0, near_lon, lon)


def _on_land(
    lat: FloatArray, lon: FloatArray, reach: FloatArray, radius: FloatArray, angle: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Points around others; those that are not on land are drawn in to these, or turned around them."""
    found_lat, found_lon = _moved(lat, lon, reach * radius, angle)
    half = np.full(len(radius), 0.5)
    tried = [*((share * radius, 0.0) for share in DRAWN_IN), *((half, turn) for turn in TURNS)]
    for share, turn in tried:
        off = ~on_dutch_land(found_lat.round(_DIGITS), found_lon.round(_DIGITS))
        near_lat, near_lon = _moved(lat, lon, reach * share, angle + turn)
        better = off & on_dutch_land(near_lat.round(_DIGITS), near_lon.round(_DIGITS))
        found_lat, found_lon = np.where(better, near_lat, found_lat), np.where(better, near_lon, found_lon)
    return found_lat, found_lon


def _moved(lat: FloatArray, lon: FloatArray, away: FloatArray, angle: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Points at a distance [degrees of latitude] and an angle from others."""
    return lat + away * np.sin(angle), lon + away * np.cos(angle) / np.cos(np.radians(lat))


def _apart(found: pd.DataFrame) -> pd.DataFrame:
    """Move sites on the point of an earlier one east, some metres at a time, until no two coincide."""
    while (again := found.duplicated(["lat", "lon"])).any():
        found.loc[again, "lon"] = (found.loc[again, "lon"] + _STEP).round(_DIGITS)
    return found
