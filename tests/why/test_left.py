"""What the plan leaves, who has most of it, and what projects ask for, reckoned by hand on the small instance."""

from dataclasses import replace

import pytest

from judged import FUND, held
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.why.gaps import Gap, Gaps
from routeplan.why.judged import Verdict
from routeplan.why.limit import Kind, Limit
from routeplan.why.room import room_in_words
from routeplan.why.told import Told
from small import best, prices, small, with_settings

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
    gaps = Gaps(supported("", "process,period\noven,2032"))
    wish = held("oven", Verdict.BLOCKED).wish
    assert gaps.of(wish) == Gap(pytest.approx(2.0), pytest.approx(0.4))
    assert gaps.of(replace(wish, route="gas")) is None
