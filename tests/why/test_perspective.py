"""What the oven and the kiln of the small instance can expect, each year and amount worked out by hand."""

from collections.abc import Collection

import pandas as pd
import pytest

from routeplan.errors import NoPlan, UsageError
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.schema.perspective import AS_PLANNED, NO_DIFFERENCE, NO_PLAN, PLANNED_ANEW
from routeplan.why.dates import Dates, moves_of_areas, with_dates
from routeplan.why.perspective import perspective
from routeplan.why.perspective_told import unknown_told
from routeplan.why.project import Project
from small import KILN, KILN_OPTIONS, OVEN, OVEN_OPTIONS, best, routes, small

NO_LINKS = "link,carrier,from,to,mode,status,length"
OVEN_ALONE = {**OVEN, "options": OVEN_OPTIONS, "links": NO_LINKS}
KILN_ALONE = {**KILN, "options": KILN_OPTIONS}

STATION = {
    "headroom": "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,2,0",
    "works": "work,area,earliest,estimate,latest\nstation,town,2030,2032,2034",
}
"""The oven needs 2 MW more than its contract has, which the station has once it is done."""

PIPE = """
    link,carrier,from,to,mode,status,length,first_year
    pipe,hydrogen,port,tiles,pipe,candidate,10,2032"""


def row(instance: Instance, route: str, years: int = 2, sites: Collection[str] | None = None) -> "pd.Series[float]":
    """What is told of a route."""
    table = perspective(best(instance), sites, years=years).table
    (found,) = (each for _, each in table[table["route"] == route].iterrows())
    return found


def years_of(told: "pd.Series[float]") -> list[int | None]:
    """The early, the expected and the late year."""
    return [None if pd.isna(told[dates]) else int(told[dates]) for dates in Dates]


@pytest.fixture(scope="module")
def electric() -> "pd.Series[float]":
    """What is told of the electric oven."""
    return row(small(**OVEN_ALONE, **STATION), "electric")


@pytest.mark.nightly
def test_room_comes_as_early_or_late_as_the_works_of_the_area(electric: "pd.Series[float]") -> None:
    """Two years early it is there in 2030; two years late it comes in 2034, when the plan has ended."""
    assert years_of(electric) == [2030, 2032, None]
    plans = electric["early_plan"], electric["late_plan"]
    assert (electric["not_known"], *plans) == ("", AS_PLANNED, PLANNED_ANEW)


def test_until_then_there_is_what_the_plan_has(electric: "pd.Series[float]") -> None:
    """The oven on gas: 10 GWh x 30 + 2 kt x 100, and nothing invested."""
    told = electric
    assert (told["planned"], told["until_then"], told["bridges"]) == (2032, "gas 2030-2031", "")
    assert told[["emissions", "cost", "invested"]].tolist() == pytest.approx([2.0, 0.5, 0.0])
    assert pd.isna(told["bridge_cost"])


BRIDGE = OVEN_OPTIONS + "\n        oven,saver,0,0.4,0,6,0,0,1"
"""A bridge of two years: 6 GWh x 30 + 1 kt x 100 = 0.28, with 0.4 / 2 besides 0.48: less than gas, more than 0.4."""


@pytest.mark.nightly
def test_a_bridge_until_then_is_told_with_its_co2_and_cost() -> None:
    """The saver for two years, then the electric oven; the bridge itself comes at once, so nothing is before it."""
    plan = best(small(**OVEN_ALONE | {"options": BRIDGE}, headroom=STATION["headroom"]))
    assert routes(plan)["oven"] == ["saver", "electric"]
    told = perspective(plan).table.set_index("route").T
    after, bridge = told["electric"], told["saver"]
    assert (after["until_then"], after["bridges"]) == ("saver 2030-2031", "saver")
    assert after[["bridge_emissions", "bridge_cost", "invested"]].tolist() == pytest.approx([1.0, 0.28, 0.4])
    assert (years_of(bridge), bridge["until_then"]) == ([2030, 2030, 2030], "")


