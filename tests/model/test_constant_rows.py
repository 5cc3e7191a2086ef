"""Families that stand over things in a table: a row without any decision says that nothing is at most some amount.

No amount is below 0, so that such a row always holds: it is not written, and kept as a constant row. The one exception,
`one_route_per_process`, asks that nothing be 1; it is in `test_impossible.py`, and the families that stand over
decisions are in `test_obeyed.py`.
"""

import pytest

from routeplan.errors import DataError
from routeplan.model.build import build
from small import OVEN, small


def test_no_way_back_says_nothing_of_a_current_option_that_has_ended():
    """Gas ends in 2029, before the first period: it runs neither before nor after, 0 <= 0."""
    model = build(
        small(
            **OVEN,
            options="""
                process,route,current,capex,electricity,gas,last_year
                oven,gas,1,0,0,10,2029
                oven,electric,0,0.8,8,0,""",
        )
    )
    assert len(model.pyomo.no_way_back) == 0
    assert model.written["no_way_back"].constant == {("oven", 2032): (0.0, 0.0)}
    assert model.broken == []


NOTHING_ASKS = {"areas": "area,name,parent\nregion,,\ntown,,region\nharbour,,"}
"""No site lies in the harbour, and no hub."""


@pytest.mark.parametrize(("family", "room"), [("firm_headroom", 1.0), ("total_headroom", 3.0)])
def test_headroom_says_nothing_where_nothing_asks(family, room):
    """Nothing is at most 1 MW firm, 1 + 2 MW in all, in 2030; without any room, in 2032, 0 <= 0."""
    model = build(small(**NOTHING_ASKS, headroom="area,period,firm,flexible\nharbour,2030,1,2"))
    assert len(getattr(model.pyomo, family)) == 0
    assert model.written[family].constant == {("harbour", 2030): (0.0, room), ("harbour", 2032): (0.0, 0.0)}
    assert model.broken == []


def test_pot_budget_says_nothing_where_nothing_is_supported():
    """0 <= 0 in a pot without any money or rule, with what it carries over and without."""
    model = build(small(pots="pot,name,carry_over\nfund,,0\ncity,,1"))
    assert len(model.pyomo.pot_budget) == 0
    assert set(model.written["pot_budget"].constant.values()) == {(0.0, 0.0)}
    assert len(model.written["pot_budget"].constant) == 4
    assert model.broken == []


def test_emission_target_says_nothing_where_nothing_is_emitted():
    """0 <= 0: the oven emits nothing, which even a cap of 0 allows."""
    model = build(small(**OVEN, options=NO_EMISSIONS, targets="scope,period,cap,price\nall,2032,0,"))
    assert len(model.pyomo.emission_target) == 0
    assert model.written["emission_target"].constant == {("all", 2032): (0.0, 0.0)}
    assert model.broken == []


NO_EMISSIONS = "process,route,current,capex,gas,emissions\noven,gas,1,0,10,0"


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            {"headroom": "area,period,firm,flexible\ntown,2030,-1,2"},
            "headroom.csv:2: column 'firm' is -1.0; allowed: 0 MW or more",
        ),
        (
            {"headroom": "area,period,firm,flexible\ntown,2030,1,-2"},
            "headroom.csv:2: column 'flexible' is -2.0; allowed: 0 MW or more",
        ),
        (
            {"pots": "pot,name,carry_over\nfund,,0", "budgets": "pot,period,amount\nfund,2030,-1"},
            "budgets.csv:2: column 'amount' is -1.0; allowed: 0 M EUR or more",
        ),
        (
            {"targets": "scope,period,cap,price\nall,2030,-1,"},
            "targets.csv:2: column 'cap' is -1.0; allowed: 0 kt/yr or more",
        ),
    ],
    ids=["firm_headroom", "total_headroom", "pot_budget", "emission_target"],
)
def test_no_amount_below_0_reaches_a_row(tables, message):
    """It would break a row without decisions; no instance is made of it, and the cell is named."""
    with pytest.raises(DataError) as refused:
        small(**tables)
    assert [str(problem) for problem in refused.value.problems] == [message]
