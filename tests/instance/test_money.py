"""Money, held against sums year by year in plain loops."""

from math import ceil

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routeplan.instance.horizon import Horizon
from routeplan.instance.money import (
    Prices,
    annuity,
    charge,
    funding_gap,
    overrun,
    paid_until_lasting,
    paid_until_temporary,
    payments,
    yearly_firm_cost,
    yearly_quantities,
    yearly_society_costs,
)
from small import small

UNHURRIED = settings(deadline=None, derandomize=True)
"""The same examples in every run, however busy the machine."""

FIRSTS, END = (2026, 2028, 2033), 2040
RATES = st.one_of(st.just(0.0), st.floats(1e-9, 0.5))
LIVES = st.integers(1, 30)
STARTS = st.sampled_from(FIRSTS)
LAST_YEARS = st.one_of(st.none(), st.integers(2026, 2045))
MONEY = st.floats(0.0, 100.0)


def horizon(rate=0.0):
    """Periods of 2, 5 and 7 years."""
    return Horizon(np.array(FIRSTS), np.array([2, 5, 7]), 2026, rate)


def one(value):
    """A single number as an array, empty where there is none."""
    return np.array([np.nan if value is None else value], dtype=float)


def last_period_end(last_year, periods=FIRSTS):
    """End of the last of some periods that begin by a last year; the horizon's where that ends nothing."""
    if last_year is None or last_year >= END:
        return END
    begun = [first for first in periods if first <= last_year]
    return dict(zip(FIRSTS, (*FIRSTS[1:], END), strict=True))[begun[-1]]


# annuities


def test_the_annuity_of_a_textbook():
    """1000 at 5 % over 10 years: 129.5046 a year at each year's end (factor 0.1295046 of every annuity table).

    Paid in advance it is that over 1.05: 123.3377.
    """
    assert float(annuity(1000.0, 10, 0.05)) == pytest.approx(129.5046 / 1.05, abs=5e-5)


def test_without_interest_an_annuity_is_an_equal_share():
    """Rate 0: a capex of 12 over 4 years is 3 a year."""
    assert float(annuity(12.0, 4, 0.0)) == 3.0


def test_a_life_of_one_year_is_paid_at_once():
    """One payment at the start of the year: the capex itself."""
    assert float(annuity(7.0, 1, 0.08)) == pytest.approx(7.0)


@UNHURRIED
@given(capital=MONEY, lifetime=LIVES, rate=RATES)
def test_annuities_are_worth_the_capital(capital, lifetime, rate):
    """Payments at the start of each year of the life, discounted, add up to the investment."""
    yearly = float(annuity(capital, lifetime, rate))
    assert sum(yearly * (1 + rate) ** -j for j in range(lifetime)) == pytest.approx(capital, rel=1e-7, abs=1e-9)


def test_a_tiny_rate_is_near_no_rate():
    """No loss of digits near 0: at 1e-12 the annuity is that of rate 0."""
    assert float(annuity(12.0, 4, 1e-12)) == pytest.approx(3.0, rel=1e-9)


# charges


@UNHURRIED
@given(start=STARTS, lifetime=LIVES, last_year=LAST_YEARS)
def test_what_stays_is_paid_to_the_end_of_the_life_begun_last(start, lifetime, last_year):
    """E = min(Y, y + n ceil((S - y) / n)), and Y where no last year ends it."""
    last = None if last_year is None else max(last_year, start)
    until = last_period_end(last)
    expected = END if until == END else min(END, start + lifetime * ceil((until - start) / lifetime))
    assert paid_until_lasting(horizon(), one(start), one(lifetime), one(last)).tolist() == [expected]


@UNHURRIED
@given(start=STARTS, lifetime=LIVES)
def test_a_bridge_is_paid_for_one_life(start, lifetime):
    """E = min(Y, max(y + n, end of the period of the start)); beyond that only if it runs on."""
    expected = min(END, max(start + lifetime, last_period_end(start)))
    assert paid_until_temporary(horizon(), one(start), one(lifetime)).tolist() == [expected]


@UNHURRIED
@given(start=STARTS, lifetime=LIVES, last_year=LAST_YEARS)
def test_a_bridge_can_outlast_a_life_that_ends_inside_a_later_period(start, lifetime, last_year):
    """The period s with y(s) < y + n < end of s, where it is a later one that the last year allows."""
    last = None if last_year is None else max(last_year, start)
    ends = [*FIRSTS[1:], END]
    inside = [s for s, first in enumerate(FIRSTS) if max(first, start) < start + lifetime < ends[s] and first > start]
    expected = [s for s in inside if last is None or FIRSTS[s] <= last]
    possible, position = overrun(horizon(), one(start), one(lifetime), one(last))
    assert position[possible].tolist() == expected


