"""Where towns lie: the package's gazetteer first, GeoNames behind it, unknown ones told."""

import pandas as pd
import pytest

from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.places import GAZETTEER, GEONAMES, folded, located


def found(defaults: DefaultTables, place: str, postcode: str) -> pd.Series:
    return located(pd.DataFrame({"place": [place], "postcode": [postcode]}), defaults).iloc[0]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("'S-HERTOGENBOSCH", "s hertogenbosch"),
        ("Hengelo (O)", "hengelo"),
        ("Skarsterlân", "skarsterlan"),
        ("Velsen-Noord (gem.Velsen)", "velsen noord"),
        ("-", ""),
    ],
)
def test_names_are_compared_without_case_and_signs(name: str, plain: str) -> None:
    """Spellings of one town become one name."""
    assert folded(name) == plain


def test_a_town_of_the_gazetteer(defaults: DefaultTables) -> None:
    """Eerbeek lies in the COROP region Achterhoek, though its municipality belongs to no other town of it."""
    town = found(defaults, "EERBEEK", "6961 GH")
    assert (town["province"], town["region"], town["area"]) == ("Gelderland", "Achterhoek", "G05")
    assert town["found_in"] == GAZETTEER


@pytest.mark.nightly
def test_the_postcode_tells_towns_of_one_name_apart(defaults: DefaultTables) -> None:
    """Spijk on the Rhine (69) is in the gazetteer, Spijk in Groningen (99) comes from GeoNames."""
    assert found(defaults, "Spijk", "6917 AD")["province"] == "Gelderland"
    north = found(defaults, "Spijk", "9909 TM")
    assert (north["province"], north["found_in"]) == ("Groningen", GEONAMES)


@pytest.mark.nightly
def test_a_town_of_geonames_takes_region_and_area_of_its_neighbour(defaults: DefaultTables) -> None:
    """Zevenaar is in GeoNames only: coordinates from there, region and area of the nearest town in Gelderland."""
    town = found(defaults, "Zevenaar", "6903 PC")
    assert town["found_in"] == GEONAMES
    assert (town["lat"], town["lon"]) == (pytest.approx(51.93), pytest.approx(6.0708, abs=1e-4))
    assert (town["province"], town["region"], town["area"]) == ("Gelderland", "Arnhem/Nijmegen", "G06")


def test_a_town_in_neither_is_nowhere(defaults: DefaultTables) -> None:
    """A name that nobody knows has no coordinates."""
    town = found(defaults, "Nergenshuizen", "1234 AB")
    assert pd.isna(town["lat"])
    assert town["found_in"] == ""
