"""Sites get the area of the station on which they hang; what is not sure is left as it is, and told."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from netburen_file import connection, point, station, written
from routeplan.errors import DataError, UsageError
from routeplan.importers.netburen.placed import Placed, place_sites
from routeplan.instance.instance import Instance
from small import small

SITES = """
    site,name,sector,region,area,lat,lon,spare_capacity
    bakery,The bakery,food,east,town,52.0,6.0,1
    tiles,,ceramics,west,town,52.1,6.1,0"""
AREAS = "area,name,parent\nregion,,\ntown,The town,region\nvillage,,region"

DEGREE = 111.195
"""Kilometres in a degree of latitude: 6371 x pi / 180."""


def north(kilometres: float, lat: float = 52.0, lon: float = 6.0) -> tuple[float, float]:
    """A place north of the bakery."""
    return lat + kilometres / DEGREE, lon


BAKERY, TILES = connection(point("871"), short_name="bakery"), connection(point("872"), short_name="Tiles")


@pytest.fixture
def grid() -> Instance:
    """The small instance: two sites below the town, which lies in a region."""
    return small(sites=SITES, areas=AREAS)


@pytest.fixture
def place(tmp_path: Path, grid: Instance) -> Any:
    """Place the sites of the grid, or of another instance, by stations; rows of both maps may be added."""

    def placing(
        *stations: dict[str, Any], sites: str = "", areas: str = "", instance: Instance = grid, **options: Any
    ) -> Placed:
        maps: dict[str, Path] = {}
        for name, header, rows in (("sites", "connection,site", sites), ("areas", "station,area", areas)):
            if rows:
                maps[name] = tmp_path / f"{name}.csv"
                maps[name].write_text(f"{header}\n{rows}", encoding="utf-8")
        return place_sites(written(tmp_path / "n.json", *stations), instance, **maps, **options)

    return placing


def areas(placed: Placed) -> dict[str, str]:
    """Area of each site."""
    sites = placed.instance["sites"]
    return dict(zip(sites["site"], sites["area"], strict=True))


def how(placed: Placed) -> dict[str, str]:
    """How the site of each usage point was found."""
    return dict(zip(placed.sites["usage_point"], placed.sites["how"], strict=True))


def why(placed: Placed) -> dict[str, str]:
    """Why something was not used."""
    return dict(zip(placed.left["what"], placed.left["why"], strict=True))


def test_a_station_becomes_an_area_below_that_of_its_sites(place: Any, grid: Instance) -> None:
    """Names tell the sites; the new area has no headroom, and nothing but areas is other than before."""
    placed = place(station("MS 1", BAKERY), station("MS 2", TILES))
    assert areas(placed) == {"bakery": "MS-1", "tiles": "MS-2"}
    assert how(placed) == {"871": "by name", "872": "by name"}
    new = placed.instance["areas"].iloc[len(grid["areas"]) :]
    assert new[["area", "name", "parent"]].to_numpy().tolist() == [["MS-1", "MS 1", "town"], ["MS-2", "MS 2", "town"]]
    assert not placed.instance["headroom"]["area"].isin(new["area"]).any()
    pd.testing.assert_frame_equal(placed.instance["sites"].drop(columns="area"), grid["sites"].drop(columns="area"))
    assert placed.warnings == ()


def test_sites_below_one_station_have_one_area(place: Any) -> None:
    """So that they may share a contract."""
    placed = place(station("MS 1", BAKERY, TILES))
    assert areas(placed) == {"bakery": "MS-1", "tiles": "MS-1"}
    assert placed.stations["sites"].tolist() == [2]


def test_the_same_file_again_changes_nothing(place: Any) -> None:
    """The area that it made is found by its name."""
    once = place(station("MS 1", BAKERY))
    again = place(station("MS 1", BAKERY), instance=once.instance)
    assert again.instance.sha256 == once.instance.sha256
    assert again.derivation.empty
    assert again.stations["how"].tolist() == ["an area of this name"]


def test_the_derivation_says_what_changed_which_area(place: Any) -> None:
    """Site by site, with the place in the file, and no EAN: it is the key to a firm's meter."""
    rows = place(station("MS 1", BAKERY)).derivation
    where = "substations[0].bays[0].energy_connections[0].market_evaluation_points[0]"
    assert rows[["table", "key", "column", "value", "parameters"]].to_numpy().tolist() == [
        ["sites", "bakery", "area", "MS-1", f"n.json: {where}, by name"],
        ["areas", "MS-1", "parent", "town", "n.json: substations[0]"],
    ]