@pytest.mark.parametrize(
    ("lifetime", "last_year", "lasting", "bridge", "outlasts"),
    [
        # Started in 2028, no last year. Lasting: to the horizon. A bridge of 3 years is paid to the end of its own
        # period; one of 5 ends with it; one of 6 or 8 ends inside the period from 2033, and may run on to 2040.
        (3, None, 2040, 2033, []),
        (5, None, 2040, 2033, []),
        (6, None, 2040, 2034, [2]),
        (8, None, 2040, 2036, [2]),
        (12, None, 2040, 2040, []),
        # Last year 2030: it runs to 2033. Two lives of 3 years, or one of 8, were begun by then; a bridge of 3
        # pays till 2033, one of 8 its whole life, which it may not use.
        (3, 2030, 2034, 2033, []),
        (8, 2030, 2036, 2036, []),
        (20, 2030, 2040, 2040, []),
    ],
)
def test_paid_until_by_hand(lifetime, last_year, lasting, bridge, outlasts):
    """Some starts of 2028 reckoned by hand."""
    asked = (horizon(), one(2028), one(lifetime))
    assert paid_until_lasting(*asked, one(last_year)).tolist() == [lasting]
    assert paid_until_temporary(*asked).tolist() == [bridge]
    possible, position = overrun(*asked, one(last_year))
    assert position[possible].tolist() == outlasts


@UNHURRIED
@given(capital=MONEY, lifetime=LIVES, start=STARTS, years=st.integers(0, 30), rate=RATES)
def test_a_charge_is_the_sum_of_the_annuities_inside_the_horizon(capital, lifetime, start, years, rate):
    """Year by year from the start to the last one paid, and none beyond the horizon."""
    yearly = float(annuity(capital, lifetime, rate))
    expected = sum(yearly * (1 + rate) ** -(year - 2026) for year in range(start, min(start + years, END)))
    found = charge(horizon(rate), one(capital), one(lifetime), one(start), one(start + years))
    assert found.tolist() == pytest.approx([expected], rel=1e-9, abs=1e-9)


@UNHURRIED
@given(capital=MONEY, lifetime=LIVES, start=STARTS, years=st.integers(0, 30), rate=RATES)
def test_payments_are_booked_in_the_years_in_which_they_are_paid(capital, lifetime, start, years, rate):
    """Period by period, year by year; all periods together are the charge."""
    yearly = float(annuity(capital, lifetime, rate))
    paid, worth = [], []
    for first, end in zip(FIRSTS, (*FIRSTS[1:], END), strict=True):
        due = [year for year in range(first, end) if start <= year < start + years]
        paid.append(sum(yearly for _ in due) / (end - first))
        worth.append(sum(yearly * (1 + rate) ** -(year - 2026) for year in due))
    asked = (horizon(rate), one(capital), one(lifetime), one(start), one(start + years))
    mean, discounted = payments(*asked)
    assert mean.tolist() == [pytest.approx(paid, rel=1e-9, abs=1e-9)]
    assert discounted.tolist() == [pytest.approx(worth, rel=1e-9, abs=1e-9)]
    assert discounted.sum() == pytest.approx(float(charge(*asked)[0]), rel=1e-9, abs=1e-9)


# prices


def prices_of(*rows, groups=("big", "all")):
    """Prices of some rows (item, group, period, price), with a period of 2026 and one of 2028."""
    table = pd.DataFrame(rows, columns=["item", "group", "period", "price"])
    two = Horizon(np.array([2026, 2028]), np.array([2, 2]), 2026, 0.0)
    return Prices(table, two, pd.Series(groups, dtype="str"))


def both_periods(prices, item, group, kind="price"):
    """Price, or value, of an item for a group in both periods."""
    return getattr(prices, kind)(item, [group, group], [0, 1]).tolist()


def test_a_groups_own_row_wins_and_others_fall_back_to_all():
    """The group `big` has a row for 2028 only."""
    prices = prices_of(("gas", "all", 2026, 30), ("gas", "all", 2028, 40), ("gas", "big", 2028, 25))
    assert both_periods(prices, "gas", "big") == [30.0, 25.0]
    assert both_periods(prices, "gas", "all") == [30.0, 40.0]


def test_a_value_falls_back_to_the_price_of_the_same_group():
    """No value for 2028: the group's own price, not that of all."""
    prices = prices_of(
        ("gas", "all", 2026, 30),
        ("gas", "all", 2028, 40),
        ("gas", "big", 2028, 25),
        ("gas_value", "all", 2026, 20),
    )
    assert both_periods(prices, "gas", "big", "value") == [20.0, 25.0]
    assert both_periods(prices, "gas", "all", "value") == [20.0, 40.0]
    assert both_periods(prices, "gas", "big") == [30.0, 25.0]


