"""What the plan leaves, who has most of it, and what projects ask for, reckoned by hand on the small instance."""

from dataclasses import replace
from functools import cache

import pytest

from judged import FUND, held
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.why.connection import connection_in_words
from routeplan.why.facts import Facts
from routeplan.why.judged import Blockers, Judged, Verdict
from routeplan.why.left import hub_in_words, link_in_words, pot_in_words, source_in_words, supply_in_words
from routeplan.why.limit import Kind, Limit
from routeplan.why.room import room_in_words
from routeplan.why.there_is import there_is
from routeplan.why.told import Told
from routeplan.why.wishes import Wish
from small import BIOGAS, best, prices, small, with_settings

EN, NL = Words("en"), Words("nl")

POWER = """
    process,route,current,capex,electricity,gas,firm_capacity,flexible_capacity,emissions
    oven,gas,1,0,0,10,0,0,2
    oven,electric,0,0.8,8,0,3,0,0
    kiln,gas,1,0,0,20,0,0,4
    kiln,electric,0,0.8,8,0,1,4,0"""
"""The oven asks for 3 MW, of which the contract has 1; the kiln for 1 MW firm and 4 MW flexible."""

SUPPORT = "pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,capex,,,0.5,{cap}"


def test_takers_of_firm_room_are_told_by_firm_capacity() -> None:
    """Firm: bakery 3 - 1 = 2 MW, tiles 1. Firm and flexible: tiles 1 + 4 = 5 MW, bakery 2."""
    result = best(small(**FUND, options=POWER))
    told = room_in_words(result, "town", 2030, EN)
    assert "Most of the firm capacity goes to bakery (2 MW), tiles (1 MW)." in told
    assert "Most of firm and flexible capacity together goes to tiles (5 MW), bakery (2 MW)." in told
    assert "De meeste vaste capaciteit gaat naar bakery (2 MW), tiles (1 MW)." in room_in_words(
        result, "town", 2030, NL
    )


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ("2031,2032,2035", " Works: expected in 2032, 2031 at the earliest, 2035 at the latest."),
        (",2032,", " Works: expected in 2032."),
        (",,2035", " Works: 2035 at the latest."),
        (",,", ""),
    ],
)
def test_works_are_told_by_the_dates_that_are_known(dates: str, told: str) -> None:
    """An unknown date is left out."""
    given = FUND | {"works": f"work,area,earliest,estimate,latest\nring,town,{dates}"}
    said = room_in_words(best(small(**given, options=POWER)), "town", 2030, EN)
    assert said.endswith(told)
    assert ("Works" in said) == bool(told)


@cache
def supported(cap: str, stop: str = "process,period") -> Instance:
    """Electricity so dear that the oven costs the firm more: 8 GWh x 100 a year and 0.8 M EUR at once."""
    given = FUND | {"support": SUPPORT.format(cap=cap), "windows": stop}
    settings = with_settings(participation=True, support_years=4)
    return small(settings, **given, prices=prices(electricity=100.0))


@pytest.mark.parametrize(("cap", "most"), [("", "0.4"), ("0.1", "0.1")])
def test_a_funding_gap_is_told_with_what_may_be_paid(cap: str, most: str) -> None:
    """Bills of four years are 4 x 0.8 against 4 x (0.3 + 0.2): the gap is 0.8 + 1.2 = 2. Half of 0.8 may be paid."""
    judged = held("oven", Verdict.BLOCKED, frozenset({Limit(Kind.SUPPORT, ("oven", "electric"))}))
    result = best(supported(cap))
    assert Told(result, EN).reasons(judged)[1] == f"  - funding gap 2 M EUR, of which at most {most} may be paid"


def test_a_gap_is_known_outside_of_stops() -> None:
    """The stop is in 2032, the project is wanted in 2030."""
    gaps = Facts(best(supported("", "process,period\noven,2032"))).gaps
    wish = held("oven", Verdict.BLOCKED).wish
    found = gaps.of(wish)
    assert found is not None
    assert (found.gap, found.payable) == pytest.approx((2.0, 0.4))
    assert gaps.of(replace(wish, route="gas")) is None


