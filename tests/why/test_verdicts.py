"""Verdicts on the projects of the small instance, each blocker set worked out by hand and lifted in the tables."""

import pytest

from routeplan.errors import NoPlan, UsageError
from routeplan.instance.instance import Instance
from routeplan.result.result import Result
from routeplan.why.ask import why
from routeplan.why.judged import Judged, Verdict
from routeplan.why.limit import Kind, Limit
from routeplan.why.project import Project
from routeplan.why.verdicts import verdicts
from small import KILN, KILN_OPTIONS, OVEN, OVEN_OPTIONS, best, routes, small, with_settings

ELECTRIC = "project,process,route,period,maturity\nplan,oven,electric,2030,firm"
BURNER = "project,process,route,period,maturity\nplan,kiln,burner,2030,planned"

OVEN_ALONE = {**OVEN, "options": OVEN_OPTIONS, "links": "link,carrier,from,to,mode,status,length"}
KILN_ALONE = {**KILN, "options": KILN_OPTIONS}

STATION = "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,2,0"
"""The oven needs 3 MW, of which 1 is free in its contract: 2 MW, of which the station has 1 in 2030."""


def judged(instance: Instance) -> Judged:
    """The verdict on the only project."""
    (found,) = verdicts(best(instance))
    return found


def sets(found: Judged) -> set[frozenset[Limit]]:
    assert found.found is not None
    assert found.found.complete
    return set(found.found.sets)


GRID = Limit(Kind.GRID, ("town",))


def test_a_full_station_holds_a_project_back_until_it_has_room() -> None:
    """1 MW more in 2030 is what it takes: the saving of a year of the electric oven, 0.5 - 0.4, comes twice."""
    found = judged(small(**OVEN_ALONE, headroom=STATION, wishes=ELECTRIC))
    assert (found.verdict, found.possible_from) == (Verdict.LATER, 2032)
    assert sets(found) == {frozenset({GRID})}
    (lifting,) = found.worth
    (added,) = lifting.added
    assert (added.limit, added.period, added.amount) == (GRID, 2030, pytest.approx(1.0, abs=1e-5))
    assert lifting.saved == pytest.approx((0.2, 0.2), abs=1e-6)
    assert lifting.avoided == pytest.approx(2 * 2.0)


@pytest.mark.nightly
def test_what_is_named_lets_the_project_go_ahead_when_it_is_lifted() -> None:
    """With that MW the plan has the electric oven in 2030; with a tenth less it has not."""
    for firm, expected in ((2.0, "electric"), (1.9, "gas")):
        headroom = f"area,period,firm,flexible\ntown,2030,{firm},0\ntown,2032,2,0"
        assert routes(best(small(**OVEN_ALONE, headroom=headroom)))["oven"][0] == expected


def test_a_project_in_the_plan_goes_ahead() -> None:
    """Nothing is asked of it."""
    found = judged(small(**OVEN_ALONE, wishes=ELECTRIC))
    assert (found.verdict, found.possible_from, found.found, found.solves) == (Verdict.GOES_AHEAD, 2030, None, 0)


@pytest.mark.nightly
def test_a_project_that_is_possible_but_dear_is_not_blocked() -> None:
    """8 M EUR over four years is 2 a year: 2.2 instead of 0.5, and 2 kt less, each year."""
    dear = OVEN_OPTIONS.replace("oven,electric,0,0.8,", "oven,electric,0,8,")
    result = best(small(**OVEN_ALONE | {"options": dear}, wishes=ELECTRIC))
    assert [each.worth for each in verdicts(result)] == [()]
    (found,) = verdicts(result, value_possible=True)
    assert (found.verdict, found.found) == (Verdict.OTHER_ROUTE, None)
    (as_it_is,) = found.worth
    assert as_it_is.saved == pytest.approx((-4 * 1.7, -4 * 1.7), abs=1e-3)
    assert as_it_is.avoided == pytest.approx(4 * 2.0)


PAID = {
    "settings": with_settings(participation=True),
    "options": OVEN_OPTIONS.replace("oven,electric,0,0.8,", "oven,electric,0,4,"),
    "headroom": "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,1,0",
    "wishes": ELECTRIC,
}
"""4 M EUR, 1 a year: 1.2 instead of 0.5 a year, a funding gap of 2.8."""


def test_grid_and_subsidy_are_both_needed() -> None:
    """Without a pot nothing may be paid: neither room alone nor money alone helps, in any period."""
    found = judged(small(**OVEN_ALONE | PAID))
    assert found.verdict is Verdict.BLOCKED
    assert sets(found) == {frozenset({GRID, Limit(Kind.SUPPORT, ("oven", "electric"))})}


