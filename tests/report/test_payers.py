"""Who pays what, and what doing nothing costs: on numbers that can be added up by hand."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from charted import plan

from routeplan.language.language import Words
from routeplan.report.page.headline import figures
from routeplan.report.page.nothing import nothing, told_of_nothing
from routeplan.report.page.payers import payers_notes, payers_table
from routeplan.result.payers import FIRMS, GRID, LEVIES, NETWORKS, SOCIETY, STATE, investment_in_full, who_pays
from routeplan.result.result import Result
from small import OVEN, OVEN_OPTIONS, best, prices, small

ENGLISH, DUTCH = Words("en"), Words("nl")


def paid(result: Result) -> dict[tuple[str, str], float]:
    """Discounted sums by payer and item."""
    sums = who_pays(result).groupby(["payer", "item"])["discounted"].sum()
    return {(str(payer), str(item)): float(amount) for (payer, item), amount in sums.items()}


def test_firms_pay_prices_and_society_the_rest() -> None:
    """The oven turns electric in 2030; four years, nothing is discounted.

    Firms pay 8 GWh x 30 = 0.24 a year for power that is worth 25 x 8 = 0.20 to society, and 0.8 / 4 for the oven.
    """
    given = prices(electricity=30.0, electricity_value=25.0)
    result = best(small(**OVEN, options=OVEN_OPTIONS, prices=given, headroom=ROOM))
    assert paid(result) == pytest.approx(
        {(FIRMS, "options"): 0.8, (FIRMS, "energy"): 4 * 0.24, (LEVIES, "levies"): 4 * (0.20 - 0.24)}
    )
    assert result.cost == pytest.approx(0.8 + 4 * 0.20)


ROOM = "area,period,firm,flexible\ntown,2030,5,0\ntown,2032,5,0"


@pytest.mark.nightly
def test_society_bears_co2_above_its_price() -> None:
    """Without room the oven stays on gas: 2 kt a year at 100 EUR/t to the firm, and at 130 to society."""
    given = prices(co2=100.0, co2_value=130.0)
    result = best(
        small(**OVEN, options=OVEN_OPTIONS, prices=given, headroom="area,period,firm,flexible\ntown,2030,0,0")
    )
    assert paid(result) == pytest.approx(
        {(FIRMS, "energy"): 4 * 0.3, (FIRMS, "co2"): 4 * 0.2, (SOCIETY, "co2"): 4 * 0.06}
    )


@pytest.mark.nightly
def test_the_investment_in_full_holds_what_is_paid_off_after_the_plan() -> None:
    """The oven, 0.8 over 4 years, can turn electric from 2032 only: half of it falls within the plan's years."""
    late = "area,period,firm,flexible\ntown,2030,0,0\ntown,2032,5,0"
    result = best(small(**OVEN, options=OVEN_OPTIONS, prices=prices(co2=500.0), headroom=late))
    assert paid(result)[FIRMS, "options"] == pytest.approx(2 * 0.8 / 4)
    assert investment_in_full(result) == pytest.approx(0.8)
    assert "Discounted investment of firms in full: 0.8 M EUR." in payers_notes({"late": result}, ENGLISH)
    told = payers_notes({"one": result, "two": result}, DUTCH)
    assert "Volledige investering van bedrijven, verdisconteerd: one 0,8; two 0,8 mln. euro." in told


def test_the_investment_in_full_is_discounted_as_grants_are() -> None:
    """To the base year, from the first year of the period in which a route starts."""
    settings, starts = plan().instance.settings, plan()["starts"]
    worth = starts["capex"] * (1.0 + settings.discount_rate) ** -(starts["period"] - settings.base_year).astype(float)
    assert investment_in_full(plan()) == pytest.approx(worth.sum())


def test_pipes_are_paid_by_their_owners_less_what_firms_pay() -> None:
    """The kiln burns 20 GWh of hydrogen, at 40 to the firm and 30 at the source, over a pipe of 0.1 a year."""
    result = best(small(prices=prices(hydrogen=40.0), headroom=ROOM))
    found = paid(result)
    assert found[NETWORKS, "networks"] == pytest.approx(4 * (0.1 + 20 * 0.030 - 20 * 0.040))
    assert found[FIRMS, "energy"] == pytest.approx(4 * (8 * 0.025 + 20 * 0.040))


def test_all_payers_together_pay_the_cost_of_the_plan() -> None:
    """In every period too, with grants, reinforcements, captured CO2, a supply in steps and a target missed."""
    shares, costs = who_pays(plan()), plan()["costs"]
    for column in ("cost", "discounted"):
        by_period = costs.groupby("period")[column].sum()
        assert shares.groupby("period")[column].sum().to_dict() == pytest.approx(by_period.to_dict())
    assert set(shares["payer"]) == {FIRMS, STATE, GRID, NETWORKS, SOCIETY, LEVIES}


def test_the_state_pays_what_firms_are_granted() -> None:
    """Each pot at the start of the period in which it pays; what firms get is the same with another sign."""
    rate, base = plan().instance.settings.discount_rate, plan().instance.settings.base_year
    grants = plan()["grants"]
    worth = grants["amount"] * (1.0 + rate) ** -(grants["period"] - base).astype(float)
    found = paid(plan())
    assert found[FIRMS, "grants"] == pytest.approx(-worth.sum())
    by_pot = worth.groupby(grants["pot"]).sum()
    assert {item: amount for (payer, item), amount in found.items() if payer == STATE} == pytest.approx(
        by_pot.to_dict()
    )


