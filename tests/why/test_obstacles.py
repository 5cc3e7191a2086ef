"""What the tables say of projects: worked out by hand on the small instance, and held against what is proven."""

import time
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from judged import FUND
from routeplan.data.read import read
from routeplan.errors import NoPlan, UsageError
from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.solver.solution import Limits
from routeplan.solving.solve import solve
from routeplan.why.ask import why
from routeplan.why.facts import Facts
from routeplan.why.lifted import liftable
from routeplan.why.limit import Kind
from routeplan.why.obstacle import Obstacle, TableAnswer
from routeplan.why.obstacles import Obstacles, answers_from_tables
from routeplan.why.obstacles_told import ObstaclesTold
from routeplan.why.project import Planned, project
from routeplan.why.wishes import Wish, option_wishes
from small import BIOGAS, KILN, KILN_OPTIONS, OVEN, OVEN_OPTIONS, best, prices, small, with_settings

INSTANCES = Path(__file__).parents[2] / "instances"

NO_LINKS = "link,carrier,from,to,mode,status,length"
OVEN_ALONE = {**OVEN, "options": OVEN_OPTIONS, "links": NO_LINKS}
KILN_ALONE = {**KILN, "options": KILN_OPTIONS}

EN, NL = Words("en"), Words("nl")


def answer(result: Result, site: str, route: str, year: int = 2030) -> TableAnswer:
    """What the tables say of the only option that is asked about."""
    (found,) = why(result, site, route=route, year=year)
    return found


def told(result: Result, found: TableAnswer, words: Words = EN) -> list[str]:
    said = ObstaclesTold(Facts(result), words)
    return [said.says(found), *said.reasons(found)]


@pytest.mark.some(1)
@pytest.mark.parametrize(("room", "clear"), [(2, 2032), (1, None)])
def test_a_full_station_leaves_no_room_for_a_project(room: float, clear: int | None) -> None:
    """The oven asks 3 MW, of which its contract has 1: of the 2 that it needs more the station has 1 in 2030.

    Periods are of two years: with room from 2032 on too little is left until 2031, without it to the end in 2033.
    """
    result = best(small(**OVEN_ALONE, headroom=f"area,period,firm,flexible\ntown,2030,1,0\ntown,2032,{room},0"))
    found = answer(result, "bakery", "electric")
    assert found.clear_from == clear
    until = 2033 if clear is None else 2031
    assert found.obstacles == (
        Obstacle(Kind.GRID, ("town", "firm"), 2030, 2.0, 1.0, until),
        Obstacle(Kind.GRID, ("town", "total"), 2030, 2.0, 1.0, until),
    )
    assert told(result, found)[1:] == [
        "in the way, by the tables:",
        f"  - grid of town: 2 MW more firm capacity needed in 2030, 1 left; still too little in {until}",
    ]
    assert told(result, found, NL)[2].endswith(f"nodig in 2030, 1 over; in {until} nog steeds te weinig")
    asked = (
        "Asked for electric (oven): 3 MW of firm capacity, 3 with flexible. Its contract has 1 for it in the plan, 1"
    )
    assert ObstaclesTold(Facts(result), EN).there_is([found])[0].startswith(asked)


@pytest.mark.nightly
def test_room_that_a_lasting_option_lacks_later_stands_in_its_way_at_once() -> None:
    """In 2030 the station has the 2 MW, in 2032 it has 1, and an option that is no bridge runs on."""
    headroom = "area,period,firm,flexible\ntown,2030,2,0\ntown,2032,1,0"
    found = answer(best(small(**OVEN_ALONE, headroom=headroom)), "bakery", "electric")
    assert [(each.period, each.until) for each in found.obstacles] == [(2032, 2033), (2032, 2033)]
    bridge = OVEN_ALONE | {"routes": "route,family,lifetime,temporary\ngas,current,20,0\nelectric,electrification,2,1"}
    assert answer(best(small(**bridge, headroom=headroom)), "bakery", "electric").obstacles == ()


def test_reinforcements_that_may_come_count_as_room() -> None:
    """1 MW that nobody has built yet is what the oven lacks."""
    works = "reinforcement,area,capacity,capex,lifetime,first_year\ncable,town,1,1000,4,2030"
    headroom = "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,1,0"
    result = best(small(**OVEN_ALONE, headroom=headroom, reinforcements=works))
    found = answer(result, "bakery", "electric")
    assert (found.planned, found.obstacles, found.clear_from) == (False, (), 2030)
    assert told(result, found) == ["nothing in the tables stands in its way; the plan has natural gas"]


