"""For whom a hub pays, from what groups are proven to save: by numbers, and from the table of groups."""

import math

import pandas as pd
import pytest

from routeplan.hubs.game import Answer
from routeplan.hubs.members import break_even, critical_members, pays, savings_of_table
from routeplan.hubs.saving import Saving
from routeplan.schema.hubs import NO_PLAN, SAVES, UNPROVEN

NONE = Saving(-math.inf, -math.inf)
UNKNOWN = Saving(-math.inf, math.inf)


@pytest.mark.parametrize(
    ("saving", "told"),
    [
        (Saving(0.1, 0.2), Answer.YES),
        (Saving(0.0, 0.2), Answer.PERHAPS),
        (Saving(-0.1, 0.0), Answer.NO),
        (NONE, Answer.NO),
        (UNKNOWN, Answer.PERHAPS),
    ],
)
def test_it_pays_where_a_saving_is_proven(saving: Saving, told: Answer) -> None:
    """No plan for the others is no saving; what is not known is perhaps one."""
    assert pays(saving) is told


def test_what_rounding_leaves_is_no_saving() -> None:
    """A part in 10^10 of what all save: without b there is nothing left for a, and it takes both."""
    savings = {frozenset("a"): Saving(0.0, 1e-7), frozenset("b"): NONE, frozenset("ab"): Saving(1000.0, 1000.0)}
    assert critical_members(savings, "ab") == {"a": Answer.YES, "b": Answer.YES}
    found = break_even(savings)
    assert (found.members, found.perhaps, found.never) == (2, None, False)


def test_groups_that_were_not_planned_tell_nothing() -> None:
    """Of three members all but c were planned: of a and b it is not told whether they are critical."""
    assert critical_members({frozenset("ab"): UNKNOWN}, "abc") == {"c": Answer.PERHAPS}


def test_a_hub_that_pays_for_no_group_never_breaks_even() -> None:
    """The empty group aside, which has no hub."""
    found = break_even({frozenset(): Saving(1.0, 1.0), frozenset("a"): Saving(-2.0, -1.0), frozenset("ab"): NONE})
    assert found.never
    assert break_even({frozenset("ab"): UNKNOWN}).perhaps == 2


def test_the_table_of_groups_is_read_back() -> None:
    """Empty ends are not known, but where there is no plan."""
    rows = [("a", NO_PLAN, math.nan, math.nan), ("b", UNPROVEN, math.nan, 3.0), ("a b", SAVES, 1.0, math.nan)]
    table = pd.DataFrame(rows, columns=["sites", "finding", "saves_low", "saves_high"])
    assert savings_of_table(table) == {
        frozenset("a"): NONE,
        frozenset("b"): Saving(-math.inf, 3.0),
        frozenset("ab"): Saving(1.0, math.inf),
    }
