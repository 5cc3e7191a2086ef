"""Tables and texts of verdicts: projects that are made up, and counted by hand."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from routeplan.language.language import Words
from routeplan.report.page.verdict_parts import limits_section
from routeplan.result.result import Result
from routeplan.why.causes import Cause, Causes
from routeplan.why.judged import Added, Blockers, Judged, Lifting, Verdict
from routeplan.why.limit import Kind, Limit
from routeplan.why.tables import verdict_tables
from routeplan.why.told import Told, count_in_words, ties_in_words
from routeplan.why.wishes import Wish, wishes_of
from small import best, small

GRID, POT = Limit(Kind.GRID, ("town",)), Limit(Kind.POT, ("fund",))
STOP = Limit(Kind.STOP, ("oven",))


@pytest.fixture(scope="module")
def result() -> Result:
    """Oven and kiln both move in 2030."""
    return best(small(pots="pot,name,carry_over\nfund,Fund,0", budgets="pot,period,amount\nfund,2030,1"))


def wish(project: str, infrastructure: bool = True) -> Wish:
    return Wish(project, "bakery", "oven", "electric", 2030, "firm", infrastructure)


def held(project: str, verdict: Verdict, *sets: frozenset[Limit], amount: float = 0.0) -> Judged:
    """A project that is impossible when it is wanted; the first of its sets needs so many MW in 2030."""
    added = (Added(GRID, 2030, amount),) if amount else ()
    worth = (Lifting(sets[0], added, (1.0, 2.0), 3.0),) if sets else ()
    return Judged(wish(project), verdict, None, Blockers(sets, True, False), worth)


ALL = [
    Judged(wish("a"), Verdict.GOES_AHEAD, 2030),
    held("b", Verdict.LATER, frozenset({GRID}), amount=4.0),
    held("c", Verdict.BLOCKED, frozenset({GRID}), amount=6.0),
    held("d", Verdict.BLOCKED, frozenset({GRID, POT}), frozenset({POT, STOP})),
    held("e", Verdict.LATER, frozenset({STOP})),
    Judged(wish("f", infrastructure=False), Verdict.GOES_AHEAD, 2030),
]


def test_a_project_counts_once_under_the_causes_of_its_smallest_set(result: Result) -> None:
    """Of five that need infrastructure: congestion twice, congestion with money once, own timing once."""
    causes = verdict_tables(result, ALL)["by_cause"].set_index("causes")
    assert causes["projects"].to_dict() == {"congestion": 2, "congestion + money": 1, "own_timing": 1}
    assert causes["share"].tolist() == pytest.approx([2 / 5, 1 / 5, 1 / 5])


def test_limits_are_ranked_by_what_they_alone_hold_back(result: Result) -> None:
    """The grid two alone and a third with others, for the larger of 4 and 6 MW; a stop one; the pot none."""
    limits = verdict_tables(result, ALL)["by_limit"].set_index(["kind", "place"])
    assert limits.index.tolist() == [("grid", "town"), ("stop", "oven"), ("pot", "fund")]
    assert limits["alone"].tolist() == [2, 1, 0]
    assert limits["projects"].tolist() == [3, 2, 1]
    assert limits.loc[("grid", "town"), ["amount", "unit", "avoided"]].tolist() == [6.0, "MW", 3.0]
    assert pd.isna(limits.loc[("pot", "fund"), "amount"])


def brings(result: Result, *judged: Judged) -> list[float]:
    """What lifting the grid of the town saves, least and most, and avoids."""
    limits = verdict_tables(result, judged)["by_limit"].set_index(["kind", "place"])
    return [float(limits.loc[("grid", "town"), name]) for name in ("saved_low", "saved_high", "avoided")]


def of_kiln(judged: Judged) -> Judged:
    return replace(judged, wish=replace(judged.wish, process="kiln"))


def test_what_lifting_a_limit_saves_is_summed_by_process(result: Result) -> None:
    """1 to 2 M EUR and 3 kt of the oven, once; of its two projects the one that avoids most; the kiln likewise."""
    one, other = (held(name, Verdict.BLOCKED, frozenset({GRID})) for name in "ab")
    assert brings(result, one, other) == [1.0, 2.0, 3.0]
    assert brings(result, one, of_kiln(other)) == [2.0, 4.0, 6.0]
    more = replace(other, worth=(Lifting(frozenset({GRID}), (), (-5.0, -4.0), 3.5),))
    assert brings(result, one, more) == brings(result, more, one) == [-5.0, -4.0, 3.5]


@pytest.mark.parametrize("worth", [(), (Lifting(frozenset({GRID}), (), None, None),)])
def test_what_is_not_known_of_a_project_is_not_known_of_its_limit(result: Result, worth: tuple[Lifting, ...]) -> None:
    """A search without an answer, or a set that was not valued: of the same process or another."""
    known, unknown = held("a", Verdict.BLOCKED, frozenset({GRID})), held("b", Verdict.BLOCKED, frozenset({GRID}))
    unknown = replace(unknown, worth=worth)
    for two in ((known, unknown), (unknown, known), (known, of_kiln(unknown))):
        assert all(map(math.isnan, brings(result, *two)))
    limits = verdict_tables(result, [unknown])
    (row,) = limits_section(result, limits, Words()).tables[0].table.rows
    assert row[4:] == ["not known", "not known"]


def test_the_page_tells_what_lifting_a_limit_saves(result: Result) -> None:
    """Least to most; of what holds nobody back alone there is nothing to tell."""
    tables = verdict_tables(result, [held("b", Verdict.LATER, frozenset({GRID})), ALL[3]])
    rows = {row[0]: row[4:] for row in limits_section(result, tables, Words()).tables[0].table.rows}
    assert rows == {"grid of town": ["1 to 2", "3"], "pot Fund": ["–", "–"]}


def test_each_limit_of_a_set_has_its_amount_and_years(result: Result) -> None:
    """From the first year of the first period to the last one of the last; dates have no amount."""
    blockers = verdict_tables(result, ALL)["blockers"].set_index(["project", "set", "kind"])
    assert blockers.loc[("b", 1, "grid"), ["amount", "from", "until"]].tolist() == [4.0, 2030, 2031]
    assert sorted(blockers.loc["d"].index) == [(1, "grid"), (1, "pot"), (2, "pot"), (2, "stop")]
    assert pd.isna(blockers.loc[("e", 1, "stop"), "amount"])


@pytest.mark.parametrize(("bound", "anew"), [(4.8, 1.0), (4.5, 0.7), (-math.inf, None), (None, None)])
def test_what_the_plan_may_cost_too_much_is_taken_off(result: Result, bound: float | None, anew: float | None) -> None:
    """The plan costs 4.8; lifting saves 1 M EUR of that at least, and of the best plan less by what that may save."""
    liftings = verdict_tables(replace(result, bound=bound), ALL)["liftings"].set_index("project")
    told = liftings.loc["b", "saved_anew"]
    assert pd.isna(told) if anew is None else told == pytest.approx(anew)


def test_the_plan_is_told_beside_the_verdict(result: Result) -> None:
    """The oven is electric to the end, so that nothing comes after it."""
    first = verdict_tables(result, ALL)["projects"].iloc[0]
    assert (first["planned"], first["then"]) == ("electric", "")
    assert pd.isna(first["until"])


def test_own_timing_beside_another_cause_is_left_out() -> None:
    """It ends with the next stop; alone it is the cause."""
    causes = Causes(small())
    assert causes.of([STOP, GRID], 2030) == (Cause.CONGESTION,)
    assert causes.of([STOP], 2030) == (Cause.OWN_TIMING,)
    assert causes.of([POT, GRID], 2030) == (Cause.CONGESTION, Cause.MONEY)


@pytest.mark.parametrize(("first", "cause"), [(2030, Cause.SUPPLY), (2032, Cause.TIMING), (None, Cause.SUPPLY)])
def test_a_source_counts_as_timing_only_where_it_comes_later(first: int | None, cause: Cause) -> None:
    """One that is there is used up; one that never has anything will not come either."""
    rows = "" if first is None else f"\nport,hydrogen,{first},50,30"
    causes = Causes(small(sources=f"node,carrier,period,capacity,price{rows}"))
    assert causes.of([Limit(Kind.SOURCE, ("port", "hydrogen"))], 2030) == (cause,)


def test_a_hub_that_is_full_counts_as_supply() -> None:
    """It is there; one that comes later counts as timing."""
    causes = Causes(small())
    assert causes.of([Limit(Kind.HUB_CAPACITY, ("hall", "electrolyser"))], 2030) == (Cause.SUPPLY,)
    assert causes.of([Limit(Kind.HUB, ("hydrogen", "2032"))], 2030) == (Cause.TIMING,)


def test_other_smallest_sets_of_other_causes_are_told_of(result: Result) -> None:
    """Grid or money counts as congestion; two sets of the grid alone, or a larger one beside it, are no tie."""
    village = Limit(Kind.GRID, ("village",))
    tied = held("a", Verdict.LATER, frozenset({GRID}), frozenset({POT}))
    same = held("b", Verdict.LATER, frozenset({GRID}), frozenset({village}))
    larger = held("c", Verdict.LATER, frozenset({GRID}), frozenset({POT, STOP}))
    (told,) = ties_in_words(result, [tied, same, larger], Words())
    assert told.startswith(
        "Projects that could count under another cause, as another set of the same size holds them back too: 1."
    )
    assert ties_in_words(result, [same, larger], Words()) == []


def test_the_figure_of_the_whole_is_told(result: Result) -> None:
    """Three of five, of which one later; the one that waits for its own stop is told of apart.

    The two processes of the instance have no wishes, and neither's cheapest clean route is among these projects.
    """
    projects = verdict_tables(result, ALL)["projects"]
    assert count_in_words(result, projects, Words()) == (
        "Not judged are 2 of the 2 projects. No firm has told its wishes: taken for a project is the cheapest clean "
        "route of each process. "
        "Of the 5 projects that need infrastructure 3 (60%) cannot go ahead when they are wanted: 1 can later, 2 "
        "cannot at all. Besides, waiting for their own stop or lead time: 1."
    )
    assert "Van de 5 projecten die infrastructuur nodig hebben" in count_in_words(result, projects, Words("nl"))


def test_of_wishes_that_are_all_judged_the_figure_alone_is_told() -> None:
    """The one project of the bakery goes ahead."""
    planned = best(small(wishes="project,process,route,period,maturity\na,oven,electric,2030,firm"))
    told = count_in_words(planned, verdict_tables(planned, ALL[:1])["projects"], Words())
    assert told.startswith("Of the 1 projects that need infrastructure 0 (0%) cannot go ahead")


def test_the_next_stop_is_told() -> None:
    """The oven stops in 2032, and not when the project is wanted."""
    planned = best(small(windows="process,period\noven,2032"))
    text = Told(planned, Words()).in_one_line(held("e", Verdict.LATER, frozenset({STOP})))
    assert text == "no maintenance stop in that period; the next in 2032"


def test_reasons_are_a_line_for_each_limit(result: Result) -> None:
    """Sets one after the other, limits of networks before those of firms."""
    told = Told(result, Words())
    assert told.reasons(ALL[1]) == ["in the way:", "  - grid of town (4 MW more, 2030 to 2031)"]
    assert told.reasons(ALL[3]) == [
        "in the way, all of these:",
        "  - grid of town",
        "  - pot Fund",
        "or in the way, all of these:",
        "  - pot Fund",
        "  - no maintenance stop in that period",
    ]


def test_what_it_is_worth_is_told_with_its_signs(result: Result) -> None:
    """Saved is less cost, avoided less CO2; an interval where the search was not finished."""
    (text,) = Told(result, Words()).worth(ALL[1])
    assert "by −2 to −1 M EUR and CO2 over the whole plan by −3 kt" in text


def test_without_wishes_the_cheapest_clean_route_of_each_process_is_judged() -> None:
    """The kiln may burn hydrogen or biogas: the pipe apart, hydrogen costs 30 a MWh and biogas nothing."""
    biogas = (
        "process,route,current,capex,gas,green_gas,hydrogen,emissions\n"
        "kiln,gas,1,0,20,0,0,4\nkiln,biogas,0,0,0,20,0,0\nkiln,burner,0,0.4,0,0,20,0"
    )
    (found,) = wishes_of(small(processes="process,site,kind\nkiln,tiles,kiln", options=biogas))
    assert (found.route, found.period, found.infrastructure) == ("biogas", 2030, True)