def test_the_map_of_sites_goes_before_names(place: Any) -> None:
    """By EAN, name or address, whatever the capitals; what it leaves out is left, and told of no more."""
    found = (
        BAKERY,
        connection(point("5", short_name="Oven Hall"), address="1234ab 9"),
        connection(point("6", description="shed")),
    )
    placed = place(station("MS 1", *found), sites="1234AB 9,tiles\nSHED,\n")
    assert how(placed) == {"5": "by the map of sites", "871": "by name"}
    assert areas(placed) == {"bakery": "MS-1", "tiles": "MS-1"}
    assert "6" not in why(placed)


def test_a_site_of_the_map_is_found_in_no_other_way(place: Any) -> None:
    """The usage point that is called as it is, and the one beside it, are told instead."""
    mapped, near = connection(point("5")), connection(point("6"), at=north(0.05))
    placed = place(station("MS 1", mapped), station("MS 2", BAKERY, near), sites="5,bakery\n")
    assert areas(placed) == {"bakery": "MS-1", "tiles": "town"}
    assert why(placed) == {
        "871": "is called as site bakery, which the map of sites finds elsewhere",
        "6": "lies 50 m from site bakery, which was found elsewhere in a surer way",
        "MS 2": "feeds no site that was found",
    }


def test_the_only_site_nearby_is_taken_and_told(place: Any) -> None:
    """60 m away is within 100 m, and 160 m is not, unless it is asked for."""
    near = station("MS 1", connection(point("5"), at=north(0.06)))
    far = station("MS 1", connection(point("5"), at=north(0.16)))
    assert how(place(near)) == {"5": "nearest site, 60 m away"}
    assert why(place(far))["5"] == "is called as no site, and none lies within 100 m"
    assert how(place(far, within=0.2)) == {"5": "nearest site, 160 m away"}
    assert why(place(near, within=0.0))["5"] == "is called as no site, and none lies within 0 m"


def test_of_two_sites_nearby_none_is_taken(place: Any) -> None:
    """Both are told with their distance."""
    beside = SITES.replace("52.1,6.1", f"{52.0 + 0.09 / DEGREE},6.0")
    placed = place(station("MS 1", connection(point("5"), at=north(0.05))), instance=small(sites=beside, areas=AREAS))
    assert why(placed)["5"] == "has several sites within 100 m: tiles at 40 m, bakery at 50 m"
    assert areas(placed) == {"bakery": "town", "tiles": "town"}
    assert placed.warnings == ("no site of the instance was placed: it stays as it was",)


def test_a_name_of_several_sites_finds_none(place: Any) -> None:
    """Such as that of a firm with two sites."""
    firm = SITES.replace("bakery,The bakery", "bakery,Firm").replace("tiles,", "tiles,Firm")
    placed = place(station("MS 1", connection(point("5"), description="FIRM")), instance=small(sites=firm, areas=AREAS))
    assert why(placed)["5"] == "is called as several sites are: bakery, tiles"


def test_a_site_on_several_stations_stays(place: Any) -> None:
    """The file does not tell which of them counts."""
    placed = place(station("MS 1", BAKERY, TILES), station("MS 2", BAKERY))
    assert areas(placed) == {"bakery": "town", "tiles": "MS-1"}
    assert why(placed)["bakery"] == "hangs on several stations: MS 1, MS 2"
    assert placed.warnings == ("the file does not tell the station of these sites, whose area stays: bakery",)