@pytest.mark.nightly
def test_an_empty_pot_is_another_way_to_pay() -> None:
    """The pot may pay all of the gap, and has 1 of the 2.8 M EUR: it lacks 1.8."""
    pot = {
        "pots": "pot,name,carry_over\nfund,,0",
        "budgets": "pot,period,amount\nfund,2030,1",
        "support": "pot,family,sector,basis,share\nfund,electrification,all,funding_gap,1",
    }
    found = judged(small(**OVEN_ALONE | PAID | pot))
    money, rule = Limit(Kind.POT, ("fund",)), Limit(Kind.SUPPORT, ("oven", "electric"))
    assert sets(found) == {frozenset({GRID, money}), frozenset({GRID, rule})}
    lifting = next(each for each in found.worth if money in each.limits)
    assert {each.limit: each.amount for each in lifting.added if each.limit == money} == {
        money: pytest.approx(1.8, abs=1e-4)
    }


@pytest.mark.nightly
def test_a_network_that_comes_late_is_named_by_its_year() -> None:
    """All links of a carrier and year are one limit; from then on the project is possible."""
    late = "link,carrier,from,to,mode,status,length,first_year\npipe,hydrogen,port,tiles,pipe,candidate,10,2032"
    found = judged(small(**KILN_ALONE, links=late, wishes=BURNER))
    assert (found.verdict, found.possible_from) == (Verdict.LATER, 2032)
    assert sets(found) == {frozenset({Limit(Kind.LINK, ("hydrogen", "2032"))})}


def test_a_site_without_a_link_is_out_of_reach() -> None:
    """And stays so in every period."""
    found = judged(small(**KILN_ALONE, links="link,carrier,from,to,mode,status,length", wishes=BURNER))
    assert found.verdict is Verdict.BLOCKED
    assert sets(found) == {frozenset({Limit(Kind.REACH, ("tiles", "hydrogen"))})}


@pytest.mark.some(1)
@pytest.mark.parametrize(("known", "verdict"), [(None, Verdict.NOT_KNOWN), (False, Verdict.BLOCKED)])
def test_a_search_without_an_answer_proves_nothing(
    known: bool | None, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither that it is possible nor that it is blocked; where each search says no, it is."""
    result = best(small(**OVEN_ALONE, headroom=STATION, wishes=ELECTRIC))
    monkeypatch.setattr(Project, "possible", lambda *_: known)
    (found,) = verdicts(result)
    assert found.verdict is verdict


def test_a_result_without_a_plan_is_refused(no_plan: Result) -> None:
    """There is nothing to hold projects against."""
    with pytest.raises(NoPlan, match="nothing that projects could be held against"):
        verdicts(no_plan)


@pytest.mark.parametrize("each", [0.0, float("nan"), "ten"])
def test_no_time_is_refused(each: object) -> None:
    """Before any project is judged."""
    with pytest.raises(UsageError, match=f"each is {each!r}; allowed: more than 0 seconds"):
        verdicts(best(small()), each=each)  # type: ignore[arg-type]


@pytest.fixture
def no_plan() -> Result:
    return best(
        small(
            **OVEN_ALONE,
            decided="decision,item,choice,period,value\nruns,oven,electric,2030,1",
            headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,0,0",
        )
    )


def test_verdicts_so_far_are_handed_over_when_it_is_stopped() -> None:
    """Asked after the first project."""
    both = "project,process,route,period,maturity\na,oven,electric,2030,firm\nb,kiln,burner,2030,idea"
    seen: list[Judged] = []
    found = verdicts(best(small(wishes=both)), stop=lambda: bool(seen), on_judged=lambda each, count: seen.append(each))
    assert [each.wish.project for each in found] == ["a"]


def test_the_question_of_a_year_is_about_its_period() -> None:
    """2031 lies in the period of 2030, in which the station is full."""
    result = best(small(**OVEN_ALONE, headroom=STATION))
    (found,) = why(result, "bakery", year=2031, prove=True)
    assert (found.wish.period, found.verdict) == (2030, Verdict.LATER)
    assert sets(found) == {frozenset({GRID})}


@pytest.mark.nightly
@pytest.mark.parametrize(("choice", "value"), [("electric", 0), ("gas", 1)])
def test_what_was_decided_otherwise_is_named(choice: str, value: int) -> None:
    """Against the electric oven in 2030, or for the gas one; from 2032 on nothing is decided."""
    decided = f"decision,item,choice,period,value\nruns,oven,{choice},2030,{value}"
    found = judged(small(**OVEN_ALONE, decided=decided, wishes=ELECTRIC))
    assert (found.verdict, found.possible_from) == (Verdict.LATER, 2032)
    assert sets(found) == {frozenset({Limit(Kind.DECIDED, ("runs", "oven", choice, str(value)))})}
