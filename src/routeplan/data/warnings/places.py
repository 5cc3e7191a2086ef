"""Places that cannot be right, by themselves or beside the others."""

import math

import numpy as np
import pandas as pd

from routeplan.instance.outline import rings_of
from routeplan.instance.rules.findings import Findings
from routeplan.network.sphere import distance, on_sphere
from routeplan.schema.usual import EUROPE, FAR, FAR_TIMES, SHORT

PLACED = {"sites": "site", "nodes": "node"}
"""Tables of places, and the columns of their ids."""

SWAPPED = "lies outside Europe, and inside with the two swapped"


def swapped_places(findings: Findings) -> None:
    """Sites, nodes and outlines outside Europe that lie inside with latitude and longitude swapped."""
    for table in PLACED:
        _tell(findings, table, _swapped(findings[table]), SWAPPED)
    corners = findings["areas"]["outline"].map(_first_corner)
    first = pd.DataFrame(corners.tolist(), corners.index, columns=["lon", "lat"], dtype=float)
    findings.warn("areas", _swapped(first), "outline", lambda row: f"{_place(first, row)} {SWAPPED}")


def unknown_places(findings: Findings) -> None:
    """Sites and nodes at latitude 0, longitude 0: off the coast of Africa."""
    for table in PLACED:
        _tell(findings, table, _at_zero(findings[table]), "is off the coast of Africa: is the place not known?")


def far_sites(findings: Findings) -> None:
    """Sites that lie many times as far from the middle of all as half of them do."""
    sites = findings["sites"]
    if len(sites) <= 2:
        return
    lat, lon = sites["lat"], sites["lon"]
    away = distance(on_sphere(lat, lon), on_sphere(np.array([lat.median()]), np.array([lon.median()])))
    half = float(np.median(away))

    def text(row: int) -> str:
        within = f"half of them are within {half:,.0f}"
        return f"{_place(sites, row)} is {away[row]:,.0f} km from the middle of all sites; {within}"

    findings.warn("sites", away > max(FAR, FAR_TIMES * half), "lat", text)


def _first_corner(outline: str) -> tuple[float, float]:
    """Longitude and latitude of the first corner of an outline; not a number where there is none."""
    return rings_of(outline)[0][0] if outline else (math.nan, math.nan)


def _swapped(places: pd.DataFrame) -> "pd.Series[bool]":
    lat, lon = places["lat"], places["lon"]
    here, there = (one.between(*EUROPE[0]) & other.between(*EUROPE[1]) for one, other in ((lat, lon), (lon, lat)))
    return ~here & there


def _at_zero(places: pd.DataFrame) -> "pd.Series[bool]":
    return (places["lat"] == 0) & (places["lon"] == 0)


def _place(places: pd.DataFrame, row: int) -> str:
    return f"latitude {places['lat'][row]:g}, longitude {places['lon'][row]:g}"


def _tell(findings: Findings, table: str, rows: "pd.Series[bool]", why: str) -> None:
    places = findings[table]
    findings.warn(table, rows, "lat", lambda row: f"{_place(places, row)} {why}")


def short_links(findings: Findings) -> None:
    """Links that are shorter than the line between their ends, unless the place of an end is at fault."""
    links = findings["links"]
    points = [findings[table].rename(columns={name: "place"}) for table, name in PLACED.items()]
    right = [each[~_swapped(each) & ~_at_zero(each)][["place", "lat", "lon"]] for each in points]
    places = pd.concat(right).drop_duplicates("place").set_index("place")
    ends = [on_sphere(*places.reindex(links[end])[["lat", "lon"]].to_numpy(float).T) for end in ("from", "to")]
    line = distance(*ends) if len(links) else np.zeros(0)
    length = links["length"].to_numpy(float)
    short = (length < SHORT[0] * line) & (length < line - SHORT[1])

    def text(row: int) -> str:
        return f"a length of {links['length'][row]:g} km, where its ends are {line[row]:.0f} km apart"

    findings.warn("links", short, "length", text)