def test_a_project_in_the_plan_is_told_so() -> None:
    """The oven is electric from 2030 on; it is told of where it is asked about by name."""
    result = best(small(**OVEN_ALONE))
    assert answer(result, "bakery", "electric") == TableAnswer(
        Wish("oven/electric", "bakery", "oven", "electric", 2030, "", True), True, (), 2030
    )
    assert told(result, answer(result, "bakery", "electric")) == ["in the plan"]
    assert why(result, "bakery") == []


def test_years_and_stops_stand_in_the_way_until_they_are_there() -> None:
    """There from 2031 on, and the only stop is in 2032: no start in 2030."""
    late = OVEN_OPTIONS.replace("emissions\n", "emissions,first_year\n").replace(",0,0,3,0", ",0,0,3,0,2031")
    late = late.replace("gas,1,0,0,10,0,0,2", "gas,1,0,0,10,0,0,2,")
    result = best(small(**OVEN_ALONE | {"options": late}, windows="process,period\noven,2032"))
    found = answer(result, "bakery", "electric")
    assert [each.kind for each in found.obstacles] == [Kind.LEAD_TIME, Kind.STOP]
    assert told(result, found) == [
        "by the tables not before 2032; in the plan until then: natural gas",
        "in the way, by the tables:",
        "  - electric can be had from 2031 on",
        "  - no maintenance stop in that period; the next in 2032",
    ]
    assert told(result, found, NL)[0].startswith("volgens de tabellen niet vóór 2032")


@pytest.mark.nightly
def test_a_network_that_comes_late_does_not_reach_the_site() -> None:
    """The pipe is there from 2032 on; without any it is reached in no period."""
    late = "link,carrier,from,to,mode,status,length,first_year\npipe,hydrogen,port,tiles,pipe,candidate,10,2032"
    for links, clear in ((late, 2032), (NO_LINKS, None)):
        result = best(small(**KILN_ALONE, links=links))
        found = answer(result, "tiles", "burner")
        assert ([each.place for each in found.obstacles], found.clear_from) == ([("tiles", "hydrogen")], clear)
        assert told(result, found)[2] == "  - no network for hydrogen reaches the site in 2030"


@pytest.mark.nightly
def test_sources_that_have_too_little_are_told_with_what_they_leave() -> None:
    """The kiln needs 20 GWh, all sources together have 15."""
    result = best(small(**KILN_ALONE, sources="node,carrier,period,capacity,price\nport,hydrogen,2030,15,30\n"
                        "port,hydrogen,2032,15,30"))  # fmt: skip
    found = answer(result, "tiles", "burner")
    assert found.obstacles == (Obstacle(Kind.SOURCE, ("all", "hydrogen"), 2030, 20.0, 15.0, 2033),)
    left = "20 GWh/yr needed in 2030, 15 left by all sources and hubs together; still too little in 2033"
    assert told(result, found)[2] == f"  - hydrogen: {left}"
    (line,) = ObstaclesTold(Facts(result), EN).there_is([found])
    assert line.startswith("Asked for burner (kiln): 20 GWh/yr. port can supply 15 GWh/yr")


def test_green_gas_is_told_with_what_others_leave() -> None:
    """Of 25 GWh for all the oven would take 10 and the kiln 20; it is worth more to the kiln, so that 5 are left."""
    supply = "commodity,zone,step,period,quantity,price\ngreen_gas,all,waste,2030,25,0\ngreen_gas,all,waste,2032,25,0"
    result = best(small(options=BIOGAS, supply=supply))
    found = answer(result, "bakery", "biogas")
    assert found.obstacles == (Obstacle(Kind.SUPPLY, ("green_gas", "east"), 2030, 10.0, 5.0, 2033),)
    left = "10 GWh/yr needed in 2030, 5 left; still too little in 2033"
    assert told(result, found)[2] == f"  - green gas for east: {left}"


SUPPORT = "pot,family,sector,basis,first_year,last_year,share,cap\nfund,electrification,all,{basis},,,1,"