def test_of_what_is_for_all_regions_each_taker_counts_once() -> None:
    """There are 35 GWh for all: the oven takes 10 and the kiln 20, for whichever region that is told."""
    supply = "commodity,zone,step,period,quantity,price\ngreen_gas,all,waste,2030,35,0\ngreen_gas,all,waste,2032,35,0"
    result = best(small(options=BIOGAS, supply=supply))
    told = "For all regions there is 35 GWh/yr of green gas in 2030, of which the plan leaves 5. "
    most = "Most goes to tiles (20 GWh/yr), bakery (10 GWh/yr)."
    for zone in ("east", "west", "all"):
        assert supply_in_words(Facts(result), "green_gas", zone, 2030, EN) == told + most
    assert supply_in_words(Facts(result), "heat", "east", 2032, EN) == "There is no heat in 2032."


def gas_supplied() -> Result:
    """12 GWh of green gas for the east and 20 for all: the oven (10) has the first, the kiln in the west the other."""
    supply = """
        commodity,zone,step,period,quantity,price
        green_gas,east,dung,2030,12,0
        green_gas,all,waste,2030,20,0
        green_gas,east,dung,2032,12,0
        green_gas,all,waste,2032,20,0"""
    return best(small(options=BIOGAS, supply=supply))


def test_supply_is_told_with_what_is_left_and_who_takes_it() -> None:
    """The oven takes 10 of the 12 in the east, the kiln all 20 that there is for all regions."""
    told = supply_in_words(Facts(gas_supplied()), "green_gas", "east", 2030, EN)
    assert told == (
        "For all regions there is 20 GWh/yr of green gas in 2030, of which the plan leaves 0. "
        "For east there is 12 GWh/yr of green gas in 2030, of which the plan leaves 2. "
        "Most goes to tiles (20 GWh/yr), bakery (10 GWh/yr)."
    )
    assert "laat daarvan 2 over" in supply_in_words(Facts(gas_supplied()), "green_gas", "east", 2030, NL)


def test_a_source_is_told_with_what_is_left_and_who_takes_it() -> None:
    """The kiln takes 20 of 50 GWh a year."""
    result = best(small())
    assert source_in_words(Facts(result), "port", "hydrogen", 2030, EN) == (
        "port can supply 50 GWh/yr of hydrogen in 2030, of which the plan leaves 30. Most goes to tiles (20 GWh/yr)."
    )
    assert "waterstof leveren" in source_in_words(Facts(result), "port", "hydrogen", 2030, NL)


def test_a_source_that_has_nothing_yet_is_told_with_its_first_year() -> None:
    """It opens in 2032, with 50 GWh a year."""
    result = best(small(sources="node,carrier,period,capacity,price\nport,hydrogen,2032,50,30"))
    told = source_in_words(Facts(result), "port", "hydrogen", 2030, EN)
    assert told == "Supply or storage of hydrogen at port is not there in 2030. From 2032 on it has 50 GWh/yr."
    assert "Vanaf 2032 is het 50" in source_in_words(Facts(result), "port", "hydrogen", 2030, NL)


def test_a_link_is_told_with_what_is_left_and_who_takes_it() -> None:
    """The pipe of 25 carries the 20 GWh of the kiln; before what it leaves stands what is asked."""
    result = best(small())
    told = "The link from port to tiles can carry 25 GWh/yr in 2030, of which the plan leaves 5."
    assert link_in_words(Facts(result), "pipe", 2030, EN) == f"{told} Most goes to tiles (20 GWh/yr)."
    assert "vervoeren; het plan laat daarvan 5 over" in link_in_words(Facts(result), "pipe", 2030, NL)
    found = Blockers((frozenset({Limit(Kind.LINK_CAPACITY, ("pipe",))}),), True, False)
    judged = Judged(Wish("kiln", "tiles", "kiln", "burner", 2030, "firm", True), Verdict.BLOCKED, found=found)
    (line,) = there_is(result, [judged], EN)
    assert line.startswith(f"Asked for burner (kiln): 20 GWh/yr. {told}")


