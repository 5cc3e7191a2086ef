"""Limits are called by the names of things in the tables, in each language, by verdicts and by shortfall alike."""

from functools import cache

import pytest

from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.why.limit import Kind, Limit, NamedLimit
from routeplan.why.names import LimitNames
from small import small

NAMED = {
    "sites": """
        site,name,name_nl,sector,region,area,lat,lon,spare_capacity
        bakery,The bakery,De bakker,food,east,town,52.0,6.0,1
        mill-1,Mill,Molen,food,east,town,52.0,6.1,1
        mill-2,Mill,Molen,food,east,town,52.0,6.2,1
        tiles,,,ceramics,west,town,52.1,6.1,0""",
    "processes": """
        process,site,kind
        bakery.oven,bakery,oven
        mill-1.oven,mill-1,oven
        mill-2.oven,mill-2,oven
        tiles.kiln,tiles,kiln""",
    "options": """
        process,route,current,capex,electricity,gas
        bakery.oven,gas,1,0,0,10
        mill-1.oven,gas,1,0,0,10
        mill-2.oven,gas,1,0,0,10
        tiles.kiln,gas,1,0,0,20""",
    "areas": """
        area,name,name_nl,parent
        region,The region,De streek,
        town,Town,,region""",
    "nodes": """
        node,carrier,lat,lon,name,name_nl
        port,hydrogen,52.2,6.2,The port,De haven
        store,co2,52.3,6.3,,""",
    "hubs": """
        hub,option,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime,name
        works,electrolysis,port,town,hydrogen,0.2,15,25,0,0,0,4,The works""",
    "pots": "pot,name,name_nl,carry_over\nfund,The fund,Het fonds,0",
}

CALLED = [
    (Kind.GRID, ("region", "firm"), "the grid of The region", "het stroomnet van De streek"),
    (Kind.GRID, ("town", "total"), "the grid of Town", "het stroomnet van Town"),
    (Kind.POT, ("fund",), "pot The fund", "regeling Het fonds"),
    (Kind.SOURCE, ("port", "hydrogen"), "hydrogen at The port", "waterstof bij De haven"),
    (Kind.SOURCE, ("store", "co2"), "CO2 storage at store", "CO2-opslag bij store"),
    (Kind.HUB_CAPACITY, ("works", "electrolysis"), "hub The works, electrolysis", "hub The works, elektrolyse"),
    (Kind.REACH, ("bakery", "hydrogen"), "to site The bakery", "naar locatie De bakker"),
    (Kind.REACH, ("mill-1", "hydrogen"), "to site Mill (mill-1)", "naar locatie Molen (mill-1)"),
    (Kind.REACH, ("mill-2", "co2"), "from site Mill (mill-2)", "vanaf locatie Molen (mill-2)"),
    (Kind.REACH, ("tiles", "co2"), "from site tiles", "vanaf locatie tiles"),
    (Kind.STOP, ("bakery.oven",), "process oven at The bakery", "proces bakoven bij De bakker"),
    (Kind.STOP, ("mill-2.oven",), "process oven at Mill (mill-2)", "proces bakoven bij Molen (mill-2)"),
    (Kind.STOP, ("tiles.kiln",), "process tiles.kiln", "proces tiles.kiln"),
    (
        Kind.LEAD_TIME,
        ("bakery.oven", "gas"),
        "option natural gas of process oven at",
        "optie aardgas van proces bakoven",
    ),
    (Kind.DECIDED, ("open", "works", "electrolysis", "1"), "hub The works has", "hub The works"),
    (Kind.DECIDED, ("runs", "bakery.oven", "gas", "1"), "process oven at The bakery", "proces bakoven bij De bakker"),
    (Kind.SUPPLY, ("green_gas", "all"), "green gas for all regions", "groen gas voor alle regio's"),
    (Kind.TARGET, ("sector:food",), "target of sector food", "doel voor sector voeding"),
]
"""Limits, and what they are called in English and Dutch."""


@cache
def named() -> Instance:
    """The small instance with names: two mills have the same, the tile maker and the store of CO2 none."""
    return small(**NAMED, links="link,carrier,from,to,mode,status,length", sources="node,carrier,period,capacity,price")


def names(language: str = "en") -> LimitNames:
    return LimitNames(named(), Words(language))


@pytest.mark.parametrize(("kind", "place", "english", "dutch"), CALLED)
def test_limits_are_told_by_names(kind: Kind, place: tuple[str, ...], english: str, dutch: str) -> None:
    """With their numbers, and what is needed beyond them; with the id where two are called the same, or nothing."""
    limit = NamedLimit(kind, place, 2030, 3.0)
    for language, called in (("en", english), ("nl", dutch)):
        assert called in names(language).with_number(limit)
        assert called in names(language).beyond(limit, 1.0)


@pytest.mark.parametrize(
    ("limit", "english", "dutch"),
    [
        (Limit(Kind.GRID, ("region",)), "grid of The region", "stroomnet van De streek"),
        (Limit(Kind.POT, ("fund",)), "pot The fund", "regeling Het fonds"),
        (Limit(Kind.TARGET, ("all",)), "emission target of all sites", "emissiedoel van alle locaties"),
        (Limit(Kind.TARGET, ("sector:food",)), "emission target of sector food", "emissiedoel van sector voeding"),
        (Limit(Kind.TARGET, ("region:east",)), "emission target of region east", "emissiedoel van regio east"),
    ],
)
def test_verdicts_call_them_the_same(limit: Limit, english: str, dutch: str) -> None:
    """For all periods together, and without a number."""
    assert (names().name(limit), names("nl").name(limit)) == (english, dutch)
