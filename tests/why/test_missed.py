"""Missed targets and their causes: an oven that stays on gas, its 2 kt/yr held against a cap of 1 kt/yr by hand."""

import pytest

from judged import GRID, POT, STOP, held
from routeplan.result.result import Result
from routeplan.why.judged import Judged, Verdict
from routeplan.why.missed import missed_by_cause
from small import best, small

FULL = "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,1,0"
"""The oven needs 2 MW more than its contract has; the kiln moves to hydrogen, and emits nothing."""


@pytest.fixture(scope="module")
def result() -> Result:
    """Both periods miss what is allowed: by 1 kt/yr of all sites, and by 1.5 kt/yr of food."""
    caps = "scope,period,cap,price\nall,2030,1,10\nsector:food,2032,0.5,10\nsector:ceramics,2032,4,10"
    return best(small(headroom=FULL, targets=caps))


def told(result: Result, *judged: Judged) -> list[tuple[object, ...]]:
    found = missed_by_cause(result, judged)
    amounts = found[["missed", "avoided"]].round(6)
    return list(found.assign(**amounts).itertuples(index=False, name=None))


def test_a_target_stands_beside_the_causes_of_what_would_have_helped(result: Result) -> None:
    """The electric oven would have avoided its 2 kt/yr; the target of ceramics is met, and has no row."""
    assert told(result, held("oven", Verdict.BLOCKED, frozenset({GRID}))) == [
        ("all", 2030, 1.0, "congestion", 1, 2.0),
        ("sector:food", 2032, 1.5, "congestion", 1, 2.0),
    ]


def test_what_is_possible_by_then_is_no_cause(result: Result) -> None:
    """A project that can start in 2032 held back 2030 alone."""
    later = held("oven", Verdict.LATER, frozenset({GRID}))
    assert later.possible_from == 2032
    assert told(result, later) == [
        ("all", 2030, 1.0, "congestion", 1, 2.0),
        ("sector:food", 2032, 1.5, "", 0, 0.0),
    ]


def test_a_process_counts_once(result: Result) -> None:
    """Two projects of one oven avoid its emissions once, under the cause of the first of them."""
    both = held("one", Verdict.BLOCKED, frozenset({GRID, POT})), held("two", Verdict.BLOCKED, frozenset({STOP}))
    assert told(result, *both)[0] == ("all", 2030, 1.0, "congestion + money", 1, 2.0)


def test_where_nothing_was_held_back_no_cause_is_named(result: Result) -> None:
    """A project that goes ahead, or of which nothing is known, is none."""
    unknown = Judged(held("oven", Verdict.BLOCKED).wish, Verdict.NOT_KNOWN)
    assert [row[3:] for row in told(result, unknown)] == [("", 0, 0.0), ("", 0, 0.0)]


def test_without_a_missed_target_there_are_no_rows() -> None:
    """The same caps, with room for the oven: everything is met."""
    assert told(best(small()), held("oven", Verdict.BLOCKED, frozenset({GRID}))) == []
