"""Public money: budgets, limits of grants, and the firm's business case.

Firms pay 75 for the electricity that society counts at 25: the oven costs the firm 8 x 75 = 0.6 a year and
0.8 / 4 = 0.2 for its capex, against 0.5 on gas. Over its four years the funding gap is 4 x 0.3 = 1.2 M EUR.
Society saves 0.1 a year: 4 x 0.4 = 1.6 on electricity from 2030, 1.8 from 2032, 2.0 on gas.
"""

import pytest

from routeplan.model.build import FAMILIES, build
from routeplan.model.support import business_case, pot_budget, support_limit
from small import OVEN, OVEN_OPTIONS, best, least, optimum, prices, row, small, with_settings, without

SHARE_OF_GAP = "fund,electrification,all,funding_gap,,,{share},{cap}"
WHOLE_GAP = SHARE_OF_GAP.format(share=1, cap="")
HEADER = "pot,family,sector,basis,first_year,last_year,share,cap\n"


def supported(support=WHOLE_GAP, budget=(2.0, 2.0), carry=0, rest="", **tables):
    """Only the oven, and a fund with rules and budgets for both periods; `rest` is another pot's budgets."""
    amounts = f"fund,2030,{budget[0]}\nfund,2032,{budget[1]}\n{rest}"
    return small(
        with_settings(participation=True),
        **OVEN,
        options=OVEN_OPTIONS,
        prices=prices(electricity=75.0, electricity_value=25.0),
        pots=f"pot,name,carry_over\nfund,,{carry}" + ("\ncity,,0" if rest else ""),
        budgets="pot,period,amount\n" + amounts,
        support=HEADER + support,
        **tables,
    )


def test_pot_budget_reads():
    """Grants of a period stand against its money."""
    assert row(build(supported()), "pot_budget", "fund", 2032) == "grant[oven,electric,2032,fund]  <=  2.0"


def test_pot_budget_with_carry_over_reads():
    """Grants up to a period stand against the money up to it."""
    assert row(build(supported(budget=(0.5, 0.7), carry=1)), "pot_budget", "fund", 2032) == (
        "grant[oven,electric,2030,fund] + grant[oven,electric,2032,fund]  <=  1.2"
    )


def test_pot_budget_keeps_the_oven_on_gas():
    """0.6 M EUR a period is less than the gap of 1.2; without the row the fund could pay."""
    poor = supported(budget=(0.6, 0.6))
    assert best(poor).objective == pytest.approx(2.0)
    assert optimum(poor, without(pot_budget)) == pytest.approx(1.6)


@pytest.mark.nightly
def test_what_a_pot_has_left_may_be_spent_later():
    """0.6 of 2030 and 0.6 of 2032 pay for a start in 2032: 2 x 0.5 + 2 x 0.4."""
    result = best(supported(budget=(0.6, 0.6), carry=1))
    assert result.objective == pytest.approx(1.8)
    assert result["grants"].values.tolist() == [["oven", "electric", 2032, "fund", pytest.approx(1.2)]]


def test_a_pot_that_pays_for_nothing_has_no_row():
    """Support is for hydrogen only: 0 <= 2.0 always holds, and is not written as a row."""
    model = build(supported("fund,hydrogen,all,funding_gap,,,1,"))
    assert len(model.pyomo.pot_budget) == 0
    assert model.written["pot_budget"].constant == {("fund", 2030): (0.0, 2.0), ("fund", 2032): (0.0, 2.0)}
    assert model.broken == []


@pytest.mark.nightly
def test_a_missing_budget_is_none():
    """A pot without budgets pays nothing."""
    instance = supported().replace(budgets=supported()["budgets"].iloc[:0])
    assert row(build(instance), "pot_budget", "fund", 2030) == "grant[oven,electric,2030,fund]  <=  0.0"
    assert best(instance).objective == pytest.approx(2.0)


def test_support_limit_reads():
    """Half of the gap of 1.2, or the cap of 0.25 where that is less, for each start."""
    half = build(supported(SHARE_OF_GAP.format(share=0.5, cap="") + "\ncity,electrification,all,capex,,,1,", rest=CITY))
    assert row(half, "support_limit", "oven", "electric", 2030, "fund") == (
        "grant[oven,electric,2030,fund]  <=  0.6*start[oven,electric,2030]"
    )
    capped = SHARE_OF_GAP.format(share=0.5, cap=0.4) + "\ncity,electrification,all,capex,,,1,"
    assert row(build(supported(capped, rest=CITY)), "support_limit", "oven", "electric", 2030, "fund") == (
        "grant[oven,electric,2030,fund]  <=  0.4*start[oven,electric,2030]"
    )