def test_a_hub_is_told_with_what_is_left_and_who_takes_it() -> None:
    """Of 30 GWh the kiln takes 20; there is no other source."""
    hubs = """
        hub,option,name,node,area,carrier,capex,capacity,price,electricity,firm_capacity,flexible_capacity,lifetime
        hall,electrolyser,Hall,port,town,hydrogen,0.1,30,10,0,0,0,4"""
    result = best(small(hubs=hubs, sources="node,carrier,period,capacity,price"))
    told = "Hub Hall (electrolyser) can do 30 GWh/yr in 2030, of which the plan leaves 10."
    assert hub_in_words(Facts(result), "hall", "electrolyser", 2030, EN) == f"{told} Most goes to tiles (20 GWh/yr)."


def test_what_is_asked_of_a_limit_stands_before_it() -> None:
    """The kiln asks for 20 GWh."""
    limit = Limit(Kind.SOURCE, ("port", "hydrogen"))
    found = Blockers((frozenset({limit}),), True, False)
    judged = Judged(Wish("kiln", "tiles", "kiln", "burner", 2030, "firm", True), Verdict.BLOCKED, found=found)
    (told,) = there_is(best(small()), [judged], EN)
    assert told.startswith("Asked for burner (kiln): 20 GWh/yr. port can supply 50")


@pytest.mark.some(2)
@pytest.mark.parametrize(("carry", "has"), [(0, "4 M EUR in 2030, of which the plan leaves 2"), (1, "4 M EUR up to")])
def test_a_pot_is_told_with_what_is_left(carry: int, has: str) -> None:
    """The oven is paid its gap of 2 of the 4 M EUR, whether the pot carries over or not."""
    given = FUND | {
        "pots": f"pot,name,carry_over\nfund,Fund,{carry}",
        "budgets": "pot,period,amount\nfund,2030,4",
        "support": "pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,funding_gap,,,1,",
        "prices": prices(electricity=100.0, electricity_value=1.0),
        "decided": "decision,item,choice,period,value\nruns,oven,electric,2030,1",
    }
    result = best(small(with_settings(participation=True, support_years=4), **given))
    told = pot_in_words(result, "fund", 2030, EN)
    assert told.startswith(f"Pot Fund has {has}")
    assert "of which the plan leaves 2. Most goes to bakery (2 M EUR)." in told


def test_a_connection_is_told_with_length_and_cost() -> None:
    """10 km of pipe for 0.04 x 10 = 0.4 M EUR, 0.1 a year, and 20 GWh x 30 = 0.6; of a pipe of 25 it fills 20: 0.08."""
    told = connection_in_words(Facts(best(small())), "tiles", "hydrogen", EN)
    assert told == (
        "For hydrogen, tiles can be connected to port from 2030 on, over 10 km, of which 10 km must be built. "
        "The 20 GWh/yr that its options need at most then cost 0.7 M EUR/yr for this site alone, and at least 0.68 "
        "where others fill what is built. The plan builds 10 km of it, for use from 2030 on."
    )


def test_where_no_link_leads_the_nearest_source_is_told() -> None:
    """From 52.1, 6.1 to 52.2, 6.2: 11.12 km north and 6.83 km east, together 13.05."""
    result = best(small(links="link,carrier,from,to,mode,status,length"))
    told = connection_in_words(Facts(result), "tiles", "hydrogen", EN)
    assert told.startswith("For hydrogen, no link of the tables leads to tiles")
    assert told.endswith("The nearest is port, 13 km as the crow flies.")
    assert "hemelsbreed" in connection_in_words(Facts(result), "tiles", "hydrogen", NL)
