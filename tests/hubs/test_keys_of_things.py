"""What members pay by use of a design that has a hub of hydrogen and a link of CO2, worked out by hand.

Over four years a hub of 1.0 serves kilns a and c, 20 GWh a year each at 30 EUR/MWh: it costs 1.0 + 2 x 2.4 = 5.8.
Kiln b captures 4 kt a year and ships it by a link of 10 km that costs 0.4: no one else uses that.
"""

import math

import pytest
from rows_of_kilns import row_of_kilns

from routeplan.hubs.apply import with_designs
from routeplan.hubs.coalitions import by_use, saving_of_plan
from routeplan.hubs.design import BuiltLink, Design, OpenedHub
from routeplan.hubs.payers import Payers, distances, payers
from routeplan.hubs.saving import Saving
from routeplan.hubs.users import users_of
from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from routeplan.schema.hubs import CAPACITY, CAPACITY_KM
from small import best

LINKS = """link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way
pipe-a,hydrogen,port,a,pipe,candidate,10,,,0,0
pipe-c,hydrogen,port,c,pipe,candidate,10,,,0,0
ship,co2,{ends},pipe,candidate,10,,,0,0"""

OF_HUB, OF_LINK = 5.8, 0.4


def world(ends: str = "b,store") -> Instance:
    """Three kilns, the hub and the link."""
    options = [f"{kiln}.kiln,gas,1,0,20,0,0,4" for kiln in "abc"]
    moved = ["a.kiln,burner,0,0.4,0,20,0,0", "c.kiln,burner,0,0.4,0,20,0,0", "b.kiln,capture,0,0.4,20,0,4,0"]
    return row_of_kilns(
        1.0,
        [0.4] * 3,
        options="process,route,current,capex,gas,hydrogen,captured,emissions\n" + "\n".join([*options, *moved]),
        links=LINKS.format(ends=ends),
        sizes="carrier,mode,size,capacity,capex_per_km,capex_fixed,fixed_cost_share,lifetime\n"
        "hydrogen,pipe,thin,25,0.04,0,0,4\nco2,pipe,thin,25,0.04,0,0,4",
        sources="node,carrier,period,capacity,price\nstore,co2,2030,10,0\nstore,co2,2032,10,0",
    )


def design(public_share: float = 0.0) -> Design:
    """Both of them from 2030 on."""
    opened, built = OpenedHub("harbour", "electrolysis", 2030), BuiltLink("ship", "thin", 2030)
    return Design("both", hubs=(opened,), links=(built,), public_share=public_share)


def told_of(public_share: float = 0.0) -> tuple[Result, Payers]:
    """The plan with both, and who pays what; nobody saves anything without all others."""
    instance, chosen = world(), design(public_share)
    without, together = (best(made) for made in (with_designs(instance, [chosen]), with_designs(instance, [], chosen)))
    groups = [frozenset(some) for some in ("a", "b", "c", "ab", "ac", "bc")]
    savings = dict.fromkeys(groups, Saving(0.0, 0.0)) | {frozenset("abc"): saving_of_plan(without, together)}
    return together, payers(chosen, without, together, savings)


@pytest.mark.nightly
def test_hydrogen_and_co2_are_not_added_up() -> None:
    """The hub is paid by a and c, half each, and the link by b; 20 + 4 + 20 of one thing would make b pay 0.56."""
    together, told = told_of()
    expected = {"a": OF_HUB / 2, "b": OF_LINK, "c": OF_HUB / 2}
    assert told.pays[CAPACITY] == pytest.approx(expected, abs=1e-3)
    users = users_of(together, design())
    assert by_use(users, together, design()) == ["a", "c", "b"]


def test_public_money_is_for_what_does_not_depend_on_use() -> None:
    """Half of 1.0 and half of 0.4: the hub costs members 5.3, the link 0.2."""
    _, told = told_of(public_share=0.5)
    assert told.public == pytest.approx(0.7, abs=1e-3)
    assert told.pays[CAPACITY] == pytest.approx({"a": 2.65, "b": 0.2, "c": 2.65}, abs=1e-3)


@pytest.mark.nightly
def test_by_distance_each_thing_is_paid_by_its_own_users() -> None:
    """Of the hub a and c pay by their distance from the port; b is at the end of its link, and pays it all the same.

    As the crow flies, on one plane: the port is at 52.2, 6.2; a at 52.00 and c at 52.02, both at 6.1.
    """
    _, told = told_of()
    east = 0.1 * math.cos(math.radians(52.1))
    away = {"a": math.hypot(0.20, east), "c": math.hypot(0.18, east)}
    parts = {name: OF_HUB * apart / sum(away.values()) for name, apart in away.items()}
    assert told.pays[CAPACITY_KM] == pytest.approx({**parts, "b": OF_LINK}, abs=1e-2)


@pytest.mark.parametrize("ends", ["b,store", "store,b"])
def test_a_link_is_as_near_as_the_nearer_of_its_ends(ends: str) -> None:
    """Whichever is named first: c is a hundredth of a degree north of kiln b, and the store some 30 km farther."""
    told = distances(world(ends), design(), ["b", "c"])["link", "ship"]
    assert told == pytest.approx({"b": 0.0, "c": 0.01 * math.pi / 180 * 6371}, abs=1e-2)