@pytest.mark.parametrize("stations", [[station("MS 1", BAKERY), station("MS 2", TILES)], [station("MS 1", BAKERY)]])
def test_a_contract_that_would_hang_on_two_stations_stays(place: Any, stations: list[dict[str, Any]]) -> None:
    """Or on one that is not known to be the other's: contracts are not touched, and neither are their sites."""
    header, *rows = (row.strip() for row in SITES.strip().splitlines())
    shared = "\n".join([f"{header},contract", *(f"{row},joint" for row in rows)])
    joint = small(sites=shared, areas=AREAS)
    placed = place(*stations, instance=joint)
    assert placed.instance.sha256 == joint.sha256
    reason = "shares contract joint with tiles: not known to hang on the same station"
    assert why(placed)["bakery"] == reason
    together = place(station("MS 1", BAKERY, TILES), instance=joint)
    assert areas(together) == {"bakery": "MS-1", "tiles": "MS-1"}


def test_a_station_is_the_area_of_its_name_or_of_the_map(place: Any) -> None:
    """Of a site that leaves the area whose limits held for it is warned: the village does not lie in the town."""
    by_name = place(station("THE TOWN", BAKERY))
    assert (areas(by_name)["bakery"], by_name.stations["how"].tolist()) == ("town", ["an area of this name"])
    by_map = place(station("MS 1", BAKERY, TILES), areas="ms 1,village\n")
    assert areas(by_map) == {"bakery": "village", "tiles": "village"}
    assert by_map.stations["how"].tolist() == ["by the map of stations"]
    assert by_map.warnings[0] == (
        "site bakery moves from area town to village, which does not lie in it: the limits of town no longer hold for "
        "the site"
    )


def test_a_station_that_is_no_one_area_is_left(place: Any) -> None:
    """Without a name, with sites of two areas, left out by the map, and of one id with another."""
    two = small(sites=SITES.replace("west,town", "west,village"), areas=AREAS)
    assert "sites of several areas (town, village)" in why(place(station("MS 1", BAKERY, TILES), instance=two))["MS 1"]
    assert "has no name in the file" in why(place(station("", BAKERY)))["substations[0]"]
    out = place(station("MS 1", BAKERY), areas="MS 1,\n")
    assert areas(out)["bakery"] == "town"
    clash = place(station("MS 1", BAKERY), station("MS-1", TILES))
    assert areas(clash) == {"bakery": "town", "tiles": "town"}
    assert why(clash)["MS-1"] == "would be area MS-1, as another station would"


def test_a_station_without_a_name_can_be_an_area_of_the_map(place: Any) -> None:
    """It is called by its place in the file, as in the published example."""
    assert areas(place(station("", BAKERY), areas="substations[0],village\n"))["bakery"] == "village"


def test_rows_of_maps_that_fit_nothing_are_refused(place: Any) -> None:
    """All at once, with what is allowed, and in Dutch too."""
    with pytest.raises(DataError) as refused:
        place(station("MS 1", BAKERY), sites="999,bakery\n871,castle\n")
    assert [str(problem) for problem in refused.value.problems] == [
        "sites.csv:2: column 'connection' is 999; allowed: a name in the file: 871, bakery",
        "sites.csv:3: column 'site' is castle; allowed: an id of the instance (bakery, tiles), or empty to leave it "
        "out",
    ]
    with pytest.raises(DataError, match="toegestaan: een naam in het bestand: MS 1"):
        place(station("MS 1", BAKERY), areas="OS 9,town\n", language="nl")
    with pytest.raises(DataError, match="each name once"):
        place(station("MS 1", BAKERY), areas="MS 1,town\nms 1,town\n")


@pytest.mark.parametrize("within", [-1.0, float("nan"), float("inf")])
def test_a_distance_that_is_none_is_refused(place: Any, within: float) -> None:
    """In kilometres, from 0 on."""
    with pytest.raises(UsageError, match="allowed: kilometres, 0 or more"):
        place(station("MS 1", BAKERY), within=within)


def test_all_is_told_in_dutch(place: Any) -> None:
    """How a site was found, what was left, and what to look at."""
    placed = place(station("MS 1", BAKERY), station("MS 2"), language="nl")
    assert how(placed) == {"871": "op naam"}
    assert why(placed) == {"MS 2": "voedt geen locatie die is gevonden"}
    assert placed.stations["how"].tolist() == ["nieuw gebied, zonder eigen grens"]
    assert placed.warnings[0].startswith("van deze locaties geeft het bestand het station niet")
