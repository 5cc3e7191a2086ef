"""What each change of a scenario does to its table."""

import math

import pytest

from routeplan.errors import DataError
from routeplan.instance.change import Change
from routeplan.instance.effects import describe, effects
from routeplan.instance.scenario import Scenario
from small import small


def told(*changes):
    """Effects of changes to the small instance."""
    return effects(small(), Scenario("test", changes))


def test_the_rows_that_match_are_told_before_and_after():
    """Two prices of gas, 30 in both periods, made half as dear again."""
    (effect,) = told(Change("prices", "price", "multiply", 1.5, {"item": "gas"}))
    assert effect.rows.to_dict("list") == {
        "item": ["gas", "gas"],
        "group": ["all", "all"],
        "period": [2030, 2032],
        "before": [30.0, 30.0],
        "after": [45.0, 45.0],
    }


def test_a_change_finds_what_those_before_it_left():
    """30 + 10, and then twice that."""
    first, second = told(
        Change("prices", "price", "add", 10, {"item": "gas"}),
        Change("prices", "price", "multiply", 2, {"item": "gas", "period": 2032}),
    )
    assert first.rows["after"].tolist() == [40.0, 40.0]
    assert second.rows[["before", "after"]].to_numpy().tolist() == [[40.0, 80.0]]


def test_rows_that_stay_as_they_are_do_not_count_as_moved():
    """The pipe has no first year, and none it has five years later; half of no fixed cost is none."""
    delay, half = told(
        Change("links", "first_year", "delay", 5, {}), Change("sizes", "fixed_cost_share", "multiply", 0.5, {})
    )
    assert math.isnan(delay.rows["before"].item())
    assert math.isnan(delay.rows["after"].item())
    assert (len(delay.moved), len(half.rows), len(half.moved)) == (0, 1, 0)


def test_the_instance_stays_as_it_is():
    """Gas costs what it did."""
    instance = small()
    effects(instance, Scenario("test", (Change("prices", "price", "set", 1, {}),)))
    assert set(instance["prices"].query("item == 'gas'")["price"]) == {30.0}


def test_changes_that_cannot_be_made_are_refused_together():
    """One fits no row, the other has no column of that name."""
    with pytest.raises(DataError) as refused:
        told(
            Change("prices", "price", "set", 1, {"item": "gas", "period": 1999}),
            Change("sites", "height", "set", 1, {}),
        )
    assert [problem.text.partition(", allowed")[0].partition(";")[0] for problem in refused.value.problems] == [
        "scenario 'test', change 1: fits no row of prices (where item = gas, period = 1999)",
        "scenario 'test', change 2: column 'height' is unknown in sites",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("prices", "price", "multiply", 1.4, {"item": "co2"}), "prices where item = co2: price times 1.4"),
        (Change("budgets", "amount", "set", 0, {}), "budgets, every row: amount becomes 0 M EUR"),
        (Change("headroom", "firm", "delay", 3, {}), "headroom, every row: firm takes its value of 3 years before"),
        (Change("hubs", "first_year", "delay", 1, {}), "hubs, every row: first_year 1 year later"),
        (Change("hubs", "first_year", "delay", -1, {}), "hubs, every row: first_year 1 year earlier"),
        (Change("headroom", "firm", "delay", -3, {}), "headroom, every row: firm takes its value of 3 years after"),
        (
            Change("sites", "spare_capacity", "add", -0.5, {"area": "town", "sector": "food"}),
            "sites where area = town and sector = food: spare_capacity minus 0.5 MW",
        ),
        # The unit of a price hangs on its item, so none is told.
        (Change("prices", "price", "add", 20, {}), "prices, every row: price plus 20"),
        (Change("links", "capacity", "set", "", {}), "links, every row: capacity becomes empty"),
        (Change("options", "current", "set", True, {}), "options, every row: current becomes true"),
    ],
)
def test_a_change_is_told_in_words(change, words):
    """Table, rows, column, what is done to it, and the unit."""
    assert describe(change) == words
