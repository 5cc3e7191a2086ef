"""Scenarios: what each kind of change does to tables, and what is refused."""

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest

from routeplan.errors import DataError, UsageError
from routeplan.instance.scenario import Action, Change, Scenario, changed_tables
from routeplan.schema.inputs import INPUT_TABLES
from small import prices, small, table

THREE = small(
    periods="period,years\n2026,2\n2028,2\n2030,5",
    prices=prices(2026, 2028, 2030),
    sources="node,carrier,period,capacity,price\nport,hydrogen,2028,50,30\nport,hydrogen,2030,60,20",
    headroom="area,period,firm,flexible\ntown,2026,1,5\ntown,2028,2,6\ntown,2030,4,7\nregion,2030,9,9",
    trends="route,period,capex\nelectric,2028,0.9\nelectric,2030,0.8",
    activity="process,period,factor\noven,2030,1.2",
    pots="pot\nfund",
    budgets="pot,period,amount\nfund,2026,3\nfund,2028,5\nfund,2030,7",
    supply="commodity,zone,step,period,quantity,price\nheat,east,well,2030,10,20",
    targets="scope,period,cap,price\nall,2026,9,\nall,2028,6,300\nall,2030,3,200",
    works="work,area,earliest,estimate,latest\ncable,town,2030,,2033",
)
"""The small instance with periods of 2, 2 and 5 years."""

Where = dict[str, Any]


def after(table: str, column: str, action: Action, value: Any, **where: Any) -> pd.DataFrame:
    """A table after one change (`from_` stands for the column `from`)."""
    change = Change(table, column, action, value, {name.rstrip("_"): cell for name, cell in where.items()})
    return changed_tables(THREE.settings, THREE.tables, Scenario("one", (change,)))[table]


def refusal(table: str, column: str, action: Action, value: Any, **where: Any) -> str:
    """Why a change cannot be made, without the scenario's name before it."""
    with pytest.raises(DataError) as refused:
        after(table, column, action, value, **where)
    texts = [str(problem) for problem in refused.value.problems]
    start = "scenarios.toml: scenario 'one', change 1: "
    assert all(text.startswith(start) for text in texts)
    return "\n".join(text.removeprefix(start) for text in texts)


def test_numbers_are_set_multiplied_and_added() -> None:
    """Only the rows that match change; their other cells stay."""
    assert after("headroom", "firm", "set", 3, area="town", period=2028)["firm"].tolist() == [1, 3, 4, 9]
    assert after("headroom", "firm", "multiply", 0.5, area="town")["firm"].tolist() == [0.5, 1, 2, 9]
    assert after("headroom", "firm", "add", -1)["firm"].tolist() == [0, 1, 3, 8]
    assert after("headroom", "firm", "add", -1)["flexible"].tolist() == [5, 6, 7, 9]


def test_text_and_flags_are_set() -> None:
    """Words of a closed list, ids and flags; types stay as they are."""
    assert after("sites", "price_group", "set", "large", site="tiles")["price_group"].tolist() == ["all", "large"]
    ships = after("links", "mode", "set", "barge")
    assert (ships["mode"].tolist(), ships.dtypes.tolist()) == (["barge"], THREE["links"].dtypes.tolist())
    assert after("links", "one_way", "set", True)["one_way"].tolist() == [1]


def test_an_empty_value_takes_the_default() -> None:
    """Set to "": no limit where a cell may be empty, the default where there is one, the site for a contract."""
    assert after("targets", "price", "set", "")["price"].isna().all()
    assert after("sites", "spare_capacity", "set", "")["spare_capacity"].tolist() == [0, 0]
    assert after("sites", "contract", "set", "")["contract"].tolist() == ["bakery", "tiles"]


def test_an_empty_limit_stays_empty() -> None:
    """Multiplying and adding change the prices that are there, not the hard cap without one."""
    expected = {"multiply": [np.nan, 600, 400], "add": [np.nan, 302, 202]}
    for action, cells in expected.items():
        np.testing.assert_array_equal(after("targets", "price", action, 2)["price"], cells)  # type: ignore[arg-type]


def test_where_takes_an_empty_cell_for_its_default() -> None:
    """Sites without a group are of group `all`; "" finds what is empty, or at its default."""
    set_to_5 = ("sites", "spare_capacity", "set", 5)
    assert after(*set_to_5, price_group="all")["spare_capacity"].tolist() == [5, 5]
    assert after(*set_to_5, price_group="")["spare_capacity"].tolist() == [5, 5]
    assert after(*set_to_5, contract="")["spare_capacity"].tolist() == [5, 5]
    assert after(*set_to_5, spare_capacity="")["spare_capacity"].tolist() == [1, 5]
    assert after("targets", "cap", "add", 1, price="")["cap"].tolist() == [10, 6, 3]
    assert after("options", "capex", "set", 9, current=False)["capex"].tolist() == [0, 9, 0, 9]


