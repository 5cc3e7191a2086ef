"""Sectors, and which installations are sites of cluster 6."""

import pandas as pd
import pytest

from routeplan.errors import UsageError
from routeplan.importers.defaults import DefaultTables
from routeplan.importers.selection import classified, sectors_of, within


def rows(*installations: tuple[str, str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(installations, columns=["activity", "operator", "place", "postcode", "emissions"])
    return frame.assign(name=frame["operator"], country="NL", installation="1")


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
    assert classified(foreign, 2021, defaults)["reason"].tolist() == ["not in the Netherlands"]


def test_a_region_keeps_its_sites(defaults: DefaultTables) -> None:
    """Names of regions are found in any case; sites elsewhere say where they are."""
    found = classified(
        rows(("36", "Mill", "EERBEEK", "6961 GH", 10.0), ("36", "Mill", "MAASTRICHT", "6211 AA", 10.0)), 2021, defaults
    )
    kept = within(found, "region", "ACHTERHOEK", defaults)
    assert kept["reason"].tolist() == ["", "outside the region Achterhoek"]
    assert within(found, "region", None, defaults)["reason"].tolist() == ["", ""]


def test_an_unknown_region_is_refused(defaults: DefaultTables) -> None:
    """A name that is no province is refused with the names that are."""
    found = classified(rows(("36", "Mill", "EERBEEK", "6961 GH", 10.0)), 2021, defaults)
    with pytest.raises(UsageError) as caught:
        within(found, "province", "Holland", defaults)
    assert str(caught.value) == (
        "no province is called 'Holland'; provinces: Drenthe, Flevoland, Friesland, Gelderland, Groningen, Limburg, "
        "Noord-Brabant, Noord-Holland, Overijssel, Utrecht, Zeeland, Zuid-Holland"
    )
