"""What each option is in each period."""

import pickle

import pytest

from routeplan.instance.options import Options, options_of
from small import OVEN, small, with_settings

OPTIONS = """
    process,route,current,capex,electricity,flexible_electricity,gas,firm_capacity,flexible_capacity,captured,emissions,removed,first_year,last_year,lifetime
    oven,gas,1,0,0,0,10,0,0,0,2,0,,,
    oven,electric,0,0.8,8,1,2,3,0.5,3,4,2,2031,2033,9
    oven,saver,0,0.2,0,0,5,0,0,0,1,0,,2031,"""


def oven(**tables):
    """Only the oven, with electricity from 2031 to 2033 and a saver until 2031."""
    return small(**(OVEN | {"options": OPTIONS} | tables))


def by_period(instance, route):
    """The rows of one route, by period."""
    table = Options(instance).by_period
    return table[table["route"] == route].set_index("period")


def test_every_option_has_a_row_for_every_period():
    """Options in the table's order, periods within."""
    table = Options(oven()).by_period
    assert list(zip(table["route"], table["period"], strict=True)) == [
        (route, period) for route in ("gas", "electric", "saver") for period in (2030, 2032)
    ]


def test_activity_scales_energy_and_co2_but_neither_capacity_nor_money():
    """Production of 0.5 in 2032; no row for 2030: 1."""
    halved = by_period(oven(activity="process,period,factor\noven,2032,0.5"), "electric")
    for column in ("electricity", "flexible_electricity", "gas", "captured", "emissions", "removed"):
        assert halved.loc[2032, column] == 0.5 * halved.loc[2030, column] > 0
    for column in ("capex", "firm_capacity", "flexible_capacity", "fixed_cost"):
        assert halved.loc[2032, column] == halved.loc[2030, column]


def test_trends_scale_the_capex_of_their_route():
    """Electricity at 0.75 of its capex in 2032, the saver as ever."""
    instance = oven(trends="route,period,capex\nelectric,2032,0.75")
    assert by_period(instance, "electric")["capex"].tolist() == pytest.approx([0.8, 0.6])
    assert by_period(instance, "saver")["capex"].tolist() == [0.2, 0.2]


def test_years_are_tested_by_the_first_year_of_a_period():
    """First year 2031 is too late for 2030; last year 2031 ends the saver with its period; 2033 ends nothing here."""
    assert by_period(oven(), "electric")["may_run"].tolist() == [False, True]
    assert by_period(oven(), "saver")["may_run"].tolist() == [True, False]


def test_the_current_option_is_never_started():
    """It runs already."""
    assert by_period(oven(), "gas")["may_start"].tolist() == [False, False]
    assert by_period(oven(), "gas")["may_run"].tolist() == [True, True]


def test_windows_of_a_process_limit_its_starts_but_not_what_runs():
    """The oven stops in 2032 only; a process without windows may start whenever its years allow."""
    free = by_period(oven(), "saver")
    stopped = by_period(oven(windows="process,period\noven,2032"), "saver")
    assert free["may_start"].tolist() == [True, False]
    assert stopped["may_start"].tolist() == [False, False]
    assert stopped["may_run"].tolist() == [True, False]


def test_a_life_of_the_option_wins_over_that_of_its_route():
    """Electricity has 9 years of its own; the saver takes the route's 2."""
    assert by_period(oven(), "electric")["lifetime"].tolist() == [9.0, 9.0]
    assert by_period(oven(), "saver")["lifetime"].tolist() == [2.0, 2.0]


def test_rows_know_their_place():
    """Site, sector, region, contract and price group of the process's site."""
    first = Options(oven()).by_period.iloc[0]
    named = first[["site", "sector", "region", "contract", "group", "family"]].to_dict()
    assert named == {
        "site": "bakery",
        "sector": "food",
        "region": "east",
        "contract": "bakery",
        "group": "all",
        "family": "current",
    }


def test_starts_know_until_when_they_are_paid():
    """Electricity lasts to the horizon's end, 2034; the saver is paid for its life of two years."""
    instance = oven()
    starts = Options(instance).starts.set_index(["route", "period"])
    assert starts["paid_until"].to_dict() == {("electric", 2032): 2034, ("saver", 2030): 2032}


def test_the_gap_of_a_start_takes_activity_and_prices_of_each_year():
    """The saver, at full production in 2030-2031: 0.1 a year of capex, and 5 x 30 + 1 x 100 = 0.25 against 0.5.

    Two years at rate 0: 0.2 - 2 x 0.25 is a gain, gap 0. Without production there is nothing to gain: gap 0.2.
    """
    for factor, expected in ((1.0, 0.0), (0.0, 0.2), (0.2, 0.1)):
        instance = oven(activity=f"process,period,factor\noven,2030,{factor}")
        starts = Options(instance).starts.set_index("route")
        assert starts.loc["saver", "funding_gap"] == pytest.approx(expected)


def test_only_the_years_that_support_counts_are_in_a_gap():
    """One year instead of two: 0.1 for the capex of the saver."""
    idle = oven(settings=with_settings(support_years=1), activity="process,period,factor\noven,2030,0")
    starts = Options(idle).starts.set_index("route")
    assert starts.loc["saver", "funding_gap"] == pytest.approx(0.1)


def test_the_table_of_an_instance_is_made_once() -> None:
    """Whoever asks has the same; an instance that was changed, or put under a scenario, has its own."""
    instance = oven()
    options = options_of(instance)
    assert options_of(instance) is options
    other = options_of(instance.replace(discount_rate=0.5))
    assert other is not options
    assert (other.starts["paid_until"] == options.starts["paid_until"]).all()
    assert pickle.loads(pickle.dumps(instance)) == instance