@pytest.mark.nightly
def test_what_is_possible_in_no_period_has_the_whole_plan_until_then() -> None:
    """1 MW in both periods is too little: gas for two periods, and no year to decide by."""
    short = "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,1,0"
    told = row(small(**OVEN_ALONE, headroom=short), "electric")
    assert (years_of(told), told["not_known"]) == ([None, None, None], "")
    assert told["until_then"] == "gas 2030-2033"
    assert pd.isna(told["planned"])
    assert pd.isna(told["decide_by"])


@pytest.mark.nightly
def test_a_firm_decides_the_lead_time_before_the_start() -> None:
    """A year from the base year 2030 to 2031, and a start in 2032: by 2031."""
    first_year = """
        process,route,current,capex,electricity,gas,firm_capacity,emissions,first_year
        oven,gas,1,0,0,10,0,2,
        oven,electric,0,0.8,8,0,3,0,2031"""
    told = row(small(**OVEN_ALONE | {"options": first_year}), "electric")
    assert (told["expected"], told["lead_time"], told["decide_by"]) == (2032, 1, 2031)


@pytest.mark.nightly
def test_a_network_comes_so_many_years_earlier_or_later() -> None:
    """The pipe of 2032 is there in 2030, or only in 2034."""
    told = row(small(**KILN_ALONE, links=PIPE), "burner")
    assert years_of(told) == [2030, 2032, None]
    assert told["late_plan"] == PLANNED_ANEW


@pytest.mark.nightly
def test_dates_that_no_period_feels_make_no_difference() -> None:
    """A pipe of 2031 is there in 2032, as one of that year; one of 2033 is there in no period."""
    told = row(small(**KILN_ALONE, links=PIPE), "burner", years=1)
    assert years_of(told) == [2032, 2032, None]
    assert told["early_plan"] == NO_DIFFERENCE


@pytest.mark.nightly
def test_a_plan_that_can_wait_is_kept_under_late_dates() -> None:
    """At 300 EUR/MWh hydrogen costs 20 GWh x 300 = 6 M EUR a year: the kiln stays on gas, whenever the pipe comes."""
    dear = "node,carrier,period,capacity,price\nport,hydrogen,2030,50,300\nport,hydrogen,2032,50,300"
    told = row(small(**KILN_ALONE, links=PIPE, sources=dear), "burner")
    assert years_of(told) == [2030, 2032, None]
    assert (told["late_plan"], told["until_then"]) == (AS_PLANNED, "gas 2030-2031")


@pytest.mark.nightly
def test_nothing_is_known_where_late_dates_leave_no_plan() -> None:
    """Without the pipe no kiln can do without emissions from 2032 on."""
    told = row(small(**KILN_ALONE, links=PIPE, targets="scope,period,cap\nall,2032,0"), "burner")
    assert years_of(told) == [2030, 2032, None]
    assert (told["not_known"], told["late_plan"]) == ("late", NO_PLAN)


@pytest.mark.nightly
def test_that_others_may_leave_more_under_late_dates_counts_for_nothing() -> None:
    """The kiln takes all 4 MW of 2032: 16 GWh x 25 + 0.4 / 4 = 0.5 in place of 1.0 a year; the oven would save 0.1.

    Two years late there are 2 MW, which are too few for the kiln: a plan made then has them for the oven.
    """
    options = OVEN_OPTIONS + "\n        kiln,gas,1,0,0,20,0,0,4\n        kiln,electric,0,0.4,16,0,0,4,0"
    rooms = {"headroom": "area,period,firm,flexible\ntown,2030,2,0\ntown,2032,4,0", "works": STATION["works"]}
    instance = small(options=options, links=NO_LINKS, **rooms)
    late = with_dates(instance, Dates.LATE, 2)
    assert late is not None
    assert routes(best(late)) == {"oven": ["electric", "electric"], "kiln": ["gas", "gas"]}
    plan = best(instance)
    assert routes(plan) == {"oven": ["gas", "gas"], "kiln": ["gas", "electric"]}
    table = perspective(plan, ["bakery"]).table.set_index("process")
    assert years_of(table.loc["oven"])[1:] == [None, None]


