"""Sectors, and which installations are sites of cluster 6."""

from pathlib import Path

import pandas as pd
import pytest

from routeplan.errors import DataError, UsageError
from routeplan.estimate.defaults import DefaultTables
from routeplan.importers.ets.selection import among, classified, inside, sectors_of, selected, within
from routeplan.importers.ets.site_filter import Asked, Box, Wanted, asked_for
from routeplan.importers.ets.warnings import asked_in_vain
from routeplan.language.language import Words

ENGLISH = Words("en")


def rows(*installations: tuple[str, str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(installations, columns=["activity", "operator", "place", "postcode", "emissions"])
    return frame.assign(name=frame["operator"], country="NL", installation="1", closed=False)


@pytest.mark.parametrize(
    ("activity", "operator", "sector"),
    [
        ("36", "Any Mill B.V.", "paper"),
        ("8", "Steenfabriek De Vlijt", "ceramics"),
        ("31", "Any Glass", "glass"),
        ("20", "FrieslandCampina Lochem", "food"),
        ("20", "AsfaltCentrale Stedendriehoek (ACS)", "asphalt"),
        ("20", "Ennatuurlijk B.V. WKC Eindhoven", "power"),
        ("6", "Suiker Unie, productielocatie Vierverlaten", "food"),
        ("20", "Academisch Ziekenhuis Groningen", "hospitals_and_universities"),
        ("10", "Any Airline", "aviation"),
        ("20", "Owens Corning Veil Netherlands B.V.", "glass"),
        ("20", "Nobody knows B.V.", ""),
    ],
)
def test_activity_and_name_give_the_sector(defaults: DefaultTables, activity: str, operator: str, sector: str) -> None:
    """The first rule that fits counts, whatever the case of the name."""
    one = rows((activity, operator.upper(), "EERBEEK", "6961 GH", 10.0))
    assert sectors_of(one, defaults)["sector"].tolist() == [sector]


@pytest.mark.nightly
def test_each_installation_has_its_reason(defaults: DefaultTables) -> None:
    """Aircraft, no emissions, sector, cluster and place: the first reason that holds is told, "" for a site."""
    found = classified(
        rows(
            ("36", "Mill", "EERBEEK", "6961 GH", 10.0),
            ("10", "Airline", "-", "-", float("nan")),
            ("36", "Closed mill", "EERBEEK", "6961 GH", float("nan")),
            ("20", "Vattenfall Centrale Diemen", "DIEMEN", "1111 PP", 10.0),
            ("42", "Resin maker", "BOTLEK-ROTTERDAM", "3197 KH", 10.0),
            ("36", "Mill nowhere", "Nergenshuizen", "1234 AB", 10.0),
        ),
        2021,
        defaults,
        ENGLISH,
    )
    assert found["reason"].tolist() == [
        "",
        "aircraft operator",
        "no emissions in 2021",
        "sector left out: power and heat for others",
        "in the cluster Rotterdam-Moerdijk",
        "place 'Nergenshuizen' is in no gazetteer",
    ]


def test_an_installation_abroad_is_dropped(defaults: DefaultTables) -> None:
    """An export of more countries keeps its Dutch rows only."""
    foreign = rows(("36", "Mill", "EERBEEK", "6961 GH", 10.0)).assign(country="DE")
    assert classified(foreign, 2021, defaults, ENGLISH)["reason"].tolist() == ["not in the Netherlands"]


def test_a_region_keeps_its_sites(defaults: DefaultTables) -> None:
    """Names of regions are found in any case; sites elsewhere say where they are."""
    found = classified(
        rows(("36", "Mill", "EERBEEK", "6961 GH", 10.0), ("36", "Mill", "MAASTRICHT", "6211 AA", 10.0)),
        2021,
        defaults,
        ENGLISH,
    )
    kept = within(found, "region", "ACHTERHOEK", defaults, ENGLISH)
    assert kept["reason"].tolist() == ["", "outside the region Achterhoek"]
    assert within(found, "region", None, defaults, ENGLISH)["reason"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("column", "name", "told"),
    [
        ("region", "drenthe", "no region is called 'drenthe'; Drenthe is a province: --province Drenthe"),
        ("province", "Achterhoek", "no province is called 'Achterhoek'; Achterhoek is a region: --region Achterhoek"),
    ],
)
def test_a_province_is_no_region(defaults: DefaultTables, column: str, name: str, told: str) -> None:
    """Who names the one for the other is told which option is meant."""
    found = classified(rows(("36", "Mill", "EERBEEK", "6961 GH", 10.0)), 2021, defaults, ENGLISH)
    with pytest.raises(UsageError) as caught:
        within(found, column, name, defaults, ENGLISH)
    assert str(caught.value) == told


def test_an_unknown_region_is_refused(defaults: DefaultTables) -> None:
    """A name that is no province is refused with the names that are."""
    found = classified(rows(("36", "Mill", "EERBEEK", "6961 GH", 10.0)), 2021, defaults, ENGLISH)
    with pytest.raises(UsageError) as caught:
        within(found, "province", "Holland", defaults, ENGLISH)
    assert str(caught.value) == (
        "no province is called 'Holland'; provinces: Drenthe, Flevoland, Friesland, Gelderland, Groningen, Limburg, "
        "Noord-Brabant, Noord-Holland, Overijssel, Utrecht, Zeeland, Zuid-Holland"
    )


@pytest.fixture
def three(defaults: DefaultTables) -> pd.DataFrame:
    """Mills in Eerbeek (52.1 N, 6.1 E, installation 94) and Maastricht (50.9 N, 5.7 E, 7), and one in Botlek (210)."""
    mills = rows(
        ("36", "Mill", "EERBEEK", "6961 GH", 10.0),
        ("36", "Mill", "MAASTRICHT", "6211 AA", 10.0),
        ("36", "Mill", "BOTLEK-ROTTERDAM", "3197 KH", 10.0),
    )
    return classified(mills.assign(installation=["94", "7", "210"], line=[2, 3, 4]), 2021, defaults, ENGLISH)


def wanted(*ids: str) -> tuple[Wanted, ...]:
    return tuple(map(Wanted, ids))


@pytest.mark.parametrize("id_", ["94", "NL-94", "nl-94", "eerbeek-94", "Eerbeek-94"])
def test_a_site_is_known_by_each_of_its_ids(three: pd.DataFrame, id_: str) -> None:
    """Number of the installation, id of the register, and id of the site that is made of it."""
    assert among(three, wanted(id_), "export.csv", ENGLISH)["reason"].tolist() == [
        "",
        "not among the sites asked for",
        "in the cluster Rotterdam-Moerdijk",
    ]


def test_without_ids_all_are_kept(three: pd.DataFrame) -> None:
    """No list is no limit."""
    assert among(three, None, "export.csv", ENGLISH)["reason"].tolist() == three["reason"].tolist()


def test_every_unknown_id_is_told(three: pd.DataFrame) -> None:
    """Those of a list with their lines; a site of another town is unknown, too."""
    asked = (*wanted("94", "95"), Wanted("lochem-94", "mine.csv", 3, "site"), Wanted("BE-94", "mine.csv", 4, "site"))
    with pytest.raises(DataError) as refused:
        among(three, asked, "export.csv", ENGLISH)
    allowed = "allowed: an installation of export.csv, as 94, NL-94 or eerbeek-94"
    assert [str(problem) for problem in refused.value.problems] == [
        f"export.csv: has no installation '95'; {allowed}",
        f"mine.csv:3: column 'site' is lochem-94; {allowed}",
        f"mine.csv:4: column 'site' is BE-94; {allowed}",
    ]


def test_an_installation_that_is_no_site_is_asked_for_in_vain(three: pd.DataFrame) -> None:
    """Whoever asks for one in a big cluster hears that it is in one."""
    assert asked_in_vain(three, wanted("94", "NL-210"), "export.csv", ENGLISH) == (
        "line 4: Mill is asked for, and left out: in the cluster Rotterdam-Moerdijk",
    )
    assert asked_in_vain(three, wanted("94", "7"), "export.csv", ENGLISH) == ()
    assert asked_in_vain(three, None, "export.csv", ENGLISH) == ()


def test_a_box_keeps_what_lies_in_it(three: pd.DataFrame) -> None:
    """Eerbeek is north of 52 degrees, Maastricht south of 51."""
    north = inside(three, Box(52.0, 6.0, 52.5, 6.5), ENGLISH)
    assert north["reason"].tolist()[:2] == ["", "outside the box 52 to 52.5 N, 6 to 6.5 E"]
    assert (
        inside(three, Box(50.0, 5.0, 51.0, 6.0), ENGLISH)["reason"].tolist()[0].startswith("outside the box 50 to 51 N")
    )
    assert inside(three, None, ENGLISH)["reason"].tolist() == three["reason"].tolist()


def test_the_sides_of_a_box_are_in_it(three: pd.DataFrame) -> None:
    """A box that ends at the site, on two sides or the other two."""
    lat, lon = three.loc[0, ["lat", "lon"]]
    for box in (Box(lat, lon, lat + 1, lon + 1), Box(lat - 1, lon - 1, lat, lon)):
        assert inside(three, box, ENGLISH)["reason"].tolist()[0] == ""


def test_a_box_without_any_site_is_refused(three: pd.DataFrame) -> None:
    """As when longitudes come before latitudes: the order is told, and where sites are."""
    with pytest.raises(UsageError) as refused:
        inside(three, Box(6.0, 51.0, 7.0, 52.0), ENGLISH)
    assert str(refused.value).startswith(
        "no site lies in the box 6 to 7 N, 51 to 52 E (its order is south, west, north, east); sites lie from 50."
    )


def test_a_site_must_be_in_all_that_is_given(three: pd.DataFrame, defaults: DefaultTables) -> None:
    """Province, list and box leave out one thing each; the first reason counts."""
    both = wanted("94", "7")
    gelderland = Asked(province="gelderland", wanted=both, box=Box(50.0, 5.0, 53.0, 7.0))
    assert selected(three, gelderland, defaults, "x", ENGLISH)["reason"].tolist()[:2] == [
        "",
        "outside the province Gelderland",
    ]
    only = Asked(province="Gelderland", wanted=wanted("7"))
    assert selected(three, only, defaults, "x", ENGLISH)["reason"].tolist()[:2] == [
        "not among the sites asked for",
        "outside the province Gelderland",
    ]
    far = Asked(wanted=both, box=Box(50.0, 5.0, 51.0, 6.0))
    assert selected(three, far, defaults, "x", ENGLISH)["reason"].tolist()[1] == ""


def asked(**given: object) -> Asked:
    """What is asked for, of things that may be left out."""
    nothing: dict[str, object] = {"region": None, "province": None, "sites": (), "site_list": None, "box": None}
    return asked_for(**(nothing | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "where", "name"),
    [
        ({}, "the Netherlands", "the-netherlands"),
        ({"region": "Achterhoek"}, "Achterhoek", "achterhoek"),
        ({"region": "Achterhoek", "province": "Gelderland"}, "Achterhoek, Gelderland", "achterhoek"),
        ({"sites": ["94"]}, "the list 94", "sites"),
        ({"sites": list("abcdef")}, "the list 6 ids", "sites"),
        (
            {"province": "Zuid-Holland", "box": (51.5, 4, 52, 5.25)},
            "Zuid-Holland, the box 51.5 to 52 N, 4 to 5.25 E",
            "zuid-holland-box",
        ),
    ],
)
def test_what_is_asked_for_is_told(given: dict[str, object], where: str, name: str) -> None:
    """In words, and as part of a name."""
    assert (asked(**given).where, asked(**given).name) == (where, name)


@pytest.mark.parametrize("column", ["site", "installation", "InstallationOrAircraftOperatorID", "id"])
def test_a_list_holds_ids_in_one_of_its_columns(tmp_path: Path, column: str) -> None:
    """Other columns are left alone, and each id knows its line."""
    path = tmp_path / "mine.csv"
    path.write_text(f"name,{column}\nA mill,94\n\nA bakery, NL-7 \n", encoding="utf-8")
    found = asked(site_list=path, sites=["210"])
    assert found.wanted == (
        Wanted("210"),
        Wanted("94", "mine.csv", 2, column),
        Wanted("NL-7", "mine.csv", 4, column),
    )
    assert found.where == "the list mine.csv and 210"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "town\nEerbeek\n",
            ["mine.csv:1: has no column of ids; allowed: site, installation, InstallationOrAircraftOperatorID, id"],
        ),
        ("id,name\n", ["mine.csv: lists no site; allowed: ids in column 'id'"]),
        (
            "id,name\n94,a\n,b\n,c\n",
            [
                "mine.csv:3: column 'id' is empty; allowed: the id of a site",
                "mine.csv:4: column 'id' is empty; allowed: the id of a site",
            ],
        ),
        ("id,name\n94\n", ["mine.csv:2: has 1 cells; allowed: 2, as in the header"]),
    ],
)
def test_a_list_that_is_none_is_refused(tmp_path: Path, text: str, problems: list[str]) -> None:
    """Every place is told."""
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        asked(site_list=path)
    assert [str(problem) for problem in refused.value.problems] == problems


@pytest.mark.parametrize(
    ("box", "message"),
    [
        ((1, 2, 3), "the box has 3 numbers; allowed: 4, in the order south, west, north, east"),
        (
            (-95, 2, float("nan"), 181),
            "the box (south, west, north, east) is none: south is -95; allowed: -90 to 90 degrees; "
            "north is nan; allowed: -90 to 90 degrees; east is 181; allowed: -180 to 180 degrees",
        ),
        (
            (52, 7, 51, 6),
            "the box (south, west, north, east) is none: south is 52 and north 51; allowed: a north above the south; "
            "west is 7 and east 6; allowed: an east beyond the west",
        ),
    ],
)
def test_a_box_that_is_none_is_refused(box: tuple[float, ...], message: str) -> None:
    """Everything that is wrong with it is told."""
    with pytest.raises(UsageError) as refused:
        asked(box=box)
    assert str(refused.value) == message