def test_a_value_of_0_is_a_value():
    """What is worth nothing to society is not worth its price."""
    prices = prices_of(("co2", "all", 2026, 90), ("co2", "all", 2028, 90), ("co2_value", "all", 2028, 0))
    assert both_periods(prices, "co2", "all", "value") == [90.0, 0.0]


def test_a_groups_own_value_wins():
    """The group `big` has a value of its own for 2026."""
    prices = prices_of(
        ("gas", "all", 2026, 30),
        ("gas", "all", 2028, 30),
        ("gas_value", "all", 2026, 20),
        ("gas_value", "all", 2028, 20),
        ("gas_value", "big", 2026, 10),
    )
    assert both_periods(prices, "gas", "big", "value") == [10.0, 20.0]


def test_removed_co2_without_a_price_earns_nothing():
    """No row of the group nor of all for a period: 0; a value stands on its own."""
    prices = prices_of(("co2_removed", "all", 2028, 60), ("co2_removed_value", "all", 2026, 80))
    assert both_periods(prices, "co2_removed", "big") == [0.0, 60.0]
    assert both_periods(prices, "co2_removed", "big", "value") == [80.0, 60.0]


def test_hydrogen_and_storage_count_at_their_price():
    """They have no value of their own: society pays them where they enter the network."""
    prices = prices_of(("hydrogen", "all", 2026, 90), ("hydrogen", "all", 2028, 80))
    assert both_periods(prices, "hydrogen", "all", "value") == [90.0, 80.0]


# yearly costs

USE = {
    "electricity": 8.0,
    "flexible_electricity": 2.0,
    "gas": 5.0,
    "green_gas": 1.0,
    "hydrogen": 4.0,
    "heat": 3.0,
    "firm_capacity": 6.0,
    "flexible_capacity": 1.5,
    "emissions": 2.5,
    "removed": 0.5,
    "captured": 7.0,
    "fixed_cost": 0.4,
}

PRICE = {
    "electricity": 80.0,
    "flexible_electricity": 40.0,
    "gas": 30.0,
    "green_gas": 90.0,
    "hydrogen": 120.0,
    "heat": 25.0,
    "grid_fee": 50.0,
    "flexible_fee": 20.0,
    "co2": 100.0,
    "co2_removed": 60.0,
    "co2_storage": 70.0,
}


def use(**changed):
    """One option in the period of 2026."""
    return pd.DataFrame([USE | changed | {"group": "all", "position": 0}])


def all_prices(**more):
    """Every price, and some values."""
    given = PRICE | more
    return prices_of(*((item, "all", period, price) for item, price in given.items() for period in (2026, 2028)))


# 8 x 80 + 2 x 40 + 5 x 30 + 1 x 90 + 4 x 120 + 3 x 25 = 1515; fees 6 x 50 + 1.5 x 20 = 330;
# CO2 2.5 x 100 - 0.5 x 60 + 7 x 70 = 710. In all 2555 thousand, and 0.4 M EUR of fixed cost.
BILL = 2.555 + 0.4


def test_the_bill_of_a_firm_by_hand():
    """All six commodities, both fees, and CO2 emitted, removed and stored."""
    assert yearly_firm_cost(use(), all_prices()).tolist() == pytest.approx([BILL])


def test_capacity_that_comes_free_earns_no_fee():
    """Firm capacity of -2 MW: the fee on 6 MW is gone, and no more than that."""
    assert yearly_firm_cost(use(firm_capacity=-2.0), all_prices()).tolist() == pytest.approx([BILL - 0.3])


def test_own_generation_lowers_the_bill():
    """-1 GWh instead of 8: 9 x 80 less."""
    assert yearly_firm_cost(use(electricity=-1.0), all_prices()).tolist() == pytest.approx([BILL - 0.72])


def test_firms_pay_prices_and_not_values():
    """A value changes nothing for the firm."""
    assert yearly_firm_cost(use(), all_prices(gas_value=1.0, co2_value=999.0)).tolist() == pytest.approx([BILL])


def test_society_counts_values_and_leaves_out_what_is_paid_in_the_network():
    """Gas at its value; no hydrogen and no storage, and green gas and heat only where asked for."""
    costs = yearly_society_costs(use(), all_prices(gas_value=10.0), ("gas", "grid_fee", "co2", "co2_removed", "heat"))
    assert {item: cost.tolist() for item, cost in costs.items()} == {
        "fixed_cost": [0.4],
        "gas": [pytest.approx(5 * 10 / 1000)],
        "grid_fee": [pytest.approx(6 * 50 / 1000)],
        "co2": [pytest.approx(2.5 * 100 / 1000)],
        "co2_removed": [pytest.approx(-0.5 * 60 / 1000)],
        "heat": [pytest.approx(3 * 25 / 1000)],
    }