@pytest.mark.nightly
def test_what_the_others_have_is_not_left_to_it() -> None:
    """The oven has the 2 MW from 2030 on: a kiln that would need them finds nothing, whenever the station is done."""
    options = OVEN_OPTIONS + "\n        kiln,gas,1,0,0,20,0,0,4\n        kiln,electric,0,40,20,0,0,2,0"
    full = "area,period,firm,flexible\ntown,2030,2,0\ntown,2032,2,0"
    table = perspective(best(small(options=options, links=NO_LINKS, headroom=full))).table.set_index("process")
    assert years_of(table.loc["oven"]) == [2030, 2030, 2030]
    assert years_of(table.loc["kiln"]) == [None, None, None]


def test_the_sites_that_are_asked_about_are_told_alone() -> None:
    """The tile maker, and not the bakery."""
    assert perspective(best(small()), ["tiles"]).table["process"].tolist() == ["kiln"]


WORKS = """
    work,area,earliest,estimate,latest
    cable,town,2031,2032,2033
    station,town,2029,2032,2036
    old,town,2025,2029,2039
    unknown,region,2030,,2034"""


def test_the_last_of_several_works_counts() -> None:
    """The cable, a year early at most, and the station, four years late; what is done by 2030 is done."""
    instance = small(works=WORKS)
    assert moves_of_areas(instance, Dates.EARLY, 3) == {"town": -1, "region": -3}
    assert moves_of_areas(instance, Dates.LATE, 3) == {"town": 4, "region": 3}


def test_several_first_years_each_move_once() -> None:
    """A pipe of 2031 becomes one of 2033, and one of 2033 does not follow it to 2035 twice; what is there, stays."""
    links = """
        link,carrier,from,to,mode,status,length,first_year
        a,hydrogen,port,tiles,pipe,candidate,10,2030
        b,hydrogen,port,bakery,pipe,candidate,10,2031
        c,hydrogen,tiles,bakery,pipe,candidate,10,2033"""
    for dates, expected in ((Dates.LATE, [2030, 2033, 2035]), (Dates.EARLY, [2030, 2029, 2031])):
        dated = with_dates(small(links=links), dates, 2)
        assert dated is not None
        assert dated["links"]["first_year"].tolist() == expected


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"sites": ["baker"]}, "site"),
        ({"sites": "bakery"}, "sites is the text 'bakery'; allowed: a list of ids of the table sites"),
        ({"years": 0}, "years is 0; allowed: whole years from 1 to 50"),
        ({"years": True}, "years is True; allowed: whole years from 1 to 50"),
        ({"each": 0.0}, "each is 0.0; allowed: more than 0 seconds"),
        ({"each": "ten"}, "each is 'ten'; allowed: more than 0 seconds"),
    ],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, object], said: str) -> None:
    """A site that there is not, a text in place of a list, and no time."""
    with pytest.raises(UsageError) as refused:
        perspective(best(small()), **asked)  # type: ignore[arg-type]
    assert said in str(refused.value)


def test_without_a_plan_there_is_no_perspective() -> None:
    """The oven has to go electric in 2030, and has no room then."""
    with pytest.raises(NoPlan):
        perspective(best(small(**OVEN_ALONE, **STATION, targets="scope,period,cap\nall,2030,0")))


@pytest.mark.nightly
def test_a_stop_hands_over_what_is_known() -> None:
    """Asked for after the first route."""
    done: list[int] = []
    found = perspective(best(small()), stop=lambda: bool(done), on_outlook=lambda number, count: done.append(number))
    assert (done, len(found.outlooks), found.stopped) == ([1], 1, True)


@pytest.mark.nightly
def test_answers_that_are_missing_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan has the electric oven from 2032 on; whether it can be there in 2030, no search has told."""
    full = "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,2,0"
    result = best(small(**OVEN_ALONE, headroom=full))
    assert list(unknown_told(perspective(result), Words())) == []
    monkeypatch.setattr(Project, "possible", lambda *_: None)
    (told,) = unknown_told(perspective(result), Words())
    assert told == (
        "Of 3 years nothing is known, as a search ended without an answer; more time may tell: bakery, oven: electric "
        "(early dates); bakery, oven: electric (expected dates); bakery, oven: electric (late dates)."
    )