def test_a_year_is_delayed_where_it_is_given() -> None:
    """In columns of years the delay is added; an empty year stays empty."""
    assert after("works", "latest", "delay", 2)["latest"].tolist() == [2035]
    assert after("works", "estimate", "delay", 2)["estimate"].isna().all()
    assert after("links", "first_year", "delay", 5, from_="port")["first_year"].isna().all()


def test_a_delay_takes_the_value_of_years_before() -> None:
    """Three years before 2030 is 2027, in the period 2026; before 2028 lies nothing earlier than 2026.

    The region has no row in 2026, which counts as no headroom.
    """
    assert after("headroom", "firm", "delay", 3)["firm"].tolist() == [1, 1, 1, 0]
    assert after("headroom", "firm", "delay", 2)["firm"].tolist() == [1, 1, 2, 0]
    assert after("headroom", "firm", "delay", 0)["firm"].tolist() == [1, 2, 4, 9]
    assert after("headroom", "firm", "delay", 1e30)["firm"].tolist() == [1, 1, 1, 0]
    assert after("headroom", "firm", "delay", 3)["flexible"].tolist() == [5, 6, 7, 9]


def test_a_delay_looks_at_rows_that_do_not_change_themselves() -> None:
    """`where` picks the rows that change, not the rows they look at."""
    assert after("headroom", "firm", "delay", 2, period=2030)["firm"].tolist() == [1, 2, 2, 0]


def test_a_delay_below_zero_takes_the_value_of_years_after() -> None:
    """Two years after 2026 is 2028; three is 2029, in the period 2028; beyond the last period lies nothing later.

    The region has a row in 2030 alone, which stays.
    """
    assert after("headroom", "firm", "delay", -2)["firm"].tolist() == [2, 4, 4, 9]
    assert after("headroom", "firm", "delay", -3)["firm"].tolist() == [2, 4, 4, 9]
    assert after("headroom", "firm", "delay", -1)["firm"].tolist() == [1, 2, 4, 9]
    assert after("works", "latest", "delay", -2)["latest"].tolist() == [2031]


def test_an_earlier_row_that_lacks_counts_for_what_the_format_says() -> None:
    """Nothing in sources, budgets and supply; no change in trends and activity."""
    assert after("sources", "capacity", "delay", 2)["capacity"].tolist() == [0, 50]
    assert after("supply", "quantity", "delay", 1)["quantity"].tolist() == [0]
    assert after("budgets", "amount", "delay", 2)["amount"].tolist() == [3, 3, 5]
    assert after("trends", "capex", "delay", 2)["capex"].tolist() == [1, 0.9]
    assert after("activity", "factor", "delay", 4)["factor"].tolist() == [1]


def test_an_earlier_cell_that_is_empty_is_taken_as_it_is() -> None:
    """A hard cap in 2026 makes the delayed one of 2028 hard too: an empty cell is no missing row."""
    np.testing.assert_array_equal(after("targets", "price", "delay", 2)["price"], [np.nan, np.nan, 300])


def test_changes_apply_in_order_and_delays_look_at_the_table_before_them() -> None:
    """Doubled, then delayed by two years, then 1 added; other tables and the instance stay as they are."""
    scenario = Scenario(
        "three",
        (
            Change("budgets", "amount", "multiply", 2, {}),
            Change("budgets", "amount", "delay", 2, {}),
            Change("budgets", "amount", "add", 1, {"period": 2030}),
        ),
    )
    changed = changed_tables(THREE.settings, THREE.tables, scenario)
    assert changed["budgets"]["amount"].tolist() == [6, 6, 11]
    assert THREE["budgets"]["amount"].tolist() == [3, 5, 7]
    assert all(changed[name].equals(THREE.tables[name]) for name in INPUT_TABLES if name != "budgets")


def test_whole_numbers_stay_whole() -> None:
    """A life that is doubled is still a whole number; one that is halved to 2.5 is not, and is kept to be refused."""
    twice = after("sizes", "lifetime", "multiply", 2)["lifetime"]
    assert (twice.tolist(), str(twice.dtype)) == ([8], "int64")
    assert after("sizes", "lifetime", "multiply", 0.625)["lifetime"].tolist() == [2.5]