def test_every_price_item_has_a_quantity():
    """Nothing that has a price is forgotten in the bill."""
    assert set(yearly_quantities(use())) == set(PRICE)


# funding gaps


def gap_by_years(rate, support_years, start, capex, lifetime, option, current, option_last, current_last):
    """The funding gap as model.md states it, one year after the other."""
    years = min(lifetime, support_years)
    total = 0.0
    for j in range(years):
        year = start + j
        if current_last is not None and current_last < END and year >= last_period_end(current_last):
            break  # from here on the firm would have to move anyway
        position = max(index for index, first in enumerate(FIRSTS) if first <= year)
        total += (1 + rate) ** -j * float(annuity(capex, lifetime, rate))
        if option_last is None or option_last >= END or year < last_period_end(option_last):
            total += (1 + rate) ** -j * (option[position] - current[position])
    return max(0.0, total)


COSTS = st.lists(st.floats(-5.0, 20.0), min_size=3, max_size=3)


@UNHURRIED
@given(
    rate=RATES,
    support_years=st.integers(1, 20),
    start=STARTS,
    capex=MONEY,
    lifetime=LIVES,
    option=COSTS,
    current=COSTS,
    option_last=LAST_YEARS,
    current_last=LAST_YEARS,
)
def test_a_funding_gap_is_a_sum_over_the_years_that_count(
    rate, support_years, start, capex, lifetime, option, current, option_last, current_last
):
    """Held against a loop over years; an option runs in the period of its start at least."""
    option_last = None if option_last is None else max(option_last, start)
    expected = gap_by_years(rate, support_years, start, capex, lifetime, option, current, option_last, current_last)
    if current_last is not None and current_last < start:
        expected = 0.0
    periods = horizon()
    found = funding_gap(
        periods,
        rate,
        support_years,
        start=np.array([start]),
        capex=one(capex),
        lifetime=one(lifetime),
        option_cost=np.array([option]),
        current_cost=np.array([current]),
        option_until=periods.runs_until(one(option_last)),
        current_until=periods.runs_until(one(current_last)),
    )
    assert found.tolist() == pytest.approx([expected], rel=1e-8, abs=1e-8)


def gap(**changed):
    """The gap of one start in 2028: capex 8 over 4 years at rate 0, 2 a year; costs 5 a year instead of 3."""
    given = {
        "start": np.array([2028]),
        "capex": one(8),
        "lifetime": one(4),
        "option_cost": np.array([[5.0, 5.0, 5.0]]),
        "current_cost": np.array([[3.0, 3.0, 3.0]]),
        "option_until": one(np.inf),
        "current_until": one(np.inf),
    }
    support_years = changed.pop("support_years", 15)
    return funding_gap(horizon(), 0.0, support_years, **(given | changed)).tolist()


def test_funding_gaps_by_hand():
    """Four years of 2 for the capex and of 5 - 3."""
    assert gap() == [16.0]
    assert gap(support_years=3) == [12.0]  # three years count
    assert gap(option_cost=np.array([[5.0, 0.0, 0.0]])) == [0.0]  # 4 x (2 - 3) is a gain


def test_a_gap_ends_where_the_firm_would_have_to_move_anyway():
    """The current option ends in 2030: two years count; in 2028, at the start: none."""
    assert gap(current_until=one(2030)) == [8.0]
    assert gap(current_until=one(2028)) == [0.0]


def test_a_gap_counts_running_costs_only_while_the_option_may_run():
    """The option ends in 2030: two years of 5 - 3, and its capex over all four."""
    assert gap(option_until=one(2030)) == [12.0]


def test_years_beyond_the_horizon_take_the_last_periods_costs():
    """Started in 2033 with a life of 9 years, 2 of them beyond 2040: 8 / 9 and 9 - 3 a year."""
    late = gap(start=np.array([2033]), lifetime=one(9), option_cost=np.array([[5.0, 5.0, 9.0]]))
    assert late == [pytest.approx(8.0 + 9 * 6.0)]


def test_an_instance_without_any_start_has_no_gaps():
    """No rows in, no rows out."""
    nothing = np.array([])
    empty = {name: nothing for name in ("capex", "lifetime", "option_until", "current_until")}
    costs = {name: np.zeros((0, 3)) for name in ("option_cost", "current_cost")}
    assert funding_gap(horizon(), 0.1, 15, start=np.array([], dtype=int), **empty, **costs).tolist() == []


def test_prices_of_an_instance_know_the_groups_of_its_sites():
    """A group without any row of its own pays what all pay."""
    sites = small()["sites"].assign(price_group="mills")
    assert small().replace(sites=sites).prices.price("gas", ["mills"], [0]).tolist() == [30.0]