@pytest.mark.nightly
def test_doing_nothing_costs_what_the_current_options_cost() -> None:
    """Six M EUR: 0.5 a year for the oven and 1.0 for the kiln; the best plan costs 4.8."""
    result = best(small(headroom=ROOM))
    known = nothing(result)
    assert (known.cost, known.may_stay, known.within_caps) == (pytest.approx(6.0), True, True)
    assert known.payers is not None
    assert known.payers["discounted"].sum() == pytest.approx(6.0)
    cost = figures(result, ENGLISH)[1]
    assert cost.note.startswith("1.2 M EUR less than doing nothing; ")
    told = " ".join(told_of_nothing(result, ENGLISH))
    # Of the 6.0, 2 kt and 4 kt a year at 100 EUR/t are CO2: without it the plan costs 4.8 against 6.0 - 2.4.
    assert "would cost 6 M EUR at the same values: 1.2 M EUR more than the plan." in told
    assert "Of that, 2.4 M EUR is CO2" in told
    assert "apart from these the plan costs 1.2 M EUR more than doing nothing." in told


@pytest.mark.nightly
def test_where_doing_nothing_is_not_allowed_it_is_a_measure_only() -> None:
    """A hard cap that it would break, or a decision against it."""
    capped = best(small(**OVEN, options=OVEN_OPTIONS, headroom=ROOM, targets="scope,period,cap,price\nall,2032,1,"))
    assert nothing(capped).within_caps is False
    assert "It would miss a target that must be met." in told_of_nothing(capped, ENGLISH)
    table = "decision,item,choice,period,value\nruns,oven,electric,2032,1"
    decided = best(small(**OVEN, options=OVEN_OPTIONS, headroom=ROOM, decided=table))
    assert nothing(decided).may_stay is False
    assert any(text.startswith("It is a measure only") for text in told_of_nothing(decided, ENGLISH))


@pytest.mark.nightly
def test_the_cost_of_doing_nothing_may_come_from_the_proof() -> None:
    """Where today's options use hydrogen, the cost is that of the gap of saving, and unknown where that has none."""
    options = """
        process,route,current,capex,electricity,gas,hydrogen,firm_capacity,emissions
        kiln,gas,1,0,0,0,20,0,0
        kiln,burner,0,0,0,0,20,0,0"""
    result = best(small(processes="process,site,kind\nkiln,tiles,kiln", options=options))
    assert nothing(result).payers is None
    stated = replace(result, objective=10.0, bound=9.0, gap_of_saving=0.25)
    assert nothing(stated).cost == pytest.approx(9.0 + (10.0 - 9.0) / 0.25)
    unknown = replace(result, gap_of_saving=None)
    assert nothing(unknown).cost is None
    assert told_of_nothing(unknown, ENGLISH)[0].startswith("What doing nothing would cost is not known")


def test_the_table_adds_up() -> None:
    """Each payer's line is the sum of those below it, and the last line that of all payers: the plan's cost."""
    result = plan()
    table = payers_table({"tiny": result}, ENGLISH)
    assert result.cost is not None
    assert table.rows[-1][1] == ENGLISH.number(result.cost)
    assert table.rows[-1][2] == ENGLISH.number(nothing(result).cost or 0.0)
    numbers = [[float(re.sub("[,+]", "", cell).replace("−", "-")) for cell in row[1:3]] for row in table.rows]
    heads = sorted(table.strong)
    for start, end in pairwise(heads):
        parts = numbers[start + 1 : end]
        if parts:
            # Numbers are rounded to three digits.
            assert [sum(column) for column in zip(*parts, strict=True)] == pytest.approx(numbers[start], rel=0.01)


def test_plans_stand_beside_each_other() -> None:
    """A column for each; doing nothing is the same for both."""
    table = payers_table({"one": plan(), "two": plan()}, ENGLISH)
    assert table.columns[1:] == ["one", "two", "Doing nothing"]
    assert all(row[1] == row[2] for row in table.rows)


@pytest.mark.nightly
def test_where_doing_nothing_differs_its_column_is_absent_and_the_notes_say_so() -> None:
    """Gas at another price makes doing nothing dearer; beside one that costs the same it has its column."""
    cheap, dear = (best(small(headroom=ROOM, prices=prices(gas=price))) for price in (25.0, 50.0))
    assert nothing(cheap).cost != pytest.approx(nothing(dear).cost)
    note = "Doing nothing has no column here, as it differs from scenario to scenario"
    for others, absent in (({"cheap": cheap, "dear": dear}, True), ({"cheap": cheap, "same": cheap}, False)):
        assert ("Doing nothing" not in payers_table(others, ENGLISH).columns) is absent
        assert any(told.startswith(note) for told in payers_notes(others, ENGLISH)) is absent


def test_the_notes_say_where_the_money_for_co2_goes() -> None:
    """In both languages."""
    told = [" ".join(payers_notes({"tiny": plan()}, words)) for words in (ENGLISH, DUTCH)]
    assert "the state, which receives it, is not shown with it" in told[0]
    assert "het Rijk, dat dit geld ontvangt" in told[1]