@pytest.mark.some(1)
@pytest.mark.parametrize(("basis", "kind", "left"), [("capex", Kind.SUPPORT, 0.8), ("funding_gap", Kind.POT, 1.0)])
def test_a_funding_gap_is_held_against_rules_and_pots(basis: str, kind: Kind, left: float) -> None:
    """Four years of 0.8 against 0.5, and 0.8 at once: a gap of 2. The capex may be paid, or the 1 that there is.

    What the rules let the pot pay of the gap, all of it, is told beside what it has.
    """
    given = FUND | {"support": SUPPORT.format(basis=basis), "prices": prices(electricity=100.0)}
    result = best(small(with_settings(participation=True, support_years=4), **given))
    asked = answer(result, "bakery", "electric")
    (found,) = asked.obstacles
    assert (found.kind, found.asked, found.left) == (kind, pytest.approx(2.0), pytest.approx(left))
    if kind is Kind.POT:
        (line,) = ObstaclesTold(Facts(result), EN).there_is([asked])
        assert line.endswith("Of the funding gap of electric (oven), 2 M EUR, this pot may pay 2 at most.")


@pytest.mark.some(1)
@pytest.mark.parametrize(("choice", "value"), [("electric", 0), ("gas", 1)])
def test_what_is_decided_otherwise_stands_in_the_way(choice: str, value: int) -> None:
    """Against the electric oven in 2030, or for the gas one."""
    decided = f"decision,item,choice,period,value\nruns,oven,{choice},2030,{value}"
    found = answer(best(small(**OVEN_ALONE, decided=decided)), "bakery", "electric")
    (obstacle,) = found.obstacles
    assert (obstacle.kind, obstacle.place) == (Kind.DECIDED, ("runs", "oven", choice, str(value)))
    assert found.clear_from == 2032


def test_a_site_that_is_not_there_is_refused() -> None:
    """With what is allowed."""
    with pytest.raises(UsageError, match="no site is called 'nobody'"):
        why(best(small()), "nobody")


def test_without_a_plan_there_is_nothing_to_ask() -> None:
    """No oven may run in 2030, so that there is no plan to hold options against."""
    decided = "decision,item,choice,period,value\nruns,oven,gas,2030,0\nruns,oven,electric,2030,0"
    result = solve(small(**OVEN_ALONE, decided=decided))
    assert not result.status.has_plan
    with pytest.raises(NoPlan, match="there is nothing that options could be held against"):
        why(result, "bakery")


@cache
def planned(name: str) -> Result:
    """A plan of a shipped instance, found in seconds."""
    return solve(read(INSTANCES / name), gap=0.05, seconds=60)


def every_answer(result: Result) -> list[TableAnswer]:
    """What the tables say of every option in every period."""
    periods = result.instance.horizon.first.tolist()
    wishes = [wish.moved_to(period) for wish in option_wishes(result.instance) for period in periods]
    return answers_from_tables(Facts(result), wishes)


@pytest.mark.parametrize(
    "name", ["tiny", *(pytest.param(name, marks=pytest.mark.nightly) for name in ("nine-cases", "achterhoek"))]
)
def test_what_the_tables_name_is_never_refuted_by_a_solve(name: str) -> None:
    """Of every option in every period: where the tables name an obstacle, no solve finds that it can go ahead."""
    result = planned(name)
    held = Planned(liftable(result.instance), result.tables)
    refuted, proven = [], 0
    for option, answers in groupby(every_answer(result), key=lambda each: (each.wish.process, each.wish.route)):
        named = [each for each in answers if each.obstacles]
        free = project(held, *option) if named else None
        for each in named:
            forced = None if free is None else free.forced(each.wish.route, each.wish.period)
            search = Limits(deadline=time.monotonic() + 20.0, threads=1)
            possible = False if forced is None else forced.possible((), search)
            refuted += [each] if possible else []
            proven += possible is False
    assert refuted == []
    assert proven > 20


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["tiny", "achterhoek"])
def test_the_tables_name_nothing_in_the_way_of_what_the_plan_starts(name: str) -> None:
    """Each start of the plan has what the plan gives it, and the plan leaves it no less."""
    result = planned(name)
    started = set(zip(*(result["starts"][column] for column in ("process", "route", "period")), strict=True))
    every = [each.wish for each in every_answer(result)]
    wishes = [wish for wish in every if (wish.process, wish.route, wish.period) in started]
    assert len(wishes) == len(started) > 0
    obstacles = Obstacles(Facts(result), wishes)
    assert [obstacles.at(wish) for wish in wishes] == [()] * len(wishes)