COLUMNS = "area, period, firm, flexible"
REFUSED = {
    "an unknown table": (
        ("roads", "length", "set", 1, {}),
        f"table 'roads' is unknown; allowed: {', '.join(INPUT_TABLES)}",
    ),
    "unknown columns": (
        ("headroom", "power", "set", 1, {"site": "tiles"}),
        f"column 'power' is unknown in headroom; allowed: {COLUMNS}\n"
        f"column 'site' is unknown in headroom; allowed: {COLUMNS}",
    ),
    "a change of a key": (
        ("headroom", "period", "set", 2030, {}),
        "column 'period' is part of the key of headroom; allowed: firm, flexible",
    ),
    "a delay of a key": (
        ("support", "first_year", "delay", 2, {}),
        "column 'first_year' is part of the key of support; allowed: last_year, share, cap",
    ),
    "no row that fits": (
        ("headroom", "firm", "set", 1, {"area": "moor", "period": 2030}),
        "fits no row of headroom (where area = moor, period = 2030)",
    ),
    "a table without rows": (("hubs", "capex", "set", 1, {}), "fits no row of hubs"),
    "a word that is none": (
        ("links", "length", "set", 1, {"status": "planed"}),
        "where: 'status' is 'planed'; allowed: planned or candidate",
    ),
    "text for a number": (
        ("headroom", "firm", "set", "much", {}),
        "set of 'firm' is 'much'; allowed: a number, 0 MW or more",
    ),
    "a number for text": (
        ("links", "mode", "set", 3, {}),
        "set of 'mode' is 3; allowed: text in quotes, pipe, barge or truck",
    ),
    "no number at all": (
        ("headroom", "firm", "set", float("nan"), {}),
        "set of 'firm' is nan; allowed: a number, 0 MW or more",
    ),
    "true for a number": (
        ("headroom", "firm", "set", True, {}),
        "set of 'firm' is true; allowed: a number, 0 MW or more",
    ),
    "nothing for what must be there": (
        ("headroom", "firm", "set", "", {}),
        "set of 'firm' is empty; allowed: 0 MW or more",
    ),
    "a list of values": (
        ("headroom", "firm", "set", 1, {"period": [2026, 2028]}),
        "where: 'period' is [2026, 2028]; allowed: a number, a period listed in periods.csv",
    ),
    "a factor on text": (
        ("links", "mode", "multiply", 2, {}),
        "multiply does not fit column 'mode'; allowed: a column of numbers",
    ),
    "a factor that is text": (("headroom", "firm", "multiply", "2", {}), "multiply is '2'; allowed: a number"),
    "half a year": (("headroom", "firm", "delay", 1.5, {}), "delay is 1.5; allowed: whole years, below 0 for earlier"),
    "a delay of what has no time": (
        ("options", "capex", "delay", 1, {}),
        "delay does not fit column 'capex' of options; "
        "allowed: a column of years, or a column of numbers in a table keyed by period",
    ),
    "a delay of a length of time": (
        ("sizes", "lifetime", "delay", 1, {}),
        "delay does not fit column 'lifetime' of sizes; "
        "allowed: a column of years, or a column of numbers in a table keyed by period",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED)
def test_a_change_that_makes_no_sense_is_refused(given: tuple[str, str, Action, Any, Where], message: str) -> None:
    """Each kind of refusal, in full."""
    *change, where = given
    assert refusal(*change, **where) == message  # type: ignore[arg-type]


def test_a_delay_that_finds_no_row_is_refused_elsewhere() -> None:
    """Prices of a group for 2030 alone, delayed: there is no row of the group to look at, nor a value that it means."""
    group = table("prices", "item,group,period,price\ngas,large,2030,20\nelectricity,large,2030,20")
    instance = THREE.replace(prices=pd.concat([THREE["prices"], group]))
    late = Scenario("late", (Change("prices", "price", "delay", 2, {}),))
    with pytest.raises(DataError) as refused:
        changed_tables(instance.settings, instance.tables, late)
    assert [str(problem) for problem in refused.value.problems] == [
        "scenarios.toml: scenario 'late', change 1: delay needs the value of "
        f"item {item}, group large, period 2028, for which prices has no row"
        for item in ("electricity", "gas")
    ]


def test_every_change_that_cannot_be_made_is_told() -> None:
    """Two wrong changes around a right one: both are told, by number."""
    scenario = Scenario(
        "odd",
        (
            Change("headroom", "firm", "multiply", "x", {}),
            Change("headroom", "firm", "multiply", 2, {}),
            Change("headroom", "area", "set", "moor", {}),
        ),
    )
    with pytest.raises(DataError) as refused:
        changed_tables(THREE.settings, THREE.tables, scenario)
    assert [str(problem) for problem in refused.value.problems] == [
        "scenarios.toml: scenario 'odd', change 1: multiply is 'x'; allowed: a number",
        "scenarios.toml: scenario 'odd', change 3: "
        "column 'area' is part of the key of headroom; allowed: firm, flexible",
    ]


def test_an_instance_under_a_scenario_obeys_the_rules() -> None:
    """Under a scenario the fingerprint stays; a change that breaks a rule, and an unknown name, are refused."""
    rich = Scenario("rich", (Change("budgets", "amount", "add", 1, {}),))
    poor = Scenario("poor", (Change("budgets", "amount", "add", -4, {}),))
    instance = dataclasses.replace(THREE, scenarios=(rich, poor))
    under = instance.under("rich")
    assert (under["budgets"]["amount"].tolist(), under.sha256) == ([4, 6, 8], instance.sha256)
    with pytest.raises(DataError, match=r"column 'amount' is -1.0; allowed: 0 M EUR or more"):
        instance.under("poor")
    with pytest.raises(UsageError, match=r"no scenario is called 'late'; scenarios of small: rich, poor"):
        instance.under("late")