CITY = "city,2030,9\ncity,2032,9\n"


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("rules", "limit"),
    [
        # The best of several rows counts: half of the gap of 1.2, or 0.9 of the capex of 0.8.
        ("fund,electrification,all,funding_gap,,,0.5,\nfund,electrification,all,capex,,,0.9,", 0.72),
        # A row for the site's own sector counts as well as one for all; one for another sector does not.
        ("fund,electrification,all,funding_gap,,,0.1,\nfund,electrification,food,funding_gap,,,0.3,", 0.36),
        ("fund,electrification,all,funding_gap,,,0.1,\nfund,electrification,ceramics,funding_gap,,,0.3,", 0.12),
        # A row of 2031 and later, or until 2029, is not open in 2030.
        ("fund,electrification,all,funding_gap,2031,,0.3,\nfund,electrification,all,funding_gap,,,0.1,", 0.12),
        ("fund,electrification,all,funding_gap,,2029,0.3,\nfund,electrification,all,capex,,,0.1,", 0.08),
    ],
)
def test_the_best_row_that_matches_counts(rules, limit):
    """Rows match by family, sector and years; the city pays the rest, so that the start is possible."""
    model = build(supported(rules + "\ncity,electrification,all,funding_gap,,,1,", rest=CITY))
    limits = model.decisions["grant"].set_index(["pot", "period"])["limit"]
    assert limits["fund", 2030] == pytest.approx(limit)


def test_support_limit_pays_for_starts_only():
    """The oven is decided to stay on gas: no grant; without the row the fund could pay 1.2 for no start."""
    stays = supported(decided="decision,item,choice,period,value\nruns,oven,gas,2032,1")
    wanted = {"grant_oven_electric_2030_fund": -1.0}
    assert least(stays, FAMILIES, **wanted) == pytest.approx(0.0)
    assert least(stays, without(support_limit), **wanted) == pytest.approx(-1.2)


def test_a_pot_that_pays_nothing_for_a_start_has_no_support_limit_row():
    """A share of 0 is no grant: only the fund, which pays the whole gap, has rows."""
    instance = supported(WHOLE_GAP + "\ncity,electrification,all,capex,,,0,", rest=CITY)
    assert list(build(instance).pyomo.support_limit) == [
        ("oven", "electric", 2030, "fund"),
        ("oven", "electric", 2032, "fund"),
    ]


@pytest.mark.nightly
def test_two_pots_share_a_gap():
    """The fund pays half of 1.2 at most; the city's budget of 0.6 pays the rest, one of 0.5 does not."""
    rules = SHARE_OF_GAP.format(share=0.5, cap="") + "\ncity,electrification,all,funding_gap,,,1,"
    enough = best(supported(rules, rest="city,2030,0.6\n"))
    assert enough.objective == pytest.approx(1.6)
    assert enough["grants"]["amount"].tolist() == pytest.approx([0.6, 0.6])
    assert best(supported(rules, rest="city,2030,0.5\n")).objective == pytest.approx(2.0)


def test_business_case_reads():
    """The gap of a start stands against its grants."""
    assert row(build(supported()), "business_case", "oven", "electric", 2030) == (
        "1.2*start[oven,electric,2030]  <=  grant[oven,electric,2030,fund]"
    )


@pytest.mark.nightly
def test_business_case_makes_a_firm_stay_without_money():
    """The fund has no money, and no firm moves at a loss; without the row society's gain alone would count."""
    broke = supported(budget=(0, 0))
    assert best(broke).objective == pytest.approx(2.0)
    assert optimum(broke, without(business_case)) == pytest.approx(1.6)


@pytest.mark.nightly
def test_without_participation_no_firm_needs_a_grant():
    """No business case is asked for: no grants, no rows."""
    instance = small(**OVEN, options=OVEN_OPTIONS, prices=prices(electricity=75.0, electricity_value=25.0))
    assert len(build(instance).pyomo.business_case) == 0
    result = best(instance)
    assert result.objective == pytest.approx(1.6)
    assert result["grants"].empty
    assert result["starts"]["funding_gap"].tolist() == pytest.approx([1.2])


@pytest.mark.nightly
def test_a_start_that_pays_for_itself_has_no_row():
    """At 25 the firm gains 0.1 a year: gap 0, no grant, no row, and it moves without any pot."""
    instance = small(with_settings(participation=True), **OVEN, options=OVEN_OPTIONS)
    model = build(instance)
    assert len(model.pyomo.business_case) == len(model.pyomo.grant) == 0
    assert best(instance).objective == pytest.approx(1.6)


def test_a_start_that_no_mix_of_pots_can_pay_is_impossible_and_listed():
    """0.9 of the gap is not the gap: no such start, and it is told how much is lacking."""
    model = build(supported(SHARE_OF_GAP.format(share=0.9, cap="")))
    assert len(model.pyomo.start) == 0
    assert model.decisions.options.unpayable_starts.values.tolist() == [
        ["oven", "electric", 2030, pytest.approx(1.2), pytest.approx(1.08)],
        ["oven", "electric", 2032, pytest.approx(1.2), pytest.approx(1.08)],
    ]
